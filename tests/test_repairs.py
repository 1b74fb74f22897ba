"""A repair is offered where there is one way to mend a finding; applied, the finding goes and no other comes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store, parse

from mueang.check.judge import check
from mueang.check.reader import Submission, read_submission
from mueang.check.repairs.spelling import nearest, slips
from mueang.check.report import Finding, Repair, Report
from mueang.check.shacl import Shapes

CASES = Path(__file__).parent / "cases"
BROKEN = sorted(path for path in (CASES / "broken").iterdir())
XSD = "http://www.w3.org/2001/XMLSchema#"
ID = "https://w3id.org/mueang/id/"
PREFIXES = """
@prefix area: <https://w3id.org/mueang/id/area/> .
@prefix body: <https://w3id.org/mueang/id/body/> .
@prefix city: <https://w3id.org/mueang/id/city/> .
@prefix cohort: <https://w3id.org/mueang/id/cohort/> .
@prefix committee: <https://w3id.org/mueang/id/committee/> .
@prefix decision: <https://w3id.org/mueang/id/decision/> .
@prefix ex: <https://example.org/terms#> .
@prefix figure: <https://w3id.org/mueang/id/figure/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix geometry: <https://w3id.org/mueang/id/geometry/> .
@prefix meeting: <https://w3id.org/mueang/id/meeting/> .
@prefix network: <https://w3id.org/mueang/id/network/> .
@prefix nomination: <https://w3id.org/mueang/id/nomination/> .
@prefix province: <https://w3id.org/mueang/id/province/> .
@prefix publicevent: <https://w3id.org/mueang/id/public-event/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/mueang/id/source/> .
@prefix tsc: <https://w3id.org/mueang/def#> .
@prefix vcompleteness: <https://w3id.org/mueang/vocab/completeness/> .
@prefix vdimension: <https://w3id.org/mueang/vocab/dimension/> .
@prefix vindicator: <https://w3id.org/mueang/vocab/indicator/> .
@prefix vmodality: <https://w3id.org/mueang/vocab/modality/> .
@prefix voutcome: <https://w3id.org/mueang/vocab/outcome/> .
@prefix vqualifier: <https://w3id.org/mueang/vocab/qualifier/> .
@prefix vunit: <https://w3id.org/mueang/vocab/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FORMS = {
    "fair": 'publicevent:new a tsc:PublicEvent ; skos:prefLabel "งานใหม่"@th ; tsc:startsOn %s .',
    "area": 'area:new a tsc:SmartCityArea ; skos:prefLabel "เมืองใหม่"@th ; tsc:inProvince province:TH-90 ; %s .',
    "home": 'area:new a tsc:SmartCityArea ; skos:prefLabel "เมืองใหม่"@th ; tsc:inProvince %s .',
    "name": "area:new a tsc:SmartCityArea ; tsc:inProvince province:TH-90 ; %s .",
    "meeting": "meeting:new a tsc:Meeting ; tsc:meetingOf committee:project-subcommittee ; tsc:meetingNumber %s .",
    "point": "geometry:new-point a geo:Geometry ; geo:asWKT %s .",
    "decision": "decision:new a tsc:Decision ; tsc:takenAt meeting:steering-1-2565 ; tsc:concerns area:hat-yai ; "
    'tsc:itemText "เรื่องใหม่"@th ; tsc:outcome %s .',
    "figure": 'figure:new a tsc:StatedFigure ; skos:prefLabel "ตัวเลขใหม่"@th ; '
    "tsc:indicator vindicator:expected-private-investment ; tsc:forCohort cohort:round-2022 ; "
    "tsc:valueQualifier vqualifier:more-than ; tsc:modality vmodality:projected ; "
    'tsc:statedIn source:article-2022-11-09 ; tsc:statedOn "2022-11-09"^^xsd:date ; tsc:unit vunit:baht ; %s .',
}


def date(day: str) -> str:
    return f'"{day}"^^<{XSD}date>'


def number(text: str, datatype: str = "integer") -> str:
    return f'"{text}"^^<{XSD}{datatype}>'


def wkt(text: str) -> str:
    return f'"{text}"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'


def thing(key: str) -> str:
    return f"<{ID}{key}>"


def term(name: str) -> str:
    return f"<https://w3id.org/mueang/def#{name}>"


MENDED = [
    # form, what is written, rule, what it becomes
    ("fair", '"2565-11-09"^^xsd:date', "F10", date("2022-11-09")),
    ("fair", '"1965-11-09"^^xsd:date', "F10", date("2022-11-09")),
    ("fair", '"9 พ.ย. 65"', "F10", date("2022-11-09")),
    ("fair", '"วันที่ 9 พฤศจิกายน พ.ศ. ๒๕๖๕"@th', "F10", date("2022-11-09")),
    ("fair", '"09/11/2565"^^xsd:date', "F10", date("2022-11-09")),
    ("fair", '"๒๐๒๒-๑๑-๐๙"^^xsd:date', "F10", date("2022-11-09")),
    ("fair", '" 2022-11-09 "^^xsd:date', "F10", date("2022-11-09")),
    ("fair", '"2022-11-09T00:00:00"^^xsd:dateTime', "F10", date("2022-11-09")),
    ("fair", '"2022-11-09"', "F10", date("2022-11-09")),
    ("meeting", "7 ; tsc:meetingYearBE 2022", "F11", number("2565")),
    ("meeting", '7 ; tsc:meetingYearBE "๒๕๖๖"', "F11", number("2566")),
    ("meeting", '"๓" ; tsc:meetingYearBE 2565', "F11", number("3")),
    ("meeting", "9.0 ; tsc:meetingYearBE 2565", "F11", number("9")),
    ("name", 'skos:prefLabel "เมืองใหม่"@en', "F05", '"เมืองใหม่"@th'),
    ("name", 'skos:prefLabel "เมืองใหม่"', "F04", '"เมืองใหม่"@th'),
    ("name", 'skos:prefLabel "เมืองใหม่"@th-TH', "F04", '"เมืองใหม่"@th'),
    ("area", 'skos:altLabel "New Town"@en-GB', "F04", '"New Town"@en'),
    ("name", 'skos:prefLabel "เมือง\u200bใหม่\u00ad"@th', "F07", '"เมืองใหม่"@th'),
    ("name", 'skos:prefLabel "ถํ้าใหม่"@th', "F08", '"ถ้ำใหม่"@th'),
    ("name", 'skos:prefLabel "น้ําใหม่"@th', "F08", '"น้ำใหม่"@th'),
    ("name", 'skos:prefLabel " เมือง  ใหม่\u00a0"@th', "F09", '"เมือง ใหม่"@th'),
    ("home", '"ระยอง"@th', "P01", thing("province/TH-21")),
    ("home", '"Rayong"', "P01", thing("province/TH-21")),
    ("home", '"จังหวัดระยอง"@th', "P01", thing("province/TH-21")),
    ("home", '"Rayong Province"@en', "P01", thing("province/TH-21")),
    ("home", '"TH-21"', "P01", thing("province/TH-21")),
    ("home", '"province:TH-21"', "P01", thing("province/TH-21")),
    ("home", '"https://w3id.org/mueang/id/province/TH-21"', "P01", thing("province/TH-21")),
    ("home", "province:rayong", "P01", thing("province/TH-21")),
    ("home", "province:th-21", "F15", thing("province/TH-21")),
    ("home", "province:chon-buri", "P01", thing("province/TH-20")),
    ("home", "<https://w3id.org/mueang/id/province/%E0%B8%A3%E0%B8%B0%E0%B8%A2%E0%B8%AD%E0%B8%87>", "P01",
     thing("province/TH-21")),
    ("area", 'tsc:developedBy "ดีป้า"@th', "F13", thing("body/depa")),
    ("home", 'province:TH-84 ; tsc:withinUnit "อำเภอเกาะสมุย"@th', "F13", thing("district/8404")),
    ("area", 'tsc:addressesDimension "พลังงานอัจฉริยะ"@th', "F12", "<https://w3id.org/mueang/vocab/dimension/energy>"),
    ("area", 'tsc:addressesDimension "energy"', "F12", "<https://w3id.org/mueang/vocab/dimension/energy>"),
    ("area", "tsc:addressesDimension vunit:energy", "F12", "<https://w3id.org/mueang/vocab/dimension/energy>"),
    ("decision", '"รับทราบ"@th', "F12", "<https://w3id.org/mueang/vocab/outcome/acknowledged>"),
    ("decision", "voutcome:Acknowledged", "F15", "<https://w3id.org/mueang/vocab/outcome/acknowledged>"),
    ("point", '"POINT(7.01 100.47)"^^geo:wktLiteral', "P06", wkt("POINT(100.47 7.01)")),
    ("point", '"POINT(100.47, 7.01)"^^geo:wktLiteral', "P06", wkt("POINT(100.47 7.01)")),
    ("point", '"7.01, 100.47"', "P06", wkt("POINT(100.47 7.01)")),
    ("point", '"POINT(100.47 7.01)"', "P06", wkt("POINT(100.47 7.01)")),
    ("point", '"<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(7.01 100.47)"^^geo:wktLiteral', "P06",
     wkt("POINT(100.47 7.01)")),
    ("figure", 'tsc:value "20,000" ; tsc:verbatim "ก"@th', "F13", number("20000.0", "decimal")),
    ("figure", 'tsc:value 20000 ; tsc:verbatim "ก"@th', "F13", number("20000.0", "decimal")),
    ("figure", 'tsc:value "๒๐ ล้าน" ; tsc:verbatim "ก"@th', "F13", number("20000000.0", "decimal")),
    ("figure", 'tsc:value 20000.0 ; tsc:verbatim "กว่า 20,000 ล้านบาท"@th', "S10", number("20000000000.0", "decimal")),
    ("figure", 'tsc:value 1.5 ; tsc:verbatim "1.5 billion baht"@en', "S10", number("1500000000.0", "decimal")),
    ("area", 'ex:count "๕"^^xsd:integer', "L01", number("5")),
    ("area", 'ex:count " 5 "^^xsd:integer', "L01", number("5")),
    ("area", 'ex:count "1e3"^^xsd:decimal', "L01", number("1000.0", "decimal")),
    ("area", 'ex:count "1,000"^^xsd:int', "L01", number("1000", "int")),
    ("area", 'ex:count "inf"^^xsd:double', "L01", number("INF", "double")),
    ("area", 'ex:at "2026-11-22 10:00"^^xsd:dateTime', "L01", number("2026-11-22T10:00:00", "dateTime")),
    ("area", 'ex:at "9 พ.ย. 2565"^^xsd:date', "L01", date("2022-11-09")),
    ("area", 'ex:at "2569 BE"^^xsd:gYear', "L01", number("2026", "gYear")),
    ("area", 'ex:is "True"^^xsd:boolean', "L01", number("true", "boolean")),
    ("area", 'ex:at "2022-11-09"^^xsd:Date', "L02", date("2022-11-09")),
    ("area", 'ex:at "2022-11-09T00:00:00"^^xsd:datetime', "L02", number("2022-11-09T00:00:00", "dateTime")),
    ("area", "tsc:developpedBy body:depa", "F14", term("developedBy")),
    ("area", "tsc:DevelopedBy body:depa", "F14", term("developedBy")),
    ("area", "a tsc:SmartCityAera", "F14", term("SmartCityArea")),
]  # fmt: skip
NOT_MENDED = [
    ("fair", '"2022-11-31"^^xsd:date', "F10"),
    ("fair", '"09/11/65"', "F10"),
    ("fair", '"1995-11-09"^^xsd:date', "F10"),
    ("fair", '"2200-11-09"^^xsd:date', "F10"),
    ("fair", '"2022-11-09T10:30:00"^^xsd:dateTime', "F10"),
    ("meeting", "1 ; tsc:meetingYearBE 65", "F11"),
    ("meeting", "2565 ; tsc:meetingYearBE 2565", "F11"),
    ("meeting", "1.5 ; tsc:meetingYearBE 2565", "F11"),
    ("area", 'skos:altLabel "New Town"', "F04"),
    ("area", 'skos:altLabel "New Town"@th', "F06"),
    ("area", 'skos:altLabel "Neustadt"@de', "F04"),
    ("name", 'skos:prefLabel "เมืองใหม่"@en, "นครใหม่"@th', "F05"),
    ("home", '"อีสาน"@th', "P01"),
    ("home", '"TH47"', "P01"),
    ("home", "province:TH-99", "P01"),
    ("home", "city:rayong", "P01"),
    ("area", "tsc:developedBy body:nobody", "F13"),
    ("decision", '"อนุมัติ"@th', "F12"),
    ("point", '"POINT(1.0 2.0)"^^geo:wktLiteral', "P06"),
    ("point", '"POINT(101.69 3.14)"^^geo:wktLiteral', "P06"),
    ("figure", 'tsc:value "ประมาณ 20" ; tsc:verbatim "ก"@th', "F13"),
    ("figure", 'tsc:value "20-30" ; tsc:verbatim "ก"@th', "F13"),
    ("figure", 'tsc:value 20.0 ; tsc:verbatim "จาก 20 ล้านเป็น 20 พันล้าน"@th', "S10"),
    ("area", 'ex:count "NaN"^^xsd:decimal', "L01"),
    ("area", 'ex:count "ห้า"^^xsd:integer', "L01"),
    ("area", 'ex:at "2011-01-01"^^xsd:dateTime', "L01"),
    ("area", 'ex:at "26"^^xsd:gYear', "L01"),
    ("area", 'ex:is "yes"^^xsd:boolean', "L01"),
    ("area", 'ex:is "x"^^xsd:moment', "L02"),
    ("area", "tsc:wobble body:depa", "F14"),
    ("area", "a tsc:Thing", "F14"),
]


def submitted(form: str, written: str) -> Submission:
    return read_submission("test.ttl", (PREFIXES + FORMS[form] % written).encode())


def key(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return finding.rule, finding.focus.term, finding.path and finding.path.term, finding.value


def repairs(report: Report) -> list[Repair]:
    return [finding.repair for finding in report.findings if finding.repair]


def applied(submission: Submission, wanted: list[Repair]) -> Submission:
    """The submission with each repaired statement in place of the one that was handed in."""
    change = {repair.statement: repair for repair in wanted}

    def mended(quad: Quad) -> Quad:
        repair = change.get((str(quad.subject), str(quad.predicate), str(quad.object)))
        if not repair:
            return quad
        line = f"<urn:s> {repair.predicate} {repair.value} ."
        (statement,) = parse(line, format=RdfFormat.N_TRIPLES)
        return Quad(quad.subject, statement.predicate, statement.object, quad.graph_name)

    return replace(submission, quads=tuple(map(mended, submission.quads)))


@pytest.mark.parametrize(
    ("form", "written", "rule", "becomes"),
    [pytest.param(*case, id=f"{case[2]}-{number}") for number, case in enumerate(MENDED)],
)
def test_a_finding_with_one_answer_is_mended_and_goes(
    form: str, written: str, rule: str, becomes: str, published: Store, shapes: Shapes
) -> None:
    submission = submitted(form, written)
    report = check(submission, published, shapes)
    found = [finding for finding in report.findings if finding.rule == rule]
    assert found
    assert all(
        finding.repair and becomes in (finding.repair.value, finding.repair.predicate) for finding in found
    )
    assert all(set(finding.repair.said) == {"th", "en"} for finding in found if finding.repair)
    after = check(applied(submission, repairs(report)), published, shapes)
    assert rule not in {finding.rule for finding in after.findings}
    assert {key(finding) for finding in after.findings} < {key(finding) for finding in report.findings}


@pytest.mark.parametrize(
    ("form", "written", "rule"),
    [pytest.param(*case, id=f"{case[2]}-{number}") for number, case in enumerate(NOT_MENDED)],
)
def test_a_finding_with_no_answer_or_two_is_left_to_people(
    form: str, written: str, rule: str, published: Store, shapes: Shapes
) -> None:
    report = check(submitted(form, written), published, shapes)
    found = [finding for finding in report.findings if finding.rule == rule]
    assert found
    assert not any(finding.repair for finding in found)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_all_repairs_of_a_case_make_their_findings_go_and_cause_no_other(
    path: Path, published: Store, shapes: Shapes
) -> None:
    submission = read_submission(path.name, path.read_bytes())
    report = check(submission, published, shapes)
    after = check(applied(submission, repairs(report)), published, shapes)
    left = {key(finding) for finding in report.findings if not finding.repair}
    assert {key(finding) for finding in after.findings} == left


def test_a_repair_that_would_break_something_else_is_not_offered(published: Store, shapes: Shapes) -> None:
    """The Gregorian day of the start lies after the end: one of the two is wrong, and only people know which."""
    submission = submitted("fair", '"2565-11-09"^^xsd:date ; tsc:endsOn "2022-11-01"^^xsd:date')
    assert not repairs(check(submission, published, shapes))


def test_two_faults_in_one_text_get_one_repair(published: Store, shapes: Shapes) -> None:
    submission = submitted("name", 'skos:prefLabel " ถํ้า\u200bใหม่"@en')
    report = check(submission, published, shapes)
    found = {finding.rule: finding.repair.value for finding in report.findings if finding.repair}
    assert found == dict.fromkeys(("F05", "F07", "F08", "F09"), '"ถ้ำใหม่"@th')
    assert not check(applied(submission, repairs(report)), published, shapes).findings


def test_a_misspelt_property_used_twice_is_mended_at_both_places(published: Store, shapes: Shapes) -> None:
    submission = submitted("area", "tsc:developpedBy body:depa,\n body:mdes")
    report = check(submission, published, shapes)
    assert [finding.rule for finding in report.findings] == ["F14", "F14"]
    assert len({finding.place for finding in report.findings}) == 2
    assert not check(applied(submission, repairs(report)), published, shapes).findings


def test_a_deprecated_property_is_replaced(copied: Store, shapes: Shapes) -> None:
    terms = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix tsc: <https://w3id.org/mueang/def#> .
    tsc:liesIn a owl:ObjectProperty ; owl:deprecated true ; <http://purl.org/dc/terms/isReplacedBy> tsc:developedBy ."""
    copied.load(terms.encode(), format=RdfFormat.TURTLE, to_graph=next(
        quad.graph_name for quad in copied if str(quad.graph_name).endswith("graph/ontology>")
    ))  # fmt: skip
    report = check(submitted("area", "tsc:liesIn body:depa"), copied, shapes)
    assert [(finding.rule, repair.predicate) for finding, repair in zip(report.findings, repairs(report), strict=True)] == [
        ("F16", term("developedBy"))
    ]  # fmt: skip


def test_the_words_of_a_repair_name_the_thing(published: Store, shapes: Shapes) -> None:
    (finding,) = [
        one for one in check(submitted("home", '"ระยอง"@th'), published, shapes).findings if one.repair
    ]
    assert finding.repair
    assert finding.repair.said == {"th": "province:TH-21 (ระยอง)", "en": "province:TH-21 (Rayong)"}


def test_an_impossible_day_is_told_as_such(published: Store, shapes: Shapes) -> None:
    (finding,) = check(submitted("fair", '"2022-11-31"^^xsd:date'), published, shapes).findings
    assert "30 วัน" in finding.message["th"]
    assert "that month has 30 days" in finding.message["en"]


@settings(derandomize=True, max_examples=300)
@given(st.text("abcdefg", min_size=6, max_size=12), st.integers(0, 11), st.sampled_from("xyz"))
def test_a_name_with_one_slip_is_led_back_to_itself(name: str, at: int, letter: str) -> None:
    at = min(at, len(name) - 1)
    for slip in (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
    ):
        assert slips(slip, name) == 1
        assert nearest(slip, frozenset({name, "qqqqqqqq"})) == name


def test_between_two_near_names_none_is_chosen() -> None:
    assert nearest("heldIn", frozenset({"heldOn", "heldAt"})) == "heldOn"
    assert nearest("heldOm", frozenset({"heldOn", "heldOx"})) is None


@settings(
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(
    cases=st.lists(
        st.sampled_from(
            [case[:2] for case in MENDED if case[0] in ("area", "fair", "point", "figure", "decision")]
        ),
        min_size=2,
        max_size=5,
        unique_by=lambda case: case[0],
    )
)
def test_repairs_of_several_things_do_not_disturb_each_other(
    cases: list[tuple[str, str]], published: Store, shapes: Shapes
) -> None:
    text = PREFIXES + "\n".join(FORMS[form] % written for form, written in cases)
    submission = read_submission("test.ttl", text.encode())
    report = check(submission, published, shapes)
    after = check(applied(submission, repairs(report)), published, shapes)
    assert {key(one) for one in after.findings} == {key(one) for one in report.findings if not one.repair}
