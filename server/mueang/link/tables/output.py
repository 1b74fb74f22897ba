"""Writes a table joined: as it was with columns added, as CSV, or as a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mueang.check.sheets.patch import quoted
from mueang.engine.cells import cell_text, harmless_text
from mueang.errors import Language, UnknownFormat
from mueang.link.tables.added import HEADINGS, NOTHING, added, as_text
from mueang.link.tables.choice import Chosen
from mueang.link.tables.joining import Linked
from mueang.link.tables.row import Cell, Row
from mueang.link.tables.separated import SeparatedSource
from mueang.link.tables.workbook import WorkbookSource

Results = Iterable[tuple[Row, Linked]]
Widened = Iterable[tuple[Row, Sequence[Cell]]]
AnySource = SeparatedSource | WorkbookSource

_AT_ONCE = 2_000
_MOST_ROWS = 1_048_576
_ENDS = ("\r\n", "\n", "\r")


def write_joined(
    source: AnySource, chosen: Chosen, results: Results, ending: str, language: Language, file: IO[bytes]
) -> None:
    """Write the table with its added columns into a file of this ending."""
    if ending == ".xlsx":
        if isinstance(source, WorkbookSource):
            by_row = {row.number: cells for row, cells in _with_added(chosen, results, language)}
            file.write(source.joined(chosen.sheet, by_row))
        else:
            _write_workbook(chosen, _with_added(chosen, results, language), file)
    elif isinstance(source, SeparatedSource):
        _write_as_it_was(source, chosen, _with_added(chosen, results, language), file)
    else:
        _write_separated(chosen, _with_added(chosen, results, language), ending, file)


def _with_added(chosen: Chosen, results: Results, language: Language) -> Iterator[tuple[Row, Sequence[Cell]]]:
    """Each row with its added cells; those of a thing are made once."""
    known: dict[tuple[str, float, str], tuple[Cell, ...]] = {}
    for row, linked in results:
        if row.number == chosen.line:
            yield row, HEADINGS[language]
        elif linked.thing is None:
            yield row, added(linked, language) if linked.reason else NOTHING
        else:
            key = (linked.thing.iri, linked.score, (linked.reason or {}).get(language, ""))
            if key not in known:
                known[key] = added(linked, language)
            yield row, known[key]


def _write_as_it_was(source: SeparatedSource, chosen: Chosen, rows: Widened, file: IO[bytes]) -> None:
    """The rows byte for byte as they are, and behind each the added cells in the same encoding."""
    codec, separator = source.encoding.codec, source.separator
    suffixes: dict[Sequence[Cell], str] = {}
    file.write(source.encoding.mark + source.hint.encode(codec))
    lines: list[str] = []
    for row, cells in rows:
        suffix = suffixes.get(cells)
        if suffix is None:
            suffix = "".join(separator + quoted(as_text(cell), separator) for cell in cells)
            suffixes[cells] = suffix
        lines.append(_widened(row, chosen.width, separator, suffix))
        if len(lines) >= _AT_ONCE:
            file.write("".join(lines).encode(codec, "replace"))
            lines.clear()
            if len(suffixes) > _AT_ONCE:
                suffixes.clear()
    file.write("".join(lines).encode(codec, "replace"))


def _widened(row: Row, width: int, separator: str, suffix: str) -> str:
    """A row as wide as the table with the added cells behind it; an empty line, and one that is too wide, stay so."""
    end = next((end for end in _ENDS if row.raw.endswith(end)), "")
    body = row.raw[: len(row.raw) - len(end)]
    missing = width - len(row.cells)
    if not row.cells:
        return row.raw
    if missing < 0:
        if any(row.cells[width:]):
            return row.raw
        body = body[:missing] if body.endswith(separator * -missing) else body
    return f"{body}{separator * missing}{suffix}{end}"


def _write_separated(chosen: Chosen, rows: Widened, ending: str, file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter="\t" if ending == ".tsv" else ",")
    for row, cells in rows:
        own = [harmless_text({"type": "literal", "value": cell}) for cell in row.cells[: chosen.width]]
        writer.writerow([*own, *[""] * (chosen.width - len(own)), *map(as_text, cells)])
    text.flush()
    text.detach()


def _write_workbook(chosen: Chosen, rows: Widened, file: IO[bytes]) -> None:
    """A sheet of texts, the scores aside: what stands in a CSV is kept as it stands, zeros before a number and all."""
    with TemporaryDirectory() as aside, Workbook(file, {"constant_memory": True, "tmpdir": aside}) as book:
        sheet = book.add_worksheet()
        for number, (row, cells) in enumerate(rows):
            if number >= _MOST_ROWS:
                raise UnknownFormat(
                    th=f"ตารางมีเกิน {_MOST_ROWS:,} แถวที่ Excel รับได้: เขียนเป็น .csv",
                    en=f"the table has more than the {_MOST_ROWS:,} rows that Excel takes: write it as .csv",
                )
            for column, text in enumerate(row.cells[: chosen.width]):
                _write(sheet, number, column, text)
            for column, cell in enumerate(cells, start=chosen.width):
                _write(sheet, number, column, cell)


def _write(sheet: object, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, float):
        sheet.write_number(row, column, cell)  # type: ignore[attr-defined]
    elif cell:
        shown = cell_text({"type": "literal", "value": cell})
        if shown.startswith("<r>") and shown.endswith("</r>"):
            shown += " "  # XlsxWriter would write it into the file as it stands
        sheet.write_string(row, column, shown)  # type: ignore[attr-defined]
