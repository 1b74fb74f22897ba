"""A cell's text as the value it means, and a value as a cell shows it; what is not understood stays text as it is."""

import re
from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from mueang.check.calendar import in_thai, read_date
from mueang.check.sheets.form import Field
from mueang.check.sheets.reference import web_address
from mueang.errors import Language

_XSD = "http://www.w3.org/2001/XMLSchema#"
DATE, DECIMAL, INTEGER = _XSD + "date", _XSD + "decimal", _XSD + "integer"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_WHOLE = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
_PAIR = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)\s*[,;]\s*([+-]?\d{1,3}(?:\.\d+)?)")
_POINT = re.compile(r"POINT\s*\(\s*([+-]?[\d.]+)\s+([+-]?[\d.]+)\s*\)", re.IGNORECASE)
_THAI = re.compile("[ก-๛]")


def literal(field: Field, text: str, value: object = None) -> Literal | NamedNode:
    """What a text means in a column that takes no things; `value` is the cell's own where it holds no text."""
    if field.languages:
        return Literal(text, language=_language(field, text))
    if field.datatype == DATE:
        return _day(text, value)
    if field.datatype in (INTEGER, DECIMAL):
        return _number(field.datatype, text, value)
    if field.datatype == _WKT:
        return _point(text)
    if field.is_address and (address := web_address(text.strip())):
        return address
    return Literal(text)


def shown(term: Literal | NamedNode, language: Language) -> str:
    """A literal or web address as a cell shows it."""
    if isinstance(term, NamedNode):
        return term.value
    if term.datatype.value == DATE:
        return _shown_day(term.value, language)
    if term.datatype.value == DECIMAL and _DECIMAL.fullmatch(term.value):
        whole, _, rest = term.value.partition(".")
        return f"{whole}.{rest.rstrip('0')}".rstrip(".")
    if term.datatype.value == _WKT and (point := _POINT.fullmatch(term.value)):
        return f"{point[2]}, {point[1]}"
    return term.value


def _language(field: Field, text: str) -> str:
    """The column's language; where it takes both, Thai for what has a Thai letter."""
    if len(field.languages) == 1:
        return field.languages[0]
    return "th" if _THAI.search(text) else "en"


def _day(text: str, value: object) -> Literal:
    """The day; a date cell of the year 2565 stays one, since its sheet may have swapped day and month as well."""
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else None
    day = value if isinstance(value, date) else read_date(text)
    return Literal(day.isoformat(), datatype=NamedNode(DATE)) if day else Literal(text)


def _shown_day(text: str, language: Language) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return in_thai(day) if language == "th" and read_date(in_thai(day)) == day else text


def _number(datatype: str, text: str, value: object) -> Literal:
    plain = text.strip().translate(_THAI_DIGITS)
    if isinstance(value, int | float) and not isinstance(value, bool):
        plain = format(Decimal(str(value)), "f").removesuffix(".0")
    plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
    form = _WHOLE if datatype == INTEGER else _DECIMAL
    return Literal(plain, datatype=NamedNode(datatype)) if form.fullmatch(plain) else Literal(text)


def _point(text: str) -> Literal:
    """Latitude and longitude, as maps on the web give them, as a point: longitude first."""
    plain = text.strip().translate(_THAI_DIGITS)
    if pair := _PAIR.fullmatch(plain):
        return Literal(f"POINT({pair[2]} {pair[1]})", datatype=NamedNode(_WKT))
    return Literal(plain, datatype=NamedNode(_WKT)) if _POINT.fullmatch(plain) else Literal(text)
