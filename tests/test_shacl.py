"""Judging by the shapes: which nodes a shape looks at, what a result says, and that many nodes cost few queries."""

from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from mueang.check.constraint import TOGETHER
from mueang.check.everything import Everything
from mueang.check.report import Severity
from mueang.check.shacl import Result, Shapes

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <urn:ex:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
HERE = NamedNode("urn:here")


def made(shapes: str) -> Shapes:
    return Shapes([(PREFIXES + shapes).encode()])


def stored(data: str) -> Store:
    store = Store()
    for quad in parse(PREFIXES + data, format=RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object, HERE))
    return store


def judged(shapes: str, data: str, *nodes: str) -> list[Result]:
    return made(shapes).judge(stored(data), [NamedNode(f"urn:ex:{node}") for node in nodes] or None)


@pytest.mark.parametrize(
    ("target", "data"),
    {
        "a node": ("sh:targetNode ex:a", "ex:a ex:p 1 ."),
        "a class": ("sh:targetClass ex:C", "ex:a a ex:C ."),
        "a class above": ("sh:targetClass ex:C", "ex:a a ex:D . ex:D rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:C ."),
        "a class in a circle": ("sh:targetClass ex:C", "ex:a a ex:D . ex:D rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:D ."),
        "the shape as class": ("a rdfs:Class", "ex:a a ex:shape ."),
        "subjects": ("sh:targetSubjectsOf ex:p", "ex:a ex:p 1 ."),
        "objects": ("sh:targetObjectsOf ex:p", "ex:b ex:p ex:a ."),
    }.values(),
    ids=["node", "class", "class-above", "circle", "implicit", "subjects", "objects"],
)  # fmt: skip
def test_a_shape_looks_at_its_targets_among_the_nodes_it_is_given(target: str, data: str) -> None:
    shape = f"ex:shape a sh:NodeShape ; {target} ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ."
    assert [one.focus for one in judged(shape, data, "a", "b")] == ["<urn:ex:a>"]
    assert not judged(shape, data, "b")
    assert {one.focus for one in judged(shape, data)} == {"<urn:ex:a>"}


def test_a_deactivated_shape_finds_nothing() -> None:
    shape = "ex:shape a sh:NodeShape ; sh:targetNode ex:a ; sh:deactivated true ; sh:class ex:C ."
    assert not judged(shape, "ex:a ex:p 1 .", "a")
    assert judged(shape.replace("true", "false"), "ex:a ex:p 1 .", "a")


def test_a_kind_that_is_a_text_is_found_and_stops_nothing() -> None:
    shape = (
        "ex:shape a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:class ex:C ] ."
    )
    assert judged(shape, 'ex:a ex:p ex:b . ex:b a "C" .', "a")
    assert not judged(shape, 'ex:a ex:p ex:b . ex:b a "C", ex:C .', "a")


def test_a_text_of_the_data_is_the_same_text_in_the_shapes() -> None:
    shape = 'ex:shape a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:in ( "one" ) ; sh:hasValue "one" .'
    assert not judged(shape, 'ex:a ex:p "one" .', "a")
    assert len(judged(shape, 'ex:a ex:p "two" .', "a")) == 2


def test_a_result_names_terms_as_the_store_does() -> None:
    shape = "ex:shape a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:nodeKind sh:IRI ."
    texts = [Literal("x"), Literal('say "ก"\n\tor \\ not'), Literal("ก", language="th"), BlankNode("b")]
    store = Store()
    store.extend(Quad(NamedNode("urn:ex:a"), NamedNode("urn:ex:p"), text, HERE) for text in texts)
    found = made(shape).judge(store, [NamedNode("urn:ex:a")])
    assert {one.value for one in found} == {str(text) for text in texts}
    assert {(one.focus, one.path) for one in found} == {("<urn:ex:a>", "<urn:ex:p>")}


def test_a_path_of_many_steps_is_told_as_none() -> None:
    shape = """ex:shape a sh:PropertyShape ; sh:targetNode ex:a ; sh:minCount 1 ;
        sh:path [ sh:alternativePath ( ex:p ex:q ) ] ."""
    assert [one.path for one in judged(shape, "ex:a ex:r 1 .", "a")] == [None]


def test_a_result_has_the_rule_its_severity_and_both_messages_filled() -> None:
    shapes = """ex:R a sh:NodeShape ; dcterms:identifier "R9" ; sh:targetNode ex:a ; sh:severity sh:Warning ;
        sh:sparql [ sh:message "{?value} at {$this}"@en, "ไทย {?value}"@th ;
            sh:select "SELECT $this ?value { $this <urn:ex:p> ?value }" ] ."""
    (found,) = judged(shapes, "ex:a ex:p 1 .", "a")
    assert (found.rule, found.severity) == ("R9", Severity.WARNING)
    assert found.message == {"en": "1 at urn:ex:a", "th": "ไทย 1"}


def test_a_severity_of_the_shapes_own_counts_as_a_violation() -> None:
    shape = "ex:shape a sh:NodeShape ; sh:targetNode ex:a ; sh:class ex:C ; sh:severity ex:Grave ."
    assert [one.severity for one in judged(shape, "ex:a ex:p 1 .", "a")] == [Severity.VIOLATION]


SELECTING = """ex:shape a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql ex:query .
ex:query sh:message "x"@en, "ก"@th ; sh:select "SELECT $this ?value { $this <urn:ex:p> ?value }" ."""


def test_blank_nodes_are_judged_by_queries_too() -> None:
    store = stored("_:a a ex:C ; ex:p 1 . _:b a ex:C . ex:a a ex:C ; ex:p 2 .")
    nodes = {quad.subject for quad in store}
    found = made(SELECTING).judge(store, nodes)
    assert sorted((one.focus[:2], one.value[1]) for one in found if one.value) == [("<u", "2"), ("_:", "1")]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every query that a store is asked in the test."""
    queries: list[str] = []
    ask = Everything.query_oxigraph

    def noting(self: Everything, query: str, *rest: object, **options: object) -> object:
        queries.append(query)
        return ask(self, query, *rest, **options)

    monkeypatch.setattr(Everything, "query_oxigraph", noting)
    return queries


def test_each_of_many_nodes_is_found_once_with_few_queries(asked: list[str]) -> None:
    count = 2 * TOGETHER + 1
    store = stored("\n".join(f"ex:n{number} a ex:C ; ex:p {number % 7} ." for number in range(count)))
    found = made(SELECTING).judge(store, {quad.subject for quad in store})
    assert len(found) == len({one.focus for one in found}) == count
    assert len(asked) == 3


def test_a_hundred_areas_cost_no_more_queries_than_two(
    asked: list[str], copied: Store, shapes: Shapes
) -> None:
    graph, province = NamedNode("urn:areas"), NamedNode("https://w3id.org/mueang/id/province/TH-70")
    kind = NamedNode("https://w3id.org/mueang/def#SmartCityArea")
    areas = [NamedNode(f"https://w3id.org/mueang/id/area/test-{number}") for number in range(100)]
    for area in areas:
        copied.add(Quad(area, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind, graph))
        copied.add(Quad(area, NamedNode("https://w3id.org/mueang/def#inProvince"), province, graph))
    assert len(shapes.judge(copied, areas[:2])) == 2
    queries_for_two = len(asked)
    assert {one.focus for one in shapes.judge(copied, areas)} == {str(area) for area in areas}
    assert len(asked) == 2 * queries_for_two


def test_a_component_of_the_shapes_own_gets_its_parameter() -> None:
    shapes = """ex:component a sh:ConstraintComponent ; sh:parameter [ sh:path <http://example.org/least> ] ;
        sh:nodeValidator [ a sh:SPARQLSelectValidator ;
            sh:select "SELECT $this { $this <urn:ex:p> ?o FILTER(?o < $least) }" ] .
        ex:shape a sh:NodeShape ; sh:targetSubjectsOf ex:p ; <http://example.org/least> 3 ; sh:message "x"@en, "ก"@th ."""
    assert [one.focus for one in judged(shapes, "ex:a ex:p 2 . ex:b ex:p 3 .", "a", "b")] == ["<urn:ex:a>"]
