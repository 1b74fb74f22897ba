"""Tells by its ending and first bytes what kind of table file something is, and has it read."""

from pathlib import PurePath

from mueang.check.sheets.grid import ENDINGS, Table
from mueang.check.sheets.separated import read_separated
from mueang.check.sheets.summary import is_summary, side_columns
from mueang.check.sheets.workbook import read_workbook
from mueang.check.unread import refuse_by_bytes, refuse_workbook
from mueang.errors import UnknownFormat


def read_tables(name: str, content: bytes) -> list[Table]:
    """The tables of a .csv, .tsv or .xlsx file in their order, without what an earlier check has added.

    Raises UnknownFormat, MalformedData and TooLarge.
    """
    if kind_of(name, content) == ".xlsx":
        return [table for table in read_workbook(name, content) if not is_summary(table)]
    return [_own(read_separated(name, content))]


def _own(table: Table) -> Table:
    ours = side_columns([cell.text for cell in table.rows[0]]) if table.rows else 0
    return Table(table.sheet, tuple(row[: len(row) - ours] for row in table.rows))


def kind_of(name: str, content: bytes) -> str:
    """The ending that tells how to read the file. Raises UnknownFormat."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        endings = " ".join(ENDINGS)
        raise UnknownFormat(
            th=f"{name}: ไม่อ่านตารางชนิด {ending or 'ที่ไม่มีนามสกุล'} (รับ {endings}): เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx",
            en=f"{name}: tables ending in {ending or 'nothing'} are not read ({endings} are): open it in Excel or "
            "LibreOffice and save it as .xlsx",
        )
    if ending != ".xlsx":
        refuse_by_bytes(name, content)
        refuse_workbook(name, content)
    return ending
