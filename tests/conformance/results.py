"""Results of queries in every format of the suites, and whether two are the same up to the names of blank nodes."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from rdflib import BNode, Graph, URIRef
from rdflib.compare import isomorphic

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip


def expected(path: Path, base: str) -> Graph | bool:
    """What a file of a suite says the result is: a boolean, or a graph that stands for the rows or is the result."""
    if path.suffix in (".ttl", ".rdf"):
        return _of_rdf(path, base)
    if path.suffix == ".csv":
        return of_csv(path.read_text(encoding="utf-8"))
    return of_results(path.read_bytes(), QueryResultsFormat.from_extension(path.suffix[1:]))


def of_results(body: bytes, kind: QueryResultsFormat | None) -> Graph | bool:
    """What an answer of rows or a boolean says."""
    return of_answer(parse_query_results(body, format=kind))


def of_answer(answer: Any) -> Graph | bool:
    """What pyoxigraph answers, as `expected` has it."""
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    if isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        return _of_rows([{name: row[name] for name in names if row[name] is not None} for row in answer])
    return of_triples(answer)


def of_csv(text: str) -> Graph:
    """The rows of a CSV; a cell `_:x` is a blank node, every other one is its text."""
    rows = list(csv.reader(io.StringIO(text)))
    return _of_rows(
        [
            {
                name: BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell)
                for name, cell in zip(rows[0], row, strict=True)
            }
            for row in rows[1:]
        ]
    )


def of_triples(triples: Iterable[Any]) -> Graph:
    """A graph whose literals are named by their values."""
    graph = Graph()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def same(one: Graph | bool, other: Graph | bool) -> bool:
    """Whether two results are the same."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return len(one) == len(other) and isomorphic(one, other)


def _of_rows(rows: Iterable[dict[str, Any]]) -> Graph:
    """A graph that stands for a bag of rows: a node for each, with its bindings."""
    graph = Graph()
    for row in rows:
        node = BNode()
        graph.add((node, URIRef("is:a"), URIRef("a:row")))
        for name, term in row.items():
            graph.add((node, URIRef(f"var:{name}"), _node(term)))
    return graph


def _node(term: Any) -> URIRef | BNode:
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal):
        return URIRef("lit:" + "|".join(map(str, _value(term))).encode().hex())
    return URIRef("iri:" + term.value.encode().hex())


def _value(literal: Literal) -> tuple[Any, ...]:
    """A literal by its value: Oxigraph writes numbers in their canonical form."""
    text, kind = literal.value, literal.datatype.value
    try:
        if kind in _INTEGERS:
            return "integer", int(text)
        if kind == XSD + "decimal":
            return "decimal", Decimal(text).normalize()
        if kind in (XSD + "double", XSD + "float"):
            return kind, float(text)
    except (ValueError, InvalidOperation):
        pass
    if kind == XSD + "boolean":
        return kind, text in ("true", "1")
    return kind, text, (literal.language or "").lower()


def _of_rdf(path: Path, base: str) -> Graph | bool:
    quads = list(parse(path.read_bytes(), format=RdfFormat.from_extension(path.suffix[1:]), base_iri=base))
    told: dict[Any, dict[str, list[Any]]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(RS)
        told.setdefault(quad.subject, {}).setdefault(name, []).append(quad.object)
    sets = [one for one in told.values() if "resultVariable" in one or "boolean" in one]
    if not sets:
        return of_triples(quad.triple for quad in quads)
    if "boolean" in sets[0]:
        return sets[0]["boolean"][0].value == "true"
    return _of_rows(
        {
            told[binding]["variable"][0].value: told[binding]["value"][0]
            for binding in told[solution].get("binding", ())
        }
        for solution in sets[0].get("solution", ())
    )
