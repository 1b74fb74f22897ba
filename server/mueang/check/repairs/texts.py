"""Mends texts: what cannot be seen, composed form, spaces, and the language by the script."""

import re
import unicodedata
from collections.abc import Callable

from pyoxigraph import Literal, Quad

from mueang.check.repairs.beside import Beside
from mueang.check.repairs.wording import has_thai, seen

_SARA_AM = re.compile("(?:\u0e4d([\u0e48-\u0e4b]?)|([\u0e48-\u0e4b])\u0e4d)\u0e32")
_SPACES = re.compile("[^\\S\n]+")
_TAKEN = ("th", "en", "th-latn")


def visible(quad: Quad, _: Beside) -> Literal | None:
    """The text without zero-width spaces, direction marks and soft hyphens."""
    return _with_text(quad, seen)


def composed(quad: Quad, _: Beside) -> Literal | None:
    """The text in Unicode form NFC, with sara am as one character."""
    return _with_text(quad, lambda text: unicodedata.normalize("NFC", _SARA_AM.sub("\\1\\2\u0e33", text)))


def spaced(quad: Quad, _: Beside) -> Literal | None:
    """The text with single ordinary spaces, and none at its ends."""
    return _with_text(quad, lambda text: _SPACES.sub(" ", text).strip())


def in_its_language(quad: Quad, _: Beside) -> Literal | None:
    """The text marked as Thai if it has Thai letters; as English only if some English was named before."""
    match quad.object:
        case Literal(value=text, language=language):
            if has_thai(text):
                return Literal(text, language="th")
            if language and language not in _TAKEN and re.fullmatch(r"en(g|-.*)", language):
                return Literal(text, language="en")
    return None


def _with_text(quad: Quad, change: Callable[[str], str]) -> Literal | None:
    literal = quad.object
    if not isinstance(literal, Literal):
        return None
    text = change(literal.value)
    if literal.language:
        return Literal(text, language=literal.language)
    return Literal(text, datatype=literal.datatype)
