"""Gives an author's own table file back with the findings in it: cells coloured and commented, and a list of all.

Formulas, formats, widths, drop-downs, and other people's comments stay. Lost, since openpyxl does not know them:
calculated values (Excel and LibreOffice make them again on opening), charts, pictures, shapes, slicers, and the
drop-downs and conditional formats of the newer kind that Excel keeps in an extension.
"""

import re
import warnings
import zlib
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from mueang.check.report import Finding, Report
from mueang.check.sheets.grid import cell_name
from mueang.check.sheets.intake import kind_of
from mueang.check.sheets.markup import damaged
from mueang.check.sheets.patch import quoted
from mueang.check.sheets.separated import Written, written
from mueang.check.sheets.summary import (
    FILLS,
    SIDE_COLUMNS,
    add_summary,
    drop_summaries,
    fill,
    plain,
    side_columns,
)
from mueang.check.sheets.workbook import read_workbook
from mueang.check.wording import SEVERITIES, repair_shown
from mueang.errors import Language

Spot = tuple[str, str]

AUTHOR = "mueang"
_OURS = re.compile(rf"(?:\A|\n\n){AUTHOR}:\n")
# openpyxl turns what it does not expect into nearly any exception; it only ever sees what `read_workbook` let pass.
_UNEXPECTED = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, OSError, SyntaxError, RuntimeError,
    AssertionError, EOFError, BadZipFile, zlib.error,
)  # fmt: skip


def marked(content: bytes, report: Report, language: Language) -> bytes:
    """The file with the report in it; the report's name tells by its ending what it is: .xlsx, .csv or .tsv.

    Raises UnknownFormat, MalformedData and TooLarge.
    """
    if kind_of(report.name, content) != ".xlsx":
        return _marked_text(content, report, language)
    read_workbook(report.name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _marked_workbook(content, report, language)
    except _UNEXPECTED as error:
        raise damaged(report.name) from error


def _marked_workbook(content: bytes, report: Report, language: Language) -> bytes:
    workbook = load_workbook(BytesIO(content))
    drop_summaries(workbook)
    found = _by_cell(report.findings)
    for sheet in workbook.worksheets:
        _unmark(sheet)
        cells = {where: findings for (name, where), findings in found.items() if name == sheet.title}
        _mark(sheet, cells, language)
    add_summary(workbook, report, language)
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _by_cell(findings: Iterable[Finding]) -> Mapping[Spot, list[Finding]]:
    cells: dict[Spot, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.place and finding.place.cell:
            cells[finding.place.sheet, finding.place.cell].append(finding)
    return cells


def _unmark(sheet: Worksheet) -> None:
    """Takes the comments and colours of an earlier check away: what is mended since should not look wrong."""
    for cell in list(
        sheet._cells.values()
    ):  # iter_rows would make every cell up to the last one that is formatted
        comment = cell.comment
        ours = _OURS.search(comment.text) if comment else None
        if comment and ours:  # known by its text: LibreOffice keeps no authors
            theirs = comment.text[: ours.start()]
            cell.comment = Comment(theirs, comment.author) if theirs else None
            if cell.fill.fgColor.rgb in FILLS.values():
                cell.fill = PatternFill()


def _mark(sheet: Worksheet, cells: Mapping[str, list[Finding]], language: Language) -> None:
    rows, columns = sheet.max_row, sheet.max_column
    for where, findings in cells.items():
        row, column = coordinate_to_tuple(where)
        if row > rows or column > columns:
            continue
        cell = _shown(sheet, row, column)
        cell.fill = fill(max(finding.severity for finding in findings))
        ours = f"{AUTHOR}:\n" + "\n\n".join(_said(finding, language) for finding in findings)
        _comment(cell, ours)


def _comment(cell: Cell, ours: str) -> None:
    theirs = cell.comment
    text, author = (f"{theirs.text}\n\n{ours}", theirs.author) if theirs else (ours, AUTHOR)
    lines = sum(1 + len(line) // 50 for line in text.splitlines())
    cell.comment = Comment(plain(text), author, height=min(30 + 18 * lines, 600), width=360)


def _shown(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the one that a merged range shows in its place."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    covering = next(found for found in sheet.merged_cells.ranges if cell.coordinate in found)
    return _shown(sheet, covering.min_row, covering.min_col)


def _said(finding: Finding, language: Language) -> str:
    said = _brief(finding, language)
    return f"{said}\n{repair_shown(finding, language)}" if finding.repair else said


def _marked_text(content: bytes, report: Report, language: Language) -> bytes:
    """The rows as they were, with two more columns: what was found in the row, and what to write instead."""
    source = written(report.name, content)
    ours = side_columns([field.text for field in source.rows[0]]) if source.rows else 0
    width = max(map(len, source.rows), default=0) - ours
    found = _by_cell(report.findings)
    lines = [
        source.separator.join(
            [*_own(source, number, width), *_added(number, width, found, language, source.separator)]
        )
        for number in range(len(source.rows))
    ]
    return BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def _own(source: Written, number: int, width: int) -> list[str]:
    row = source.rows[number][:width]
    return [source.text[field.start : field.end] for field in row] + [""] * (width - len(row))


def _added(
    number: int, width: int, found: Mapping[Spot, list[Finding]], language: Language, separator: str
) -> Iterator[str]:
    rows = [
        (name, finding)
        for name in (cell_name(number, column) for column in range(width))
        for finding in found.get(("", name), ())
    ]
    said = [f"{name}: {_brief(finding, language)}" for name, finding in rows]
    instead = [f"{name}: {finding.repair.said[language]}" for name, finding in rows if finding.repair]
    for head, texts in zip(SIDE_COLUMNS[language], (said, instead), strict=True):
        yield quoted(" | ".join([head, *texts] if number == 0 else texts), separator)


def _brief(finding: Finding, language: Language) -> str:
    return f"{finding.rule} {SEVERITIES[finding.severity][language]}: {finding.message[language]}"
