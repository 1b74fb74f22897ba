"""Reports for the tests of what writes them: one with everything in it, and any that could be."""

from hypothesis import strategies as st

from mueang.check.place import Place
from mueang.check.report import Finding, Repair, Report, Severity, Thing

AREA = Thing(
    "<https://w3id.org/mueang/id/area/test>",
    {"th": "เมืองตัวอย่าง", "en": "Example City"},
)
STARTS = Thing("<https://w3id.org/mueang/def#startsOn>", {"th": "วันเริ่ม", "en": "starts on"})
DATE = "^^<http://www.w3.org/2001/XMLSchema#date>"
TEXT = 'area:test a tsc:SmartCityArea ;\r\n\trdfs:label "เมืองที่ตัวอย่าง"@th ; tsc:startsOn "2565-11-09"^^xsd:date .\r\n'
COLUMN = TEXT.splitlines()[1].index('"2565') + 1
SHAPE = "https://w3id.org/mueang/shapes#F10-startsOn"
COMPONENT = "http://www.w3.org/ns/shacl#MaxInclusiveConstraintComponent"

DATED = Finding(
    rule="F10",
    severity=Severity.VIOLATION,
    focus=AREA,
    path=STARTS,
    value=f'"2565-11-09"{DATE}',
    message={"th": "เขียนวันที่ตามปี ค.ศ.", "en": "Write a day of the Common Era."},
    shape=SHAPE,
    component=COMPONENT,
    place=Place(line=2, column=COLUMN),
    repair=Repair(
        (AREA.term, STARTS.term, f'"2565-11-09"{DATE}'),
        STARTS.term,
        f'"2022-11-09"{DATE}',
        {"th": "2022-11-09", "en": "2022-11-09"},
    ),
)
NAMED = Finding(
    rule="F06",
    severity=Severity.WARNING,
    focus=AREA,
    path=None,
    value=AREA.term,
    message={"th": "ใส่ชื่อภาษาไทย", "en": "Give a Thai name."},
    shape="https://w3id.org/mueang/shapes#F06",
    component=COMPONENT,
    place=Place(sheet="พื้นที่", cell="B7"),
    elsewhere=True,
)
REPORT = Report("ข้อมูล ใหม่.ttl", (DATED, NAMED))

_texts = st.text(max_size=60)
_said = st.fixed_dictionaries({"th": _texts, "en": _texts})
_terms = st.one_of(
    st.just("<https://example.org/a>"),
    _texts.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'),
    st.just("_:b0"),
)
_things = st.builds(Thing, _terms, st.dictionaries(st.sampled_from(["th", "en"]), _texts))
_places = st.one_of(
    st.none(),
    st.builds(Place, line=st.integers(1, 9), column=st.integers(0, 99)),
    st.builds(Place, sheet=st.text(min_size=1, max_size=31), cell=st.from_regex(r"[A-Z]{1,3}[1-9][0-9]{0,4}", fullmatch=True)),
)  # fmt: skip
_repairs = st.one_of(st.none(), st.builds(Repair, st.tuples(_terms, _terms, _terms), _terms, _terms, _said))
_findings = st.builds(
    Finding,
    rule=st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True),
    severity=st.sampled_from(Severity),
    focus=_things,
    path=st.none() | _things,
    value=st.none() | _terms,
    message=_said,
    shape=st.just(SHAPE),
    component=st.just(COMPONENT),
    place=_places,
    repair=_repairs,
    elsewhere=st.booleans(),
)
REPORTS = st.builds(
    Report,
    st.sampled_from(["a.ttl", "-", "/tmp/ข้อมูล.xlsx", "folder/a b.csv"]),  # noqa: S108  (no file is made)
    st.lists(_findings, max_size=5).map(tuple),
)
