"""The reference data agree with themselves, and every graph of `data/` says where it comes from."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat

DATA = Path(__file__).resolve().parent.parent / "data"
BASE = "https://w3id.org/mueang/"
GRAPH = f"{BASE}graph/"
LINKS = {
    "wikidata": re.compile(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*"),
    "geonames": re.compile(r"https://sws\.geonames\.org/[1-9][0-9]*/"),
}
PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX network: <https://w3id.org/mueang/id/network/>
PREFIX nomination: <https://w3id.org/mueang/id/nomination/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tsc: <https://w3id.org/mueang/def#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX city: <https://w3id.org/mueang/id/city/>
PREFIX vindicator: <https://w3id.org/mueang/vocab/indicator/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

Point = tuple[float, float]
Ring = list[Point]


def graph_of(path: Path) -> str:
    """The name of the graph that a file of `data/` holds."""
    relative = path.relative_to(DATA).with_suffix("").as_posix()
    return GRAPH + ("meta" if relative == "catalog" else relative)


GRAPHS = {graph_of(path): path for path in sorted(DATA.rglob("*.ttl"))}


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    loaded = pyoxigraph.Store()
    for name, path in GRAPHS.items():
        loaded.load(path=path, format=RdfFormat.TURTLE, to_graph=NamedNode(name))
    return loaded


def ask(store: pyoxigraph.Store, select: str) -> list[tuple[str, ...]]:
    """The rows of a query over all graphs together, as plain text."""
    rows = store.query(PREFIXES + select, use_default_graph_as_union=True)
    return [tuple(term.value for term in row) for row in rows]


def rings_of(wkt: str) -> list[Ring]:
    """Every ring of a polygon or multipolygon, holes among them: even-odd counting needs no more."""
    pairs = [[number.split() for number in ring.split(",")] for ring in re.findall(r"\(([^()]+)\)", wkt)]
    return [[(float(x), float(y)) for x, y in ring] for ring in pairs]


def is_inside(point: Point, rings: list[Ring]) -> bool:
    """Whether a ray from the point eastwards crosses the rings an odd number of times."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def test_the_77_provinces_have_codes_of_their_own_that_agree(store):
    codes = ask(store, "SELECT ?p ?iso ?dopa { ?p a tsc:Province ; tsc:isoCode ?iso ; tsc:dopaCode ?dopa }")
    assert len(codes) == 77
    for column in zip(*codes, strict=True):
        assert len(set(column)) == 77
    assert [row for row in codes if row[0] != f"{BASE}id/province/{row[1]}" or row[1] != f"TH-{row[2]}"] == []


def test_every_province_but_bangkok_has_its_capital_district(store):
    rows = ask(
        store,
        "SELECT ?province ?code { ?p a tsc:Province ; tsc:dopaCode ?province ; tsc:capitalDistrict ?d ."
        " ?d a tsc:District ; tsc:dopaCode ?code ; tsc:partOfUnit ?p }",
    )
    assert len(rows) == 76
    assert [row for row in rows if row[1] != f"{row[0]}01"] == []
    assert "10" not in {province for province, _ in rows}


@pytest.mark.parametrize(
    ("scheme", "sizes"),
    [
        ("region4", [14, 17, 20, 26]),
        ("region6", [5, 7, 9, 14, 20, 22]),
        ("region7", [6, 6, 6, 8, 14, 17, 20]),
    ],
)
def test_each_province_is_in_one_region_of_each_scheme(store, scheme, sizes):
    rows = ask(store, "SELECT ?p ?region { ?p a tsc:Province ; tsc:inRegion ?region }")
    regions = [region for _, region in rows if region.startswith(f"{BASE}vocab/{scheme}/")]
    assert sorted(Counter(regions).values()) == sizes


def test_the_population_of_2019_sums_to_the_national_total(store):
    rows = ask(
        store,
        "SELECT ?unit ?value { ?figure tsc:forUnit ?unit ; tsc:indicator vindicator:registered-population ;"
        ' tsc:referenceDate "2019-12-31"^^xsd:date ; tsc:value ?value }',
    )
    assert len(rows) == 77
    assert sum(float(value) for _, value in rows) == 66_558_935


def test_every_province_has_its_four_figures_each_with_a_described_source(store):
    figures = ask(store, "SELECT ?unit ?figure { ?figure a tsc:UnitFigure ; tsc:forUnit ?unit }")
    assert set(Counter(unit for unit, _ in figures).values()) == {4}
    described = ask(
        store,
        "SELECT DISTINCT ?figure { ?figure a tsc:UnitFigure ; dcterms:source ?source ."
        " ?source skos:prefLabel ?label FILTER NOT EXISTS { ?figure dcterms:source ?other"
        " FILTER NOT EXISTS { ?other skos:prefLabel ?name } } }",
    )
    assert {figure for (figure,) in described} == {figure for _, figure in figures}


def test_every_label_point_lies_inside_its_own_boundary(store):
    rows = ask(
        store,
        "SELECT ?iso ?point ?boundary { ?p tsc:isoCode ?iso ; geo:hasCentroid/geo:asWKT ?point ;"
        " geo:hasGeometry/geo:asWKT ?boundary }",
    )
    assert len(rows) == 77
    outside = []
    for iso, wkt, boundary in rows:
        [[point]] = rings_of(wkt)
        if not is_inside(point, rings_of(boundary)):
            outside.append(iso)
    assert outside == []


def test_a_ray_tells_inside_from_outside_and_from_a_hole():
    rings = rings_of("POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))")
    assert [is_inside(point, rings) for point in [(1, 1), (4, 4), (10, 4), (7.5, 4)]] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("target", sorted(LINKS))
def test_links_are_well_formed_and_lead_from_one_thing_to_one(store, target):
    links = ask(
        store,
        f"SELECT ?thing ?match {{ GRAPH <{GRAPH}link/{target}> {{ ?thing skos:exactMatch ?match }} }}",
    )
    assert [match for _, match in links if not LINKS[target].fullmatch(match)] == []
    assert len({thing for thing, _ in links}) == len({match for _, match in links}) == len(links)
    assert sum(thing.startswith(f"{BASE}id/province/") for thing, _ in links) == 77
    assert ask(store, f"SELECT ?n {{ <{GRAPH}link/{target}> void:triples ?n }}") == [(str(len(links)),)]


def test_every_graph_has_a_record_and_every_record_a_file(store):
    records = ask(
        store,
        f"SELECT DISTINCT ?graph {{ GRAPH <{GRAPH}meta> {{ ?graph a tsc:SourceGraph ; dcterms:license ?licence ;"
        " tsc:reviewState ?state ; prov:generatedAtTime ?time ; prov:wasDerivedFrom ?source } }",
    )
    assert {graph for (graph,) in records} == set(GRAPHS)
    listed = {graph for (graph,) in ask(store, "SELECT ?graph { ?catalogue dcat:dataset ?graph }")}
    assert listed == set(GRAPHS) - {f"{GRAPH}meta"}


def test_every_source_named_in_the_catalogue_is_described(store):
    nameless = ask(
        store,
        "SELECT ?source { ?graph prov:wasDerivedFrom ?source FILTER NOT EXISTS { ?source skos:prefLabel ?label } }",
    )
    assert nameless == []


@pytest.mark.parametrize("graph", [name for name in GRAPHS if name.startswith(f"{GRAPH}source/")])
def test_a_source_graph_describes_the_source_it_is_named_after(store, graph):
    source = f"{BASE}id/source/{graph.rsplit('/', 1)[1]}"
    labels = ask(store, f"SELECT ?label {{ GRAPH <{graph}> {{ <{source}> skos:prefLabel ?label }} }}")
    assert len(labels) == 2
    assert ask(store, f"SELECT ?source {{ <{graph}> prov:wasDerivedFrom ?source }}") == [(source,)]


def test_only_the_register_sets_the_preferred_label_of_an_area_or_city(store):
    elsewhere = ask(
        store,
        "SELECT ?thing ?graph { GRAPH ?graph { ?thing skos:prefLabel ?label }"
        f' FILTER(REGEX(STR(?thing), "^{BASE}id/(area|city)/")'
        f' && !STRSTARTS(STR(?graph), "{GRAPH}register/")) }}',
    )
    assert elsewhere == []


def test_nothing_is_given_two_degrees_of_confidence(store):
    twice = ask(
        store,
        "SELECT DISTINCT ?thing { ?thing tsc:confidence ?one, ?other FILTER(?one != ?other) }",
    )
    assert twice == []


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("2018-07-07", 0),
        ("2019-01-01", 26),
        ("2022-11-09", 26),
        ("2023-08-01", 29),
        ("2024-12-31", 31),
        ("2026-01-31", 38),
    ],
)
def test_the_members_of_the_network_known_on_a_day(store, day, members):
    rows = ask(
        store,
        "SELECT DISTINCT ?city { ?membership tsc:network network:ascn ; tsc:memberCity ?city ;"
        f' tsc:memberFrom|tsc:notAfter|tsc:attestedOn ?known FILTER(?known <= "{day}"^^xsd:date)'
        f' FILTER NOT EXISTS {{ ?membership tsc:memberThrough ?end FILTER(?end < "{day}"^^xsd:date) }} }}',
    )
    assert len(rows) == members


def test_chachoengsao_was_put_forward_but_is_no_member(store):
    assert ask(store, "SELECT ?nomination { ?nomination tsc:nominee city:chachoengsao }")
    assert ask(store, "SELECT ?membership { ?membership tsc:memberCity city:chachoengsao }") == []
    assert ask(store, "SELECT ?m { nomination:chachoengsao-2022 tsc:resultedIn ?m }") == []


def test_three_nominations_led_to_membership(store):
    rows = ask(store, "SELECT DISTINCT ?city { ?n tsc:nominee ?city ; tsc:resultedIn/tsc:memberCity ?city }")
    assert sorted(city.rsplit("/", 1)[1] for (city,) in rows) == ["chiang-mai", "khon-kaen", "rayong"]


def test_every_area_of_the_earlier_and_later_rounds_is_certified_once(store):
    rows = ask(
        store,
        "SELECT ?area (COUNT(DISTINCT ?certification) AS ?count) { ?cohort tsc:cohortMember ?area ."
        " ?certification tsc:certifiedArea ?area ; tsc:underScheme ?scheme } GROUP BY ?area",
    )
    assert len(rows) == 37
    assert {count for _, count in rows} == {"1"}
