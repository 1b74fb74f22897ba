"""`/sparql` as SPARQL 1.1 Protocol section 2.1 has it, with RFC 9110 and RFC 9457 around it."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

ASK = "ASK { province:TH-21 tsc:isoCode ?code }"
SELECT = 'SELECT ?name { province:TH-21 skos:prefLabel ?name FILTER(LANG(?name) = "th") }'
CONSTRUCT = "CONSTRUCT WHERE { province:TH-21 tsc:isoCode ?code }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def test_a_query_is_answered_by_get_and_by_both_posts(site: FlaskClient) -> None:
    answers = [
        site.get("/sparql", query_string={"query": SELECT}),
        site.post("/sparql", data={"query": SELECT}),
        site.post("/sparql", data=SELECT, content_type=DIRECT),
        site.post("/sparql", data=SELECT, content_type="Application/SPARQL-Query; charset=utf-8"),
        site.post("/sparql?query=" + quote(SELECT), data="", content_type=FORM),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/sparql-results+json"
        assert answer.json["results"]["bindings"][0]["name"]["value"] == "ระยอง"
        assert answer.headers["Mueang-Generation"] == "1"


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/*", "text/csv; charset=utf-8"),
        (SELECT, "application/sparql-results+xml;q=0.9, text/csv;q=0.2", "application/sparql-results+xml"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/turtle, application/json;q=0.1", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json, text/csv", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_the_format_is_negotiated_by_the_querys_kind(
    site: FlaskClient, query: str, accept: str | None, content_type: str
) -> None:
    answer = site.get("/sparql", query_string={"query": query}, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert {"Accept", "Accept-Language"} <= set(answer.vary)
    assert answer.data


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")]
)
def test_a_format_that_cannot_be_given_is_406_with_what_can(
    site: FlaskClient, query: str, accept: str
) -> None:
    answer = site.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "/" in answer.json["detail"]


@pytest.mark.parametrize("accept", [";;;", "text/turtle;q=x", ",", "a" * 5000, "*/*;q=1.5, \x7f"])
def test_a_malformed_accept_never_breaks(site: FlaskClient, accept: str) -> None:
    answer = site.get("/sparql", query_string={"query": SELECT}, headers={"Accept": accept})
    assert answer.status_code in (200, 406)


@pytest.mark.parametrize(
    ("method", "address", "body", "content_type", "status"),
    [
        ("GET", "/sparql?query=", None, None, 400),
        ("GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", None, None, 400),
        ("GET", "/sparql?query=SELECT", None, None, 400),
        ("GET", "/sparql?query=%E0%B8", None, None, 400),
        ("GET", f"/sparql?query={quote(ASK)}&default-graph-uri=not%20an%20iri", None, None, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
        ("POST", "/sparql", f"query={quote(ASK)}&update=CLEAR%20ALL", FORM, 400),
        ("POST", "/sparql", "", FORM, 400),
        ("POST", "/sparql", b"query=\xff", FORM, 400),
        ("POST", "/sparql", b"\xff\xfe", DIRECT, 400),
        ("POST", f"/sparql?query={quote(ASK)}", ASK, DIRECT, 400),
        ("POST", "/sparql", ASK, "text/plain", 415),
        ("POST", "/sparql", "CLEAR ALL", "application/sparql-update", 415),
        ("POST", "/sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", DIRECT, 400),
        ("POST", "/sparql", "#" * 1_000_001, DIRECT, 413),
        ("POST", "/sparql", "#" * 9_000_000, DIRECT, 413),
        ("PUT", "/sparql", None, None, 405),
        ("DELETE", "/sparql", None, None, 405),
        ("PATCH", "/sparql", None, None, 405),
    ],
)  # fmt: skip
def test_what_the_protocol_calls_wrong_is_a_problem_with_its_status(
    site: FlaskClient, method: str, address: str, body, content_type: str | None, status: int
) -> None:
    answer = site.open(address, method=method, data=body, content_type=content_type)
    assert answer.status_code == status, answer.data
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if status == 405:
        assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_malformed_query_says_its_line_in_the_readers_language(site: FlaskClient) -> None:
    query = {"query": "SELECT * {\n  ?s dct:title ?o }"}
    english = site.get("/sparql", query_string=query, headers={"Accept-Language": "en"}).json
    assert (english["line"], english["status"]) == (2, 400)
    assert "did you mean dcterms:" in english["detail"]
    assert "ไม่รู้จักคำนำหน้า dct:" in site.get("/sparql", query_string=query).json["detail"]


def test_the_dataset_of_the_protocol_is_read_from_address_and_form(site: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = "https://w3id.org/mueang/graph/vocab/outcome"
    by_get = site.get("/sparql", query_string={"query": count, "default-graph-uri": graph})
    by_form = site.post("/sparql", data={"query": count, "default-graph-uri": graph})
    by_post = site.post("/sparql", query_string={"default-graph-uri": graph}, data=count, content_type=DIRECT)
    whole = site.get("/sparql", query_string={"query": count})
    numbers = [
        int(one.json["results"]["bindings"][0]["n"]["value"]) for one in (by_get, by_form, by_post, whole)
    ]
    assert 0 < numbers[0] == numbers[1] == numbers[2] < numbers[3]


def test_head_is_get_without_a_body_and_options_allow_other_sites(site: FlaskClient) -> None:
    head = site.head("/sparql", query_string={"query": ASK})
    assert (head.status_code, head.data) == (200, b"")
    asked = {
        "Origin": "https://e.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "accept",
    }
    options = site.options("/sparql", headers=asked)
    assert options.status_code == 200
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
    assert options.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_browser_gets_a_form_that_keeps_the_query_and_shows_the_answer(
    site: FlaskClient, language: str
) -> None:
    browser = {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": language,
    }
    assert "<textarea" in site.get("/sparql", headers=browser).text
    answered = site.get("/sparql", query_string={"query": SELECT}, headers=browser).text
    assert "ระยอง</bdi>" in answered
    assert "skos:prefLabel ?name" in answered
    wrong = site.get("/sparql", query_string={"query": "SELECT <script>"}, headers=browser).text
    assert 'role="alert"' in wrong
    assert "<script>" not in wrong
