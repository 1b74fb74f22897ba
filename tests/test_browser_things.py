"""In a real browser: finding an area by a Thai fragment, following a number to its quote, by keyboard alone, at any size."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from browser import browsing
from test_browser_submission import playwright

__all__ = ["playwright"]
pytestmark = pytest.mark.slow
PAGES = [
    "/", "/search?q=ใหญ่", "/coverage", "/changes", "/id/area/hat-yai", "/id/province/TH-90", "/id/city/chiang-mai",
    "/id/meeting/steering-1-2565", "/id/figure/round-2022-areas", "/id/cohort/round-2022", "/id/district/9011",
    "/id/source/article-2022-11-09", "/id/geometry/TH-90-boundary", "/vocab/confidence/high", "/id/area/nope",
]  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """A browser at a server, and all that went wrong in it."""

    root: str
    browser: Any

    @contextmanager
    def visit(self, path: str, width: int = 1280, **context: Any) -> Iterator[Any]:
        """A page; it fails where the page complains, or asks anybody else for anything."""
        inside = self.browser.new_context(locale="th-TH", viewport={"width": width, "height": 800}, **context)
        page = inside.new_page()
        complaints: list[str] = []
        page.on("console", lambda one: complaints.append(one.text) if "404" not in one.text else None)
        page.on(
            "request",
            lambda one: complaints.append(one.url) if urlsplit(one.url).hostname not in ("127.0.0.1", None) else None,
        )  # fmt: skip
        page.goto(self.root + path)
        yield page
        inside.close()
        assert complaints == []


@pytest.fixture(scope="module")
def reader(playwright: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:  # noqa: F811
    with browsing(playwright, tmp_path_factory.mktemp("home")) as (root, browser):
        yield Reader(root, browser)


def test_an_area_is_found_by_a_thai_fragment(reader: Reader) -> None:
    with reader.visit("/") as page:
        page.locator("main").get_by_role("searchbox").fill("ใหญ่เมือง")
        page.keyboard.press("Enter")
        page.locator("main").get_by_role("link", name="หาดใหญ่เมืองอัจฉริยะสีเขียว").click()
        assert "หาดใหญ่เมืองอัจฉริยะสีเขียว" in page.locator("h1").inner_text()
        assert urlsplit(page.url).path == "/id/area/hat-yai"


def test_a_number_is_followed_to_its_quote(reader: Reader) -> None:
    with reader.visit("/?lang=th") as page:
        page.get_by_role("link", name="พื้นที่ที่ได้รับการรับรองรอบปี 2565").click()
        page.locator(".card a[href^='/id/figure/round-2022-areas']").click()
        quote = page.locator(".card blockquote").first.inner_text()
        assert "15 พื้นที่ใน 14 จังหวัด" in quote
        page.locator(".card figcaption a").first.click()
        assert urlsplit(page.url).path.startswith("/id/source/")


def test_a_reference_leads_to_the_source_on_the_same_page(reader: Reader) -> None:
    with reader.visit("/id/area/hat-yai?lang=th") as page:
        page.locator("#facts ~ dl .ref").first.click()
        assert page.locator("li:target").count() == 1


def test_the_map_is_used_by_keyboard_alone(reader: Reader) -> None:
    with reader.visit("/?lang=en") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        reached: list[str] = []
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))
            if reached[-1].startswith("Bangkok:"):
                break
        assert reached[-1] == "Bangkok: certified areas: 4, a city in the ASEAN network"
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/province/TH-10*")


def test_the_language_is_changed_and_stays(reader: Reader) -> None:
    with reader.visit("/id/area/hat-yai?lang=th") as page:
        page.get_by_role("link", name="English", exact=True).click()
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_role("link", name="Songkhla").first.click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("h1").inner_text() == "Songkhla"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_fits_a_small_screen_has_one_heading_and_no_image_without_a_name(
    reader: Reader, path: str, language: str
) -> None:
    address = f"{path}{'&' if '?' in path else '?'}lang={language}"
    with reader.visit(address, 360, color_scheme="dark", java_script_enabled=True) as page:
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
        assert page.locator("h1").count() == 1
        assert page.locator("svg:not([aria-hidden]):not([aria-label])").count() == 0
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].every(a => document.getElementById(a.hash.slice(1)))")  # fmt: skip
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(one => +one.tagName[1])")
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_nothing_moves_while_a_page_is_read_in(reader: Reader) -> None:
    with reader.visit("/?lang=th", 360) as page:
        moved = page.evaluate(
            "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of"
            " list.getEntries()) sum += one.value; }).observe({type: 'layout-shift', buffered: true});"
            " setTimeout(() => done(sum), 300); })"
        )
        assert moved < 0.01
