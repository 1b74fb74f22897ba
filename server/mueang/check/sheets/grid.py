"""What a table is: a sheet's rows of cells, each with its text, its kind and its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from mueang.check.place import Place
from mueang.errors import TooLarge

ENDINGS = (".csv", ".tsv", ".xlsx")
MAX_SHEETS = 50
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 400_000

Kind = Literal["text", "number", "date", "boolean", "formula-without-value", "error", "empty"]
Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is what a person would read there: whole numbers without .0, days as 2022-11-09, TRUE, FALSE.

    `value` is the same as Python holds it; a `date` is a day or a day with its time. A formula that was never
    calculated has itself as text, an error its name (#REF!); both are without value, as is an empty cell.
    `covered_by` names the first cell of the merged range that hides this one: what stands there is not repeated here.
    """

    text: str
    kind: Kind
    value: Value
    place: Place
    covered_by: str = ""


@dataclass(frozen=True)
class Table:
    """The cells of one sheet, row by row from A1; every row has as many cells as the widest. A CSV has no sheet name.

    Rows are whole: an empty row stands here as a row of empty cells, so `rows[6][1]` is B7.
    `hidden` tells a sheet that the workbook hides; it is read all the same, as are hidden rows and columns: who
    filters a list does not mean to take the rest of it back.
    """

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False


def cell_name(row: int, column: int) -> str:
    """The name of the cell in this row and column, both from 0: `B7`."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def squared(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows without the empty ones at the end and the empty columns at the right, all equally long."""
    kept = [list(row) for row in rows]
    while kept and not any(_says(cell) for cell in kept[-1]):
        kept.pop()
    width = max((number for row in kept for number, cell in enumerate(row, 1) if _says(cell)), default=0)
    return tuple(
        tuple(row[:width]) + tuple(_nothing(at, column, row) for column in range(len(row), width))
        for at, row in enumerate(kept)
    )


def _says(cell: Cell) -> bool:
    return cell.kind != "empty" or bool(cell.covered_by)


def _nothing(row: int, column: int, beside: Sequence[Cell]) -> Cell:
    place = beside[0].place if beside else Place()
    return Cell("", "empty", None, Place(place.line, sheet=place.sheet, cell=cell_name(row, column)))


def hold_to_bounds(name: str, rows: int, columns: int) -> None:
    """Refuses a table with more rows, columns or cells than are read. Raises TooLarge."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise TooLarge(
            th=f"{name}: ตารางใหญ่เกินไป (มีถึงแถวที่ {rows:,} คอลัมน์ที่ {columns:,} รับไม่เกิน {MAX_ROWS:,} แถว "
            f"{MAX_COLUMNS} คอลัมน์ {MAX_CELLS:,} ช่อง): ลบแถวและคอลัมน์ที่ไม่ใช้ หรือแบ่งเป็นหลายแฟ้ม",
            en=f"{name}: a table reaches to row {rows:,}, column {columns:,}; {MAX_ROWS:,} rows, {MAX_COLUMNS} "
            f"columns and {MAX_CELLS:,} cells are read: delete rows and columns that are not used, or split "
            "it into several files",
        )
