"""Reads the rows of a table as observations: places linked, times and numbers read, all that is wrong told at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from mueang.errors import Language, MalformedData
from mueang.link.about import About, Column
from mueang.link.amount import read_amount, says_nothing
from mueang.link.cube import LeftOut, Observation
from mueang.link.moment import Moment, read_moment
from mueang.link.names import Index
from mueang.link.tables.heading import Heads, heads_of
from mueang.link.tables.row import Row, Source
from mueang.link.tables.words import aside

_SHOWN = 8
_NO_VALUE: Mapping[Language, str] = {"th": "ไม่มีค่าที่วัดในแถวนี้", "en": "no measure has a value in this row"}
_ASIDES: Mapping[str, Mapping[Language, str]] = {
    "total": {"th": "เป็นผลรวม ไม่ใช่สถานที่เดียว", "en": "a total, not one place"},
    "group": {"th": "เป็นกลุ่มของสถานที่ ไม่ใช่สถานที่เดียว", "en": "a group of places, not one place"},
}


class _Columns(NamedTuple):
    """Where in a row things stand, by place from 0."""

    place: int
    time: int | None
    measures: Mapping[str, int]
    dimensions: Mapping[str, int]


@dataclass
class _Reading:
    """What was read of the rows so far, and what is wrong with them, each with its row."""

    about: About
    index: Index
    columns: _Columns
    observations: list[Observation] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    wrong: list[tuple[int, str, str]] = field(default_factory=list)
    eras: dict[str, int] = field(default_factory=dict)


def read(about: About, source: Source, sheet: str, index: Index) -> tuple[list[Observation], list[LeftOut]]:
    """The rows that are observations, and those that are left out; raises MalformedData."""
    rows = list(source.rows(sheet))
    if not any(text.strip() for row in rows for text in row.cells):
        raise MalformedData(
            th=f"{source.name}: ไม่มีข้อมูลในตาราง", en=f"{source.name}: there is nothing in this table"
        )
    heads = heads_of(rows)
    reading = _Reading(about, index, _columns(about, source.name, heads))
    for row in rows[heads.before :]:
        _take(reading, row)
    _refuse_doubles(reading)
    _refuse(source.name, reading)
    return reading.observations, reading.left_out


def _columns(about: About, table: str, heads: Heads) -> _Columns:
    def place(column: Column) -> int:
        found = heads.columns(column.heading)
        if len(found) == 1:
            return found[0]
        near = get_close_matches(column.heading, heads.texts, 5, 0.3) or heads.texts[:10]
        known = ", ".join(text[:60] for text in near)
        raise about.wrong(
            column.line,
            th=f"ตาราง {table} มีคอลัมน์ {column.heading} {len(found)} คอลัมน์ ต้องมีหนึ่ง: เช่น {known}",
            en=f"the table {table} has {len(found)} columns {column.heading}, one is wanted: such as {known}",
        )

    return _Columns(
        place(about.place),
        place(about.time) if about.time else None,
        {one.key: place(one.column) for one in about.measures},
        {one.key: place(one.column) for one in about.dimensions},
    )


def _take(reading: _Reading, row: Row) -> None:
    """Take a row as an observation, or list it; lines that are no rows of the table are neither."""
    about, columns = reading.about, reading.columns
    name = _cell(row, columns.place)
    values = dict(_values(reading, row))
    found = aside(name)
    if found in ("empty", "note") and not values:
        return
    kinds = (about.place.kind,) if about.place.kind else ()
    match = reading.index.match(name, kinds)
    if match.thing is None:
        reason = _ASIDES.get(found or "") or match.reason
        reading.left_out.append(LeftOut(row.number, name, reason))
    elif not values:
        reading.left_out.append(LeftOut(row.number, name, _NO_VALUE))
    elif time := _time(reading, row):
        told = {key: " ".join(_cell(row, at).split()) for key, at in columns.dimensions.items()}
        reading.observations.append(Observation(row.number, match.thing.iri, time, values, told))


def _cell(row: Row, at: int) -> str:
    return row.filled[at] if at < len(row.filled) else ""


def _values(reading: _Reading, row: Row) -> Iterator[tuple[str, Decimal]]:
    """The numbers of a row; a cell that is no number though it should be is noted as wrong."""
    for measure in reading.about.measures:
        text = row.cells[at] if (at := reading.columns.measures[measure.key]) < len(row.cells) else ""
        amount = read_amount(text)
        if amount is not None:
            yield measure.key, amount * measure.times
        elif not says_nothing(text):
            shown = f"{measure.column.heading} {text[:40]!r}"
            reading.wrong.append((row.number, f"{shown} ไม่ใช่ตัวเลข", f"{shown} is no number"))


def _time(reading: _Reading, row: Row) -> Moment | None:
    """The time of a row; what cannot be read, or lies outside of the period, is noted as wrong."""
    column, at = reading.about.time, reading.columns.time
    if column is None or at is None:
        return reading.about.period[0]
    try:
        found = read_moment(_cell(row, at))
    except MalformedData as error:
        reading.wrong.append((row.number, error.th, error.en))
        return None
    if found.era:
        reading.eras.setdefault(found.era, row.number)
    first, last = (one.text[:4] for one in reading.about.period)
    if column.era and found.era and found.era != column.era:
        reading.wrong.append((row.number, *_other_era(_cell(row, at), column.era)))
    elif not first <= found.text[:4] <= reading.about.period[1].text.rpartition("/")[2][:4]:
        said = f"{_cell(row, at)} ({found.text})"
        reading.wrong.append(
            (
                row.number,
                f"เวลา {said} อยู่นอกช่วง {first}–{last}",
                f"the time {said} is outside of {first}–{last}",
            )
        )
    return found


def _other_era(text: str, era: str) -> tuple[str, str]:
    name_th, name_en = {"be": ("พ.ศ.", "the Buddhist era"), "ce": ("ค.ศ.", "the Common Era")}[era]
    return f"{text} ไม่ใช่ปี {name_th}", f"{text} is no year of {name_en}"


def _refuse_doubles(reading: _Reading) -> None:
    rows: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in reading.observations:
        rows[one.place, one.time, tuple(one.told_apart.items())].append(one.row)
    for place, numbers in ((key[0], numbers) for key, numbers in rows.items() if len(numbers) > 1):
        name, listed = reading.index.things[str(place)].label_in("th"), ", ".join(map(str, numbers[:5]))
        reading.wrong.append(
            (
                numbers[0],
                f"แถว {listed} เป็น{name}ในเวลาเดียวกัน: เก็บไว้แถวเดียว หรือกำหนดคอลัมน์ที่แยกความต่างใน dimensions",
                f"rows {listed} are all {name} at one time: keep one, or name the column that tells them apart "
                "under dimensions",
            )
        )


def _refuse(table: str, reading: _Reading) -> None:
    """Raise MalformedData for all that is wrong in the rows, and for a table without one known place."""
    if len(reading.eras) > 1:
        rows = reading.eras
        reading.wrong.insert(
            0,
            (
                max(rows.values()),
                f"คอลัมน์เวลามีทั้งปี พ.ศ. (แถว {rows['be']}) และ ค.ศ. (แถว {rows['ce']}): ใช้ศักราชเดียว",
                f"the column of times has years of both eras (Buddhist in row {rows['be']}, Common in row "
                f"{rows['ce']}): use one",
            ),
        )
    if reading.wrong:
        raise _told(table, reading.wrong)
    if not reading.observations:
        shown = ", ".join(repr(one.text) for one in reading.left_out[:5])
        raise MalformedData(
            th=f"{table}: ไม่มีแถวใดที่รู้จักสถานที่ ({shown}): ตรวจคอลัมน์ {reading.about.place.heading} และ kind",
            en=f"{table}: no row has a place that is known ({shown}): look at the column "
            f"{reading.about.place.heading} and its kind",
        )


def _told(table: str, wrong: Sequence[tuple[int, str, str]]) -> MalformedData:
    shown = wrong[:_SHOWN]
    more = len(wrong) - len(shown)
    th = "\n".join(f"  แถว {row}: {said}" for row, said, _ in shown) + (
        f"\n  และอีก {more} แห่ง" if more else ""
    )
    en = "\n".join(f"  row {row}: {said}" for row, _, said in shown) + (
        f"\n  and {more} more" if more else ""
    )
    return MalformedData(
        th=f"{table}: แก้ {len(wrong)} แห่งก่อน\n{th}",
        en=f"{table}: {len(wrong)} to be mended first\n{en}",
        line=shown[0][0],
    )
