"""Finds in a table which form it is, its row of headings, and the rows that somebody filled in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mueang.check.sheets.form import Field, Form
from mueang.check.sheets.grid import Cell, Table
from mueang.errors import MalformedData

_HEADING_WITHIN = 12  # rows: above it stand titles, at most
_FEWEST = 2  # headings that tell a form
_UNREADABLE = ("error", "formula-without-value")


@dataclass(frozen=True, eq=False)
class Row:
    """One filled row of a form: its cells by the column's IRI, and all of its cells."""

    form: Form
    number: int
    cells: dict[str, list[Cell]]
    whole: tuple[Cell, ...]

    def filled(self, field: Field) -> list[Cell]:
        """The cells of a column that hold something; several where the heading stands twice."""
        return [cell for cell in self.cells.get(field.iri, []) if cell.text.strip()]

    @cached_property
    def first(self) -> Cell:
        """The first cell that holds something."""
        return next(cell for cell in self.whole if cell.text.strip())


@dataclass(frozen=True)
class Sheet:
    """A table read as a form: its rows, and the cells under headings that the form does not have."""

    form: Form
    rows: tuple[Row, ...]
    strays: tuple[tuple[Cell, Cell, Row], ...]


def read_sheets(name: str, tables: Sequence[Table], forms: Sequence[Form], beside: set[str]) -> list[Sheet]:
    """The tables as forms; those named in `beside` are passed over. Raises MalformedData for any of no form."""
    found, unknown = [], []
    for table in tables:
        if table.sheet in beside:
            continue
        if sheet := _sheet(table, forms):
            found.append(sheet)
        elif any(cell.text.strip() for row in table.rows for cell in row):
            unknown.append(table.sheet)
    if unknown or not found:
        raise _no_form(name, unknown)
    _refuse_unreadable(name, found)
    return found


def heading_key(text: str) -> str:
    """A heading as it is compared: without the mark of a required column, spaces and capitals."""
    return re.sub(r"[\s*\u200b\u00a0]+", "", text).casefold()


def _sheet(table: Table, forms: Sequence[Form]) -> Sheet | None:
    best = max(
        (_fit(table, form, at) for form in forms for at in range(min(_HEADING_WITHIN, len(table.rows)))),
        key=lambda fit: fit[:2],
        default=None,
    )
    if best is None or best[0] < _FEWEST:
        return None
    _, _, form, at = best
    return _read(table, form, at)


def _fit(table: Table, form: Form, at: int) -> tuple[int, bool, Form, int]:
    """How many headings of a form a row has, and whether the sheet is called as the form."""
    known = _by_heading(form)
    headings = {known[key].iri for cell in table.rows[at] if (key := heading_key(cell.text)) in known}
    return len(headings), table.sheet in form.title.values(), form, at


def _by_heading(form: Form) -> dict[str, Field]:
    return {heading_key(title): field for field in form.columns for title in field.title.values()}


def _read(table: Table, form: Form, at: int) -> Sheet:
    known = _by_heading(form)
    headings = table.rows[at]
    columns = [known.get(heading_key(cell.text)) for cell in headings]
    rows = tuple(
        _row(form, number, cells, columns)
        for number, cells in enumerate(table.rows[at + 1 :], start=at + 2)
        if any(cell.text.strip() for cell in cells) and not _is_notes(cells, columns)
    )
    return Sheet(form, rows, tuple(_strays(headings, columns, rows)))


def _row(form: Form, number: int, cells: tuple[Cell, ...], columns: list[Field | None]) -> Row:
    by_column: dict[str, list[Cell]] = {}
    for field, cell in zip(columns, cells, strict=False):
        if field:
            by_column.setdefault(field.iri, []).append(cell)
    return Row(form, number, by_column, cells)


def _is_notes(cells: tuple[Cell, ...], columns: list[Field | None]) -> bool:
    """Whether this is the template's own row of notes below the headings."""
    return all(
        field is not None and cell.text.strip() in field.note.values()
        for cell, field in zip(cells, columns, strict=False)
        if cell.text.strip()
    )


def _strays(
    headings: tuple[Cell, ...], columns: list[Field | None], rows: tuple[Row, ...]
) -> Iterator[tuple[Cell, Cell, Row]]:
    """For each column that the form does not have: its heading, its first filled cell, and that cell's row."""
    for at, (heading, field) in enumerate(zip(headings, columns, strict=True)):
        if field is None:
            filled = ((row.whole[at], row) for row in rows if row.whole[at].text.strip())
            yield from ((heading, cell, row) for cell, row in list(filled)[:1])


def _refuse_unreadable(name: str, sheets: list[Sheet]) -> None:
    """A formula that failed or was never calculated is no text that anybody wrote."""
    cells = (cell for sheet in sheets for row in sheet.rows for cell in row.whole)
    bad = next((cell for cell in cells if cell.kind in _UNREADABLE), None)
    if bad:
        raise MalformedData(
            th=f"{name} {bad.place.said_in('th')}: สูตรไม่ได้ให้ค่า ({bad.text}): พิมพ์ค่านั้นแทนสูตร",
            en=f"{name}, {bad.place.said_in('en')}: the formula gives no value ({bad.text}): write the value itself",
        )


def _no_form(name: str, unknown: list[str]) -> MalformedData:
    sheets = ", ".join(f'"{one}"' for one in unknown if one)
    which_th, which_en = (f" แผ่น {sheets}" if sheets else "", f", sheet {sheets}" if sheets else "")
    return MalformedData(
        th=f"{name}{which_th}: หัวตารางไม่ตรงกับแบบฟอร์มใด: ใช้หัวตารางตามแบบฟอร์ม (mueang template) และลบแผ่นอื่นออก",
        en=f"{name}{which_en}: the headings are those of no form: "
        "use the headings of the template (mueang template) and take other sheets out",
    )
