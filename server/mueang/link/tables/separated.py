"""Goes through a CSV of any length row by row, each with its own bytes kept: encoding, separator, quotes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO

from mueang.check.sheets.grid import MAX_COLUMNS
from mueang.errors import MalformedData, TooLarge
from mueang.link.tables.coding import coding_of
from mueang.link.tables.row import Row, Tell

SEPARATORS = ",;\t|"
_HINT = re.compile(r"\"?sep=([,;|\t])\"?[\r\n]*", re.IGNORECASE)
_LOOKED_AT = 50
_TOLD_EVERY = 5_000

Opened = Callable[[], IO[bytes]]


class SeparatedSource:
    """A CSV file; `opened` gives its bytes from the start, as often as they are asked for."""

    def __init__(self, name: str, opened: Opened) -> None:
        self.name = name
        self.sheets = ("",)
        self._opened = opened
        with opened() as file:
            self.encoding = coding_of(name, file)
        self.hint = ""
        self.separator = self._separator()

    def rows(self, sheet: str = "", tell: Tell = lambda _: None) -> Iterator[Row]:
        """The rows as they are written, the line that names the separator left out; an empty line has no cells."""
        del sheet
        with self._opened() as file:
            lines = self._lines(file)
            if self.hint:
                next(lines)
            for row in self._parted(lines, self.separator, bool(self.hint)):
                if row.number % _TOLD_EVERY == 0:
                    tell(file.tell())
                yield row

    def _lines(self, file: IO[bytes]) -> Iterator[str]:
        """The lines with their ends. What stands there must be as it is encoded, or it could not be given back."""
        file.seek(len(self.encoding.mark))
        number = 0
        try:
            with io.TextIOWrapper(file, encoding=self.encoding.codec, newline="") as text:
                for line in text:
                    number += 1
                    yield line
        except UnicodeDecodeError as error:
            raise MalformedData(
                th=f"{self.name} หลังบรรทัด {number}: มีไบต์ที่อ่านเป็น {self.encoding.codec} ไม่ได้: บันทึกแฟ้มเป็น UTF-8 แล้วลองใหม่",
                en=f"{self.name}, after line {number}: bytes that are not {self.encoding.codec}: save the file as UTF-8 "
                "and try again",
                line=number + 1,
            ) from error

    def _separator(self) -> str:
        """The one that cuts most of the first rows into equally many cells; a comma if none does."""
        with self._opened() as file:
            first = list(islice(self._lines(file), _LOOKED_AT))
        if first and (hint := _HINT.fullmatch(first[0])):
            self.hint = first[0]
            return hint[1]
        return max(SEPARATORS, key=lambda separator: self._agreement(first, separator))

    def _agreement(self, lines: list[str], separator: str) -> tuple[int, int]:
        """How many rows have the usual number of cells, and that number; one cell in a row is no agreement."""
        widths: Counter[int] = Counter()
        try:
            for row in self._parted(iter(lines), separator, False):
                widths[len(row.cells)] += len(row.cells) > 1
        except MalformedData:
            pass  # the rows before say enough; and a quoted cell may go on past the last line looked at
        except TooLarge:
            widths[MAX_COLUMNS + 1] += 1
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    def _parted(self, lines: Iterator[str], separator: str, hinted: bool) -> Iterator[Row]:
        taken: list[str] = []

        def fed() -> Iterator[str]:
            for line in lines:
                taken.append(line)
                yield line

        reader = csv.reader(fed(), delimiter=separator, strict=True)
        number = int(hinted)
        try:
            for cells in reader:
                number += 1
                if len(cells) > MAX_COLUMNS:
                    raise _too_wide(self.name, number, len(cells))
                yield Row(number, cells, cells, "".join(taken))
                taken.clear()
        except csv.Error as error:
            raise _unparted(self.name, number + 1, taken) from error


def _too_wide(name: str, line: int, columns: int) -> TooLarge:
    return TooLarge(
        th=f"{name} แถว {line}: มี {columns:,} คอลัมน์ รับไม่เกิน {MAX_COLUMNS}: ลบคอลัมน์ที่ไม่ใช้",
        en=f"{name}, row {line}: there are {columns:,} columns, {MAX_COLUMNS} are read: delete those that are not used",
    )


def _unparted(name: str, row: int, taken: list[str]) -> MalformedData:
    shown = "".join(taken)[:60].rstrip()
    return MalformedData(
        th=f'{name} แถว {row}: เครื่องหมาย " ไม่ครบคู่หรือไม่ได้ปิดที่ท้ายช่อง ({shown}…): เติมให้ครบ และเขียน " ในข้อความเป็น ""',
        en=f'{name}, row {row}: a quote is not closed at the end of its cell ({shown}…): close it, and write a " '
        'inside the text as ""',
        line=row,
    )
