"""A SERVICE to a listed server: asked through real workers, answered by a real second endpoint, and by no other."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from conftest import answering
from mueang.engine.allowing import AllowingEngine
from mueang.engine.formats import ROWS
from mueang.engine.outward import Outward
from mueang.engine.query import Query
from mueang.errors import CallFailed, UnusableRequest
from servers import oxigraph

HERE = {
    "https://e.org/here": b'<https://e.org/a> <https://e.org/name> "A" . <https://e.org/b> <https://e.org/name> "B" .'
}
THERE = {"https://e.org/there": b"<https://e.org/a> <https://e.org/size> 7 ."}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AllowingEngine, str]]:
    """Our engine, allowed to call a second endpoint on this machine, and that endpoint's address."""
    with oxigraph(THERE, tmp_path_factory.mktemp("there")) as address:
        parts = urlsplit(address)
        outward = Outward(f"{parts.scheme}://{parts.netloc}", 5, 1 << 20, public=lambda _: True)
        with answering(tmp_path_factory.mktemp("here"), HERE) as engine:
            yield AllowingEngine(engine, outward), address
        outward.close()


def test_a_listed_server_answers_its_part_of_a_query(both: tuple[AllowingEngine, str]) -> None:
    engine, address = both
    text = f"SELECT ?name ?size {{ ?s <https://e.org/name> ?name SERVICE <{address}> {{ ?s <https://e.org/size> ?size }} }}"
    rows = json.loads(engine.answer(Query(text), ROWS[0], None).body)["results"]["bindings"]
    assert [{name: term["value"] for name, term in row.items()} for row in rows] == [
        {"name": "A", "size": "7"}
    ]


def test_another_server_is_refused_by_name(both: tuple[AllowingEngine, str]) -> None:
    engine, _ = both
    with pytest.raises(UnusableRequest, match=r"e\.org"):
        engine.answer(Query("SELECT * { SERVICE <https://e.org/sparql> { ?s ?p ?o } }"), ROWS[0], None)


def test_a_listed_name_that_is_this_machine_is_not_reached_in_earnest(
    both: tuple[AllowingEngine, str],
) -> None:
    """With the classifier that is used in earnest, an address of this machine is refused though it is listed."""
    engine, address = both
    parts = urlsplit(address)
    earnest = AllowingEngine(engine.engine, Outward(f"{parts.scheme}://{parts.netloc}", 5, 1 << 20))
    with pytest.raises(CallFailed):
        earnest.answer(Query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"), ROWS[0], None)
    earnest.outward.close()
