"""What a table is about, read from about.yaml: titles, publisher, licence, period, and which column means what.

Every value is taken as the text that stands there, so that nothing becomes a number, a day or `false` unasked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mueang.errors import Language, MalformedData
from mueang.link.amount import read_amount
from mueang.link.entry import Entry, read_entry
from mueang.link.moment import Moment, read_moment

Words = Mapping[Language, str]
ERAS = ("be", "ce")
_KEY = re.compile("[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)
_LONGEST_KEY = 60


@dataclass(frozen=True)
class Column:
    """A column by its heading, with what is said of it: the kind of its places, the era of its years."""

    heading: str
    line: int
    kind: str = ""
    era: str = ""


@dataclass(frozen=True)
class Named:
    """What goes by a name that the graph is to know, and the line that names it."""

    text: str
    line: int


@dataclass(frozen=True)
class Measure:
    """A column of numbers: the key and name of what is measured, its unit, what it is an indicator of.

    A value of the table is multiplied by `times`.
    """

    key: str
    column: Column
    title: Words
    unit: Named
    indicator: Named | None = None
    times: Decimal = Decimal(1)


@dataclass(frozen=True)
class Dimension:
    """A further column that tells the observations of one place and time apart, such as sex."""

    key: str
    column: Column
    title: Words


@dataclass(frozen=True)
class About:
    """All that about.yaml says; without a column for the time every row is about the period, which is one moment then."""

    name: str
    key: str
    title: Words
    description: Words
    publisher: Words
    body: Named | None
    licence: str
    source: str
    issued: str
    period: tuple[Moment, Moment]
    place: Column
    time: Column | None
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]

    def wrong(self, line: int, *, th: str, en: str) -> MalformedData:
        """The error that says so of a line of this file."""
        return MalformedData(
            th=f"{self.name} บรรทัด {line}: {th}", en=f"{self.name}, line {line}: {en}", line=line
        )


def read_about(name: str, content: bytes) -> About:
    """What a file about.yaml says; raises MalformedData with the line that is to be mended."""
    top = read_entry(name, content)
    body, publisher = _publisher(top.at("publisher"))
    about = About(
        name=name,
        key=_key(top.at("key")),
        title=_words(top.at("title")),
        description=_words(top.at("description")) if top.has("description") else {},
        publisher=publisher,
        body=body,
        licence=_address(top.at("licence")),
        source=_address(top.at("source")) if top.has("source") else "",
        issued=_day(top.at("issued")) if top.has("issued") else "",
        period=_period(top.at("period")),
        place=_place(top.at("place")),
        time=_time(top.at("time")) if top.has("time") else None,
        measures=tuple(_measure(one) for one in top.at("measures").items()),
        dimensions=tuple(_dimension(one) for one in top.at("dimensions").items())
        if top.has("dimensions")
        else (),
    )
    top.refuse_others()
    _refuse_doubles(about)
    if about.time is None and about.period[0] != about.period[1]:
        raise top.at("period").wrong(
            th="ช่วงเวลายาวกว่าหนึ่งปี แต่ไม่ได้บอกว่าคอลัมน์ใดเป็นเวลา: เพิ่ม time: {column: …}",
            en="the period is longer than one year, but no column tells the time: add time: {column: …}",
        )
    return about


def _key(entry: Entry) -> str:
    if not _KEY.fullmatch(entry.text) or len(entry.text) > _LONGEST_KEY:
        raise entry.wrong(
            th=f"คีย์ใช้ได้เฉพาะ a-z 0-9 และ - ไม่เกิน {_LONGEST_KEY} ตัว เช่น population-2019",
            en=f"a key takes a-z, 0-9 and - only, {_LONGEST_KEY} at most, such as population-2019",
        )
    return entry.text


def _words(entry: Entry) -> Words:
    """A text in Thai and in English."""
    found: dict[Language, str] = {"th": entry.at("th").text, "en": entry.at("en").text}
    entry.refuse_others()
    return found


def _publisher(entry: Entry) -> tuple[Named | None, Words]:
    """A body by its name, which the graph is to know, or any other by its names in both languages."""
    if not entry.is_map:
        return _named(entry), {}
    return None, _words(entry)


def _address(entry: Entry) -> str:
    if not _ADDRESS.fullmatch(entry.text):
        raise entry.wrong(
            th="ต้องเป็นที่อยู่เว็บเต็ม เช่น https://creativecommons.org/licenses/by/4.0/",
            en="this must be a whole address, such as https://creativecommons.org/licenses/by/4.0/",
        )
    return entry.text


def _day(entry: Entry) -> str:
    found = _moment(entry)
    if found.datatype != "date":
        raise entry.wrong(
            th="เขียนวัน เดือน ปี เช่น 31 ธันวาคม 2562", en="write day, month and year, such as 2019-12-31"
        )
    return found.text


def _period(entry: Entry) -> tuple[Moment, Moment]:
    if not entry.is_map:
        found = _moment(entry)
        return found, found
    first, last = _moment(entry.at("from")), _moment(entry.at("to"))
    entry.refuse_others()
    if first.text > last.text:
        raise entry.wrong(th="วันเริ่มอยู่หลังวันสิ้นสุด", en="the period begins after its end")
    return first, last


def _moment(entry: Entry) -> Moment:
    try:
        return read_moment(entry.text)
    except MalformedData as error:
        raise entry.wrong(th=error.th, en=error.en) from error


def _place(entry: Entry) -> Column:
    if not entry.is_map:
        return Column(entry.text, entry.line)
    found = Column(entry.at("column").text, entry.at("column").line, kind=_optional(entry, "kind"))
    entry.refuse_others()
    return found


def _time(entry: Entry) -> Column:
    if not entry.is_map:
        return Column(entry.text, entry.line)
    era = _optional(entry, "era").lower()
    if era and era not in ERAS:
        raise entry.at("era").wrong(
            th="ศักราชเขียน be (พ.ศ.) หรือ ce (ค.ศ.)",
            en="the era is be (Buddhist era) or ce (Common Era)",
        )
    found = Column(entry.at("column").text, entry.at("column").line, era=era)
    entry.refuse_others()
    return found


def _measure(entry: Entry) -> Measure:
    column = Column(entry.at("column").text, entry.at("column").line)
    found = Measure(
        _key(entry.at("key")),
        column,
        _words(entry.at("title")),
        _named(entry.at("unit")),
        _named(entry.at("indicator")) if entry.has("indicator") else None,
        _times(entry.at("times")) if entry.has("times") else Decimal(1),
    )
    entry.refuse_others()
    return found


def _named(entry: Entry) -> Named:
    return Named(entry.text, entry.line)


def _times(entry: Entry) -> Decimal:
    found = read_amount(entry.text)
    if not found:
        raise entry.wrong(th="ต้องเป็นตัวเลข เช่น 1000", en="this must be a number, such as 1000")
    return found


def _dimension(entry: Entry) -> Dimension:
    column = Column(entry.at("column").text, entry.at("column").line)
    found = Dimension(_key(entry.at("key")), column, _words(entry.at("title")))
    entry.refuse_others()
    return found


def _optional(entry: Entry, key: str) -> str:
    return entry.at(key).text if entry.has(key) else ""


def _refuse_doubles(about: About) -> None:
    """Raise MalformedData where two measures or dimensions have one key, or two of anything one column."""
    parts: list[Measure | Dimension] = [*about.measures, *about.dimensions]
    columns = [about.place, *([about.time] if about.time else []), *(part.column for part in parts)]
    for seen in ([(part.key, part.column.line) for part in parts], [(c.heading, c.line) for c in columns]):
        known: set[str] = set()
        for text, line in seen:
            if text in known:
                raise about.wrong(line, th=f"ใช้ {text!r} ซ้ำ", en=f"{text!r} is used twice")
            known.add(text)
