"""about.yaml says what a table is; what is wrong in it is told with its line. Times and numbers of tables are read."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.errors import MalformedData
from mueang.link.about import read_about
from mueang.link.amount import read_amount, says_nothing
from mueang.link.entry import MOST_BYTES
from mueang.link.moment import Moment, read_moment

GOOD = """key: people-2019
title:
  th: จำนวนประชากร
  en: Population
publisher: {th: กรมการปกครอง, en: Department of Provincial Administration}
licence: https://creativecommons.org/licenses/by/4.0/
period: {from: 2560, to: 31 ธันวาคม 2562}
place: {column: จังหวัด, kind: province}
time: {column: ปี, era: be}
measures:
  - key: people
    column: จำนวน
    title: {th: ประชากร, en: people}
    unit: คน
    times: 1,000
"""
MEASURE = GOOD[GOOD.index("  - key") :]


def test_all_that_a_file_says_is_read() -> None:
    about = read_about("about.yaml", GOOD.encode())
    assert (about.key, about.title["th"], about.publisher["th"], about.body) == (
        "people-2019",
        "จำนวนประชากร",
        "กรมการปกครอง",
        None,
    )
    assert [one.text for one in about.period] == ["2017", "2019-12-31"]
    assert (about.place.heading, about.place.kind) == ("จังหวัด", "province")
    assert about.time
    assert (about.time.heading, about.time.era) == ("ปี", "be")
    assert [(one.key, one.unit.text, one.times) for one in about.measures] == [
        ("people", "คน", Decimal(1000))
    ]
    assert not about.dimensions


def test_columns_may_be_named_shortly_and_the_publisher_be_a_body() -> None:
    text = GOOD.replace("{column: จังหวัด, kind: province}", "จังหวัด").replace("{column: ปี, era: be}", "ปี")
    text = text.replace("{th: กรมการปกครอง, en: Department of Provincial Administration}", "depa")
    about = read_about("about.yaml", text.encode("utf-8-sig"))
    assert (about.place.heading, about.place.kind, about.body and about.body.text) == ("จังหวัด", "", "depa")


def test_nothing_becomes_a_truth_value_or_a_number_unasked() -> None:
    about = read_about("a.yaml", GOOD.replace("column: จำนวน", "column: no").encode())
    assert about.measures[0].column.heading == "no"


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        ("key: people-2019", "key: People 2019", 1, "a key takes a-z"),
        ("key: people-2019", f"key: {'a' * 61}", 1, "a key takes a-z"),
        ("key: people-2019", "name: people", 1, "key is missing"),
        ("  en: Population\n", "", 3, "title: en is missing"),
        ("  en: Population", "  en: ''", 4, "en: a text is wanted"),
        ("  en: Population", "  en: Population\n  en: People", 5, "given twice"),
        ("licence: https://creativecommons.org/licenses/by/4.0/", "licence: CC-BY", 6, "whole address"),
        (
            "licence: https://creativecommons.org/licenses/by/4.0/",
            "licence: 'https://a b'",
            6,
            "whole address",
        ),
        ("licence: ", "license: ", 1, "licence is missing"),
        ("from: 2560", "from: 60", 7, "'60' cannot be read as a time"),
        ("from: 2560", "from: 2564", 7, "begins after its end"),
        ("era: be", "era: thai", 9, "the era is be"),
        ("kind: province", "knd: province", 8, "knd is not known here (kind?)"),
        ("time: {column: ปี, era: be}\n", "", 7, "no column tells the time"),
        ("times: 1,000", "times: thousand", 15, "must be a number"),
        ("times: 1,000", "times: 0", 15, "must be a number"),
        (MEASURE, "  people", 11, "a list is wanted"),
        (MEASURE, MEASURE * 2, 17, "'people' is used twice"),
        ("column: จำนวน", "column: จังหวัด", 12, "'จังหวัด' is used twice"),
        ("key: people-2019", "key: [people", 2, "not YAML"),
        ("key: people-2019", "key: &a [*a]", 1, "a text is wanted"),
        ("key: people-2019", "? [a]\n: b\nkey: c", 1, "a key must be a text"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_is_told_with_its_line_in_both_languages(
    before: str, after: str, line: int, told: str
) -> None:
    assert before in GOOD
    with pytest.raises(MalformedData) as found:
        read_about("about.yaml", GOOD.replace(before, after).encode())
    assert told in found.value.en
    assert f"about.yaml, line {line}: " in found.value.en
    assert f"about.yaml บรรทัด {line}: " in found.value.th


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "keys with values"),
        (b"- a\n- b", "keys with values"),
        ("key: จังหวัด".encode("cp874"), "not UTF-8"),
        (b"[" * 1_000, "nested too deeply"),
        (b"a" * (MOST_BYTES + 1), "larger than 64 kB"),
        (b"key: \x00", "not YAML"),
    ],
    ids=["empty", "list", "cp874", "deep", "large", "control"],
)
def test_what_is_no_such_file_is_told(content: bytes, told: str) -> None:
    with pytest.raises(MalformedData, match=told):
        read_about("about.yaml", content)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2562", Moment("2019", "gYear")),
        ("๒๕๖๒", Moment("2019", "gYear")),
        ("พ.ศ. 2562", Moment("2019", "gYear")),
        ("2019", Moment("2019", "gYear")),
        ("2019.0", Moment("2019", "gYear")),
        ("2549/50", Moment("2006/2007", "string")),
        ("2549/2550", Moment("2006/2007", "string")),
        ("2542/43", Moment("1999/2000", "string")),
        ("พ.ค. 2562", Moment("2019-05", "gYearMonth")),
        ("5/2562", Moment("2019-05", "gYearMonth")),
        ("2562-05", Moment("2019-05", "gYearMonth")),
        ("May 2019", Moment("2019-05", "gYearMonth")),
        ("31 ธ.ค. 2562", Moment("2019-12-31", "date")),
        ("31/12/2562", Moment("2019-12-31", "date")),
        ("2019-12-31", Moment("2019-12-31", "date")),
    ],
)
def test_a_time_is_read_in_either_era(text: str, moment: Moment) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "62", "3000", "2549/55", "13/2562", "31/2/2562", "ปีงบประมาณ 2562", "รวม", "-"]
)
def test_what_is_no_time_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(MalformedData) as found:
        read_moment(text)
    assert "อ่าน" in found.value.th


@given(st.integers(1950, 2100))
@settings(derandomize=True, max_examples=40, deadline=None)
def test_a_year_is_the_same_in_both_eras(year: int) -> None:
    assert read_moment(str(year)) == read_moment(str(year + 543)) == Moment(str(year), "gYear")
    assert (read_moment(str(year)).era, read_moment(str(year + 543)).era) == ("ce", "be")


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_a_number_is_read_with_commas_spaces_and_thai_digits(number: int, places: int) -> None:
    value = Decimal(number).scaleb(-places)
    for text in (f"{value:f}", f"{value:,f}", f" {value:,f}".replace(",", "\u00a0")):
        assert read_amount(text) == value
        assert read_amount(text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))) == value


@pytest.mark.parametrize(
    "text", ["12 คน", "1,23", "1.2.3", "5%", "=1+1", "#REF!", "1e5", "", "-", "12,34,567", "²"]
)
def test_what_is_no_plain_number_is_none(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize("text", ["", " ", "-", "–", "…", "N/A", "ไม่มีข้อมูล"])
def test_a_mark_for_no_value_is_one(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing(f"{text}0")
