"""Every IRI of ours that the graph describes: as a page and in every syntax, with its statements, by Accept and suffix.

The ordinary run walks all of them in one syntax, and some of each kind as pages and in all syntaxes; the slow run
walks all of them in all ways.
"""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from conftest import NOBODY_CHECKS
from mueang.engine.client import WorkersEngine
from mueang.engine.formats import GRAPHS, GraphFormat
from mueang.graph.store import named_store
from mueang.settings import Settings
from mueang.web.app import application

BASE = "https://w3id.org/mueang/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
Said = dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def said(contents: dict[str, bytes]) -> Said:
    """Every IRI of ours, whatever it is in a statement; with the predicates and objects of those that it is the subject of."""
    found: Said = {}
    for quad in named_store(contents.items()):  # a store writes numbers in its own way
        for term in quad:
            if isinstance(term, NamedNode) and term.value.startswith(f"{BASE}"):
                found.setdefault(term.value, set())
        if isinstance(quad.subject, NamedNode) and quad.subject.value in found:
            found[quad.subject.value].add(_pair(quad))
    return found


@pytest.fixture(scope="module")
def client(engine: WorkersEngine, home: Path) -> FlaskClient:
    return application(engine, NOBODY_CHECKS, Settings(home=home)).test_client()


def _pair(quad: Quad) -> tuple[str, str]:
    return str(quad.predicate), str(quad.object)


def _path(iri: str) -> str:
    """Where an IRI is asked: under this server's own address, without the fragment, as a client leaves it out."""
    return quote(urlsplit(iri).path.removeprefix("/mueang"))


def _kind(iri: str) -> str:
    return iri.removeprefix(BASE).rpartition("#" if "#" in iri else "/")[0]


def _some(iris: Said) -> list[str]:
    """The first and the last of each kind."""
    kinds: dict[str, list[str]] = {}
    for iri in sorted(iris):
        kinds.setdefault(_kind(iri), []).append(iri)
    return [iri for of_one in kinds.values() for iri in dict.fromkeys([*of_one[:1], *of_one[-1:]])]


def _is_a_graph(iri: str) -> bool:
    """The address of a graph gives what the graph holds; what is said of the graph is in the graph `meta`."""
    return iri.startswith(f"{BASE}graph/")


def _holds(answer: bytes, one: GraphFormat, iri: str) -> set[tuple[str, str]]:
    return {_pair(quad) for quad in parse(answer, format=one.oxigraph) if str(quad.subject) == f"<{iri}>"}


def _check_rdf(client: FlaskClient, said: Said, iri: str, one: GraphFormat) -> None:
    ways = [
        client.get(_path(iri), headers={"Accept": one.media_types[0]}, follow_redirects=True),
        client.get(f"{_path(iri)}.{one.key}", headers=BROWSER, follow_redirects=True),
    ]
    for answer in ways:
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type), (iri, one.key)
        if not _is_a_graph(iri):
            assert said[iri] <= _holds(answer.data, one, iri), (iri, one.key)


def _check_pages(client: FlaskClient, said: Said, iris: Iterable[str]) -> None:
    """Each is a page; the page of one that something is said of names it."""
    pages: dict[str, str] = {}
    for iri in iris:
        path = _path(iri)
        if path not in pages:
            answer = client.get(path, headers=BROWSER, follow_redirects=True)
            assert (answer.status_code, answer.mimetype) == (200, "text/html"), iri
            pages[path] = answer.text
        anchor = "" if _is_a_graph(iri) else urlsplit(iri).fragment
        if said[iri]:
            assert (f'id="{anchor}"' if anchor else iri.partition("#")[0]) in pages[path], iri


def test_some_of_each_kind_are_pages_that_name_them(client: FlaskClient, said: Said) -> None:
    _check_pages(client, said, _some(said))


@pytest.mark.slow
def test_every_iri_of_ours_is_a_page_that_names_it(client: FlaskClient, said: Said) -> None:
    assert len(said) > 1500
    _check_pages(client, said, said)


def test_the_turtle_of_every_iri_holds_its_statements(client: FlaskClient, said: Said) -> None:
    wholes: dict[str, set[tuple[str, str, str]]] = {}
    for iri, pairs in said.items():
        path = _path(iri)
        if path not in wholes:
            answer = client.get(path, headers={"Accept": "application/n-triples"}, follow_redirects=True)
            assert answer.status_code == 200, iri
            found = parse(answer.data, format=RdfFormat.N_TRIPLES)
            wholes[path] = {(str(quad.subject), *_pair(quad)) for quad in found}
        if not _is_a_graph(iri):
            assert {(f"<{iri}>", *pair) for pair in pairs} <= wholes[path], iri


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_some_of_each_kind_are_given_in_every_syntax_by_accept_and_by_suffix(
    client: FlaskClient, said: Said, one: GraphFormat
) -> None:
    for iri in _some(said):
        _check_rdf(client, said, iri, one)


@pytest.mark.slow
@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_every_iri_is_given_in_every_syntax_by_accept_and_by_suffix(
    client: FlaskClient, said: Said, one: GraphFormat
) -> None:
    for iri in said:
        if "#" not in iri:
            _check_rdf(client, said, iri, one)
