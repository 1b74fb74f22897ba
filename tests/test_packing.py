"""Texts are sent gzipped to who takes them so, whole and remembered as ever; nothing of somebody's own is."""

import gzip
from pathlib import Path
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from conftest import NOBODY_CHECKS
from mueang.engine.client import WorkersEngine
from mueang.settings import Settings
from mueang.web.packing import takes_gzip
from mueang.web.serving import site as served_site

LONG = "/sparql?query=" + quote("SELECT * { ?s ?p ?o }")
GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def client(engine: WorkersEngine, home: Path) -> Client:
    return Client(served_site(engine, NOBODY_CHECKS, Settings(home=home)), use_cookies=False)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        (LONG, "text/csv"),
        (LONG, "application/sparql-results+json"),
        (LONG, "application/sparql-results+xml"),
        ("/id/area/hat-yai", "text/html"),
        ("/id/area/hat-yai", "text/turtle"),
        ("/id/area/hat-yai", "application/ld+json"),
        ("/graph/meta", "application/trig"),
        ("/id/province.geojson", "*/*"),
        ("/", "text/html"),
        ("/openapi.json", "*/*"),
        ("/static/site.css", "*/*"),
        ("/sitemap.xml", "*/*"),
    ],
)
def test_a_text_is_packed_and_is_the_same_text(client: Client, path: str, accept: str) -> None:
    plain = client.get(path, headers={"Accept": accept}, buffered=True)
    for _ in range(2):  # computed, then remembered
        packed = client.get(path, headers={"Accept": accept} | GZIP, buffered=True)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "accept-encoding" in ",".join(packed.headers.getlist("Vary")).lower()
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 1.5
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert "Content-Encoding" not in plain.headers
    assert "accept-encoding" in ",".join(plain.headers.getlist("Vary")).lower()


def test_each_has_a_tag_of_its_own_and_a_304(client: Client) -> None:
    tags = []
    for coding in ({}, GZIP):
        answer = client.get(LONG, headers=coding, buffered=True)
        tags.append(answer.headers["ETag"])
        assert client.get(LONG, headers={"If-None-Match": tags[-1]} | coding).status_code == 304
        head = client.head(LONG, headers=coding, buffered=True)
        assert (head.headers["Content-Length"], head.data) == (answer.headers["Content-Length"], b"")
    assert len(set(tags)) == 2


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/sparql?query=ASK%7B%7D", {}),
        ("/questions/areas-of-a-round.xlsx", {}),
        ("/generations/1/dump.nq.gz", {}),
        ("/id/area/hat-yai", {"Cookie": "mueang=x"}),
        ("/id/area/hat-yai", {"Authorization": "Bearer mu_1_x"}),
        ("/id/area/hat-yai", {"Accept-Encoding": "gzip;q=0, br"}),
        ("/id/area/nobody-knows", {}),
    ],
)
def test_what_is_short_or_packed_or_somebodys_own_is_left_as_it_is(
    client: Client, path: str, more: dict[str, str]
) -> None:
    answer = client.get(path, headers=GZIP | more, buffered=True)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True), ("GZIP;q=0.1", True), ("*", True), ("br, *;q=0.5", True), ("x-gzip", False),
        ("gzip;q=0", False), ("*;q=0", False), ("identity", False), ("gzip;q=0, *", False), ("", False), (None, False),
        ("gzip;q=x", False), ("," * 5000, False),
    ],
)  # fmt: skip
def test_accept_encoding_is_read_as_rfc_9110_has_it(header: str | None, taken: bool) -> None:
    assert takes_gzip(header) is taken
