"""Which menders are asked for which rule: for a statement's value, and for its property."""

from collections.abc import Callable

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.repairs.beside import Beside
from mueang.check.repairs.datatypes import code, datatype_spelt, truth
from mueang.check.repairs.days import day, moment
from mueang.check.repairs.numbers import millions, number
from mueang.check.repairs.points import point
from mueang.check.repairs.terms import property_now, property_spelt, term_now, term_spelt
from mueang.check.repairs.texts import composed, in_its_language, spaced, visible
from mueang.check.repairs.things import address, concept, thing

VALUES: dict[str, tuple[Callable[[Quad, Beside], NamedNode | Literal | None], ...]] = {
    "F04": (in_its_language,),
    "F05": (in_its_language,),
    "F07": (visible,),
    "F08": (composed,),
    "F09": (spaced,),
    "F10": (day,),
    "F11": (number,),
    "F12": (concept,),
    "F13": (thing, concept, address, code, truth, number),
    "F14": (term_spelt,),
    "F15": (thing, concept),
    "F16": (term_now,),
    "P01": (thing,),
    "P06": (point,),
    "S10": (millions,),
    "L01": (day, moment, number, truth),
    "L02": (datatype_spelt,),
}
PROPERTIES: dict[str, tuple[Callable[[Quad, Beside], NamedNode | None], ...]] = {
    "F14": (property_spelt,),
    "F16": (property_now,),
}
