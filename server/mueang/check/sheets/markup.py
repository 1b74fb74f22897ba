"""Reads from a workbook's XML what a reader of values leaves out: extent, formulas without a value, errors, styles.

The extent comes first of all: one stray cell in the last row and column makes a reader of values ask for memory
for all cells between.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from mueang.check.sheets.grid import MAX_CELLS, hold_to_bounds
from mueang.errors import MalformedData, TooLarge

Spot = tuple[int, int]

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_THAI_DATES = range(71, 82)  # built-in formats of Thai Excel: ECMA-376 part 1, 18.8.30, th-th
_MAX_TEXT = 20_000_000
MAX_ELEMENTS = 2_500_000


class Link(NamedTuple):
    """A relationship of a part: what kind of part it leads to, and where that is."""

    kind: str
    target: str


class Sheet(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    link: str
    hidden: bool


@dataclass
class Book:
    """What the workbook's own part says: its sheets, and whether its days count from 1904."""

    sheets: list[Sheet] = field(default_factory=list)
    from_1904: bool = False


@dataclass
class Marks:
    """What is to be known about a sheet's cells beside their values; rows and columns count from 0."""

    rows: int = 0
    columns: int = 0
    formulas: dict[Spot, str] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)
    days: dict[Spot, str] = field(default_factory=dict)


def links(name: str, part: bytes) -> dict[str, Link]:
    """The relationships in a .rels part by id; those that lead outside the package are left out."""
    found: dict[str, Link] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Link(kind, attributes.get("Target", ""))

    walk(name, part, start)
    return found


def book(name: str, part: bytes) -> Book:
    """The sheets and the calendar of the workbook."""
    found = Book()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            found.from_1904 = attributes.get("date1904") in ("1", "true")
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            found.sheets.append(Sheet(attributes.get("name", ""), link, hidden))

    walk(name, part, start)
    return found


def thai_day_styles(name: str, part: bytes) -> set[str]:
    """The numbers of the cell styles that are one of Thai Excel's own date formats."""
    formats: list[str] = []
    inside = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside[0] = tag == "cellXfs" or (inside[0] and tag != "cellStyles")
        if inside[0] and tag == "xf":
            formats.append(attributes.get("numFmtId", ""))

    walk(name, part, start)
    thai = {str(number) for number in _THAI_DATES}
    return {str(number) for number, form in enumerate(formats) if form in thai}


def text_lengths(name: str, part: bytes) -> list[int]:
    """How long each of the shared texts is."""
    lengths: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            lengths.append(0)

    def text(piece: str) -> None:
        if lengths:
            lengths[-1] += len(piece)

    walk(name, part, start, text=text)
    return lengths


class SheetScan:
    """Passes over the parts of sheets, each of which stops as soon as a sheet is out of bounds."""

    def __init__(self, name: str, days: set[str], lengths: list[int]) -> None:
        self.marks = Marks()
        self._name = name
        self._days = days
        self._lengths = lengths
        self._text = 0
        self._elements = 0
        self._ranged = 0
        self._row, self._column = -1, -1
        self._cell: dict[str, str] | None = None
        self._inside = ""
        self._said: dict[str, list[str]] = {}

    def run(self, part: bytes) -> Marks:
        """The marks of the sheet in this part. Raises MalformedData and TooLarge."""
        self.marks, self._row, self._column, self._cell = Marks(), -1, -1, None
        walk(self._name, part, self._start, self._end, self._characters)
        return self.marks

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise too_much(self._name)
        if self._cell is not None:
            self._inside = tag
            self._said.setdefault(tag, [])
        elif tag in ("mergeCell", "hyperlink"):
            self._spread(attributes.get("ref", ""))
        elif tag == "row":
            self._row, self._column = self._numbered(attributes), -1
        elif tag == "c":
            self._row, self._column = self._spot(attributes.get("r"))
            self._cell, self._inside, self._said = attributes, "", {}

    def _spread(self, reference: str) -> None:
        """Counts the cells of a range for each of which whoever reads the sheet makes something."""
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = spot(self._name, first), spot(self._name, last or first)
        self._ranged += max(bottom - top + 1, 1) * max(right - left + 1, 1)
        if self._ranged > MAX_CELLS:
            raise too_much(self._name)

    def _numbered(self, attributes: dict[str, str]) -> int:
        number = attributes.get("r", str(self._row + 2))
        if not re.fullmatch(r"[0-9]{1,7}", number, re.ASCII):
            raise damaged(self._name)
        return int(number) - 1

    def _spot(self, reference: str | None) -> Spot:
        return spot(self._name, reference) if reference else (self._row, self._column + 1)

    def _characters(self, piece: str) -> None:
        if self._cell is not None and self._inside:
            self._said[self._inside].append(piece)

    def _end(self, tag: str) -> None:
        if tag == "c" and self._cell is not None:
            self._note(self._cell)
            self._cell = None
        self._inside = ""

    def _note(self, cell: dict[str, str]) -> None:
        if not self._said:
            return
        at, kind = (self._row, self._column), cell.get("t", "n")
        value = "".join(self._said.get("v", ()))
        self._widen(kind, value)
        if "f" in self._said and not value and not (kind == "str" and "v" in self._said):
            self.marks.formulas[at] = f"={''.join(self._said['f'])}"
        elif kind == "e":
            self.marks.errors[at] = value or "#N/A"
        elif kind == "n" and cell.get("s") in self._days:
            self.marks.days[at] = value

    def _widen(self, kind: str, value: str) -> None:
        marks = self.marks
        marks.rows, marks.columns = max(marks.rows, self._row + 1), max(marks.columns, self._column + 1)
        hold_to_bounds(self._name, marks.rows, marks.columns)
        shared = kind == "s" and value.isdecimal() and len(value) < 8 and int(value) < len(self._lengths)
        self._text += self._lengths[int(value)] if shared else sum(map(len, self._said.get("t", ())))
        if self._text > _MAX_TEXT:
            raise too_much(self._name)


def spot(name: str, reference: str) -> Spot:
    """Row and column, both from 0, of a cell's name. Raises MalformedData."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise damaged(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def walk(
    name: str,
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Goes through the elements of an XML part by their local names. Raises MalformedData."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except (ExpatError, ValueError, LookupError) as error:
        raise damaged(name) from error


def damaged(name: str) -> MalformedData:
    """The error for a workbook whose XML cannot be made sense of."""
    return MalformedData(
        th=f"{name}: สมุดงานเสียหายหรือไม่ครบ: เปิดใน Excel หรือ LibreOffice แล้วบันทึกใหม่",
        en=f"{name}: the workbook is damaged or cut short: open it in Excel or LibreOffice and save it again",
    )


def too_much(name: str) -> TooLarge:
    """The error for a workbook that has few rows and columns and yet more in them than is read."""
    return TooLarge(
        th=f"{name}: สมุดงานมีเนื้อหามากเกินไป: ลบแผ่น แถว และการผสานเซลล์ที่ไม่ใช้ หรือแบ่งเป็นหลายแฟ้ม",
        en=f"{name}: there is too much in this workbook: delete sheets, rows and merged ranges that are not used, or split "
        "it into several files",
    )
