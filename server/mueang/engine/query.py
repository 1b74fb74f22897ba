"""The one door to the graph: a query in, an answer out. What stands behind it may change; this may not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Triple, serialize

from mueang.engine.formats import GRAPHS, ROWS, Format, GraphFormat, RowsFormat
from mueang.engine.malformed import malformed
from mueang.engine.tokens import refuse_calls_out
from mueang.errors import NotAcceptable, TooLarge
from mueang.graph.names import BASE, PREFIXES

_STATEMENT = re.compile(rb"^(?!@prefix)\S", re.MULTILINE)
_LINE_AFTER_HEADER = re.compile(rb"^true$|\n[^\n]*\n")
_SOMETHING = {
    "json": re.compile(rb'"boolean":true|"bindings":\[\{'),
    "xml": re.compile(rb"<boolean>true|<result>"),
    "csv": _LINE_AFTER_HEADER,
    "tsv": _LINE_AFTER_HEADER,
    "rdf": re.compile(rb"<rdf:Description"),
    "jsonld": re.compile(rb'"@id"'),
    **dict.fromkeys(("ttl", "nt", "nq", "trig"), _STATEMENT),
}


@dataclass(frozen=True)
class Query:
    """A SPARQL query with the dataset the protocol may give it (SPARQL 1.1 Protocol, section 2.1.4)."""

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(frozen=True)
class Answer:
    """A whole answer, serialised, with the generation it was given from."""

    body: bytes
    format: Format[Any]
    generation: int

    @property
    def empty(self) -> bool:
        """Whether it is an answer of no rows, no triples, or `false`."""
        return not _SOMETHING[self.format.key].search(self.body)


class Engine(Protocol):
    """Answers queries over one generation at a time."""

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """The answer in `rows` for SELECT and ASK, in `graph` for CONSTRUCT and DESCRIBE.

        Raises MalformedQuery, TooLarge, UnusableRequest for SERVICE, and NotAcceptable where the kind that was
        asked has no format.
        """

    @property
    def generation(self) -> int:
        """The number of the generation that is answered from."""


class EmbeddedEngine:
    """An engine over an Oxigraph store in this process."""

    def __init__(self, store: Store, generation: int, longest_query: int) -> None:
        self._store = store
        self._longest_query = longest_query
        self.generation = generation

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """See Engine."""
        if len(query.text.encode()) > self._longest_query:
            kilobytes = self._longest_query // 1000
            raise TooLarge(th=f"คำถามยาวเกิน {kilobytes} kB", en=f"the query is longer than {kilobytes} kB")
        refuse_calls_out(query.text)
        results = self._evaluate(query)
        if isinstance(results, QueryTriples):
            return Answer(_graph_text(results, graph), graph or GRAPHS[0], self.generation)
        return Answer(_rows_text(results, rows), rows or ROWS[0], self.generation)

    def _evaluate(self, query: Query) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            if not (query.default_graphs or query.named_graphs):
                return self._store.query(query.text, base_iri=BASE, prefixes=PREFIXES)
            return self._store.query(
                query.text,
                base_iri=BASE,
                prefixes=PREFIXES,
                default_graph=[NamedNode(iri) for iri in query.default_graphs],
                named_graphs=[NamedNode(iri) for iri in query.named_graphs],
            )
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise malformed(query.text, str(error)) from error


def _rows_text(results: QuerySolutions | QueryBoolean, rows: RowsFormat | None) -> bytes:
    if rows is None:
        raise _no_format(ROWS)
    return bytes(results.serialize(format=rows.oxigraph) or b"")


def _graph_text(results: QueryTriples, graph: GraphFormat | None) -> bytes:
    """The graph sorted, so that one answer has one text, without the duplicates Oxigraph's CONSTRUCT may give."""
    if graph is None:
        raise _no_format(GRAPHS)
    triples = sorted(set(results), key=str)
    return bytes(serialize(triples, format=graph.oxigraph, prefixes=_prefixes_used(triples)) or b"")


def _prefixes_used(triples: Iterable[Triple]) -> dict[str, str]:
    terms = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    used = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in terms}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in used}


def _no_format(known: Sequence[Format[Any]]) -> NotAcceptable:
    names = ", ".join(one.media_types[0] for one in known)
    return NotAcceptable(th=f"คำถามนี้ตอบได้เป็น {names}", en=f"this query can be answered as {names}")
