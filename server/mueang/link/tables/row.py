"""A row of somebody's table, however the table is kept."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

Cell = str | float
"""What is added to a row: a text, or a number."""
Tell = Callable[[int], object]
"""Told now and then how many bytes have been read."""


class Row(NamedTuple):
    """One row: its number from 1, its cells, and those with what a merged range hides in them filled in.

    `raw` is the row as it is written, its end of line included; empty where the table is no text.
    """

    number: int
    cells: Sequence[str]
    filled: Sequence[str]
    raw: str = ""


class Source(Protocol):
    """A table file that can be gone through more than once."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def sheets(self) -> Sequence[str]:
        """The names of its sheets; a CSV has one without a name."""

    def rows(self, sheet: str, tell: Tell = ...) -> Iterator[Row]:
        """The rows of a sheet from the first one. Raises MalformedData and TooLarge."""
