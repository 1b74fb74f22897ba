"""The forms for one thing: what they offer, what they say of each field, and the row that they hand in."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conftest import answering
from mueang.check.client import Checker, checker
from mueang.check.shacl import Shapes
from mueang.check.sheets.form import forms
from mueang.settings import Settings
from mueang.submissions import journal
from mueang.submissions.people import add
from mueang.web.app import application
from test_terms import page_of, sound

BROWSER = {"Accept": "text/html"}
KINDS = [
    "area",
    "city",
    "cohort",
    "decision",
    "event",
    "figure",
    "meeting",
    "membership",
    "nomination",
    "source",
]
AREA = {
    "form-area-name-th": "เมืองทดลองอัจฉริยะ",
    "form-area-name-en": "Trial Smart City",
    "form-area-province": "ระยอง",
}


def filled(site: FlaskClient, kind: str, language: str = "en", **texts: object) -> TestResponse:
    data = {name.replace("_", "-"): text for name, text in texts.items()}
    return site.post(f"/submit/{kind}?lang={language}", data=data, headers=BROWSER)


def area(site: FlaskClient, language: str = "en", **more: object) -> TestResponse:
    return site.post(f"/submit/area?lang={language}", data=AREA | more, headers=BROWSER)


def found_in(page: str, column: str) -> str:
    told = re.search(f'<ul class="found" id="{column}-found">(.*?)</ul>', page, re.DOTALL)
    return told[1] if told else ""


def test_there_is_a_form_for_each_sheet_of_the_template(site: FlaskClient, shapes: Shapes) -> None:
    page = page_of(site, "/submit", "th")
    assert sorted(re.findall(r'href="/submit/(\w+)\?', page)) == KINDS
    assert all(form.title["th"] in page for form in forms(shapes.graph))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_form_has_a_labelled_field_for_each_column(
    site: FlaskClient, shapes: Shapes, kind: str, language: str
) -> None:
    form = next(one for one in forms(shapes.graph) if one.iri.endswith(f"#form-{kind}"))
    page = page_of(site, f"/submit/{kind}", language)
    sound(page)
    for column in form.columns:
        name = column.iri.rpartition("#")[2]
        assert f'name="{name}"' in page
        assert column.title[language] in page
        assert column.note[language].replace('"', "&#34;").replace("'", "&#39;") in page
        assert f'for="{name}"' in page or f'aria-describedby="{name}-note"' in page
    assert "<script" not in page
    assert len(page.encode()) < 60_000


def test_the_choices_are_those_that_are_published(site: FlaskClient) -> None:
    page = page_of(site, "/submit/event", "th")
    assert "<option>การมอบ</option>" in page
    assert '<option value="หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา">' in page


def test_a_row_without_fault_can_be_handed_in(site: FlaskClient) -> None:
    page = area(site).text
    assert "This can be handed in" in page
    assert ">sign in</a>; what you have filled in stays" in page
    assert 'value="Trial Smart City"' in page


def test_each_fault_is_told_at_its_field(site: FlaskClient) -> None:
    page = area(
        site, **{"form-area-province": ["ระยอง", "ชลบุรีี"], "form-proposal-submitted": "32 พ.ย. 2565"}
    ).text
    assert "Some fields have to be mended" in page
    assert "32 November 2022" in found_in(page, "form-proposal-submitted")
    assert "ชลบุรีี" in found_in(page, "form-area-province")
    assert not found_in(page, "form-area-name-th")
    assert 'href="#form-area-province-found"' in page
    sound(page)


def test_a_required_field_that_is_empty_is_told_at_that_field(site: FlaskClient) -> None:
    page = filled(site, "area", form_area_name_en="Trial Smart City").text
    assert found_in(page, "form-area-province")
    assert found_in(page, "form-area-name-th")


def test_faults_are_told_in_thai(site: FlaskClient) -> None:
    page = area(site, "th", **{"form-area-province": "nowhere"}).text
    assert "ยังมีช่องที่ต้องแก้" in page
    assert "ต้องแก้" in found_in(page, "form-area-province")


def test_nothing_filled_in_is_refused(site: FlaskClient) -> None:
    answer = filled(site, "area")
    assert answer.status_code == 400
    assert "no field is filled in" in answer.text


def test_markup_stays_text(site: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>'
    page = area(site, **{"form-area-note": hostile, "form-area-province": [hostile]}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_address_may_fill_a_form_in(site: FlaskClient) -> None:
    page = site.get(
        "/submit/area", query_string={"form-area-name-en": "Given", "lang": "en"}, headers=BROWSER
    ).text
    assert 'value="Given"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_row_goes_by_the_headings_of_its_own_form_and_no_other(
    site: FlaskClient, shapes: Shapes, kind: str
) -> None:
    form = next(one for one in forms(shapes.graph) if one.iri.endswith(f"#form-{kind}"))
    given = {form.columns[1].iri.rpartition("#")[2]: "x", "as": "csv"}
    for language in ("th", "en"):
        answer = site.post(f"/submit/{kind}?lang={language}", data=given, headers=BROWSER)
        assert answer.mimetype == "text/csv"
        headings, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert headings == [column.title[language] for column in form.columns]  # type: ignore[index]
        assert row.count("x") == 1
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_several_values_go_into_one_cell_as_the_column_parts_them(site: FlaskClient) -> None:
    answer = area(site, **{"form-area-province": ["ระยอง", "", "ชลบุรี"], "as": "csv"})
    assert "ระยอง; ชลบุรี" in answer.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_that_is_not_there_is_404(site: FlaskClient, method: str) -> None:
    answer = getattr(site, method)("/submit/nope?lang=en", headers=BROWSER)
    assert answer.status_code == 404


@pytest.fixture(scope="module")
def signed_in(
    tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]
) -> Iterator[tuple[FlaskClient, Path]]:
    """Somebody who has signed in on the pages, and the home they hand in to."""
    home = tmp_path_factory.mktemp("entries")
    settings = Settings(home=home, workers=2)
    with answering(home, contents) as engine, checker(settings) as desk:
        client = application(engine, desk, settings).test_client()
        token = add(home, "malee", "submitter")
        page = client.get("/login?lang=en", headers=BROWSER).text
        client.post("/login", data={"token": token, "csrf_token": _forgery_mark(page)})
        yield client, home


def _forgery_mark(page: str) -> str:
    found = re.search('name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def _goes_on(client: FlaskClient, page: str) -> TestResponse:
    """What the page's own form for handing in leads to."""
    form = re.search('<form action="(/submissions[^"]+)"', page)
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    assert form
    assert text
    data = {"text": text[1].replace("\n", "\r\n"), "csrf_token": _forgery_mark(page), "note": "by form"}
    return client.post(form[1].replace("&amp;", "&"), data=data, headers=BROWSER)


def test_a_checked_row_is_handed_in_as_a_file_like_any_other(signed_in: tuple[FlaskClient, Path]) -> None:
    client, home = signed_in
    answer = _goes_on(client, area(client).text)
    assert answer.status_code == 303, answer.text
    (one,) = journal.listed(home, person="malee")
    assert (one.state, one.note) == ("waiting", "by form")
    assert one.name == "area-เมืองทดลองอัจฉริยะ-ระยอง.csv"
    assert "Trial Smart City" in client.get(answer.headers["Location"], headers=BROWSER).text


def test_who_signs_in_on_the_way_finds_what_they_had_filled_in(
    site: FlaskClient, signed_in: tuple[FlaskClient, Path]
) -> None:
    link = re.search('href="(/login[^"]+next=[^"]+)"', area(site).text)
    assert link
    client, _ = signed_in
    back = client.get(link[1].replace("&amp;", "&"), headers=BROWSER)
    assert back.status_code == 303
    page = client.get(back.headers["Location"], headers=BROWSER).text
    assert 'value="Trial Smart City"' in page
    assert 'value="เมืองทดลองอัจฉริยะ"' in page
    long = area(site, **{"form-area-note": "ก" * 3000}).text
    assert "what you have filled in stays" not in long
    assert 'next=/submit/area"' in long


def test_another_row_does_not_take_the_place_of_the_first(signed_in: tuple[FlaskClient, Path]) -> None:
    client, home = signed_in
    before = len(journal.listed(home, person="malee"))
    for name in ("เมืองสอง", "เมืองสาม"):
        given = {"form-area-name-th": name, "form-area-name-en": f"Trial {len(name)} {name[-1] == 'ง'}"}
        assert _goes_on(client, area(client, **given).text).status_code == 303
    states = [one.state for one in journal.listed(home, person="malee")]
    assert len(states) == before + 2
    assert "superseded" not in states


def test_a_row_with_a_fault_offers_no_way_to_hand_it_in(signed_in: tuple[FlaskClient, Path]) -> None:
    client, _ = signed_in
    assert "/submissions?lang=en&amp;name=" not in area(client, **{"form-area-province": "nowhere"}).text


def test_a_form_is_never_kept_by_anybody(site: FlaskClient) -> None:
    for answer in (site.get("/submit/area", headers=BROWSER), area(site)):
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_forms_are_asked_of_the_desk_once_for_a_generation(
    site: FlaskClient, desk: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    done = type(desk).done
    monkeypatch.setattr(
        type(desk),
        "done",
        lambda self, job, content=b"": asked.append(job["job"]) or done(self, job, content),
    )
    for kind in ("area", "city", "area"):
        site.get(f"/submit/{kind}?lang=th", headers=BROWSER)
    assert asked == ["entries"]
