"""Reads dates and years as people in Thailand write them, and writes dates as Thai readers expect them."""

import re
from calendar import monthrange
from datetime import date

from mueang.errors import Language, MueangError

BUDDHIST = 543
_FIRST, _LAST = 1900, 2100  # what lies outside, as a year of either era, is taken for a slip
_NEW_YEAR_MOVED = 2484  # before, the year began in April: some tell February 2480 as 1937, some as 1938
_SHORT_FROM = 40  # 40 to 99 after a Thai month is 2540 to 2599; "22" is written for 2522 and for 2022
_LONGEST = 60

_MONTHS_TH = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
]  # fmt: skip
_SHORT_TH = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"]
_MONTHS_EN = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MISSPELT = {"กรกฏาคม": 7, "กุมภาพันธุ์": 2, "พฤษจิกายน": 11, "พฤศภาคม": 5, "sept": 9}
_SHORT_EN = [name[:3] for name in _MONTHS_EN]
_MONTHS = _MISSPELT | {
    name: number
    for names in (_MONTHS_TH, _SHORT_TH, _MONTHS_EN, _SHORT_EN)
    for number, name in enumerate(names, 1)
}
_DAYS_TH = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
_DAYS_EN = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_IS_BUDDHIST = {
    "พศ": True, "พุทธศักราช": True, "be": True, "คศ": False, "คริสต์ศักราช": False, "ce": False, "ad": False,
}  # fmt: skip

_UNSEEN = str.maketrans(dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")))
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_ERA = r"(?:พ\s*\.?\s*ศ\s*\.?|พุทธศักราช|ค\s*\.?\s*ศ\s*\.?|คริสต์ศักราช|b\.?e\.?|c\.?e\.?|a\.?d\.?)"
_LEAD = (
    r"(?:ณ|เมื่อ|ลง)?\s*(?:วัน\s*(?P<weekday_th>" + "|".join(_DAYS_TH) + r")?\s*(?:ที่)?)?\s*"
    r"(?:(?P<weekday_en>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)[,.]?\s*)?"
)
_YEAR_TAIL = rf"\s*(?P<year>\d{{4}}|\d{{2}})\s*(?P<after>{_ERA})?"
_FORMS = tuple(
    re.compile(_LEAD + form, re.ASCII)
    for form in (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?P<words>[^\d]{2,40}?)" + _YEAR_TAIL,
        r"(?P<words>[a-z]{3,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*,?" + _YEAR_TAIL,
        rf"(?P<day>\d{{1,2}})\s*(?P<mark>[-/.])\s*(?P<month>\d{{1,2}})\s*(?P=mark)\s*(?P<era>{_ERA})?"
        + _YEAR_TAIL,
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    )
)
_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:\.0+)?)?z?$", re.ASCII)
_SEVERAL = re.compile(
    r".*\d\s*(?:[-–]|ถึง|และ|to|and)\s*(?:วันที่\s*)?\d{1,2}\s*[^\d\s/.-].*\d{2}.*|.*\d{4}\D.*\d{4}.*",
    re.ASCII,
)
_NO_DAY = re.compile(
    rf"(?:ปี)?\s*(?:{_ERA})?\s*\d{{4}}|(?:เดือน)?\s*[^\d]{{2,30}}\d{{2,4}}|\d{{1,2}}\s*[-/.]\s*\d{{4}}|\d{{4}}-\d{{1,2}}",
    re.ASCII,
)
_YEAR = re.compile(rf"(?:ปี)?\s*(?P<era>{_ERA})?" + _YEAR_TAIL, re.ASCII)


class _Unread(MueangError):
    """A text that is no date or no year, or could be two."""


def read_date(text: str) -> date | None:
    """The one day that `text` means, or nothing where it means none or could mean two."""
    try:
        return _date(text)
    except _Unread:
        return None


def read_year(text: str) -> int | None:
    """The one Gregorian year that `text` means (2565 and พ.ศ. 65 are 2022), or nothing."""
    try:
        return _year_alone(text)
    except _Unread:
        return None


def why_not(text: str, language: Language) -> str:
    """Why `text` is not read as a date, and what to write; nothing where it is read."""
    try:
        _date(text)
    except _Unread as reason:
        return reason.said_in(language)
    return ""


def why_no_year(text: str, language: Language) -> str:
    """Why `text` is not read as a year, and what to write; nothing where it is read."""
    try:
        _year_alone(text)
    except _Unread as reason:
        return reason.said_in(language)
    return ""


def in_thai(day: date) -> str:
    """The day in Thai words and the Buddhist era: 9 พฤศจิกายน 2565."""
    return f"{day.day} {_MONTHS_TH[day.month - 1]} {day.year + BUDDHIST}"


def in_english(day: date) -> str:
    """The day in English words and the Common Era: 9 November 2022."""
    return f"{day.day} {_MONTHS_EN[day.month - 1].title()} {day.year}"


def _date(text: str) -> date:
    plain = _MIDNIGHT.sub("", _plain(text))
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if not found or len(plain) > _LONGEST:
        raise _no_date(plain)
    part = found.groupdict()
    month, era, thai = _month(part)
    era = _era(part.get("era") or part.get("after") or "", era)
    year = _year(part["year"], era, thai, month)
    return _on_its_weekday(_day(year, month, int(part["day"])), part)


def _plain(text: str) -> str:
    """Without what cannot be seen, in European digits and small letters, single spaces."""
    return " ".join(text.translate(_UNSEEN).translate(_THAI_DIGITS).lower().split())


def _month(part: dict[str, str | None]) -> tuple[int, bool | None, bool]:
    """The month's number; the era named beside it, if any (True: Buddhist); whether its name is Thai."""
    if number := part.get("month"):
        return int(number), None, False
    words = re.sub(r"[\s./,'’-]", "", part.get("words") or "")
    era = next((name for name in _IS_BUDDHIST if words.endswith(name)), "")
    name = words.removesuffix(era).removesuffix("ปี").removeprefix("เดือน")
    if name not in _MONTHS:
        raise _unknown()
    return _MONTHS[name], _IS_BUDDHIST.get(era), not name.isascii()


def _era(named: str, before: bool | None) -> bool | None:
    return _IS_BUDDHIST[re.sub(r"[\s.]", "", named)] if named else before


def _year(digits: str, buddhist: bool | None, thai: bool = False, month: int = 12) -> int:
    """The Gregorian year; the era may be told (True: Buddhist), else only one of the two makes sense."""
    if len(digits) == 2:
        if not buddhist and (not thai or buddhist is False or int(digits) < _SHORT_FROM):
            raise _short(digits)
        digits, buddhist = f"25{digits}", True
    number = int(digits)
    fits = [era for era in (True, False) if _FIRST <= number - BUDDHIST * era <= _LAST]
    if not fits or buddhist not in (None, fits[0]):
        raise _far(number, buddhist)
    if fits[0] and number < _NEW_YEAR_MOVED and month < 4:
        raise _two_new_years(number)
    return number - BUDDHIST * fits[0]


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise _no_month(month)
    if not 1 <= day <= monthrange(year, month)[1]:
        raise _no_day(year, month, day)
    return date(year, month, day)


def _on_its_weekday(day: date, part: dict[str, str | None]) -> date:
    thai, english = _DAYS_TH[day.weekday()], _DAYS_EN[day.weekday()]
    said_th, said_en = part.get("weekday_th"), part.get("weekday_en")
    if said_th not in (None, thai) or (said_en and not english.startswith(said_en)):
        raise _Unread(
            th=f"วันที่ {day.day} ของเดือนนั้นเป็นวัน{thai} ไม่ตรงกับวันที่เขียนไว้: ตรวจวันที่อีกครั้ง",
            en=f"that day was a {english.title()}, not the weekday written: look the date up again",
        )
    return day


def _year_alone(text: str) -> int:
    plain = _plain(text)
    found = _YEAR.fullmatch(plain)
    if not found:
        raise _no_year(plain)
    return _year(found["year"], _era(found["era"] or found["after"] or "", None))


def _unknown() -> _Unread:
    return _Unread(
        th="อ่านเป็นวันที่ไม่ได้: เขียน วัน เดือน ปี เช่น 9 พฤศจิกายน 2565 หรือ 2022-11-09",
        en="this cannot be read as a date: write day, month and year, such as 9 พฤศจิกายน 2565 or 2022-11-09",
    )


def _no_date(plain: str) -> _Unread:
    if not plain:
        return _Unread(th="ยังไม่ได้เขียนวันที่", en="no date is written here")
    if len(plain) > _LONGEST:
        return _unknown()
    if _SEVERAL.fullmatch(plain):
        return _Unread(
            th="มีมากกว่าหนึ่งวัน: เขียนวันเดียว เช่น 9 พฤศจิกายน 2565",
            en="this is more than one day: write one, such as 9 พฤศจิกายน 2565",
        )
    if _NO_DAY.fullmatch(plain):
        return _Unread(
            th="ไม่มีวันของเดือน: เขียนให้ครบ วัน เดือน ปี เช่น 9 พฤศจิกายน 2565",
            en="the day of the month is missing: write day, month and year, such as 9 พฤศจิกายน 2565",
        )
    return _unknown()


def _no_year(plain: str) -> _Unread:
    if not plain:
        return _Unread(th="ยังไม่ได้เขียนปี", en="no year is written here")
    if "งบประมาณ" in plain or "fiscal" in plain:
        return _Unread(
            th="ปีงบประมาณเริ่มเดือนตุลาคมของปีก่อนหน้า จึงไม่ใช่ปีปฏิทิน: เขียนปีปฏิทิน เช่น 2565",
            en="a fiscal year begins in October of the year before: write a calendar year, such as 2565",
        )
    if len(re.findall(r"\d{2,4}", plain)) > 1:
        return _Unread(th="เขียนปีเดียว เช่น 2565", en="write one year, such as 2565")
    return _Unread(
        th="อ่านเป็นปีไม่ได้: เขียนปีเป็นเลขสี่หลัก เช่น 2565 หรือ 2022",
        en="this cannot be read as a year: write four digits, such as 2565 or 2022",
    )


def _short(digits: str) -> _Unread:
    return _Unread(
        th=f"ปีย่อ {digits} อ่านได้หลายปี: เขียนปีเป็นเลขสี่หลัก เช่น 25{digits}",
        en=f"the short year {digits} can mean several years: write it in four digits, such as 25{digits}",
    )


def _far(number: int, buddhist: bool | None) -> _Unread:
    era_th = {True: "พ.ศ. ", False: "ค.ศ. ", None: ""}[buddhist]
    era_en = {True: " of the Buddhist era", False: " of the Common Era", None: ""}[buddhist]
    return _Unread(
        th=f"ปี {era_th}{number} ไม่น่าจะถูก: ตรวจเลขปีและศักราช (พ.ศ. 2565 คือ ค.ศ. 2022)",
        en=f"the year {number}{era_en} cannot be right: check the number and the era (พ.ศ. 2565 is 2022)",
    )


def _two_new_years(number: int) -> _Unread:
    return _Unread(
        th=f"ก่อน พ.ศ. {_NEW_YEAR_MOVED} ปีเริ่มเดือนเมษายน: เขียนวันที่เป็น ค.ศ. เช่น 1938-02-05",
        en=f"before พ.ศ. {_NEW_YEAR_MOVED} the year began in April, so a month before April of {number} "
        "can be in two years: write the day in the Common Era, such as 1938-02-05",
    )


def _no_month(month: int) -> _Unread:
    return _Unread(
        th=f"ไม่มีเดือนที่ {month}: เขียนวันก่อนเดือน เช่น 25/11/2565",
        en=f"there is no month {month}: write the day before the month, such as 25/11/2565",
    )


def _no_day(year: int, month: int, day: int) -> _Unread:
    last = monthrange(year, month)[1]
    return _Unread(
        th=f"ไม่มีวันที่ {day} {_MONTHS_TH[month - 1]} {year + BUDDHIST}: เดือนนี้มี {last} วัน",
        en=f"there is no {day} {_MONTHS_EN[month - 1].title()} {year}: that month has {last} days",
    )
