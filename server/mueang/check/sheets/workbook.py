"""Reads an XLSX workbook into tables: values as Excel last calculated them, days as days."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import product
from math import isfinite
from posixpath import dirname, join, normpath
from typing import NamedTuple
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from mueang.check.place import Place
from mueang.check.sheets.grid import MAX_SHEETS, Cell, Kind, Table, Value, cell_name, squared
from mueang.check.sheets.markup import (
    Link,
    Marks,
    SheetScan,
    Spot,
    book,
    damaged,
    links,
    text_lengths,
    thai_day_styles,
)
from mueang.check.sheets.package import opened
from mueang.errors import TooLarge

_Read = str | int | float | bool | time | date | datetime | timedelta
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Worksheet(NamedTuple):
    """A sheet with cells: its name, whether it is hidden, and the part that holds it."""

    name: str
    hidden: bool
    path: str


class Opened(NamedTuple):
    """A workbook's parts, and which of them is what; a path is empty where there is no such part."""

    parts: Mapping[str, bytes]
    path: str
    sheets: list[Worksheet]
    strings: str
    styles: str
    from_1904: bool


def read_workbook(name: str, content: bytes) -> list[Table]:
    """The sheets with cells in their order. Raises UnknownFormat, MalformedData and TooLarge."""
    workbook = open_workbook(name, content)
    days = thai_day_styles(name, workbook.parts[workbook.styles]) if workbook.styles else set()
    lengths = text_lengths(name, workbook.parts[workbook.strings]) if workbook.strings else []
    scan = SheetScan(name, days, lengths)
    marks = [scan.run(workbook.parts[sheet.path]) for sheet in workbook.sheets]
    try:
        with CalamineWorkbook.from_filelike(BytesIO(_plain_copy(workbook))) as values:
            return [
                _table(sheet, values.get_sheet_by_index(number), marks[number], workbook.from_1904)
                for number, sheet in enumerate(workbook.sheets)
            ]
    except CalamineError as error:
        raise damaged(name) from error


def open_workbook(name: str, content: bytes) -> Opened:
    """The workbook's parts and its sheets with cells. Raises UnknownFormat, MalformedData and TooLarge."""
    parts = opened(name, content)
    path = next((path for kind, path in _targets(name, parts, "") if kind == "officeDocument"), "")
    if path not in parts:
        raise damaged(name)
    about = book(name, parts[path])
    leads = links(name, parts.get(_rels(path), b"<none/>"))
    found = {number: Link(link.kind, _resolved(path, link.target)) for number, link in leads.items()}
    kinds = {link.kind: link.target for link in found.values() if link.target in parts}
    sheets = [
        Worksheet(sheet.name, sheet.hidden, found[sheet.link].target)
        for sheet in about.sheets
        if sheet.link in found and found[sheet.link].kind == "worksheet"
    ]
    _refuse_odd_sheets(name, parts, sheets)
    return Opened(
        parts, path, sheets, kinds.get("sharedStrings", ""), kinds.get("styles", ""), about.from_1904
    )


def _targets(name: str, parts: Mapping[str, bytes], path: str) -> Iterator[Link]:
    for link in links(name, parts.get(_rels(path), b"<none/>")).values():
        yield Link(link.kind, _resolved(path, link.target))


def _rels(path: str) -> str:
    folder, _, file = path.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _resolved(path: str, target: str) -> str:
    return normpath(join("/", dirname(path), target)).lstrip("/")


def _refuse_odd_sheets(name: str, parts: Mapping[str, bytes], sheets: list[Worksheet]) -> None:
    paths = {sheet.path for sheet in sheets}
    if not sheets or len(paths) < len(sheets) or not paths <= parts.keys():
        raise damaged(name)
    if len(sheets) > MAX_SHEETS:
        raise TooLarge(
            th=f"{name}: สมุดงานมีมากกว่า {MAX_SHEETS} แผ่น: แบ่งเป็นหลายแฟ้ม",
            en=f"{name}: the workbook has more than {MAX_SHEETS} sheets: split it into several files",
        )


def _plain_copy(workbook: Opened) -> bytes:
    """The workbook with nothing in it but what is needed for values, so that nothing else is ever looked at."""
    paths = [f"worksheets/sheet{number}.xml" for number in range(len(workbook.sheets))]
    leads = [("worksheet", path) for path in paths]
    parts = {
        f"xl/{path}": workbook.parts[sheet.path] for path, sheet in zip(paths, workbook.sheets, strict=True)
    }
    for kind, source in (("sharedStrings", workbook.strings), ("styles", workbook.styles)):
        if source:
            leads.append((kind, f"{kind}.xml"))
            parts[f"xl/{kind}.xml"] = workbook.parts[source]
    listed = "".join(
        f'<sheet name="{number}" sheetId="{number + 1}" r:id="r{number}"/>' for number in range(len(paths))
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{workbook.from_1904:d}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = _relationships(leads)
    parts["_rels/.rels"] = _relationships([("officeDocument", "xl/workbook.xml")])
    copy = BytesIO()
    with ZipFile(copy, "w") as package:
        for path, part in parts.items():
            package.writestr(path, part)
    return copy.getvalue()


def _relationships(leads: list[tuple[str, str]]) -> bytes:
    written = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(leads)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{written}</Relationships>'.encode()


def _table(sheet: Worksheet, values: CalamineSheet, marks: Marks, from_1904: bool) -> Table:
    covered = _covered(values, marks)
    rows = values.to_python(skip_empty_area=False)

    def cell(row: int, column: int) -> Cell:
        at = (row, column)
        read = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        text, kind, value = _marked(at, marks, from_1904) or _said(read)
        place = Place(sheet=sheet.name, cell=f"{letters[column]}{row + 1}")
        return Cell(text, kind, value, place, covered.get(at, ""))

    letters = [cell_name(0, column)[:-1] for column in range(marks.columns)]
    squares = ([cell(row, column) for column in range(marks.columns)] for row in range(marks.rows))
    return Table(sheet.name, squared(squares), sheet.hidden)


def _covered(values: CalamineSheet, marks: Marks) -> dict[Spot, str]:
    """The cells that merged ranges hide, each with the name of its range's first cell."""
    covered: dict[Spot, str] = {}
    for (top, first), (bottom, last) in values.merged_cell_ranges or ():
        rows, columns = range(top, min(bottom + 1, marks.rows)), range(first, min(last + 1, marks.columns))
        covered |= dict.fromkeys(product(rows, columns), cell_name(top, first))
        covered.pop((top, first), None)
    return covered


def _marked(at: Spot, marks: Marks, from_1904: bool) -> tuple[str, Kind, Value] | None:
    if at in marks.formulas:
        return marks.formulas[at], "formula-without-value", None
    if at in marks.errors:
        return marks.errors[at], "error", None
    if at in marks.days and (day := _day(marks.days[at], from_1904)):
        return day.isoformat(), "date", day
    return None


def _day(serial: str, from_1904: bool) -> date | None:
    try:
        days = float(serial)
    except ValueError:
        return None
    if not 61 <= days < 2_900_000:  # Excel has a 29 February 1900: days before 1 March are off by one
        return None
    return date(1904, 1, 1) + timedelta(int(days)) if from_1904 else date(1899, 12, 30) + timedelta(int(days))


def _said(read: _Read) -> tuple[str, Kind, Value]:
    if isinstance(read, str):
        return read, "text" if read else "empty", read or None
    if isinstance(read, bool):
        return str(read).upper(), "boolean", read
    if isinstance(read, int | float):
        return number_text(read), "number", read
    if isinstance(read, date):
        return read.isoformat(), "date", read
    return str(read), "text", str(read)


def number_text(number: float) -> str:
    """The number in digits alone, with the 15 that Excel keeps: 5, 0.3, 100000000000000000000."""
    if not isfinite(number):
        return str(number)
    shown = f"{Decimal(f'{number:.15g}'):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
