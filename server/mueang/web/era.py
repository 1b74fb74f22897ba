"""Days, years and numbers as readers write them: the Buddhist Era in Thai, the Common Era in English."""

import re
from contextlib import suppress
from datetime import date, datetime

from mueang.check.calendar import BUDDHIST, in_english, in_thai
from mueang.submissions.clock import THAILAND
from mueang.web.language import say

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}).*)?")
_MOMENT = re.compile(r".+T.+(?:Z|[+-][0-9]{2}:[0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]*))?")


def day_said(text: str) -> str:
    """A day or a moment of ISO 8601 in words, in Thai with the year of both eras; anything else as it is."""
    local = _in_thailand(text)
    found = _DAY.fullmatch(local or text)
    if not found:
        return year_said(text)
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return text
    said = say(f"{in_thai(day)} (ค.ศ. {day.year})", in_english(day))
    if not found[2]:
        return said
    return say(f"{said} เวลา {found[2]} น.", f"{said}, {found[2]}{' (UTC+7)' if local else ''}")


def _in_thailand(text: str) -> str:
    """A moment that names its offset, by the clocks of Thailand; empty for anything else."""
    if _MOMENT.fullmatch(text):
        with suppress(ValueError, OverflowError):
            return datetime.fromisoformat(text).astimezone(THAILAND).isoformat()
    return ""


def year_said(text: str) -> str:
    """A year of the Common Era, in Thai with that of the Buddhist Era; anything else as it is."""
    if not _YEAR.fullmatch(text):
        return text
    return say(f"พ.ศ. {int(text) + BUDDHIST} (ค.ศ. {text})", text)


def buddhist_year_said(text: str) -> str:
    """A year of the Buddhist Era with that of the Common Era; anything else as it is."""
    if not _YEAR.fullmatch(text):
        return text
    common = int(text) - BUDDHIST
    return say(f"พ.ศ. {text} (ค.ศ. {common})", f"{text} BE ({common} CE)")


def number_said(text: str) -> str:
    """A number with its thousands apart and without an empty fraction; anything else as it is."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    fraction = (found[3] or "").rstrip("0")
    return f"{found[1]}{int(found[2]):,}" + (f".{fraction}" if fraction else "")
