"""An answer of rows as a table for people: names beside IRIs, as CSV for Excel or as a workbook (XLSX)."""

import csv
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from mueang.engine.bindings import Row, Solutions
from mueang.engine.cells import Term, harmless_text
from mueang.engine.formats import ROWS, Format
from mueang.engine.query import Answer, Engine, Query
from mueang.engine.question import is_iri, page_query
from mueang.engine.workbook import About, write_workbook
from mueang.errors import Language, NotAcceptable, QueryBudgetExceeded

XLSX: Format[Any] = Format(
    "xlsx", ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",), None
)
EXCEL_CSV: Format[Any] = Format("csv-excel", ("text/csv",), None)
TABLES = (XLSX, EXCEL_CSV)

_IN_MEMORY = 1 << 20
_MOST_ROWS = 1_048_575  # beside the heading; this and the next are Excel's own limits
_MOST_COLUMNS = 16_384
_SECONDS = 20
_NAMED_AT_ONCE = 500
_MOST_NAMED = 50_000
_LONGEST_NAMED = 200
_ENDINGS = ("Th", "En", "_th", "_en", "Label", "Name")
_NAME: dict[Language, str] = {"th": "ชื่อ", "en": "name"}


def asked_as(wanted: Format[Any] | None) -> Format[Any] | None:
    """The format to ask the engine for where this one is wanted."""
    return ROWS[0] if wanted in TABLES else wanted


def table_answer(engine: Engine, answer: Answer, wanted: Format[Any], about: About) -> Answer:
    """An answer that the engine gave in JSON, in one of TABLES.

    Raises NotAcceptable where Excel has no room for it, QueryBudgetExceeded where it takes too long.
    """
    with answer.file:
        file = _written(engine, answer, wanted, about)
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    return Answer(file, length, wanted, answer.generation)


def _written(engine: Engine, answer: Answer, wanted: Format[Any], about: About) -> IO[bytes]:
    file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (whoever has the answer closes it)
    try:
        table = _table(engine, answer, about.language)
        if wanted is XLSX:
            write_workbook(table.headings, table, about, answer.generation, file)
        else:
            _write_csv(table, file)
    except RecursionError as error:
        file.close()
        raise too_deep() from error
    except BaseException:
        file.close()
        raise
    return file


def too_deep() -> NotAcceptable:
    """The error for an answer with a triple term that is nested too deep to be shown."""
    return NotAcceptable(
        th="คำตอบมีทริปเปิลซ้อนกันลึกเกินกว่าจะแสดงเป็นตาราง: ขอเป็น json หรือ tsv",
        en="a triple in this answer is nested too deep for a table: ask for json or tsv",
    )


@dataclass(frozen=True)
class _Table:
    """The rows of an answer, with a column of names behind each column of IRIs that brings no names of its own."""

    solutions: Solutions
    names: Mapping[str, str]
    named: Sequence[str]
    language: Language
    until: float

    @property
    def headings(self) -> list[str]:
        """The variables; a column of names is headed by its variable and the word for name."""
        return [
            heading
            for variable in self.solutions.variables
            for heading in (variable, f"{variable} ({_NAME[self.language]})")[: 1 + (variable in self.named)]
        ]

    def __iter__(self) -> Iterator[list[Term | None]]:
        for row in _in_time(self.solutions, self.until):
            yield list(self._cells(row))

    def _cells(self, row: Row) -> Iterator[Term | None]:
        for variable in self.solutions.variables:
            term = row.get(variable)
            yield term
            if variable in self.named:
                name = self.names.get(term["value"]) if term and term["type"] == "uri" else None
                yield {"type": "literal", "value": name} if name else None


def _table(engine: Engine, answer: Answer, language: Language) -> _Table:
    until = time.monotonic() + _SECONDS
    solutions = Solutions(answer.file)
    iris = _iris(solutions, until)
    nameable = sorted(filter(is_iri, set().union(*iris.values())))
    names = _names(engine, nameable, language, answer.generation)
    named = [variable for variable, found in iris.items() if found & names.keys()]
    if len(solutions.variables) + len(named) > _MOST_COLUMNS:
        raise _no_room("คอลัมน์", "columns", _MOST_COLUMNS)
    return _Table(solutions, names, named, language, until)


def _iris(solutions: Solutions, until: float) -> dict[str, set[str]]:
    """The IRIs of each column that no other column names."""
    every = set(solutions.variables)
    bare = [one for one in solutions.variables if every.isdisjoint(one + ending for ending in _ENDINGS)]
    found: dict[str, set[str]] = {variable: set() for variable in bare}
    for count, row in enumerate(_in_time(solutions, until), start=1):
        if count > _MOST_ROWS:
            raise _no_room("แถว", "rows", _MOST_ROWS)
        for variable in bare:
            term = row.get(variable)
            if term and term["type"] == "uri" and len(term["value"]) <= _LONGEST_NAMED:
                found[variable].add(term["value"])
    return found


def _names(engine: Engine, iris: Sequence[str], language: Language, generation: int) -> dict[str, str]:
    """What the graph calls these in the reader's language, else in the other one."""
    found: dict[str, str] = {}
    for start in range(0, min(len(iris), _MOST_NAMED), _NAMED_AT_ONCE):
        asked = page_query("names", *iris[start : start + _NAMED_AT_ONCE])
        with engine.answer(Query(asked, generation=generation), ROWS[0], None).file as file:
            for row in Solutions(file):
                name = row.get(f"label_{language}") or row.get("label_th") or row["label_en"]
                found[row["thing"]["value"]] = name["value"]
    return found


def _in_time(rows: Solutions, until: float) -> Iterator[Row]:
    for row in rows:
        if time.monotonic() > until:
            raise QueryBudgetExceeded(
                th=f"ทำตารางนานเกิน {_SECONDS} วินาที: ใส่ LIMIT หรือขอเป็น csv",
                en=f"making the table takes more than {_SECONDS} s: add a LIMIT, or ask for csv",
                budget="time",
            )
        yield row


def _no_room(th: str, en: str, most: int) -> NotAcceptable:
    return NotAcceptable(
        th=f"คำตอบเกิน {most:,} {th}ที่ Excel รับได้: ใส่ LIMIT หรือขอเป็น csv",
        en=f"the answer has more than the {most:,} {en} that Excel takes: add a LIMIT, or ask for csv",
    )


def _write_csv(table: _Table, file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(table.headings)
    writer.writerows([harmless_text(term) for term in row] for row in table)
    text.detach()
