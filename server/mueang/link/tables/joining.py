"""Links the cells of a column of names, each text once, and keeps count of what came of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mueang.errors import Language, MalformedData
from mueang.link.names import Candidate, Index, Thing
from mueang.link.tables.choice import Chosen
from mueang.link.tables.row import Row
from mueang.link.tables.words import Aside, aside, plain

State = Literal["linked", "unlinked", "head", "repeated", "blank"] | Aside
Both = dict[Language, str]

_REMEMBERED = 100_000
_MOST_MISSED = 20_000
_SUGGESTED = 3
_SCHEMES = ("dopa", "iso")
"""The codes that other tables are joined by, first what Thai offices use; else the first that a thing has."""

_ASIDES: dict[str, Both] = {
    "total": {"th": "แถวรวม ไม่ใช่ชื่อ", "en": "a total, not a name"},
    "group": {"th": "กลุ่มหรือภาค ไม่ใช่ชื่อที่เชื่อม", "en": "a group or region, not a name to link"},
    "note": {"th": "หมายเหตุหรือที่มา", "en": "a note or source"},
    "figure": {"th": "เป็นตัวเลข ไม่ใช่ชื่อ", "en": "a number, not a name"},
    "empty": {"th": "ไม่มีชื่อในแถวนี้", "en": "there is no name in this row"},
}
_NO_CODE: Both = {"th": "ไม่ใช่รหัสที่รู้จัก", "en": "this is no code known here"}


class Linked(NamedTuple):
    """What a cell came to: its state, the thing with score and how it was found, why in both languages."""

    state: State
    thing: Thing | None = None
    score: float = 0.0
    how: str = ""
    reason: Both | None = None


@dataclass
class Missed:
    """A text that was not linked: why, what it may mean, how often and where first it stands."""

    text: str
    reason: Both
    suggestions: Sequence[Thing]
    row: int
    times: int = 1


@dataclass
class Tally:
    """What came of a table: rows by state, the texts that were not linked, and how many more of those there are."""

    states: Counter[State] = field(default_factory=Counter)
    missed: dict[str, Missed] = field(default_factory=dict)
    unnamed: int = 0

    @property
    def rows(self) -> int:
        """The rows that should be linked."""
        return self.states["linked"] + self.not_linked

    @property
    def not_linked(self) -> int:
        """The rows that should be linked and are not."""
        return self.states["unlinked"] + self.states["figure"] + self.states["empty"]


_HEAD, _BLANK, _REPEATED = Linked("head"), Linked("blank"), Linked("repeated")


class Joiner:
    """Links the rows of one table. Remembers texts, so that a column of repeated names costs look-ups."""

    def __init__(self, name: str, index: Index, chosen: Chosen) -> None:
        self.tally = Tally()
        self.chosen = chosen
        self._name = name
        self._index = index
        self._known: dict[str, Linked] = {}
        self._heading = plain(chosen.heading)

    def results(self, rows: Iterator[Row]) -> Iterator[tuple[Row, Linked]]:
        """Each row with what came of it. Raises MalformedData where a row has more cells than the heads."""
        column, before, width = self.chosen.column, self.chosen.before, self.chosen.width
        known, states = self._known, self.tally.states
        for row in rows:
            cells = row.filled
            found = known.get(cells[column]) if column < len(cells) and row.number > before else None
            if found is None or found.state != "linked":
                found = self._of(row)
            if len(cells) > width:
                self._refuse_ragged(row, found)
            states[found.state] += 1
            yield row, found

    def _of(self, row: Row) -> Linked:
        if row.number <= self.chosen.before:
            return _HEAD
        text = row.filled[self.chosen.column] if self.chosen.column < len(row.filled) else ""
        found = self._known.get(text) or self._looked_up(text)
        if found.state == "empty":
            found = self._unnamed(row)
        elif found.state == "unlinked" and self._is_remark(row):
            found = Linked("note", reason=_ASIDES["note"])
        if found.state in ("unlinked", "figure", "empty"):
            self._miss(text, row.number, found)
        return found

    def _looked_up(self, text: str) -> Linked:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found = self._known[text] = self._code(text) if self.chosen.is_codes else self._linked(text)
        return found

    def _linked(self, text: str) -> Linked:
        if (kind := aside(text)) is not None:
            return Linked(kind, reason=_ASIDES[kind])
        if plain(text) == self._heading:
            return _REPEATED
        match = self._index.match(text, self.chosen.kinds)
        if match.thing is None:
            return Linked("unlinked", reason=match.reason)
        first = match.candidates[0]
        return Linked("linked", match.thing, first.score, first.how, match.reason)

    def _code(self, text: str) -> Linked:
        if (kind := aside(text)) not in (None, "figure"):
            return Linked(kind, reason=_ASIDES[kind])
        things = self._index.by_code(plain(text), kinds=self.chosen.kinds)
        if len(things) != 1:
            return Linked("unlinked", reason=_NO_CODE)
        said: Both = {"th": f"ตรงกับรหัส {plain(text)}", "en": f"it is the code {plain(text)}"}
        return Linked("linked", things[0], 100.0, "code", said)

    def _unnamed(self, row: Row) -> Linked:
        """What a row without a name is: blank, a total or note that begins elsewhere, or a name that is missing."""
        texts = [text for text in row.filled if plain(text)]
        if not texts:
            return _BLANK
        kind = aside(texts[0])
        return (
            Linked(kind, reason=_ASIDES[kind])
            if kind in ("total", "note")
            else Linked("empty", reason=_ASIDES["empty"])
        )

    def _is_remark(self, row: Row) -> bool:
        """Whether a text that is no name stands alone in its row, and is too long for one."""
        texts = [text for text in row.filled if plain(text)]
        return len(texts) == 1 < self.chosen.width and len(plain(texts[0])) > 60

    def _miss(self, text: str, number: int, found: Linked) -> None:
        shown = plain(text)
        if shown in self.tally.missed:
            self.tally.missed[shown].times += 1
        elif len(self.tally.missed) >= _MOST_MISSED:
            self.tally.unnamed += 1
        else:
            suggested = [one.thing for one in self._suggestions(shown)][:_SUGGESTED]
            self.tally.missed[shown] = Missed(shown, found.reason or {}, suggested, number)

    def _suggestions(self, text: str) -> Sequence[Candidate]:
        match = self._index.match(text, self.chosen.kinds)
        return match.candidates if match.verdict != "number" else ()

    def _refuse_ragged(self, row: Row, found: Linked) -> None:
        """A value beyond the last heading belongs to another column: nobody can tell which."""
        width = self.chosen.width
        if found.state in ("linked", "unlinked") and any(map(plain, row.filled[width:])):
            raise MalformedData(
                th=f"{self._name} แถว {row.number}: มี {len(row.cells)} ช่อง แต่ตารางมี {width} คอลัมน์: "
                'ใส่ "…" ครอบช่องที่มีตัวคั่นอยู่ข้างใน',
                en=f"{self._name}, row {row.number}: {len(row.cells)} cells in a table of {width} columns: put quotes "
                "around a cell that has the separator in it",
                line=row.number,
            )


def code_of(thing: Thing) -> str:
    """The code that a thing is joined by."""
    return next((thing.codes[scheme] for scheme in (*_SCHEMES, *thing.codes) if scheme in thing.codes), "")
