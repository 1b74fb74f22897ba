"""The ontology avoids the pitfalls that OOPS! lists, and each check is shown able to fail."""

import re
from collections.abc import Callable, Iterable

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SDO

from ontology_graphs import (
    STRICT_GRAPH,
    TERMS,
    TYPES_OF_TERMS,
    exists_outside,
    is_vocabulary_term,
    name_of,
    own,
    own_properties,
    planted,
)


def unconnected(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P04: a term in no relation to any other."""
    ties = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    members = {member for union in graph.objects(None, OWL.unionOf) for member in Collection(graph, union)}
    for term in own(graph, *TYPES_OF_TERMS):
        tied = term in members or any(
            (term, tie, None) in graph or (None, tie, term) in graph for tie in ties
        )
        if not tied:
            yield term


def cyclic(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P06: a term above itself."""
    for tie in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in set(graph.subjects(tie)):
            if any(term in graph.transitive_objects(above, tie) for above in graph.objects(term, tie)):
                yield term


def without_annotations(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P08: a term without label or definition."""
    for term in own(graph, *TYPES_OF_TERMS):
        if (term, RDFS.label, None) not in graph or (term, SKOS.definition, None) not in graph:
            yield term


def never_disjoint(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P10: a class that, with all above it, is kept apart from nothing."""
    apart = set(graph.subjects(OWL.disjointWith)) | set(graph.objects(None, OWL.disjointWith))
    for members in graph.objects(None, OWL.members):
        apart |= set(Collection(graph, members))
    for term in own(graph, OWL.Class):
        if not apart & set(graph.transitive_objects(term, RDFS.subClassOf)):
            yield term


def without_domain_or_range(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P11: a property that does not say what it joins."""
    for term in own_properties(graph):
        if (term, RDFS.domain, None) not in graph or (term, RDFS.range, None) not in graph:
            yield term


def with_several_domains(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P19: several domains or ranges, which mean “both” and not “either”."""
    for term in own_properties(graph):
        if any(len(list(graph.objects(term, side))) > 1 for side in (RDFS.domain, RDFS.range)):
            yield term


def misnamed(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P22: a name that is not UpperCamel for a class or lowerCamel for a property."""
    for terms, form in ((own(graph, OWL.Class), "[A-Z]"), (own_properties(graph), "[a-z]")):
        yield from (term for term in terms if not re.fullmatch(f"{form}[A-Za-z]*", name_of(term)))


def untyped_classes(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P34: a term used as a class and not declared as one."""
    classes = set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDFS.domain))
    for predicate in (RDFS.subClassOf, OWL.disjointWith):
        classes |= set(graph.subjects(predicate)) | set(graph.objects(None, predicate))
    for lists in (OWL.members, OWL.unionOf):
        for members in graph.objects(None, lists):
            classes |= set(Collection(graph, members))
    ranges = set(graph.objects(None, RDFS.range))
    yield from {c for c in classes | ranges if c.startswith(TERMS)} - own(graph, OWL.Class)


def untyped_properties(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P35: a term used as a property and not declared as one."""
    properties = set(graph.predicates()) | set(graph.subjects(RDFS.domain)) | set(graph.subjects(RDFS.range))
    properties |= set(graph.subjects(RDFS.subPropertyOf)) | set(
        graph.subjects(RDF.type, OWL.FunctionalProperty)
    )
    yield from {p for p in properties if p.startswith(TERMS)} - own_properties(graph)


def with_file_extension(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P36: an ontology named after a file."""
    for header in graph.subjects(RDF.type, OWL.Ontology):
        if re.search(r"\.(ttl|owl|rdf|n3|xml|jsonld)\b", header):
            yield header


def undeclared_ontology(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P38: terms whose ontology is declared nowhere."""
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    terms = own(graph, *TYPES_OF_TERMS)
    yield from (term for term in terms if not headers & set(graph.objects(term, RDFS.isDefinedBy)))


def hijacked(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P40: a foreign term that we define, or that its own vocabulary does not have."""
    definitions = (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith)
    defined = {subject for predicate in definitions for subject in graph.subjects(predicate)}
    defined |= {subject for kind in TYPES_OF_TERMS for subject in graph.subjects(RDF.type, kind)}
    yield from (term for term in defined if isinstance(term, URIRef) and not term.startswith(TERMS))
    nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    yield from (node for node in nodes if is_vocabulary_term(node) and not exists_outside(node))


def without_licence(graph: rdflib.Graph) -> Iterable[URIRef]:
    """P41: an ontology nobody knows whether they may use."""
    headers = graph.subjects(RDF.type, OWL.Ontology)
    yield from (header for header in headers if (header, DCTERMS.license, None) not in graph)


PITFALLS: dict[Callable[[rdflib.Graph], Iterable[URIRef]], str] = {
    unconnected: "tsc:Loner a owl:Class .",
    cyclic: "tsc:AdministrativeUnit rdfs:subClassOf tsc:Province .",
    without_annotations: 'tsc:Nameless a owl:Class ; rdfs:label "nameless"@en .',
    never_disjoint: "tsc:Anything a owl:Class .",
    without_domain_or_range: "tsc:reaches a owl:ObjectProperty ; rdfs:domain tsc:City .",
    with_several_domains: "tsc:network rdfs:domain tsc:City .",
    misnamed: "tsc:smart_city a owl:Class .",
    untyped_classes: "tsc:City rdfs:subClassOf tsc:Settlement .",
    untyped_properties: "tsc:City tsc:mayor tsc:Source .",
    with_file_extension: "<https://w3id.org/mueang/more.ttl> a owl:Ontology .",
    undeclared_ontology: "tsc:Orphan a owl:Class ; rdfs:isDefinedBy <https://w3id.org/mueang/other> .",
    hijacked: "tsc:City rdfs:subClassOf schema:Megalopolis .",
    without_licence: "<https://w3id.org/mueang/more> a owl:Ontology .",
}


def pitfall_ids(pitfall: Callable[[rdflib.Graph], Iterable[URIRef]]) -> str:
    assert pitfall.__doc__
    return f"{pitfall.__doc__[:3]}-{pitfall.__name__}"


@pytest.mark.parametrize("pitfall", PITFALLS, ids=pitfall_ids)
def test_the_ontology_avoids_a_known_pitfall(pitfall: Callable[[rdflib.Graph], Iterable[URIRef]]) -> None:
    assert sorted(pitfall(STRICT_GRAPH)) == []


@pytest.mark.parametrize("pitfall", PITFALLS, ids=pitfall_ids)
def test_a_planted_pitfall_is_noticed(pitfall: Callable[[rdflib.Graph], Iterable[URIRef]]) -> None:
    faulty = planted(STRICT_GRAPH, PITFALLS[pitfall])
    assert set(pitfall(faulty)) - set(pitfall(STRICT_GRAPH))


def test_a_foreign_term_that_we_redefine_is_noticed() -> None:
    assert SDO.City in set(hijacked(planted(STRICT_GRAPH, "schema:City rdfs:subClassOf tsc:City .")))
