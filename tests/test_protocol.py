"""The points at which SPARQL front ends are found to fail, one by one; what test_web_sparql.py has is not repeated.

Sections: parameters, limits, negotiation, formats, HTTP, errors, service description, closed doors.
"""

import gzip
import json
import zlib
from itertools import product
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store
from werkzeug.test import TestResponse

from conftest import NOBODY_CHECKS
from mueang.engine.formats import GRAPHS, ROWS, GraphFormat
from mueang.engine.query import Answer
from mueang.engine.tables import XLSX
from mueang.errors import Busy, Language
from mueang.settings import Settings
from mueang.web.app import application

ASK = "ASK {}"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
VOCAB = "https://w3id.org/mueang/graph/vocab/"
SD = "http://www.w3.org/ns/sparql-service-description#"
XML = "{http://www.w3.org/2005/sparql-results#}"


def values(answer: TestResponse, name: str = "x") -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row[name]["value"] for row in answer.json["results"]["bindings"]]


def problem(answer: TestResponse, status: int) -> dict[str, object]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, object] = answer.json
    assert found["status"] == status
    return found


# Parameters


@pytest.mark.parametrize(
    ("address", "body", "content_type"),
    [
        (f"/sparql?query={quote(ASK)}", f"query={quote(ASK)}", FORM),
        ("/sparql", f"query={quote(ASK)}&query={quote(ASK)}", FORM),
        ("/sparql", "query=", FORM),
        ("/sparql", "", DIRECT),
        ("/sparql", " \n", DIRECT),
        (f"/sparql?update={quote('CLEAR ALL')}", ASK, DIRECT),
        ("/sparql", f"query={quote(ASK)}&named-graph-uri=no%20iri", FORM),
        ("/sparql?default-graph-uri=relative", ASK, DIRECT),
        ("/sparql", f"query={quote(ASK)}", DIRECT),
        ("/sparql", "&".join(["a="] * 20_000), FORM),
    ],
)
def test_a_post_that_is_not_one_query_is_400(
    site: FlaskClient, address: str, body: str, content_type: str
) -> None:
    problem(site.post(address, data=body, content_type=content_type), 400)


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=x", "application/json", "", "nonsense"]
)
def test_a_form_in_another_media_type_is_415(site: FlaskClient, content_type: str) -> None:
    body = f"query={quote(ASK)}"
    answer = site.post("/sparql", data=body, headers={"Content-Type": content_type} if content_type else {})
    assert DIRECT in str(problem(answer, 415)["detail"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a%2Bb", "a+b"),
        ("a+b", "a b"),
        ("a%20b", "a b"),
        ("a%252Bb", "a%2Bb"),
        ("a%26b", "a&b"),
        ("a;b", "a;b"),
    ],
)
def test_parameters_are_decoded_once(site: FlaskClient, written: str, meant: str) -> None:
    encoded = f"query=SELECT(%22{written}%22AS%20?x)%7B%7D"
    assert values(site.get(f"/sparql?{encoded}")) == [meant]
    assert values(site.post("/sparql", data=encoded, content_type=FORM)) == [meant]


def test_a_direct_query_is_not_decoded_at_all(site: FlaskClient) -> None:
    assert values(site.post("/sparql", data='SELECT ("a%2Bb+c" AS ?x) {}', content_type=DIRECT)) == [
        "a%2Bb+c"
    ]


def test_several_graphs_are_read_from_address_and_form_together(site: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?x) { ?s a skos:ConceptScheme }"
    graphs = [VOCAB + name for name in ("outcome", "role", "unit")]
    one_each = [int(values(site.get("/sparql", query_string={"query": count, "default-graph-uri": graph}))[0]) for graph in graphs]  # fmt: skip
    answer = site.post(
        "/sparql",
        query_string={"default-graph-uri": graphs[0]},
        data={"query": count, "default-graph-uri": graphs[1:]},
    )
    assert one_each == [1, 1, 1]
    assert values(answer) == ["3"]


def test_named_graphs_are_those_the_protocol_names_and_outdo_from(site: FlaskClient) -> None:
    names = "SELECT DISTINCT ?x {} {{ GRAPH ?x {{ ?s ?p ?o }} }}"
    graphs = [VOCAB + "outcome", VOCAB + "unit"]
    for text in (names.format(""), names.format(f"FROM NAMED <{VOCAB}role>")):
        answer = site.get("/sparql", query_string={"query": text, "named-graph-uri": graphs})
        assert sorted(values(answer)) == graphs
    nothing = {"query": "ASK { ?s ?p ?o }", "named-graph-uri": graphs[0]}
    assert site.get("/sparql", query_string=nothing).json["boolean"] is False


def test_relative_iris_resolve_against_the_base_of_the_graph(site: FlaskClient) -> None:
    answer = site.get("/sparql", query_string={"query": "SELECT (<id/area/phuket> AS ?x) {}"})
    assert values(answer) == ["https://w3id.org/mueang/id/area/phuket"]


@pytest.mark.parametrize("invalid", ["%FF", "%C0%AF", "%ED%A0%80", "%E0%B8", "%F5%80%80%80"])
def test_invalid_utf_8_is_400_however_it_is_sent(site: FlaskClient, invalid: str) -> None:
    raw = bytes.fromhex(invalid.replace("%", ""))
    text = 'SELECT ("{}" AS ?x) {{}}'
    encoded = "query=" + quote(text).replace("%7B%7D%22", invalid + "%22", 1)
    for answer in (
        site.get(f"/sparql?{encoded}"),
        site.post("/sparql", data=encoded, content_type=FORM),
        site.post("/sparql", data=b"query=" + raw, content_type=FORM),
        site.post("/sparql", data=text.encode().replace(b"{}", raw, 1), content_type=DIRECT),
    ):
        assert "UTF-8" in str(problem(answer, 400)["detail"])


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "us-ascii"])
def test_a_charset_that_is_utf_8_is_taken(site: FlaskClient, charset: str) -> None:
    for body, kind in ((ASK, DIRECT), (f"query={quote(ASK)}", FORM.upper())):
        assert site.post("/sparql", data=body, content_type=f"{kind}; charset={charset}").json["boolean"]
    marked = "\ufeffASK {}".encode()
    assert site.post("/sparql", data=marked, content_type=DIRECT).json["boolean"]


@pytest.mark.parametrize("charset", ["tis-620", "windows-874", "utf-16", "latin1", "nonsense"])
def test_another_charset_is_415_in_words(site: FlaskClient, charset: str) -> None:
    answer = site.post("/sparql", data=ASK, content_type=f"{DIRECT}; charset={charset}")
    assert charset in str(problem(answer, 415)["detail"])


def test_thai_is_taken_raw_and_escaped(site: FlaskClient) -> None:
    text = 'SELECT ?x { ?province skos:prefLabel ?x FILTER(STR(?x) = "ระยอง") }'
    escaped = text.replace("ระยอง", "".join(f"\\u{ord(letter):04X}" for letter in "ระยอง"))
    asked = [
        site.get(f"/sparql?query={quote(text)}"),
        site.post("/sparql", data=f"query={quote(text)}", content_type=FORM),
        site.post("/sparql", data=f"query={text}".encode(), content_type=FORM),
        site.post("/sparql", data=text, content_type=DIRECT),
        site.post("/sparql", data=escaped, content_type=DIRECT),
    ]
    assert {values(answer)[0] for answer in asked} == {"ระยอง"}


def test_a_query_of_200_kb_is_taken_by_both_posts(site: FlaskClient) -> None:
    text = "SELECT (COUNT(*) AS ?x) { VALUES ?v { " + "'ระยอง' " * 10_000 + "} }"
    assert len(text.encode()) > 180_000
    assert values(site.post("/sparql", data=text, content_type=DIRECT)) == ["10000"]
    assert values(site.post("/sparql", data={"query": text})) == ["10000"]


# Limits: time and generation

SLOW = "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(
    "given", ["0", "0.0", "-1", "", "abc", "1e3", "inf", "NaN", "๕", "5 s", "5&timeout=5"]
)
def test_a_timeout_that_is_no_positive_number_is_400(site: FlaskClient, given: str) -> None:
    assert "timeout" in str(problem(site.get(f"/sparql?query={quote(ASK)}&timeout={given}"), 400)["detail"])


@pytest.mark.parametrize("given", ["", "-1", "1.5", "latest", "๑", "1&generation=1"])
def test_a_generation_that_is_no_number_is_400(site: FlaskClient, given: str) -> None:
    answer = site.get(f"/sparql?query={quote(ASK)}&generation={given}")
    assert "generation" in str(problem(answer, 400)["detail"])


def test_a_timeout_lowers_the_limit_and_the_problem_names_the_budget(site: FlaskClient) -> None:
    for answer in (
        site.get("/sparql", query_string={"query": SLOW, "timeout": "0.3"}),
        site.post("/sparql", data={"query": SLOW, "timeout": "0.3"}),
        site.post("/sparql?timeout=0.3", data=SLOW, content_type=DIRECT),
    ):
        assert problem(answer, 503)["budget"] == "time"
        assert int(answer.headers["Retry-After"]) > 0
    assert site.get("/sparql", query_string={"query": ASK, "timeout": "999999999"}).status_code == 200


def test_a_generation_is_asked_by_its_number(site: FlaskClient) -> None:
    answer = site.get("/sparql", query_string={"query": ASK, "generation": "1"})
    assert (answer.status_code, answer.headers["Mueang-Generation"]) == (200, "1")
    assert "99" in str(problem(site.post("/sparql", data={"query": ASK, "generation": "99"}), 404)["detail"])


class NobodyFree:
    """An engine whose workers are all busy."""

    generation = 1

    def ready(self) -> bool:
        return True

    def answer(self, *_: object) -> Answer:
        raise Busy(th="ไม่ว่าง", en="busy")


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_nobody_free_is_503_that_says_when_to_try_again(accept: str) -> None:
    site = application(NobodyFree(), NOBODY_CHECKS, Settings()).test_client()
    answer = site.get("/graphs", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


# Negotiation


@pytest.mark.parametrize(
    ("accepts", "content_type"),
    [
        (["image/png", "text/csv"], "text/csv; charset=utf-8"),
        (["text/csv;q=0.1", "application/sparql-results+xml"], "application/sparql-results+xml"),
        (["text/csv;q=0, text/*"], "text/tab-separated-values; charset=utf-8"),
        (["*/*, text/csv;q=0.5, application/sparql-results+json;q=0.2"], "application/sparql-results+xml"),
        ([f"{XLSX.media_types[0]}, text/csv;q=0.9"], XLSX.media_types[0]),
        (["TEXT/CSV"], "text/csv; charset=utf-8"),
        (["application/json"], "application/sparql-results+json"),
    ],
)
def test_accept_is_read_as_rfc_9110_has_it(site: FlaskClient, accepts: list[str], content_type: str) -> None:
    headers = [("Accept", one) for one in accepts]
    query = {"query": "SELECT (1 AS ?x) {}"}
    answer = site.get("/sparql", query_string=query, headers=headers, buffered=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize("header", ["text/turtle;q=0", "text/html;q=0", "*/*;q=0", "text/*;q=0"])
@pytest.mark.parametrize("path", ["/graph/meta", "/id/area/hat-yai", "/vocab", "/questions", "/sparql"])
def test_what_is_excluded_by_a_quality_of_0_is_not_given(site: FlaskClient, path: str, header: str) -> None:
    problem(site.get(path, headers={"Accept": header}), 406)
    other = site.get(path, headers={"Accept": f"{header}, application/json;q=0.1"})
    assert (other.status_code, other.mimetype.endswith("json")) == (200, True)


def test_a_form_says_the_format_as_the_address_does(site: FlaskClient) -> None:
    form = {"query": "SELECT (1 AS ?x) {}", "format": "csv"}
    assert site.post("/sparql", data=form).mimetype == "text/csv"
    assert site.post("/sparql", data=form, headers={"Accept": "text/html"}).mimetype == "text/csv"
    assert site.post("/sparql", data=form | {"format": "html"}).mimetype == "text/html"
    problem(site.post("/sparql", data=form | {"format": "pdf"}), 406)
    assert site.post("/sparql?format=tsv", data=form).mimetype == "text/tab-separated-values"


def test_the_time_limit_that_is_told_is_the_one_that_bit(site: FlaskClient) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }"
    for language, said in (("en", "more than 0.3 s"), ("th", "เกินเวลา 0.3 วินาที")):
        answer = site.get("/sparql", query_string={"query": long, "timeout": "0.3", "lang": language})
        told = problem(answer, 503)
        assert told["budget"] == "time"
        assert said in str(told["detail"])


def test_what_cannot_be_given_is_406_and_lists_what_can(site: FlaskClient) -> None:
    answer = site.get("/sparql", query_string={"query": ASK}, headers={"Accept": "image/png, */*;q=0"})
    said = str(problem(answer, 406)["detail"])
    assert all(one.key in said for one in (*ROWS, *GRAPHS, XLSX))


# Formats

HOSTILE = 'SELECT ("a\\rb\\nc\\td" AS ?x) ("\\u0000\\u0001\\u001f|\\ufffe\\uffff|]]>&<\\"" AS ?y) {}'


def test_xml_keeps_carriage_returns_and_stays_well_formed(site: FlaskClient) -> None:
    answer = site.get("/sparql", query_string={"query": HOSTILE, "format": "xml"})
    literals = [one.text for one in ElementTree.fromstring(answer.data).iter(f"{XML}literal")]  # noqa: S314
    assert literals == ["a\rb\nc\td", '\ufffd\ufffd\ufffd|\ufffd\ufffd|]]>&<"']


def test_rdf_xml_keeps_carriage_returns_and_stays_well_formed(site: FlaskClient) -> None:
    text = 'CONSTRUCT { <a:s> <a:p> "a\\rb\\u0001\\ufffe" } {}'
    answer = site.get("/sparql", query_string={"query": text, "format": "rdf"})
    assert "a\rb\ufffd\ufffd" in [one.text for one in ElementTree.fromstring(answer.data).iter()]  # noqa: S314


def test_xml_of_many_thai_characters_is_cut_nowhere(site: FlaskClient) -> None:
    text = 'SELECT (CONCAT("ก", STR(?o), "\\uFFFD๛") AS ?x) { ?s ?p ?o } LIMIT 3000'
    answer = site.get("/sparql", query_string={"query": text, "format": "xml"})
    found = [one.text for one in ElementTree.fromstring(answer.data).iter(f"{XML}literal")]  # noqa: S314
    assert len(found) == 3000
    assert all(one and one.startswith("ก") and one.endswith("\ufffd๛") for one in found)


def test_what_rdf_xml_cannot_write_is_406_and_other_syntaxes_write_it(site: FlaskClient) -> None:
    text = "CONSTRUCT { <a:s> <http://e.org/1> <a:o> } {}"
    answer = site.get("/sparql", query_string={"query": text, "format": "rdf"})
    assert "http://e.org/1" in str(problem(answer, 406)["detail"])
    assert site.get("/sparql", query_string={"query": text, "format": "ttl"}).status_code == 200


def test_json_has_thai_as_it_is_and_control_characters_escaped(site: FlaskClient) -> None:
    answer = site.get("/sparql", query_string={"query": 'SELECT ("ระยอง\\u0001" AS ?x) {}'})
    assert "ระยอง".encode() in answer.data
    assert values(answer) == ["ระยอง\u0001"]


def test_tsv_has_terms_as_turtle_writes_them(site: FlaskClient) -> None:
    text = (
        'SELECT (<a:b> AS ?i) ("t\\t\\"ก" AS ?s) ("ก"@th AS ?l) (5 AS ?n) (true AS ?b) ("x"^^<a:t> AS ?d) {}'
    )
    answer = site.get("/sparql", query_string={"query": text, "format": "tsv"})
    assert answer.text == '?i\t?s\t?l\t?n\t?b\t?d\n<a:b>\t"t\\t\\"ก"\t"ก"@th\t5\ttrue\t"x"^^<a:t>\n'


def test_a_construct_gives_no_triple_twice_and_no_literal_as_subject(site: FlaskClient) -> None:
    text = "CONSTRUCT { <a:s> <a:p> ?o . ?o <a:q> ?p } { ?s ?p ?o FILTER(isLiteral(?o)) } LIMIT 500"
    lines = site.get("/sparql", query_string={"query": text, "format": "nt"}).text.splitlines()
    assert len(lines) == len(set(lines))
    assert all(line.startswith("<a:s> <a:p>") for line in lines)


def test_a_blank_node_of_a_row_is_one_node(site: FlaskClient) -> None:
    text = 'SELECT (BNODE() AS ?x) (?x AS ?y) ("a" AS ?z) {}'
    row = site.get("/sparql", query_string={"query": text}).json["results"]["bindings"][0]
    assert row["x"] == row["y"]
    graph = "CONSTRUCT { [] <a:p> 1 ; <a:q> 2 } {}"
    quads = Store()
    quads.load(site.get("/sparql", query_string={"query": graph}).data, format=RdfFormat.TURTLE)
    assert len({quad.subject for quad in quads}) == 1


# HTTP


def test_a_gzipped_body_is_read_and_bounded(site: FlaskClient) -> None:
    packed = {"Content-Type": DIRECT, "Content-Encoding": "GZIP"}
    assert site.post("/sparql", data=gzip.compress(ASK.encode(), mtime=0), headers=packed).json["boolean"]
    halves = gzip.compress(b"ASK ", mtime=0) + gzip.compress(b"{}", mtime=0)
    assert site.post("/sparql", data=halves, headers=packed | {"Content-Encoding": "x-gzip"}).json["boolean"]
    problem(site.post("/sparql", data=gzip.compress(b"#" * 50_000_000, mtime=0), headers=packed), 413)


@pytest.mark.parametrize(
    "body", [b"ASK {}", b"", gzip.compress(ASK.encode(), mtime=0)[:-3], b"\x1f\x8b\x08\x00" + b"x" * 99]
)
def test_a_body_that_gzip_did_not_make_is_400(site: FlaskClient, body: bytes) -> None:
    packed = {"Content-Type": DIRECT, "Content-Encoding": "gzip"}
    problem(site.post("/sparql", data=body, headers=packed), 400)


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "nonsense"])
def test_another_content_coding_is_415_and_says_which_is_read(site: FlaskClient, coding: str) -> None:
    packed = {"Content-Type": DIRECT, "Content-Encoding": coding}
    answer = site.post("/sparql", data=zlib.compress(ASK.encode()), headers=packed)
    assert "gzip" in str(problem(answer, 415)["detail"])
    assert answer.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "method"),
    [
        *product(["/sparql", "/.well-known/void"], ["PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"]),
        *product(["/graphs", "/graph/meta"], ["PATCH", "TRACE", "NONSENSE"]),
    ],
)
def test_a_method_that_is_not_taken_is_405_and_says_which_are(
    site: FlaskClient, path: str, method: str
) -> None:
    answer = site.open(path, method=method)
    problem(answer, 405)
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))
    assert method not in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql", "/graphs?default", "/graph/nope", "/sparql?query="]
)
def test_head_has_the_headers_of_get_and_no_body(site: FlaskClient, path: str) -> None:
    head, get = site.head(path), site.get(path)
    assert head.data == b""
    assert (head.status_code, head.headers["Content-Type"]) == (get.status_code, get.headers["Content-Type"])
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_other_sites_may_read_answers_errors_and_their_headers(site: FlaskClient) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/sparql?query=", "/nope", "/graph/nope"):
        answer = site.get(path, headers={"Origin": "https://e.org"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert {"Mueang-Generation", "Retry-After"} <= set(
            answer.headers["Access-Control-Expose-Headers"].split(", ")
        )
    asked = {"Origin": "https://e.org", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}  # fmt: skip
    preflight = site.options("/sparql", headers=asked)
    assert preflight.headers["Access-Control-Allow-Headers"].lower() == "content-type"
    assert int(preflight.headers["Access-Control-Max-Age"]) > 0


# Errors


@pytest.mark.parametrize("text", ["SELECT (<f:x>(1) AS ?x) {}", "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }"])
def test_an_unknown_function_and_an_ungrouped_variable_are_400(site: FlaskClient, text: str) -> None:
    problem(site.get("/sparql", query_string={"query": text}), 400)


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_browser_gets_the_status_too(site: FlaskClient, language: Language) -> None:
    browser = {"Accept": "text/html", "Accept-Language": language}
    for path in (
        "/sparql?query=SELECT",
        "/sparql?update=CLEAR%20ALL",
        f"/sparql?query={quote(ASK)}&timeout=x",
    ):
        answer = site.get(path, headers=browser)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
        assert 'role="alert"' in answer.text
    form = site.post("/sparql", data={"query": 'SELECT ("ระยอง" AS ?x) {}'}, headers=browser)
    assert "<td><bdi>ระยอง</bdi></td>" in "".join(form.text.split("\n"))


def test_an_answer_too_large_for_a_page_is_told_and_given_otherwise(site: FlaskClient) -> None:
    text = "SELECT * { ?s ?p ?o . ?t a ?u } LIMIT 20000"
    page = site.get("/sparql", query_string={"query": text, "lang": "en"}, headers={"Accept": "text/html"})
    assert page.status_code == 406
    assert "too much for a page" in page.text
    whole = site.get("/sparql", query_string={"query": text, "format": "csv"}, buffered=True)
    assert len(whole.data) > 1_000_000


@pytest.mark.parametrize("wanted", ["html", "xlsx", "csv-excel"])
def test_a_triple_term_too_deep_for_a_table_is_told(site: FlaskClient, wanted: str) -> None:
    text = "SELECT (" + "TRIPLE(<a:s>, <a:p>, " * 2000 + "1" + ")" * 2000 + " AS ?x) {}"
    answer = site.post(f"/sparql?format={wanted}&lang=en", data=text, content_type=DIRECT)
    assert answer.status_code == 406
    assert "nested too deep" in answer.text


# Service description


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_the_service_describes_itself_in_every_syntax(site: FlaskClient, one: GraphFormat) -> None:
    for answer in (
        site.get("/sparql", headers={"Accept": one.media_types[0], "Host": "evil.example"}),
        site.get("/sparql", query_string={"format": one.key, "lang": "en"}),
    ):
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type)
        store = Store()
        store.load(answer.data, format=one.oxigraph)
        endpoints = store.quads_for_pattern(None, NamedNode(SD + "endpoint"), None)
        assert [quad.object.value for quad in endpoints] == ["http://127.0.0.1:8000/sparql"]
        assert "evil" not in answer.text


def described(site: FlaskClient) -> Store:
    store = Store()
    store.load(site.get("/sparql").data, format=RdfFormat.TURTLE)
    return store


def test_the_endpoint_is_the_public_address(site: FlaskClient) -> None:
    served = site.application.extensions["mueang"]
    public = application(
        served.engine, NOBODY_CHECKS, Settings(public_url="https://data.example/")
    ).test_client()
    endpoints = described(public).quads_for_pattern(None, NamedNode(SD + "endpoint"), None)
    assert [quad.object.value for quad in endpoints] == ["https://data.example/sparql"]


def test_every_result_format_that_is_named_is_served(site: FlaskClient) -> None:
    media_types = {
        "SPARQL_Results_JSON": "application/sparql-results+json", "SPARQL_Results_XML": "application/sparql-results+xml",
        "SPARQL_Results_CSV": "text/csv", "SPARQL_Results_TSV": "text/tab-separated-values", "Turtle": "text/turtle",
        "N-Triples": "application/n-triples", "RDF_XML": "application/rdf+xml", "JSON-LD": "application/ld+json",
        "N-Quads": "application/n-quads", "TriG": "application/trig",
    }  # fmt: skip
    named = described(site).quads_for_pattern(None, NamedNode(SD + "resultFormat"), None)
    assert {quad.object.value.rpartition("/")[2] for quad in named} == set(media_types)
    assert set(media_types.values()) == {one.media_types[0] for one in (*ROWS, *GRAPHS)}
    for name, media_type in media_types.items():
        text = "SELECT (1 AS ?x) {}" if name.startswith("SPARQL") else "CONSTRUCT { <a:s> <a:p> 1 } {}"
        answer = site.get("/sparql", query_string={"query": text}, headers={"Accept": media_type})
        assert answer.headers["Content-Type"].partition(";")[0] == media_type


def test_the_described_graphs_are_those_that_are_asked(site: FlaskClient) -> None:
    asked = "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?x { ?s ?p ?o } } GROUP BY ?x ORDER BY ?x"
    rows = described(site).query(
        f"PREFIX sd: <{SD}> SELECT ?x ?n {{ ?named a sd:NamedGraph ; sd:name ?x ; sd:graph ?graph ."
        " ?graph a sd:Graph ; <http://rdfs.org/ns/void#triples> ?n } ORDER BY ?x"
    )
    found = json.loads(rows.serialize(format=ROWS[0].oxigraph))  # type: ignore[union-attr]
    assert found["results"] == site.get("/sparql", query_string={"query": asked}).json["results"]
    assert len(found["results"]["bindings"]) > 50


def test_the_default_graph_is_the_union_of_the_named_ones_as_described(site: FlaskClient) -> None:
    feature = NamedNode(SD + "UnionDefaultGraph")
    assert list(described(site).quads_for_pattern(None, NamedNode(SD + "feature"), feature))
    differing = (
        "ASK { { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
        " UNION { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } } }"
    )
    assert site.get("/sparql", query_string={"query": differing}).json["boolean"] is False


@pytest.mark.parametrize(
    ("accept", "status"), [("text/csv", 400), ("image/png", 406), ("application/json", 200)]
)
def test_without_a_query_what_is_no_rdf_is_told_apart(site: FlaskClient, accept: str, status: int) -> None:
    assert site.get("/sparql", headers={"Accept": accept}).status_code == status


def test_void_leads_to_the_catalogue_as_rdf(site: FlaskClient) -> None:
    answer = site.get("/.well-known/void?format=nt", follow_redirects=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/n-triples")
    assert "http://www.w3.org/ns/dcat#Catalog" in answer.text


# Closed doors


@pytest.mark.parametrize("text", ["LOAD <http://127.0.0.1:9/>", "INSERT DATA { <a:s> <a:p> 1 }", "CLEAR ALL"])
def test_an_update_is_no_query(site: FlaskClient, text: str) -> None:
    problem(site.post("/sparql", data=text, content_type=DIRECT), 400)
    problem(site.get("/sparql", query_string={"query": text}), 400)


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "file:///work", "http://127.0.0.1:9/"])
def test_a_dataset_elsewhere_is_not_fetched(site: FlaskClient, graph: str) -> None:
    everything = "SELECT (COUNT(*) AS ?x) {} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    for clause in (f"FROM <{graph}>", f"FROM NAMED <{graph}>"):
        assert values(site.get("/sparql", query_string={"query": everything.format(clause)})) == ["0"]
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = site.get("/sparql", query_string={"query": everything.format(""), name: graph})
        assert values(answer) == ["0"]
