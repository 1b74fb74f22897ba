"""The rules as pages and as RDF: all of them, each with the examples that the tests hold it to."""

import re
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic
from rdflib.namespace import SH

from mueang.check.shacl import Shapes
from mueang.engine.formats import GRAPHS
from mueang.engine.rulebook import rulebook_rows
from mueang.graph.catalogue import shape_files
from mueang.web.rules import _written
from test_terms import page_of, sound

BROWSER = {"Accept": "text/html"}
CASES = Path(__file__).parent / "cases"
RULES = [row["id"]["value"] for row in rulebook_rows("rules")]


def test_the_page_lists_every_rule_with_what_to_do(site: FlaskClient) -> None:
    page = page_of(site, "/shapes")
    assert set(RULES) <= set(sound(page).ids)
    assert "Say of each certification which area it is for and under which scheme." in page
    assert f"{len(RULES)} of {len(RULES)} rules" in page


def test_every_identifier_of_a_shape_is_a_rule_or_a_part_of_one(site: FlaskClient, shapes: Shapes) -> None:
    identifiers = {str(one) for one in shapes.graph.objects(None, rdflib.DCTERMS.identifier)}
    parts = {one for one in identifiers if "-" in one}
    assert identifiers - parts == set(RULES)
    for part in parts:
        answer = site.get(f"/shapes/{part}?lang=en", headers=BROWSER)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/shapes/{part.partition('-')[0]}?lang=en#{part}"
        assert f'id="{part}"' in site.get(f"/shapes/{part.partition('-')[0]}", headers=BROWSER).text


@pytest.mark.parametrize("rule", ["C01", "F11", "G05", "O02", "S10", "T01"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_rule_has_a_page_with_what_it_looks_at_and_its_examples(
    site: FlaskClient, rule: str, language: str
) -> None:
    page = page_of(site, f"/shapes/{rule}", language)
    sound(page)
    bad, good = (next((CASES / kind).glob(f"{rule}-*")) for kind in ("broken", "valid"))
    assert bad.name in page
    assert good.name in page
    assert "# breaks" not in page
    assert "{?value}" not in page.partition("<pre")[0]


def test_every_rule_has_a_page_in_words_without_blanks(site: FlaskClient) -> None:
    for rule in RULES:
        answer = site.get(f"/shapes/{rule}", headers=BROWSER)
        assert answer.status_code == 200, rule
        assert not re.search(r"\{[?$]\w+\}", re.sub("(?s)<pre.*?</pre>", "", answer.text)), rule


def test_an_example_can_be_checked_from_the_page(site: FlaskClient) -> None:
    page = page_of(site, "/shapes/C01")
    text = re.search(r'<textarea name="text" hidden>\n([^<]*)</textarea>', page)
    assert text
    sent = text[1].replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')
    answer = site.post("/validate?lang=en", data={"text": sent}, headers=BROWSER)
    assert answer.status_code == 200
    assert "C01" in answer.text


def test_rules_are_found_by_a_word_a_term_and_their_severity(site: FlaskClient) -> None:
    def found(**asked: str) -> set[str]:
        page = site.get("/shapes", query_string={"lang": "en"} | asked, headers=BROWSER).text
        return set(re.findall('<tr id="([A-Z][0-9]+)">', page))

    assert {"F10"} <= found(q="F10") < set(RULES)
    assert "C01" in found(q="certifiedArea")
    assert found(severity="Info") == {"G07", "T06"} & set(RULES) | found(severity="Info")
    assert found(severity="Warning") & found(severity="Violation") == set()
    assert found(q="nothing has this") == set()


def test_what_is_shown_of_a_rule_is_turtle_of_its_files(shapes: Shapes) -> None:
    prefixes = "".join(
        f"{line}\n"
        for path in shape_files()
        for line in path.read_text(encoding="utf-8").splitlines()
        if line[:7] == "@prefix"
    )
    for rule in RULES:
        graph = rdflib.Graph().parse(data=prefixes + _written(rule), format="turtle")
        subject = rdflib.URIRef(f"https://w3id.org/mueang/shapes#{rule}")
        assert (subject, rdflib.RDF.type, SH.NodeShape) in graph, rule
        assert {str(one) for one in graph.objects(subject, SH.message)} == {
            str(one) for one in shapes.graph.objects(subject, SH.message)
        }


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_the_rules_are_given_in_every_syntax(site: FlaskClient, one) -> None:
    answer = site.get(f"/shapes.{one.key}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type)
    assert (
        site.get("/shapes", headers={"Accept": one.media_types[0]}).headers["Content-Type"]
        == one.content_type
    )


def test_every_syntax_says_the_same(site: FlaskClient) -> None:
    said = [
        rdflib.Graph().parse(data=site.get(f"/shapes.{key}").data, format=name)
        for key, name in (("ttl", "turtle"), ("nt", "nt"))
    ]
    assert len(said[0]) == len(said[1]) > 4000
    smaller = [_about(graph, "C02") for graph in said]
    assert isomorphic(*smaller)


def _about(graph: rdflib.Graph, rule: str) -> rdflib.Graph:
    found = rdflib.Graph()
    for shape in (rule, f"{rule}-when", f"{rule}-kind"):
        found += graph.cbd(rdflib.URIRef(f"https://w3id.org/mueang/shapes#{shape}"))
    return found


def test_the_rules_are_no_part_of_the_graph_that_is_asked(site: FlaskClient) -> None:
    query = "ASK { ?s a <http://www.w3.org/ns/shacl#NodeShape> }"
    assert site.get("/sparql", query_string={"query": query, "format": "json"}).get_json()["boolean"] is False


def test_programs_that_ask_for_one_rule_are_sent_to_all(site: FlaskClient) -> None:
    answer = site.get("/shapes/C01", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/shapes")
    assert site.get("/shapes/nope", headers=BROWSER).status_code == 404
    assert site.get("/shapes.nope").status_code == 406
