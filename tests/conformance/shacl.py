"""The SHACL suite: each test's shapes judge its data as the shapes of the repository judge a submission.

A result is compared by focus node, path, value, shape, component and severity; blank nodes are all alike, and a path of
many steps is only compared as one.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from pyshacl.graph_abstraction import to_ox
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.namespace import SH

from mueang.check.rules import as_written
from mueang.check.shacl import Shapes
from outcome import Outcome, judged

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
DATA = NamedNode("urn:data")
Told = tuple[str | None, ...]


def outcomes(suite: Path) -> Iterator[Outcome]:
    """Every validation test that the manifests list."""
    for path in _listed(suite / "manifest.ttl"):
        graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
        folder = f"shacl-{path.parent.relative_to(suite).as_posix().replace('/', '-')}"
        for test in sorted(graph.subjects(RDF.type, SHT.Validate)):
            yield judged(folder, str(test).rpartition("/")[2], _why_not(graph, test))


def _listed(manifest: Path) -> Iterator[Path]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.resolve().as_uri())
    for included in sorted(graph.objects(None, MF.include)):
        path = _file(included)
        yield from _listed(path) if path.name == "manifest.ttl" else [path]


def _file(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


def _why_not(graph: Graph, test: URIRef) -> str:
    action, wanted = graph.value(test, MF.action), graph.value(test, MF.result)
    expected = None if wanted == SHT.Failure else Counter(_expected(graph, wanted))
    try:
        found = Counter(_found(graph.value(action, SHT.dataGraph), graph.value(action, SHT.shapesGraph)))
    except Exception as error:  # noqa: BLE001 - whatever stops it is the outcome
        return "" if expected is None else f"{type(error).__name__}: {str(error)[:200]}"
    if expected is None:
        return "should have failed"
    return "" if found == expected else f"too many {found - expected}, missing {expected - found}"


def _expected(graph: Graph, report: object) -> Iterator[Told]:
    for result in graph.objects(report, SH.result):
        yield (
            _plain(graph.value(result, SH.focusNode)),
            _plain(graph.value(result, SH.resultPath)),
            _plain(graph.value(result, SH.value)),
            _plain(graph.value(result, SH.sourceShape)),
            _plain(graph.value(result, SH.sourceConstraintComponent)),
            str(graph.value(result, SH.resultSeverity)),
        )


def _found(data: object, shapes: object) -> Iterator[Told]:
    text = _file(shapes).read_bytes()
    store = Store()
    triples = list(parse(_file(data).read_bytes(), format=RdfFormat.TURTLE, base_iri=str(data)))
    store.extend(Quad(quad.subject, quad.predicate, quad.object, DATA) for quad in triples)
    for one in as_written(Shapes([text]).judge(store), triples):
        shape = None if ":" not in one.shape else f"<{one.shape}>"
        focus, value = (None if term and term.startswith("_:") else term for term in (one.focus, one.value))
        yield focus, one.path, value, shape, f"<{one.component}>", one.severity_iri


def _plain(term: object) -> str | None:
    return None if term is None or isinstance(term, BNode) else str(to_ox(term))
