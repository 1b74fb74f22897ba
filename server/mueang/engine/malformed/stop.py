"""Where a query stops being one, with what the explanations ask about its surroundings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mueang.engine.malformed.lexer import Token, token_at
from mueang.engine.malformed.parser import Reading
from mueang.engine.malformed.place import position

CLOSING = {"{": "}", "(": ")", "[": "]", "{|": "|}", "<<": ">>", "<<(": ")>>"}
NAMES = frozenset({"IRIREF", "PNAME_LN", "PNAME_NS"})
NUMBERS = frozenset({"INTEGER", "NUMBER", "SIGNED"})
VALUES = NUMBERS | {"STRING", "BOOLEAN"}
TERMS = NAMES | VALUES | {"VAR", "BLANK", "ANON", "NIL"}
COMPARISONS = frozenset({"=", "!=", "<", ">", "<=", ">="})
OPERATORS = COMPARISONS | {"+", "-", "*", "/", "&&", "||", "!"}
PATTERNS = frozenset({"FILTER", "OPTIONAL", "BIND", "MINUS", "GRAPH", "LATERAL", "UNION", "VALUES"})
_BEFORE_SELECTED = frozenset({"SELECT", "DISTINCT", "REDUCED"})
START = Token("START", "", 0)


class Advice(NamedTuple):
    """What to do, in Thai and English, and the place to do it where that is not the place of the stop."""

    th: str
    en: str
    place: int | None = None


@dataclass(frozen=True)
class Stop:
    """The first token that cannot stand where it does: `found`. What could is `possible`."""

    reading: Reading

    @property
    def text(self) -> str:
        """The whole query."""
        return self.reading.text

    @property
    def found(self) -> Token:
        """The token that cannot stand here; END for the end of the text."""
        return self.reading.tokens[-1]

    @property
    def previous(self) -> Token:
        """The token before; START if there is none."""
        return self.back(1)

    def back(self, steps: int) -> Token:
        """The token so many steps before the one found."""
        tokens = self.reading.tokens
        return tokens[-1 - steps] if steps < len(tokens) else START

    @cached_property
    def following(self) -> Token:
        """The token after the one found."""
        return token_at(self.text, self.found.end)

    @property
    def place(self) -> int:
        """Where to point: at the token found; a missing end is where the text ends."""
        return self.previous.end if self.found.kind == "END" else self.found.start

    @property
    def gap(self) -> int:
        """Where to point for something missing: behind the token before, if the one found is on a later line."""
        between = self.text[self.previous.end : self.found.start]
        return self.previous.end if "\n" in between or self.found.kind == "END" else self.found.start

    def can(self, *kinds: str) -> bool:
        """Whether all these kinds of tokens could stand here."""
        return self.reading.possible.issuperset(kinds)

    @property
    def adjacent(self) -> bool:
        """Whether nothing is between the token found and the one before."""
        return self.previous.end == self.found.start and self.previous is not START

    @cached_property
    def opened(self) -> list[int]:
        """The indexes of the brackets that are open here, the innermost last."""
        return open_brackets(self.reading.tokens[:-1])

    @property
    def opener(self) -> Token:
        """The innermost open bracket; START if none is open."""
        return self.reading.tokens[self.opened[-1]] if self.opened else START

    @property
    def caller(self) -> Token:
        """The token before the innermost open bracket."""
        return self.reading.tokens[self.opened[-1] - 1] if self.opened and self.opened[-1] else START

    @property
    def selecting(self) -> bool:
        """Whether one more variable of SELECT could come."""
        first = self.previous.kind in _BEFORE_SELECTED
        return self.can("VAR", "(") and not self.can("STRING") and (first or self.can("{"))

    @property
    def at_predicate(self) -> bool:
        """Whether a predicate is due."""
        return self.can("a", "VAR") and not self.can("STRING")

    @property
    def at_object(self) -> bool:
        """Whether an object is due."""
        return self.can("VAR", "STRING", "BLANK", "NIL") and not self.can("}") and self.opener.kind in "{["

    @property
    def after_object(self) -> bool:
        """Whether a triple could end here."""
        return self.can(";", ",") and not self.can("VAR") and self.opener.kind in "{["

    @property
    def at_value(self) -> bool:
        """Whether an expression could begin here."""
        return self.can("CALL_1_1", "STRING")

    @property
    def after_value(self) -> bool:
        """Whether an operator could come here."""
        return self.can("&&")

    def where(self, token: Token) -> tuple[str, str]:
        """A token's place in words: its line, or its column if it is on the line of the gap."""
        line, column = position(self.text, token.start)
        if line == position(self.text, self.gap)[0]:
            return f"ตำแหน่ง {column}", f"column {column}"
        return f"บรรทัด {line}", f"line {line}"


Adviser = Callable[[Stop], Advice | None]


def first_advice(stop: Stop, advisers: Iterable[Adviser]) -> Advice | None:
    """What the first of them has to say that has anything to say."""
    said: Iterator[Advice | None] = (adviser(stop) for adviser in advisers)
    return next(filter(None, said), None)


def open_brackets(tokens: Iterable[Token]) -> list[int]:
    """The indexes of the brackets that these tokens open and do not close."""
    found: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind in CLOSING:
            found.append(index)
        elif token.kind in CLOSING.values() and found:
            found.pop()
    return found


def clipped(text: str, most: int = 40) -> str:
    """A text short enough to stand within a message, on one line."""
    flat = " ".join(text[: most + 1].split())
    return flat if len(text) <= most else flat[:most] + "…"
