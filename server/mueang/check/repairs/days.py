"""Mends days and years: the Buddhist era, Thai digits and months, a time of day where a day is meant."""

import re
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.calendar import BUDDHIST, read_date, read_year
from mueang.check.lexical import GRAMMARS, XSD
from mueang.check.repairs.beside import Beside
from mueang.check.repairs.wording import ascii_digits

_DATE, _MOMENT, _YEAR = XSD + "date", XSD + "dateTime", XSD + "gYear"
_MISREAD = re.compile(r"19[67][0-9]-[0-9]{2}-[0-9]{2}")
_LOOSE_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]+(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?")


def day(quad: Quad, beside: Beside) -> Literal | None:
    """The day that a text means, where a day is expected."""
    literal = quad.object
    expected = beside.expected(quad.predicate)
    if not isinstance(literal, Literal) or not (_DATE in expected.datatypes or _is(literal, _DATE)):
        return None
    found = _of_a_short_year(literal.value) or read_date(literal.value)
    if found is None or not _within(found, expected.least, expected.most):
        return None
    return Literal(found.isoformat(), datatype=NamedNode(_DATE))


def moment(quad: Quad, beside: Beside) -> Literal | None:
    """A day with a time, or a year, written as its own datatype asks."""
    literal = quad.object
    if not isinstance(literal, Literal) or _DATE in beside.expected(quad.predicate).datatypes:
        return None
    if _is(literal, _YEAR):
        year = read_year(literal.value)
        return Literal(f"{year:04}", datatype=literal.datatype) if year else None
    found = _LOOSE_MOMENT.fullmatch(ascii_digits(literal.value).strip())
    if not found or not _is(literal, _MOMENT):
        return None
    text = f"{found[1]}T{found[2]}{found[3] or ':00'}{found[4] or ''}"
    return Literal(text, datatype=literal.datatype) if GRAMMARS["dateTime"].allows(text) else None


def _of_a_short_year(text: str) -> date | None:
    """60 to 79, years of the Buddhist era, are taken for 1960 to 1979 by some programs."""
    if not _MISREAD.fullmatch(text.strip()):
        return None
    year = int(text.strip()[2:4]) + 2500 - BUDDHIST
    try:
        return date.fromisoformat(f"{year}{text.strip()[4:]}")
    except ValueError:
        return None


def _is(literal: Literal, datatype: str) -> bool:
    return literal.datatype.value == datatype


def _within(found: date, least: str | None, most: str | None) -> bool:
    return (least or "") <= found.isoformat() <= (most or "9999")
