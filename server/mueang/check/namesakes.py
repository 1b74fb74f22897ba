"""Which things share a name, spaces apart: an index, so that a rule about namesakes need not read every name there is.

SPARQL can ask for one spelling at a time, but not for all that differ in their spaces.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

PREFERRED = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


class Names:
    """The preferred labels of a store's things, in every language; kept as the store is changed."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._things: defaultdict[str, Counter[object]] = defaultdict(Counter)
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Note the names among these statements, which the store has taken in."""
        for letters, thing in _named(quads):
            self._things[letters][thing] += 1

    def remove(self, quads: Iterable[Quad]) -> None:
        """Forget the names among these statements, which the store has let go."""
        for letters, thing in _named(quads):
            self._things[letters][thing] -= 1

    def shared(self, thing: object, quads: Iterable[Quad]) -> bool:
        """Whether one of the thing's names, which are among these statements of it, is another thing's too."""
        return any(
            count > 0 and other != thing
            for letters, _ in _named(quads)
            for other, count in self._things.get(letters, {}).items()
        )


def _named(quads: Iterable[Quad]) -> Iterable[tuple[str, object]]:
    return (
        (re.sub(r"\s", "", quad.object.value), quad.subject)
        for quad in quads
        if quad.predicate == PREFERRED and isinstance(quad.object, Literal)
    )
