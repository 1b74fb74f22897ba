"""The formats an answer can be given in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

Writer = TypeVar("Writer", QueryResultsFormat, RdfFormat)


@dataclass(frozen=True)
class Format(Generic[Writer]):
    """One format: its key (also its suffix), its media types, best first, and Oxigraph's name for it."""

    key: str
    media_types: tuple[str, ...]
    oxigraph: Writer

    @property
    def content_type(self) -> str:
        """The Content-Type to send; text types say their charset."""
        first = self.media_types[0]
        return f"{first}; charset=utf-8" if first.startswith("text/") else first


RowsFormat = Format[QueryResultsFormat]
GraphFormat = Format[RdfFormat]
AnyFormat = TypeVar("AnyFormat", bound=Format[Any])

ROWS = (
    Format("json", ("application/sparql-results+json", "application/json"), QueryResultsFormat.JSON),
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        QueryResultsFormat.XML,
    ),
    Format("csv", ("text/csv",), QueryResultsFormat.CSV),
    Format("tsv", ("text/tab-separated-values",), QueryResultsFormat.TSV),
)
GRAPHS = (
    Format("ttl", ("text/turtle", "application/x-turtle", "text/n3"), RdfFormat.TURTLE),
    Format("nt", ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES),
    Format("rdf", ("application/rdf+xml", "application/xml", "text/xml"), RdfFormat.RDF_XML),
    Format("jsonld", ("application/ld+json", "application/json"), RdfFormat.JSON_LD),
    Format("nq", ("application/n-quads",), RdfFormat.N_QUADS),
    Format("trig", ("application/trig",), RdfFormat.TRIG),
)
ALIASES = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "rdfxml": "rdf",
    "rdf+xml": "rdf",
    "xml": "rdf",
    "json-ld": "jsonld",
    "json": "jsonld",
    "nquads": "nq",
}


def format_named(key: str, among: Sequence[AnyFormat]) -> AnyFormat | None:
    """The format with this key or media type, else with this alias (`xml` and `json` are rows before graphs)."""
    key = key.lower()
    exact = (known for known in among if key == known.key or key in known.media_types)
    also = (known for known in among if ALIASES.get(key) == known.key)
    return next(exact, None) or next(also, None)
