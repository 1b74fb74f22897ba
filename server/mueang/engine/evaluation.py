"""Evaluates one query over one store, in this process: parse, run, write the answer in a format."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    serialize,
)

from mueang.engine.dataset import chosen_dataset, merged
from mueang.engine.formats import GRAPHS, ROWS, Format, GraphFormat, RowsFormat
from mueang.engine.malformed import malformed
from mueang.engine.query import Query
from mueang.engine.tokens import refuse_calls_out
from mueang.engine.wellformed import refuse_unnameable, well_formed
from mueang.errors import NotAcceptable
from mueang.graph.names import BASE, PREFIXES


@dataclass(frozen=True)
class Evaluated:
    """A query that has been parsed and planned: the format of its answer, and what writes it."""

    format: Format[Any]
    write: Callable[[Any], object]


def evaluate(store: Store, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Evaluated:
    """The query ready to be written; raises what Engine.answer raises for it."""
    refuse_calls_out(query.text, query.through)
    results = _results(store, query)
    if isinstance(results, QueryTriples):
        return _graph(results, graph)
    return _rows(results, rows)


def _results(store: Store, query: Query) -> QuerySolutions | QueryBoolean | QueryTriples:
    prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in query.text}
    try:
        dataset = chosen_dataset(query)
        if dataset is None:
            return store.query(query.text, base_iri=BASE, prefixes=prefixes)
        several = len(dataset.default) > 1
        return (merged(store, dataset) if several else store).query(
            query.text,
            base_iri=BASE,
            prefixes=prefixes,
            default_graph=DefaultGraph() if several else [NamedNode(iri) for iri in dataset.default],
            named_graphs=[NamedNode(iri) for iri in dataset.named],
        )
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise malformed(query.text, str(error)) from error


def _rows(results: QuerySolutions | QueryBoolean, rows: RowsFormat | None) -> Evaluated:
    if rows is None:
        raise _no_format(ROWS)

    def write(output: Any) -> None:
        results.serialize(output, format=rows.oxigraph)

    return Evaluated(rows, well_formed(write) if rows.key == "xml" else write)


def _graph(results: QueryTriples, graph: GraphFormat | None) -> Evaluated:
    """The graph sorted, so that one answer has one text, without the duplicates Oxigraph's CONSTRUCT may give."""
    if graph is None:
        raise _no_format(GRAPHS)

    def write(output: Any) -> None:
        triples = sorted(set(results), key=str)
        if graph.key == "rdf":
            refuse_unnameable(triple.predicate.value for triple in triples)
        serialize(triples, output, format=graph.oxigraph, prefixes=_prefixes_used(triples))

    return Evaluated(graph, well_formed(write) if graph.key == "rdf" else write)


def _prefixes_used(triples: Iterable[Triple]) -> dict[str, str]:
    terms = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    used = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in terms}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in used}


def _no_format(known: Sequence[Format[Any]]) -> NotAcceptable:
    names = ", ".join(one.media_types[0] for one in known)
    return NotAcceptable(th=f"คำถามนี้ตอบได้เป็น {names}", en=f"this query can be answered as {names}")
