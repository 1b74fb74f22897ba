"""A table as an Excel workbook: numbers, days and links as such, text never as a formula, and where it is from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryDirectory
from typing import IO, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mueang.engine.cells import BOOLEAN, Term, cell_text, day_in, number_in
from mueang.errors import Language

_MOST_LINKS = 65_530  # of a sheet, in Excel
_LINKED = re.compile(r"https?://[^\s\x00-\x1f\ufffe\uffff]{1,2000}")
_LICENCE = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
_SHEETS: dict[Language, tuple[str, str]] = {"th": ("คำตอบ", "ที่มา"), "en": ("answer", "about")}
_ABOUT: dict[Language, tuple[str, ...]] = {
    "th": ("ถามที่", "รุ่นข้อมูล", "วันที่ถาม", "สัญญาอนุญาต", "คำถาม"),
    "en": ("asked at", "generation", "asked on", "licence", "query"),
}


@dataclass(frozen=True)
class About:
    """Where a table is from: the query, the address it was asked at, the day, and the language it is for."""

    query: str
    address: str
    made: date
    language: Language


Rows = Iterable[Sequence[Term | None]]


def write_workbook(
    headings: Sequence[str], rows: Rows, about: About, generation: int, file: IO[bytes]
) -> None:
    """Write a workbook into a file: a sheet with the rows, and one that says where they are from."""
    with TemporaryDirectory() as aside, Workbook(file, {"constant_memory": True, "tmpdir": aside}) as book:
        book.set_properties(
            {"author": "mueang", "created": datetime.combine(about.made, datetime.min.time())}
        )
        answer, origin = _SHEETS[about.language]
        _Sheet(book, answer).write(headings, rows)
        _write_origin(book, origin, about, generation)


class _Sheet:
    """The sheet of the rows; a row must be written before the next, since it leaves memory then."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._heading = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._links = 0

    def write(self, headings: Sequence[str], rows: Rows) -> None:
        self._sheet.set_column(0, max(0, len(headings) - 1), 28)
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, heading, self._heading)
        for number, row in enumerate(rows, start=1):
            for column, term in enumerate(row):
                if term is not None:
                    self._write_term(number, column, term)

    def _write_term(self, row: int, column: int, term: Term) -> None:
        if (number := number_in(term)) is not None:
            self._sheet.write_number(row, column, number)
        elif (day := day_in(term)) is not None:
            self._sheet.write_datetime(row, column, day, self._day)
        elif term.get("datatype") == BOOLEAN and term["value"] in ("true", "false"):
            self._sheet.write_boolean(row, column, term["value"] == "true")
        elif term["type"] == "uri" and self._links < _MOST_LINKS and _LINKED.fullmatch(term["value"]):
            self._links += 1
            self._sheet.write_url(row, column, term["value"])
        else:
            self._sheet.write_string(row, column, _as_text(cell_text(term)))


def _write_origin(book: Any, name: str, about: About, generation: int) -> None:
    sheet = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100, wrapped)
    said = (about.address, str(generation), about.made.isoformat(), _LICENCE, about.query)
    for row, (what, text) in enumerate(zip(_ABOUT[about.language], said, strict=True)):
        sheet.write_string(row, 0, what)
        sheet.write_string(row, 1, _as_text(cell_text({"type": "literal", "value": text})), wrapped)


def _as_text(text: str) -> str:
    """The text, kept from what XlsxWriter would write into the file as it stands (`<r>…</r>`)."""
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text
