"""The tests of the W3C manifests, as rdflib reads them."""

from collections.abc import Iterator
from pathlib import Path

from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"


def manifest(suites: Path, folder: str) -> Graph:
    """The manifest of a folder; files are named under BASE."""
    path = suites / folder / "manifest.ttl"
    return Graph().parse(path, format="turtle", publicID=f"{BASE}{folder}/manifest.ttl")


def entries(graph: Graph) -> Iterator[URIRef]:
    """The tests a manifest lists, in its order."""
    for listed in graph.objects(None, MF.entries):
        yield from Collection(graph, listed)


def folders(suites: Path) -> list[str]:
    """The folders that have a manifest."""
    return sorted(path.parent.name for path in suites.glob("*/manifest.ttl"))


def file_of(suites: Path, iri: URIRef) -> Path:
    """The file that an IRI under BASE names."""
    return suites / str(iri).removeprefix(BASE)
