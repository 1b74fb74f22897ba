"""`/id/<kind>`: all things of a kind as a page, a table, RDF, and GeoJSON; and one thing as GeoJSON."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from mueang.web.geojson import geometry

BASE = "https://w3id.org/mueang/"
BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_names_everything_of_the_kind(site: FlaskClient, language: str) -> None:
    page = site.get(f"/id/area?lang={language}", headers=BROWSER)
    listed = site.get("/id/area.csv").text
    for row in csv.DictReader(io.StringIO(listed)):
        assert f'href="/{row["item"].removeprefix(BASE)}?lang={language}"' in page.text
    assert listed.count("\n") > 30
    assert len(page.data) < 100_000


def test_a_long_list_has_pages(site: FlaskClient) -> None:
    first, last, beyond = (
        site.get(f"/id/claim?lang=en&page={number}", headers=BROWSER).text for number in ("1", "2", "99")
    )
    assert 'href="?page=2&amp;lang=en"' in first
    assert 'aria-current="page">2<' in last
    assert last.replace("page=2", "") == beyond.replace("page=99", "")
    assert site.get("/id/claim?page=-1", headers=BROWSER).status_code == 200


def test_a_kind_is_given_as_table_and_as_rdf_by_accept_and_by_suffix(site: FlaskClient) -> None:
    for answer in (site.get("/id/city.json"), site.get("/id/city", headers={"Accept": "application/json"})):
        named = {row["item"]["value"]: row["name_en"]["value"] for row in answer.json["results"]["bindings"]}
        assert named[f"{BASE}id/city/chiang-mai"] == "Chiang Mai"
    for answer in (site.get("/id/city.ttl"), site.get("/id/city", headers={"Accept": "text/turtle"})):
        found = {quad.subject for quad in parse(answer.data, format=RdfFormat.TURTLE)}
        assert found == {NamedNode(iri) for iri in named}


def test_provinces_are_outlines_and_areas_are_points_in_their_provinces(site: FlaskClient) -> None:
    answer = site.get("/id/province.geojson")
    assert answer.mimetype == "application/geo+json"
    outlines = answer.json["features"]
    assert len(outlines) == 77
    assert {one["geometry"]["type"] for one in outlines} <= {"Polygon", "MultiPolygon"}
    area = site.get("/id/area/hat-yai.geojson").json["features"][0]
    assert area["geometry"]["type"] == "Point"
    assert not area["properties"]["exact"]
    assert area["properties"]["province"] == f"{BASE}id/province/TH-90"
    songkhla = next(one for one in outlines if one["id"] == f"{BASE}id/province/TH-90")
    assert songkhla["geometry"] == site.get("/id/province/TH-90.geojson").json["features"][0]["geometry"]


@pytest.mark.parametrize("path", ["/id/province", "/id/province/TH-65", "/id/area/hat-yai", "/questions/areas-of-a-round"])  # fmt: skip
def test_what_lies_somewhere_is_geojson_by_accept_suffix_and_parameter(site: FlaskClient, path: str) -> None:
    ways = [
        site.get(f"{path}.geojson"),
        site.get(f"{path}?format=geojson"),
        site.get(path, headers={"Accept": "application/geo+json, text/html;q=0.5"}),
    ]
    assert {(one.status_code, one.mimetype) for one in ways} == {(200, "application/geo+json")}
    assert ways[0].json["features"]
    assert all(one.json == ways[0].json for one in ways)
    page = site.get(path, headers={"Accept": "text/html, application/geo+json;q=0.5, */*;q=0.1"})
    assert page.mimetype == "text/html"


def test_what_lies_nowhere_is_no_geojson(site: FlaskClient) -> None:
    path = "/id/source/article-2022-11-09"
    assert site.get(f"{path}.geojson").status_code == 404
    for answer in (
        site.get(f"{path}?format=geojson"),
        site.get(path, headers={"Accept": "application/geo+json"}),
    ):
        assert answer.status_code == 406
        assert "geojson" not in answer.json["detail"]
    other = site.get(path, headers={"Accept": "application/geo+json, text/turtle;q=0.5"})
    assert (other.status_code, other.mimetype) == (200, "text/turtle")


def test_the_answer_of_a_question_is_on_the_map_too(site: FlaskClient) -> None:
    answer = site.get("/questions/areas-of-a-round.geojson?cohort=round-2022")
    found = {one["id"].removeprefix(f"{BASE}id/").partition("/")[0] for one in answer.json["features"]}
    assert found == {"area", "province"}
    assert site.get("/questions/is-a-city-a-member.geojson").json["features"] == []
    assert 'href="/id/area/hat-yai.geojson"' in site.get("/id/area/hat-yai", headers=BROWSER).text


def test_well_known_text_becomes_a_geometry_or_nothing() -> None:
    assert geometry("POINT(100.5 6.8)") == {"type": "Point", "coordinates": [100.5, 6.8]}
    assert geometry("Polygon ((0 0, 1 0, 1 1, 0 0))") is None
    assert geometry("POLYGON((0 0,1 0,1 1,0 0))") == {
        "type": "Polygon",
        "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]],
    }
    for wrong in ("POINT EMPTY", "POINT(1 2", "POINT(e e)", "CIRCLE(1 2)", "", "POINT(1 2 3)"):
        assert geometry(wrong) is None


@pytest.mark.parametrize(
    "path", ["/id/nope", "/id/nope.csv", "/id/nope.geojson", "/id/a>b", "/id/source/nope.geojson"]
)
def test_what_is_not_there_is_404(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404
    assert site.get(path, headers=BROWSER).status_code == 404
