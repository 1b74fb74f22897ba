"""`/validate` as a program and as a browser use it: every report by Accept, clear refusals, nothing kept."""

import gzip
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse, serialize
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from conftest import ROOT
from mueang.check.client import Checker
from mueang.check.formats import FORMATS
from mueang.engine.client import WorkersEngine
from mueang.settings import Settings
from mueang.web.app import application
from mueang.web.validation import ENDINGS

CASES = ROOT / "tests" / "cases"
BAD = (CASES / "broken" / "kind-01-buddhist-year-as-a-date.ttl").read_bytes()
GOOD = (CASES / "valid" / "kind-01-buddhist-year-as-a-date.ttl").read_bytes()
TABLE = "Key,Name of the area (Thai),Province\nexample,เมืองตัวอย่าง,TH-99\n".encode()
OF_TEXT = [one for one in FORMATS if one.key != "xlsx"]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TURTLE = {"Content-Type": "text/turtle"}


def findings(answer) -> set[tuple[str, str, str, str]]:
    return {
        (one["rule"], one["focus"]["term"], one["path"]["term"], one["value"])
        for one in answer.json["findings"]
    }


@pytest.mark.parametrize("one", OF_TEXT, ids=lambda one: one.key)
def test_a_report_is_given_in_every_format_by_accept_and_by_parameter(site: FlaskClient, one) -> None:
    by_accept = site.post("/validate?lang=en", data=BAD, headers=TURTLE | {"Accept": one.media_types[0]})
    by_name = site.post(f"/validate?lang=en&format={one.key}", data=BAD, headers=TURTLE | BROWSER)
    for answer in (by_accept, by_name):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == one.content_type
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert by_accept.data == by_name.data or one.key == "html"


def test_the_answer_is_json_that_follows_its_own_schema(site: FlaskClient) -> None:
    answer = site.post("/validate", data=BAD, headers=TURTLE)
    schema = site.get("/validate/report.schema.json")
    assert schema.headers["Content-Type"] == "application/schema+json"
    jsonschema.Draft202012Validator(schema.json).validate(answer.json)
    assert answer.json["$schema"] == schema.json["$id"]
    assert answer.json["accepted"] is False
    places = [(one["place"]["line"], one["place"]["column"]) for one in answer.json["findings"]]
    assert sorted(places) == [(9, 18), (10, 16)]


def test_a_table_comes_back_with_its_findings_in_it(site: FlaskClient) -> None:
    answer = site.post(
        "/validate?lang=en&format=xlsx&name=areas.csv", data=TABLE, headers={"Content-Type": "text/csv"}
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=areas-checked.csv"
    assert answer.text.removeprefix("\ufeff").startswith("Key,Name of the area (Thai),Province,")
    assert "P01" in answer.text


def test_a_text_does_not_come_back_as_a_table(site: FlaskClient) -> None:
    answer = site.post("/validate?lang=en&format=xlsx", data=BAD, headers=TURTLE)
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")
    assert "a marked copy is made of a table" in answer.json["detail"]


def test_a_finding_in_a_table_is_at_its_cell(site: FlaskClient) -> None:
    answer = site.post("/validate", data=TABLE, headers={"Content-Type": "text/csv"})
    assert [(one["rule"], one["place"]) for one in answer.json["findings"]] == [
        ("P01", {"line": 2, "cell": "C2"})
    ]


def test_a_good_file_is_accepted(site: FlaskClient) -> None:
    answer = site.post("/validate", data=GOOD, headers=TURTLE)
    assert (answer.status_code, answer.json["accepted"]) == (200, True)


@pytest.mark.parametrize(
    ("media_type", "syntax"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("application/trig", RdfFormat.TRIG),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/octet-stream", RdfFormat.TURTLE),
        ("application/octet-stream", RdfFormat.JSON_LD),
        ("", RdfFormat.RDF_XML),
    ],
    ids=str,
)
def test_the_same_findings_come_from_every_media_type(site: FlaskClient, media_type: str, syntax) -> None:
    body = serialize(parse(BAD, format=RdfFormat.TURTLE), format=syntax)
    headers = {"Content-Type": media_type} if media_type else {}
    answer = site.post("/validate", data=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert findings(answer) == findings(site.post("/validate", data=BAD, headers=TURTLE)) != set()


def test_the_name_tells_the_syntax_and_stands_in_the_report(site: FlaskClient) -> None:
    answer = site.post(
        "/validate?name=ข้อมูล.ttl", data=BAD, headers={"Content-Type": "application/octet-stream"}
    )
    assert answer.json["name"] == "ข้อมูล.ttl"
    assert site.post("/validate?name=../../etc/passwd.ttl", data=BAD).json["name"] == "passwd.ttl"


def test_a_file_of_a_form_is_checked_under_its_own_name(site: FlaskClient) -> None:
    form = {"file": (io.BytesIO(BAD), "งาน/ข้อมูล.ttl")}
    answer = site.post("/validate", data=form, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["name"]) == (200, "ข้อมูล.ttl")
    assert answer.json["counts"]["violation"] == 2


@pytest.mark.parametrize("second", ["file", "other"])
def test_files_are_taken_one_at_a_time(site: FlaskClient, second: str) -> None:
    for headers in ({}, {"Accept": "text/html"}):
        for language, said in (("en", "one file at a time, 2 were sent"), ("th", "ส่งได้ครั้งละหนึ่งแฟ้ม")):
            files = [("file", (io.BytesIO(BAD), "a.ttl")), (second, (io.BytesIO(BAD), "b.ttl"))]
            answer = site.post(
                f"/validate?lang={language}",
                data=MultiDict(files),
                content_type="multipart/form-data",
                headers=headers,
            )
            assert answer.status_code == 400
            assert said in answer.text


def test_a_file_goes_before_pasted_text(site: FlaskClient) -> None:
    form = {"text": "garbage", "file": (io.BytesIO(BAD), "a.ttl")}
    answer = site.post("/validate", data=form, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["name"]) == (200, "a.ttl")


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_pasted_text_is_checked_where_no_file_is_chosen(site: FlaskClient, kind: str) -> None:
    form = {"text": BAD.decode().replace("\n", "\r\n")}
    if kind == "multipart/form-data":
        form["file"] = (io.BytesIO(b""), "")
    answer = site.post("/validate", data=form, content_type=kind)
    assert (answer.status_code, answer.json["counts"]["violation"]) == (200, 2)


def test_a_compressed_body_is_unpacked(site: FlaskClient) -> None:
    answer = site.post("/validate", data=gzip.compress(BAD), headers=TURTLE | {"Content-Encoding": "gzip"})
    assert answer.json["counts"]["violation"] == 2


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_has_a_form_that_works_without_a_script(site: FlaskClient, language: str) -> None:
    page = site.get(f"/validate?lang={language}", headers=BROWSER)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert '<form action="/validate?lang=' in page.text
    assert "<script" not in page.text
    for field in ("file", "text"):
        assert f'<label for="{field}">' in page.text
        assert f'id="{field}" name="{field}"' in page.text
    assert set(re.search(r'accept="([^"]+)"', page.text)[1].split(",")) == set(ENDINGS.values())


@pytest.mark.parametrize(("language", "word"), [("th", "ต้องแก้ 2 ข้อ"), ("en", "2 violations")])
def test_the_page_shows_the_report_with_the_lines_and_keeps_the_text(
    site: FlaskClient, language: str, word: str
) -> None:
    page = site.post(f"/validate?lang={language}", data={"text": BAD.decode()}, headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert word in page.text
    assert "<mark>&#34;2565-11-30&#34;^^xsd:date</mark>" in page.text
    assert "prefLabel &#34;งานเมืองตัวอย่าง&#34;@th" in page.text.partition("<textarea")[2]
    assert page.headers["Cache-Control"] == "no-store"


def test_what_is_pasted_never_becomes_markup(site: FlaskClient) -> None:
    text = '<https://w3id.org/mueang/id/area/x> a <https://w3id.org/mueang/def#SmartCityArea> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "</textarea><script>alert(1)</script>"@th .'
    for data in ({"text": text}, {"text": text + "<script>"}):
        page = site.post("/validate?lang=en", data=data, headers=BROWSER)
        assert "<script" not in page.text
    upload = {"file": (io.BytesIO(BAD), "<script>.ttl")}
    assert "<script" not in site.post("/validate?lang=en", data=upload, headers=BROWSER).text


def test_a_malformed_file_is_400_with_line_and_column(site: FlaskClient) -> None:
    answer = site.post("/validate?lang=en", data=b'<a:a> <a:b>\n  "open .', headers=TURTLE)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json["line"] == 2
    page = site.post("/validate?lang=en", data={"text": '<a:a> <a:b>\n  "open .'}, headers=BROWSER)
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert "open ." in page.text.partition("<textarea")[2]


@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["program", "browser"])
@pytest.mark.parametrize(
    "data", [b"", {"text": " \n"}, {"file": (io.BytesIO(b""), "")}], ids=["body", "text", "file"]
)
def test_nothing_to_check_is_said(site: FlaskClient, headers: dict[str, str], data) -> None:
    if isinstance(data, dict) and "file" in data:
        data = {"file": (io.BytesIO(b""), "")}
    answer = site.post("/validate?lang=en", data=data, headers=headers)
    assert answer.status_code == 400
    assert "there is nothing to check" in answer.text


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "text/html", "x" * 300])
def test_a_media_type_that_is_not_read_is_415_with_those_that_are(site: FlaskClient, media_type: str) -> None:
    answer = site.post("/validate?lang=en", data=BAD, headers={"Content-Type": media_type})
    assert answer.status_code == 415
    assert "text/turtle" in answer.json["detail"]


def test_a_report_in_an_unknown_format_is_406_with_those_there_are(site: FlaskClient) -> None:
    for answer in (
        site.post("/validate?format=docx", data=BAD, headers=TURTLE),
        site.post("/validate", data=BAD, headers=TURTLE | {"Accept": "image/png"}),
        site.post("/validate?format=fragment", data=BAD, headers=TURTLE),
    ):
        assert answer.status_code == 406
        assert "application/sarif+json" in answer.json["detail"]


def test_a_file_over_the_limit_is_413_for_programs_and_for_browsers(
    engine: WorkersEngine, desk: Checker, home: Path
) -> None:
    site = application(engine, desk, Settings(home=home, submission_mb=1)).test_client()
    large = GOOD + b"#" * 1_000_000
    boundary, upload = encode_multipart({"file": FileStorage(io.BytesIO(large), "a.ttl")})
    form = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    for answer in (
        site.post("/validate?lang=en", data=large, headers=TURTLE),
        site.post(
            "/validate?lang=en", data=gzip.compress(large), headers=TURTLE | {"Content-Encoding": "gzip"}
        ),
        site.post("/validate?lang=en", data={"text": large.decode()}),
        site.post("/validate?lang=en", data=upload, headers=BROWSER | form),
    ):
        assert answer.status_code == 413
        assert "1 MB" in answer.text
    assert site.post("/validate", data=large[:900_000], headers=TURTLE).status_code == 200
    assert site.post("/validate", data=large * 3, headers=TURTLE).status_code == 413


def test_methods_and_preflight(site: FlaskClient) -> None:
    answer = site.put("/validate", data=BAD)
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    preflight = site.options(
        "/validate", headers={"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"


def test_the_report_as_a_page_of_its_own_has_a_policy_that_allows_its_style_alone(site: FlaskClient) -> None:
    answer = site.post("/validate?format=html", data=BAD, headers=TURTLE)
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='", answer.headers["Content-Security-Policy"])
    assert "<script" not in answer.text


def test_turtle_and_sarif_answers_parse(site: FlaskClient) -> None:
    rdflib.Graph().parse(
        data=site.post("/validate?format=turtle", data=BAD, headers=TURTLE).text, format="turtle"
    )
    assert (
        json.loads(site.post("/validate?format=sarif", data=BAD, headers=TURTLE).text)["version"] == "2.1.0"
    )


def test_the_published_graph_is_as_it_was_after_a_check(site: FlaskClient) -> None:
    first = site.post("/validate", data=GOOD, headers=TURTLE).json
    site.post("/validate", data=BAD, headers=TURTLE)
    assert site.post("/validate", data=GOOD, headers=TURTLE).json == first
