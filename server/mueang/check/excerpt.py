"""The line of a submission that a finding is about, cut to a width, with the token that is meant."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mueang.check.place import Place

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\^\^[^\s;,]+|@[\w-]+)?|<[^<>\s]*>|[^\s<>",;]+')

_BEHIND = 8
_NEAR = 20
"""Characters looked at on each side, for each column to be shown."""


@dataclass(frozen=True)
class Excerpt:
    """Part of one line: what is before the token, the token, what is behind it."""

    line: int
    before: str
    token: str
    after: str


class Lines:
    """The lines of a text, looked up by place."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n") if text else []

    def at(self, place: Place | None, width: int) -> Excerpt | None:
        """The line at a place, at most `width` columns of it; nothing where there is no such line."""
        if place is None or place.sheet or not 0 < place.line <= len(self._lines):
            return None
        whole = self._lines[place.line - 1].rstrip("\r")
        at = min(max(place.column - 1, 0), len(whole))
        near = max(at - _NEAR * width, 0)  # a file may be one line of millions
        line, start = _printable(whole[near : at + _NEAR * width]), at - near
        found = _TOKEN.match(line, start) if place.column else None
        end = found.end() if found else start
        return _cut(Excerpt(place.line, line[:start], line[start:end], line[end:]), width)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: Thai marks above and below take none, wide letters two."""
    return sum(_columns(letter) for letter in text)


@lru_cache(maxsize=4096)
def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def _printable(line: str) -> str:
    """The line, as many characters long, without what would move the cursor or turn the direction of writing."""
    return "".join(" " if letter == "\t" else letter if _is_plain(letter) else "\ufffd" for letter in line)


@lru_cache(maxsize=4096)
def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp", "Cs")


def _cut(whole: Excerpt, width: int) -> Excerpt:
    """At most `width` columns: the token's first half at least, what is before it, a little of what follows."""
    token = _first(whole.token, width // 2)
    room = width - columns(token)
    before = _last(whole.before, room - min(columns(whole.after), _BEHIND))
    return Excerpt(whole.line, before, token, _first(whole.after, room - columns(before)))


def _first(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for letter in text:
        used += _columns(letter)
        if used > width:
            break
        kept += letter
    return kept + "…" if width else ""


def _last(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for letter in reversed(text):
        used += _columns(letter)
        if used > width:
            break
        kept = letter + kept
    return "…" + kept if width else ""
