"""The numbers of an answer as bars, ready to be drawn: what labels them, how long each is, what is said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mueang.engine.cells import number_in
from mueang.web.columns import Column
from mueang.web.era import day_said, number_said
from mueang.web.language import say

Row = Mapping[str, Any]
_MOST_BARS = 80
_MOST_SERIES = 3
_LONGEST_LABEL = 46
_WIDEST = 78.0
_LABEL, _BAR, _GAP = 24, 20, 12


@dataclass(frozen=True)
class Bar:
    """One bar: its series, its number as people read it, its length in percent of the width, where it stands."""

    series: int
    number: str
    percent: float
    top: int


@dataclass(frozen=True)
class Group:
    """What belongs to one row: its label, the whole of it where it was cut, and its bars."""

    label: str
    whole: str
    top: int
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Chart:
    """A bar chart: what is counted in each series, its groups, its height, and a sentence that says what it shows."""

    series: Sequence[str]
    groups: Sequence[Group]
    height: int
    said: str


def chart_of(columns: Sequence[Column], rows: Sequence[Row]) -> Chart | None:
    """The chart of an answer; None where it has no numbers, or too many."""
    numeric = [one for one in columns if one.term and _all_numbers(one.term, rows)][:_MOST_SERIES]
    if not numeric or not 1 <= len(rows) * len(numeric) <= _MOST_BARS:
        return None
    numeric = _of_one_size(numeric, rows)
    named = [one for one in columns if one not in numeric and _labels(one, rows)]
    if named and len({_label(row, named[0]) for row in rows}) == len(rows):
        named = named[:1]
    groups, top = [], 0
    longest = max(_number(row, one.term) for row in rows for one in numeric) or 1.0
    for place, row in enumerate(rows, start=1):
        group = _group(row, named, numeric, (place, top, longest))
        groups.append(group)
        top += (_LABEL if group.label else 0) + _BAR * len(numeric) + _GAP
    return Chart([one.heading for one in numeric], groups, top, _said(groups))


def _group(
    row: Row, named: Sequence[Column], numeric: Sequence[Column], where: tuple[int, int, float]
) -> Group:
    place, top, longest = where
    whole = " · ".join(text for one in named[:2] if (text := _label(row, one))) or (
        str(place) if named else ""
    )
    below = top + (_LABEL if whole else 0)
    bars = [
        Bar(
            series,
            number_said(row[one.term]["value"]),
            round(_WIDEST * _number(row, one.term) / longest, 2),
            below + _BAR * series,
        )
        for series, one in enumerate(numeric)
        if one.term in row
    ]
    return Group(whole if len(whole) <= _LONGEST_LABEL else whole[:_LONGEST_LABEL] + "…", whole, top, bars)


def _all_numbers(variable: str, rows: Sequence[Row]) -> bool:
    """Whether every value is a number of at least nought, and there is one."""
    found = [number_in(row[variable]) for row in rows if variable in row]
    return bool(found) and all(number is not None and number >= 0 for number in found)


def _of_one_size(numeric: list[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns whose numbers can be compared by eye with those of the last one, which counts the most."""
    most = {one.heading: max(_number(row, one.term) for row in rows) for one in numeric}
    last = most[numeric[-1].heading] or 1.0
    return [one for one in numeric if last / 50 <= (most[one.heading] or last) <= last * 50]


def _number(row: Row, variable: str) -> float:
    return (number_in(row[variable]) if variable in row else None) or 0.0


def _labels(column: Column, rows: Sequence[Row]) -> bool:
    """Whether a column tells the rows apart by words that people read."""
    return len({_label(row, column) for row in rows} - {""}) > (1 if len(rows) > 1 else 0)


def _label(row: Row, column: Column) -> str:
    term = next((row[one] for one in (*column.labels, column.term) if one and one in row), None)
    if term is None or term["type"] not in ("literal", "uri"):
        return ""
    text = str(term["value"])
    return text.rpartition("/")[2] if term["type"] == "uri" else day_said(text)


def _said(groups: Sequence[Group]) -> str:
    found = [(bar.percent, group.whole, bar.number) for group in groups for bar in group.bars]
    (_, most, high), (_, least, low) = max(found, key=lambda one: one[0]), min(found, key=lambda one: one[0])
    if len(found) == 1:
        return say(f"{most} {high}", f"{most} {high}").strip()
    return say(
        f"{len(found)} แท่ง มากที่สุด {most} ({high}) น้อยที่สุด {least} ({low})",
        f"{len(found)} bars; the most is {most} ({high}), the least {least} ({low})",
    )
