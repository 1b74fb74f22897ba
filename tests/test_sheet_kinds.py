"""The kinds of bad submission that a sheet can express: each found by its rule in its cell, each near miss clean."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pyoxigraph import Store

from filling import Officials
from mueang.check.judge import check
from mueang.check.report import Severity
from mueang.check.shacl import Shapes
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.repair import in_cells, mended_table

REPAIRED = {
    "a Buddhist year in a date cell",
    "a short year taken for 1965",
    "a soft hyphen",
    "sara am in two parts",
    "text not composed",
    "coordinates swapped",
}
Row = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A bad submission: rows, the rules that weigh, and where one of them points (form, column, row)."""

    number: int
    name: str
    rows: tuple[Row, ...]
    rules: frozenset[str]
    at: tuple[tuple[str, str, str, int], ...]


def bad(number: int, name: str, rules: str, *rows: Row, at: str) -> Kind:
    """`at` is `RULE form column row`, several parted by commas."""
    places = tuple(
        (rule, form, column, int(row)) for rule, form, column, row in (one.split() for one in at.split(","))
    )
    return Kind(number, name, rows, frozenset(rules.split()), places)


def area(**values: Any) -> Row:
    return ("area", {"key": "test-example", "name-th": "เมืองตัวอย่าง", "province": "ระยอง"} | values)


def event(**values: Any) -> Row:
    given = {
        "area": "เมืองตัวอย่าง",
        "kind": "การมอบ",
        "scheme": "การรับรองพื้นที่เมืองอัจฉริยะด้วยตราสัญลักษณ์",
        "on": "9 พ.ย. 2565",
        "decision": "การมอบตราสัญลักษณ์แก่ 15 พื้นที่ใน 14 จังหวัด",
    }
    return ("event", given | values)


def membership(**values: Any) -> Row:
    return ("membership", {"city": "นครตัวอย่าง", "network": "เครือข่ายเมืองอัจฉริยะอาเซียน"} | values)


CITY: Row = ("city", {"key": "test-city", "name-th": "นครตัวอย่าง", "country": "TH", "province": "ราชบุรี"})
COHORT: Row = (
    "cohort",
    {
        "key": "test-round",
        "name-th": "กลุ่มตัวอย่าง",
        "date": "9/11/2565",
        "completeness": "ครบถ้วน",
        "member": "กระบี่เมืองอัจฉริยะ; area:satun",
    },
)


def figure(**values: Any) -> Row:
    given = {
        "key": "test-figure",
        "indicator": "จำนวนพื้นที่ที่ได้รับการรับรอง",
        "cohort": "กลุ่มตัวอย่าง",
        "value": 2,
        "qualifier": "เท่ากับ",
        "unit": "พื้นที่",
        "modality": "เกิดขึ้นแล้ว",
        "stated": "9 พ.ย. 2565",
        "source": "source:article-2022-11-09",
        "verbatim": "เมืองตัวอย่าง 2 แห่ง",
    }
    return ("figure", {name: value for name, value in (given | values).items() if value is not None})


def meeting(**values: Any) -> Row:
    given = {
        "name-th": "การประชุมคณะกรรมการตัวอย่าง ครั้งที่ 9/2565",
        "body": "คณะกรรมการขับเคลื่อนการพัฒนาเมืองอัจฉริยะ",
        "number": 9,
        "year": "๒๕๖๕",
        "held": "12 ธ.ค. 2565",
    }
    return ("meeting", given | values)


def decision(**values: Any) -> Row:
    given = {
        "key": "test-emblem",
        "name-th": "การมอบตราสัญลักษณ์ (ตัวอย่าง)",
        "meeting": "การประชุมคณะกรรมการขับเคลื่อนการพัฒนาเมืองอัจฉริยะ ครั้งที่ 1/2565",
        "about": "กระบี่เมืองอัจฉริยะ",
        "outcome": "รับทราบ",
        "text": "ที่ประชุมรับทราบผลการดำเนินงาน",
    }
    return ("decision", {name: value for name, value in (given | values).items() if value is not None})


KINDS = (
    bad(1, "a Buddhist year in a date cell", "F10", area(), event(on=date(2565, 11, 9)), at="F10 event on 4"),
    bad(2, "a short year taken for 1965", "F10", area(), event(on=date(1965, 11, 9)), at="F10 event on 4"),
    bad(2, "a short year between strokes", "F10", area(), event(on="09/11/65"), at="F10 event on 4"),
    bad(3, "an impossible day", "F10", area(), event(on="31 พ.ย. 2565"), at="F10 event on 4"),
    bad(4, "certified before proposed", "C04", area(submitted="30 มิ.ย. 2565"), event(on="29 มิ.ย. 2565"),
        at="C04 event key 4,C04 area submitted 4"),
    bad(5, "a membership that ends before it begins", "C03", CITY,
        membership(**{"from": "8 ก.ค. 2565"}, through="8 ก.ค. 2561"), at="C03 membership from 4"),
    bad(6, "an area without a province", "P01", area(province=None), at="P01 area province 4"),
    bad(7, "an unknown province code", "P01", area(province="TH-99"), at="P01 area province 4"),
    bad(8, "Thai text in the English column", "F05", area(**{"name-en": "นครตัวอย่าง"}), at="F05 area name-en 4"),
    bad(9, "Latin text alone in the Thai column", "F06", area(**{"name-th": "Example Smart City"}),
        at="F06 area name-th 4"),
    bad(10, "no Thai name", "F02", area(**{"name-th": None, "name-en": "Example Town"}), at="F02 area name-th 4"),
    bad(11, "two Thai names for one key", "F03", area(), area(**{"name-th": "นครตัวอย่าง"}),
        at="F03 area name-th 4"),
    bad(12, "a soft hyphen", "F07", area(**{"name-en": "Example\u00adTown"}), at="F07 area name-en 4"),
    bad(13, "sara am in two parts", "F08", area(**{"name-th": "ถ\u0e4d\u0e49\u0e32ตัวอย่าง"}),
        at="F08 area name-th 4"),
    bad(13, "text not composed", "F08", area(**{"name-en": "Cafe\u0301 District"}), at="F08 area name-en 4"),
    bad(14, "an area twice", "P05", area(**{"name-th": "เมืองตัวอย่าง น่าอยู่"}),
        area(**{"key": "test-again", "name-th": "เมืองตัวอย่างน่าอยู่"}), at="P05 area name-th 4,P05 area name-th 5"),
    bad(15, "coordinates swapped", "P06", area(point="101.07, 5.75", province="ยะลา"), at="P06 area point 4"),
    bad(15, "coordinates outside the country", "P06", area(point="3.14, 101.69"), at="P06 area point 4"),
    bad(16, "a count against a complete list", "S03", COHORT, figure(value=3), at="S03 figure value 4"),
    bad(17, "a certification of a province", "F13", event(area="province:TH-90"), at="F13 event area 4"),
    bad(18, "a decision without a meeting", "G04", decision(meeting=None), at="G04 decision meeting 4"),
    bad(19, "an outcome from no list", "F12", decision(outcome="รับรอง", text="ที่ประชุมหารือ"), at="F12 decision outcome 4"),
    bad(19, "a value of another list", "F12", decision(outcome="vrole:chair", text="ที่ประชุมหารือ"), at="F12 decision outcome 4"),
    bad(20, "a nominee told as a member", "N03", CITY,
        ("nomination", {"city": "นครตัวอย่าง", "network": "เครือข่ายเมืองอัจฉริยะอาเซียน"}), membership(),
        at="N03 membership key 4"),
    bad(21, "overlapping memberships", "N02", CITY, membership(**{"from": "8 ก.ค. 2561"}, through="30 มิ.ย. 2564"),
        membership(**{"from": "1 ม.ค. 2564"}), at="N02 membership key 4,N02 membership key 5"),
    bad(22, "a figure without unit, qualifier and source", "S01", COHORT,
        figure(unit=None, qualifier=None, source=None),
        at="S01 figure unit 4,S01 figure qualifier 4,S01 figure source 4"),
    bad(23, "a link to nothing", "F13 F15", area(developer="body:test-nobody"), at="F15 area developer 4"),
    bad(25, "a name that nothing has", "F13", area(developer="สำนักงานที่ไม่มีอยู่จริง"), at="F13 area developer 4"),
    bad(26, "an area from which no key can be made", "F01", area(key=None), at="F01 area key 4"),
    bad(26, "a key in Thai", "F01", area(key="เมืองตัวอย่าง"), at="F01 area key 4"),
    bad(27, "a meeting number used twice", "G02", meeting(key="test-9-2565"),
        meeting(key="test-9-2565-again", held="13 ธ.ค. 2565"), at="G02 meeting key 4,G02 meeting key 5"),
    bad(28, "a meeting far from its year", "G03", meeting(held="12 ม.ค. 2561"), at="G03 meeting held 4"),
)  # fmt: skip

NEAR = {
    "01 a day of the Common Era in a date cell": (area(), event(on=date(2022, 11, 9))),
    "01 a Buddhist year written out": (area(), event(on="9 พฤศจิกายน พ.ศ. ๒๕๖๕")),
    "02 a year of the century before": (area(), event(on="2019-11-09", kind="การต่ออายุ")),
    "03 the last day of a month": (area(), event(on="30/11/2565")),
    "04 proposed and certified on one day": (area(submitted="2022-11-09"), event()),
    "05 a membership of one day": (CITY, membership(**{"from": "8 ก.ค. 2561"}, through="2018-07-08")),
    "06 an area in two provinces": (area(province="ระยอง; ชลบุรี"),),
    "07 a province by its code": (area(province="TH-21"),),
    "07 a province by its code of the department": (area(province="21"),),
    "08 English in the English column": (area(**{"name-en": "Example Town"}),),
    "09 Thai and Latin mixed": (area(**{"name-th": "ตัวอย่าง Smart City"}),),
    "10 a Thai name alone": (area(),),
    "11 another name in its own column": (area(**{"other-names": "นครตัวอย่าง; Example"}),),
    "12 an ordinary space": (area(**{"name-en": "Example Town"}),),
    "13 sara am in one": (area(**{"name-th": "ถ้ำตัวอย่าง"}),),
    "15 the southernmost district": (area(province="ยะลา", point="5.75, 101.07"),),
    "16 a partial list": ((COHORT[0], COHORT[1] | {"completeness": "บางส่วน"}), figure(value=3)),
    "17 a certification of an area": (area(), event()),
    "18 a decision with a meeting of the same file": (
        meeting(),
        decision(meeting="การประชุมคณะกรรมการตัวอย่าง ครั้งที่ 9/2565"),
    ),
    "19 an outcome by its notation": (decision(outcome="acknowledged"),),
    "20 a member with a first day": (CITY, membership(**{"from": "8 ก.ค. 2566"})),
    "21 memberships one after the other": (
        CITY,
        membership(**{"from": "8 ก.ค. 2561"}, through="30 มิ.ย. 2564"),
        membership(**{"from": "1 ก.ค. 2564"}),
    ),
    "22 a complete figure": (COHORT, figure()),
    "23 a link to a document of the same file": (
        ("source", {"name-th": "ข่าวตัวอย่าง", "name-en": "Example report", "url": "https://example.org/1"}),
        COHORT,
        figure(source="ข่าวตัวอย่าง", key=None),
    ),
    "25 a body by its name": (area(developer="สำนักงานส่งเสริมเศรษฐกิจดิจิทัล"),),
    "25 a body by its short name": (area(developer="ดีป้า"),),
    "26 a key made from the English name": (area(key=None, **{"name-en": "Example Town"}),),
    "27 two meetings of a year": (
        meeting(),
        meeting(number=10, held="13 ธ.ค. 2565", **{"name-th": "การประชุมตัวอย่าง ครั้งที่ 10/2565"}),
    ),
    "28 a January meeting of the year before": (meeting(held="12 ม.ค. 2566"),),
}


@pytest.fixture(scope="module")
def officials(published: Store, shapes: Shapes) -> Officials:
    return Officials(published, shapes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.number:02} {kind.name}")
def test_a_bad_sheet_is_found_by_its_rule_in_its_cell(kind: Kind, officials: Officials) -> None:
    findings = [one for one in officials.checked(*kind.rows).findings if one.severity > Severity.INFO]
    assert {one.rule for one in findings} == kind.rules
    places = {(one.rule, one.place) for one in findings}
    for rule, form, column, row in kind.at:
        assert (rule, officials.place(form, column, row)) in places


@pytest.mark.parametrize("rows", NEAR.values(), ids=NEAR)
def test_a_near_miss_is_clean(rows: tuple[Row, ...], officials: Officials) -> None:
    weighing = [one for one in officials.checked(*rows).findings if one.severity > Severity.INFO]
    assert not [(one.rule, one.focus.term, one.value) for one in weighing]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.number:02} {kind.name}")
def test_a_report_speaks_of_columns_and_cells(kind: Kind, officials: Officials) -> None:
    content = officials.fill_in(*kind.rows)
    report = check(officials.read("form.xlsx", content), officials.known, officials.shapes)
    tables = read_tables("form.xlsx", content)
    said = in_cells(report, tables, officials.forms, officials.known)
    assert [(one.rule, one.place) for one in said.findings] == [
        (one.rule, one.place) for one in report.findings
    ]
    for before, after in zip(report.findings, said.findings, strict=True):
        assert set(after.message) == {"th", "en"}
        assert after.message["th"] != before.message["th"] or before.elsewhere
        assert (before.repair is None) == (after.repair is None)
        assert not after.repair or "POINT" not in after.repair.said["th"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.number:02} {kind.name}")
def test_every_repair_of_a_sheet_makes_its_finding_go(kind: Kind, officials: Officials) -> None:
    content = officials.fill_in(*kind.rows)
    report = check(officials.read("form.xlsx", content), officials.known, officials.shapes)
    offered = [one for one in report.findings if one.repair]
    if kind.name in REPAIRED:
        assert offered
    mended, made = mended_table(
        "form.xlsx", content, officials.forms, officials.known, [one.repair for one in offered], "th"
    )
    assert len(made) == len(offered)
    left = check(officials.read("form.xlsx", mended), officials.known, officials.shapes).findings
    gone = {(one.rule, one.place) for one in offered}
    assert not gone & {(one.rule, one.place) for one in left}
    assert len(left) == len(report.findings) - len(offered)


def test_an_impossible_day_is_explained(officials: Officials) -> None:
    content = officials.fill_in(area(), event(on="31 พ.ย. 2565"))
    report = check(officials.read("form.xlsx", content), officials.known, officials.shapes)
    said = in_cells(report, read_tables("form.xlsx", content), officials.forms, officials.known)
    assert said.findings[0].message["en"].startswith("there is no 31 November 2022: that month has 30 days")


def test_a_name_that_is_not_in_the_list_is_said_to_be_none(officials: Officials) -> None:
    content = officials.fill_in(area(province="ระยองง"))
    report = check(officials.read("form.xlsx", content), officials.known, officials.shapes)
    said = in_cells(report, read_tables("form.xlsx", content), officials.forms, officials.known)
    assert "ไม่พบ ระยองง" in said.findings[0].message["th"]
    assert "หมายถึง ระยอง หรือไม่" in said.findings[0].message["th"]
    assert "Did you mean ระยอง?" in said.findings[0].message["en"]
    assert "เลือกจากรายการ" in said.findings[0].message["th"]


def test_a_name_that_may_mean_several_is_not_guessed(officials: Officials) -> None:
    content = officials.fill_in(area(province="Phetchabur"))
    report = check(officials.read("form.xlsx", content), officials.known, officials.shapes)
    said = in_cells(report, read_tables("form.xlsx", content), officials.forms, officials.known)
    assert "Did you mean" not in said.findings[0].message["en"]
