"""The page of a thing: who says so, in which words, since when; names for everything; what is drawn for its kind."""

import re

import pytest
from flask.testing import FlaskClient

from conftest import NOBODY_CHECKS, answering
from mueang.engine.client import WorkersEngine
from mueang.settings import Settings
from mueang.web.app import application

BASE = "https://w3id.org/mueang/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TERMS = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def _page(site: FlaskClient, path: str, language: str = "en") -> str:
    answer = site.get(path, query_string={"lang": language}, headers=BROWSER)
    assert answer.status_code == 200
    return answer.text


def _words(page: str) -> str:
    """What a reader reads: the text without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<main")[2]))


def test_each_statement_refers_to_the_sources_that_make_it(site: FlaskClient) -> None:
    page = _page(site, "/id/area/hat-yai")
    [province] = re.findall(r'<dt><a [^>]*def\?lang=en#inProvince">.*?</dd>', page, re.DOTALL)
    references = re.findall(r'href="#(g\d+)"', province)
    assert references == ["g1", "g2"]
    for one in references:
        assert f'<li id="{one}">' in page
    assert "/id/source/article-2022-11-09?lang=en" in page


def test_a_register_names_the_sources_it_was_put_together_from(site: FlaskClient) -> None:
    page = _page(site, "/id/area/hat-yai")
    [register] = re.findall(r'<li id="g2">.*?</details></li>', page, re.DOTALL)
    assert 'href="/graph/register/areas?lang=en"' in register
    assert 'href="/id/source/article-2022-11-09?lang=en"' in register


def test_a_statement_stands_with_its_quote_and_how_sure_it_is(site: FlaskClient) -> None:
    page = _page(site, "/id/area/hat-yai")
    [province] = re.findall(r'<dt><a [^>]*def\?lang=en#inProvince">.*?</dd>', page, re.DOTALL)
    assert '<p lang="th"><bdi>หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา</bdi></p>' in province
    assert "/id/claim/2022-11-09-27-province" in province
    assert "confidence: high" in _words("<main>" + province)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/id/certification/hat-yai-2022", "certification: Hat Yai Green Smart City"),
        ("/id/certification-event/hat-yai-award-2022", "certification event (award): Hat Yai Green Smart City"),
        ("/id/figure/TH-10-area-rfd", "unit figure (land area): Bangkok"),
        ("/id/geometry/TH-90-boundary", "geometry: Songkhla"),
        ("/id/source/article-2022-11-09", "News article on the steering committee&#39;s meeting of 9 November 2022"),
    ],
)  # fmt: skip
def test_a_thing_without_a_name_is_called_by_what_it_is_about(
    site: FlaskClient, path: str, name: str
) -> None:
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", _page(site, path))
    assert heading == f"<bdi>{name}</bdi>"


def test_days_are_said_in_both_eras_to_readers_of_thai(site: FlaskClient) -> None:
    assert "9 พฤศจิกายน 2565 (ค.ศ. 2022)</time>" in _page(site, "/id/meeting/steering-1-2565", "th")
    english = _page(site, "/id/meeting/steering-1-2565")
    assert '<time datetime="2022-11-09">9 November 2022</time>' in english
    assert "2565 BE (2022 CE)" in english


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/id/area/hat-yai", ["by 9 November 2022", "Areas certified in the round of 2022", "Is it certified on a given day?"]),
        ("/id/province/TH-90", ["Smart-city areas (1)", "1,481,021 person", "7,741 square kilometre"]),
        ("/id/city/chiang-mai", ["put forward to", "member of", "between 9 November 2022 and 12 July 2023"]),
        ("/id/city/chachoengsao", ["Put forward; no source tells that it was admitted."]),
        ("/id/meeting/steering-1-2565", ["meeting 1/2565", "chair", "acknowledged", "รับทราบผลการจัดกิจกรรม"]),
        ("/id/figure/round-2022-areas", ["15 พื้นที่ใน 14 จังหวัด", "counted from the lists in this graph", "they agree"]),
        ("/id/figure/certified-2022-areas", ["not checkable: the figure is not exact, or the list is not known to be complete"]),
        ("/id/figure/certified-2022-people", ["more than 20,000,000 person", "กว่า 20 ล้านคน"]),
        ("/id/figure/TH-10-area-rfd", ["1,564", "1,569", "another value"]),
        ("/id/figure/nnt-2023-01-10-areas", ["not its own words"]),
        ("/id/district/9011", ["In Songkhla"]),
        ("/id/certification-event/hat-yai-award-2022", ["In Songkhla"]),
        ("/id/cohort/round-2022", ["Areas in the group, counted: 15", "provinces: 14"]),
        ("/id/source/article-2022-11-09", ["What it says, claim by claim, in its words", "9 November 2022", "ECONOMY"]),
    ],
)  # fmt: skip
def test_a_kind_of_its_own_has_a_drawing_of_its_own(site: FlaskClient, path: str, shown: list[str]) -> None:
    words = _words(_page(site, path))
    for one in shown:
        assert one in words, one


@pytest.mark.parametrize(
    "path", ["/id/area/hat-yai", "/vocab/confidence/high", "/id/figure/round-2022-areas"]
)
def test_a_page_offers_every_format_and_the_query_it_was_made_by(site: FlaskClient, path: str) -> None:
    page = _page(site, path)
    for key in ("ttl", "nt", "rdf", "jsonld", "nq", "trig"):
        assert f'href="{path}.{key}"' in page
    for link in re.findall(r'href="(/sparql\?query=[^"]*)"', page):
        answer = site.get(link.replace("&amp;", "&"), buffered=True)
        assert (answer.status_code, len(answer.data) > 100) == (200, True)


def test_a_page_has_an_address_of_its_own_and_names_the_one_it_goes_by(site: FlaskClient) -> None:
    answer = site.get("/id/area/hat-yai.html", headers={"Accept": "text/turtle"}, buffered=True)
    assert answer.mimetype == "text/html"
    page = _page(site, "/id/area/hat%2Dyai")
    assert re.search(r'<link rel="canonical" href="[^"]*/id/area/hat-yai">', page)
    assert '<link rel="alternate" hreflang="th" href="?lang=th">' in page


def test_what_points_here_is_listed_with_a_way_to_all_of_it(site: FlaskClient) -> None:
    page = _page(site, "/vocab/confidence/high")
    [more] = re.findall(r'<a href="(/sparql\?query=SELECT[^"]*)">all (\d+)</a>', page)
    rows = site.get(more[0].replace("&amp;", "&") + "&format=json", buffered=True).json["results"]["bindings"]
    assert len(rows) == int(more[1]) > 12


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/id/area/hatyai", "/id/area/hat-yai"),
        ("/id/area/phukett", "/id/area/phuket"),
        ("/id/province/th-900", "/id/province/TH-90"),
        ("/id/city/หาดใหญ่", "/id/area/hat-yai"),
        ("/vocab/outcome/aproved", "/vocab/outcome/approved"),
    ],
)
def test_an_address_nothing_has_is_answered_with_what_looks_like_it(
    site: FlaskClient, path: str, meant: str
) -> None:
    page = site.get(path, headers=BROWSER)
    assert page.status_code == 404
    assert f'href="{meant}"' in page.text
    problem = site.get(path, headers={"Accept": "text/turtle", "Accept-Language": "en"})
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert f"{meant}" in problem.json["detail"]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]):
    """A site over three generations, in which something hostile, something retired and a changed name are told of."""
    home = tmp_path_factory.mktemp("changed")
    graph = f"{BASE}graph/register/areas"
    extra = f"{TERMS}<{BASE}id/area/old> skos:prefLabel \"</script><img src=x onerror=alert(1)>\"@en ; owl:deprecated true ; dcterms:isReplacedBy <{BASE}id/area/hat-yai> ; rdfs:seeAlso <javascript:alert(1)> ."  # fmt: skip
    renamed = contents[graph].replace(b"Hat Yai Green Smart City", b"Hat Yai, Green and Smart")
    with answering(home, contents), answering(home, contents | {graph: renamed}):
        pass
    with answering(home, contents | {graph: renamed, f"{BASE}graph/source/x": extra.encode()}) as engine:
        yield application(engine, NOBODY_CHECKS, Settings(home=home)).test_client()


def test_the_history_names_the_generations_that_changed_a_thing_and_no_others(changed: FlaskClient) -> None:
    def steps(path: str) -> list[str]:
        return re.findall(r"<li><a href=\"/generations/(\d+)\?", _page(changed, path))

    assert steps("/id/area/hat-yai") == ["2", "1"]
    assert steps("/id/area/phuket") == ["1"]
    assert steps("/id/area/old") == ["3"]


def test_what_is_no_longer_used_says_what_is(changed: FlaskClient) -> None:
    [notice] = re.findall(r'<p class="notice" role="note">.*?</p>', _page(changed, "/id/area/old"), re.DOTALL)
    assert "No longer used." in notice
    assert 'href="/id/area/hat-yai?lang=en"' in notice


def test_nothing_a_graph_says_becomes_markup_or_a_link_that_runs(changed: FlaskClient) -> None:
    page = _page(changed, "/id/area/old")
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;img src=x" in page
    assert '<bdi class="iri">javascript:alert(1)</bdi>' in page
    assert 'href="javascript:' not in page


def test_literals_are_marked_with_their_language_and_direction(site: FlaskClient) -> None:
    page = _page(site, "/id/area/hat-yai", "th")
    assert '<bdi lang="en" class="other">Hat Yai Green Smart City</bdi>' in page
    assert '<bdi lang="th">หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา</bdi>' in page


def test_no_query_is_asked_row_by_row(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = WorkersEngine.answer
    monkeypatch.setattr(
        WorkersEngine, "answer", lambda self, query, *rest: (asked.append(query.text), answer(self, query, *rest))[1]
    )  # fmt: skip
    _page(site, "/id/source/article-2022-11-09")
    assert len(asked) <= 6
