"""What is asked of a table that somebody sends to be linked."""

from dataclasses import dataclass
from typing import Literal

from mueang.errors import Language

Wish = Literal["page", "csv", "xlsx", "json", "ttl", "report"]


@dataclass(frozen=True)
class Order:
    """What is asked of a table: where its names are and of what kinds, and in which form the answer is wished."""

    name: str
    language: Language
    wish: Wish
    column: str = ""
    kinds: tuple[str, ...] = ()
    sheet: str | None = None
