"""The pages to ask on: names, views of an answer, why it is empty, permanent links, code, citations, choices."""

import ast
import json
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from mueang.errors import MueangError
from mueang.web import permanent
from mueang.web.chart import chart_of
from mueang.web.columns import columns_shown
from mueang.web.permanent import Link, keep, kept_link
from mueang.web.programs import programs

BROWSER = {"Accept": "text/html"}
TRICKY = 'SELECT * {\n ?s ?p "it\'s $HOME `x` \\"q\\" เมือง"@th\n}'
XSD = "http://www.w3.org/2001/XMLSchema#"


def page(site: FlaskClient, query: str, **more: str) -> str:
    answer = site.get(f"/sparql?{urlencode({'query': query, 'lang': 'en', **more})}", headers=BROWSER)
    assert answer.status_code == 200, answer.text
    return answer.text


def drawing(text: str) -> ET.Element:
    """The chart of a page."""
    figure = text.partition('<figure class="chart">')[2]
    return ET.fromstring("<svg" + figure.partition("<svg")[2].partition("</svg>")[0] + "</svg>")  # noqa: S314


@pytest.mark.parametrize(("part", "short"), [("อัจฉริยะ", "tsc:SmartCityArea"), ("IN PROVINCE", "tsc:inProvince"), ("หาดใหญ่", "area:hat-yai"), ("th-83", "province:TH-83")])  # fmt: skip
def test_a_part_of_a_name_or_code_finds_terms_and_things(site: FlaskClient, part: str, short: str) -> None:
    answer = site.get("/sparql/names", query_string={"q": part})
    assert answer.headers["Mueang-Generation"] == "1"
    assert short in [one["short"] for one in answer.json]
    assert len(answer.json) <= 20


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?x a tsc:SmartCityAreas }", "did you mean tsc:SmartCityArea ("),
        ("SELECT * { <https://w3id.org/mueang/id/area/no-such-place> ?p ?o }", "there is no &lt;https:"),
        ('SELECT * { ?x skos:prefLabel "ระยอง" }', "@th"),
        ('SELECT * { ?x skos:prefLabel "ยะลาเมือง"@th }', "CONTAINS"),
        ('SELECT * { ?x a tsc:SmartCityArea ; skos:prefLabel ?n FILTER(LANG(?n) = "en" && 1 = 2) }', "in Thai only"),
        ('SELECT * { ?x tsc:heldOn ?d FILTER(?d < "2015-01-01"^^xsd:date) }', "the facts in the graph begin on"),
        ('SELECT * { ?x tsc:heldOn ?d FILTER(YEAR(?d) = 2565) }', "may be meant as 2022"),
        ('SELECT * { ?x skos:prefLabel ?n FILTER(LANG(?n) = "th-TH") }', "not th-th"),
    ],
)  # fmt: skip
def test_an_empty_answer_is_explained(site: FlaskClient, query: str, said: str) -> None:
    text = page(site, query)
    assert "This may be why" in text
    assert said.lower() in text.lower().replace("&#34;", '"')


def test_an_answer_is_not_explained_away(site: FlaskClient) -> None:
    assert "This may be why" not in page(site, "SELECT * { ?x a tsc:SmartCityArea }")
    assert "This may be why" not in page(site, "ASK { ?x a tsc:SmartCityArea }")


def test_a_chart_has_a_title_a_description_and_a_bar_for_each_number(site: FlaskClient) -> None:
    text = site.get("/questions/provinces-of-a-round?view=chart&lang=en", headers=BROWSER).text
    svg = drawing(text)
    rows = site.get("/questions/provinces-of-a-round.json").json["results"]["bindings"]
    assert len(svg.findall(".//rect")) == len(rows)
    assert [svg.find("title") is not None, svg.find("desc") is not None] == [True, True]
    assert "<table>" in text
    assert ">Phitsanulok</text>" in text


def test_a_map_marks_the_provinces_of_an_answer(site: FlaskClient) -> None:
    text = site.get("/questions/provinces-of-a-round?view=map&lang=en", headers=BROWSER).text
    assert 'href="/id/province/TH-65?lang=en" aria-label="Phitsanulok: 1 row"' in text
    assert "view=map" not in site.get("/questions/round-totals?lang=en", headers=BROWSER).text


def test_a_view_that_an_answer_has_not_is_its_table(site: FlaskClient) -> None:
    text = page(site, "ASK {}", view="chart")
    assert 'class="chart"' not in text
    assert "Yes" in text


@pytest.mark.parametrize("value", ["-3", "INF", "NaN", "x"])
def test_what_is_no_length_is_not_drawn(value: str) -> None:
    rows = [{"n": {"type": "literal", "datatype": f"{XSD}double", "value": value}}]
    assert chart_of(columns_shown(["n"], "en"), rows) is None


def test_nothing_but_noughts_can_be_drawn(site: FlaskClient) -> None:
    assert 'class="chart"' in page(site, "SELECT ?n { VALUES ?n { 0 } }", view="chart")


def test_a_cell_is_written_for_people_and_never_as_mark_up(site: FlaskClient) -> None:
    text = page(site, 'SELECT ?d ?n ?t ?i { VALUES (?d ?n ?t ?i) { ("2022-11-09"^^xsd:date 20000000 "<b>&"@th <javascript:alert(1)>) } }')  # fmt: skip
    assert '<time datetime="2022-11-09">9 November 2022</time>' in text
    assert '<td class="number">20,000,000</td>' in text
    assert '<bdi lang="th">&lt;b&gt;&amp;</bdi>' in text
    assert 'href="javascript' not in text


def test_a_link_is_short_and_answers_from_its_generation(site: FlaskClient) -> None:
    query = "SELECT * { ?area a tsc:SmartCityArea } LIMIT 3"
    made = site.post("/ask?lang=en", data={"query": query})
    assert made.status_code == 303
    assert len(made.location) < len("/ask/0123456789?lang=en") + 1
    assert site.post("/ask?lang=en", data={"query": query, "generation": "1"}).location == made.location
    text = site.get(made.location, headers=BROWSER).text
    assert "answers from generation 1" in text
    path = made.location.partition("?")[0]
    assert site.get(f"{path}.csv").text.count("\n") == 4
    assert site.get(path, headers={"Accept": "application/sparql-results+json"}).json["head"]["vars"] == [
        "area"
    ]
    for suffix in ("xlsx", "ttl"):
        with site.get(f"{path}.{suffix}") as given:
            assert given.status_code in (200, 406)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"query": "SELECT nonsense"}, 400),
        ({"query": "ASK {}", "generation": "99"}, 404),
        ({"query": "ASK {} #" + "x" * 10_000}, 400),
        ({"query": ["ASK {}", "ASK {}"]}, 400),
    ],
)
def test_only_what_can_be_answered_gets_a_link(site: FlaskClient, form: dict[str, str], status: int) -> None:
    assert site.post("/ask", data=form).status_code == status


@pytest.mark.parametrize("key", ["nope", "aaaaaaaaaa", "..%2f..%2fcurrent", "a" * 400, "AAAAAAAAAA"])
def test_a_link_nobody_made_is_not_found(site: FlaskClient, key: str) -> None:
    assert site.get(f"/ask/{key}").status_code == 404


def test_links_have_room_only_for_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permanent, "_MOST_PER_FOLDER", 0)
    with pytest.raises(MueangError) as refused:
        keep(tmp_path, Link("ASK {}", 1))
    assert refused.value.status == 507
    monkeypatch.undo()
    key = keep(tmp_path, Link("ASK {}", 1))
    assert kept_link(tmp_path, key) == Link("ASK {}", 1)
    (tmp_path / "links" / key[:2] / f"{key}.json").write_text("{")
    with pytest.raises(MueangError):
        kept_link(tmp_path, key)


def test_code_has_the_query_whole_in_every_quoting() -> None:
    code = {one.name: one.text for one in programs("http://127.0.0.1:1/sparql", {"query": TRICKY})}
    assert f"query={TRICKY}" in shlex.split(code["curl"].replace("\\\n", " "))
    tree = ast.parse(code["Python"])
    assert TRICKY in [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    for name in ("R", "JavaScript"):
        assert json.dumps(TRICKY, ensure_ascii=False) in code[name]
    assert urlencode({"query": TRICKY}) in code["Excel"]


def test_a_question_offers_the_things_of_the_graph_and_keeps_what_was_chosen(site: FlaskClient) -> None:
    text = site.get("/questions/status-of-an-area?area=hat-yai&date=2023-01-01&lang=en", headers=BROWSER).text
    assert '<option value="hat-yai" selected>' in text
    assert '<option value="nakhon-rayong">' in text
    assert 'value="2023-01-01" type="date"' in text
    odd = site.get("/questions/status-of-an-area?area=no-such&lang=en", headers=BROWSER).text
    assert 'name="area" value="no-such"' in odd


def test_an_answer_names_what_to_cite(site: FlaskClient) -> None:
    text = site.get("/questions/areas-of-a-round?cohort=round-2022&lang=en", headers=BROWSER).text
    cite = text.partition('id="citation"')[2].partition("</section>")[0]
    for part in (
        "generation 1",
        "CC BY 4.0",
        "cohort=round-2022&amp;generation=1",
        "9 November 2022",
        "/id/source/article-2022-11-09",
    ):
        assert part in cite
    again = site.get("/questions/areas-of-a-round?cohort=round-2022&generation=1&format=json")
    assert again.headers["Mueang-Generation"] == "1"
    assert site.get("/questions/areas-of-a-round?generation=9").status_code == 404


def test_every_question_is_in_the_gallery_once(site: FlaskClient) -> None:
    text = site.get("/questions?lang=en", headers=BROWSER).text
    for one in site.get("/questions").json:
        assert text.count(f'"/questions/{one["name"]}?lang=en"') == 1
        assert one["tags"]


def test_a_saved_question_can_be_begun_with(site: FlaskClient) -> None:
    text = site.get("/sparql?question=round-totals&lang=en", headers=BROWSER).text
    assert "VALUES ?cohort" in text
    assert "#+" not in text
    assert 'id="answered"' not in text
    assert site.get("/sparql?question=nope", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("path", ["/sparql", "/questions/round-totals"])
def test_only_scripts_of_ours_may_run_and_the_page_is_light(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers=BROWSER)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert len(answer.data) < 60_000
