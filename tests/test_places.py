"""Where statements stand: of every statement in every syntax, and of what a finding is about."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from mueang.check.locator import as_triple
from mueang.check.place import Place
from mueang.check.reader import Submission, read_submission
from mueang.graph.names import BASE
from pages import SYNTAXES, Fact, Page, some_facts

RUNS = settings(derandomize=True, deadline=None, max_examples=60)
Write = Callable[[Sequence[Fact], Random], Page]
syntaxes = pytest.mark.parametrize(("name", "write"), SYNTAXES.items(), ids=SYNTAXES)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


def stored(submission: Submission) -> set[tuple[str, str, str]]:
    store = Store()
    store.extend(submission.quads)
    return {as_triple(quad) for quad in store}


@syntaxes
@RUNS
@given(found=some_facts(), chance=st.randoms(use_true_random=False), encoding=encodings)
def test_every_statement_is_found_where_its_object_begins(
    name: str, write: Write, found: list[Fact], chance: Random, encoding: str
) -> None:
    page = write(found, chance)
    submission = read_submission(name, page.text.encode(encoding))
    assert {as_triple(quad) for quad in submission.quads} == {fact.terms for fact in found}
    for fact in found:
        assert submission.places[fact.terms] == Place(*page.objects[fact])
        assert submission.place_of(*fact.terms) == Place(*page.objects[fact])
        assert submission.predicates[fact.terms] == Place(*page.predicates[fact])
        assert submission.subjects[fact.terms] == Place(*page.subjects[fact])


@RUNS
@given(found=some_facts(), chance=st.randoms(use_true_random=False))
def test_the_same_facts_are_the_same_statements_in_every_syntax(found: list[Fact], chance: Random) -> None:
    told = [
        stored(read_submission(name, write(found, chance).text.encode())) for name, write in SYNTAXES.items()
    ]
    assert all(one == told[0] for one in told)


def nested(chance: Random, depth: int) -> str:
    """An object of Turtle: a number that is there once, or brackets with more of them."""
    number = chance.randrange(10**9)
    within = " ".join(nested(chance, depth - 1) for _ in range(chance.randrange(4))) if depth else ""
    pairs = " ; ".join(f":p{number} {nested(chance, depth - 1)}" for _ in range(chance.randrange(3)) if depth)
    plain = [
        f'"ก{number}"',
        f"'''{number}'''@th",
        f'"{number}" ^^ :d',
        str(number),
        f"_:b{number}",
        f"<{number}>",
    ]
    return chance.choice([*plain, f"({within})", f"[ {pairs} ]"] if depth else plain)


@RUNS
@given(chance=st.randoms(use_true_random=False))
def test_lists_and_blank_nodes_within_each_other_keep_their_places(chance: Random) -> None:
    statements = [f"{nested(chance, 2)} :p {nested(chance, 3)} , {nested(chance, 3)} ." for _ in range(3)]
    text = "@prefix : <a:> .\n" + "\n".join(one for one in statements if one[0] in "<_[(")
    submission = read_submission("a.ttl", f"{text}\n<a:a> <a:b> 1 .".encode())
    assert submission.spans
    for quad, span in zip(submission.quads, submission.spans.all, strict=True):
        assert span
        said = text[slice(*span.object)] if span.object[1] <= len(text) else "1"
        match quad.object:
            case Literal(value=value):
                assert value in said
            case NamedNode(value=value):
                assert value.removeprefix(BASE) in said or value.endswith("nil")
            case _:
                assert said[0] in "[(_" or quad.predicate.value.endswith("rest")


TURTLE = """\
@prefix : <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:a :size 1.50 ;
    a :Thing ; :when "2022-11-30T00:00:00+00:00"^^xsd:dateTime ;
    :name "เมือง"@th , "a\\nb"@en ; :part [ :size "007"^^xsd:int ] .
:b :near :a .
"""
HERE = "<https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("focus", "path", "value", "line", "column"),
    [
        ("a>", "size>", '"1.50"^^<' + XSD + "decimal>", 4, 10),
        ("a>", "size>", '"1.5"^^<' + XSD + "decimal>", 4, 10),
        ("a>", "size>", "1.5", 4, 10),
        ("a>", "when>", '"2022-11-30T00:00:00Z"^^<' + XSD + "dateTime>", 5, 22),
        ("a>", "name>", '"""a\nb"""@en', 6, 24),
        ("a>", "name>", '"another"@th', 6, 5),
        ("a>", "name>", None, 6, 5),
        ("a>", "colour>", None, 4, 1),
        ("a>", "colour>", HERE + "name>", 6, 5),
        ("a>", None, HERE + "size>", 4, 4),
        ("a>", None, '"เมือง"@th', 6, 11),
        ("a>", "_:path", '"7"^^<' + XSD + "integer>", 6, 50),
        ("a>", None, None, 4, 1),
        ("b>", "name>", '"เมือง"@th', 6, 11),
        ("b>", None, None, 7, 1),
        ("Thing>", None, None, 5, 7),
        ("near>", None, None, 7, 4),
    ],
)  # fmt: skip
def test_a_finding_stands_at_its_value_or_property_or_thing(
    focus: str, path: str | None, value: str | None, line: int, column: int
) -> None:
    submission = read_submission("a.ttl", TURTLE.encode())
    path = path if path is None or path.startswith("_") else HERE + path
    assert submission.place_of(HERE + focus, path, value) == Place(line, column)


def test_what_is_not_in_the_submission_has_no_place() -> None:
    submission = read_submission("a.ttl", TURTLE.encode())
    assert submission.place_of("<a:elsewhere>", "<a:b>", '"c"') is None


def test_a_blank_node_has_the_place_of_its_bracket() -> None:
    submission = read_submission("a.ttl", TURTLE.encode())
    node = next(str(quad.subject) for quad in submission.quads if str(quad.subject).startswith("_:"))
    assert submission.place_of(node) == Place(6, 42)


def test_an_empty_cell_is_the_place_of_a_value_that_is_missing() -> None:
    places = {("<a:a>", "<a:b>", ""): Place(sheet="Areas", cell="B7")}
    assert Submission("a.xlsx", (), places).place_of("<a:a>", "<a:b>") == Place(sheet="Areas", cell="B7")


RDF_XML = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="https://example.org/" xmlns="https://e.org/">
<x:Thing rdf:about="https://example.org/a" x:size="1.50">
  <x:name><!-- ชื่อ --><![CDATA[เมือง]]></x:name> <x:part rdf:parseType="Resource"><x:size>7</x:size></x:part>
  <x:list rdf:parseType="Collection"><rdf:Description rdf:about="https://example.org/b"/></x:list>
  <near><x:Thing rdf:about="https://example.org/c"/></near> <x:empty/>
</x:Thing>
</rdf:RDF>
"""


@pytest.mark.parametrize(
    ("predicate", "line", "column"),
    [
        ("https://example.org/size", 2, 52),
        ("https://example.org/name", 3, 11),
        ("https://example.org/part", 3, 52),
        ("https://example.org/list", 4, 66),
        ("https://e.org/near", 5, 29),
        ("https://example.org/empty", 5, 62),
    ],
)
def test_every_way_of_rdf_xml_to_state_has_its_place(predicate: str, line: int, column: int) -> None:
    submission = read_submission("a.rdf", RDF_XML.encode())
    quad = next(one for one in submission.quads if one.predicate.value == predicate)
    assert submission.places[as_triple(quad)] == Place(line, column)


JSON_LD = """\
{"@context": {"@vocab": "https://example.org/", "id": "@id", "name": {"@container": "@language"},
  "near": {"@type": "@id"}, "parts": {"@container": "@list"}, "of": {"@reverse": "has"}, "x": "https://example.org/"},
 "id": "x:a", "@type": ["Thing", "x:Other"],
 "name": {"th": "เมือง", "en": ["city", "town"]}, "near": ["x:b", null, {"id": "x:c"}],
 "parts": [1.50, {"size": 7}], "of": {"id": "x:d", "size": true}, "inner": {"@set": [{"size": 7}]}}
"""


@pytest.mark.parametrize(
    ("value", "line", "column"),
    [
        ("<https://example.org/Other>", 3, 34),
        ('"เมือง"@th', 4, 17),
        ('"town"@en', 4, 41),
        ("<https://example.org/c>", 4, 80),
        ('"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>', 5, 12),
        ('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', 5, 60),
    ],
)
def test_every_way_of_json_ld_to_state_has_its_place(value: str, line: int, column: int) -> None:
    submission = read_submission("a.jsonld", JSON_LD.encode())
    quad = next(one for one in submission.quads if str(one.object) == value)
    assert submission.places[as_triple(quad)] == Place(line, column)
    assert submission.spans
    assert None not in submission.spans.all


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a:a> <a:b> "c" .\n# <a:a> <a:b> "d" .', ['"c"']),
        ("@prefix ก: <a:> .\n<a:a> <a:b> ก:กำ้น.ุ่ , ก:฿ .", ["ก:กำ้น.ุ่", "ก:฿"]),
        ("PREFIX graph: <a:> graph:graph a graph:a .", ["graph:a"]),
        ("@prefix : <a:> . @prefix true.a: <a:> . :a :b true, 1.5,.5e3 , true.a:c.", ["true", "1.5", ".5e3", "true.a:c"]),
        ("BASE <a:>\n<#a> <b> 'it\\'s'@en, '''a'b''' , <%22c> .", ["'it\\'s'@en", "'''a'b'''", "<%22c>"]),
    ],
    ids=["comment-at-the-end", "thai-names", "graph-as-prefix", "words-and-numbers", "quotes"],
)  # fmt: skip
def test_tokens_end_where_they_end(text: str, found: list[str]) -> None:
    submission = read_submission("a.ttl", text.encode())
    assert submission.spans
    assert sorted(text[slice(*span.object)] for span in submission.spans.all if span) == sorted(found)
