"""`/sitemap.xml` and `/robots.txt`: every page is named, in both languages, and can be read."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

SITE = "http://127.0.0.1:8000"
BASE = "https://w3id.org/mueang/"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def _pages(text: str) -> list[str]:
    root = ET.fromstring(text)  # noqa: S314  (our own)
    assert root.tag == f"{{{NAMES['s']}}}urlset"
    return [one.text or "" for one in root.iterfind("s:url/s:loc", NAMES)]


def test_every_page_is_named_once_and_every_thing_has_one(site: FlaskClient, published: Store) -> None:
    answer = site.get("/sitemap.xml")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    pages = _pages(answer.text)
    assert len(pages) == len(set(pages))
    things = {
        quad.subject.value.removeprefix(BASE)
        for quad in published
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE + "id/")
    }
    assert {f"{SITE}/{one}" for one in things} <= set(pages)
    assert {
        f"{SITE}/{path}" for path in ("", "catalog", "questions", "def", "questions/round-totals")
    } <= set(pages)


def test_what_is_named_is_a_page_that_search_engines_may_read(site: FlaskClient) -> None:
    robots = RobotFileParser()
    robots.parse(site.get("/robots.txt").text.splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    pages = _pages(site.get("/sitemap.xml").text)
    assert all(robots.can_fetch("*", page) for page in pages)
    assert not robots.can_fetch("*", f"{SITE}/submissions")
    for page in (*pages[:8], *pages[100::250]):
        with site.get(page.removeprefix(SITE), headers={"Accept": "text/html"}) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "text/html"), page


def test_a_page_has_a_day_and_both_languages(site: FlaskClient) -> None:
    root = ET.fromstring(site.get("/sitemap.xml").text)  # noqa: S314  (our own)
    for one in root.iterfind("s:url", NAMES):
        assert len(one.findtext("s:lastmod", "", NAMES)) == 10
        assert [link.get("hreflang") for link in one.iterfind("x:link", NAMES)] == ["th", "en"]


def test_a_sitemap_that_is_too_long_is_an_index_of_parts(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _pages(site.get("/sitemap.xml").text)
    monkeypatch.setattr("mueang.web.sitemap._MOST", 500)
    root = ET.fromstring(site.get("/sitemap.xml").text)  # noqa: S314  (our own)
    parts = [one.text or "" for one in root.iterfind("s:sitemap/s:loc", NAMES)]
    assert len(parts) == -(-len(whole) // 500)
    assert [page for part in parts for page in _pages(site.get(part.removeprefix(SITE)).text)] == whole
    for part in ("0", "99", "x"):
        assert site.get(f"/sitemap.xml?part={part}").status_code == 404
