"""The ontology's files and graphs, and what several tests ask of them."""

import re
from pathlib import Path

import rdflib
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VANN, Literal, URIRef
from rdflib.namespace import DCAT, FOAF, GEO, ORG, QB, SDO, SH, VOID, XSD

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
BASE = "https://w3id.org/mueang/"
DEFINITIONS = URIRef(f"{BASE}def")
TERMS = f"{BASE}def#"
ADMS_STATUS = URIRef("http://www.w3.org/ns/adms#status")
TYPES_OF_TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
THAI = re.compile("[ก-๛]")
CLOSED = (DCAT, DCTERMS, FOAF, GEO, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD)
OUTSIDE = (*(str(space) for space in CLOSED), "http://data.europa.eu/m8g/", "http://www.w3.org/ns/adms#")
KNOWN_ELSEWHERE = {
    URIRef("https://schema.org/Certification"),  # newer than rdflib's copy of schema.org
    *(
        URIRef(f"http://data.europa.eu/m8g/{name}")  # CCCEV 2.1, Core Location 2.1, CPOV 2.1
        for name in (
            "AdminUnit",
            "Criterion",
            "Evidence",
            "PublicOrganisation",
            "ReferenceFramework",
            "isDerivedFrom",
            "supportsRequirement",
        )
    ),
    ADMS_STATUS,
}


def found(*patterns: str) -> list[Path]:
    """The files of the repository that fit; finding none is a mistake in the pattern."""
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    assert paths, patterns
    return paths


def read(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(path)
    return graph


def planted(graph: rdflib.Graph, turtle: str) -> rdflib.Graph:
    """A copy of the graph with some more Turtle in it."""
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    copy = rdflib.Graph()
    copy += graph
    return copy.parse(data=prefixes + turtle, format="turtle")


AXIOMS = ONTOLOGY / "axioms.ttl"
LIGHT = [path for path in found("ontology/*.ttl") if path != AXIOMS]
LISTS = found("ontology/vocab/*.ttl")
OUTSIDE_LABELS = found("ontology/alignments/outside-labels*.ttl")
ALIGNMENTS = [path for path in found("ontology/alignments/*.ttl") if path not in OUTSIDE_LABELS]
FILES = [*LIGHT, AXIOMS, *LISTS, *ALIGNMENTS, *OUTSIDE_LABELS]
DATA = found("data/**/*.ttl")
USERS = [*LISTS, *DATA, *found("shapes/*.ttl", "queries/questions/*.rq")]

LIGHT_GRAPH = read(*LIGHT)
STRICT_GRAPH = read(*LIGHT, AXIOMS)


def own(graph: rdflib.Graph, *types: URIRef) -> set[URIRef]:
    """The terms of our namespace which the graph types as one of these."""
    subjects = {subject for kind in types for subject in graph.subjects(RDF.type, kind)}
    return {subject for subject in subjects if isinstance(subject, URIRef) and subject.startswith(TERMS)}


def name_of(term: URIRef) -> str:
    return str(term).removeprefix(TERMS)


ALL_TERMS = sorted(own(LIGHT_GRAPH, *TYPES_OF_TERMS))
PREFIXES = {
    "cccev": "http://data.europa.eu/m8g/",
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "skos": str(SKOS),
    "tsc": TERMS,
    "xsd": str(XSD),
    **{
        kind.replace("-", ""): f"{BASE}id/{kind}/"
        for kind in [
            "area",
            "body",
            "certification",
            "city",
            "claim",
            "cohort",
            "committee",
            "criterion",
            "decision",
            "district",
            "edition",
            "eligibility",
            "figure",
            "local-authority",
            "measure",
            "meeting",
            "membership",
            "network",
            "nomination",
            "participation",
            "person",
            "post",
            "programme",
            "proposal",
            "province",
            "scheme",
            "source",
            "subdistrict",
            "venue",
        ]
    },
    "event": f"{BASE}id/certification-event/",
    "holding": f"{BASE}id/office-holding/",
    "publicevent": f"{BASE}id/public-event/",
    **{f"v{path.stem.replace('-', '')}": f"{BASE}vocab/{path.stem}/" for path in LISTS},
}


def header_iri(path: Path) -> URIRef:
    """The IRI which a file's header has because of where the file lies."""
    if path.parent.name == "vocab":
        return URIRef(f"{BASE}vocab/{path.stem}")
    if path.parent.name == "alignments":
        return URIRef(f"{BASE}alignment/{path.stem}")
    return DEFINITIONS if path.stem == "tsc" else URIRef(f"{DEFINITIONS}/{path.stem}")


def in_both_languages(graph: rdflib.Graph, subject: URIRef, predicate: URIRef) -> bool:
    """Whether there is just one text in Thai and one in English, each in its own letters."""
    texts = list(graph.objects(subject, predicate))
    by_language = {text.language: str(text) for text in texts if isinstance(text, Literal)}
    if len(texts) != 2 or set(by_language) != {"th", "en"}:
        return False
    return not THAI.search(by_language["en"]) and all(text.strip() for text in by_language.values())


def own_properties(graph: rdflib.Graph) -> set[URIRef]:
    return own(graph, OWL.ObjectProperty, OWL.DatatypeProperty)


def kinds_of(graph: rdflib.Graph, thing: URIRef) -> set[URIRef]:
    """The classes a thing is given and those above them."""
    types = graph.objects(thing, RDF.type)
    return {above for kind in types for above in graph.transitive_objects(kind, RDFS.subClassOf)}


def is_vocabulary_term(node: URIRef) -> bool:
    """Whether the IRI is a term of some outside vocabulary, and no thing, page, licence or term of ours."""
    return str(node).startswith(OUTSIDE) and str(node) not in OUTSIDE


def exists_outside(term: URIRef) -> bool:
    """Whether a vocabulary that rdflib knows has the term; others are taken at their word."""
    if term in KNOWN_ELSEWHERE:
        return True
    spaces = [space for space in CLOSED if term.startswith(str(space))]
    return all(term in space for space in spaces) if spaces else not term.startswith("http://data.europa.eu/")


def used_terms(text: str) -> set[str]:
    """The names of our terms that a text in Turtle or SPARQL mentions."""
    return set(re.findall(rf"(?:\btsc:|<{re.escape(TERMS)})(\w+)", text))
