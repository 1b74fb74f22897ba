"""Mends datatypes: a misspelt one, a text where a code is expected, a truth value in capitals."""

import re

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.lexical import GRAMMARS, XSD
from mueang.check.repairs.beside import Beside
from mueang.check.repairs.spelling import nearest
from mueang.check.repairs.wording import seen

_NAMES = frozenset(GRAMMARS)
_STRING, _BOOLEAN = XSD + "string", XSD + "boolean"


def datatype_spelt(quad: Quad, _: Beside) -> Literal | None:
    """The literal with the datatype that a misspelt one must mean."""
    match quad.object:
        case Literal(value=text, datatype=NamedNode(value=iri)) if iri.startswith(XSD):
            name = nearest(iri.removeprefix(XSD), _NAMES)
            if name and GRAMMARS[name].allows(text):
                return Literal(text, datatype=NamedNode(XSD + name))
    return None


def code(quad: Quad, beside: Beside) -> Literal | None:
    """A code or another plain text, as text."""
    if not isinstance(quad.object, Literal) or _STRING not in beside.expected(quad.predicate).datatypes:
        return None
    return Literal(quad.object.value)


def truth(quad: Quad, beside: Beside) -> Literal | None:
    """True or false as XML Schema writes them."""
    literal = quad.object
    if not isinstance(literal, Literal):
        return None
    if _BOOLEAN not in {literal.datatype.value, *beside.expected(quad.predicate).datatypes}:
        return None
    found = re.fullmatch("true|false", seen(literal.value).strip().lower())
    return Literal(found[0], datatype=NamedNode(_BOOLEAN)) if found else None
