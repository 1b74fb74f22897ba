"""A check tells the submission's own findings apart from those it would cause on what is published, and leaves no trace."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from mueang.check.elsewhere import affected
from mueang.check.judge import check
from mueang.check.merge import merged
from mueang.check.reader import Submission, read_submission
from mueang.check.report import Report, Severity
from mueang.check.shacl import Shapes

PREFIXES = """
@prefix area: <https://w3id.org/mueang/id/area/> .
@prefix cohort: <https://w3id.org/mueang/id/cohort/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix province: <https://w3id.org/mueang/id/province/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/mueang/id/source/> .
@prefix tsc: <https://w3id.org/mueang/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
AREA = 'area:new a tsc:SmartCityArea ; skos:prefLabel "เมืองใหม่"@th ; tsc:inProvince province:TH-90 .\n'
ISSUED_EARLIER = 'source:article-2022-11-09 dcterms:issued "2022-11-01"^^xsd:date .\n'
AREA_IRI = "https://w3id.org/mueang/id/area/"


def submitted(text: str) -> Submission:
    return read_submission("test.ttl", (PREFIXES + text).encode())


def judged(text: str, published: Store, shapes: Shapes) -> Report:
    return check(submitted(text), published, shapes)


def test_what_a_submission_would_break_elsewhere_is_told_apart(published: Store, shapes: Shapes) -> None:
    report = judged(AREA + ISSUED_EARLIER, published, shapes)
    elsewhere = [finding for finding in report.findings if finding.elsewhere]
    assert {finding.rule for finding in elsewhere} == {"S07"}
    assert all("/id/figure/" in finding.focus.term and finding.focus.labels for finding in elsewhere)
    assert report.findings[-len(elsewhere) :] == tuple(elsewhere), "own findings come first"


def test_a_finding_elsewhere_is_at_the_statement_that_touches_the_thing(
    published: Store, shapes: Shapes
) -> None:
    report = judged(AREA + ISSUED_EARLIER, published, shapes)
    places = {finding.place for finding in report.findings if finding.elsewhere}
    (place,) = places
    assert place
    assert (place.line, place.column) == (PREFIXES.count("\n") + 2, 42)


def test_what_was_wrong_before_is_not_told(published: Store, shapes: Shapes) -> None:
    """Certifications of 2021 rest on no recorded decision (C05); a submission about their areas did not cause that."""
    ratchaburi = "area:phuket skos:altLabel 'ภูเก็ตเมืองอัจฉริยะ'@th ."
    assert not judged(ratchaburi, published, shapes).findings


def test_a_thing_that_an_own_finding_names_is_not_told_again(published: Store, shapes: Shapes) -> None:
    report = judged(f"{AREA} cohort:round-2022 tsc:cohortMember area:new .", published, shapes)
    assert {finding.rule for finding in report.findings} == {"S03"}
    assert not any(finding.elsewhere for finding in report.findings)


def test_what_the_submission_describes_itself_is_its_own(published: Store) -> None:
    submission = submitted(AREA + "area:new tsc:inProvince province:TH-91 .")
    near = affected(submission.quads, published)
    assert {str(node).rpartition("/")[2] for node in near} == {"TH-90>", "TH-91>"}
    assert near[NamedNode("https://w3id.org/mueang/id/province/TH-91")].object.value.endswith("TH-91")


def test_much_used_things_do_not_make_a_check_dear(published: Store) -> None:
    source = NamedNode("https://w3id.org/mueang/id/source/article-2022-11-09")
    stated = NamedNode("https://w3id.org/mueang/def#statedIn")
    graph = NamedNode("https://w3id.org/mueang/graph/source/many")
    many = [Quad(NamedNode(f"{AREA_IRI}n{one}"), stated, source, graph) for one in range(5000)]
    with merged(published, many):
        assert len(affected(submitted(ISSUED_EARLIER).quads, published)) <= 30
        spread = "".join(f"area:m{one} tsc:inProvince area:n{one} .\n" for one in range(2000))
        assert len(affected(submitted(spread).quads, published)) <= 300


def test_terms_and_lists_are_not_judged_again(published: Store) -> None:
    assert not affected(submitted("area:new a tsc:SmartCityArea .").quads, published)


def test_a_statement_that_is_published_already_stays_published(published: Store) -> None:
    before = set(published)
    graph = "https://w3id.org/mueang/graph/register/areas"
    submission = submitted("area:hat-yai a tsc:SmartCityArea .")
    quads = tuple(
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph)) for quad in submission.quads
    )
    with merged(published, quads):
        assert set(published) == before
    assert set(published) == before


def test_the_store_is_as_it_was_even_if_the_check_fails(published: Store) -> None:
    before = len(published)
    with pytest.raises(ZeroDivisionError), merged(published, submitted(AREA).quads):
        _ = 1 / 0
    assert len(published) == before


def test_what_may_not_be_touched_is_told_and_the_rest_waits(published: Store, shapes: Shapes) -> None:
    report = judged('province:TH-90 tsc:isoCode "TH-91" .', published, shapes)
    assert {finding.rule for finding in report.findings} == {"T03", "T06"}


def test_a_path_of_several_steps_is_told_to_nobody(published: Store, shapes: Shapes) -> None:
    event = "<https://w3id.org/mueang/id/certification-event/new> a tsc:CertificationEvent ."
    report = judged(event, published, shapes)
    assert "C02" in {finding.rule for finding in report.findings}
    assert all(finding.path is None or finding.path.term.startswith("<") for finding in report.findings)


def test_every_violation_says_where_and_what_to_do(published: Store, shapes: Shapes) -> None:
    report = judged("area:new a tsc:SmartCityArea ; tsc:nosuch 1 .", published, shapes)
    own = [finding for finding in report.findings if finding.severity is Severity.VIOLATION]
    assert {finding.rule for finding in own} == {"F02", "F14", "P01"}
    assert all(finding.place and finding.place.line > PREFIXES.count("\n") for finding in own)
    assert all(finding.message["th"] != finding.message["en"] for finding in own)


NODES = st.sampled_from(
    [
        NamedNode(f"{AREA_IRI}new"),
        NamedNode(f"{AREA_IRI}hat-yai"),
        NamedNode("https://w3id.org/mueang/id/province/TH-90"),
        NamedNode("https://w3id.org/mueang/id/cohort/round-2022"),
        NamedNode("https://w3id.org/mueang/def#SmartCityArea"),
        NamedNode("https://example.org/a"),
    ]
)
PROPERTIES = st.sampled_from(
    [
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
        NamedNode("http://www.w3.org/2002/07/owl#sameAs"),
        NamedNode("https://w3id.org/mueang/def#inProvince"),
        NamedNode("https://w3id.org/mueang/def#eventDate"),
        NamedNode("https://w3id.org/mueang/def#cohortMember"),
        NamedNode("https://w3id.org/mueang/def#value"),
        NamedNode("https://w3id.org/mueang/def#eventdate"),
    ]
)
LITERALS = st.builds(
    lambda text, datatype: Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
    | st.sampled_from(["2565-11-09", "๕", "1.50", "ระยอง", "9 พ.ย. 65", "a\n'\"\\b"]),
    st.sampled_from(["string", "date", "decimal", "integer", "boolean", "dateTime", "nonsense"]),
)
QUADS = st.builds(
    Quad,
    NODES,
    PROPERTIES,
    NODES | LITERALS,
    st.just(NamedNode("https://w3id.org/mueang/graph/submission/x")),
)


def get_a_report_and_leave_the_store_as_it_was(quads: list[Quad], published: Store, shapes: Shapes) -> None:
    before = len(published)
    report = check(Submission("x", tuple(quads)), published, shapes)
    assert len(published) == before
    statements = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}
    assert all(one.repair is None or one.repair.statement in statements for one in report.findings)
    assert all(set(one.message) == {"th", "en"} for one in report.findings)


with_fixtures = {"suppress_health_check": [HealthCheck.function_scoped_fixture], "deadline": None}


@settings(derandomize=True, max_examples=60, **with_fixtures)
@given(quads=st.lists(QUADS, min_size=1, max_size=6))
def test_any_statements_get_a_report(quads: list[Quad], published: Store, shapes: Shapes) -> None:
    get_a_report_and_leave_the_store_as_it_was(quads, published, shapes)


@pytest.mark.slow
@settings(max_examples=10_000, **with_fixtures)
@given(quads=st.lists(QUADS, min_size=1, max_size=6))
def test_ten_thousand_sets_of_statements_get_a_report(
    quads: list[Quad], published: Store, shapes: Shapes
) -> None:
    get_a_report_and_leave_the_store_as_it_was(quads, published, shapes)
