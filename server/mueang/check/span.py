"""Stretches of a text from which statements are read, and the places they give."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Quad

from mueang.check.locator import Triple, as_triple
from mueang.check.place import Place

Stretch = tuple[int, int]


class Span(NamedTuple):
    """Where a statement's subject, predicate and object begin and end in the text.

    `whole` is what has to be written anew for another object: more than the object where its datatype or language
    stands apart from it.
    """

    subject: Stretch
    predicate: Stretch
    object: Stretch
    whole: Stretch


Finder = Callable[[str, Sequence[Quad]], Iterable[Span | None]]


class Spans:
    """The spans of the statements of a text, looked for when the first is asked for: most files need none."""

    def __init__(self, text: str, quads: Sequence[Quad], finder: Finder) -> None:
        self._text = text
        self._quads = quads
        self._finder = finder

    @cached_property
    def all(self) -> list[Span | None]:
        """A span for each quad, as far as it is known."""
        found = list(self._finder(self._text, self._quads))
        return found if len(found) == len(self._quads) else [None] * len(self._quads)

    @cached_property
    def of(self) -> Mapping[Triple, Span]:
        """The spans by statement; of one that is there twice, the first."""
        pairs = zip(reversed(self._quads), reversed(self.all), strict=True)
        return {as_triple(quad): span for quad, span in pairs if span}

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(place + 1 for place, character in enumerate(self._text) if character == "\n")]

    def place(self, at: int) -> Place:
        """Line and column of a place in the text, both from 1."""
        line = bisect_right(self._lines, at)
        return Place(line, at - self._lines[line - 1] + 1)


class SpanPlaces(Mapping[Triple, Place]):
    """The places of one part of each statement: 0 the subject, 1 the predicate, 2 the object."""

    def __init__(self, spans: Spans, part: int) -> None:
        self._spans = spans
        self._part = part

    def __getitem__(self, triple: Triple) -> Place:
        return self._spans.place(self._spans.of[triple][self._part][0])

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._spans.of)

    def __len__(self) -> int:
        return len(self._spans.of)
