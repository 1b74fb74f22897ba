"""A workbook as a table file like any other: its sheets, what merged ranges hide, and columns put into its own XML."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from io import BytesIO
from xml.parsers.expat import ParserCreate
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mueang.check.sheets.grid import Cell, Table, cell_name
from mueang.check.sheets.markup import spot
from mueang.check.sheets.workbook import open_workbook, read_workbook
from mueang.link.tables.row import Cell as Added
from mueang.link.tables.row import Row, Tell

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROW_TAG = re.compile(rb"<([^\s/>]*?)row\b")
_SPANS = re.compile(rb"\sspans=(?:\"[^\"]*\"|'[^']*')")


class WorkbookSource:
    """An XLSX file; hidden sheets are left alone."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content
        self._tables = {table.sheet: table for table in read_workbook(name, content) if not table.hidden}
        self.sheets: Sequence[str] = tuple(self._tables)

    def rows(self, sheet: str, tell: Tell = lambda _: None) -> Iterator[Row]:
        """The rows of a sheet."""
        del tell
        return _rows(self._tables[sheet])

    def joined(self, sheet: str, added: Mapping[int, Sequence[Added]]) -> bytes:
        """The workbook with these cells behind the sheet's own, by number of the row; all else as it was."""
        workbook = open_workbook(self.name, self.content)
        path = next(one.path for one in workbook.sheets if one.name == sheet)
        column = max((len(row) for row in self._tables[sheet].rows), default=0)
        parts = dict(workbook.parts)
        parts[path] = _widened(self.name, parts[path], column, added)
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as package:
            for name, part in parts.items():
                info = ZipInfo(name)  # without the time of day: the same file in gives the same file out
                info.compress_type = ZIP_DEFLATED
                package.writestr(info, part)
        return packed.getvalue()


def _rows(table: Table) -> Iterator[Row]:
    above: dict[int, Cell] = {}
    for number, row in enumerate(table.rows, start=1):
        filled = []
        for column, cell in enumerate(row):
            above[column] = _shown(cell, above.get(column))
            filled.append(above[column].text)
        yield Row(number, [cell.text for cell in row], filled)


def _shown(cell: Cell, above: Cell | None) -> Cell:
    """The cell, with the text of the one above where both are one merged range."""
    if above and cell.covered_by and cell.covered_by in (above.place.cell, above.covered_by):
        return replace(cell, text=above.text)
    return cell


def _widened(name: str, part: bytes, column: int, added: Mapping[int, Sequence[Added]]) -> bytes:
    """The part of a sheet with cells from this column on; rows that it does not hold stay without."""
    pieces, at = [], 0
    for number, begin, end in _row_spans(name, part):
        if number not in added:
            continue
        tag = _ROW_TAG.match(part, begin)
        prefix = tag[1].decode() if tag else ""
        opened = part.index(b">", begin)
        pieces += [part[at:begin], _SPANS.sub(b"", part[begin : opened + 1]), part[opened + 1 : end]]
        pieces.append(_cells(prefix, number, column, added[number]))
        at = end
    return b"".join([*pieces, part[at:]])


def _cells(prefix: str, number: int, column: int, added: Sequence[Added]) -> bytes:
    cells = (
        _cell(prefix, cell_name(number - 1, column + place), one)
        for place, one in enumerate(added)
        if one != ""
    )
    # References in place of letters: they are right whatever encoding the part declares.
    return "".join(cells).encode("ascii", "xmlcharrefreplace")


def _cell(prefix: str, name: str, one: Added) -> str:
    """A number as one, so that it can be sorted and counted with; a text as a text."""
    if isinstance(one, float):
        return f'<{prefix}c r="{name}"><{prefix}v>{one:g}</{prefix}v></{prefix}c>'
    return (
        f'<{prefix}c r="{name}" t="inlineStr"><{prefix}is>'
        f'<{prefix}t xml:space="preserve">{escape(_UNWRITABLE.sub("", one))}</{prefix}t></{prefix}is></{prefix}c>'
    )


def _row_spans(name: str, part: bytes) -> list[tuple[int, int, int]]:
    """Each row with cells: its number, where its element begins, and where its closing tag does."""
    found: list[tuple[int, int, int]] = []
    number, begin = 0, -1
    parser = ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number, begin
        local = tag.rpartition(":")[2]
        if local == "row":
            number, begin = int(attributes.get("r", number + 1)), parser.CurrentByteIndex
        elif local == "c" and "r" in attributes:
            number = spot(name, attributes["r"])[0] + 1

    def finish(tag: str) -> None:
        if tag.rpartition(":")[2] == "row" and part.startswith(b"</", parser.CurrentByteIndex):
            found.append((number, begin, parser.CurrentByteIndex))

    parser.StartElementHandler = start
    parser.EndElementHandler = finish
    parser.Parse(part, True)
    return found
