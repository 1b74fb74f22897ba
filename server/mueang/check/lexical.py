"""Whether a literal is written as its datatype asks (XML Schema 1.1, part 2), on the text as it was handed in.

A store rewrites literals, and SHACL engines take many forms that no grammar allows: "๕" for an integer, "1e3" for
a decimal. The datatypes are those that RDF 1.1 takes from XML Schema (Concepts, section 5.1), white space included:
RDF does not trim it.
"""

import re
from calendar import isleap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, Quad

from mueang.check.shacl import Result, Shapes

XSD = "http://www.w3.org/2001/XMLSchema#"
_ILL_TYPED, _UNKNOWN = "L01", "L02"
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _NAME_START + r"\-.0-9\u00b7\u0300-\u036f\u203f\u2040"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_MOMENT = f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}"
_INTEGER = r"[+-]?[0-9]+"
_DOUBLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN"
_MONTHS = r"(?:[0-9]+Y(?:[0-9]+M)?|[0-9]+M)"
_HOURS = (
    r"T(?:[0-9]+H(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S)"
)
_DAYS = f"(?:[0-9]+D(?:{_HOURS})?|{_HOURS})"
_COLLAPSED = r"(?:[^ \t\r\n]+(?: [^ \t\r\n]+)*)?"


@dataclass(frozen=True)
class Grammar:
    """How the literals of one datatype are written: a pattern, what it cannot say, and the part of L01 that tells it."""

    pattern: re.Pattern[str]
    family: str = ""
    also: Callable[[re.Match[str]], bool] = bool

    def allows(self, text: str) -> bool:
        """Whether the text is in the lexical space."""
        match = self.pattern.fullmatch(text)
        return match is not None and self.also(match)


def _is_a_day(match: re.Match[str]) -> bool:
    """Whether the month has the day; without a year, February has 29 days."""
    part = match.groupdict()
    month, day = int(part["month"]), int(part["day"])
    leap = isleap(int(part["year"][-4:])) if part.get("year") else True
    return day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _within(least: int | None, most: int | None) -> Callable[[re.Match[str]], bool]:
    """Whether the whole number lies within the bounds; many digits are told by their count, not read."""

    def is_within(match: re.Match[str]) -> bool:
        digits = match[0].lstrip("+-").lstrip("0") or "0"
        negative = match[0].startswith("-") and digits != "0"
        if len(digits) > 30:
            return (least if negative else most) is None
        number = -int(digits) if negative else int(digits)
        return (least is None or number >= least) and (most is None or number <= most)

    return is_within


def _whole(least: int | None = None, most: int | None = None) -> Grammar:
    return Grammar(re.compile(_INTEGER), "number", _within(least, most))


def _days(pattern: str) -> Grammar:
    return Grammar(re.compile(pattern), "day", _is_a_day)


def _plain(pattern: str, family: str = "") -> Grammar:
    return Grammar(re.compile(pattern), family)


GRAMMARS: dict[str, Grammar] = {
    "string": _plain(r"[\s\S]*"),
    "normalizedString": _plain(r"[^\t\r\n]*"),
    "token": _plain(_COLLAPSED),
    "anyURI": _plain(_COLLAPSED),
    "language": _plain(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "NMTOKEN": _plain(f"[:{_NAME}]+"),
    "Name": _plain(f"[:{_NAME_START}][:{_NAME}]*"),
    "NCName": _plain(f"[{_NAME_START}][{_NAME}]*"),
    "hexBinary": _plain("(?:[0-9A-Fa-f]{2})*"),
    "base64Binary": _plain(
        "(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
        "|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
    ),
    "boolean": _plain("true|false|1|0", "truth"),
    "decimal": _plain(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", "number"),
    "double": _plain(_DOUBLE, "number"),
    "float": _plain(_DOUBLE, "number"),
    "integer": _whole(),
    "long": _whole(-(2**63), 2**63 - 1),
    "int": _whole(-(2**31), 2**31 - 1),
    "short": _whole(-(2**15), 2**15 - 1),
    "byte": _whole(-(2**7), 2**7 - 1),
    "nonNegativeInteger": _whole(0),
    "positiveInteger": _whole(1),
    "nonPositiveInteger": _whole(None, 0),
    "negativeInteger": _whole(None, -1),
    "unsignedLong": _whole(0, 2**64 - 1),
    "unsignedInt": _whole(0, 2**32 - 1),
    "unsignedShort": _whole(0, 2**16 - 1),
    "unsignedByte": _whole(0, 2**8 - 1),
    "date": _days(f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}?"),
    "dateTime": _days(f"{_MOMENT}{_ZONE}?"),
    "dateTimeStamp": _days(f"{_MOMENT}{_ZONE}"),
    "time": _plain(f"{_CLOCK}{_ZONE}?", "day"),
    "gYear": _plain(f"{_YEAR}{_ZONE}?", "day"),
    "gYearMonth": _plain(f"{_YEAR}-{_MONTH}{_ZONE}?", "day"),
    "gMonth": _plain(f"--{_MONTH}{_ZONE}?", "day"),
    "gMonthDay": _days(f"--{_MONTH}-{_DAY}{_ZONE}?"),
    "gDay": _plain(f"---{_DAY}{_ZONE}?", "day"),
    "duration": _plain(f"-?P(?:{_MONTHS}{_DAYS}?|{_DAYS})"),
    "yearMonthDuration": _plain(f"-?P{_MONTHS}"),
    "dayTimeDuration": _plain(f"-?P{_DAYS}"),
}


def badly_written(literal: Literal) -> str | None:
    """The rule, or the part of it, that a literal breaks, if any."""
    datatype = literal.datatype.value
    if not datatype.startswith(XSD):
        return None
    grammar = GRAMMARS.get(datatype.removeprefix(XSD))
    if grammar is None:
        return _UNKNOWN
    if grammar.allows(literal.value):
        return None
    return f"{_ILL_TYPED}-{grammar.family}" if grammar.family else _ILL_TYPED


def badly_written_literals(quads: Iterable[Quad], shapes: Shapes) -> Iterator[Result]:
    """A result for each statement whose literal is not as its datatype asks."""
    for quad in quads:
        if isinstance(quad.object, Literal) and (rule := badly_written(quad.object)):
            yield shapes.result(rule, focus=quad.subject, path=quad.predicate, value=quad.object)
