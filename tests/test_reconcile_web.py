"""`/reconcile` and `/reconcile/v1` over HTTP: what clients rely on, for hits, misses and all that is sent wrongly."""

import gzip
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from werkzeug.test import TestResponse

from mueang.graph.names import BASE

FORM = "application/x-www-form-urlencoded"
KHON_KAEN = BASE + "id/province/TH-40"
TEXT = {"type": "string", "minLength": 1}
TYPE = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type", "features", "description"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {"type": "array", "minItems": 1, "items": TYPE},
        "features": {
            "type": "array",
            "items": {"required": ["id", "value"], "properties": {"value": {"type": ["boolean", "number"]}}},
        },
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
DRAFT_CANDIDATE = CANDIDATE | {"required": [*CANDIDATE["required"], "lang"]}
DRAFT_RESULTS = {
    "type": "object",
    "required": ["results"],
    "properties": {
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["candidates"],
                "properties": {"candidates": {"type": "array", "items": DRAFT_CANDIDATE}},
            },
        }
    },
}


def _posted(site: FlaskClient, headers: Mapping[str, str] | None = None, **fields: Any) -> TestResponse:
    """The answer to a form whose fields are JSON, or texts that are sent as they are."""
    form = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in fields.items()
    }
    return site.post(
        "/reconcile", data=urlencode(form), content_type=FORM + "; charset=UTF-8", headers=headers
    )


def _draft(site: FlaskClient, path: str, sent: Any) -> TestResponse:
    text = sent if isinstance(sent, str) else json.dumps(sent)
    return site.post(f"/reconcile/v1/{path}", data=text, content_type="application/json")


# 0.2


def test_the_manifest_leads_to_everything_a_client_uses(site: FlaskClient) -> None:
    manifest = site.get("/reconcile", headers={"Accept-Language": "en"}).get_json()
    assert manifest["versions"] == ["0.2"]
    assert {"id": "province", "name": "province"} in manifest["defaultTypes"]
    shown = {"preview": manifest["preview"]["url"], "view": manifest["view"]["url"]}
    for found in shown.values():
        assert "{{id}}" in found
        place = found.replace("{{id}}", quote(KHON_KAEN, safe="")).removeprefix("http://127.0.0.1:8000")
        assert site.get(place).status_code in (200, 303)
    for sort, known in (("entity", KHON_KAEN), ("property", "tsc:isoCode"), ("type", "province")):
        service = manifest["suggest"][sort]
        assert service["service_url"] == service["flyout_service_url"] == "http://127.0.0.1:8000"
        assert site.get(service["service_path"] + "?prefix=o").get_json()["result"]
        assert "${id}" in service["flyout_service_path"]
        flyout = site.get(service["flyout_service_path"].replace("${id}", quote(known, safe=""))).get_json()
        assert flyout["id"] == known
        assert flyout["html"].startswith("<div><b>")
    proposal = manifest["extend"]["propose_properties"]
    assert site.get(f"{proposal['service_path']}?type=province").get_json()["properties"]


def test_an_address_with_a_language_leads_to_others_with_it(site: FlaskClient) -> None:
    manifest = site.get("/reconcile?lang=en", headers={"Accept-Language": "th"}).get_json()
    assert manifest["name"].endswith("of Thailand")
    assert manifest["preview"]["url"].endswith("/reconcile/preview?id={{id}}&lang=en")
    assert manifest["suggest"]["type"]["service_path"] == "/reconcile/suggest/type?lang=en"
    assert manifest["extend"]["propose_properties"]["service_path"] == "/reconcile/extend/propose"


def test_a_batch_is_answered_by_its_own_keys_in_the_readers_language(site: FlaskClient) -> None:
    queries = {
        "q0": {"query": "จ.ขอนแก่น", "type": "province"},
        "คำถาม": {"query": "Gotham"},
        "": {"query": ""},
    }
    for language, name in (("th", "ขอนแก่น"), ("en", "Khon Kaen")):
        answer = _posted(site, {"Accept-Language": language}, queries=queries)
        assert answer.headers["Content-Language"] == language
        assert answer.headers["Mueang-Generation"] == "1"
        found = answer.get_json()
        Draft7Validator(RESULTS).validate(found)
        assert found.keys() == queries.keys()
        (hit,) = found["q0"]["result"]
        assert (hit["id"], hit["name"], hit["match"], hit["score"]) == (KHON_KAEN, name, True, 100.0)
        assert not any(one["match"] for one in found["คำถาม"]["result"])
        assert found[""] == {"result": []}


def test_what_is_asked_by_get_is_answered_as_by_post(site: FlaskClient) -> None:
    queries = json.dumps({"q0": {"query": "Khon Kaen"}})
    extend = json.dumps({"ids": [KHON_KAEN], "properties": [{"id": "tsc:isoCode"}]})
    for fields in ({"queries": queries}, {"extend": extend}):
        assert site.get("/reconcile?" + urlencode(fields)).get_json() == _posted(site, **fields).get_json()


def test_columns_are_added(site: FlaskClient) -> None:
    asked = {"ids": [KHON_KAEN, "x"], "properties": [{"id": "tsc:isoCode"}, {"id": "tsc:capitalDistrict"}]}
    found = _posted(site, {"Accept-Language": "en"}, extend=asked).get_json()
    assert found == {
        "meta": [
            {"id": "tsc:isoCode", "name": "ISO 3166-2 code"},
            {
                "id": "tsc:capitalDistrict",
                "name": "capital district",
                "type": {"id": "district", "name": "district"},
            },
        ],
        "rows": {
            KHON_KAEN: {
                "tsc:isoCode": [{"str": "TH-40"}],
                "tsc:capitalDistrict": [{"id": BASE + "id/district/4001", "name": "Mueang Khon Kaen"}],
            },
            "x": {"tsc:isoCode": [], "tsc:capitalDistrict": []},
        },
    }


def test_a_packed_form_is_unpacked(site: FlaskClient) -> None:
    form = gzip.compress(urlencode({"queries": json.dumps({"a": {"query": "ระยอง"}})}).encode())
    answer = site.post("/reconcile", data=form, content_type=FORM, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.get_json()["a"]["result"]


def test_half_a_character_in_a_key_comes_back_as_it_was(site: FlaskClient) -> None:
    answer = _posted(site, queries='{"\\ud800": {"query": "\\ud800"}}')
    assert answer.get_json() == {"\ud800": {"result": []}}


# 1.0 draft


def test_the_draft_answers_in_the_order_of_the_questions(site: FlaskClient) -> None:
    manifest = site.get("/reconcile/v1").get_json()
    assert (manifest["versions"], manifest["standardizedScore"]) == (["1.0-draft"], True)
    names = ["จ.ขอนแก่น", "Vientiane", "Rayong Province"]
    queries = [
        {"type": "province", "conditions": [{"matchType": "name", "propertyValue": name}]} for name in names
    ]
    answer = _draft(site, "match", {"queries": queries})
    Draft7Validator(DRAFT_RESULTS).validate(answer.get_json())
    found = [
        [one["id"] for one in each["candidates"] if one["match"]] for each in answer.get_json()["results"]
    ]
    assert found == [[KHON_KAEN], [], [BASE + "id/province/TH-21"]]


def test_the_draft_adds_columns_as_lists(site: FlaskClient) -> None:
    asked = {"ids": [KHON_KAEN, "x"], "properties": [{"id": "tsc:isoCode"}]}
    found = _draft(site, "extend", asked).get_json()
    assert found["rows"] == [
        {"id": KHON_KAEN, "properties": [{"id": "tsc:isoCode", "values": [{"str": "TH-40"}]}]},
        {"id": "x", "properties": [{"id": "tsc:isoCode", "values": []}]},
    ]


@pytest.mark.parametrize(
    "path", ["suggest/entity", "suggest/property", "suggest/type", "extend/propose", "preview"]
)
def test_the_draft_has_the_same_under_its_own_root(site: FlaskClient, path: str) -> None:
    asked = f"{path}?id=province/TH-40&prefix=o&type=province"
    assert site.get(f"/reconcile/v1/{asked}").data == site.get(f"/reconcile/{asked}").data


# suggestions


def test_suggestions_come_ten_at_a_time(site: FlaskClient) -> None:
    first, second = (
        site.get(f"/reconcile/suggest/entity?prefix=a&cursor={cursor}").get_json()["result"]
        for cursor in (0, 10)
    )
    assert len(first) == len(second) == 10
    assert not {one["id"] for one in first} & {one["id"] for one in second}


def test_suggestions_may_be_of_one_type_only(site: FlaskClient) -> None:
    found = site.get("/reconcile/suggest/entity?prefix=khon%20kaen&type=province&lang=en").get_json()[
        "result"
    ]
    assert [one["id"] for one in found] == [KHON_KAEN]
    assert site.get("/reconcile/suggest/entity?prefix=khon%20kaen&type=galaxy").get_json() == {"result": []}


@pytest.mark.parametrize("cursor", ["-1", "x", "1.5", "9999999", "๑", "1" * 5000])
def test_a_cursor_that_is_no_place_is_refused(site: FlaskClient, cursor: str) -> None:
    answer = site.get(f"/reconcile/suggest/type?prefix=a&cursor={quote(cursor)}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_proposal_repeats_what_it_was_asked(site: FlaskClient) -> None:
    found = site.get("/reconcile/extend/propose?type=province&limit=3").get_json()
    assert (found["type"], found["limit"], len(found["properties"])) == ("province", 3, 3)
    assert len(site.get("/reconcile/extend/propose").get_json()["properties"]) > 30


# pages


def test_a_preview_may_stand_in_the_pages_of_others_and_runs_nothing(site: FlaskClient) -> None:
    for language, name in (("th", "รหัส ISO 3166-2"), ("en", "ISO 3166-2 code")):
        answer = site.get(f"/reconcile/preview?id={quote(KHON_KAEN, safe='')}&lang={language}")
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in answer.headers
        assert name in answer.text
        assert "TH-40" in answer.text
        assert not re.search(r"<script|<style|style=|onload=", answer.text)
    assert "frame-ancestors 'none'" in site.get("/id/province/TH-40").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (KHON_KAEN, "/id/province/TH-40?lang=en"),
        ("province/TH-40", "/id/province/TH-40?lang=en"),
        ("province:TH-40", "/id/province/TH-40?lang=en"),
        (BASE + "vocab/region6/northeast", "/vocab/region6/northeast?lang=en"),
        ("tsc:isoCode", "/def?lang=en#isoCode"),
    ],
)
def test_a_view_leads_to_the_page(site: FlaskClient, name: str, place: str) -> None:
    answer = site.get(f"/reconcile/view?id={quote(name, safe='')}&lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    assert site.get(place).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "https://evil.example/",
        "//evil.example/",
        BASE + "/evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
    ],
)
def test_a_view_leads_nowhere_else(site: FlaskClient, name: str) -> None:
    answer = site.get(f"/reconcile/view?id={quote(name, safe='')}")
    assert answer.status_code in (303, 404)
    assert re.match(r"/(id|vocab|def)[/?#]", answer.headers.get("Location", "/id/"))


# what is sent wrongly


WRONG = {
    "neither queries nor extend": ({"other": "1"}, 400, "wrong-parameter"),
    "malformed JSON": ({"queries": '{"a": {"query": }}'}, 400, "malformed-data"),
    "no object": ({"queries": "[]"}, 400, "wrong-parameter"),
    "malformed columns": ({"extend": "{"}, 400, "malformed-data"),
    "too many queries": ({"queries": {str(one): {"query": "a"} for one in range(10_001)}}, 413, "too-large"),
    "a text too long": ({"queries": {"a": {"query": "ก" * 1001}}}, 413, "too-large"),
}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", WRONG)
def test_what_is_sent_wrongly_is_a_problem_in_words(site: FlaskClient, name: str, language: str) -> None:
    fields, status, kind = WRONG[name]
    answer = _posted(site, {"Accept-Language": language}, **fields)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json()["type"] == f"{BASE}problem/{kind}"
    assert bool(re.search("[ก-๙]", answer.get_json()["detail"].replace("ก" * 80, ""))) == (language == "th")


def test_malformed_json_is_told_by_line_and_column(site: FlaskClient) -> None:
    problem = _posted(site, queries='{"a":\n {"query": }}').get_json()
    assert (problem["line"], problem["column"]) == (2, 12)


@pytest.mark.parametrize("path", ["match", "extend"])
@pytest.mark.parametrize("sent", ["", "{", "[]", "null", '{"queries": {}}', "\ufeff"])
def test_the_draft_refuses_what_is_no_request(site: FlaskClient, path: str, sent: str) -> None:
    answer = _draft(site, path, sent)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_body_too_large_is_refused_before_it_is_read(site: FlaskClient) -> None:
    for path, kind in (("/reconcile", FORM), ("/reconcile/v1/match", "application/json")):
        assert site.post(path, data=b"x" * 16_000_001, content_type=kind).status_code == 413
        packed = gzip.compress(b"x" * 16_000_001)
        headers = {"Content-Encoding": "gzip"}
        assert site.post(path, data=packed, content_type=kind, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "path", ["preview", "view", "flyout/entity", "flyout/property", "flyout/type", "v1/preview"]
)
def test_what_is_shown_needs_an_id_that_is_known(site: FlaskClient, path: str) -> None:
    assert site.get(f"/reconcile/{path}").status_code == 400
    assert site.get(f"/reconcile/{path}?id=https://a.example/").status_code == 404


def test_a_name_is_shown_as_text_and_never_as_markup(site: FlaskClient) -> None:
    answer = site.get(
        "/reconcile/preview?id=" + quote("<script>alert(1)</script>"), headers={"Accept": "text/html"}
    )
    assert answer.status_code == 404
    assert "<script>" not in answer.text


# other origins


def test_every_origin_may_ask_and_post_json(site: FlaskClient) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    for path in (
        "/reconcile",
        "/reconcile/v1",
        "/reconcile/suggest/type?prefix=a",
        "/reconcile/preview?id=province/TH-40",
    ):
        assert site.get(path, headers=origin).headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = site.options("/reconcile/v1/match", headers=origin | asked)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in allowed.headers["Access-Control-Allow-Methods"]
    assert allowed.headers["Access-Control-Allow-Headers"].lower() == "content-type"


def test_other_methods_are_told_what_is_taken(site: FlaskClient) -> None:
    for path, method, allowed in (
        ("/reconcile", "PUT", "POST"),
        ("/reconcile/v1", "POST", "GET"),
        ("/reconcile/v1/match", "GET", "POST"),
    ):
        answer = site.open(path, method=method)
        assert answer.status_code == 405
        assert allowed in answer.headers["Allow"]
