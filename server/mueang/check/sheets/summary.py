"""What is added to a table file that goes back to its author: in a workbook a sheet that lists all findings."""

import re
from collections.abc import Iterable, Sequence

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mueang.check.report import Finding, Report, Severity
from mueang.check.sheets.grid import Table
from mueang.check.wording import (
    ELSEWHERE,
    SEVERITIES,
    outcome,
    place_shown,
    property_of,
    thing_shown,
    value_shown,
)
from mueang.errors import Language

TITLES: dict[Language, str] = {"th": "ผลการตรวจ", "en": "Findings"}
HEADINGS: dict[Language, str] = {"th": "สิ่งที่พบจากการตรวจแฟ้มนี้", "en": "What the check of this file found"}
FILLS = {Severity.VIOLATION: "FFF4B6B6", Severity.WARNING: "FFFFE699", Severity.INFO: "FFCFE2F3"}
SIDE_COLUMNS: dict[Language, tuple[str, str]] = {
    "th": ("ผลการตรวจ", "เขียนแทนว่า"),
    "en": ("Findings", "Write instead"),
}
_COLUMNS: dict[Language, tuple[str, ...]] = {
    "th": ("ข้อ", "ระดับ", "ที่", "กฎ", "เรื่อง", "ค่าที่พบ", "ต้องทำอะไร", "เขียนแทนว่า"),
    "en": ("No.", "Severity", "Where", "Rule", "About", "Value found", "What to do", "Write instead"),
}
_WIDTHS = (6, 12, 22, 8, 34, 26, 70, 26)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_000


def is_summary(table: Table) -> bool:
    """Whether the table is a list of findings from an earlier check, and nothing of the author's."""
    return bool(table.rows) and table.rows[0][0].text in HEADINGS.values()


def side_columns(heads: Sequence[str]) -> int:
    """How many of these headings, at the end, are the columns with the findings of an earlier check: 2 or none."""
    last = heads[-2:]
    ours = any(
        all(head.startswith(word) for head, word in zip(last, words, strict=False))
        for words in SIDE_COLUMNS.values()
    )
    return 2 if len(last) == 2 and ours else 0


def drop_summaries(workbook: Workbook) -> None:
    """Takes out what an earlier check has put in."""
    for sheet in workbook.worksheets:
        if sheet.cell(1, 1).value in HEADINGS.values() and len(workbook.sheetnames) > 1:
            workbook.remove(sheet)


def add_summary(workbook: Workbook, report: Report, language: Language) -> None:
    """Puts a first sheet before the author's own, with a line and a link for each finding."""
    sheet: Worksheet = workbook.create_sheet(TITLES[language], 0)
    _write(sheet, 1, (HEADINGS[language],), Font(bold=True, size=14))
    _write(sheet, 2, (f"{report.name}: {outcome(report, language)}",))
    _write(sheet, 4, _COLUMNS[language], Font(bold=True))
    for number, finding in enumerate(report.findings, 1):
        _write(sheet, 4 + number, (str(number), *_line(finding, language)))
        _colour_and_link(sheet, 4 + number, finding, workbook.sheetnames)
    for column, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = False
    workbook.active = 0


def plain(text: str) -> str:
    """The text without what a workbook cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)[:_LONGEST]


def _line(finding: Finding, language: Language) -> Iterable[str]:
    about = [thing_shown(finding.focus, language)]
    about += [thing_shown(path, language)] if (path := property_of(finding)) else []
    about += [ELSEWHERE[language]] if finding.elsewhere else []
    yield SEVERITIES[finding.severity][language]
    yield place_shown(finding, language)
    yield finding.rule
    yield " · ".join(about)
    yield value_shown(finding)
    yield finding.message[language]
    yield finding.repair.said[language] if finding.repair else ""


def _write(sheet: Worksheet, row: int, texts: Iterable[str], font: Font | None = None) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        cell.value = plain(text)
        cell.data_type = "s"  # never a formula, whatever the value begins with
        cell.alignment = Alignment(wrap_text=row > 4, vertical="top")
        if font:
            cell.font = font


def _colour_and_link(sheet: Worksheet, row: int, finding: Finding, sheets: list[str]) -> None:
    cell = sheet.cell(row, 2)
    cell.fill = fill(finding.severity)
    place = finding.place
    if place and place.cell and place.sheet in sheets:
        where = sheet.cell(row, 3)
        quoted = place.sheet.replace("'", "''")
        where.hyperlink = Hyperlink(ref=where.coordinate, location=f"'{quoted}'!{place.cell}")
        where.font = Font(color="FF0563C1", underline="single")


def fill(severity: Severity) -> PatternFill:
    """The colour of a cell in which something of this severity was found."""
    return PatternFill("solid", fgColor=FILLS[severity])
