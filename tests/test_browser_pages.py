"""Every kind of page in a real browser: no fault that axe knows, in any language, colour scheme and width; and journeys."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from from_npm import package
from page_kinds import KINDS, Kind
from test_browser_submission import Place, place, playwright

__all__ = ["place", "playwright"]
pytestmark = pytest.mark.slow
WIDE, SMALL = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEEN = [(WIDE, "light"), (WIDE, "dark"), (SMALL, "light"), (SMALL, "dark")]
OF_PEOPLE = ["/submissions", "/login", "/submit/city"]

WRONG_PROVINCE = """@prefix area: <https://w3id.org/mueang/id/area/> .
@prefix province: <https://w3id.org/mueang/id/province/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tsc: <https://w3id.org/mueang/def#> .
area:browser-town a tsc:SmartCityArea ; skos:prefLabel "เมืองเบราว์เซอร์"@th , "Browser Town"@en ;
  tsc:inProvince province:TH-12345 ."""


@contextmanager
def visiting(place: Place, token: str = "", **context: Any) -> Iterator[Any]:  # noqa: F811
    """A page, of somebody if there is a token; it fails where one complains, or asks anybody else for anything."""
    inside = place.browser.new_context(locale="th-TH", accept_downloads=True, bypass_csp=False, **context)
    page = inside.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if _is_a_fault(one) else None)
    page.on("pageerror", lambda one: complaints.append(str(one)))
    page.on("request", lambda one: complaints.append(one.url) if _is_outside(one.url) else None)
    if token:
        _sign_in(place, page, token)
    yield page
    inside.close()
    assert complaints == []


def _is_outside(address: str) -> bool:
    return urlsplit(address).scheme not in ("data", "blob") and urlsplit(address).hostname != "127.0.0.1"


def _is_a_fault(one: Any) -> bool:
    """An error, but for what the browser itself notes of an answer that is an error by design."""
    by_design = one.text.startswith("Failed to load resource: the server responded with a status of 4")
    return one.type == "error" and not by_design


def _sign_in(place: Place, page: Any, token: str) -> None:  # noqa: F811
    page.goto(f"{place.root}/login")
    page.get_by_label("โทเคน").fill(token)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="เข้าสู่ระบบ").click()


def _open(place: Place, page: Any, kind: Kind, language: str) -> None:  # noqa: F811
    """Go to a page; to one that answers a form by filling that in."""
    page.goto(place.root + kind.address(language))
    for name, text in kind.sent.items():
        field = page.locator(f'main [name="{name}"]').first
        if field.count():
            field.fill(text)
        else:
            table = {"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode()}
            page.locator('main [name="file"]').set_input_files(table)
    if kind.sent:
        button = "ส่ง|ตรวจ|เชื่อม" if language == "th" else "Check|Link"
        with page.expect_navigation():
            page.locator("main form").get_by_role("button", name=re.compile(f"^({button})")).first.click()


def faults(page: Any) -> list[str]:
    """What axe finds wrong on the page as it is seen now: the rule, how grave, and where."""
    page.evaluate((package("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run({{runOnly: {RULES}, resultTypes: ['violations']}})")
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def _seen(page: Any) -> list[str]:
    """The faults in all widths and colour schemes, and whether it is wider than the screen."""
    found = []
    for size, scheme in SEEN:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += [f"{size['width']} {scheme}: {one}" for one in faults(page)]
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            found.append(f"{size['width']}: wider than the screen")
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_has_no_fault(place: Place, kind: Kind, language: str) -> None:  # noqa: F811
    with visiting(place) as page:
        _open(place, page, kind, language)
        found = _seen(page)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("path", OF_PEOPLE)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_of_people_has_no_fault(place: Place, path: str, language: str) -> None:  # noqa: F811
    with visiting(place, place.tokens["มาลี"]) as page:
        page.goto(f"{place.root}{path}?lang={language}")
        found = _seen(page)
        assert not found, "\n".join(found)


def test_a_saved_question_is_asked_and_its_answer_downloaded(place: Place) -> None:  # noqa: F811
    with visiting(place, viewport=SMALL) as page:
        page.goto(f"{place.root}/questions?lang=en")
        page.get_by_role("link", name="Which areas were given the emblem in a round?").click()
        page.get_by_label("cohort").select_option("round-2022")
        page.get_by_role("button", name="Ask", exact=True).click()
        page.wait_for_url("**/questions/areas-of-a-round?*cohort=round-2022*")
        assert "15 rows" in page.locator("#answer").inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV for Excel").click()
        lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 16
        assert any("Krabi" in line and "กระบี่" in line for line in lines)


def test_a_bad_text_is_validated_and_mended_from_the_report(place: Place) -> None:  # noqa: F811
    with visiting(place, viewport=SMALL) as page:
        page.goto(f"{place.root}/validate?lang=en")
        field = page.get_by_label("Or text")
        field.fill(WRONG_PROVINCE)
        with page.expect_navigation():
            page.get_by_role("button", name="Check", exact=True).click()
        report = page.locator(".findings").inner_text()
        assert "line 6" in report.lower()
        assert field.input_value().strip() == WRONG_PROVINCE.strip()
        offered = re.search(r"mueang/id/province/(TH-\d\d)>", report)
        assert offered, report
        field.fill(field.input_value().replace("TH-12345", offered[1]))
        with page.expect_navigation():
            page.get_by_role("button", name="Check", exact=True).click()
        assert page.locator(".findings .violation").count() == 0
        assert "refused" not in (page.locator(".outcome").get_attribute("class") or "")


def test_what_is_handed_in_and_reviewed_is_shown_without_fault(place: Place) -> None:  # noqa: F811
    with visiting(place, place.tokens["สมชาย"]) as page:
        page.goto(f"{place.root}/submit/area?lang=th")
        for name, text in {
            "name-th": "เมืองไร้ข้อบกพร่อง",
            "name-en": "Faultless Town",
            "province": "ระยอง",
        }.items():
            page.locator(f'[name="form-area-{name}"]').first.fill(text)
        for button in ("ตรวจ", "ส่ง"):
            with page.expect_navigation():
                page.locator("main").get_by_role("button", name=button, exact=True).click()
        address = page.url.partition("?")[0]
        found = _seen(page)
    with visiting(place, place.tokens["มาลี"]) as page:
        page.goto(f"{address}?lang=en")
        found += _seen(page)
        with page.expect_navigation():
            page.get_by_role("button", name="Accept and publish").click()
        found += _seen(page)
        page.goto(f"{place.root}/generations?lang=en")
        found += _seen(page)
        page.get_by_role("link", name=re.compile("2")).first.click()
        assert not found, "\n".join(found)


def test_a_search_is_made_and_followed_by_keyboard_alone(place: Place) -> None:  # noqa: F811
    with visiting(place, viewport=WIDE) as page:
        page.goto(f"{place.root}/?lang=th")
        _tab_to(page, "[type=search]")
        page.keyboard.type("หาดใหญ่")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        _tab_to(page, 'main a[href^="/id/area/hat-yai"]')
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        with page.expect_navigation():
            page.keyboard.press("Enter")
        _tab_to(page, "[hreflang=en]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("html").get_attribute("lang") == "en"


def _tab_to(page: Any, selector: str) -> None:
    """Go on with the tab key until what the selector names has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("path", ["/id/area/hat-yai", "/questions/areas-of-a-round", "/coverage"])
def test_paper_has_the_content_and_no_navigation(place: Place, path: str) -> None:  # noqa: F811
    with visiting(place, viewport=WIDE, color_scheme="dark") as page:
        page.goto(f"{place.root}{path}?lang=th")
        page.emulate_media(media="print", color_scheme="dark")
        assert not page.locator("header nav").is_visible()
        assert page.locator("h1").is_visible()
        colours = page.evaluate(
            "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
