"""Submissions over HTTP: handing in, following, deciding, by programs and on pages."""

import gzip
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from conftest import ROOT, answering
from mueang.check.client import checker
from mueang.check.formats import FORMATS
from mueang.graph.generation import contents_of, current, publish
from mueang.graph.names import GRAPH
from mueang.settings import Settings
from mueang.submissions import intake
from mueang.submissions.consideration import considered
from mueang.submissions.people import further_token
from mueang.web.app import application
from submitting import PREFIXES, ROLES, an_area, peopled

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TURTLE = "text/turtle"
MARKUP = 'ก็ดี <script>alert(1)</script> <img src=x onerror=alert(1)> " onmouseover=alert(1) x="'
TURNED = f"{MARKUP} \u202e"
"""With a mark that turns the direction of what follows."""
BAD = (ROOT / "tests" / "cases" / "broken" / "kind-01-buddhist-year-as-a-date.ttl").read_bytes()


@dataclass(frozen=True)
class Site:
    """A site over a home of its own, with the token of everybody known there."""

    client: FlaskClient
    home: Path
    tokens: dict[str, str]

    def asked(self, method: str, path: str, by: str = "somchai", **given: Any) -> TestResponse:
        """The answer to a program of this person's."""
        headers = {"Accept-Language": "en"} | given.pop("headers", {})
        if by:
            headers["Authorization"] = f"Bearer {self.tokens[by]}"
        return self.client.open(path, method=method, headers=headers, **given)

    def submit(
        self, content: bytes, by: str = "somchai", name: str = "new.ttl", **query: Any
    ) -> TestResponse:
        """The answer to a file that is handed in as the body."""
        asked = {"name": name} | query
        return self.asked("POST", "/submissions", by, query_string=asked, data=content, content_type=TURTLE)

    def number(self, content: bytes, by: str = "somchai", **query: Any) -> int:
        """The number of a file that is handed in."""
        return int(self.submit(content, by, **query).get_json()["number"])

    def act(self, number: int, action: str, by: str = "anan", **said: str) -> TestResponse:
        """The answer to what somebody does with a submission."""
        return self.asked("POST", f"/submissions/{number}/{action}", by, json=said)

    def state(self, number: int) -> str:
        """The state of a submission."""
        return str(self.asked("GET", f"/submissions/{number}", "prani").get_json()["state"])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("submissions")
    settings = Settings(home=home, workers=2)
    with answering(home, contents) as engine, checker(settings) as desk:
        peopled(home, contents)
        tokens = {name: further_token(home, name) for name in ROLES}
        yield Site(application(engine, desk, settings).test_client(), home, tokens)


def test_a_file_is_handed_in_followed_and_accepted_by_another(place: Site) -> None:
    made = place.submit(an_area("one"), note="จากหน้าเว็บของสำนักงาน")
    assert (made.status_code, made.mimetype) == (201, "application/json"), made.text
    one = made.get_json()
    assert made.headers["Location"] == one["address"] == f"/submissions/{one['number']}"
    assert (one["state"], one["person"], one["note"]) == ("waiting", "somchai", "จากหน้าเว็บของสำนักงาน")
    assert one["words"]["en"] == "adds 1 smart-city area, changes nothing else"
    done = place.act(one["number"], "review", decision="accept", note="checked")
    assert done.status_code == 200, done.text
    assert done.get_json()["state"] == "accepted"
    assert done.get_json()["events"][-1]["person"] == "anan"
    asked = {"query": "ASK { <https://w3id.org/mueang/id/area/one> ?p ?o }"}
    assert place.client.get("/sparql", query_string=asked | {"format": "json"}).get_json()["boolean"] is True
    assert place.client.get("/id/area/one", headers=BROWSER).status_code == 200


def test_a_note_counts_beside_a_form_too_and_thai_stays_readable(place: Site) -> None:
    sent = {"file": FileStorage(io.BytesIO(an_area("noted")), filename="noted.ttl")}
    made = place.asked("POST", "/submissions?note=จากที่อยู่", data=sent)
    assert made.get_json()["note"] == "จากที่อยู่"
    assert "จากที่อยู่" in made.text


def test_files_are_handed_in_one_at_a_time(place: Site) -> None:
    files = [FileStorage(io.BytesIO(an_area(name)), filename=f"{name}.ttl") for name in ("first", "second")]
    refused = place.asked("POST", "/submissions", data={"file": files})
    assert refused.status_code == 400
    assert "one file at a time" in refused.get_json()["detail"]


def test_the_same_file_again_is_the_same_submission(place: Site) -> None:
    first, again = place.submit(an_area("same")), place.submit(an_area("same"), name="another.ttl")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["Location"] == again.headers["Location"]
    assert place.submit(an_area("same"), by="malee").status_code == 201


def test_the_same_file_from_many_hands_at_once_is_new_to_one_of_them(
    place: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All have been checked before the first is written down, so that none of them was known when it was read."""
    all_checked = Barrier(6, timeout=60)

    def checked_together(*asked: Any) -> Any:
        all_checked.wait()
        return considered(*asked)

    monkeypatch.setattr(intake, "considered", checked_together)
    app = place.client.application
    sites = [replace(place, client=app.test_client()) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda site: site.submit(an_area("many-hands")), sites))
    assert sorted(one.status_code for one in answers) == [200] * 5 + [201]
    assert len({one.headers["Location"] for one in answers}) == 1


@pytest.mark.parametrize(
    ("content", "name"), [(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "a.xls"), (b"<table>", "a.ods")]
)
@pytest.mark.parametrize("path", ["/submissions", "/validate"])
def test_an_old_spreadsheet_is_to_be_saved_anew(place: Site, path: str, content: bytes, name: str) -> None:
    sent = {"file": FileStorage(io.BytesIO(content), name)}
    said = place.asked("POST", path, data=sent, headers={"Accept-Language": "th"})
    assert said.status_code == 400
    assert said.get_json()["detail"].endswith("เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx")


def test_a_file_with_violations_is_taken_with_its_report_and_cannot_be_accepted(place: Site) -> None:
    made = place.submit(BAD)
    assert made.status_code == 201
    one = made.get_json()
    assert (one["state"], one["accepted_by_the_rules"]) == ("checked", False)
    assert one["counts"]["violations"] > 0
    refused = place.act(one["number"], "review", decision="accept")
    assert (refused.status_code, refused.mimetype) == (422, "application/json")
    assert refused.get_json()["accepted"] is False
    assert place.state(one["number"]) == "checked"


@pytest.mark.parametrize("one", [one for one in FORMATS if one.key != "xlsx"], ids=lambda one: one.key)
def test_the_report_is_given_in_every_format_of_validate(place: Site, one) -> None:
    address = f"/submissions/{place.number(BAD)}/report?lang=en"
    by_accept = place.asked("GET", address, headers={"Accept": one.media_types[0]})
    by_name = place.asked("GET", f"{address}&format={one.key}", headers=BROWSER)
    for answer in (by_accept, by_name):
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type)
        assert "2565" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_table_comes_back_with_its_findings(place: Site) -> None:
    table = "Key,Name of the area (Thai),Province\nexample,เมืองตัวอย่าง,TH-99\n".encode()
    sent = {"file": FileStorage(io.BytesIO(table), filename="areas.csv"), "note": "a table"}
    made = place.asked("POST", "/submissions", data=sent)
    assert made.status_code == 201, made.text
    assert (made.get_json()["name"], made.get_json()["note"]) == ("areas.csv", "a table")
    marked = place.asked("GET", f"{made.get_json()['report']}?format=xlsx")
    assert (marked.status_code, marked.mimetype) == (200, "text/csv")
    assert marked.headers["Content-Disposition"] == "attachment; filename=areas-checked.csv"


def test_what_it_would_change_is_told_thing_by_thing(place: Site) -> None:
    address = f"/submissions/{place.number(an_area('told'))}/diff"
    found = place.asked("GET", address).get_json()
    assert (found["added"], found["removed"]) == (3, 0)
    assert [one["entity"]["term"] for one in found["entities"]] == ["<https://w3id.org/mueang/id/area/told>"]
    page = place.asked("GET", address + "?lang=th", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "พื้นที่เมืองอัจฉริยะ" in page.text


def test_the_bytes_come_back_as_they_were_and_are_never_shown(place: Site) -> None:
    content = an_area("bytes") + "# <script>alert(1)</script> ก".encode()
    number = place.number(content, name="ชื่อ.html.ttl")
    answer = place.asked("GET", f"/submissions/{number}/file", headers=BROWSER)
    assert answer.data == content
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_looks_at_what_somebody_else_handed_in_but_reviewers(place: Site) -> None:
    number = place.number(an_area("private"))
    for part in ("", "/report", "/diff", "/file"):
        address = f"/submissions/{number}{part}"
        found = {
            by: place.asked("GET", address, by).status_code
            for by in ("somchai", "malee", "anan", "prani", "")
        }
        assert found == {"somchai": 200, "malee": 403, "anan": 200, "prani": 200, "": 401}
    for action in ("withdraw", "check"):
        assert place.act(number, action, "malee").status_code == 403
    assert place.state(number) == "waiting"


def test_the_list_has_ones_own_and_for_reviewers_everybodys(place: Site) -> None:
    numbers = {place.number(an_area("listed")), place.number(an_area("listed-too"), by="malee")}

    def listed(query: str, by: str) -> set[int]:
        answer = place.asked("GET", f"/submissions?{query}", by)
        assert answer.status_code == 200, answer.text
        return {one["number"] for one in answer.get_json()["submissions"]} & numbers

    assert len(listed("", "somchai")) == len(listed("", "malee")) == 1
    assert listed("", "anan") == listed("state=waiting", "prani") == numbers
    assert listed("by=malee", "anan") == listed("", "malee") == listed("by=malee", "malee")
    assert listed("state=rejected", "anan") == set()
    assert listed(f"before={max(numbers)}", "anan") == {min(numbers)}
    assert place.asked("GET", "/submissions?by=malee", "somchai").status_code == 403
    assert place.asked("GET", "/submissions?state=lost").status_code == 400
    assert place.asked("GET", "/submissions?before=x").status_code == 404


def test_one_decides_once_and_the_other_is_told_by_whom(place: Site) -> None:
    number = place.number(an_area("once"))
    assert place.act(number, "review", "สมหญิง ใจดี", decision="reject", note="อยู่แล้ว").status_code == 200
    late = place.act(number, "review", decision="accept")
    assert (late.status_code, late.mimetype) == (409, "application/problem+json")
    assert "สมหญิง ใจดี" in late.get_json()["detail"]
    assert place.act(number, "withdraw", "somchai").status_code == 409
    assert place.act(number, "check", "somchai").status_code == 409


def test_nobody_decides_on_their_own(place: Site) -> None:
    for by in ("anan", "prani"):
        number = place.number(an_area(f"own-{by}"), by=by)
        assert place.act(number, "review", by, decision="accept").status_code == 403
        assert place.act(number, "review", by, decision="reject", note="no").status_code == 403
        assert place.act(number, "withdraw", by).get_json()["state"] == "withdrawn"


def test_a_submission_is_checked_again_when_asked(place: Site) -> None:
    number = place.number(an_area("again"))
    before = len(place.asked("GET", f"/submissions/{number}").get_json()["events"])
    again = place.act(number, "check", "somchai")
    assert (again.status_code, again.get_json()["state"]) == (200, "waiting")
    assert len(again.get_json()["events"]) > before


def test_a_mended_file_takes_the_place_of_the_first(place: Site) -> None:
    first = place.number(BAD, name="first.ttl")
    second = place.submit(an_area("mended"), name="second.ttl", supersedes=first).get_json()
    assert second["supersedes"] == first
    assert place.state(first) == "superseded"
    assert place.submit(an_area("mended-again"), by="malee", supersedes=second["number"]).status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"", "content_type": TURTLE}, 400),
        ({"data": b"<a> <b> ", "content_type": TURTLE}, 400),
        ({"data": b"{}", "content_type": "application/json"}, 415),
        ({"data": b"x", "content_type": TURTLE, "headers": {"Content-Encoding": "br"}}, 415),
        (
            {
                "data": gzip.compress(b" " * 21_000_000),
                "content_type": TURTLE,
                "headers": {"Content-Encoding": "gzip"},
            },
            413,
        ),
        ({"data": an_area("note"), "content_type": TURTLE, "query_string": {"note": "ก" * 2001}}, 400),
        ({"data": an_area("nul"), "content_type": TURTLE, "query_string": {"note": "\x00"}}, 400),
        ({"data": an_area("none"), "content_type": TURTLE, "query_string": {"supersedes": "9" * 8}}, 404),
        ({"data": an_area("none"), "content_type": TURTLE, "query_string": {"supersedes": "-1"}}, 404),
    ],
)
def test_what_cannot_be_taken_in_is_told_why_and_not_recorded(place: Site, sent: Any, status: int) -> None:
    before = place.asked("GET", "/submissions", "anan").get_json()["submissions"][:1]
    answer = place.asked("POST", "/submissions", **sent)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert answer.get_json()["detail"]
    assert place.asked("GET", "/submissions", "anan").get_json()["submissions"][:1] == before


@pytest.mark.parametrize("number", ["0", "99999999", "x", "-1", "๑", "1.0", "%00", "1e3"])
def test_a_number_that_nothing_has_is_not_found(place: Site, number: str) -> None:
    for part in ("", "/report", "/diff", "/file"):
        answer = place.asked("GET", f"/submissions/{number}{part}", "anan")
        assert answer.status_code == 404
        assert "submission" in answer.get_json()["detail"]
    for action in ("review", "withdraw", "check"):
        assert place.asked("POST", f"/submissions/{number}/{action}", "anan").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"data": "not json", "content_type": "application/json"},
        {"json": ["accept"]},
        {"json": {"decision": 1}},
        {"json": {"decision": "maybe"}},
        {"data": {}},
        {"json": {"decision": "reject"}},
        {"json": {"decision": "reject", "note": " "}},
        {"json": {"decision": "reject", "note": "x" * 2001}},
    ],
)
def test_a_decision_that_is_none_changes_nothing(place: Site, said: Any) -> None:
    number = place.number(an_area("undecided"))
    answer = place.asked("POST", f"/submissions/{number}/review", "anan", **said)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert place.state(number) == "waiting"


class _Tags(HTMLParser):
    """What a browser would make of a page: its scripts, handlers and links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "script" or ("type", "application/ld+json") not in attrs:  # data, which no browser runs
            self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def _harmless(page: TestResponse) -> str:
    """The page's text, if nothing in it runs or leads to what runs."""
    assert page.status_code == 200, page.text
    assert "script" not in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    found = _Tags(page.text)
    assert not {"script", "iframe", "object", "embed", "img", "style", "base"} & set(found.tags)
    assert not {"animate", "set", "foreignobject", "image", "use"} & set(found.tags)  # in a map of ours
    for name, value in found.attributes:
        assert not name.startswith("on")
        assert name != "style"
        assert name not in ("href", "action", "formaction") or re.match(r"(https?:|/|\?|#|data:,$|$)", value)
    return page.text


def _quoted(text: str) -> str:
    return text.replace('"', r"\"")


def _hostile() -> bytes:
    """An area with labels and links as somebody who means harm would write them."""
    said = f'''area:hostile a tsc:SmartCityArea ; tsc:inProvince province:TH-21 ;
    skos:prefLabel "{_quoted(TURNED)}"@th ;
    <javascript:alert(1)> <javascript:alert(2)> , <data:text/html,alert> , <vbscript:x> ;
    dcterms:source <https://example.org/"onclick=alert(1)> .
'''.replace('/"onclick', "/onclick")
    return (PREFIXES + said).encode()


def _signed_in(place: Site, by: str) -> tuple[FlaskClient, str]:
    """A browser with a session, and the token that its forms carry."""
    client = place.client.application.test_client()

    def form() -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
        assert found
        return found[1]

    assert client.post("/login", data={"token": place.tokens[by], "csrf_token": form()}).status_code == 303
    return client, form()


def test_markup_and_script_links_in_a_submission_stay_text_on_every_page(place: Site) -> None:
    name = "<img src=x onerror=alert(1)>.ttl"
    number = place.number(_hostile(), name=name, note=TURNED)
    reviewer, _ = _signed_in(place, "anan")
    for path in (f"/submissions/{number}", f"/submissions/{number}/diff", "/submissions"):
        for language in ("th", "en"):
            page = reviewer.get(f"{path}?lang={language}", headers=BROWSER)
            assert "&lt;" in _harmless(page)
    report = reviewer.get(f"/submissions/{number}/report?format=html")
    assert "<script" not in report.text


def test_what_came_in_poisons_no_page_of_its_things(place: Site) -> None:
    said = f'area:poisoned a tsc:SmartCityArea ; skos:prefLabel "{_quoted(MARKUP)}"@th ; tsc:inProvince province:TH-21 .'
    number = place.number((PREFIXES + said).encode(), note=TURNED)
    done = place.act(number, "review", decision="accept", note=TURNED)
    assert done.status_code == 200, done.text
    generation = done.get_json()["events"][-1]["generation"]
    graph = f"/graph/submission/{number}"
    for path in (
        "/id/area/poisoned",
        "/id/province/TH-21",
        graph,
        "/graphs",
        "/",
        f"/generations/{generation}",
    ):
        _harmless(place.client.get(path, headers=BROWSER))


def test_script_links_are_refused_and_would_lead_nowhere_if_they_got_in(place: Site) -> None:
    links = "<http://www.w3.org/2000/01/rdf-schema#seeAlso> <javascript:alert(1)> , <data:text/html,alert> ."
    content = (PREFIXES + f"province:TH-21 {links}").encode()
    number = place.number(content)
    assert place.act(number, "review", decision="accept").status_code == 422
    now = current(place.home)
    assert now
    there = dict(contents_of(place.home, now))
    publish(place.home, there | {f"{GRAPH}steward/links": content}, reason="test", shapes="")
    place.client.application.extensions["mueang"].engine.catch_up()
    page = _harmless(place.client.get("/id/province/TH-21", headers=BROWSER))
    assert "javascript:alert(1)" in page
    publish(place.home, there, reason="test", shapes="")
    place.client.application.extensions["mueang"].engine.catch_up()


def _handed_in_by_page(place: Site, key: str) -> str:
    """The address to which a browser is led that handed an area in."""
    client, form = _signed_in(place, "malee")
    assert 'enctype="multipart/form-data"' in _harmless(client.get("/submissions?lang=en", headers=BROWSER))
    sent = {"csrf_token": form, "note": "ใหม่", "file": (io.BytesIO(an_area(key)), "เมือง.ttl")}
    made = client.post("/submissions?lang=en", data=sent, headers=BROWSER)
    assert made.status_code == 303, made.text
    page = _harmless(client.get(made.location, headers=BROWSER))
    assert "waits for review" in page
    assert "/withdraw?" in page
    assert "/review" not in page
    return made.location


def test_a_reviewer_accepts_by_pages_alone(place: Site) -> None:
    location = _handed_in_by_page(place, "by-page")
    address = location.partition("?")[0]
    client, form = _signed_in(place, "anan")
    waiting = client.get("/submissions?state=waiting&lang=en", headers=BROWSER)
    assert f'href="{location}"' in waiting.text
    page = _harmless(client.get(location, headers=BROWSER))
    assert f'action="{address}/review?lang=en"' in page
    assert "/withdraw" not in page
    said = {"csrf_token": form, "decision": "accept", "note": "ดูแล้ว"}
    done = client.post(f"{address}/review?lang=en", data=said, headers=BROWSER)
    assert (done.status_code, done.location) == (303, location)
    page = _harmless(client.get(location, headers=BROWSER))
    assert "What it changed" in page
    assert 'href="/generations/' in page
    late = client.post(f"{address}/review?lang=en", data=said, headers=BROWSER)
    assert (late.status_code, "decided already" in late.text) == (409, True)


def test_a_rejection_without_a_reason_is_asked_for_one_on_the_page(place: Site) -> None:
    address = _handed_in_by_page(place, "by-page-too").partition("?")[0]
    client, form = _signed_in(place, "anan")
    said = {"csrf_token": form, "decision": "reject", "note": ""}
    failed = client.post(f"{address}/review?lang=en", data=said, headers=BROWSER)
    assert (failed.status_code, 'role="alert"' in failed.text) == (400, True)
    said["note"] = "มีอยู่แล้ว <b>"
    assert client.post(f"{address}/review?lang=en", data=said, headers=BROWSER).status_code == 303
    submitter, _ = _signed_in(place, "malee")
    assert "มีอยู่แล้ว &lt;b&gt;" in _harmless(submitter.get(address, headers=BROWSER))


def test_a_form_without_our_token_changes_nothing(place: Site) -> None:
    client, _ = _signed_in(place, "anan")
    number = place.number(an_area("forged"))
    for action in ("review", "withdraw", "check"):
        answer = client.post(f"/submissions/{number}/{action}", data={"decision": "accept"}, headers=BROWSER)
        assert answer.status_code == 403
    sent = {"file": (io.BytesIO(an_area("forged-too")), "a.ttl")}
    assert client.post("/submissions", data=sent, headers=BROWSER).status_code == 403
    assert place.state(number) == "waiting"


def test_a_page_says_why_a_file_was_not_taken_and_keeps_the_text(place: Site) -> None:
    client, form = _signed_in(place, "somchai")
    sent = {"csrf_token": form, "text": "<a> <b> ", "note": "ลอง"}
    for language, words in (("th", "บรรทัด"), ("en", "line")):
        answer = client.post(f"/submissions?lang={language}", data=sent, headers=BROWSER)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert words in answer.text
        assert "&lt;a&gt; &lt;b&gt;" in answer.text
        assert 'value="ลอง"' in answer.text


def test_nobody_is_shown_a_page_of_submissions_without_signing_in(place: Site) -> None:
    answer = place.client.get("/submissions?lang=en", headers=BROWSER)
    assert answer.status_code == 401
    assert "text/html" in answer.headers["Content-Type"]


def test_the_guide_says_what_comes_of_its_example(place: Site) -> None:
    guide = (ROOT / "docs" / "submitting.md").read_text(encoding="utf-8")
    content = guide.partition("```turtle\n")[2].partition("```")[0]
    wrong, right = (
        place.submit(text.encode()).get_json() for text in (content, content.replace("TH-99", "TH-83"))
    )
    assert (wrong["state"], right["state"]) == ("checked", "waiting")
    for one in (wrong, right):
        assert one["words"]["en"] in guide
        assert one["digest"].removeprefix("sha256:")[:12] in guide or one is wrong
    assert set(re.findall(r"`(\w+)`", guide)) >= {
        "state",
        "accepted_by_the_rules",
        "counts",
        "words",
        "events",
    }
    assert {
        "state",
        "accepted_by_the_rules",
        "counts",
        "words",
        "report",
        "difference",
        "file",
        "events",
    } <= right.keys()
