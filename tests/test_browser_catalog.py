"""In a real browser: the block of data for search engines is there, and the page's policy has nothing against it."""

import json
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from test_browser_submission import CHROMIUM, SMALL, playwright  # noqa: F401  (a fixture)
from test_serve import free_port, start, until_ready

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser(playwright: Any) -> Iterator[Any]:  # noqa: F811
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield found
    found.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    process = start(tmp_path_factory.mktemp("home"), port)
    try:
        until_ready(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def test_the_data_is_read_and_nothing_is_refused(browser: Any, root: str) -> None:
    page = browser.new_page(viewport=SMALL)
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda one: said.append(str(one)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', one => console.log('refused: ' + one.violatedDirective))"
    )
    answer = page.goto(f"{root}/catalog?lang=en")
    assert "script-src" not in answer.headers["content-security-policy"]
    data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert data["@type"] == "DataCatalog"
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.close()
    assert said == []
