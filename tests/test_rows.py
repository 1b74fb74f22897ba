"""Rows become statements with their cells and statements become the same rows; nothing is dropped, nothing guessed."""

import io
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from pyoxigraph import Literal, NamedNode, Store

from filling import FIRST, Officials, form_named
from mueang.check.calendar import in_thai
from mueang.check.judge import check
from mueang.check.place import Place
from mueang.check.report import Repair
from mueang.check.shacl import Shapes
from mueang.check.sheets.form import Field, Form
from mueang.check.sheets.grid import Cell, Table
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.reference import References
from mueang.check.sheets.repair import mended_table
from mueang.check.sheets.rows import statements
from mueang.check.sheets.table import rows
from mueang.check.sheets.value import DATE, DECIMAL, INTEGER
from mueang.errors import Language, MalformedData
from mueang.graph.names import BASE

AREA = {"key": "test-example", "name-th": "เมืองตัวอย่าง", "province": "ระยอง"}
EVENT = {"area": "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา", "kind": "การต่ออายุ", "on": "9 พ.ย. 2567"}


@pytest.fixture(scope="session")
def officials(published: Store, shapes: Shapes) -> Officials:
    return Officials(published, shapes)


def table(sheet: str, *lines: list[str]) -> Table:
    """A table of texts, as a CSV file or a workbook of text cells has it."""
    width = max(map(len, lines))
    return Table(
        sheet,
        tuple(
            tuple(
                Cell(
                    text,
                    "text" if text else "empty",
                    text or None,
                    Place(sheet=sheet, cell=name(row, column)),
                )
                for column, text in enumerate(line + [""] * (width - len(line)))
            )
            for row, line in enumerate(lines, start=1)
        ),
    )


def name(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row}"


def triples(officials: Officials, *tables: Table) -> set[tuple[str, str, str]]:
    found = statements(list(tables), officials.forms, officials.known, "form.xlsx")
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in found.quads}


def test_every_statement_has_the_cell_it_is_read_from(officials: Officials) -> None:
    found = officials.hand_in(("area", AREA | {"province": "ระยอง; ชลบุรี"}))
    area, province = f"<{BASE}id/area/test-example>", f"<{BASE}def#inProvince>"
    for code in ("TH-21", "TH-20"):
        assert found.places[area, province, f"<{BASE}id/province/{code}>"] == officials.place(
            "area", "province"
        )
    assert {str(quad.subject) for quad in found.quads} == {area}
    assert all((str(q.subject), str(q.predicate), str(q.object)) in found.places for q in found.quads)


def test_an_empty_cell_has_its_place_too(officials: Officials) -> None:
    found = officials.hand_in(("event", EVENT))
    event = next(quad.subject for quad in found.quads if quad.predicate.value.endswith("eventKind"))
    place = found.place_of(str(event), f"<{BASE}def#followsDecision>")
    assert place == officials.place("event", "decision")


def test_a_row_may_describe_two_things(officials: Officials) -> None:
    found = officials.hand_in(("event", EVENT))
    subjects = {quad.subject.value for quad in found.quads}
    assert subjects == {
        f"{BASE}id/certification-event/hat-yai-renewal-2024",
        f"{BASE}id/certification/hat-yai-2024",
    }


def test_an_existing_certification_is_renewed_and_not_made_again(officials: Officials) -> None:
    values = {name: value for name, value in EVENT.items() if name != "area"} | {
        "certification": "hat-yai-2022"
    }
    found = officials.hand_in(("event", values))
    assert {
        quad.object.value for quad in found.quads if quad.predicate.value.endswith("ofCertification")
    } == {f"{BASE}id/certification/hat-yai-2022"}


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_example_row_is_passed_over(language: Language, published: Store, shapes: Shapes) -> None:
    officials = Officials(published, shapes, language)
    found = officials.hand_in(("area", AREA))
    assert {quad.subject.value for quad in found.quads} == {f"{BASE}id/area/test-example"}


def test_a_changed_example_row_is_taken_as_data(officials: Officials) -> None:
    book = openpyxl.load_workbook(io.BytesIO(officials.empty))
    sheet = book[form_named(officials.forms, "city").title["th"]]
    sheet["B3"] = "นครของเรา"
    file = io.BytesIO()
    book.save(file)
    found = officials.read("form.xlsx", file.getvalue())
    assert "นครของเรา" in {quad.object.value for quad in found.quads}


@pytest.mark.parametrize(
    "name",
    [
        "source",
        "area",
        "event",
        "meeting",
        "decision",
        "city",
        "nomination",
        "membership",
        "cohort",
        "figure",
    ],
)
def test_the_example_of_a_form_breaks_no_rule(name: str, officials: Officials) -> None:
    form = form_named(officials.forms, name)
    book = openpyxl.load_workbook(io.BytesIO(officials.empty))
    sheet = book[form.title["th"]]
    sheet["A3"] = "test-example"
    file = io.BytesIO()
    book.save(file)
    report = check(officials.read("form.xlsx", file.getvalue()), officials.known, officials.shapes)
    assert report.accepted, [(one.rule, one.focus.term, one.value) for one in report.findings]


def test_headings_of_either_language_in_any_order_below_a_title(officials: Officials) -> None:
    ours = triples(
        officials,
        table(
            "แผ่น1",
            ["ทะเบียนพื้นที่ของเทศบาล"],
            [],
            ["Province", "ชื่อพื้นที่ (ไทย)*", "Key "],
            ["TH-21", "เมืองตัวอย่าง", "test-example"],
        ),
    )
    theirs = triples(officials, table("Areas", ["key", "province*", "name of the area (THAI)"],
                                      ["test-example", "Rayong", "เมืองตัวอย่าง"]))  # fmt: skip
    assert ours == theirs
    assert len(ours) == 3


def test_empty_rows_and_columns_are_passed_over(officials: Officials) -> None:
    found = triples(
        officials,
        table(
            "",
            ["", "รหัส", "", "ชื่อพื้นที่ (ไทย)", "จังหวัด"],
            [],
            ["", "test-example", "", "เมืองตัวอย่าง", "ระยอง"],
        ),
    )
    assert len(found) == 3


def test_an_unknown_heading_is_found_and_never_passed_over(officials: Officials) -> None:
    tables = [
        table(
            "พื้นที่",
            ["รหัส", "ชื่อพื้นที่ (ไทย)", "จังหวัด", "จำนวน ประชากร"],
            ["test-example", "เมืองตัวอย่าง", "ระยอง", ""],
            ["test-other", "เมืองอื่น", "ระยอง", "20000"],
            ["test-third", "เมืองที่สาม", "ระยอง", "30000"],
        )
    ]
    submission = statements(tables, officials.forms, officials.known, "form.csv")
    findings = check(submission, officials.known, officials.shapes).findings
    assert [(one.rule, one.place) for one in findings] == [("F14", Place(sheet="พื้นที่", cell="D1"))]


def test_values_without_a_heading_are_found_where_they_stand(officials: Officials) -> None:
    tables = [table("", ["รหัส", "ชื่อพื้นที่ (ไทย)", "จังหวัด", ""], ["test-example", "เมืองตัวอย่าง", "ระยอง", "?"])]
    submission = statements(tables, officials.forms, officials.known, "form.csv")
    findings = check(submission, officials.known, officials.shapes).findings
    assert [(one.rule, one.place) for one in findings] == [("F14", Place(cell="D2"))]


def test_a_table_of_no_form_is_refused_by_its_name(officials: Officials) -> None:
    good = table("Areas", ["Key", "Province"], ["test-example", "TH-21"])
    with pytest.raises(MalformedData, match='form.xlsx, sheet "Budget"'):
        triples(officials, good, table("Budget", ["Year", "Baht"], ["2565", "1"]))
    assert triples(officials, good, table("Empty", [""]))


@pytest.mark.parametrize("kind", ["error", "formula-without-value"])
def test_a_formula_without_a_value_is_refused_with_its_cell(kind: str, officials: Officials) -> None:
    good = table("Areas", ["Key", "Province"], ["test-example", "TH-21"])
    bad = Cell("#REF!", kind, None, Place(sheet="Areas", cell="B2"))
    with pytest.raises(MalformedData, match="cell B2"):
        triples(officials, Table("Areas", (good.rows[0], (good.rows[1][0], bad))))


def values_of(officials: Officials, form: str, column: str, text: str, **more: str) -> set[str]:
    one = form_named(officials.forms, form)
    given = {"key": "test-example", column: text} | more
    headings = [field.title["th"] for field in one.columns if field.name in given]
    cells = [given[field.name] for field in one.columns if field.name in given]
    path = next(field.path for field in one.columns if field.name == column)
    sheet = table(one.title["th"], headings, cells)
    return {value for _, predicate, value in triples(officials, sheet) if predicate == f"<{path}>"}


@pytest.mark.parametrize(
    "text",
    ["ระยอง", " ระยอง ", "Rayong", "TH-21", "21", "province:TH-21", f"{BASE}id/province/TH-21", "ระยอง (province:TH-21)"],
)  # fmt: skip
def test_a_thing_is_meant_by_label_code_key_or_iri(text: str, officials: Officials) -> None:
    assert values_of(officials, "area", "province", text) == {f"<{BASE}id/province/TH-21>"}


def test_several_things_of_a_cell_are_parted_though_the_last_is_written_with_its_key(
    officials: Officials,
) -> None:
    assert values_of(officials, "area", "province", "ชลบุรี; ระยอง (province:TH-21)") == {
        f"<{BASE}id/province/TH-20>",
        f"<{BASE}id/province/TH-21>",
    }


@pytest.mark.parametrize("text", ["ระยองง", "TH-99", "Ray", "=ระยอง", "ระยอง หรือ ชลบุรี"])
def test_what_is_not_understood_stays_text(text: str, officials: Officials) -> None:
    assert values_of(officials, "area", "province", text) == {f'"{text}"'}


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("number", "๑๒", f'"12"^^<{INTEGER}>'),
        ("number", "1/2565", '"1/2565"'),
        ("number", "1.5", '"1.5"'),
        ("year", "พ.ศ. 2565", '"พ.ศ. 2565"'),
        ("held", "๙ พ.ย. ๒๕๖๕", f'"2022-11-09"^^<{DATE}>'),
        ("held", "9/11/65", '"9/11/65"'),
        ("held", "2022-11-31", '"2022-11-31"'),
    ],
)
def test_numbers_and_days_are_read_or_left(column: str, text: str, value: str, officials: Officials) -> None:
    assert values_of(officials, "meeting", column, text) == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20,000,000,000", f'"20000000000"^^<{DECIMAL}>'),
        ("-1.50", f'"-1.50"^^<{DECIMAL}>'),
        ("20,000 ล้าน", '"20,000 ล้าน"'),
        ("1,23", '"1,23"'),
        ("1e3", '"1e3"'),
    ],
)
def test_figures_are_read_in_full_or_left(text: str, value: str, officials: Officials) -> None:
    assert values_of(officials, "figure", "value", text) == {value}


def test_a_name_that_two_rows_share_is_not_guessed(officials: Officials) -> None:
    cities = table("เมือง", ["รหัส", "ชื่อเมือง (ไทย)"], ["test-a", "นครตัวอย่าง"], ["test-b", "นครตัวอย่าง"])
    members = table("สมาชิกภาพ", ["รหัส", "เมืองสมาชิก", "เครือข่าย"], ["test-m", "นครตัวอย่าง", "ascn"])
    found = triples(officials, cities, members)
    assert (f"<{BASE}id/membership/test-m>", f"<{BASE}def#memberCity>", '"นครตัวอย่าง"') in found


def test_keys_are_made_from_the_row_and_never_from_nothing(officials: Officials) -> None:
    found = triples(
        officials,
        table("เมือง", ["ชื่อเมือง (ไทย)", "ชื่อเมือง (อังกฤษ)"], ["นครตัวอย่าง", "Café Town (North)"]),
        table("การประชุม", ["คณะกรรมการ", "ครั้งที่", "ปี พ.ศ."], ["steering", "๗", "2566"]),
        table("พื้นที่", ["ชื่อพื้นที่ (ไทย)", "จังหวัด"], ["เมืองตัวอย่าง", "ระยอง"]),
    )
    subjects = {subject for subject, _, _ in found}
    assert f"<{BASE}id/city/cafe-town-north>" in subjects
    assert f"<{BASE}id/meeting/steering-7-2566>" in subjects
    assert sum(subject.startswith("_:") for subject in subjects) == 1


def test_a_key_that_no_iri_can_hold_stays_visible(officials: Officials) -> None:
    found = triples(officials, table("", ["รหัส", "จังหวัด"], ['my <area> "1"', "ระยอง"]))
    assert {subject for subject, _, _ in found} == {f"<{BASE}id/area/my%20%3Carea%3E%20%221%22>"}


def test_rows_that_speak_of_each_other_in_a_circle_end(officials: Officials) -> None:
    found = triples(
        officials,
        table(
            "กลุ่มพื้นที่", ["ชื่อกลุ่ม (ไทย)", "ณ วันที่", "รวมกลุ่มอื่น"], ["ก", "9/11/2565", "ข"], ["ข", "9/11/2565", "ก"]
        ),
    )
    assert len({subject for subject, _, _ in found}) == 2


REPAIRS = [
    (("area", AREA | {"province": "ระยอง; ชลบุรีี ;ตราด"}), "inProvince", '"ชลบุรีี"', f"<{BASE}id/province/TH-20>",
     ("area", "province"), "ระยอง; ชลบุรี ;ตราด"),
    (("event", EVENT | {"on": date(2565, 11, 9)}), "eventDate", f'"2565-11-09"^^<{DATE}>', f'"2022-11-09"^^<{DATE}>',
     ("event", "on"), "9 พฤศจิกายน 2565"),
    (("area", AREA | {"point": "101.07, 5.75"}), "asWKT",
     '"POINT(5.75 101.07)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
     '"POINT(101.07 5.75)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>', ("area", "point"), "5.75, 101.07"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "path", "was", "value", "at", "text"), REPAIRS, ids=[one[1] for one in REPAIRS]
)
def test_a_repair_changes_its_cell(  # noqa: PLR0913, PLR0917
    row: tuple, path: str, was: str, value: str, at: tuple[str, str], text: str, officials: Officials
) -> None:
    content = officials.fill_in(row)
    quads = officials.read("form.xlsx", content).quads
    quad = next(one for one in quads if one.predicate.value.endswith(path) and str(one.object) == was)
    repair = Repair((str(quad.subject), str(quad.predicate), was), str(quad.predicate), value, {})
    mended, made = mended_table("form.xlsx", content, officials.forms, officials.known, [repair], "th")
    assert made == [repair]
    assert text_at(read_tables("form.xlsx", mended), officials.place(*at)) == text
    assert value in {str(one.object) for one in officials.read("form.xlsx", mended).quads}


def text_at(tables: list[Table], place: Place) -> str:
    return next(cell.text for one in tables for line in one.rows for cell in line if cell.place == place)


CSV = "รหัส,ชื่อพื้นที่ (ไทย),จังหวัดด\r\ntest-example,เมืองตัวอย่าง,ระยอง\r\n"
AREA_IRI = f"<{BASE}id/area/test-example>"


def test_a_repaired_heading_is_the_forms_own(officials: Officials) -> None:
    repair = Repair((AREA_IRI, f"<{BASE}def#จังหวัดด>", '"ระยอง"'), f"<{BASE}def#inProvince>", '"ระยอง"', {})
    mended, made = mended_table("a.csv", CSV.encode(), officials.forms, officials.known, [repair], "th")
    assert made == [repair]
    assert mended.decode() == CSV.replace("จังหวัดด", "จังหวัด")


def test_of_two_different_repairs_of_one_statement_none_is_made(officials: Officials) -> None:
    text = CSV.replace("จังหวัดด", "จังหวัด").replace("ระยอง", "ระยองง")
    statement = (AREA_IRI, f"<{BASE}def#inProvince>", '"ระยองง"')
    repairs = [Repair(statement, statement[1], f"<{BASE}id/province/TH-2{n}>", {}) for n in (0, 1)]
    assert mended_table("a.csv", text.encode(), officials.forms, officials.known, repairs, "th") == (
        text.encode(),
        [],
    )


# Round trip

WORDS = (
    st.text(alphabet="กขคงจฉเมืองตัวอย่าง abcXYZ019-().", min_size=1, max_size=30).map(str.strip).filter(bool)
)
THAI = WORDS.map(lambda text: f"ก{text}").map(lambda text: text.strip())
LATIN = st.from_regex(r"[A-Za-z][A-Za-z0-9 ]{0,20}[a-z0-9]", fullmatch=True)
DAYS = st.integers(0, 20_000).map(lambda days: date(2018, 1, 1) + timedelta(days))
KEYS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True).map(
    lambda key: f"test-{key}"
)
DATATYPES: Mapping[str, st.SearchStrategy[str]] = {
    DATE: DAYS.map(in_thai),
    INTEGER: st.integers(0, 3000).map(str),
    DECIMAL: st.decimals(0, 10**12, places=3).map(lambda one: format(one.normalize(), "f")),
    "http://www.opengis.net/ont/geosparql#wktLiteral": st.tuples(
        st.integers(5, 20), st.integers(97, 105)
    ).map(lambda pair: f"{pair[0]}.5, {pair[1]}.25"),
}


def cell_texts(field: Field, choices: Callable[[Field], list[str]]) -> st.SearchStrategy[str]:
    """Texts of a column as the program itself would write them."""
    if field.is_link:
        one = st.sampled_from(choices(field))
    elif field.languages:
        one = LATIN if field.languages == ("en",) else THAI
    else:
        plain = st.integers(1, 999).map(lambda n: f"https://example.org/{n}") if field.is_address else LATIN
        one = DATATYPES.get(field.datatype, plain)
    if field.separator:
        return st.lists(one, max_size=3, unique=True).map(f"{field.separator} ".join)
    return one if field.required else st.just("") | one


@pytest.fixture(scope="session")
def choices(officials: Officials) -> Callable[[Field], list[str]]:
    references, found = References(officials.known), dict[str, list[str]]()

    def of(field: Field) -> list[str]:
        if field.iri not in found:
            things = references.things(field, "th")
            found[field.iri] = [references.written(field, one, "th") for one in things]
        return found[field.iri]

    return of


def row_texts(form: Form, choices: Callable[[Field], list[str]]) -> st.SearchStrategy[list[str]]:
    nested = {one.form.key.iri for one in form.nested if one.form.key}
    keys = {form.key.iri, *nested} if form.key else nested
    return st.tuples(
        *(KEYS if field.iri in keys else cell_texts(field, choices) for field in form.columns)
    ).map(list)


def as_said(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "name",
    [
        "source",
        "area",
        "event",
        "meeting",
        "decision",
        "city",
        "nomination",
        "membership",
        "cohort",
        "figure",
    ],
)
def test_rows_become_statements_and_the_same_rows_again(
    name: str, officials: Officials, choices: Callable[[Field], list[str]]
) -> None:
    form = form_named(officials.forms, name)
    headings = [field.title["th"] for field in form.columns]
    lines = st.lists(row_texts(form, choices), min_size=1, max_size=4, unique_by=lambda line: line[0])

    @settings(derandomize=True, max_examples=25, deadline=None)
    @given(lines)
    def holds(filled: list[list[str]]) -> None:
        handed_in = statements(
            [table(form.title["th"], headings, *filled)], officials.forms, officials.known, "form.xlsx"
        )
        again = rows(handed_in.quads, officials.forms, officials.known, "th")
        assert again[form.title["th"]] == [headings, *filled]

    holds()


def test_a_filled_template_goes_through_a_file_and_back(officials: Officials) -> None:
    found = officials.hand_in(
        ("area", AREA | {"point": "12.68, 101.28", "submitted": "1 ม.ค. 2565"}), ("event", EVENT)
    )
    written = rows(found.quads, officials.forms, officials.known, "th")
    tables = [table(sheet, *lines) for sheet, lines in written.items()]
    again = statements(tables, officials.forms, officials.known, "form.xlsx")
    assert set(again.quads) == set(found.quads)


def test_a_year_of_the_buddhist_era_in_a_date_cell_is_kept_for_the_rules(officials: Officials) -> None:
    found = officials.hand_in(("event", EVENT | {"on": date(2565, 11, 9)}))
    assert Literal("2565-11-09", datatype=NamedNode(DATE)) in {quad.object for quad in found.quads}
    assert FIRST == 4
