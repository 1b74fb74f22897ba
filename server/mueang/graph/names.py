"""The IRIs of ours: the base everything is named under, and the prefixes declared for people who ask."""

BASE = "https://w3id.org/mueang/"
GRAPH = BASE + "graph/"

_KINDS = (
    "area",
    "body",
    "certification",
    "city",
    "claim",
    "cohort",
    "committee",
    "country",
    "criterion",
    "dataset",
    "decision",
    "district",
    "edition",
    "eligibility",
    "figure",
    "geometry",
    "measure",
    "meeting",
    "membership",
    "network",
    "nomination",
    "observation",
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
)
_LISTS = (
    "activity",
    "basis",
    "completeness",
    "confidence",
    "dimension",
    "extent",
    "indicator",
    "modality",
    "outcome",
    "qualifier",
    "region4",
    "region6",
    "region7",
    "role",
    "unit",
)

PREFIXES = {
    "tsc": BASE + "def#",
    "tsh": BASE + "shapes#",
    "mg": GRAPH,
    **{kind: f"{BASE}id/{kind}/" for kind in _KINDS},
    "event": BASE + "id/certification-event/",
    "holding": BASE + "id/office-holding/",
    "localauthority": BASE + "id/local-authority/",
    "publicevent": BASE + "id/public-event/",
    **{f"v{name}": f"{BASE}vocab/{name}/" for name in _LISTS},
    "veventkind": BASE + "vocab/event-kind/",
    "vreviewstate": BASE + "vocab/review-state/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "schema": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sh": "http://www.w3.org/ns/shacl#",
    "cccev": "http://data.europa.eu/m8g/",
}


def shortened_term(term: str) -> str:
    """A term of N-Triples as Turtle writes it under the known prefixes."""
    text, marks, datatype = (
        term.rpartition("^^") if term.startswith('"') and term.endswith(">") else ("", "", term)
    )
    iri = datatype[1:-1] if datatype.startswith("<") and not datatype.startswith("<<") else ""
    short = shortened(iri)
    return f"{text}{marks}{short}" if short != iri else term


def shortened(iri: str) -> str:
    """The IRI with a known prefix where that leaves a plain local name, else the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri
