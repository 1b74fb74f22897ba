"""The update suites over HTTP: each test's graphs are put into an emptied scratch server, its request is sent, all graphs compared."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize
from rdflib import RDF, RDFS, Graph, URIRef

from instance import GRAPHS, UPDATE, Scratch
from manifests import MF, UT, entries, file_of, folders, manifest
from outcome import Outcome, judged
from results import of_triples, same

SYNTAX = {MF.PositiveUpdateSyntaxTest11: False, MF.NegativeUpdateSyntaxTest11: True}
MALFORMED = b"/problem/malformed-query"
NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
Graphs = dict[str, list[Quad]]


def outcomes(suites: Path, scratch: Scratch) -> list[Outcome]:
    """Every test of evaluation and of syntax."""
    return [
        judged(folder, _name(test), _why_not(suites, graph, test, scratch))
        for folder, graph, test in _tests(suites)
    ]


def _tests(suites: Path) -> Iterator[tuple[str, Graph, URIRef]]:
    for folder in folders(suites):
        graph = manifest(suites, folder)
        for test in entries(graph):
            kind = graph.value(test, RDF.type)
            if kind == MF.UpdateEvaluationTest or kind in SYNTAX:
                yield folder, graph, test


def _name(test: URIRef) -> str:
    return str(test).partition("#")[2]


def _why_not(suites: Path, graph: Graph, test: URIRef, scratch: Scratch) -> str:
    kind, action = graph.value(test, RDF.type), graph.value(test, MF.action)
    if kind in SYNTAX:
        reply = _sent(suites, action, scratch, f"{UPDATE}?dry-run=true")
        refused = reply.status == 400 and MALFORMED in reply.body
        return "" if refused is SYNTAX[kind] else f"status {reply.status} {reply.body[:300]!r}"
    scratch.emptied()
    for name, quads in _graphs(suites, graph, action).items():
        scratch.changed(
            "PUT", _address(name), serialize(quads, format=RdfFormat.N_TRIPLES), "application/n-triples"
        )
    reply = _sent(suites, graph.value(action, UT.request), scratch, UPDATE)
    if reply.status != 204:
        return f"status {reply.status} {reply.body[:300]!r}"
    return _differing(_graphs(suites, graph, graph.value(test, MF.result)), scratch)


def _sent(suites: Path, request: URIRef, scratch: Scratch, path: str):
    text = file_of(suites, request).read_text(encoding="utf-8")
    return scratch.asked(
        "POST", path, f"BASE <{request}>\n{text}".encode(), {"Content-Type": "application/sparql-update"}
    )


def _graphs(suites: Path, graph: Graph, node) -> Graphs:
    """The graphs that a test begins with or ends with, by name; the default graph has none. Those without a statement are left out."""
    named = [
        (str(graph.value(one, RDFS.label)), graph.value(one, UT.graph))
        for one in graph.objects(node, UT.graphData)
    ]
    listed = [*(("", one) for one in graph.objects(node, UT.data)), *named]
    found: Graphs = {}
    for name, iri in listed:
        path = file_of(suites, iri)
        quads = parse(path.read_bytes(), format=RdfFormat.from_extension(path.suffix[1:]), base_iri=str(iri))
        found.setdefault(name, []).extend(quad.triple for quad in quads)
    return {name: quads for name, quads in found.items() if quads}


def _differing(wanted: Graphs, scratch: Scratch) -> str:
    names = {"", *wanted, *scratch.rows(NAMES)}
    wrong = [
        name for name in sorted(names) if not same(_found(name, scratch), of_triples(wanted.get(name, ())))
    ]
    return f"other statements in {', '.join(name or 'the default graph' for name in wrong)}" if wrong else ""


def _found(name: str, scratch: Scratch) -> Graph:
    reply = scratch.asked("GET", _address(name), None, {"Accept": "application/n-triples"})
    return of_triples(
        quad.triple for quad in parse(reply.body if reply.status == 200 else b"", format=RdfFormat.N_TRIPLES)
    )


def _address(name: str) -> str:
    return f"{GRAPHS}?graph={name}" if name else f"{GRAPHS}?default"
