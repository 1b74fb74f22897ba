"""Mends numbers: Thai digits, thousands separators, the wrong era of a year, millions that were left out."""

import re
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.calendar import BUDDHIST
from mueang.check.lexical import GRAMMARS, XSD
from mueang.check.repairs.beside import Beside, Expected
from mueang.check.repairs.wording import ascii_digits, seen

_INTEGER, _DECIMAL = XSD + "integer", XSD + "decimal"
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]{1,2})?")
_LARGE = {
    "ล้านล้าน": 12, "แสนล้าน": 11, "หมื่นล้าน": 10, "พันล้าน": 9, "ล้าน": 6,
    "trillion": 12, "billion": 9, "million": 6,
}  # fmt: skip
_WITH_WORD = re.compile(rf"([0-9][0-9,]*(?:\.[0-9]+)?)\s*({'|'.join(_LARGE)})", re.IGNORECASE)
_VERBATIM = NamedNode("https://w3id.org/mueang/def#verbatim")
_MOST_YEARS = 1000  # a number whose least value is above this is a year


def number(quad: Quad, beside: Beside) -> Literal | None:
    """The number that a text means, in the datatype that is expected, else in its own."""
    literal = quad.object
    if not isinstance(literal, Literal):
        return None
    expected = beside.expected(quad.predicate)
    for datatype in sorted(expected.datatypes or {literal.datatype.value}):
        match _local(datatype):
            case "decimal":
                return _decimal(literal.value)
            case local if local in GRAMMARS and GRAMMARS[local].family == "number":
                return _written(literal.value, datatype, expected)
    return None


def millions(quad: Quad, beside: Beside) -> Literal | None:
    """The full number where its quote says "20 million" and the value says 20."""
    value = _read(quad.object.value) if isinstance(quad.object, Literal) else None
    if value is None:
        return None
    quotes = beside.store.quads_for_pattern(quad.subject, _VERBATIM, None)
    found = {
        full
        for quote in quotes
        if isinstance(quote.object, Literal)
        for stated, full in _large_numbers(quote.object.value)
        if stated == value
    }
    return _plain(found.pop(), _DECIMAL) if len(found) == 1 else None


def _decimal(text: str) -> Literal | None:
    large = list(_large_numbers(text))
    if len(large) == 1 and _WITH_WORD.fullmatch(_tidy(text)):
        return _plain(large[0][1], _DECIMAL)
    value = _read(text)
    return None if value is None else _plain(value, _DECIMAL)


def _written(text: str, datatype: str, expected: Expected) -> Literal | None:
    """A number of any other datatype, in its own grammar."""
    local = _local(datatype)
    if local in ("double", "float"):
        tidy = {"inf": "INF", "+inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(_tidy(text).lower(), "")
        tidy = tidy or _without_groups(_tidy(text))
        return Literal(tidy, datatype=NamedNode(datatype)) if GRAMMARS[local].allows(tidy) else None
    value = _read(text)
    if value is None or value != value.to_integral_value():
        return None
    mended = _in_its_era(int(value), expected)
    if mended is None or not GRAMMARS[local].allows(str(mended)):
        return None
    return Literal(str(mended), datatype=NamedNode(datatype))


def _in_its_era(value: int, expected: Expected) -> int | None:
    """The value within its bounds; a year may have to be taken from the other era to be."""
    least, most = (int(bound) if bound else None for bound in (expected.least, expected.most))
    years = [value - BUDDHIST, value + BUDDHIST] if least and least > _MOST_YEARS else []
    fits = [
        one for one in [value, *years] if (least is None or one >= least) and (most is None or one <= most)
    ]
    return fits[0] if fits[:1] == [value] or len(fits) == 1 else None


def _large_numbers(text: str) -> list[tuple[Decimal, Decimal]]:
    """Each number that is followed by a word such as million, as written and in full."""
    return [
        (stated, stated * 10 ** _LARGE[word.lower()])
        for digits, word in _WITH_WORD.findall(_tidy(text))
        if (stated := _read(digits)) is not None
    ]


def _read(text: str) -> Decimal | None:
    tidy = _without_groups(_tidy(text))
    if len(tidy) > 40 or not _NUMBER.fullmatch(tidy):
        return None
    try:
        return Decimal(tidy)
    except InvalidOperation:
        return None


def _tidy(text: str) -> str:
    return ascii_digits(seen(text)).replace("\u00a0", " ").strip()


def _without_groups(text: str) -> str:
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def _plain(value: Decimal, datatype: str) -> Literal:
    text = f"{value:f}"
    return Literal(text if "." in text else f"{text}.0", datatype=NamedNode(datatype))


def _local(datatype: str) -> str:
    return datatype.removeprefix(XSD)
