"""The pages and RDF of the ontology, its parts and terms, the alignments and the lists."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from mueang.engine.formats import GRAPHS
from mueang.engine.rulebook import rulebook_rows
from mueang.web.diagram import around
from mueang.web.glossary import DEF, Term, terms_in
from mueang.web.names import Called

BROWSER = {"Accept": "text/html"}
BASE = "https://w3id.org/mueang/"
PARTS = ["certification", "figures", "meetings", "networks", "places", "programmes", "records"]


class Places(HTMLParser):
    """The places a page has, how often, and the places of its own that it points at; its headings in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.headings: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if (given.get("href") or "").startswith("#"):
            self.wanted.add(str(given["href"])[1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def page_of(site: FlaskClient, path: str, language: str = "en") -> str:
    answer = site.get(path, query_string={"lang": language}, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), path
    return answer.text


def sound(page: str) -> Places:
    """The places of a page, once each is there once, what is pointed at is there, and no heading is skipped."""
    places = Places(page)
    assert len(places.ids) == len(set(places.ids))
    assert places.wanted <= set(places.ids)
    assert places.headings[0] == 1
    assert all(
        after - before <= 1 for before, after in zip(places.headings, places.headings[1:], strict=False)
    )
    return places


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path",
    ["/def", "/def/certification", "/def/SmartCityArea", "/def/inProvince", "/alignment/org", "/vocab", "/vocab/outcome"],
)  # fmt: skip
def test_a_page_about_terms_is_sound(site: FlaskClient, path: str, language: str) -> None:
    page = page_of(site, path, language)
    sound(page)
    assert f'<html lang="{language}">' in page
    assert "<script" not in page


def test_every_term_of_the_ontology_has_its_place_with_its_meaning(
    site: FlaskClient, contents: dict[str, bytes]
) -> None:
    graph = rdflib.Graph()
    for name, content in contents.items():
        if name.startswith(BASE + "graph/ontology"):
            graph.parse(data=content, format="turtle")
    terms = {str(term) for term in graph.subjects(rdflib.RDFS.isDefinedBy, rdflib.URIRef(BASE + "def"))}
    page = page_of(site, "/def")
    assert {term.removeprefix(DEF) for term in terms if term.startswith(DEF)} <= set(sound(page).ids)
    assert "Bounded area put forward to be developed as a smart city" in page or "smart-city area" in page


def test_what_is_said_of_each_term_part_alignment_and_list_stands_in_its_rdf(
    site: FlaskClient, published: Store
) -> None:
    said: dict[str, set[tuple[str, str, str]]] = {}
    for quad in published:
        document = str(quad.subject)[1:-1].partition("#")[0].removeprefix(BASE)
        if re.fullmatch(r"def|def/[a-z]+|alignment/[a-z-]+|vocab/[a-z0-9-]+", document):
            said.setdefault(document, set()).add((str(quad.subject), str(quad.predicate), str(quad.object)))
    assert len(said) > 35
    for document, statements in said.items():
        store = Store()
        store.load(site.get(f"/{document}.nt").data, format=RdfFormat.N_TRIPLES)
        given = {(str(one.subject), str(one.predicate), str(one.object)) for one in store}
        assert statements <= given, document


@pytest.mark.parametrize("path", ["def", "def/places", "def/SmartCityArea", "alignment/org", "vocab/outcome"])
@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.key)
def test_each_is_given_in_every_syntax(site: FlaskClient, path: str, one) -> None:
    answer = site.get(f"/{path}.{one.key}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, one.content_type)
    assert answer.data == site.get(f"/{path}", headers={"Accept": one.media_types[0]}).data
    store = Store()
    store.load(answer.data, format=one.oxigraph)
    assert len(store) > 5


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_the_terms_of_its_file_and_no_others(
    site: FlaskClient, part: str, contents: dict[str, bytes]
) -> None:
    graph = rdflib.Graph().parse(data=contents[f"{BASE}graph/ontology/{part}"], format="turtle")
    terms = {str(term) for term in graph.subjects(rdflib.SKOS.definition, None)}
    places = sound(page_of(site, f"/def/{part}"))
    shown = {one for one in places.ids if (DEF + one) in terms}
    assert {DEF + one for one in shown} == terms
    assert f"{part}.ttl" in page_of(site, f"/def/{part}")


def test_a_term_shows_a_real_thing_its_rules_and_the_questions_that_use_it(site: FlaskClient) -> None:
    page = page_of(site, "/def/certifiedArea")
    assert re.search(r'href="/id/certification/[\w-]+', page)
    assert "/shapes/C01" in page
    assert "/questions/areas-of-a-round" in page
    assert "one at most" in page


def test_each_reader_has_the_names_in_their_own_language(site: FlaskClient) -> None:
    for language, name in (("th", "ผู้รับรอง"), ("en", "certified by"), ("th", "ผู้รับรอง")):
        assert f">{name}</text>" in page_of(site, "/def/Certification", language)


def test_the_terms_that_hold_a_word_are_found_without_script(site: FlaskClient) -> None:
    found = site.get("/def", query_string={"q": "emblem", "lang": "en"}, headers=BROWSER).text
    assert 'id="CertificationScheme"' in found
    assert 'id="Meeting"' not in found
    nothing = site.get("/def", query_string={"q": "<b>x", "lang": "en"}, headers=BROWSER).text
    assert "No term has these words" in nothing
    assert "<b>x" not in nothing


@pytest.mark.parametrize("path", ["/def/nope", "/alignment/nope", "/vocab/nope", "/def/nope.ttl"])
def test_what_is_no_term_is_404(site: FlaskClient, path: str) -> None:
    assert site.get(path, headers=BROWSER).status_code == 404
    assert site.get(path, headers={"Accept": "text/turtle"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "alike"),
    [("/def/smartcityarea", "/def/SmartCityArea"), ("/alignment/orgs", "/alignment/org"), ("/vocab/outcomes", "/vocab/outcome")],
)  # fmt: skip
def test_a_misspelt_name_is_told_what_looks_like_it(site: FlaskClient, path: str, alike: str) -> None:
    assert (
        alike in site.get(f"{path}?lang=en", headers={"Accept": "text/turtle"}).get_json(force=True)["detail"]
    )


def test_the_drawing_of_a_class_says_in_words_what_it_shows(site: FlaskClient) -> None:
    page = page_of(site, "/def/AdministrativeUnit")
    words = re.search("<desc[^>]*>([^<]*)</desc>", page)
    assert words
    assert "a kind of feature" in words[1]
    assert "its kinds: district, local authority area, province, subdistrict" in words[1]
    assert "part of unit to administrative unit" in words[1]
    texts = re.findall("<text[^>]*>([^<]*)</text>", page)
    assert {"province", "part of unit", "governed by"} <= set(texts)


class _Keys:
    """Names that are the last part of an IRI."""

    def of(self, iri: str) -> Called:
        return Called(iri.rpartition("/")[2], "")


def _fan(properties: int) -> Iterator[Term]:
    for number in range(properties):
        one = Term(f"x/p{number}", "x", values=["x/Centre"], sources=[f"x/From{number}"])
        yield one


def test_a_drawing_keeps_its_boxes_apart_and_within_its_height(site: FlaskClient) -> None:
    centre = Term("x/Centre", "x")
    centre.links["above"] = ["x/A", "x/B", "x/C"]
    with site.application.test_request_context("/?lang=en"):
        for properties in (1, 2, 8, 9, 30):
            terms = {one.iri: one for one in [centre, *_fan(properties)]}
            drawing = around(centre, terms, _Keys())  # type: ignore[arg-type]
            assert drawing
            for one in drawing.boxes:
                assert one.y >= 0
                assert one.y + one.height <= drawing.height
                others = [box for box in drawing.boxes if box.x == one.x and box.y > one.y]
                assert all(one.y + one.height < box.y for box in others)
            assert (drawing.boxes[-1].lines[0].text == f"and {properties - 7} more") == (properties > 8)


def test_a_term_that_is_no_longer_used_says_what_replaces_it(site: FlaskClient, monkeypatch) -> None:
    from mueang.web import terms

    old, new = Term(DEF + "liesInProvince", BASE + "graph/ontology/places"), Term(DEF + "inProvince", "")
    old.words |= {
        "label": {"en": "lies in"},
        "definition": {"en": "Where it lies."},
        "deprecated": {"": "true"},
    }
    old.links["replacement"] = [new.iri]
    monkeypatch.setattr(terms, "kept", lambda name, make: {old.iri: old} if name == "glossary" else make())
    for path in ("/def/liesInProvince", "/def"):
        page = page_of(site, path)
        assert "No longer used." in page
        assert re.search('href="[^"]*#inProvince"', page)


def test_a_list_shows_every_value_with_its_meaning_in_its_order(site: FlaskClient) -> None:
    page = page_of(site, "/vocab/outcome")
    keys = [
        one
        for one in Places(page).ids
        if one in ("acknowledged", "approved", "considered", "deferred", "rejected")
    ]
    assert keys == ["acknowledged", "approved", "considered", "deferred", "rejected"]
    assert "The meeting took note of what was reported to it" in page
    assert re.search(r'href="/id/decision/[\w-]+', page)
    assert "tsc:outcome" in page


def test_the_list_of_lists_names_them_all(site: FlaskClient, contents: dict[str, bytes]) -> None:
    lists = {name.removeprefix(BASE + "graph/vocab/") for name in contents if "/graph/vocab/" in name}
    page = page_of(site, "/vocab")
    assert set(re.findall(r'href="/vocab/([\w-]+)\?', page)) >= lists
    assert "addresses dimension" in page
    assert "in dimension" in page


def test_the_rdf_of_a_list_holds_its_values(site: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=site.get("/vocab/outcome.nt").data, format="nt")
    values = set(graph.subjects(rdflib.SKOS.inScheme, rdflib.URIRef(BASE + "vocab/outcome")))
    assert len(values) == 5
    assert all(graph.value(one, rdflib.SKOS.definition) for one in values)


def test_a_query_names_terms_in_full_and_by_the_prefixes_it_declares() -> None:
    text = """PREFIX c: <https://w3id.org/mueang/def#>
        SELECT ?tsc { ?x c:inProvince ?y ; a tsc:City ; <https://w3id.org/mueang/def#City> "a:b" . FILTER(?x:y) }"""
    assert terms_in(text) >= {DEF + "inProvince", DEF + "City"}
    assert not {one for one in terms_in("SELECT ?x { ?x ex:no ?y }") if "ex:" in one or one.endswith("no")}


def test_what_properties_lead_from_comes_from_the_axioms() -> None:
    ends = {
        (row["term"]["value"], row["end"]["value"], row["class"]["value"])
        for row in rulebook_rows("term-ends")
    }
    assert (DEF + "certifiedArea", "from", DEF + "Certification") in ends
    assert (DEF + "attestedOn", "from", DEF + "OfficeHolding") in ends


@pytest.mark.parametrize(
    ("version", "document"),
    [("def/0.1.0", "def"), ("def/0.1.0/places", "def/places"), ("def/0.1.0/vocab/outcome", "vocab/outcome")],
)
def test_the_iri_of_the_version_of_today_leads_to_the_document(
    site: FlaskClient, version: str, document: str
) -> None:
    assert site.get(f"/{version}").headers["Location"] == f"/{document}"
    assert site.get(f"/{version}.ttl?lang=en").headers["Location"] == f"/{document}.ttl?lang=en"
    assert site.get("/def/0.0.1/places").status_code == 404
