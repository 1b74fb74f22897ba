"""Mends points: latitude before longitude, a comma between the two, the datatype left out."""

import re

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.repairs.beside import Beside
from mueang.check.repairs.wording import ascii_digits, seen

_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_PAIR = re.compile(
    r"(?:<[^<>]*>\s*)?(?:SRID=4326;\s*)?(?:POINT\s*\(|\()?\s*([0-9]+(?:\.[0-9]+)?)\s*[,;\s]\s*([0-9]+(?:\.[0-9]+)?)\s*\)?",
    re.IGNORECASE,
)
_EAST, _NORTH = (97.3, 105.7), (5.5, 20.5)


def point(quad: Quad, beside: Beside) -> Literal | None:
    """The point in Thailand that two numbers give; only one order of them lies in the country."""
    if not isinstance(quad.object, Literal) or _WKT not in beside.expected(quad.predicate).datatypes:
        return None
    found = _PAIR.fullmatch(ascii_digits(seen(quad.object.value)).strip())
    if not found:
        return None
    for east, north in ((found[1], found[2]), (found[2], found[1])):
        if _lies(east, _EAST) and _lies(north, _NORTH):
            return Literal(f"POINT({east} {north})", datatype=NamedNode(_WKT))
    return None


def _lies(degrees: str, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= float(degrees) <= bounds[1]
