"""From the empty form to the published area and back again, in a real browser on a real server."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from browser import CHROMIUM
from conftest import Run
from filling import Officials, filled
from mueang.check.shacl import Shapes
from mueang.submissions import people
from test_serve import answer, free_port, start, until_ready

pytestmark = pytest.mark.slow
AREA = {"key": "browser-town", "name-th": "เมืองทดสอบเบราว์เซอร์", "province": "ระยอง"}
SMALL = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def playwright() -> Any:
    """What drives the browser, where there is one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sync_playwright = None
    if not CHROMIUM or sync_playwright is None:
        message = "there is no browser here: apt-get install chromium && pip install playwright"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    with sync_playwright() as found:
        yield found


@dataclass(frozen=True)
class Place:
    """A server with people, and the browser that visits it."""

    port: int
    home: Path
    browser: Any
    tokens: dict[str, str]

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def visit(self, name: str, scripts: bool = True) -> Iterator[Any]:
        """A page of somebody who has signed in, on a small screen; it fails where a page needed what it may not have."""
        context = self.browser.new_context(
            locale="th-TH", viewport=SMALL, java_script_enabled=scripts, accept_downloads=True
        )
        page = context.new_page()
        said: list[str] = []
        page.on(
            "console", lambda one: said.append(f"{one.text} {one.location}") if one.type == "error" else None
        )
        page.goto(f"{self.root}/login")
        page.get_by_label("โทเคน").fill(self.tokens[name])
        _press(page, page.locator("main").get_by_role("button", name="เข้าสู่ระบบ"))
        page.goto(f"{self.root}/submissions")
        yield page
        context.close()
        assert said == []


@pytest.fixture(scope="module")
def place(playwright: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home, port = tmp_path_factory.mktemp("home"), free_port()
    process = start(home, port)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    try:
        until_ready(port)
        roles: dict[str, people.Role] = {"สมชาย": "submitter", "มาลี": "reviewer"}
        tokens = {name: people.add(home, name, role) for name, role in roles.items()}
        yield Place(port, home, browser, tokens)
    finally:
        browser.close()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.fixture
def officials(published: Store, shapes: Shapes) -> Officials:
    return Officials(published, shapes)


def _fits(page: Any) -> None:
    """A page that is not wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def _press(page: Any, button: Any) -> None:
    """Press a button, and be on the page that it leads to."""
    assert button.count() == 1, page.inner_text("main")
    with page.expect_navigation():
        button.click()


def _hand_in(page: Any, file: Path, note: str) -> None:
    page.get_by_label("แฟ้ม").set_input_files(file)
    page.get_by_label("หมายเหตุถึงผู้ตรวจสอบ").fill(note)
    _press(page, page.get_by_role("button", name="ส่ง", exact=True))


def _decide(page: Any, number: str, button: str, note: str) -> None:
    page.goto(page.url.partition("/submissions")[0] + "/submissions?state=waiting")
    page.get_by_role("link", name=number, exact=True).click()
    page.get_by_label("หมายเหตุ", exact=True).fill(note)
    _press(page, page.get_by_role("button", name=button))


def _is_there(place: Place) -> bool:
    query = "ASK%20%7B%3Chttps://w3id.org/mueang/id/area/browser-town%3E%20a%20%3Fc%7D"
    return bool(json.loads(answer(place.port, f"/sparql?format=json&query={query}"))["boolean"])


def _submitted(place: Place, officials: Officials, file: Path) -> str:
    """The number of what somebody handed in who downloaded the form, filled it in, and mended what was found."""
    with place.visit("สมชาย") as page:
        with page.expect_download() as download:
            page.get_by_role("link", name="ดาวน์โหลดแบบกรอกข้อมูล").click()
        empty = Path(download.value.path()).read_bytes()
        file.write_bytes(filled(empty, officials.forms, [("area", AREA | {"province": "ราชบุรรี"})]))
        _hand_in(page, file, "ครั้งแรก")
        _fits(page)
        assert page.url.startswith(f"{place.root}/submissions/"), page.inner_text("main")
        assert "ตรวจแล้ว มีข้อต้องแก้" in page.inner_text("main")
        page.get_by_role("link", name="ส่งฉบับที่แก้แล้วแทน").click()
        file.write_bytes(filled(empty, officials.forms, [("area", AREA)]))
        _hand_in(page, file, "แก้แล้ว")
        _fits(page)
        assert "รอผู้ตรวจ" in page.inner_text("main")
        assert page.get_by_role("button", name="รับเข้ากราฟและเผยแพร่").count() == 0
        return str(page.url.rpartition("/")[2].partition("?")[0])


def _accepted(place: Place, number: str) -> None:
    """Somebody else lets it in, and goes to the page of the new area."""
    with place.visit("มาลี") as page:
        _decide(page, number, "รับเข้ากราฟและเผยแพร่", "ตรงกับประกาศ")
        _fits(page)
        assert "รับแล้ว" in page.inner_text("main")
        assert "โดย มาลี" in page.inner_text("main")
        page.get_by_role("link", name="เมืองทดสอบเบราว์เซอร์").first.click()
        page.wait_for_url("**/id/area/browser-town*")
        _fits(page)
        page.goto(f"{place.root}/graph/submission/{number}")
        assert "creativecommons.org/licenses/by/4.0" in page.inner_text("main")


def test_an_area_goes_from_the_form_to_the_graph_and_back(
    place: Place, officials: Officials, tmp_path: Path, mueang: Run
) -> None:
    number = _submitted(place, officials, tmp_path / "พื้นที่.xlsx")
    assert not _is_there(place)
    _accepted(place, number)
    assert _is_there(place)
    assert f"ข้อมูลที่ส่งหมายเลข {number} รับโดย มาลี" in answer(place.port, "/feed.atom").decode()
    journal = answer(place.port, "/graphs?graph=https://w3id.org/mueang/graph/journal").decode()
    assert "ตรงกับประกาศ" in journal
    done = mueang("restore", "1", "--as", "มาลี", "--home", str(place.home))
    assert done.returncode == 0, done.stderr
    _until_gone(place)
    assert "ย้อนกลับไปรุ่น 1 โดย มาลี" in answer(place.port, "/feed.atom").decode()
    story = mueang("submissions", number, "--home", str(place.home)).stdout
    assert "by มาลี" in story
    assert "“ตรงกับประกาศ”" in story


def _until_gone(place: Place) -> None:
    """The server notices by itself that another process has published."""
    for _ in range(100):
        if not _is_there(place):
            return
        time.sleep(0.1)
    raise AssertionError("what was taken back is still answered")


def test_it_goes_without_scripts_and_the_keyboard_is_enough(
    place: Place, officials: Officials, tmp_path: Path
) -> None:
    file = tmp_path / "อีกแห่ง.xlsx"
    file.write_bytes(officials.fill_in(("area", AREA | {"key": "second-town", "name-th": "เมืองทดสอบที่สอง"})))
    with place.visit("สมชาย", scripts=False) as page:
        page.get_by_label("แฟ้ม").set_input_files(file)
        for button in ("ส่ง", "ถอนคืน"):
            found = page.get_by_role("button", name=button, exact=True)
            assert found.count() == 1, page.inner_text("main")
            found.focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
        assert "ผู้ส่งถอนคืน" in page.inner_text("main")
