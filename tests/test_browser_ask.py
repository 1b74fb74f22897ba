"""Asking in a real browser on a real server: by keyboard, by a Thai name, as chart and map, without script, cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from browser import browsing
from mueang.web.vendor import editor
from test_browser_submission import playwright

pytestmark = pytest.mark.slow
__all__ = ["playwright"]
SMALL, LARGE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(frozen=True)
class Reader:
    """A browser and the server it visits."""

    root: str
    browser: Any

    @contextmanager
    def visit(self, path: str, scripts: bool = True, **options: Any) -> Iterator[Any]:
        """A page; it fails where something is complained of, or asked of another machine."""
        options = {"viewport": LARGE, "locale": "th-TH"} | options
        context = self.browser.new_context(java_script_enabled=scripts, accept_downloads=True, **options)
        page, wrong = context.new_page(), []
        page.on("console", lambda one: wrong.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda one: None if one.url.startswith((self.root, "data:")) else wrong.append(one.url)
        )
        page.goto(self.root + path)
        yield page
        context.close()
        assert wrong == []


@pytest.fixture(scope="module")
def reader(playwright: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:  # noqa: F811
    with browsing(playwright, tmp_path_factory.mktemp("home")) as (root, browser):
        yield Reader(root, browser)


def written(page: Any) -> str:
    """What stands in the editor."""
    return str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def replace_with(page: Any, text: str) -> None:
    """Put a query into the editor, by keyboard."""
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


needs_editor = pytest.mark.skipif(not editor().mark, reason="the editor was not fetched: make assets")


@needs_editor
def test_a_thai_word_becomes_a_term_and_the_answer_comes_without_leaving_the_page(reader: Reader) -> None:
    with reader.visit("/sparql?lang=th") as page:
        assert page.locator(".parseErrorIcon").count() == 0
        replace_with(page, "SELECT ?a ?p { ?a a tsc:SmartCityArea ; ")
        page.keyboard.type("อยู่ในจังหวัด")
        page.locator(".CodeMirror-hint", has_text="tsc:inProvince").first.wait_for()
        page.keyboard.press("Enter")
        page.keyboard.insert_text(" ?p }")
        assert "tsc:inProvince ?p }" in written(page)
        page.keyboard.press("Control+Enter")
        page.locator("#answer table").wait_for()
        assert "tsc%3AinProvince" in page.url
        page.get_by_role("link", name="แผนที่").click()
        page.locator("#answer svg.country").wait_for()
        assert "view=map" in page.url
        assert page.locator(".CodeMirror").count() == 1


@needs_editor
def test_the_keyboard_gets_into_the_editor_and_out_again(reader: Reader) -> None:
    with reader.visit("/sparql?lang=th") as page:
        page.locator(".CodeMirror textarea").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "go"


def test_a_slow_question_says_so_and_can_be_cancelled(reader: Reader) -> None:
    with reader.visit("/sparql?lang=th") as page:
        page.evaluate(
            "text => { const one = document.querySelector('.CodeMirror');"
            " if (one) one.CodeMirror.setValue(text); else document.getElementById('query').value = text; }",
            SLOW,
        )
        page.get_by_role("button", name="ถาม", exact=True).click()
        page.get_by_role("button", name="ยกเลิก").wait_for()
        assert "กำลังถาม" in page.locator("#progress").inner_text()
        page.get_by_role("button", name="ยกเลิก").click()
        page.get_by_text("ยกเลิกแล้ว").wait_for()
        assert page.get_by_role("button", name="ยกเลิก").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_saved_question_is_chosen_asked_and_downloaded(
    reader: Reader, scripts: bool, tmp_path: Path
) -> None:
    with reader.visit("/questions?lang=th", scripts, viewport=SMALL) as page:
        page.get_by_role("link", name="พื้นที่ใดบ้างที่ได้รับตราสัญลักษณ์ในรอบหนึ่ง").click()
        page.wait_for_url("**/questions/areas-of-a-round*")
        page.get_by_label("กลุ่มพื้นที่").select_option("round-2022")
        page.locator("#go").click()
        page.wait_for_url("**cohort=round-2022*")
        page.locator("#answer table").wait_for()
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV สำหรับ Excel").click()
        download.value.save_as(tmp_path / "areas.csv")
        assert (tmp_path / "areas.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"] if scripts else True


def test_without_script_a_query_is_asked_and_linked_to(reader: Reader) -> None:
    with reader.visit("/sparql?lang=th", scripts=False) as page:
        page.get_by_label("คำถาม", exact=False).first.fill("SELECT * { ?a a tsc:SmartCityArea }")
        page.get_by_role("button", name="ถาม", exact=True).click()
        page.get_by_role("button", name="ทำลิงก์ถาวรสั้น ๆ").click()
        page.wait_for_url("**/ask/*")
        assert "เสมอ" in page.inner_text("main")
        assert "tsc:SmartCityArea" in page.locator("#query").input_value()
