"""VoID: the numbers are those of the graph, and what leads out of it has the right form."""

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store

VOID = "http://rdfs.org/ns/void#"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ALL = "https://w3id.org/mueang/graph/meta#all"
SITE = "http://127.0.0.1:8000"
FORMS = {
    "http://www.wikidata.org/entity/": re.compile(r"Q[1-9][0-9]*"),
    "https://sws.geonames.org/": re.compile(r"[1-9][0-9]*/"),
}


@pytest.fixture
def void(site: FlaskClient) -> Store:
    store = Store()
    store.load(site.get("/void.nt").data, format=RdfFormat.N_TRIPLES)
    return store


def _number(store: Store, query: str) -> int:
    (row,) = store.query(query, use_default_graph_as_union=True)
    return int(row[0].value)


def _values(store: Store, subject: str, predicate: str) -> list[str]:
    return [
        one.object.value for one in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
    ]


@pytest.mark.parametrize(
    ("term", "query"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"),
        ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
    ],
    ids=["triples", "subjects", "objects", "properties", "classes"],
)
def test_a_number_is_that_of_the_graph(void: Store, published: Store, term: str, query: str) -> None:
    assert _values(void, ALL, VOID + term) == [str(_number(published, query))]


def test_parts_by_property_add_up_and_parts_by_class_and_graph_are_counted(
    void: Store, published: Store
) -> None:
    uses = {
        _values(void, part, VOID + "property")[0]: int(_values(void, part, VOID + "triples")[0])
        for part in _values(void, ALL, VOID + "propertyPartition")
    }
    assert sum(uses.values()) == int(_values(void, ALL, VOID + "triples")[0])
    for part in _values(void, ALL, VOID + "classPartition"):
        (of,), (told,) = _values(void, part, VOID + "class"), _values(void, part, VOID + "entities")
        assert int(told) == _number(published, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{of}> }}"), of
    held = {graph: _values(void, graph, VOID + "triples") for graph in _values(void, ALL, VOID + "subset")}
    for graph in {quad.graph_name for quad in published}:
        assert held[graph.value] == [str(len(list(published.quads_for_pattern(None, None, None, graph))))]


def test_it_names_where_to_ask_and_to_fetch_and_something_that_is_there(
    void: Store, site: FlaskClient
) -> None:
    assert _values(void, ALL, VOID + "sparqlEndpoint") == [f"{SITE}/sparql"]
    dumps = sorted(_values(void, ALL, VOID + "dataDump"))
    assert dumps == [f"{SITE}/generations/1/dump.{key}.gz" for key in ("nq", "trig")]
    (example,) = _values(void, ALL, VOID + "exampleResource")
    with site.get(example.removeprefix("https://w3id.org/mueang") + ".nt") as answer:
        assert answer.status_code == 200
    assert "https://w3id.org/mueang/def#" in _values(void, ALL, VOID + "vocabulary")


def test_each_linkset_has_the_links_that_are_told_and_the_catalogue_agrees(
    void: Store, published: Store
) -> None:
    linksets = [
        one for one in _values(void, ALL, VOID + "subset") if _values(void, one, VOID + "linkPredicate")
    ]
    found = {
        (_values(void, one, DCTERMS + "source")[0], _values(void, one, VOID + "linkPredicate")[0]): one
        for one in linksets
    }
    for name, number in (("geonames", 77), ("wikidata", 79)):
        graph = f"https://w3id.org/mueang/graph/link/{name}"
        one = found[graph, SKOS + "exactMatch"]
        assert _values(void, one, VOID + "triples") == [str(number)]
        said = published.quads_for_pattern(NamedNode(graph), NamedNode(VOID + "triples"), None, None)
        assert {quad.object.value for quad in said} == {str(number)}


def test_links_out_have_the_form_of_their_target_and_lead_from_one_thing_to_one_thing(
    published: Store,
) -> None:
    links = [
        (quad.subject.value, quad.object.value)
        for quad in published.quads_for_pattern(None, NamedNode(SKOS + "exactMatch"), None, None)
        if quad.graph_name.value.startswith("https://w3id.org/mueang/graph/link/")
    ]
    assert len(links) == 156
    for space, form in FORMS.items():
        those = [(thing, link) for thing, link in links if link.startswith(space)]
        assert all(form.fullmatch(link.removeprefix(space)) for _, link in those)
        assert len({thing for thing, _ in those}) == len({link for _, link in those}) == len(those) >= 77
    assert all(link.startswith(tuple(FORMS)) for _, link in links)


def test_iso_codes_have_their_form_and_are_of_one_province_each(published: Store) -> None:
    rows = published.query(
        """PREFIX tsc: <https://w3id.org/mueang/def#>
        SELECT DISTINCT ?province ?code { ?province a tsc:Province ; tsc:isoCode ?code }""",
        use_default_graph_as_union=True,
    )
    found = [(row["province"].value, row["code"].value) for row in rows]
    assert len(found) == len({code for _, code in found}) == len({province for province, _ in found}) == 77
    assert all(re.fullmatch(r"TH-[1-9][0-9]", code) for _, code in found)
    assert all(province.endswith(f"/{code}") for province, code in found)


def test_the_well_known_address_and_browsers_are_led_on(site: FlaskClient) -> None:
    answer = site.get("/.well-known/void?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/void?lang=en")
    answer = site.get("/void?lang=en", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/catalog?lang=en#counted")
    assert site.get("/void", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"


def test_counting_is_done_once_for_a_generation(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.get("/void.ttl")

    def refuse(*_: object) -> None:
        raise AssertionError("counted again")

    monkeypatch.setattr("mueang.web.catalog.assembled", refuse)
    again = site.get("/void.ttl?something=else")
    assert (again.status_code, again.data) == (200, first.data)
