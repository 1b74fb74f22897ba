"""Reads the time of an observation: a year, a month, a day, or two years running, in either era."""

import re
from dataclasses import dataclass, field
from typing import Literal

from mueang.check.calendar import read_date, read_year, why_no_year
from mueang.errors import MalformedData

Datatype = Literal["gYear", "gYearMonth", "date", "string"]
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_FIRST_OF_BUDDHIST = 2400
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_TWO_YEARS = re.compile(r"(?:ปี\S*\s*)?(\d{4})\s*[/–-]\s*(\d{4}|\d{2})", re.ASCII)
_ONE_NUMBER = re.compile(r"\D*\d{2,4}\D*", re.ASCII)
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Moment:
    """A time of the Common Era as XML Schema writes it (two years running as ISO 8601 does), and how it was told.

    `era` is that of the year as it was written: be, ce, or nothing where it was not written in four digits.
    """

    text: str
    datatype: Datatype
    era: str = field(default="", compare=False)


def read_moment(text: str) -> Moment:
    """The one time that a text means; raises MalformedData."""
    plain = " ".join(text.translate(_DIGITS).split())
    found = _two_years(plain) or _year(plain) or _day(plain) or _month(plain)
    if not found:
        raise _no_time(plain)
    return Moment(*found, era=_era(plain))


def _no_time(plain: str) -> MalformedData:
    why_th = "เขียนปีสี่หลัก เช่น 2562 หรือ 2019 เดือน เช่น พ.ค. 2562 หรือวันที่"
    why_en = "write a year in four digits, such as 2562 or 2019, a month or a day"
    if _ONE_NUMBER.fullmatch(plain):
        why_th, why_en = why_no_year(plain, "th"), why_no_year(plain, "en")
    return MalformedData(
        th=f"อ่าน {plain[:40]!r} เป็นเวลาไม่ได้: {why_th}",
        en=f"{plain[:40]!r} cannot be read as a time: {why_en}",
    )


def _year(plain: str) -> tuple[str, Datatype] | None:
    year = read_year(plain.removesuffix(".0"))
    return (f"{year}", "gYear") if year else None


def _two_years(plain: str) -> tuple[str, Datatype] | None:
    """A crop year, a school year: 2549/50."""
    found = _TWO_YEARS.fullmatch(plain)
    if not found:
        return None
    first = int(found[1])
    last = int(found[2]) if len(found[2]) == 4 else first - first % 100 + int(found[2])
    first_year, last_year = read_year(str(first)), read_year(str(last))
    if first_year and last_year and last_year - first_year == 1:
        return f"{first_year}/{last_year}", "string"
    return None


def _day(plain: str) -> tuple[str, Datatype] | None:
    day = read_date(plain)
    return (day.isoformat(), "date") if day else None


def _month(plain: str) -> tuple[str, Datatype] | None:
    """A month is read as its first day."""
    turned = _ISO_MONTH.fullmatch(plain)
    day = read_date(f"1/{turned[2]}/{turned[1]}" if turned else f"1/{plain}") or read_date(f"1 {plain}")
    return (day.isoformat()[:7], "gYearMonth") if day else None


def _era(plain: str) -> str:
    years = _FOUR.findall(plain)
    if not years:
        return ""
    return "be" if int(years[0]) > _FIRST_OF_BUDDHIST else "ce"
