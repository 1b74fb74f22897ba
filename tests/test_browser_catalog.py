"""In a real browser: the block of data for search engines is there, and the page's policy has nothing against it."""

import json
from pathlib import Path
from typing import Any

import pytest

from browser import browsing
from test_browser_submission import SMALL, playwright  # noqa: F401  (a fixture)

pytestmark = pytest.mark.slow


def test_the_data_is_read_and_nothing_is_refused(playwright: Any, tmp_path: Path) -> None:  # noqa: F811
    with browsing(playwright, tmp_path) as (root, browser):
        _look(root, browser)


def _look(root: str, browser: Any) -> None:
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
