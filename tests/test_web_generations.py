"""`/generations` as page, as JSON and as downloads."""

import gzip
from pathlib import Path

import pyoxigraph
import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat

from conftest import NOBODY_CHECKS, answering
from mueang.engine.supervisor import nursery
from mueang.graph.generation import digest, publish
from mueang.graph.history import restore
from mueang.settings import Settings
from mueang.web import generations
from mueang.web.app import application

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
A, B = (f"https://w3id.org/mueang/graph/source/{name}" for name in "ab")
FIRST = {A: b"<a:a> <a:b> 1, '<script>' .", B: b"<a:a> <a:b> 2 ."}
SECOND = {A: b"<a:a> <a:b> 1, 3 ."}


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three generations, the third a restore, and a record that a crash left."""
    home = tmp_path_factory.mktemp("home")
    publish(home, FIRST, reason="first", shapes="s")
    publish(home, SECOND, reason="second", shapes="s")
    restore(home, 1)
    publish(home, SECOND, reason="crashed", shapes="s")
    (home / "current").write_text("3")
    return home


@pytest.fixture(scope="module")
def client(published_home: Path) -> FlaskClient:
    """The site over that home; nothing here asks the engine for an answer."""
    settings = Settings(home=published_home, workers=1)
    with nursery(settings) as engine:
        yield application(engine, NOBODY_CHECKS, settings).test_client()


def test_generations_are_listed_newest_first_for_programs(client: FlaskClient) -> None:
    answer = client.get("/generations")
    assert [
        (one["number"], one["reason"], one["state"], one["graphs"]) for one in answer.json["generations"]
    ] == [
        (3, "restore of 1", "current", 2),
        (2, "second", "earlier", 1),
        (1, "first", "earlier", 2),
    ]
    assert answer.json["older"] is None
    assert client.get("/generations.json", headers=BROWSER).json == answer.json
    assert client.get(answer.json["generations"][0]["address"]).json["number"] == 3


def test_older_ones_are_on_further_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "_PAGE", 2)
    first = client.get("/generations").json
    assert [one["number"] for one in first["generations"]] == [3, 2]
    rest = client.get(first["older"]).json
    assert ([one["number"] for one in rest["generations"]], rest["older"]) == ([1], None)
    assert "/generations?before=2&amp;lang=th" in client.get("/generations", headers=BROWSER).text


def test_a_generation_has_its_graphs_with_digests_and_what_it_changed(client: FlaskClient) -> None:
    second = client.get("/generations/2").json
    assert second["graphs"] == {A: digest(SECOND[A])}
    assert (second["parent"], second["reason"], second["shapes"]) == (1, "second", "s")
    assert second["changes"] == [
        {"graph": A, "change": "changed", "added": 1, "removed": 1},
        {"graph": B, "change": "removed", "added": 0, "removed": 1},
    ]
    assert second["dumps"] == ["/generations/2/dump.nq.gz", "/generations/2/dump.trig.gz"]
    assert client.get("/generations/1").json["changes"] == []
    assert client.get("/generations/2.json", headers=BROWSER).json == second


def test_what_is_too_large_to_compare_is_named_without_its_statements(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "_LARGEST_COMPARED", 10)
    assert client.get("/generations/2").json["changes"][0] == {
        "graph": A,
        "change": "changed",
        "added": None,
        "removed": None,
    }
    assert "mueang diff 1 2" in client.get("/generations/2", headers=BROWSER).text


@pytest.mark.parametrize("path", ["/generations", "/generations/1", "/generations/2", "/generations/3"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_there_is_a_page_in_both_languages(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(path, query_string={"lang": language}, headers=BROWSER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert f'<html lang="{language}">' in answer.text
    assert "รุ่นข้อมูล" in answer.text if language == "th" else "eneration" in answer.text
    assert "<script>" not in answer.text
    assert "crashed" not in answer.text


def test_a_page_shows_the_statements_that_changed(client: FlaskClient) -> None:
    page = client.get("/generations/2?lang=en", headers=BROWSER).text
    assert "+1 −1" in page
    assert "- &lt;a:a&gt; &lt;a:b&gt; &#34;&lt;script&gt;&#34; ." in page
    assert "+ &lt;a:a&gt; &lt;a:b&gt; &#34;3&#34;^^xsd:integer ." in page


@pytest.mark.parametrize(("key", "syntax"), [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
def test_a_dump_is_all_graphs_under_their_names(client: FlaskClient, key: str, syntax: RdfFormat) -> None:
    answer = client.get(f"/generations/1/dump.{key}.gz", buffered=True, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/gzip")
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Mueang-Generation"] == "1"
    assert f'.{key}.gz"' in answer.headers["Content-Disposition"]
    quads = list(pyoxigraph.parse(gzip.decompress(answer.data), format=syntax))
    assert sorted(quad.graph_name.value for quad in quads) == [A, A, B]


def test_a_dump_that_is_known_is_not_sent_again(client: FlaskClient, published_home: Path) -> None:
    first, other, trig = (
        client.get(path, buffered=True)
        for path in ("/generations/1/dump.nq.gz", "/generations/2/dump.nq.gz", "/generations/1/dump.trig.gz")
    )
    tags = {answer.headers["ETag"] for answer in (first, other, trig)}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)
    for path in (published_home / "dumps").glob("*.gz"):
        path.unlink()
    for known in (first.headers["ETag"], "*", f'"x", {first.headers["ETag"]}'):
        again = client.get("/generations/1/dump.nq.gz", buffered=True, headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert "immutable" in again.headers["Cache-Control"]
    assert not list((published_home / "dumps").glob("*.gz"))
    fresh = client.get(
        "/generations/1/dump.nq.gz", buffered=True, headers={"If-None-Match": other.headers["ETag"]}
    )
    assert (fresh.status_code, fresh.data) == (200, first.data)


def test_a_download_that_broke_off_goes_on_where_it_was(client: FlaskClient) -> None:
    whole = client.get("/generations/1/dump.nq.gz", buffered=True)
    rest = client.get(
        "/generations/1/dump.nq.gz",
        buffered=True,
        headers={"Range": "bytes=10-", "If-Range": whole.headers["ETag"]},
    )
    assert (rest.status_code, rest.data) == (206, whole.data[10:])
    other = client.get(
        "/generations/1/dump.nq.gz", buffered=True, headers={"Range": "bytes=10-", "If-Range": '"other"'}
    )
    assert (other.status_code, other.data) == (200, whole.data)
    assert (
        client.get(
            "/generations/1/dump.nq.gz", buffered=True, headers={"Range": "bytes=9999999-"}
        ).status_code
        == 416
    )


def test_a_head_tells_the_length_without_the_body(client: FlaskClient) -> None:
    whole, head = (
        client.get("/generations/1/dump.nq.gz", buffered=True),
        client.head("/generations/1/dump.nq.gz", buffered=True),
    )
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize(
    "path",
    ["/generations/9", "/generations/0", "/generations/x", "/generations/4", "/generations/1.ttl", "/generations/-1",
     "/generations/" + "9" * 5000, "/generations/%D9%A1", "/generations/9/dump.nq.gz", "/generations/4/dump.nq.gz",
     "/generations/1/dump.ttl.gz", "/generations/1/dump.nq", "/generations/x/dump.nq.gz", "/generations?before=x"],
)  # fmt: skip
def test_what_is_not_there_is_404_for_programs_and_for_browsers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    page = client.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_damaged_generation_is_never_half_sent(tmp_path: Path) -> None:
    with answering(tmp_path, FIRST) as engine:
        site = application(engine, NOBODY_CHECKS, Settings(home=tmp_path)).test_client()
        (tmp_path / "contents" / digest(FIRST[B])).write_bytes(b"")
        for _ in range(2):
            answer = site.get("/generations/1/dump.nq.gz")
            assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
        assert site.get("/generations").status_code == 200
