"""Says what is wrong with a text that cannot be read, and what to do about it.

Oxigraph says where in Turtle and its kin; its words are for those who know the grammar. `characters`, `names` and
`statements` look at what is there and say what is most likely meant. `tags` does so for RDF/XML.
"""

import re

from mueang.check.flaw import Flaw
from mueang.check.slip import characters, names, statements
from mueang.check.slip.sentences import in_thai
from mueang.check.slip.stop import Stop
from mueang.engine.malformed.place import place_at
from mueang.engine.malformed.stop import clipped

_ADVISERS = (
    *statements.FIRST,
    *names.ADVISERS,
    *characters.ADVISERS,
    *names.LATER,
    *statements.ADVISERS,
    *characters.LAST,
    *statements.LAST,
)


def terse_slip(text: str, error: SyntaxError) -> Flaw:
    """What to do about the first slip in a text."""
    said = re.sub(r"\AParser error .*?: ", "", str(error.msg), count=1)
    stop = Stop(text, place_at(text, error.lineno or 1, error.offset or 1), said)
    return next(filter(None, (adviser(stop) for adviser in _ADVISERS)), None) or _unexplained(stop)


def _unexplained(stop: Stop) -> Flaw:
    thai, said = clipped(in_thai(stop.said), 150), clipped(stop.said, 150)
    return stop.flaw(th=f"อ่านตรงนี้ไม่ได้: {thai}", en=f"this cannot be read: {said}")
