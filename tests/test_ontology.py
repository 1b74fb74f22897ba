"""The ontology's files, terms, lists and alignments keep the project's style."""

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, BNode, Literal, URIRef
from rdflib.namespace import ORG, SDO, XSD

from ontology_graphs import (
    ADMS_STATUS,
    ALIGNMENTS,
    ALL_TERMS,
    AXIOMS,
    BASE,
    DATA,
    DEFINITIONS,
    FILES,
    LIGHT,
    LIGHT_GRAPH,
    LISTS,
    ONTOLOGY,
    OUTSIDE_LABELS,
    PREFIXES,
    ROOT,
    TERMS,
    THAI,
    USERS,
    exists_outside,
    header_iri,
    in_both_languages,
    is_vocabulary_term,
    kinds_of,
    name_of,
    own,
    planted,
    read,
    used_terms,
)

DATES = (DCTERMS.created, DCTERMS.issued, DCTERMS.modified)
HEADER_ONCE = (*DATES, DCTERMS.license, OWL.versionIRI, OWL.versionInfo, ADMS_STATUS)
HEADER_TEXTS = (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, RDFS.label)
MAPPINGS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    SKOS.closeMatch,
    SKOS.relatedMatch,
)


def file_ids(path: Path) -> str:
    return path.relative_to(ONTOLOGY).as_posix() if path.is_relative_to(ONTOLOGY) else path.name


# Headers


@pytest.mark.parametrize("path", FILES, ids=file_ids)
def test_a_file_opens_with_a_complete_header(path: Path) -> None:
    graph = read(path)
    header = header_iri(path)
    assert set(graph.subjects(RDF.type, OWL.Ontology)) == {header}
    for predicate in HEADER_ONCE:
        assert len(list(graph.objects(header, predicate))) == 1, predicate
    for predicate in HEADER_TEXTS:
        assert in_both_languages(graph, header, predicate), predicate
    for predicate in DATES:
        assert graph.value(header, predicate).datatype == XSD.date
    namespace = graph.value(header, VANN.preferredNamespaceUri)
    prefix = graph.value(header, VANN.preferredNamespacePrefix)
    assert (str(prefix), str(namespace)) in set(PREFIXES.items())


def test_the_main_header_says_how_to_cite_and_what_it_rests_on() -> None:
    assert in_both_languages(LIGHT_GRAPH, DEFINITIONS, DCTERMS.bibliographicCitation)
    assert list(LIGHT_GRAPH.objects(DEFINITIONS, DCTERMS.source))


def test_the_main_header_names_its_parts_and_they_name_it() -> None:
    parts = {header_iri(path) for path in LIGHT} - {DEFINITIONS}
    assert set(LIGHT_GRAPH.objects(DEFINITIONS, DCTERMS.hasPart)) == parts
    for path in set(FILES) - {ONTOLOGY / "tsc.ttl"}:
        assert (header_iri(path), DCTERMS.isPartOf, DEFINITIONS) in read(path), path.name


def test_all_files_are_of_one_version() -> None:
    graph = read(*FILES)
    (version,) = set(graph.objects(None, OWL.versionInfo))
    for header, version_iri in graph.subject_objects(OWL.versionIRI):
        part = header.removeprefix(str(DEFINITIONS)).removeprefix(BASE).removeprefix("/")
        assert str(version_iri) == "/".join(filter(None, (DEFINITIONS, version, part)))


def test_nothing_is_imported() -> None:
    assert not list(read(*FILES).triples((None, OWL.imports, None)))


@pytest.mark.parametrize("path", FILES, ids=file_ids)
def test_a_file_stays_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


# Terms


@pytest.mark.parametrize("term", ALL_TERMS, ids=name_of)
def test_a_term_is_named_and_explained_in_thai_and_english(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert in_both_languages(LIGHT_GRAPH, term, predicate), predicate
        assert any(THAI.search(text) for text in LIGHT_GRAPH.objects(term, predicate)), predicate
    assert list(LIGHT_GRAPH.objects(term, RDFS.isDefinedBy)) == [DEFINITIONS]
    for predicate in (SKOS.scopeNote, SKOS.editorialNote):
        assert (term, predicate, None) not in LIGHT_GRAPH or in_both_languages(LIGHT_GRAPH, term, predicate)


@pytest.mark.parametrize("term", sorted(own(LIGHT_GRAPH, OWL.Class)), ids=name_of)
def test_a_class_is_not_defined_by_its_own_name(term: URIRef) -> None:
    """Whole words in English; Thai has no spaces between words, so there any occurrence counts."""
    for label in LIGHT_GRAPH.objects(term, RDFS.label):
        (definition,) = (
            d for d in LIGHT_GRAPH.objects(term, SKOS.definition) if d.language == label.language
        )
        word = re.escape(label.lower()) if label.language == "th" else rf"\b{re.escape(label.lower())}\b"
        assert not re.search(word, definition.lower()), definition


@pytest.mark.parametrize("term", ALL_TERMS, ids=name_of)
def test_a_term_has_an_example_that_parses_and_uses_it(term: URIRef) -> None:
    (example,) = LIGHT_GRAPH.objects(term, SKOS.example)
    graph = planted(rdflib.Graph(), str(example))
    assert term in set(graph.predicates()) | set(graph.objects(None, RDF.type))
    assert used_terms(str(example)) <= set(map(name_of, ALL_TERMS))


def test_an_example_about_a_real_thing_tells_what_the_data_tells() -> None:
    """Made-up things have “example” as their key; all others are looked up."""
    data = read(*DATA, *LISTS, *LIGHT)
    for term in ALL_TERMS:
        for subject, predicate, value in planted(rdflib.Graph(), str(LIGHT_GRAPH.value(term, SKOS.example))):
            told = set(data.objects(subject, predicate))
            if predicate == RDF.type:
                told = kinds_of(data, subject)
            assert value in told or subject.endswith("/example"), term


def test_labels_tell_the_terms_of_one_kind_apart() -> None:
    for kind in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        labels = Counter(
            label for term in own(LIGHT_GRAPH, *kind) for label in LIGHT_GRAPH.objects(term, RDFS.label)
        )
        assert [label for label, times in labels.items() if times > 1] == []


def test_the_light_files_leave_domain_and_range_to_the_axioms() -> None:
    for predicate in (RDFS.domain, RDFS.range, OWL.disjointWith):
        assert not list(LIGHT_GRAPH.triples((None, predicate, None)))


def test_no_range_is_a_type_of_date() -> None:
    """The OWL 2 datatype map has no xsd:date, and reasoners refuse an ontology that uses it."""
    dates = {XSD.date, XSD.gYear, XSD.gYearMonth, XSD.time}
    assert not dates & set(read(AXIOMS).objects(None, RDFS.range))


def test_every_term_is_used_or_says_why_it_is_there() -> None:
    used = set().union(*(used_terms(path.read_text(encoding="utf-8")) for path in USERS))
    unexplained = [
        name_of(term)
        for term in ALL_TERMS
        if name_of(term) not in used and (term, SKOS.editorialNote, None) not in LIGHT_GRAPH
    ]
    assert unexplained == []


def stranded(graph: rdflib.Graph) -> set[URIRef]:
    """Deprecated terms that do not lead their users to a term still in use."""
    retired = set(graph.subjects(OWL.deprecated, Literal(True)))
    return {term for term in retired if not set(graph.objects(term, DCTERMS.isReplacedBy)) - retired}


def test_a_deprecated_term_points_at_its_replacement() -> None:
    assert stranded(LIGHT_GRAPH) == set()
    assert stranded(planted(LIGHT_GRAPH, "tsc:venue owl:deprecated true ."))


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_uses_a_term_that_is_not_declared(path: Path) -> None:
    assert used_terms(path.read_text(encoding="utf-8")) <= set(map(name_of, ALL_TERMS))


# Lists


@pytest.mark.parametrize("path", LISTS, ids=file_ids)
def test_a_list_is_one_scheme_whose_members_are_complete(path: Path) -> None:
    graph = read(path)
    scheme = header_iri(path)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == concepts
    assert sorted(int(n) for c in concepts for n in graph.objects(c, SDO.position)) == [
        *range(1, len(concepts) + 1)
    ]
    for concept in concepts:
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        assert list(graph.objects(concept, SKOS.topConceptOf)) == [scheme]
        assert [f"{scheme}/{key}" for key in graph.objects(concept, SKOS.notation)] == [str(concept)]
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert in_both_languages(graph, concept, predicate), (concept, predicate)


@pytest.mark.parametrize("path", LISTS, ids=file_ids)
def test_the_members_of_a_list_are_told_apart_by_their_labels(path: Path) -> None:
    graph = read(path)
    labels = [
        label for c in graph.subjects(RDF.type, SKOS.Concept) for label in graph.objects(c, SKOS.prefLabel)
    ]
    assert len(labels) == len(set(labels))


def test_every_indicator_is_one_for_the_ontology_too() -> None:
    graph = read(ONTOLOGY / "vocab" / "indicator.ttl")
    assert set(graph.subjects(RDF.type, URIRef(f"{TERMS}Indicator"))) == set(
        graph.subjects(RDF.type, SKOS.Concept)
    )


def test_every_concept_that_the_data_names_is_in_its_list() -> None:
    concepts = set(read(*LISTS).subjects(RDF.type, SKOS.Concept))
    named = {node for node in read(*DATA).objects() if str(node).startswith(f"{BASE}vocab/")}
    schemes = {header_iri(path) for path in LISTS}
    assert named - concepts - schemes == set()


# Alignments


@pytest.mark.parametrize("path", ALIGNMENTS, ids=file_ids)
def test_an_alignment_joins_our_terms_to_terms_that_exist(path: Path) -> None:
    graph = read(path)
    mappings = [triple for triple in graph if triple[0] != header_iri(path)]
    assert mappings
    for term, predicate, outside in mappings:
        assert term in ALL_TERMS
        assert predicate in MAPPINGS
        assert not outside.startswith(BASE)
        assert exists_outside(outside), outside


@pytest.mark.parametrize(
    "term", ["https://schema.org/Megalopolis", f"{ORG}Boss", "http://data.europa.eu/m8g/Nothing"]
)
def test_an_outside_term_that_does_not_exist_is_noticed(term: str) -> None:
    assert not exists_outside(URIRef(term))


def test_names_of_outside_terms_are_in_both_languages_and_nothing_else() -> None:
    graph = read(*OUTSIDE_LABELS)
    for term in set(graph.subjects()) - set(map(header_iri, OUTSIDE_LABELS)):
        assert set(graph.predicates(term)) == {RDFS.label}
        assert in_both_languages(graph, term, RDFS.label), term
        assert exists_outside(term), term


def test_every_outside_term_that_pages_show_has_a_name() -> None:
    shown = read(*DATA, *LIGHT, *LISTS)
    terms = set(shown.predicates()) | set(shown.objects(None, RDF.type))
    terms |= set(shown.objects(None, RDFS.subClassOf)) | set(read(*ALIGNMENTS).objects())
    terms = {term for term in terms if isinstance(term, URIRef) and is_vocabulary_term(term)}
    assert terms
    named = set(read(*OUTSIDE_LABELS).subjects(RDFS.label))
    assert sorted(terms - named) == []


def test_blank_nodes_are_only_lists_and_unions() -> None:
    for path in FILES:
        graph = read(path)
        nodes = {node for node in graph.subjects() if isinstance(node, BNode)}
        lists = set(graph.subjects(RDF.first))
        assert nodes - lists <= set(graph.subjects(OWL.unionOf)) | set(graph.subjects(OWL.members))
