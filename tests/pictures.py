"""Takes the pictures of docs/site.md from a running server: `python tests/pictures.py http://127.0.0.1:8000`."""

import shutil
import sys

from playwright.sync_api import sync_playwright

from conftest import ROOT

FOLDER = ROOT / "docs" / "pictures"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
PICTURES = [
    ("home", "/?lang=th", DESKTOP, "light"),
    ("home-dark", "/?lang=en", DESKTOP, "dark"),
    ("area-phone", "/id/area/hat-yai?lang=th", PHONE, "light"),
    ("question", "/questions/membership-over-time?view=chart&lang=en", DESKTOP, "light"),
    ("sparql-dark", "/sparql?question=areas-of-a-round&lang=th", DESKTOP, "dark"),
    ("coverage-phone", "/coverage?lang=en", PHONE, "dark"),
]  # fmt: skip


def main(root: str) -> None:
    """Each picture is what a reader sees without scrolling."""
    FOLDER.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, size, scheme in PICTURES:
            page = browser.new_page(viewport=size, color_scheme=scheme, locale="th-TH")
            page.goto(root + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
