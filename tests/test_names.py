"""A name means the thing it names however it is written, and nothing else; what is not certain is not decided."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import answering
from mueang.check.known import Known
from mueang.engine.client import WorkersEngine
from mueang.graph.generation import publish
from mueang.link.desk import index_beside
from mueang.link.names import Index, Thing, index_of
from writings import composed, slips, writings

TRAPS = [
    trap.strip()
    for line in (Path(__file__).parent / "traps.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for trap in line.split("|")
]
PROVINCE = ("province",)
Written = Callable[[str], Iterable[tuple[str, str]]]


@pytest.fixture(scope="module")
def index() -> Index:
    """The names of the repository's graph."""
    known = Known(Path("/nowhere"))
    known.follow()
    return index_beside(known)


def iri(kind: str, key: str) -> str:
    return f"https://w3id.org/mueang/id/{kind}/{key}"


def preferred(index: Index) -> Iterator[tuple[Thing, str]]:
    """Every province with each of its preferred names."""
    for thing in index.things.values():
        if thing.kinds == PROVINCE:
            yield from (
                (thing, name) for name in {one.text for one in thing.names if one.role == "preferred"}
            )


def measured(index: Index, written: Written) -> tuple[float, float, Counter[str]]:
    """Precision and recall over the provinces' names in these writings, and what was not recognised."""
    right = wrong = 0
    missed: Counter[str] = Counter()
    for thing, name in preferred(index):
        for title, text in written(name):
            found = index.match(text, PROVINCE).thing
            right += found is thing
            wrong += found is not None and found is not thing
            missed[title] += found is None
    return right / (right + wrong), right / (right + wrong + missed.total()), missed


def test_there_are_77_provinces_in_two_scripts(index: Index) -> None:
    names = list(preferred(index))
    assert len({thing for thing, _ in names}) == 77
    assert sum(not name.isascii() for _, name in names) == 77


def test_every_province_is_found_however_its_name_is_written(index: Index) -> None:
    assert measured(index, writings)[:2] == (1.0, 1.0)


def test_every_province_is_found_with_two_things_at_once(index: Index) -> None:
    places: Iterator[int] = iter(range(1_000_000))
    precision, recall, missed = measured(
        index, lambda name: islice(composed(name), next(places) * 7 % 40, None, 40)
    )
    assert precision == 1.0
    assert recall >= 0.99, missed.most_common(20)


@pytest.mark.slow
def test_every_province_is_found_with_any_two_things_at_once(index: Index) -> None:
    precision, recall, missed = measured(index, composed)
    print(f"precision {precision}, recall {recall:.4f}", missed.most_common(20))
    assert precision == 1.0
    assert recall >= 0.99


def test_a_slip_of_the_finger_never_makes_another_province(index: Index) -> None:
    right, asked = 0, 0
    for thing, name in preferred(index):
        for text in islice(slips(name), 0, None, 3):
            match = index.match(text, PROVINCE)
            asked += 1
            right += match.thing is thing
            is_name = match.thing and match.candidates[0].how != "likeness" and match.candidates[0].score > 96
            assert match.thing in (thing, None) or is_name, text
    assert right / asked > 0.5


def test_there_are_enough_traps() -> None:
    assert len(set(TRAPS)) == len(TRAPS) >= 650


def test_no_trap_is_taken_for_a_province(index: Index) -> None:
    taken = {trap: index.match(trap, PROVINCE).thing for trap in TRAPS}
    assert {trap: thing.iri for trap, thing in taken.items() if thing} == {}
    unasked = {trap: index.match(trap).thing for trap in TRAPS}
    assert [trap for trap, thing in unasked.items() if thing and thing.is_a(PROVINCE)] == []


def test_no_name_of_another_thing_is_taken_for_a_province(index: Index) -> None:
    provinces = {name.text for thing in index.things.values() if thing.is_a(PROVINCE) for name in thing.names}
    others = [thing for thing in index.things.values() if not thing.is_a(PROVINCE)]
    names = {name.text for thing in others for name in thing.names} - provinces
    assert sum(thing.is_a(["district"]) for thing in others) > 80
    assert [name for name in names if index.match(name, PROVINCE).thing] == []


def test_every_thing_is_found_by_its_names_among_its_own_kind(index: Index) -> None:
    for thing in index.things.values():
        for name in thing.names:
            found = index.match(name.text, thing.kinds)
            assert thing in [one.thing for one in found.candidates], name
            assert found.thing in (thing, None), name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("กทม", "TH-10"),
        ("กทม.", "TH-10"),
        ("กรุงเทพฯ", "TH-10"),
        ("กรุงเทพ", "TH-10"),
        ("กรุงเทพมหานคร (กทม.)", "TH-10"),
        ("Bangkok", "TH-10"),
        ("BKK Bangkok", None),
        ("โคราช", "TH-30"),
        ("Korat", "TH-30"),
        ("อยุธยา", "TH-14"),
        ("Ayutthaya", "TH-14"),
        ("ขอนแก่น (Khon Kaen)", "TH-40"),
        ("Khon Kaen / ขอนแก่น", "TH-40"),
        ("ขอนแก่น (เลย)", None),
        ("ลาปาง", "TH-52"),
        ("ศรีษะเกษ", "TH-33"),
        ("เชียงไหม่", "TH-50"),
        ("ภุเก็ต", "TH-83"),
        ("เพรชบุรี", "TH-76"),
        ("เพรชบูรณ์", "TH-67"),
        ("พิศณุโลก", "TH-65"),
        ("สุราษฏร์ธานี", "TH-84"),
        ("Pratumthani", "TH-13"),
        ("Nakorn Srithamarat", "TH-80"),
        ("Phetchabun", "TH-67"),
        ("Phetchaburi", "TH-76"),
        ("Petchaburi", "TH-76"),
        ("Petchabun", "TH-67"),
        ("พระนครศรีอยุธยา", "TH-14"),
    ],
)
def test_a_province_is_asked_for(index: Index, text: str, key: str | None) -> None:
    thing = index.match(text, PROVINCE).thing
    assert (thing and thing.iri) == (key and iri("province", key))


@pytest.mark.parametrize("text", ["ขอนแก่น", "Bangkok", "กรุงเทพฯ", "ระยอง", "พระนครศรีอยุธยา"])
def test_a_name_of_several_things_is_ambiguous_unless_a_kind_is_asked_for(index: Index, text: str) -> None:
    match = index.match(text)
    assert (match.thing, match.verdict) == (None, "ambiguous")
    assert len({one.thing.kinds for one in match.candidates}) == len(match.candidates) > 1
    assert all(index.match(text, one.thing.kinds).thing is one.thing for one in match.candidates)


def test_a_name_of_one_thing_needs_no_kind(index: Index) -> None:
    assert index.match("นครราชสีมา").thing is index.things[iri("province", "TH-30")]
    assert index.match("หาดใหญ่").thing is index.things[iri("district", "9011")]
    assert index.match("จ.ขอนแก่น").thing is index.things[iri("province", "TH-40")]
    assert index.match("อ.เมืองขอนแก่น").thing is index.things[iri("district", "4001")]
    assert index.match("DGA").thing is index.things[iri("body", "dga")]


@pytest.mark.parametrize("text", ["Phetchabur", "Phetchabu", "Phetchabuni", "Phetchaburn", "เพชรบุรน", "ระอง"])
def test_what_is_one_letter_from_two_is_shown_with_both(index: Index, text: str) -> None:
    match = index.match(text, PROVINCE)
    assert (match.thing, match.verdict) == (None, "uncertain")
    assert len(match.candidates) >= 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("เมืองปาน", "district"),
        ("Mueang Pan", "district"),
        ("เทศบาลนครยะรา", "local-authority"),
        ("Trang Municipality", "local-authority"),
        ("Khon Kean Smart City", "area"),
        ("Chiang Moi University Smart City", "area"),
        ("Digital Government Department Agency", "body"),
    ],
)
def test_where_the_graph_does_not_know_all_there_is_likeness_only_suggests(
    index: Index, text: str, kind: str
) -> None:
    match = index.match(text, [kind])
    assert (match.thing, match.verdict) == (None, "uncertain")
    assert match.candidates


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("เมืองขอนแก่น", "elsewhere", "เมืองขอนแก่น (อำเภอหรือเขต"),
        ("Vientiane", "elsewhere", "Vientiane"),
        ("ตำบลสระแก้ว", "elsewhere", "ประเภทอื่น"),
        ("เทศบาลนครขอนแก่น", "elsewhere", "ประเภทอื่น"),
        ("40", "number", "ตัวเลข"),
        ("๒๕๖๕", "number", "ตัวเลข"),
        ("", "empty", "ไม่มีข้อความ"),
        (" \u200b–", "empty", "ไม่มีข้อความ"),
        ("รวม", "nothing", "ไม่พบ"),
        ("TH40", "ambiguous", "มากกว่าหนึ่ง"),
        ("หนองควาย", "uncertain", "ไม่แน่"),
        ("x" * 1001, "nothing", "ไม่พบ"),
        ("ขอนแก่น", "certain", "ขอนแก่น"),
        ("เพรชบุรี", "like", "เพชรบุรี"),
    ],
)
def test_the_verdict_has_its_reason_in_words(index: Index, text: str, verdict: str, words: str) -> None:
    match = index.match(text, PROVINCE)
    assert match.verdict == verdict
    assert words in match.reason["th"]
    assert match.reason["en"] != match.reason["th"]


def test_every_code_finds_its_thing(index: Index) -> None:
    for thing in index.things.values():
        for scheme, code in thing.codes.items():
            assert index.by_code(f" {code.lower()} ", scheme, thing.kinds) == [thing]


def test_codes_with_letters_are_known_by_themselves_and_numbers_are_not(index: Index) -> None:
    province = index.things[iri("province", "TH-40")]
    assert set(province.codes) == {"iso", "dopa", "hasc", "fips", "wof", "wikidata", "geonames"}
    for code in ("TH-40", "th-40", "TH.KK", province.codes["wikidata"]):
        assert index.match(code, PROVINCE).thing is province
    number = index.match("40", PROVINCE)
    assert (number.thing, [one.thing for one in number.candidates]) == (None, [province])
    assert index.by_code("40") == [province]


def test_a_code_that_is_read_in_two_ways_is_ambiguous(index: Index) -> None:
    found = {one.thing.iri for one in index.match("TH40").candidates}
    assert found == {iri("province", "TH-40"), iri("province", "TH-10")}
    assert index.by_code("TH40", "fips") == [index.things[iri("province", "TH-10")]]


def test_candidates_come_best_first_and_no_more_than_wanted(index: Index) -> None:
    found = index.candidates("Nakhon Sawann 3", PROVINCE, 3)
    assert [one.thing.label["en"] for one in found][:1] == ["Nakhon Sawan"]
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("นครรา", ("province", "TH-30")),
        ("nakhon ra", ("province", "TH-30")),
        ("Krung", ("province", "TH-10")),
        ("TH-40", ("province", "TH-40")),
        ("40", ("province", "TH-40")),
        ("โคร", ("province", "TH-30")),
        ("ratchasima", ("province", "TH-30")),
    ],
)
def test_names_are_suggested_by_their_beginning_and_by_what_stands_in_them(
    index: Index, prefix: str, first: tuple[str, str]
) -> None:
    assert index.suggest(prefix, PROVINCE)[0] is index.things[iri(*first)]


def test_suggestions_keep_to_kinds_and_limit(index: Index) -> None:
    assert {thing.kinds for thing in index.suggest("เมือง", ["district"], 50)} == {("district",)}
    assert len(index.suggest("เมือง", ["district"], 7)) == 7
    assert index.suggest("  ") == index.suggest("เมืองที่ไม่มี") == []


def test_a_thing_is_told_apart_by_its_description(index: Index) -> None:
    district = index.things[iri("district", "4001")]
    assert district.description == {"th": "อำเภอหรือเขต · ขอนแก่น", "en": "district · Khon Kaen"}
    assert district.label == {"th": "เมืองขอนแก่น", "en": "Mueang Khon Kaen"}


def test_a_thing_without_a_thai_name_has_its_english_one(index: Index) -> None:
    assert index.things[iri("city", "vientiane")].label_in("th") == "Vientiane"


def test_an_index_is_made_once_for_a_generation(index: Index, engine: WorkersEngine) -> None:
    found = index_of(engine)
    assert found is index_of(engine)
    assert found.generation == engine.generation
    assert [*found.things] == [*index.things]
    assert found.kinds == index.kinds
    assert found.things[iri("province", "TH-30")].names == index.things[iri("province", "TH-30")].names


def test_a_new_generation_has_an_index_of_its_own(tmp_path: Path) -> None:
    label = "<https://w3id.org/mueang/id/area/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "
    graph = "https://w3id.org/mueang/graph/register/areas"
    with answering(tmp_path, {graph: f'{label} "First"@en .'.encode()}) as engine:
        first = index_of(engine)
        publish(tmp_path, {graph: f'{label} "Second"@en .'.encode()}, reason="test", shapes="")
        engine.catch_up()
        second = index_of(engine)
    assert (first.match("First").verdict, second.match("First").verdict) == ("certain", "nothing")
    assert (first.generation, second.generation) == (1, 2)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(text=st.text(max_size=40) | st.text(alphabet="กขคนรเแ่้์ฯำะา ()/.,1๒TH-", max_size=20))
def test_any_text_is_judged(index: Index, text: str) -> None:
    match = index.match(text, PROVINCE)
    assert (match.thing is not None) == (match.verdict in ("certain", "like"))
    assert all(0 < one.score <= 100 and one.thing.is_a(PROVINCE) for one in match.candidates)
    assert match.reason["th"]
    assert match.reason["en"]
