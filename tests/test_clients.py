"""The clients people use, each against a real server: curl, SPARQLWrapper, rdflib, pandas, and bare sockets."""

import csv
import http.client
import io
import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from mueang.graph.generation import publish
from test_serve import free_port, start, until_ready

PROVINCES = 'SELECT ?code ?name { ?p a tsc:Province ; tsc:isoCode ?code ; skos:prefLabel ?name FILTER(LANG(?name) = "th") } ORDER BY ?code'
RAYONG = 'SELECT ?p { ?p a tsc:Province ; skos:prefLabel "ระยอง"@th }'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Iterator[str]:
    """A server of its own over the repository's graph."""
    home = tmp_path_factory.mktemp("clients")
    publish(home, contents, reason="test", shapes="")
    port = free_port()
    process = start(home, port)
    try:
        until_ready(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def absent(what: str, command: str) -> None:
    """Skip, or fail in continuous integration, where a client is not there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is needed here: {command}")
    pytest.skip(f"{what} is not there: {command}")


def module(name: str) -> Any:
    if not find_spec(name):
        absent(name, "make .venv/tests")
    return __import__(name)


def raw(address: str, sent: bytes) -> bytes:
    """All that comes back for these bytes."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        received = b""
        while more := connection.recv(65536):
            received += more
    return received


# curl


@pytest.fixture
def curl(tmp_path: Path) -> Any:
    if not shutil.which("curl"):
        absent("curl", "apt-get install curl")

    def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["curl", "--silent", "--show-error", "--max-time", "20", *arguments],
            cwd=tmp_path, input=given, capture_output=True, check=False,
        )  # fmt: skip

    return run


def test_curl_asks_in_each_way(address: str, curl: Any) -> None:
    ways = [
        ["--get", "--data-urlencode", f"query={RAYONG}"],
        ["--data-urlencode", f"query={RAYONG}"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", RAYONG],
        ["--header", "Content-Type: application/sparql-query", "--header", "Transfer-Encoding: chunked", "--data-binary", RAYONG],
        ["--compressed", "--get", "--data-urlencode", f"query={RAYONG}"],
    ]  # fmt: skip
    for way in ways:
        done = curl("--header", "Accept: text/csv", *way, f"{address}/sparql")
        assert (done.returncode, done.stdout) == (0, b"p\r\nhttps://w3id.org/mueang/id/province/TH-21\r\n"), (
            way
        )


def test_curl_sees_errors_by_their_status(address: str, curl: Any) -> None:
    done = curl("--fail", "--get", "--data-urlencode", "query=SELECT", f"{address}/sparql")
    assert (done.returncode, done.stdout) == (22, b"")
    large = curl("--output", "-", "--write-out", "%{http_code}", "--header", "Content-Type: application/sparql-query",
                 "--data-binary", "@-", f"{address}/sparql", given=b"#" * 9_000_000)  # fmt: skip
    assert (large.returncode, large.stdout[-3:]) == (0, b"413")


def test_curl_downloads_what_it_is_told_the_length_of(address: str, curl: Any, tmp_path: Path) -> None:
    done = curl("--remote-name", "--dump-header", "-", f"{address}/graph/meta.nt")
    headers = dict(line.split(": ", 1) for line in done.stdout.decode().lower().splitlines() if ": " in line)
    assert (tmp_path / "meta.nt").stat().st_size == int(headers["content-length"])
    named = curl("--remote-name", "--remote-header-name", f"{address}/questions/round-totals.xlsx")
    assert named.returncode == 0
    assert (tmp_path / "round-totals.xlsx").read_bytes().startswith(b"PK")


def test_curl_follows_void(address: str, curl: Any) -> None:
    done = curl("--location", "--header", "Accept: text/turtle", f"{address}/.well-known/void")
    assert b"dcat:Catalog" in done.stdout


# SPARQLWrapper and rdflib


@pytest.mark.parametrize(("method", "direct"), [("GET", False), ("POST", False), ("POST", True)])
def test_sparqlwrapper_asks_in_each_way_and_format(address: str, method: str, direct: bool) -> None:
    wrapper = module("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{address}/sparql")
    client.setMethod(method)
    client.setRequestMethod(wrapper.POSTDIRECTLY if direct else wrapper.URLENCODED)
    client.setQuery(RAYONG)
    for wanted in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(wanted)
        found = client.queryAndConvert()
        text = (
            found.toxml()
            if wanted == wrapper.XML
            else json.dumps(found)
            if wanted == wrapper.JSON
            else found.decode()
        )
        assert "province/TH-21" in text
    client.setQuery("ASK { province:TH-21 a tsc:Province }")
    client.setReturnFormat(wrapper.JSON)
    assert client.queryAndConvert()["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper 2.0 makes one
@pytest.mark.parametrize("wanted", ["turtle", "n3", "xml", "rdf+xml", "json-ld"])
def test_sparqlwrapper_gets_graphs(address: str, wanted: str) -> None:
    client = module("SPARQLWrapper").SPARQLWrapper(f"{address}/sparql", returnFormat=wanted)
    client.setQuery("CONSTRUCT WHERE { province:TH-21 tsc:isoCode ?code }")
    assert b"TH-21" in (
        found if isinstance(found := client.queryAndConvert(), bytes) else found.serialize().encode()
    )


def test_sparqlwrapper_tells_a_malformed_query(address: str) -> None:
    wrapper = module("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{address}/sparql")
    client.setQuery("SELECT * {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="malformed-query"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("wanted", ["xml", "json", "csv", "tsv"])
def test_rdflibs_store_asks_in_each_way_and_format(address: str, method: str, wanted: str) -> None:
    from rdflib import Graph, Literal, URIRef
    from rdflib.namespace import SKOS
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(f"{address}/sparql", method=method, returnFormat=wanted))
    rayong = URIRef("https://w3id.org/mueang/id/province/TH-21")
    rows = list(graph.query(PROVINCES))
    assert len(rows) == 77
    assert ("TH-21", "ระยอง") in {(str(code), str(name)) for code, name in rows}
    if wanted in ("xml", "json"):  # rdflib reads neither terms out of CSV nor booleans out of TSV
        assert (rayong, SKOS.prefLabel, Literal("ระยอง", lang="th")) in graph
        assert Literal("Rayong", lang="en") in set(graph.objects(rayong, SKOS.prefLabel))


def test_rdflib_reads_graphs_from_their_addresses(address: str, contents: dict[str, bytes]) -> None:
    from rdflib import Graph

    iri = "https://w3id.org/mueang/graph/link/wikidata"

    direct = Graph().parse(f"{address}/graph/link/wikidata")
    named = Graph().parse(f"{address}/graphs?graph={quote(iri, safe='')}")
    assert len(direct) == len(named) == len(Graph().parse(data=contents[iri], format="turtle"))


# Tables from an address, as pandas and R read them


def test_pandas_reads_csv_from_an_address(address: str) -> None:
    pandas = module("pandas")
    table = pandas.read_csv(f"{address}/sparql?format=csv&query={quote(PROVINCES)}")
    assert list(table.columns) == ["code", "name"]
    assert len(table) == 77
    assert table.set_index("code").loc["TH-21", "name"] == "ระยอง"
    question = pandas.read_csv(f"{address}/questions/areas-of-a-round.csv")
    assert {"area", "areaTh", "areaEn"} <= set(question.columns)
    excel = pandas.read_csv(f"{address}/questions/areas-of-a-round.csv-excel")
    assert list(excel.columns) == list(question.columns)


def test_a_reader_that_names_no_format_gets_csv_by_suffix(address: str) -> None:
    """R's read.csv sends no Accept of its own that would tell CSV from JSON."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request(
        "GET", "/questions/round-totals.csv", headers={"User-Agent": "R (4.3.1)", "Accept": "*/*"}
    )
    response = connection.getresponse()
    rows = list(csv.reader(io.TextIOWrapper(response, encoding="utf-8", newline="")))
    connection.close()
    assert len(rows) == 2


# What no library sends


def test_thai_in_an_address_is_taken_raw(address: str) -> None:
    path = "/sparql?query=SELECT(%22ระยอง%22AS%20?x){}".encode()
    received = raw(address, b"GET " + path + b" HTTP/1.1\r\nHost: e.org\r\nConnection: close\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 200 ")
    assert "ระยอง".encode() in received
    broken = raw(address, b"GET /sparql?query=\xff HTTP/1.1\r\nHost: e.org\r\nConnection: close\r\n\r\n")
    assert broken.startswith(b"HTTP/1.1 400 ")


def test_head_leaves_a_connection_fit_for_the_next_request(address: str) -> None:
    """Also where there is nothing: a body there would be read as the next response."""
    heads = b"".join(
        b"HEAD " + path + b" HTTP/1.1\r\nHost: e.org\r\n\r\n"
        for path in (b"/nope", b"/sparql?query=", b"/graph/nope", b"/graph/meta", b"/sparql")
    )
    received = raw(address, heads + b"GET /health/live HTTP/1.1\r\nHost: e.org\r\nConnection: close\r\n\r\n")
    statuses = [line.split()[1] for line in received.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    assert statuses == [b"404", b"400", b"404", b"200", b"200", b"200"]
    assert received.endswith(b'{"status":"alive"}\n')


def test_the_server_tells_no_versions(address: str) -> None:
    received = raw(address, b"GET /health/live HTTP/1.1\r\nHost: e.org\r\nConnection: close\r\n\r\n")
    server = [line for line in received.lower().split(b"\r\n") if line.startswith(b"server:")]
    assert not any(any(chr(letter).isdigit() for letter in line) for line in server)


def test_the_description_of_a_real_server_names_its_own_address(address: str) -> None:
    received = raw(address, b"GET /sparql HTTP/1.1\r\nHost: evil.example\r\nAccept: application/n-triples\r\nConnection: close\r\n\r\n")  # fmt: skip
    endpoint = f"<http://www.w3.org/ns/sparql-service-description#endpoint> <{address}/sparql>"
    assert endpoint.encode() in received
    assert b"evil.example" not in received
