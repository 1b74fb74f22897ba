"""Finds where in a table the heads end and the rows of data begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mueang.link.tables.row import Row
from mueang.link.tables.words import is_figure, plain

_WITHIN = 25
"""Rows: titles and heads are fewer."""


@dataclass(frozen=True)
class Heads:
    """The lines of a heading, which may be none, and all rows before the first one with figures."""

    lines: tuple[Row, ...]
    above: tuple[Row, ...]

    @property
    def before(self) -> int:
        """How many rows stand before the data."""
        return len(self.above)

    def line_of(self, column: int) -> int:
        """The number of the row that heads a column: the last line with a text there; 0 where nothing heads it."""
        own = [row.number for row in self.lines if column < len(row.cells) and plain(row.cells[column])]
        return max(own, default=self.lines[-1].number if self.lines else 0)

    def text(self, column: int) -> str:
        """What heads a column: its texts in all lines."""
        texts = (plain(row.filled[column]) for row in self.lines if column < len(row.filled))
        return " ".join(dict.fromkeys(filter(None, texts)))

    def columns(self, name: str) -> list[int]:
        """The columns with this heading, in one line or in all of them."""
        wanted = _key(name)
        width = max((len(row.cells) for row in self.lines), default=0)
        return [column for column in range(width) if wanted in self._keys(column)]

    @property
    def texts(self) -> list[str]:
        """What heads the columns that are headed."""
        width = max((len(row.cells) for row in self.lines), default=0)
        return [text for column in range(width) if (text := self.text(column))]

    def _keys(self, column: int) -> set[str]:
        lines = {_key(row.cells[column]) for row in self.lines if column < len(row.cells)}
        return lines | {_key(self.text(column))}


def heads_of(rows: Sequence[Row]) -> Heads:
    """The heads of a table: what stands above its first row with figures, or its first row that is mostly filled."""
    first = rows[:_WITHIN]
    full = max(map(_filled, first), default=0)
    before = next((at for at, row in enumerate(first) if _is_data(row)), None)
    if before is None:
        at = next((at for at, row in enumerate(first) if full and _filled(row) * 2 > full), 0)
        return Heads(tuple(first[at : at + 1]), tuple(first[: at + 1]))
    fewest = min(2, full)
    return Heads(tuple(row for row in first[:before] if _filled(row) >= fewest), tuple(first[:before]))


def _is_data(row: Row) -> bool:
    """Whether a row has figures; the numbers of the columns, 1 2 3, are none."""
    texts = [plain(text) for text in row.filled if plain(text)]
    numbers = [text.strip("() ") for text in texts]
    counted = len(texts) > 1 and numbers[-2:] == [str(len(texts) - 1), str(len(texts))]
    return any(map(is_figure, texts)) and not counted


def _filled(row: Row) -> int:
    return sum(bool(plain(text)) for text in row.filled)


def _key(text: str) -> str:
    return re.sub(r"[\s*]+", "", plain(text)).casefold()
