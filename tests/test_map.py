"""The map: every province drawn from the graph's own outlines, marked ones told in words and reached by keyboard."""

import re
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from mueang.web.outlines import _path, _rings

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def drawing(site: FlaskClient) -> ElementTree.Element:
    page = site.get("/?lang=en", headers=BROWSER).text
    [svg] = re.findall(r'<svg class="country".*?</svg>', page, re.DOTALL)
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own page


def test_the_map_is_well_formed_and_named_for_those_who_do_not_see_it(drawing: ElementTree.Element) -> None:
    assert drawing.get("role") == "group"
    assert drawing.get("aria-label") == "Map of the provinces with smart-city areas"


def test_every_province_with_something_is_a_link_that_says_what(drawing: ElementTree.Element) -> None:
    links = {one.get("href"): one for one in drawing.findall("a")}
    assert len(links) == 25
    bangkok = links["/id/province/TH-10?lang=en"]
    assert bangkok.get("aria-label") == "Bangkok: certified areas: 4, a city in the ASEAN network"
    assert bangkok.findtext("title") == bangkok.get("aria-label")
    chachoengsao = links["/id/province/TH-24?lang=en"].get("aria-label") or ""
    assert "put forward" in chachoengsao
    assert "a city in the ASEAN network" not in chachoengsao


def test_colour_is_not_the_only_way_to_tell(drawing: ElementTree.Element) -> None:
    signs = [one for one in drawing.iter() if one.get("class") in ("member", "nominee")]
    assert sorted(one.tag for one in signs) == ["circle"] * 6 + ["path"]


def test_all_land_is_drawn_within_the_picture(drawing: ElementTree.Element) -> None:
    width, height = (int(part) for part in (drawing.get("viewBox") or "").split()[2:])
    assert 1.6 < height / width < 2
    rings = "".join(one.get("d") or "" for one in drawing.iter("path") if not one.get("class"))
    starts = [tuple(map(int, start)) for start in re.findall(r"M(\d+) (\d+)l", rings)]
    assert len(starts) > 77
    assert all(0 <= x <= width and 0 <= y <= height for x, y in starts)


def test_the_map_is_also_a_table(site: FlaskClient) -> None:
    page = site.get("/?lang=en", headers=BROWSER).text
    [table] = re.findall(r"<caption>The map as a table</caption>.*?</table>", page, re.DOTALL)
    assert len(re.findall(r'<th scope="row">', table)) == 25


def test_a_things_own_map_shows_where_it_is_and_is_one_picture(site: FlaskClient) -> None:
    page = site.get("/id/area/hat-yai?lang=en", headers=BROWSER).text
    [svg] = re.findall(r'<svg class="country".*?</svg>', page, re.DOTALL)
    assert 'role="img" aria-label="Where it is in Thailand"' in svg
    assert svg.count('class="here"') == 1
    assert "<a " not in svg


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("POLYGON((0 0, 1 0, 1 1, 0 0))", 1),
        ("MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5),(5.1 5.1,5.2 5.1,5.2 5.2,5.1 5.1)))", 3),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON((0 0, 1e0 0, 1 1, 0 0))", 1),
        ("POINT(1 2)", 1),
        ("POLYGON EMPTY", 0),
        ("", 0),
    ],
)
def test_outlines_are_read_as_geosparql_writes_them(text: str, rings: int) -> None:
    assert len(_rings(text)) == rings


def test_a_path_leaves_out_what_nobody_would_see() -> None:
    assert _path([(0, 0), (1, 0), (2, 0), (2, 0), (2, 5), (0, 5), (0, 0)]) == "M0 0l2 0 0 5-2 0z"
    assert _path([(3, 3), (3, 3), (3, 3)]) == ""
