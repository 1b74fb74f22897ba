"""Reads a table in CSV, whatever Thai offices save under that name: its encoding, its separator, its quotes."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from mueang.check.encoding import Encoding, decoded
from mueang.check.place import Place
from mueang.check.sheets.grid import Cell, Table, cell_name, hold_to_bounds, squared
from mueang.errors import MalformedData

_SEPARATORS = ",;\t"
_LOOKED_AT = 20
_HINT = re.compile(r"\"?sep=([,;|\t])\"?(?:\r\n|\r|\n)", re.IGNORECASE)


class Field(NamedTuple):
    """A cell of a CSV text: where it is written, quotes included, the line on which it begins, and what it says."""

    start: int
    end: int
    line: int
    text: str


class Written(NamedTuple):
    """A CSV file as text: how it was encoded, what separates its cells, its rows of cells."""

    text: str
    encoding: Encoding
    separator: str
    rows: list[list[Field]]


def read_separated(name: str, content: bytes) -> Table:
    """The one table of a CSV file. Raises MalformedData and TooLarge."""
    rows = written(name, content).rows
    return Table("", squared(map(_cells, range(len(rows)), rows)))


def _cells(number: int, fields: list[Field]) -> list[Cell]:
    return [
        Cell(
            field.text,
            "text" if field.text else "empty",
            field.text or None,
            Place(fields[0].line, cell=cell_name(number, column)),
        )
        for column, field in enumerate(fields)
    ]


def written(name: str, content: bytes) -> Written:
    """The file's text and where each cell stands in it. Raises MalformedData and TooLarge."""
    text, encoding = decoded(name, content)
    hint = _HINT.match(text)
    start = hint.end() if hint else 0
    separator = hint[1] if hint else _separator(name, text)
    rows: list[list[Field]] = []
    columns = 0
    for row in _rows(name, text, separator, start):
        rows.append(row)
        columns = max(columns, len(row))
        hold_to_bounds(name, len(rows), columns)
    return Written(text, encoding, separator, rows)


def _separator(name: str, text: str) -> str:
    """The one that cuts most of the first rows into equally many cells; a comma if none does."""
    return max(_SEPARATORS, key=lambda separator: _agreement(name, text, separator))


def _agreement(name: str, text: str, separator: str) -> tuple[int, int]:
    """How many rows have the usual number of cells, and that number; one cell in a row is no agreement."""
    widths: Counter[int] = Counter()
    try:
        for row in islice(_rows(name, text, separator, 0), _LOOKED_AT):
            widths[len(row)] += len(row) > 1
    except MalformedData:
        pass  # the rows before the one that is not well formed say enough
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _rows(name: str, text: str, separator: str, start: int) -> Iterator[list[Field]]:
    mark = re.escape(separator)
    field = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|([^{mark}\r\n]*))({mark}|\r\n|\r|\n|\Z)')
    ends = re.compile(r"\r\n|\r|\n")
    line = 1 + text.count("\n", 0, start)
    row: list[Field] = []
    while start < len(text) or row:
        found = field.match(text, start)
        if found is None or (found[2] or "").startswith('"'):
            raise _unclosed(name, line, text, start)
        quoted, end = found[1], found.start(3)
        row.append(Field(start, end, line, found[2] if quoted is None else quoted.replace('""', '"')))
        line += len(ends.findall(found[0]))
        start = found.end()
        if found[3] != separator:
            yield row
            row = []


def _unclosed(name: str, line: int, text: str, start: int) -> MalformedData:
    column = start - max(text.rfind("\n", 0, start), text.rfind("\r", 0, start))
    return MalformedData(
        th=f'{name} บรรทัด {line} ตำแหน่ง {column}: เครื่องหมาย " ที่เปิดช่องนี้ไม่ได้ปิดก่อนจบช่อง: '
        'เติมเครื่องหมายปิด และเขียน " ในข้อความเป็น ""',
        en=f"{name}, line {line}, column {column}: the quote that opens this cell is not closed at its end: "
        'close it, and write a " inside the text as ""',
        line=line,
        column=column,
    )
