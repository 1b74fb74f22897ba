"""An author's own table file comes back with the findings in it, or mended, and otherwise as it was."""

import random
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from mueang.check.place import Place
from mueang.check.report import Finding, Repair, Report, Severity, Thing
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.marking import marked
from mueang.check.sheets.patch import patched
from mueang.check.sheets.summary import HEADINGS, TITLES
from mueang.check.wording import value_shown
from mueang.errors import Language, UnusableRequest
from test_grid import USUAL, mutated_package, mutated_text
from workbooks import packed, parts, saved, unpacked, usual

SHEET = "พื้นที่ 1"
PART = "xl/worksheets/sheet1.xml"


def finding(
    cell: str = "C6", sheet: str = SHEET, severity: Severity = Severity.VIOLATION, value: str = '"9 พ.ย. 65"'
) -> Finding:
    statement = ("<https://w3id.org/mueang/id/area/k>", "<https://w3id.org/mueang/def#eventDate>", value)
    return Finding(
        rule="F10",
        severity=severity,
        focus=Thing(statement[0], {"th": "เมือง ก"}),
        path=Thing(statement[1], {"th": "วันที่", "en": "date"}),
        value=value,
        message={"th": "เขียนวันที่ตามปี ค.ศ.", "en": "Write a day of the Common Era."},
        shape="https://w3id.org/mueang/shapes#F10",
        component="http://www.w3.org/ns/shacl#DatatypeConstraintComponent",
        place=Place(sheet=sheet, cell=cell),
        repair=Repair(statement, statement[1], '"2022-11-09"', {"th": "2022-11-09", "en": "2022-11-09"}),
    )


def report(*findings: Finding, name: str = "a.xlsx") -> Report:
    return Report(name, findings)


def reopened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_cell_is_coloured_and_told_what_is_wrong_and_what_to_write(language: Language) -> None:
    cell = reopened(marked(USUAL, report(finding()), language))[SHEET]["C6"]
    assert cell.fill.fgColor.rgb == "FFF4B6B6"
    assert finding().message[language] in cell.comment.text
    assert "2022-11-09" in cell.comment.text


def test_the_worst_finding_gives_the_colour_and_all_are_in_the_comment() -> None:
    findings = [finding(severity=Severity.INFO), finding(severity=Severity.WARNING)]
    cell = reopened(marked(USUAL, report(*findings), "en"))[SHEET]["C6"]
    assert cell.fill.fgColor.rgb == "FFFFE699"
    assert cell.comment.text.count("F10") == 2


def test_a_first_sheet_lists_every_finding_with_a_link_to_its_cell() -> None:
    nowhere = Finding(**(vars(finding()) | {"place": None, "elsewhere": True, "repair": None}))
    workbook = reopened(marked(USUAL, report(finding(), nowhere), "en"))
    summary = workbook.worksheets[0]
    assert (workbook.active.title, summary["A1"].value) == (TITLES["en"], HEADINGS["en"])
    assert summary["C5"].hyperlink.location == f"'{SHEET}'!C6"
    assert summary["C5"].value == f'sheet "{SHEET}", cell C6'
    assert [summary.cell(5, column).value for column in (2, 4, 6, 7, 8)] == [
        "violation",
        "F10",
        value_shown(finding()),
        "Write a day of the Common Era.",
        "2022-11-09",
    ]
    assert summary["C6"].hyperlink is None
    assert "published" in summary["E6"].value


def test_no_value_becomes_a_formula_and_none_breaks_the_file() -> None:
    bad = finding(value='=HYPERLINK("http://e.org")\x00\x1f')
    for row in reopened(marked(USUAL, report(bad), "en")).worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_a_finding_in_a_merged_range_is_shown_where_the_range_begins() -> None:
    assert reopened(marked(USUAL, report(finding("B6")), "en"))[SHEET]["B5"].comment


def test_findings_that_are_nowhere_in_the_file_are_only_listed() -> None:
    workbook = reopened(marked(USUAL, report(finding(sheet="ไม่มี"), finding("ZZ99999")), "en"))
    assert workbook.worksheets[0].max_row == 6


def test_a_cell_that_is_only_formatted_and_far_away_costs_nothing() -> None:
    members = unpacked(USUAL)
    members[PART] = members[PART].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    assert reopened(marked(packed(members), report(finding()), "en"))[SHEET]["C6"].comment


def test_formulas_formats_drop_downs_widths_and_other_comments_stay() -> None:
    workbook = usual()
    sheet = workbook[SHEET]
    sheet["A3"].font = Font(bold=True, name="TH Sarabun New")
    sheet.column_dimensions["A"].width = 33
    sheet.freeze_panes = "A2"
    listed = DataValidation(type="list", formula1="=ซ่อน!$B$2:$B$9")
    listed.add("B3:B99")
    sheet.add_data_validation(listed)
    sheet.conditional_formatting.add(
        "D3:D9", CellIsRule(operator="greaterThan", formula=["9"], fill=PatternFill())
    )
    sheet["C6"].comment = Comment("ตรวจแล้ว", "สมชาย")
    back = reopened(marked(saved(workbook), report(finding()), "th"))[SHEET]
    assert back["D5"].value == "=D3*2"
    assert (back["C3"].number_format, back["C3"].value.date()) == (
        "[$-107041E]d mmm yyyy;@",
        date(2022, 11, 9),
    )
    assert (back["A3"].font.b, back["A3"].font.name) == (True, "TH Sarabun New")
    assert (back.column_dimensions["A"].width, back.freeze_panes) == (33, "A2")
    assert [(str(each.sqref), each.formula1) for each in back.data_validations.dataValidation] == [
        ("B3:B99", "=ซ่อน!$B$2:$B$9")
    ]
    assert len(back.conditional_formatting) == 1
    assert back["C6"].comment.text.startswith("ตรวจแล้ว\n\nmueang:\n")
    assert back.parent["ซ่อน"].sheet_state == "hidden"


def test_a_marked_workbook_is_read_as_the_one_that_was_handed_in() -> None:
    back = marked(USUAL, report(finding()), "th")
    texts = [[[cell.text for cell in row] for row in table.rows] for table in read_tables("a.xlsx", back)]
    assert texts == [
        [[cell.text for cell in row] for row in table.rows] for table in read_tables("a.xlsx", USUAL)
    ]


def test_marks_of_an_earlier_check_go_when_the_file_is_checked_again() -> None:
    workbook = usual()
    workbook[SHEET]["C6"].comment = Comment("ตรวจแล้ว", "สมชาย")
    once = reopened(marked(saved(workbook), report(finding(), finding("A3")), "th"))
    once[SHEET]["A3"].comment.author = " "  # as LibreOffice saves it
    again = reopened(marked(saved(once), report(finding("A4")), "en"))
    sheet = again[SHEET]
    assert (sheet["C6"].comment.text, sheet["C6"].comment.author) == ("ตรวจแล้ว", "สมชาย")
    assert (sheet["A3"].comment, sheet["A3"].fill.fill_type) == (None, None)
    assert sheet["A4"].comment
    assert again.sheetnames == [TITLES["en"], *usual().sheetnames]


CSV = 'ชื่อ,วันที่\r\n"เมือง, ก",9 พ.ย. 65\r\nเมือง ข'


def test_a_text_comes_back_with_two_more_columns() -> None:
    back = marked(CSV.encode("cp874"), report(finding("B2", ""), name="a.csv"), "th")
    assert back.decode("utf-8-sig").split("\r\n") == [
        "ชื่อ,วันที่,ผลการตรวจ,เขียนแทนว่า",
        '"เมือง, ก",9 พ.ย. 65,B2: F10 ต้องแก้: เขียนวันที่ตามปี ค.ศ.,B2: 2022-11-09',
        "เมือง ข,,,",
        "",
    ]


def test_the_two_columns_are_no_part_of_the_table_and_are_not_doubled() -> None:
    once = marked(CSV.encode(), report(finding("B2", ""), finding("A1", ""), name="a.csv"), "th")
    again = marked(once, report(name="a.csv"), "en")
    assert again.decode("utf-8-sig").splitlines()[0] == "ชื่อ,วันที่,Findings,Write instead"
    for content in (once, again):
        rows = read_tables("a.csv", content)[0].rows
        assert [[cell.text for cell in row] for row in rows] == [
            ["ชื่อ", "วันที่"],
            ["เมือง, ก", "9 พ.ย. 65"],
            ["เมือง ข", ""],
        ]


def test_an_empty_text_comes_back_empty() -> None:
    assert marked(b"", report(name="a.csv"), "th") == b"\xef\xbb\xbf"


def at(cell: str, sheet: str = SHEET) -> Place:
    return Place(sheet=sheet, cell=cell)


def test_mending_changes_the_cells_and_not_a_byte_of_other_parts() -> None:
    changes = {at("C6"): "2022-11-09", at("B4"): "40 <&> ๔", at("B2", "ซ่อน"): "y"}
    mended, done = patched("a.xlsx", USUAL, changes)
    assert done == changes.keys()
    before, after = unpacked(USUAL), unpacked(mended)
    assert list(before) == list(after)
    changed = {path for path in before if before[path] != after[path]}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    was, now = (read_tables("a.xlsx", content) for content in (USUAL, mended))
    for old, new in zip(was, now, strict=True):
        for old_row, new_row in zip(old.rows, new.rows, strict=True):
            for known, cell in zip(old_row, new_row, strict=True):
                assert cell.text == changes.get(cell.place, known.text)


def test_a_mended_day_stays_a_day_and_a_mended_number_a_number() -> None:
    mended, _ = patched("a.xlsx", USUAL, {at("C3"): "2023-01-31", at("D3"): "1500000.5", at("D4"): "ไม่ทราบ"})
    sheet = read_tables("a.xlsx", mended)[0].rows
    assert [(sheet[2][2].kind, sheet[2][2].value), (sheet[2][3].value), (sheet[3][3].kind)] == [
        ("date", date(2023, 1, 31)),
        1500000.5,
        "text",
    ]
    assert reopened(mended)[SHEET]["C3"].number_format == "[$-107041E]d mmm yyyy;@"


def test_a_day_of_a_workbook_that_counts_from_1904_is_mended_to_the_right_day() -> None:
    content = packed(
        parts('<row r="1"><c r="A1" s="1"><v>1</v></c></row>', style="14", about='<workbookPr date1904="1"/>')
    )
    mended, _ = patched("a.xlsx", content, {at("A1", "S"): "2022-11-09"})
    assert read_tables("a.xlsx", mended)[0].rows[0][0].value == date(2022, 11, 9)


def test_a_formula_and_a_cell_that_is_not_there_are_left_alone() -> None:
    mended, done = patched(
        "a.xlsx", USUAL, {at("D5"): "1", at("A2"): "x", at("ZZ99"): "x", at("A1", "ไม่มี"): "x"}
    )
    assert done == set()
    assert unpacked(mended)["xl/worksheets/sheet1.xml"] == unpacked(USUAL)["xl/worksheets/sheet1.xml"]


def test_formulas_are_calculated_anew_when_a_mended_workbook_is_opened() -> None:
    about = '<calcPr calcId="191029"/>'
    mended, _ = patched("a.xlsx", packed(parts("<row><c><v>1</v></c></row>", about=about)), {})
    assert b'<calcPr fullCalcOnLoad="1" calcId="191029"/>' in unpacked(mended)["xl/workbook.xml"]


def test_mending_keeps_the_prefix_of_the_elements_and_the_encoding_of_the_part() -> None:
    members = parts()
    members["xl/worksheets/sheet1.xml"] = (
        '<?xml version="1.0" encoding="iso-8859-1"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/'
        'spreadsheetml/2006/main"><x:sheetData><x:row><x:c s="1" r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    mended, done = patched("a.xlsx", packed(members), {at("A1", "S"): "ก"})
    assert done == {at("A1", "S")}
    assert read_tables("a.xlsx", mended)[0].rows[0][0].text == "ก"
    assert (
        b'<x:c r="A1" s="1" t="inlineStr"><x:is><x:t xml:space="preserve">&#3585;'
        in unpacked(mended)["xl/worksheets/sheet1.xml"]
    )


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"", "cp874"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ],
)
def test_a_mended_text_is_the_same_but_for_the_cell(bom: bytes, codec: str) -> None:
    text = 'ก;"ข";ค\r\n"ง"" ";9 พ.ย. 65;\n\n จ'
    mended, done = patched("a.csv", bom + text.encode(codec), {at("B2", ""): "2022-11-09", at("C9", ""): "x"})
    assert mended == bom + text.replace("9 พ.ย. 65", "2022-11-09").encode(codec)
    assert done == {at("B2", "")}


def test_a_mended_cell_of_a_text_is_quoted_where_it_must_be() -> None:
    mended, _ = patched("a.csv", b"a,b\n1,2\n", {at("B2", ""): 'x, "y"\n'})
    assert mended == b'a,b\n1,"x, ""y""\n"\n'


def test_what_the_encoding_of_a_text_cannot_say_turns_it_into_utf_8() -> None:
    mended, _ = patched("a.csv", "ก,ข\nค,ง\n".encode("cp874"), {at("B2", ""): "→"})
    assert mended == "ก,ข\nค,→\n".encode("utf-8-sig")


def marked_or_refused(name: str, content: bytes) -> None:
    findings = [finding("C6", SHEET if name == "a.xlsx" else ""), finding("A1", "S")]
    for work in (
        lambda: marked(content, report(*findings, name=name), "th"),
        lambda: patched(name, content, {each.place: "x" for each in findings if each.place})[0],
    ):
        try:
            back = work()
        except UnusableRequest:
            continue
        if name == "a.xlsx":  # of a text with other cells, another separator may be the likelier one
            read_tables(name, back)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_any_file_comes_back_readable_or_is_refused(name: str) -> None:
    for seed in range(60):
        make = mutated_package if name == "a.xlsx" else mutated_text
        marked_or_refused(name, make(random.Random(seed)))  # noqa: S311


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_any_of_ten_thousand_files_comes_back_readable_or_is_refused(name: str) -> None:
    for seed in range(1000, 11_000):
        make = mutated_package if name == "a.xlsx" else mutated_text
        marked_or_refused(name, make(random.Random(seed)))  # noqa: S311
