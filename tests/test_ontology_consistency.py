"""Ontology and data never contradict each other, neither for a reasoner nor on a plain reading."""

from collections import Counter
from collections.abc import Iterable

import owlrl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import GEO

from ontology_graphs import (
    AXIOMS,
    DATA,
    LIGHT,
    LIGHT_GRAPH,
    LISTS,
    STRICT_GRAPH,
    kinds_of,
    own,
    own_properties,
    planted,
    read,
)


def contradictions(graph: rdflib.Graph) -> list[str]:
    """What an OWL RL reasoner objects to, with one witness per class so that empty classes show up too."""
    closure = rdflib.Graph()
    closure += graph
    for number, term in enumerate(sorted(own(graph, OWL.Class))):
        closure.add((URIRef(f"urn:witness:{number}"), RDF.type, term))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    return sorted(str(message) for _, predicate, message in closure if "error" in str(predicate).lower())


def without_prose(graph: rdflib.Graph) -> rdflib.Graph:
    """The graph without texts and geometries, in which nothing can contradict anything."""
    slim = rdflib.Graph()
    for triple in graph:
        value = triple[2]
        if not (isinstance(value, Literal) and (value.language or value.datatype == GEO.wktLiteral)):
            slim.add(triple)
    return slim


def test_ontology_and_all_data_contradict_nothing() -> None:
    """The whole of data/ is in it, boundaries and provinces too: a few seconds once prose is left out."""
    assert contradictions(without_prose(read(*LIGHT, AXIOMS, *LISTS, *DATA))) == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("area:test a tsc:SmartCityArea, tsc:Province .", id="one-thing-of-two-kinds"),
        pytest.param(
            "nomination:test tsc:nominee city:test ; tsc:memberCity city:test .", id="nominee-as-member"
        ),
        pytest.param(
            "tsc:Hybrid a owl:Class ; rdfs:subClassOf tsc:City, tsc:PublicBody .", id="impossible-class"
        ),
        pytest.param("committee:test tsc:parentCommittee committee:test .", id="its-own-parent"),
        pytest.param(
            "certification:test tsc:certifiedArea city:test . city:test a tsc:City .", id="wrong-range"
        ),
    ],
)
def test_a_planted_contradiction_is_noticed(fault: str) -> None:
    graph = without_prose(STRICT_GRAPH)
    assert contradictions(graph) == []
    assert contradictions(planted(graph, fault))


def clashes(graph: rdflib.Graph, data: rdflib.Graph) -> set[tuple[URIRef, URIRef]]:
    """Where a property that allows one value has two: OWL would conclude that the two are the same."""
    single = own(graph, OWL.FunctionalProperty)
    values = Counter((subject, predicate) for subject, predicate, _ in data if predicate in single)
    return {key for key, times in values.items() if times > 1}


def test_a_property_of_one_value_has_one_over_all_data_together() -> None:
    assert clashes(STRICT_GRAPH, read(*DATA)) == set()


def test_two_values_of_a_property_of_one_value_are_noticed() -> None:
    data = planted(rdflib.Graph(), "meeting:test tsc:meetingNumber 1, 2 .")
    assert clashes(STRICT_GRAPH, data)


def test_the_data_gives_texts_where_texts_belong_and_things_where_things_belong() -> None:
    data = read(*DATA)
    for term in own(LIGHT_GRAPH, OWL.ObjectProperty):
        assert not [value for value in data.objects(None, term) if isinstance(value, Literal)], term
    for term in own(LIGHT_GRAPH, OWL.DatatypeProperty):
        assert not [value for value in data.objects(None, term) if not isinstance(value, Literal)], term


def alternatives(graph: rdflib.Graph, kind: URIRef | BNode) -> set[URIRef]:
    """The classes that a domain or range leaves open."""
    union = graph.value(kind, OWL.unionOf)
    return set(Collection(graph, union)) if union else {kind}


def misplaced(graph: rdflib.Graph, data: rdflib.Graph) -> Iterable[tuple[URIRef, URIRef]]:
    """Things at either end of a property that are not of a kind its domain or range names."""
    for term in own_properties(graph):
        for side, ends in ((RDFS.domain, data.subjects(term)), (RDFS.range, data.objects(None, term))):
            allowed = alternatives(graph, graph.value(term, side))
            things = {end for end in ends if not isinstance(end, Literal)}
            if OWL.Thing not in allowed:
                yield from ((thing, term) for thing in things if not allowed & kinds_of(data, thing))


KINDS_OF_AGENT = "org:Organization rdfs:subClassOf foaf:Agent . foaf:Person rdfs:subClassOf foaf:Agent ."


def test_the_data_uses_properties_on_the_kinds_that_the_axioms_name() -> None:
    """Reasoning would make anything of the right kind; here it must be told so, with unions counting too."""
    data = planted(read(*DATA, *LISTS, *LIGHT), KINDS_OF_AGENT)
    assert sorted(misplaced(STRICT_GRAPH, data)) == []


def test_a_property_on_the_wrong_kind_is_noticed() -> None:
    data = planted(LIGHT_GRAPH, "city:test a tsc:City ; tsc:attestedOn '2022-11-09' .")
    assert set(misplaced(STRICT_GRAPH, data))
