"""Where Oxigraph stopped reading a text, with what the explanations ask about its surroundings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from mueang.check.flaw import Flaw
from mueang.engine.malformed.lexer import Token, token_at
from mueang.engine.malformed.stop import clipped

_MOST_BEFORE = 500
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*\Z")


@dataclass(frozen=True)
class Stop:
    """The place, and what Oxigraph says of it."""

    text: str
    place: int
    said: str

    @cached_property
    def found(self) -> Token:
        """The token at the place; END for the end of the text."""
        return token_at(self.text, self.place)

    @property
    def word(self) -> str:
        """What is at the place, up to the next space."""
        return clipped(re.split(r"[\s;,]", self.text[self.place : self.place + 100], maxsplit=1)[0])

    @cached_property
    def end(self) -> int:
        """The end of what is before the place, without space and comments."""
        start = max(self.place - _MOST_BEFORE, 0)
        before = self.text[start : self.place].rstrip()
        while (cut := _COMMENT.sub("", before).rstrip()) != before:
            before = cut
        return start + len(before)

    @property
    def last(self) -> str:
        """The character before."""
        return self.text[self.end - 1 : self.end]

    @property
    def is_later_line(self) -> bool:
        """Whether the place is on a later line than what is before it."""
        return "\n" in self.text[self.end : self.place] or self.found.kind == "END"

    @property
    def gap(self) -> int:
        """Where to point for something missing: behind what is before, if the place is on a later line."""
        return self.end if self.is_later_line else self.place

    @property
    def after_object(self) -> bool:
        """Whether a statement could have ended before the place."""
        return (
            "subject or graph name" in self.said or "dot is expected" in self.said or "by a dot" in self.said
        )

    def flaw(self, *, th: str, en: str, at: int | None = None) -> Flaw:
        """A flaw at the place or another one."""
        return Flaw(self.place if at is None else at, th=th, en=en)


Adviser = Callable[[Stop], Flaw | None]
