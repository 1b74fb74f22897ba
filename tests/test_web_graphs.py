"""`/graphs` and `/graph/…`: reading by the SPARQL 1.1 Graph Store HTTP Protocol, the list of graphs, a graph's page."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from mueang.engine.formats import GRAPHS, GraphFormat

BASE = "https://w3id.org/mueang/graph/"
WIKIDATA = BASE + "link/wikidata"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_a_graph_is_given_in_every_syntax_directly_and_indirectly(
    site: FlaskClient, contents: dict[str, bytes], one: GraphFormat
) -> None:
    accept = {"Accept": one.media_types[0]}
    ways = [
        site.get("/graphs", query_string={"graph": WIKIDATA}, headers=accept),
        site.get(f"/graphs?graph={WIKIDATA}&format={one.key}", headers=BROWSER),
        site.get("/graph/link/wikidata", headers=accept),
        site.get(f"/graph/link/wikidata.{one.key}", headers=BROWSER),
        site.get("/graph/link/wikidata", query_string={"format": one.key}),
    ]
    stated = {quad.triple for quad in parse(contents[WIKIDATA], format=RdfFormat.TURTLE)}
    for answer in ways:
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type)
        assert answer.headers["Mueang-Generation"] == "1"
        assert {quad.triple for quad in parse(answer.data, format=one.oxigraph)} == stated


def test_the_default_graph_is_the_whole(site: FlaskClient) -> None:
    whole = site.get("/graphs?default", headers={"Accept": "application/n-triples"}, buffered=True)
    count = site.get("/sparql", query_string={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    assert len(whole.data.splitlines()) == int(count.json["results"]["bindings"][0]["n"]["value"])


def test_the_iri_of_a_graph_is_decoded_once(site: FlaskClient) -> None:
    assert site.get(f"/graphs?graph={quote(WIKIDATA, safe='')}").status_code == 200
    assert site.get(f"/graphs?graph={quote(quote(WIKIDATA, safe=''), safe='')}").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/graphs?graph=https://e.org/none", "/graphs?graph=urn:x", f"/graphs?graph={BASE}nope", "/graph/nope", "/graph/nope.ttl",
     "/graph/link", "/graph/%E0%B8%81", "/graph/a%20b", "/graph/%3Cscript%3E", "/graph/link/wikidata.docx", "/graph/" + "x" * 3000],
)  # fmt: skip
def test_a_graph_that_is_not_there_is_404_in_words(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert "see the list at /graphs" in answer.json["detail"]
    head = site.head(path)
    assert (head.status_code, head.data) == (404, b"")
    page = site.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    "parameters",
    ["graph=", "graph=relative", "graph=/graph/meta", "graph=a%20b:c", "graph=urn:a&graph=urn:b", "default&graph=urn:a",
     "default&default", "default=yes", "graph=%FF", "default&generation=x"],
)  # fmt: skip
def test_a_graph_that_is_not_named_once_is_400(site: FlaskClient, parameters: str) -> None:
    answer = site.get(f"/graphs?{parameters}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples, */*;q=0"])
def test_a_client_that_wants_rdf_and_names_no_graph_is_told_so(site: FlaskClient, accept: str) -> None:
    for path in ("/graphs", "/graphs?format=ttl"):
        assert site.get(path, headers={"Accept": accept}).status_code == 400


def test_a_graph_of_a_generation_is_read(site: FlaskClient) -> None:
    assert site.get("/graph/meta?generation=1").status_code == 200
    assert site.get("/graphs?default&generation=77").status_code == 404


@pytest.mark.parametrize("path", ["/graph/meta", f"/graphs?graph={WIKIDATA}"])
def test_a_graph_in_no_syntax_of_ours_is_406(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json["detail"]


def test_the_graphs_are_listed_for_programs(site: FlaskClient, contents: dict[str, bytes]) -> None:
    listed = {one["graph"]: one for one in site.get("/graphs").json}
    assert set(listed) == set(contents)
    found = listed[WIKIDATA]
    assert found["title"] == {"th": "ลิงก์ไปยัง Wikidata", "en": "Links to Wikidata"}
    assert found["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["statements"] == len(list(parse(contents[WIKIDATA], format=RdfFormat.TURTLE)))
    for one in listed.values():
        assert site.get(one["address"]).status_code == 200


@pytest.mark.parametrize(("language", "title"), [("th", "ลิงก์ไปยัง Wikidata"), ("en", "Links to Wikidata")])
def test_the_list_and_a_graph_are_pages_in_both_languages(
    site: FlaskClient, language: str, title: str
) -> None:
    page = site.get("/graphs", query_string={"lang": language}, headers=BROWSER)
    assert f'<html lang="{language}">' in page.text
    assert title in page.text
    assert f'href="/graph/link/wikidata?lang={language}"' in page.text
    one = site.get("/graph/link/wikidata", query_string={"lang": language}, headers=BROWSER)
    assert f"<h1>{title}</h1>" in one.text
    assert 'href="/graph/link/wikidata.ttl"' in one.text
    assert "licenses/by/4.0" in one.text
