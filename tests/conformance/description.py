"""The three Service Description tests; their manifest says them in words only."""

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from instance import SPARQL, Address
from outcome import Outcome, judged

SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUITE = "service-description"
SYNTAXES = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/trig",
)
RANGES = {
    "endpoint": None, "supportedLanguage": None, "feature": None, "defaultEntailmentRegime": None,
    "resultFormat": None, "defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph",
    "name": None, "graph": "Graph",
}  # fmt: skip
DOMAINS = {
    "endpoint": "Service", "supportedLanguage": "Service", "feature": "Service", "defaultEntailmentRegime": "Service",
    "resultFormat": "Service", "defaultDataset": "Service", "defaultGraph": "Dataset", "namedGraph": "Dataset",
    "name": "NamedGraph", "graph": "NamedGraph",
}  # fmt: skip
INSTANCES = {
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "feature": {
        "DereferencesURIs",
        "UnionDefaultGraph",
        "RequiresDataset",
        "EmptyGraphs",
        "BasicFederatedQuery",
    },
}


def outcomes(address: Address) -> list[Outcome]:
    """Returns RDF (in each syntax), names its endpoint, conforms to the vocabulary's schema."""
    stores = {syntax: _described(address, syntax) for syntax in ("", *SYNTAXES)}
    not_rdf = ", ".join(syntax or "no Accept" for syntax, store in stores.items() if not store)
    wrong = sorted({why for store in stores.values() for why in _against_schema(store)})
    endpoint = all(
        {quad.object.value for quad in _having(store, "endpoint")} == {address.endpoint}
        for store in stores.values()
    )
    return [
        judged(SUITE, "returns-rdf", not_rdf),
        judged(SUITE, "has-endpoint-triple", "" if endpoint else "another endpoint"),
        judged(SUITE, "conforms-to-schema", "; ".join(wrong)),
    ]


def _described(address: Address, syntax: str) -> Store:
    reply = address.asked("GET", SPARQL, None, {"Accept": syntax} if syntax else {})
    store = Store()
    found = RdfFormat.from_media_type(reply.media_type)
    if reply.status == 200 and found and (not syntax or reply.media_type == syntax):
        store.load(reply.body, format=found)
    return store


def _having(store: Store, term: str) -> list:
    return list(store.quads_for_pattern(None, NamedNode(SD + term), None))


def _against_schema(store: Store) -> list[str]:
    used = {quad.predicate.value.removeprefix(SD) for quad in store if quad.predicate.value.startswith(SD)}
    wrong = [f"unknown term sd:{term}" for term in used - RANGES.keys()]
    for term in used & RANGES.keys():
        for quad in _having(store, term):
            if not _is(store, quad.subject, DOMAINS[term]):
                wrong.append(f"sd:{term} on something else than sd:{DOMAINS[term]}")
            if not isinstance(quad.object, NamedNode | BlankNode):
                wrong.append(f"sd:{term} has a literal")
            elif RANGES[term] and not _is(store, quad.object, RANGES[term]):
                wrong.append(f"sd:{term} leads to something else than sd:{RANGES[term]}")
            elif term in INSTANCES and quad.object.value.removeprefix(SD) not in INSTANCES[term]:
                wrong.append(f"sd:{term} {quad.object}")
    return wrong


def _is(store: Store, thing: NamedNode | BlankNode, kind: str) -> bool:
    return bool(list(store.quads_for_pattern(thing, TYPE, NamedNode(SD + kind))))
