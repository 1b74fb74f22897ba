"""An Oxigraph store made from contents: every graph under its name, and their merge as the default graph.

A scratch instance has a default graph of its own instead, which goes by the empty name.

The merge is loaded, not left to `use_default_graph_as_union`, which gives a triple stated by two graphs twice
and ignores a query's FROM (docs/decisions.md).
"""

from collections.abc import Iterable, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from mueang.errors import MalformedData
from mueang.graph.names import BASE

OWN_DEFAULT = ""


def graph_name(graph: str) -> NamedNode | DefaultGraph:
    """The name a store knows a graph by."""
    return DefaultGraph() if graph == OWN_DEFAULT else NamedNode(graph)


def quads_of(graph: str, content: bytes, name: object) -> list[Quad]:
    """The quads of one Turtle content in its graph; `name` is what an error calls the content."""
    try:
        triples = list(parse(content, format=RdfFormat.TURTLE, base_iri=BASE, rename_blank_nodes=True))
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise MalformedData(
            th=f"{name} บรรทัด {error.lineno}: ไวยากรณ์ผิด: {error.msg}",
            en=f"{name}{line}: malformed: {error.msg}",
        ) from error
    named = graph_name(graph)
    return [Quad(quad.subject, quad.predicate, quad.object, named) for quad in triples]


def named_store(contents: Iterable[tuple[str, bytes]], files: Mapping[str, object] | None = None) -> Store:
    """A store of the named graphs alone, as the checks want it; errors name the file where one is given."""
    store = Store()
    for graph, content in contents:
        store.extend(quads_of(graph, content, (files or {}).get(graph, graph)))
    return store


def asked_store(contents: Iterable[tuple[str, bytes]]) -> Store:
    """A store to be asked: the named graphs and, as default graph, their merge, unless it has a content of its own."""
    contents = list(contents)
    store = named_store(contents)
    if any(graph == OWN_DEFAULT for graph, _ in contents):
        return store
    merge = DefaultGraph()
    store.bulk_extend([Quad(quad.subject, quad.predicate, quad.object, merge) for quad in store])
    return store
