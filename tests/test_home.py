"""The first page, what is known and not known, and what changed between two days."""

import re

import pytest
from flask.testing import FlaskClient

BASE = "https://w3id.org/mueang/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def _page(site: FlaskClient, path: str, status: int = 200) -> str:
    answer = site.get(path, headers=BROWSER)
    assert answer.status_code == status
    return answer.text


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_first_page_is_small_and_needs_no_script(site: FlaskClient, language: str) -> None:
    page = _page(site, f"/?lang={language}")
    assert len(page.encode()) + len(site.get("/static/site.css", buffered=True).data) < 100_000
    assert "<script" not in page
    assert "style=" not in page


def test_the_first_page_says_what_is_in_here_how_fresh_and_how_complete(site: FlaskClient) -> None:
    page = _page(site, "/?lang=en")
    assert ">37</a></b>" in page
    assert '<time datetime="2025-12-11">11 December 2025</time>' in page
    assert re.search(r"Generation\s+1</a>", page)
    assert re.search(r"\d\d % <meter", page)
    assert 'action="/search"' in page


def test_each_number_leads_to_what_was_counted(site: FlaskClient) -> None:
    page = _page(site, "/?lang=en")
    counted = re.findall(r'<li><b><a href="([^"]*)">(\d+)</a></b>', page)
    assert len(counted) == 8
    for address, number in counted:
        answer = site.get(address.replace("&amp;", "&") + "&format=json", buffered=True)
        assert len({row["thing"]["value"] for row in answer.json["results"]["bindings"]}) == int(number)


def test_every_link_of_the_frame_leads_somewhere(site: FlaskClient) -> None:
    page = _page(site, "/?lang=th")
    for frame in re.findall(r"<nav.*?</nav>", page, re.DOTALL):
        for path in re.findall(r'href="(/[^"]*)"', frame):
            assert site.get(path, headers=BROWSER, buffered=True).status_code in (200, 401), path


def test_the_rounds_are_told_beside_what_sources_state(site: FlaskClient) -> None:
    page = _page(site, "/?lang=en")
    [table] = re.findall(r'<table class="rounds">.*?</table>', page, re.DOTALL)
    rows = [re.sub(r"<[^>]*>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
    assert [row[-3:] for row in rows if row[:6] == ["Areas", "certified", "in", "the", "round", "of"]] == [
        ["15", "15", "14"]
    ]
    assert [row[-3:] for row in rows if "2025" in row] == [["1", "–", "1"], ["37", "37", "25"]]


def test_the_first_page_asks_nothing_a_second_time(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(site, "/")

    def fails(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("mueang.engine.client.WorkersEngine.answer", fails)
    assert site.get("/", headers=BROWSER).headers["Mueang-Generation"] == "1"


def test_what_is_not_known_is_shown_as_not_known(site: FlaskClient) -> None:
    answer = site.get("/coverage").json
    known = {one["property"].removeprefix(BASE): one["known"] for one in answer["properties"]}
    assert (known["name-en"], known["def#inProvince"], known["def#validThrough"]) == (37, 37, 0)
    [hat_yai] = [one for one in answer["areas"] if one["area"] == f"{BASE}id/area/hat-yai"]
    assert hat_yai["statements"][f"{BASE}def#inProvince"] == 1
    assert 0.3 < answer["share"] < 0.6
    page = _page(site, "/coverage?lang=en")
    assert page.count('<td class="known">') == sum(known.values())
    assert page.count('<td class="unknown">') == 37 * len(known) - sum(known.values())


def test_two_days_are_compared(site: FlaskClient) -> None:
    answer = site.get("/changes?from=2022&to=2023").json
    assert (answer["after"], answer["until"]) == ("2022-12-31", "2023-12-31")
    assert (answer["before"]["areas"], answer["afterwards"]["areas"]) == (30, 36)
    assert answer["afterwards"]["members"] - answer["before"]["members"] == 3
    members = [one["about"].removeprefix(BASE) for one in answer["changes"] if one["part"] == "membership"]
    assert members == ["id/city/chiang-mai", "id/city/khon-kaen", "id/city/rayong"]


def test_a_year_of_the_buddhist_era_is_the_same_year(site: FlaskClient) -> None:
    ways = [
        site.get(path).json for path in ("/changes?from=2022&to=2023", "/changes?from=2565&to=2566-12-31")
    ]
    assert ways[0]["changes"] == ways[1]["changes"]


def test_changes_are_a_page_that_says_how_well_a_day_is_known(site: FlaskClient) -> None:
    page = _page(site, "/changes?from=2022&to=2023&lang=en")
    assert re.search(r'between <time datetime="2022-11-09">9 November 2022</time> and <time', page)
    assert re.search(r'by <time datetime="2023-07-27">27 July 2023</time>', page)
    assert "+6" in page
    assert "No source tells of anything in this time." in _page(site, "/changes?from=1999&to=2000&lang=en")


@pytest.mark.parametrize("days", ["from=2566-01-01&to=2565-01-01", "from=2023&to=2022", "to=2000"])
def test_days_the_wrong_way_round_are_400_and_said_to_be(site: FlaskClient, days: str) -> None:
    for language, said in (("en", "give the earlier day as from"), ("th", "ให้วันที่มาก่อนไว้ใน from")):
        answer = site.get(f"/changes?{days}&lang={language}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        page = site.get(f"/changes?{days}&lang={language}", headers=BROWSER)
        assert page.status_code == 400
        assert said in answer.json["detail"]
        assert said in page.text
    assert site.get("/changes?from=2022-11-09&to=2565-11-09").status_code == 200


@pytest.mark.parametrize("day", ["x", "2022-02-30", "", "99999", "2022-13-01", "<b>", "0000", "２０２２"])
def test_a_wrong_day_is_400_and_a_message_beside_the_form(site: FlaskClient, day: str) -> None:
    answer = site.get("/changes", query_string={"from": day})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    page = site.get("/changes", query_string={"from": day}, headers=BROWSER)
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert "<b>" not in page.text
