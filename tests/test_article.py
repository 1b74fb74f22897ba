"""The article of 9 November 2022 is in the graph completely, and in its own words."""

import csv
import re
import unicodedata
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode

import register_ids

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
BASE = "https://w3id.org/mueang/"
ARTICLE = NamedNode(f"{BASE}id/source/article-2022-11-09")
SKOS = "http://www.w3.org/2004/02/skos/core#"
IN_REGISTER = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    f"{SKOS}prefLabel",
    f"{SKOS}editorialNote",
    f"{BASE}def#inProvince",
    f"{BASE}def#countryCode",
    f"{BASE}def#nameNotEstablishedIn",
}
# Page furniture that stood around the text and is not part of the article.
FURNITURE = ("Send this to a friend", "Related Posts")


def term(name: str) -> NamedNode:
    return NamedNode(f"{BASE}def#{name}")


def read(path: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    return store


def main_claim(number: int) -> NamedNode:
    return NamedNode(f"{BASE}id/claim/2022-11-09-{number}")


@pytest.fixture(scope="module")
def article() -> pyoxigraph.Store:
    return read(DATA / "source" / "article-2022-11-09.ttl")


@pytest.fixture(scope="module")
def quotes() -> dict[int, str]:
    path = Path(__file__).parent / "expected" / "article-quotes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["claim_no"]): row["quote_th"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def printed_names(quotes) -> list[str]:
    return [quotes[number] for number in range(15, 30)]


@pytest.fixture(scope="module")
def registered() -> list[tuple[str, str]]:
    return register_ids.registered_keys(register_ids.REGISTER)


def objects(store: pyoxigraph.Store, subject: NamedNode | None, predicate: NamedNode) -> list:
    return [quad.object for quad in store.quads_for_pattern(subject, predicate, None)]


def test_the_quotes_to_compare_with_are_the_57_of_the_reading(quotes):
    assert sorted(quotes) == list(range(1, 58))
    assert all(quotes.values())


@pytest.mark.parametrize("name", ["verbatim", "itemText"])
def test_the_article_is_quoted_word_for_word(article, quotes, name):
    texts = [text.value for text in objects(article, None, term(name))]
    assert texts
    assert [text for text in texts if not any(text in quote for quote in quotes.values())] == []


@pytest.mark.parametrize("number", range(1, 58))
def test_each_claim_is_there_once_with_its_quote_and_its_source(article, quotes, number):
    claim = main_claim(number)
    assert [int(found.value) for found in objects(article, claim, term("claimNumber"))] == [number]
    assert [text.value for text in objects(article, claim, term("verbatim"))] == [quotes[number]]
    assert objects(article, claim, term("statedIn")) == [ARTICLE]
    assert len(objects(article, claim, term("claimSubject"))) == 1
    assert len(objects(article, claim, term("claimProperty"))) == 1


def test_every_other_claim_belongs_to_a_main_claim(article):
    claims = list(article.quads_for_pattern(None, term("claimNumber"), None))
    assert len(claims) > 57
    for quad in claims:
        number = int(quad.object.value)
        assert re.fullmatch(rf"{re.escape(main_claim(number).value)}(-[a-z]+)?", quad.subject.value)
        assert 1 <= number <= 57


def test_what_the_claims_are_about_is_in_the_article_s_own_graph(article):
    subjects = {quad.object for quad in article.quads_for_pattern(None, term("claimSubject"), None)}
    assert subjects
    assert [s for s in subjects if not list(article.quads_for_pattern(s, None, None))] == []


def test_a_claim_with_an_object_stands_beside_the_triple_it_supports(article):
    rows = list(
        article.query(
            f"PREFIX tsc: <{BASE}def#> SELECT ?c ?s ?p ?o WHERE {{ ?c tsc:claimSubject ?s ; "
            "tsc:claimProperty ?p ; tsc:claimObject ?o ; tsc:claimBasis ?b . "
            "FILTER NOT EXISTS { ?c tsc:disagreesWith [] } FILTER (!STRENDS(STR(?b), 'from-name')) }"
        )
    )
    assert rows
    unsupported = [r["c"].value for r in rows if not list(article.quads_for_pattern(r["s"], r["p"], r["o"]))]
    assert unsupported == []


@pytest.mark.parametrize("text", FURNITURE)
def test_page_furniture_is_nowhere_in_the_data(text):
    files = [path for path in DATA.rglob("*") if path.suffix in {".ttl", ".csv"}]
    assert files
    assert [path.name for path in files if text.lower() in path.read_text(encoding="utf-8").lower()] == []


def test_the_misprint_of_the_article_stays_in_quotes():
    files = sorted(DATA.rglob("*.ttl"))
    assert files
    quads = [quad for path in files for quad in read(path) if "ประทรวง" in quad.object.value]
    assert quads
    assert {quad.predicate for quad in quads} == {term("verbatim")}


def test_the_fifteen_printed_names_are_the_preferred_labels(article, printed_names):
    areas = read(DATA / "register" / "areas.ttl")
    claimed = [objects(article, main_claim(number), term("claimObject"))[0] for number in range(15, 30)]
    labels = [objects(areas, area, NamedNode(f"{SKOS}prefLabel")) for area in claimed]
    assert len(set(printed_names)) == 15
    for name, found in zip(printed_names, labels, strict=True):
        assert Literal(name, language="th") in found


def test_a_nominee_is_no_member_in_the_article(article):
    nominees = set(objects(article, None, term("nominee")))
    members = set(objects(article, None, term("memberCity")))
    assert len(nominees) == 4
    assert len(members) == 3
    assert nominees.isdisjoint(members)


def test_everything_described_is_registered_and_everything_registered_is_described(registered):
    described = register_ids.described_keys(DATA)
    assert described
    assert sorted(described - set(registered)) == []
    assert sorted(set(registered) - described) == []


def test_no_key_is_minted_twice(registered):
    assert registered
    assert len(registered) == len(set(registered))


def test_a_minted_key_is_a_plain_slug(registered):
    assert registered
    assert [key for _, key in registered if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_registering_again_appends_nothing_and_keeps_every_row(tmp_path):
    copy = tmp_path / "ids.csv"
    before = register_ids.REGISTER.read_text(encoding="utf-8")
    first, *rest = before.splitlines(keepends=True)[1:]
    copy.write_text(before.removesuffix(rest[-1]), encoding="utf-8")
    added = register_ids.append_new_keys(DATA, copy, register_ids.datetime.date(2030, 1, 1))
    assert [",".join(added[0])] == [rest[-1].rsplit(",", 1)[0]]
    assert len(added) == 1
    assert copy.read_text(encoding="utf-8").splitlines(keepends=True)[1] == first
    assert register_ids.append_new_keys(DATA, copy, register_ids.datetime.date(2030, 1, 2)) == []


def test_every_label_of_the_data_is_composed_unicode():
    files = sorted(DATA.rglob("*.ttl"))
    assert files
    texts = [quad.object.value for path in files for quad in read(path) if isinstance(quad.object, Literal)]
    assert texts
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []


@pytest.mark.parametrize("name", ["areas", "cities"])
def test_the_register_says_no_more_than_who_is_who(name):
    quads = list(read(DATA / "register" / f"{name}.ttl"))
    assert quads
    assert {quad.predicate.value for quad in quads} <= IN_REGISTER


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.ttl")), ids=lambda path: path.stem)
def test_the_register_alone_names_areas_and_cities(path):
    named = {
        quad.subject.value
        for quad in read(path).quads_for_pattern(None, NamedNode(f"{SKOS}prefLabel"), None)
        if quad.subject.value.startswith((f"{BASE}id/area/", f"{BASE}id/city/"))
    }
    assert bool(named) == (path.parent.name == "register")
