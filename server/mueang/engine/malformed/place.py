"""Places in a text: lines and columns, and the line itself with a caret under the place."""

import unicodedata

_BEFORE, _AFTER = 60, 50


def position(text: str, place: int) -> tuple[int, int]:
    """Line and column of a place, both from 1; a column is a character, as editors count them."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def place_at(text: str, line: int, column: int) -> int:
    """The place of a line and a column, within the text."""
    lines = text.split("\n", line - 1)
    start = len(text) - len(lines[-1]) if len(lines) == line else len(text)
    return min(start + column - 1, len(text))


def shown(text: str, place: int) -> str:
    """The line of a place, cut around it if long, and a caret under the place as terminals show it."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    end = len(text) if end < 0 else end
    first, last = max(start, place - _BEFORE), min(end, place + _AFTER)
    while start < first < place and not _width(text[first]):
        first += 1
    ahead = ("…" if first > start else "") + _visible(text[first:place])
    line = ahead + _visible(text[place:last].rstrip()) + ("…" if last < end else "")
    return f"  {line}\n  {' ' * sum(map(_width, ahead))}^"


def _visible(text: str) -> str:
    """Tabs and other white space as one space; what cannot be seen as a dot."""
    return "".join(map(_cell, text))


def _cell(character: str) -> str:
    if character.isspace():
        return " "
    return "·" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") else character


def _width(character: str) -> int:
    """How many columns of a terminal: none for Thai vowels above and below and for tone marks."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
