"""Reconciliation without HTTP: what a query means, what narrows it down, what is refused, and what is added to a table."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.engine.client import WorkersEngine
from mueang.engine.formats import GraphFormat, RowsFormat
from mueang.engine.query import Answer, Query
from mueang.errors import MalformedData, MueangError, TooLarge, WrongParameter
from mueang.graph.names import BASE
from mueang.link.batch import Asked, Condition, read_draft_queries, read_queries
from mueang.link.extension import cell, extended, extended_draft, in_language, proposed, read_extension
from mueang.link.facts import Value, facts_of
from mueang.link.names import index_of
from mueang.link.reconciliation import Found, Reconciler
from mueang.link.suggestion import suggested_properties, suggested_things, suggested_types, types

PROVINCE = BASE + "id/province/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def known(engine: WorkersEngine) -> Reconciler:
    return Reconciler(index_of(engine), facts_of(engine))


def _meant(found: list[Found]) -> list[str]:
    return [one.thing.iri.removeprefix(BASE + "id/") for one in found if one.match]


def _asked(known: Reconciler, query: dict[str, Any]) -> list[Found]:
    return known.found(read_queries(json.dumps({"q": query}))["q"])


def _asked_in_draft(known: Reconciler, *conditions: dict[str, Any], **query: Any) -> list[Found]:
    (asked,) = read_draft_queries(json.dumps({"queries": [query | {"conditions": conditions}]}))
    return known.found(asked)


def _said(pid: str, value: Any) -> dict[str, Any]:
    return {"properties": [{"pid": pid, "v": value}]}


KHON_KAEN = {"query": "Khon Kaen"}


def _named(cases: dict[str, tuple[Any, list[str]]]) -> list[Any]:
    return [pytest.param(*case, id=name) for name, case in cases.items()]


@pytest.mark.parametrize(
    ("query", "meant"),
    _named({
        "a name of one kind": ({"query": "จ.ขอนแก่น", "type": "province"}, ["province/TH-40"]),
        "the class of a kind": ({"query": "ขอนแก่น", "type": BASE + "def#Province"}, ["province/TH-40"]),
        "the short name of a class": ({"query": "ขอนแก่น", "type": "tsc:Province"}, ["province/TH-40"]),
        "one of several kinds": ({"query": "ระนอง", "type": ["province", "body"]}, ["province/TH-85"]),
        "a name of several things": (KHON_KAEN, []),
        "no kind of ours": ({"query": "ขอนแก่น", "type": "galaxy"}, []),
        "a code decides": (KHON_KAEN | _said("tsc:isoCode", "TH-40"), ["province/TH-40"]),
        "a code by its IRI": (KHON_KAEN | _said(BASE + "def#isoCode", "TH-40"), ["province/TH-40"]),
        "a number as a code": (KHON_KAEN | _said("tsc:dopaCode", 40), ["province/TH-40"]),
        "a number with a point": (KHON_KAEN | _said("tsc:dopaCode", 40.0), ["province/TH-40"]),
        "a code in a list": (KHON_KAEN | _said("tsc:isoCode", ["TH-50", "TH-40"]), ["province/TH-40"]),
        "a code against the name": ({"query": "ขอนแก่น", "type": "province"} | _said("tsc:isoCode", "TH-50"), []),
        "a code of the province of another": ({"query": "อุบลรัตน์", "type": "province"} | _said("tsc:isoCode", "TH-34"), []),
        "a code that nothing has": (KHON_KAEN | _said("tsc:isoCode", "TH-99"), []),
        "a property that nothing has": (KHON_KAEN | _said("no:such", "x"), []),
        "a place in a province": (
            {"query": "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา"} | _said("tsc:inProvince", "จ.สงขลา"), ["area/hat-yai"]
        ),
        "a place not in a province": (
            {"query": "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา"} | _said("tsc:inProvince", "ระยอง"), []
        ),
        "a place in an entity": (
            {"query": "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา"} | _said("tsc:inProvince", {"id": "province/TH-90"}), ["area/hat-yai"]
        ),
        "no name, one code": (_said("tsc:hascCode", "TH.KK"), ["province/TH-40"]),
        "no name, many things": (_said("tsc:confidence", "high"), []),
        "no name, a property that nothing has": (_said("no:such", "x"), []),
        "nothing": ({"query": "  "}, []),
        "a foreign place": ({"query": "Vientiane", "type": "province"}, []),
        "all of two kinds": ({"query": "ขอนแก่น", "type": ["province", "city"], "type_strict": "all"}, []),
        "should be of a kind": ({"query": "ขอนแก่น", "type": "province", "type_strict": "should"}, ["province/TH-40"]),
    }),
)  # fmt: skip
def test_what_is_meant_by(known: Reconciler, query: dict[str, Any], meant: list[str]) -> None:
    assert _meant(_asked(known, query)) == meant


def test_what_is_certainly_meant_comes_first(known: Reconciler) -> None:
    for query in (
        KHON_KAEN | _said("tsc:isoCode", "TH-40"),
        KHON_KAEN | {"type": "province", "type_strict": "should"},
    ):
        found = _asked(known, query)
        assert [one.match for one in found] == [True, False]
        assert found[0].score == found[1].score


def test_no_name_shows_more_than_fifty_things(known: Reconciler) -> None:
    found = known.found(Asked(conditions=(Condition("rdf:type", ("tsc:Province",)),), limit=1000))
    assert len(found) == 50
    assert not _meant(found)


def test_things_of_one_name_are_all_shown_and_none_is_chosen(known: Reconciler) -> None:
    found = _asked(known, KHON_KAEN)
    assert {one.thing.iri for one in found} == {PROVINCE + "TH-40", BASE + "id/city/khon-kaen"}
    assert not _meant(found)


def test_a_candidate_of_which_something_else_is_said_comes_last_with_half_its_score(
    known: Reconciler,
) -> None:
    query = {"query": "เมือง", "type": "district", "limit": 50} | _said("tsc:partOfUnit", "จ.ระยอง")
    first, *others = _asked(known, query)
    assert first.thing.iri == BASE + "id/district/2101"
    assert (first.agreement, first.score) == ({"tsc:partOfUnit": True}, first.name)
    assert others
    assert all(one.at_odds and one.score == one.name / 2 for one in others)


def test_should_be_of_a_kind_shows_others_too(known: Reconciler) -> None:
    query = {"query": "ขอนแก่น", "type": "province", "limit": 50}
    strict, lenient = _asked(known, query), _asked(known, query | {"type_strict": "should"})
    assert {kind for one in strict for kind in one.thing.kinds} == {"province"}
    assert "city" in {kind for one in lenient for kind in one.thing.kinds}


@pytest.mark.parametrize(
    ("limit", "number"), [(1, 1), (3, 3), (3.7, 3), (0, 1), (-5, 1), (10**30, 50), (1e400, 50)]
)
def test_no_more_candidates_than_asked_for_and_than_there_may_be(
    known: Reconciler, limit: float, number: int
) -> None:
    text = json.dumps({"q": {"limit": limit} | _said("tsc:confidence", "high")}).replace("Infinity", "1e400")
    assert len(known.found(read_queries(text)["q"])) == number


NAME = {"matchType": "name", "propertyValue": "Khon Kaen"}
CODE = {"matchType": "property", "propertyId": "tsc:isoCode"}


@pytest.mark.parametrize(
    ("conditions", "ids"),
    _named({
        "an id": ([{"matchType": "id", "propertyValue": PROVINCE + "TH-40"}], ["province/TH-40"]),
        "a short id": ([{"matchType": "id", "propertyValue": "province:TH-40"}], ["province/TH-40"]),
        "no such id": ([{"matchType": "id", "propertyValue": "province/TH-99"}], []),
        "one of two names": ([{"matchType": "name", "propertyValue": ["Rayong Province", "จ.ระยอง"]}], ["province/TH-21"]),
        "a name and a code it must have": ([NAME, CODE | {"propertyValue": "TH-40", "required": True}], ["province/TH-40"]),
        "a code it must not have": ([NAME, CODE | {"propertyValue": "TH-40", "matchQuantifier": "none"}], []),
        "a code that it must have and has not": ([NAME, CODE | {"propertyValue": "TH-50", "required": True}], []),
        "all of two codes": ([NAME, CODE | {"propertyValue": ["TH-40", "TH-50"], "matchQuantifier": "all"}], []),
    }),
)  # fmt: skip
def test_what_is_meant_in_the_draft_by(
    known: Reconciler, conditions: list[dict[str, Any]], ids: list[str]
) -> None:
    assert _meant(_asked_in_draft(known, *conditions)) == ids


def test_what_must_be_and_is_not_is_no_candidate(known: Reconciler) -> None:
    code = CODE | {"propertyValue": "TH-40"}
    assert len(_asked_in_draft(known, NAME, code)) == 2
    assert [one.thing.iri for one in _asked_in_draft(known, NAME, code | {"required": True})] == [
        PROVINCE + "TH-40"
    ]


@pytest.mark.parametrize("codes", [("TH-40", "TH-50"), ("TH-50", "TH-40")])
def test_two_conditions_on_one_property_must_both_hold(known: Reconciler, codes: tuple[str, str]) -> None:
    conditions = tuple(Condition("tsc:isoCode", (code,)) for code in codes)
    found = known.found(Asked(("ขอนแก่น",), types=("province",), conditions=conditions))
    assert found[0].at_odds
    assert not _meant(found)


@pytest.mark.parametrize("empty", ["", "  ", [], ["", " "]])
def test_an_empty_cell_says_nothing(known: Reconciler, empty: Any) -> None:
    said = _said("tsc:isoCode", empty)
    assert not _meant(_asked(known, KHON_KAEN | said))
    assert _meant(_asked(known, KHON_KAEN | {"type": "province"} | said)) == ["province/TH-40"]
    assert _asked(known, said) == []


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_value_of_json_is_told_by_name(name: str) -> None:
    with pytest.raises(MalformedData, match=f"{name} is no value of JSON") as found:
        read_queries(f'{{"q": {{"query": "a", "properties": [{{"pid": "b", "v": {name}}}]}}}}')
    assert f"{name} ไม่ใช่ค่าของ JSON" in found.value.th


BAD = {
    "not JSON": "{",
    "not UTF-8 numbers": '{"q": {"query": "a", "limit": NaN}}',
    "nested too deeply": "[" * 100_000,
    "a number too long": '{"q": {"query": ' + "9" * 10_000 + "}}",
}
WRONG = {
    "a list": "[]",
    "a query that is none": '{"q": 1}',
    "a query of nothing": '{"q": {}}',
    "a name that is a number": '{"q": {"query": 1}}',
    "a limit that is a text": '{"q": {"query": "a", "limit": "b"}}',
    "a limit that is a truth": '{"q": {"query": "a", "limit": true}}',
    "a type that is a number": '{"q": {"query": "a", "type": 1}}',
    "an unknown strictness": '{"q": {"query": "a", "type_strict": "b"}}',
    "a strictness that is a list": '{"q": {"query": "a", "type_strict": ["any"]}}',
    "properties that are none": '{"q": {"query": "a", "properties": {"pid": "b", "v": "c"}}}',
    "a property that is none": '{"q": {"query": "a", "properties": ["b"]}}',
    "a property without a name": '{"q": {"query": "a", "properties": [{"v": "c"}]}}',
    "a property without a value": '{"q": {"query": "a", "properties": [{"pid": "b"}]}}',
    "an entity without an id": '{"q": {"query": "a", "properties": [{"pid": "b", "v": {"name": "c"}}]}}',
    "a value of nothing": '{"q": {"query": "a", "properties": [{"pid": "b", "v": null}]}}',
}
LARGE = {
    "too many queries": json.dumps({str(number): {"query": "a"} for number in range(10_001)}),
    "a name too long": json.dumps({"q": {"query": "ก" * 1_001}}),
    "too many properties": json.dumps({"q": {"properties": [{"pid": "a", "v": "b"}] * 51}}),
    "too many values": json.dumps({"q": {"properties": [{"pid": "a", "v": ["b"] * 101}]}}),
    "too many types": json.dumps({"q": {"query": "a", "type": ["b"] * 51}}),
    "too many names and values": json.dumps(
        {str(n): {"properties": [{"pid": "a", "v": ["b"] * 100}]} for n in range(301)}
    ),
    "too many characters": json.dumps({str(n): {"query": "ก" * 1_000} for n in range(1_001)}),
    "too many candidates": json.dumps({str(n): {"query": "a", "limit": 50} for n in range(1_001)}),
    "a number as long as a text": '{"q": {"properties": [{"pid": "a", "v": ' + "9" * 1_001 + "}]}}",
}


def _cases(*groups: tuple[dict[str, str], type[MueangError]]) -> list[Any]:
    return [pytest.param(text, kind, id=name) for group, kind in groups for name, text in group.items()]


@pytest.mark.parametrize(
    ("text", "kind"), _cases((BAD, MalformedData), (WRONG, WrongParameter), (LARGE, TooLarge))
)
def test_what_is_no_batch_is_refused_in_words(text: str, kind: type[MueangError]) -> None:
    with pytest.raises(kind) as refused:
        read_queries(text)
    assert refused.value.th
    assert refused.value.en != refused.value.th


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[]", "/"),
        ("{}", "queries"),
        ('{"queries": [1]}', "queries[0]"),
        ('{"queries": [{"conditions": []}]}', "queries[0].conditions"),
        ('{"queries": [{"conditions": [{"matchType": "x", "propertyValue": "a"}]}]}', "queries[0].conditions[0].matchType"),
        ('{"queries": [{"conditions": [{"matchType": "name"}]}]}', "queries[0].conditions[0].propertyValue"),
        ('{"queries": [{"conditions": [{"matchType": "property", "propertyValue": "a"}]}]}', "queries[0].conditions[0].propertyId"),
        ('{"queries": [{"conditions": [{"matchType": "id", "propertyValue": "a", "required": 1}]}]}', "queries[0].conditions[0].required"),
    ],
)  # fmt: skip
def test_a_draft_batch_that_is_none_is_refused_by_its_place(text: str, place: str) -> None:
    with pytest.raises(WrongParameter) as refused:
        read_draft_queries(text)
    assert refused.value.en.startswith(f"{place}: ")
    assert refused.value.th.startswith(f"{place}: ")


_WORDS = st.sampled_from(
    ["query", "type", "limit", "properties", "pid", "v", "id", "queries", "conditions", "matchType", "propertyValue",
     "propertyId", "ids", "settings", "name", "property", "tsc:isoCode", "TH-40", "ขอนแก่น", "Khon Kaen", "province", ""]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)
_PROPERTY = st.fixed_dictionaries({"pid": _WORDS, "v": _WORDS | st.lists(_WORDS, max_size=3) | st.integers()})
_QUERY = st.fixed_dictionaries(
    {"query": _WORDS},
    optional={
        "type": _WORDS | st.lists(_WORDS, max_size=2),
        "limit": st.integers(),
        "properties": st.lists(_PROPERTY, max_size=3),
        "type_strict": st.sampled_from(["any", "should", "all"]),
    },
)


@pytest.mark.parametrize(
    "read", [read_queries, read_draft_queries, read_extension], ids=lambda one: one.__name__
)
@settings(max_examples=150, derandomize=True, deadline=None)
@given(sent=_JSON)
def test_whatever_json_is_sent_is_read_or_refused(read: Callable[[str], Any], sent: Any) -> None:
    with suppress(MueangError):
        read(json.dumps(sent))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(query=_QUERY)
def test_at_most_one_is_meant_and_it_comes_first_without_contradiction(
    known: Reconciler, query: dict[str, Any]
) -> None:
    found = _asked(known, query)
    assert not any(one.match for one in found[1:])
    assert not any(one.match and one.at_odds for one in found)
    assert [one.score for one in found[1:]] == sorted((one.score for one in found[1:]), reverse=True)
    assert len({one.thing.iri for one in found}) == len(found) <= 50


# facts


class Counting:
    """An engine that counts what it is asked, and tells another generation when it is told to."""

    def __init__(self, engine: WorkersEngine, generation: int) -> None:
        self._engine = engine
        self.generation = generation
        self.asked = 0

    def ready(self) -> bool:
        return True

    def catch_up(self) -> None:
        pass

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        self.asked += 1
        return self._engine.answer(Query(query.text), rows, graph)


def test_facts_are_asked_once_for_each_generation(engine: WorkersEngine) -> None:
    counting = Counting(engine, 1)
    first = facts_of(counting)
    assert facts_of(counting) is first
    assert counting.asked == 3
    counting.generation = 2
    assert facts_of(counting) is not first
    assert counting.asked == 6


def test_facts_of_a_server_without_generations_are_asked_anew_after_a_minute(
    engine: WorkersEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting, clock = Counting(engine, 0), [1000.0]
    monkeypatch.setattr("mueang.link.facts.monotonic", lambda: clock[0])
    first = facts_of(counting)
    assert facts_of(counting) is first
    clock[0] += 61
    assert facts_of(counting) is not first


def test_every_property_and_kind_is_called_something_in_both_languages(known: Reconciler) -> None:
    for one in (*known.facts.properties.values(), *(known.facts.kinds[kind] for kind in known.names.kinds)):
        assert one.labels.keys() == {"th", "en"}
        assert one.labels["th"] != one.labels["en"]


def test_a_value_that_no_two_things_share_is_telling(known: Reconciler) -> None:
    telling = {one.key for one in known.facts.properties.values() if one.telling}
    assert {"tsc:isoCode", "tsc:dopaCode", "tsc:hascCode", "source:wikidata", "source:geonames"} <= telling
    assert not telling & {"tsc:inProvince", "rdf:type", "tsc:confidence", "skos:prefLabel", "tsc:countryCode"}


# suggestions


def test_things_are_suggested_by_the_beginning_and_by_likeness(known: Reconciler) -> None:
    found = suggested_things(known, "ขอน", "province", "th", 0)
    assert [(one["id"], one["name"]) for one in found] == [(PROVINCE + "TH-40", "ขอนแก่น")]
    assert suggested_things(known, "ขอนแกน", "province", "en", 0)[0]["name"] == "Khon Kaen"
    assert suggested_things(known, "Nakhon", "province", "en", 0)
    assert suggested_things(known, "Nakhon", "province", "en", 10) == []


def test_a_page_of_suggestions_follows_the_last(known: Reconciler) -> None:
    pages = [suggested_properties(known, "", "en", start) for start in (0, 10, 20)]
    assert len({one["id"] for page in pages for one in page}) == 30
    things = [suggested_things(known, "a", "", "en", start) for start in (0, 10)]
    assert len({one["id"] for page in things for one in page}) == 20


def test_types_and_properties_are_suggested_in_either_language(known: Reconciler) -> None:
    assert [one["id"] for one in suggested_types(known, "จังหวัด", "en", 0)] == ["province"]
    assert [one["id"] for one in suggested_properties(known, "ISO 3166", "th", 0)] == ["tsc:isoCode"]
    assert {"id": "province", "name": "จังหวัด"} in types(known, "th")
    assert {"id": "source", "name": "source"} in types(known, "en")


def test_codes_are_proposed_first_among_what_all_things_of_a_kind_have(known: Reconciler) -> None:
    found = [one.key for one in proposed(known, "province", "en")]
    assert found.index("tsc:isoCode") < found.index("rdf:type") < found.index("skos:editorialNote")
    assert "tsc:inProvince" not in found
    assert "tsc:inProvince" in [one.key for one in proposed(known, "area", "en")]
    assert proposed(known, "galaxy", "en") == []


# extension


def _columns(
    known: Reconciler, thing: str, *properties: str, language: Any = "th"
) -> list[list[dict[str, Any]]]:
    asked = read_extension(json.dumps({"ids": [thing], "properties": [{"id": one} for one in properties]}))
    found = extended(known, asked, language)
    assert list(found["rows"]) == [thing]
    assert [one["id"] for one in found["meta"]] == list(properties)
    return [found["rows"][thing][one] for one in properties]


def test_a_province_has_its_codes_its_regions_its_place_and_its_areas(known: Reconciler) -> None:
    region, areas = f"{BASE}vocab/region6", "tsc:SmartCityArea"
    found = _columns(
        known, PROVINCE + "TH-40", "tsc:isoCode", "source:wikidata", region, "schema:latitude", areas
    )
    assert found == [
        [{"str": "TH-40"}],
        [{"str": "Q327533"}],
        [{"id": f"{region}/northeast", "name": "ภาคตะวันออกเฉียงเหนือ"}],
        [{"float": 16.50836}],
        [{"id": f"{BASE}id/area/khon-kaen", "name": "ขอนแก่นเมืองอัจฉริยะ"}],
    ]


def test_names_come_in_the_readers_language_or_in_the_one_that_is_named(known: Reconciler) -> None:
    names = ("skos:prefLabel", "skos:prefLabel@th", "skos:prefLabel@en", "skos:prefLabel@th-latn")
    thai, english = (_columns(known, "province/TH-40", *names, language=one) for one in ("th", "en"))
    assert [one["str"] for (one,) in thai] == ["ขอนแก่น", "ขอนแก่น", "Khon Kaen", "Khon Kaen"]
    assert english[0] == [{"str": "Khon Kaen"}]
    assert english[1:] == thai[1:]


def test_what_is_not_known_is_an_empty_cell(known: Reconciler) -> None:
    assert _columns(known, "nothing", "tsc:isoCode", "no:such") == [[], []]


def test_the_draft_says_the_language_of_texts(known: Reconciler) -> None:
    asked = read_extension('{"ids": ["province/TH-40"], "properties": [{"id": "skos:prefLabel"}]}')
    (row,) = extended_draft(known, asked, "th")["rows"]
    assert row == {
        "id": "province/TH-40",
        "properties": [{"id": "skos:prefLabel", "values": [{"str": "ขอนแก่น", "lang": "th"}]}],
    }


@pytest.mark.parametrize(
    ("limit", "number"), [("1", 1), (2, 2), ("0", 3), ("", 3), (None, 3), ("x", 3), ("1e999", 3), (-1, 3)]
)
def test_a_cell_has_no_more_values_than_the_client_sets(known: Reconciler, limit: Any, number: int) -> None:
    wanted = {"id": "skos:altLabel@th", "settings": {"limit": limit}}
    asked = read_extension(json.dumps({"ids": ["province/TH-10"], "properties": [wanted]}))
    assert len(extended(known, asked, "th")["rows"]["province/TH-10"]["skos:altLabel@th"]) == number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("12", datatype=XSD + "integer"), {"int": 12}),
        (Value("2565", datatype=XSD + "gYear"), {"int": 2565}),
        (Value("1.5", datatype=XSD + "decimal"), {"float": 1.5}),
        (Value("INF", datatype=XSD + "double"), {"str": "INF"}),
        (Value("twelve", datatype=XSD + "integer"), {"str": "twelve"}),
        (Value("2022-11-09", datatype=XSD + "date"), {"date": "2022-11-09T00:00:00Z"}),
        (Value("2022-11-09+07:00", datatype=XSD + "date"), {"str": "2022-11-09+07:00"}),
        (Value("2022-11-09T10:00:00Z", datatype=XSD + "dateTime"), {"date": "2022-11-09T10:00:00Z"}),
        (Value("true", datatype=XSD + "boolean"), {"str": "true"}),
        (Value("ขอนแก่น", language="th"), {"str": "ขอนแก่น"}),
        (Value("https://a.example/", is_iri=True), {"str": "https://a.example/"}),
        (
            Value("https://a.example/", is_iri=True, labels={"th": "ก"}),
            {"id": "https://a.example/", "name": "ก"},
        ),
    ],
    ids=lambda value: value.text if isinstance(value, Value) else None,
)
def test_a_value_is_the_cell_its_datatype_says(value: Value, expected: dict[str, Any]) -> None:
    assert cell(value, "en", tagged=False) == expected


def test_texts_in_no_language_of_the_reader_are_given_all_the_same() -> None:
    latin, thai = Value("Krung Thep", language="th-latn"), Value("กรุงเทพ", language="th")
    assert in_language([latin], "en") == [latin]
    assert in_language([latin, thai], "th") == [thai]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{", MalformedData),
        ("[]", WrongParameter),
        ('{"ids": 1, "properties": []}', WrongParameter),
        ('{"ids": [1], "properties": []}', WrongParameter),
        ('{"ids": [], "properties": [1]}', WrongParameter),
        ('{"ids": [], "properties": [{}]}', WrongParameter),
        ('{"ids": [], "properties": [{"id": "a", "settings": 1}]}', WrongParameter),
        (json.dumps({"ids": ["a"] * 10_001, "properties": []}), TooLarge),
        (json.dumps({"ids": [], "properties": [{"id": "a"}] * 101}), TooLarge),
        (json.dumps({"ids": ["a"] * 10_000, "properties": [{"id": "a"}] * 21}), TooLarge),
    ],
    ids=lambda value: value[:50] if isinstance(value, str) else value.__name__,
)  # fmt: skip
def test_what_is_no_extension_is_refused(text: str, kind: type[MueangError]) -> None:
    with pytest.raises(kind):
        read_extension(text)
