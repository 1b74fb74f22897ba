"""A text as it is looked up: its letters, without its number in a list, its administrative word, its brackets."""

import re
from typing import NamedTuple

from mueang.link import spelling
from mueang.link.administrative import UNITS, without_word

_NUMBERED = re.compile(r"^[\W_]*[0-9]{1,3}[\W_]+(?=[^\W\d_])")
_FOOTNOTE = re.compile(r"[0-9]{1,2}\s*/[\W_]*$")
_PARTS = re.compile(r"[()\[\]/|,;=]+")


class Wording(NamedTuple):
    """The key of a text, the same without its administrative word, and the kinds of thing which that word leaves."""

    text: str
    whole: str
    core: str
    kinds: frozenset[str]

    def left_of(self, kinds: frozenset[str]) -> frozenset[str] | None:
        """Which of these kinds (none: of all) it may be of, by its word; None where the word rules all of them out."""
        if not self.kinds or not kinds:
            return self.kinds or kinds
        return kinds & self.kinds or kinds - UNITS or None

    @property
    def keys(self) -> tuple[str, ...]:
        """Both keys, or the one where they are the same."""
        return (self.core, self.whole) if self.core != self.whole else (self.core,)


def wording(text: str) -> Wording:
    """How a text is looked up."""
    clean = spelling.clean(text)
    unnumbered = _NUMBERED.sub("", _FOOTNOTE.sub("", clean))
    spaced = spelling.spaced(unnumbered)
    named = without_word(spaced)
    return Wording(text, spelling.joined(spaced), spelling.joined(named.text), named.kinds)


def parts(text: str) -> list[Wording]:
    """What stands in and before brackets, on both sides of a slash or comma: one thing may be named twice."""
    found = [wording(part) for part in _PARTS.split(spelling.clean(text))]
    return [part for part in found if part.whole]
