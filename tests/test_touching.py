"""What a submission may not touch is refused before anything else is looked at."""

import pytest
from pyoxigraph import Store

from mueang.check.judge import check
from mueang.check.reader import read_submission
from mueang.check.report import Report, Severity
from mueang.check.shacl import Shapes

PREFIXES = """
@prefix area: <https://w3id.org/mueang/id/area/> .
@prefix body: <https://w3id.org/mueang/id/body/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix province: <https://w3id.org/mueang/id/province/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tsc: <https://w3id.org/mueang/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
AREA = 'area:new a tsc:SmartCityArea ; skos:prefLabel "เมืองใหม่"@th ; tsc:inProvince province:TH-90 .'
REFUSALS = {"T01", "T02", "T03", "T04", "T05"}
OWN = "https://w3id.org/mueang/graph/submission/test"


def judged(text: str, published: Store, shapes: Shapes) -> Report:
    return check(read_submission("test.trig", (PREFIXES + text).encode()), published, shapes)


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity > Severity.INFO}


@pytest.mark.parametrize(
    "graph",
    [
        "https://w3id.org/mueang/graph/ontology",
        "https://w3id.org/mueang/graph/ontology/more",
        "https://w3id.org/mueang/graph/vocab/outcome",
        "https://w3id.org/mueang/graph/vocab/new",
        "https://w3id.org/mueang/graph/reference/provinces",
        "https://w3id.org/mueang/graph/reference/new",
        "https://w3id.org/mueang/graph/register/areas",
        "https://w3id.org/mueang/graph/source/article-2022-11-09",
        "https://w3id.org/mueang/graph/source/",
        "https://w3id.org/mueang/graph/source/a/b",
        "https://w3id.org/mueang/graph/source/a%2Fb",
        "https://w3id.org/mueang/graph/link/wikidata",
        "https://w3id.org/mueang/graph/derived/counts",
        "https://w3id.org/mueang/graph/meta",
        "https://w3id.org/mueang/graph/submission/a/../../meta",
        "https://w3id.org/mueang/shapes",
        "https://w3id.org/mueang/id/area/hat-yai",
        "https://example.org/graph/submission/a",
        "urn:a",
    ],
)
def test_a_graph_of_others_is_refused_once_and_the_rest_waits(
    graph: str, published: Store, shapes: Shapes
) -> None:
    report = judged(f"GRAPH <{graph}> {{ {AREA} area:other a tsc:NoSuchClass . }}", published, shapes)
    assert [finding.rule for finding in report.findings] == ["T01", "T06"]
    assert not report.accepted


@pytest.mark.parametrize("graph", [OWN, "https://w3id.org/mueang/graph/source/my-news_2026.1"])
def test_a_graph_of_its_own_is_taken(graph: str, published: Store, shapes: Shapes) -> None:
    record = f"<{graph}> a tsc:SourceGraph ."
    assert not rules(judged(f"GRAPH <{graph}> {{ {AREA} {record} }}", published, shapes)) & REFUSALS


def test_a_graph_that_is_a_blank_node_is_read_as_its_own(published: Store, shapes: Shapes) -> None:
    assert not judged(f"GRAPH _:g {{ {AREA} }}", published, shapes).findings


@pytest.mark.parametrize(
    "statement",
    [
        'tsc:SmartCityArea rdfs:label "เมือง"@th',
        "tsc:newTerm a owl:ObjectProperty",
        "<https://w3id.org/mueang/def> owl:versionInfo '9'",
        "<https://w3id.org/mueang/vocab/outcome/approved> skos:altLabel 'ผ่าน'@th",
        "<https://w3id.org/mueang/vocab/outcome> a skos:Collection",
        "<https://w3id.org/mueang/shapes#F01> a tsc:Source",
        "<https://w3id.org/mueang/graph/meta> a tsc:Claim",
        "<https://w3id.org/mueang/graph/source/article-2022-11-09> tsc:reviewState 1",
        "<https://w3id.org/mueang/graph/submission/other> a tsc:Submission",
        "<https://example.org/Village> rdfs:subClassOf tsc:Province",
        "<https://example.org/in> rdfs:subPropertyOf tsc:inProvince",
        "<https://example.org/in> owl:equivalentProperty tsc:inProvince",
        "<https://example.org/Village> owl:equivalentClass tsc:Province",
        "<https://example.org/in> rdfs:range tsc:Province",
        "area:hat-yai skos:inScheme <https://w3id.org/mueang/vocab/outcome>",
        "<https://example.org/group> skos:member <https://w3id.org/mueang/vocab/outcome/approved>",
    ],
)
def test_terms_lists_rules_and_records_of_graphs_are_refused(
    statement: str, published: Store, shapes: Shapes
) -> None:
    assert rules(judged(f"{statement} .", published, shapes)) == {"T02"}


def test_a_term_is_told_once_however_much_is_said_of_it(published: Store, shapes: Shapes) -> None:
    report = judged("tsc:x a owl:Class ; rdfs:label 'x'@en, 'ก'@th .", published, shapes)
    assert [finding.rule for finding in report.findings] == ["T02", "T06"]


@pytest.mark.parametrize(
    "statement",
    [
        'area:hat-yai skos:altLabel "หาดใหญ่สมาร์ตซิตี"@th',
        "area:hat-yai a schema:City",
        "area:hat-yai a tsc:SmartCityArea",
        'area:hat-yai skos:prefLabel "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา"@th',
        "area:hat-yai tsc:developedBy body:depa",
        "province:TH-90 schema:population 1400000",
        'province:TH-90 tsc:isoCode "TH-90"',
        "area:hat-yai owl:sameAs <https://example.org/hat-yai>",
        "<https://example.org/Village> rdfs:subClassOf <https://example.org/Place>",
        "<https://example.org/me> <https://example.org/knows> <mailto:a@example.org>, <urn:isbn:1>, <tel:+66>",
        "<https://example.org/me> schema:image 'images/a.png'^^xsd:anyURI, ''^^xsd:anyURI",
        "area:hat-yai owl:sameAs area:hat-yai",
    ],
)
def test_adding_to_what_is_there_is_fine(statement: str, published: Store, shapes: Shapes) -> None:
    assert not rules(judged(f"{statement} .", published, shapes))


@pytest.mark.parametrize(
    "statement",
    [
        'area:hat-yai skos:prefLabel "หาดใหญ่"@th',
        'province:TH-90 skos:prefLabel "Songkla"@en',
        'province:TH-90 rdfs:label "สงขลา"@th',
        'province:TH-90 tsc:dopaCode "91"',
        "province:TH-90 a tsc:City",
        "province:TH-90 a <http://xmlns.com/foaf/0.1/Person>",
        "<https://w3id.org/mueang/id/district/8404> tsc:partOfUnit province:TH-90",
        'area:hat-yai tsc:nameNotEstablishedIn "th"',
    ],
)
def test_labels_types_and_codes_of_reference_data_stay_as_they_are(
    statement: str, published: Store, shapes: Shapes
) -> None:
    report = judged(f"{statement} .", published, shapes)
    assert rules(report) == {"T03"}
    assert report.findings[0].place


def test_two_things_of_ours_are_not_made_one(published: Store, shapes: Shapes) -> None:
    assert rules(judged("area:hat-yai owl:sameAs body:depa .", published, shapes)) == {"T04"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "view-source:https://example.org",
        "x:y",
    ],
)
@pytest.mark.parametrize("position", ["subject", "property", "value", "text"])
def test_an_address_that_may_do_harm_is_refused_wherever_it_stands(
    address: str, position: str, published: Store, shapes: Shapes
) -> None:
    statement = {
        "subject": f"<{address}> schema:name 'x'",
        "property": f"area:hat-yai <{address}> 'x'",
        "value": f"area:hat-yai schema:url <{address}>",
        "text": f"area:hat-yai schema:image ' {address}'^^xsd:anyURI",
    }[position]
    assert "T05" in rules(judged(f"{statement} .", published, shapes))


def test_every_finding_is_at_the_statement_that_touches(published: Store, shapes: Shapes) -> None:
    report = judged(f'{AREA}\nprovince:TH-90\n  tsc:dopaCode "91" .', published, shapes)
    (place,) = (finding.place for finding in report.findings if finding.rule == "T03")
    assert place
    assert (place.line, place.column) == (PREFIXES.count("\n") + 3, 16)


def test_alone_nothing_but_terms_and_lists_is_there_to_be_touched(published: Store, shapes: Shapes) -> None:
    terms = Store()
    terms.extend(quad for quad in published if "/graph/ontology" in str(quad.graph_name))
    assert not rules(judged('province:TH-90 a tsc:Province ; tsc:isoCode "TH-90" .', terms, shapes)) & {"T03"}
    assert rules(judged("tsc:x a owl:Class .", terms, shapes)) == {"T02"}
