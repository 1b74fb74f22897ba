"""The drawing beside a class: what it is a kind of, what leads to it, what it leads to."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mueang.graph.names import BASE
from mueang.web.glossary import Term
from mueang.web.language import say
from mueang.web.names import Names

WIDTH = 720
_BOX, _TALL, _LINE, _GAP, _APART, _EDGE = 208, 44, 20, 256, 12, 2
_MOST = 7
_LETTERS = 26
_NO_THING = ("http://www.w3.org/2002/07/owl#Thing", "http://www.w3.org/2000/01/rdf-schema#Literal")
_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Line:
    """A line of a box: what it says, what it is about, where it stands, and whether it is the second of its box."""

    text: str
    iri: str
    y: int
    is_second: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it leads to a page here."""
        return self.iri.startswith(BASE)


@dataclass(frozen=True)
class Box:
    """A box with its lines; `role` is how it looks."""

    x: int
    y: int
    lines: tuple[Line, ...]
    role: str
    height: int = _TALL
    width: int = _BOX


@dataclass(frozen=True)
class Arrow:
    """A line with a head at its end; `role` tells a kind from a relation."""

    x1: int
    y1: int
    x2: int
    y2: int
    role: str


@dataclass(frozen=True)
class Diagram:
    """Boxes and arrows, and the same in words."""

    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    title: str
    words: str


@dataclass(frozen=True)
class Tie:
    """A property between the class and others: which, and what stands at its other end."""

    property: str
    others: tuple[str, ...]


def around(term: Term, terms: Mapping[str, Term], called: Names) -> Diagram | None:
    """The drawing of a class among its neighbours; None for one that has none."""
    above = [iri for iri in term.links["above"] if iri not in _NO_THING]
    below = [one.iri for one in terms.values() if term.iri in one.links["above"]]
    coming, going = list(_coming(term, terms)), list(_going(term, terms))
    if not (above or below or coming or going):
        return None
    drawing = _Drawing(called, max(_column_height(above, below), _side_height(coming), _side_height(going)))
    drawing.column(above, term.iri, below)
    drawing.side(0, coming)
    drawing.side(2, going)
    title = say(
        f"{called.of(term.iri).text} กับสิ่งที่เกี่ยวข้อง", f"{called.of(term.iri).text} and what it is tied to"
    )
    words = "; ".join(_said(called, above, below, coming, going))
    return Diagram(drawing.height, tuple(drawing.boxes), tuple(drawing.arrows), title, words)


class _Drawing:
    """Boxes in three columns around the one in the middle."""

    def __init__(self, called: Names, height: int) -> None:
        self.height = height
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self._called = called
        self._centre = 0

    def column(self, above: Sequence[str], own: str, below: Sequence[str]) -> None:
        """The middle column: what it is a kind of, itself, its kinds."""
        y = (self.height - _column_height(above, below)) // 2 + _EDGE
        for iris, role in ((above, "kind"), ((own,), "own"), (below, "kind")):
            if not iris:
                continue
            if self.boxes:
                self.arrows.append(Arrow(WIDTH // 2, y, WIDTH // 2, y - _APART, "kind"))
            height = _listing_height(iris) if role == "kind" else _TALL
            self.boxes.append(Box(_GAP, y, tuple(self._listed(iris, y, height)), role, height))
            if role == "own":
                self._centre = y + _TALL // 2
            y += height + _APART

    def side(self, column: int, ties: Sequence[Tie]) -> None:
        """A column of properties, each with the classes at its other end, tied to the middle."""
        shown = ties if len(ties) <= _MOST + 1 else ties[:_MOST]
        y = (self.height - _side_height(ties)) // 2 + _EDGE
        for tie in shown:
            self.boxes.append(Box(column * _GAP, y, tuple(self._tied(tie, y)), "property"))
            self._tie(column, y + _TALL // 2)
            y += _TALL + _APART
        if hidden := len(ties) - len(shown):
            more = Line(say(f"และอีก {hidden}", f"and {hidden} more"), "", y + 28)
            self.boxes.append(Box(column * _GAP, y, (more,), "more"))

    def _tie(self, column: int, y: int) -> None:
        if column == 0:
            self.arrows.append(Arrow(_BOX, y, _GAP, self._centre, "tie"))
        else:
            self.arrows.append(Arrow(_GAP + _BOX, self._centre, 2 * _GAP, y, "tie"))

    def _listed(self, iris: Sequence[str], y: int, height: int) -> Iterator[Line]:
        first = y + (height - _LINE * (len(iris) - 1)) // 2 + 5
        for place, iri in enumerate(iris):
            yield Line(_cut(self._called.of(iri).text), iri, first + place * _LINE)

    def _tied(self, tie: Tie, y: int) -> Iterator[Line]:
        ends = _cut(say(" หรือ ", " or ").join(self._called.of(iri).text for iri in tie.others))
        yield Line(_cut(self._called.of(tie.property).text), tie.property, y + (19 if ends else 28))
        if ends:
            yield Line(ends, "", y + 37, is_second=True)


def _listing_height(iris: Sequence[str]) -> int:
    return _LINE * (len(iris) - 1) + 36 if iris else 0


def _column_height(above: Sequence[str], below: Sequence[str]) -> int:
    parts = [_listing_height(iris) + _APART for iris in (above, below) if iris]
    return sum(parts) + _TALL + 2 * _EDGE


def _side_height(ties: Sequence[Tie]) -> int:
    boxes = min(len(ties), _MOST + 1)
    return boxes * (_TALL + _APART) - _APART + 2 * _EDGE


def _coming(term: Term, terms: Mapping[str, Term]) -> Iterator[Tie]:
    for one in terms.values():
        if term.iri in one.values and not one.is_class:
            yield Tie(one.iri, tuple(iri for iri in one.sources if iri not in _NO_THING))


def _going(term: Term, terms: Mapping[str, Term]) -> Iterator[Tie]:
    for one in terms.values():
        ends = one.lists if _CONCEPT in one.values else [iri for iri in one.values if _is_thing(iri)]
        if term.iri in one.sources and ends:
            yield Tie(one.iri, tuple(ends))


def _is_thing(iri: str) -> bool:
    return iri not in _NO_THING and not iri.startswith(_XSD)


def _said(
    called: Names, above: Iterable[str], below: Iterable[str], coming: Iterable[Tie], going: Iterable[Tie]
) -> Iterator[str]:
    """The drawing in words."""
    if names := _listed(called, above):
        yield say(f"เป็น {names} ชนิดหนึ่ง", f"a kind of {names}")
    if names := _listed(called, below):
        yield say(f"ชนิดย่อย: {names}", f"its kinds: {names}")
    for tie in coming:
        yield say(
            f"มี {called.of(tie.property).text} จาก ", f"{called.of(tie.property).text} from "
        ) + _listed(called, tie.others)
    for tie in going:
        yield say(f"{called.of(tie.property).text} ไปยัง ", f"{called.of(tie.property).text} to ") + _listed(
            called, tie.others
        )


def _listed(called: Names, iris: Iterable[str]) -> str:
    return ", ".join(called.of(iri).text for iri in iris)


def _cut(text: str) -> str:
    """As much of a text as a box has room for; marks above and below letters take none."""
    room = 0
    for place, letter in enumerate(text):
        room += unicodedata.category(letter) != "Mn"
        if room > _LETTERS:
            return text[:place].rstrip() + "…"
    return text
