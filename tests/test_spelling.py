"""One name has one key however it was typed, printed or scanned; different names keep different keys."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.link import spelling
from mueang.link.wording import parts, wording

SAME = [
    ("ลำปาง", "ล\u0e4d\u0e32ปาง"),
    ("น้ำพอง", "น\u0e49\u0e4d\u0e32พอง"),
    ("น้ำพอง", "น\u0e4d\u0e49\u0e32พอง"),
    ("น้ำพอง", "น\u0e33\u0e49พอง"),
    ("แพร่", "เเพร่"),
    ("แพร่", "เ เ พร่"),
    ("กระบี่", "กระบ\u0e48\u0e35"),
    ("กระบี่", "กระบ ี ่"),
    ("ขอนแก่น", "ข\u200bอ\u200bน\u200bแ\u200bก่\u200bน"),
    ("ขอนแก่น", "ขอน\u00a0แก่น\ufeff"),
    ("ขอนแก่น", "ขอน แก่\u0e48น"),
    ("๘๐ พรรษา", "80พรรษา"),
    ("Khon Kaen", "KHON-KAEN"),
    ("Khon Kaen", "Kho\u0301n  Kaen."),
    ("Khon Kaen", "\uff2bhon\u2007Kaen"),
    ("Phang-Nga", "Phang'nga"),
    ("เลย", "เลย²"),
]
DIFFERENT = [
    ("แพร่", "แพร"),
    ("หนองคาย", "หนองค่าย"),
    ("ระยอง", "ระนอง"),
    ("ตราด", "ตรัง"),
    ("กรุงเทพฯ", "กรุงเทพ"),
]


@pytest.mark.parametrize(("name", "written"), SAME)
def test_ways_to_write_a_name_have_one_key(name: str, written: str) -> None:
    assert spelling.key(written) == spelling.key(name)


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_different_names_have_different_keys(name: str, other: str) -> None:
    assert spelling.key(name) != spelling.key(other)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Nakhon Ratchasima", "Nakorn Rajasima"),
        ("Udon Thani", "Udorn Thanee"),
        ("Ubon Ratchathani", "Ubol Rajathani"),
        ("Lop Buri", "Lobburee"),
        ("Si Sa Ket", "Sri Saket"),
        ("Phra Nakhon Si Ayutthaya", "Pranakorn Sri Ayuttaya"),
        ("Sa Kaeo", "Sakaew"),
        ("Roi Et", "Roi-ed"),
        ("Mueang Nan", "Muang Nan"),
        ("กำแพงเพชร", "กาแพงเพชร"),
        ("กาฬสินธุ์", "กาฬสินธุ"),
        ("แม่ฮ่องสอน", "แมฮองสอน"),
    ],
)
def test_romanisations_and_lost_marks_fold_to_one(name: str, written: str) -> None:
    assert spelling.fold(spelling.key(written)) == spelling.fold(spelling.key(name))
    assert spelling.is_worn(spelling.key(written), spelling.key(name))


@pytest.mark.parametrize(
    ("name", "other"), [("หนองคาย", "หนองค่าย"), ("Lampang", "Lamphang"), ("Tak", "Thak")]
)
def test_a_name_with_something_more_is_not_worn(name: str, other: str) -> None:
    assert spelling.fold(spelling.key(other)) == spelling.fold(spelling.key(name))
    assert not spelling.is_worn(spelling.key(other), spelling.key(name))


@pytest.mark.parametrize(
    ("text", "core", "kinds"),
    [
        ("จ.ขอนแก่น", "ขอนแก่น", {"province"}),
        ("จังหวัดบึงกาฬ", "บึงกาฬ", {"province"}),
        ("จัง หวัด บึงกาฬ", "บึงกาฬ", {"province"}),
        ("จันทบุรี", "จันทบุรี", set()),
        ("อ.เมืองขอนแก่น", "เมืองขอนแก่น", {"district"}),
        ("อำนาจเจริญ", "อำนาจเจริญ", set()),
        ("กิ่งอำเภอศรีวิไล", "ศรีวิไล", {"district"}),
        ("ต.ในเมือง", "ในเมือง", {"subdistrict"}),
        ("ตราด", "ตราด", set()),
        ("แขวงลำปาง", "ลำปาง", {"subdistrict"}),
        ("เทศบาลนครขอนแก่น", "ขอนแก่น", {"local-authority"}),
        ("ทน.ขอนแก่น", "ขอนแก่น", {"local-authority"}),
        ("Changwat Khon Kaen", "khonkaen", {"province"}),
        ("Khon Kaen Province", "khonkaen", {"province"}),
        ("Province of Khon Kaen", "khonkaen", {"province"}),
        ("Bang Rak Sub-district", "bangrak", {"subdistrict"}),
        ("Hat Yai District", "hatyai", {"district"}),
        ("Hat Yai City Municipality", "hatyai", {"local-authority"}),
        ("จังหวัด", "จังหวัด", set()),
        ("Province", "province", set()),
    ],
)
def test_the_word_for_its_kind_is_taken_off_and_kept_in_mind(text: str, core: str, kinds: set[str]) -> None:
    found = wording(text)
    assert (found.core, found.kinds) == (core, kinds)


@pytest.mark.parametrize("text", ["1. ขอนแก่น", "๑) ขอนแก่น", "40 ขอนแก่น", "ขอนแก่น 1/", "ขอนแก่น*", "- ขอนแก่น"])
def test_numbers_in_a_list_and_footnotes_are_left_out(text: str) -> None:
    assert wording(text).whole == "ขอนแก่น"


@pytest.mark.parametrize("text", ["ขอนแก่น 1", "โรงพยาบาล ๘๐ พรรษา", "เขต 4"])
def test_numbers_that_belong_to_a_name_stay(text: str) -> None:
    assert any(letter.isdigit() for letter in wording(text).whole)


def test_what_stands_in_brackets_is_a_name_of_its_own() -> None:
    assert [part.whole for part in parts("ขอนแก่น (Khon Kaen)")] == ["ขอนแก่น", "khonkaen"]


@settings(derandomize=True, max_examples=200)
@given(
    st.text(
        alphabet=st.sampled_from("กขแเโำ\u0e4d\u0e32\u0e48\u0e49\u0e35\u0e47ฯaHK p\u200b\u00a0\u0301.-1๑²")
    )
)
def test_a_key_has_itself_as_its_key(text: str) -> None:
    key = spelling.key(text)
    assert spelling.key(key) == key
