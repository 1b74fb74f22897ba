"""Statements written as the content of a graph: Turtle under the known prefixes, blank nodes numbered."""

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from mueang.graph.names import PREFIXES

_STRING = NamedNode(PREFIXES["xsd"] + "string")


def written(quads: Iterable[Quad]) -> bytes:
    """The statements of one graph, in their order; the same statements give the same bytes."""
    numbered: dict[BlankNode, BlankNode] = {}
    triples = [_numbered(quad.triple, numbered) for quad in quads]
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_used(triples)) or b""


def _numbered(term: Any, numbered: dict[BlankNode, BlankNode]) -> Any:
    if isinstance(term, BlankNode):
        return numbered.setdefault(term, BlankNode(f"b{len(numbered)}"))
    if isinstance(term, Triple):
        return Triple(*(_numbered(part, numbered) for part in term))
    return term


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    iris = {iri for triple in triples for term in triple for iri in _iris(term)}
    used = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in used}


def _iris(term: Any) -> Iterator[str]:
    if isinstance(term, NamedNode):
        yield term.value
    elif isinstance(term, Triple):
        for part in term:
            yield from _iris(part)
    elif isinstance(term, Literal) and not term.language and term.datatype != _STRING:
        yield term.datatype.value
