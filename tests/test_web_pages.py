"""The pages and the RDF of every IRI of ours, the questions as an API, health, and what is not there."""

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from mueang.engine.formats import GRAPHS
from mueang.engine.question import questions

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
BASE = "https://w3id.org/mueang/"
PATHS = ["/", "/sparql", "/questions", "/questions/areas-of-a-round", "/def", "/id/area/hat-yai", "/vocab/outcome", "/vocab/outcome/approved"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_is_there_in_both_languages_with_its_headers(
    site: FlaskClient, path: str, language: str
) -> None:
    answer = site.get(path, query_string={"lang": language}, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.data) < 200_000


def test_thai_is_the_language_unless_the_reader_prefers_english(site: FlaskClient) -> None:
    for header, language in [
        (None, "th"),
        ("en-GB,en;q=0.9,th;q=0.5", "en"),
        ("fr", "th"),
        ("th,en;q=0.9", "th"),
    ]:
        headers = BROWSER | ({"Accept-Language": header} if header else {})
        assert f'<html lang="{language}">' in site.get("/", headers=headers).text


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_a_thing_is_given_in_every_syntax_by_accept_suffix_and_parameter(site: FlaskClient, one) -> None:
    ways = [
        site.get("/id/area/hat-yai", headers={"Accept": one.media_types[0]}),
        site.get(f"/id/area/hat-yai.{one.key}", headers=BROWSER),
        site.get("/id/area/hat-yai", query_string={"format": one.key}),
    ]
    for answer in ways:
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type)
        assert answer.data == ways[0].data
    store = Store()
    store.load(ways[0].data, format=one.oxigraph)
    assert list(
        store.quads_for_pattern(NamedNode(BASE + "id/area/hat-yai"), NamedNode(BASE + "def#inProvince"), None)
    )


@pytest.mark.parametrize(
    "path",
    ["/questions/stated-totals", "/id/province", "/id/area/hat-yai", "/vocab/outcome", "/vocab/outcome/approved", "/vocab",
     "/def", "/def/places", "/graph/meta", "/catalog", "/generations", "/generations/1", "/shapes"],
)  # fmt: skip
def test_a_page_is_given_by_accept_suffix_and_parameter(site: FlaskClient, path: str) -> None:
    ways = [site.get(path, headers=BROWSER), site.get(f"{path}.html"), site.get(f"{path}?format=html")]
    assert [(one.status_code, one.mimetype) for one in ways] == [(200, "text/html")] * 3


@pytest.mark.parametrize("path", ["/vocab", "/vocab/outcome", "/def", "/catalog", "/void", "/graph/meta", "/id/province"])  # fmt: skip
@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_a_description_is_given_in_every_syntax_in_every_way(site: FlaskClient, path: str, one) -> None:
    accept = {"Accept": one.media_types[0]}
    ways = [
        site.get(path, headers=accept),
        site.get(f"{path}.{one.key}"),
        site.get(f"{path}?format={one.key}"),
    ]
    assert [(answer.status_code, answer.content_type) for answer in ways] == [(200, one.content_type)] * 3


@pytest.mark.parametrize(
    "path",
    ["/questions", "/coverage", "/search?q=a", "/changes?from=2022", "/generations", "/generations/1"],
)
def test_what_is_a_page_and_json_is_given_as_nothing_else(site: FlaskClient, path: str) -> None:
    also = "&" if "?" in path else "?"
    for answer in (
        site.get(path, headers={"Accept": "application/pdf"}),
        site.get(f"{path}{also}format=csv"),
    ):
        assert answer.status_code == 406
        assert "application/json (json), text/html (html)" in answer.json["detail"]
    for answer in (site.get(path), site.get(f"{path}{also}format=json", headers=BROWSER)):
        assert (answer.status_code, answer.mimetype) == (200, "application/json")


def test_the_counts_as_a_page_are_on_the_catalogues(site: FlaskClient) -> None:
    for path in ("/void.html", "/void?format=html"):
        page = site.get(path, follow_redirects=True)
        assert (page.status_code, page.mimetype, page.request.path[:8]) == (200, "text/html", "/catalog")


def test_a_things_page_names_the_graph_of_each_statement(site: FlaskClient) -> None:
    page = site.get("/id/area/hat-yai?lang=en", headers=BROWSER).text
    assert "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา" in page
    assert "News article on the steering committee" in page
    assert "/id/province/TH-90" in page


def test_the_ontology_is_given_as_rdf_and_as_a_list_of_terms(site: FlaskClient) -> None:
    graph = rdflib.Graph().parse(
        data=site.get("/def", headers={"Accept": "text/turtle"}).text, format="turtle"
    )
    assert (rdflib.URIRef(BASE + "def#SmartCityArea"), rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert 'id="SmartCityArea"' in site.get("/def", headers=BROWSER).text
    assert "sh:NodeShape" in site.get("/shapes").text


@pytest.mark.parametrize(
    "path",
    ["/nope", "/id/area/nope", "/id/area/nope.ttl", "/id/nope/hat-yai", "/id/area/%00", "/id/area/<script>", "/id/area/%ff",
     "/id/area/" + "x" * 3000, "/vocab/nope", "/questions/nope", "/questions/..%2fpages%2fthing", "/static/../app.py"],
)  # fmt: skip
def test_what_is_not_there_is_404_for_programs_and_for_browsers(site: FlaskClient, path: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    page = site.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "<script>" not in page.text
    assert site.head(path).data == b""


@pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)
def test_every_question_is_an_api_and_a_page(site: FlaskClient, question) -> None:
    for suffix in ("json", "csv", "tsv", "xml"):
        assert site.get(f"/questions/{question.name}.{suffix}").status_code == 200
    page = site.get(f"/questions/{question.name}?lang=th", headers=BROWSER)
    assert page.status_code == 200
    assert 'role="alert"' not in page.text
    assert question.title["th"] in page.text


def test_a_question_takes_its_parameters_by_name(site: FlaskClient) -> None:
    def member(city: str, day: str) -> bool:
        return site.get("/questions/is-a-city-a-member", query_string={"city": city, "date": day}).json[
            "boolean"
        ]

    assert [member("chiang-mai", "2022-11-09"), member("chiang-mai", "2023-08-01")] == [False, True]
    assert not member("chachoengsao", "2030-01-01")


@pytest.mark.parametrize("parameters", [{"date": "yesterday"}, {"colour": "red"}, {"city": "<x>"}])
def test_a_wrong_parameter_is_400_and_a_message_on_the_page(
    site: FlaskClient, parameters: dict[str, str]
) -> None:
    answer = site.get("/questions/is-a-city-a-member", query_string=parameters)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert next(iter(parameters)) in answer.json["detail"]
    page = site.get("/questions/is-a-city-a-member", query_string=parameters, headers=BROWSER)
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("twice", ["date=2022-11-09&date=2023-08-01", "date=&date=2022-11-09", "generation=1&generation=1"])  # fmt: skip
def test_a_parameter_that_is_given_twice_is_400_and_named(site: FlaskClient, twice: str) -> None:
    path = f"/questions/is-a-city-a-member?city=chiang-mai&{twice}"
    for language, said in (("en", "given 2 times"), ("th", "ให้ได้ครั้งเดียว")):
        for headers in ({}, BROWSER):
            answer = site.get(f"{path}&lang={language}", headers=headers)
            assert answer.status_code == 400
            assert twice.partition("=")[0] in answer.text
            assert said in answer.text


def test_questions_are_listed_for_programs(site: FlaskClient) -> None:
    listed = {one["name"]: one for one in site.get("/questions").json}
    assert len(listed) >= 30
    assert {one["name"] for one in listed["is-a-city-a-member"]["parameters"]} == {"city", "date"}


def test_health_tells_the_generation(site: FlaskClient) -> None:
    assert site.get("/health/live").json == {"status": "alive"}
    assert site.get("/health/ready").json == {"status": "ready", "generation": 1}


def test_an_unexpected_failure_is_500_without_detail(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("mueang.engine.client.WorkersEngine.answer", fails)
    answer = site.get("/vocab/outcome")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_no_page_asks_another_site_for_anything(site: FlaskClient) -> None:
    for path in PATHS:
        page = site.get(path, headers=BROWSER).text
        assert 'src="http' not in page
        assert '<link rel="stylesheet" href="/static/site.css">' in page
