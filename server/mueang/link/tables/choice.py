"""Picks the column of names in a table, and the kind of things that it names, or takes the reader's word for it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from mueang.check.sheets.grid import cell_name
from mueang.errors import MalformedData, WrongParameter
from mueang.link.names import Index
from mueang.link.tables.codes import are_codes
from mueang.link.tables.heading import Heads, heads_of
from mueang.link.tables.row import Row, Source
from mueang.link.tables.words import (
    HEADINGS,
    aside,
    coded_kind,
    headed_kind,
    heads_codes,
    is_number,
    plain,
)

_LOOKED_AT = 2_000
_FIRST, _MORE = 12, 80
_SURE = ("certain", "ambiguous")
"""Verdicts on a text that is the name of something, if not of one thing alone."""
_ENOUGH = 0.5
_PROMISED = 0.2
"""What a heading that names the kind adds to the share of names that are certain."""


@dataclass(frozen=True)
class Wanted:
    """What a reader says of a table: the column's heading, the kinds of things in it, the sheet; or nothing."""

    column: str = ""
    kinds: tuple[str, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True)
class Chosen:
    """The column of names: where it is, what heads it and in which row (0: in none), the kinds of what it names."""

    sheet: str
    column: int
    heading: str
    line: int
    before: int
    width: int
    kinds: tuple[str, ...]
    others: tuple[str, ...] = ()
    is_codes: bool = False

    @property
    def shown(self) -> str:
        """The heading, or where there is none the letter of the column."""
        return self.heading or cell_name(0, self.column)[:-1]


@dataclass(frozen=True)
class _Rating:
    sheet: str
    column: int
    heads: Heads
    width: int
    kind: str
    share: float
    certain: int
    texts: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[float, int, int, int]:
        """What makes a column the better one; of equals the kind that bare names mean first, then the first column."""
        promised = _PROMISED * (headed_kind(self.heads.text(self.column)) == self.kind != "")
        order = list(HEADINGS)
        place = order.index(self.kind) if self.kind in order else len(order)
        return (round(self.share + promised, 1), self.certain and -place, self.certain, -self.column)


def choose(source: Source, index: Index, wanted: Wanted) -> Chosen:
    """The column of names in one of the sheets.

    Raises WrongParameter for a sheet, column or kind that is not there, and where no column is one of names;
    MalformedData for a table with nothing in it.
    """
    _refuse_unknown(index, wanted, source)
    sheets = source.sheets if wanted.sheet is None else [wanted.sheet]
    firsts = {sheet: list(islice(source.rows(sheet), _LOOKED_AT)) for sheet in sheets}
    if not any(plain(text) for rows in firsts.values() for row in rows for text in row.cells):
        raise MalformedData(
            th=f"{source.name}: ไม่มีข้อมูลในตาราง", en=f"{source.name}: there is nothing in this table"
        )
    ratings = [rating for sheet, rows in firsts.items() for rating in _ratings(sheet, rows, index, wanted)]
    best = max(ratings, key=lambda rating: rating.rank, default=None)
    if best is None:
        raise _no_column(source, wanted, firsts)
    return _chosen(best, index, wanted)


def _ratings(sheet: str, rows: Sequence[Row], index: Index, wanted: Wanted) -> list[_Rating]:
    heads = heads_of(rows)
    width = _width(rows, heads)
    columns = _columns(heads, width, wanted)
    found = []
    for column in columns:
        texts = _texts(rows[heads.before :], column)
        rating = _rating(sheet, column, heads, width, texts, index, wanted)
        if rating and (wanted.column or rating.share >= _ENOUGH):
            found.append(rating)
    return found or ([] if wanted.column else _only_text(sheet, rows, heads, width, wanted))


def _width(rows: Sequence[Row], heads: Heads) -> int:
    """How many columns there are: as many as are headed, or as most rows have; a row with more is another matter."""
    usual = Counter(len(row.cells) for row in rows[heads.before :] if any(map(plain, row.cells)))
    headed = max((len(row.cells) for row in heads.lines), default=0)
    return max(headed, usual.most_common(1)[0][0] if usual else 0)


def _columns(heads: Heads, width: int, wanted: Wanted) -> Sequence[int]:
    if not wanted.column:
        return range(width)
    found = heads.columns(wanted.column)
    letters = [column for column in range(width) if cell_name(0, column)[:-1] == wanted.column.strip()]
    return found or letters


def _texts(rows: Sequence[Row], column: int) -> tuple[str, ...]:
    """The different texts of a column that may be names."""
    texts = (row.filled[column] for row in rows if column < len(row.filled))
    return tuple(text for text in dict.fromkeys(texts) if aside(text) in (None, "figure"))


def _rating(  # noqa: PLR0913, PLR0917  (what is known of a column, once)
    sheet: str,
    column: int,
    heads: Heads,
    width: int,
    texts: tuple[str, ...],
    index: Index,
    wanted: Wanted,
) -> _Rating | None:
    """How sure it is that this is the column, for the kind that most of its names are certain for."""
    if not texts:
        return None
    if sum(map(is_number, texts)) * 2 > len(texts):
        return _codes(_Rating(sheet, column, heads, width, "", 0, 0, texts), index, wanted)
    names = [text for text in texts if not is_number(text)][:_MORE]
    promised = headed_kind(heads.text(column))
    meant = _meant(names[:_FIRST], index, wanted.kinds)
    if any(meant) or promised or wanted.column:
        meant = _meant(names, index, wanted.kinds)
    kind, certain = _most(_counted(meant), promised, wanted.kinds)
    share = certain / len(names)
    besides = _counted([kinds for kinds in meant if kind not in kinds])
    others = tuple(other for other, count in besides.most_common() if count > len(names) / 10)
    return _Rating(sheet, column, heads, width, kind, share, certain, texts, others)


def _meant(names: Sequence[str], index: Index, kinds: Collection[str]) -> list[set[str]]:
    """For each of these names the kinds of the things that are called so."""
    matches = (index.match(name, kinds) for name in names)
    return [
        {kind for one in match.candidates for kind in one.thing.kinds} if match.verdict in _SURE else set()
        for match in matches
    ]


def _counted(meant: Sequence[set[str]]) -> Counter[str]:
    return Counter(kind for kinds in meant for kind in kinds)


def _most(counts: Counter[str], promised: str, asked: Sequence[str]) -> tuple[str, int]:
    """The kind with the most certain names; of equals the one that the heading promises, or a bare name means first."""
    kinds = [kind for kind in asked or counts if kind in counts]
    order = [promised, *HEADINGS]
    if not kinds:
        return (asked[0] if asked else promised), 0
    place = {kind: order.index(kind) if kind in order else len(order) for kind in kinds}
    kind = max(kinds, key=lambda kind: (counts[kind], -place[kind]))
    return kind, counts[kind]


def _codes(rating: _Rating, index: Index, wanted: Wanted) -> _Rating | None:
    """A column of numbers, if they are codes; unless it is asked for, its heading must say so."""
    heading = rating.heads.text(rating.column)
    if not wanted.column and not heads_codes(heading):
        return None
    counts: Counter[str] = Counter()
    for text in rating.texts:
        counts.update({kind for one in index.by_code(text, kinds=wanted.kinds) for kind in one.kinds})
    kind, certain = _most(counts, coded_kind(heading), wanted.kinds)
    if are_codes(rating.texts, certain, coded_kind(heading) == kind != "", bool(wanted.column)):
        share = certain / len(rating.texts)
        return replace(rating, kind=kind, share=share, certain=certain)
    if not wanted.column:
        return None
    raise WrongParameter(
        th=f"คอลัมน์ {wanted.column} มีแต่ตัวเลข และไม่ใช่รหัสที่รู้จักทุกตัว ({certain} จาก {len(rating.texts)}): เลือกคอลัมน์ที่เป็นชื่อ",
        en=f"column {wanted.column} holds numbers, and not all of them are codes known here ({certain} of "
        f"{len(rating.texts)}): choose a column of names",
    )


def _only_text(sheet: str, rows: Sequence[Row], heads: Heads, width: int, wanted: Wanted) -> list[_Rating]:
    """The one column of texts beside figures, though none of its names is known: then the report says so of each."""
    if not heads.lines or width < 2:
        return []
    texts = {column: _texts(rows[heads.before :], column) for column in range(width)}
    named = [
        column for column, found in texts.items() if found and sum(map(is_number, found)) * 2 <= len(found)
    ]
    if len(named) != 1:
        return []
    column = named[0]
    kind = wanted.kinds[0] if wanted.kinds else headed_kind(heads.text(column))
    return [_Rating(sheet, column, heads, width, kind, 0.0, 0, texts[column])]


def _chosen(best: _Rating, index: Index, wanted: Wanted) -> Chosen:
    kinds = wanted.kinds or ((best.kind,) if best.kind else ())
    heads = _without_names(best.heads, best.column, index, kinds)
    others = () if wanted.kinds else best.others
    line, heading = heads.line_of(best.column), heads.text(best.column)
    is_codes = sum(map(is_number, best.texts)) * 2 > len(best.texts)
    return Chosen(best.sheet, best.column, heading, line, heads.before, best.width, kinds, others, is_codes)


def _without_names(heads: Heads, column: int, index: Index, kinds: Collection[str]) -> Heads:
    """The heads as far as the first name of the column: a row may have a name and no figures.

    What stands above all lines of the heading is a title, also where it is a name.
    """
    begun = heads.lines[0].number if heads.lines else 0
    named = [
        row.number
        for row in heads.above
        if row.number >= begun and column < len(row.filled) and index.match(row.filled[column], kinds).thing
    ]
    if not named:
        return heads
    lines = tuple(row for row in heads.lines if row.number < named[0])
    return Heads(lines, tuple(row for row in heads.above if row.number < named[0]))


def _refuse_unknown(index: Index, wanted: Wanted, source: Source) -> None:
    unknown = [kind for kind in wanted.kinds if kind not in index.kinds]
    if unknown:
        known = ", ".join(index.kinds)
        raise WrongParameter(
            th=f"ไม่มีสิ่งชนิด {unknown[0]} (มี {known})", en=f"there is no kind {unknown[0]} (known: {known})"
        )
    if wanted.sheet is not None and wanted.sheet not in source.sheets:
        known = ", ".join(filter(None, source.sheets)) or "-"
        raise WrongParameter(
            th=f"{source.name}: ไม่มีแผ่น {wanted.sheet} (มี {known})",
            en=f"{source.name}: there is no sheet {wanted.sheet} (there are: {known})",
        )


def _no_column(source: Source, wanted: Wanted, firsts: dict[str, list[Row]]) -> WrongParameter:
    headings = [text for rows in firsts.values() for text in heads_of(rows).texts]
    shown = ", ".join(text[:40] for text in headings[:20]) + (", …" if len(headings) > 20 else "")
    there = (f" (มี {shown})", f" (there are: {shown})") if shown else ("", "")
    if wanted.column:
        return WrongParameter(
            th=f"{source.name}: ไม่มีคอลัมน์ {wanted.column}{there[0]}",
            en=f"{source.name}: there is no column {wanted.column}{there[1]}",
        )
    return WrongParameter(
        th=f"{source.name}: ไม่พบคอลัมน์ที่เป็นชื่อสถานที่หรือหน่วยงานที่รู้จัก: ระบุชื่อคอลัมน์{there[0]}",
        en=f"{source.name}: no column of names that are known here: name the column{there[1]}",
    )
