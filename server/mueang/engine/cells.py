"""What a cell of a table shows of a term: text of bounded length, a number, a day."""

import re
from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

Term = Mapping[str, Any]

BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = {
    _XSD + name for name in ("integer", "decimal", "int", "long", "short", "byte", "nonNegativeInteger")
}
_FLOATING = {_XSD + "double", _XSD + "float"}
_MOST_CHARACTERS = 32_767  # of a cell, in Excel
_MOST_DIGITS = 15  # that Excel keeps
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RISKY = tuple("=+-@\t\r\n＝＋－＠")


def cell_text(term: Term | None) -> str:
    """A term as people read it; what Excel has no room for is cut, with the length it had."""
    text = _text(term)
    if len(text) <= _MOST_CHARACTERS:
        return text
    note = f"… [{len(text):,}]"
    return text[: _MOST_CHARACTERS - len(note)] + note


def harmless_text(term: Term | None) -> str:
    """The text with an apostrophe before what a spreadsheet might take for a formula."""
    text = cell_text(term)
    risky = text.lstrip(" ").startswith(_RISKY) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def number_in(term: Term) -> float | None:
    """The number a literal stands for, where a spreadsheet keeps all of its digits."""
    datatype, text = term.get("datatype"), str(term["value"])
    if datatype not in _EXACT | _FLOATING or not _NUMBER.fullmatch(text):
        return None
    if datatype in _EXACT and sum(letter.isdigit() for letter in text) > _MOST_DIGITS:
        return None
    return float(text) if isfinite(float(text)) else None


def day_in(term: Term) -> date | None:
    """The day an xsd:date without a time zone stands for, where Excel counts it right."""
    if term.get("datatype") != _XSD + "date" or not _DAY.fullmatch(term["value"]):
        return None
    try:
        day = date.fromisoformat(term["value"])
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    if term["type"] == "triple":
        parts = (_text(term["value"][part]) for part in ("subject", "predicate", "object"))
        return f"<<( {' '.join(parts)} )>>"
    return str(term["value"])
