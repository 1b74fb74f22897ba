"""The statements of a submission that a finding is about, as they were handed in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import XSD

from mueang.check.report import Finding
from mueang.check.shacl import as_rdflib

_Key = tuple[type, str, str | None, str | None]


class Statements:
    """Finds the statements of a submission by a finding's focus, path and value."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._about: dict[tuple[str, str], list[Quad]] = defaultdict(list)
        self._valued: dict[tuple[str, str], dict[_Key, list[Quad]]] = {}
        for quad in quads:
            self._about[str(quad.subject), str(quad.predicate)].append(quad)

    def meant(self, finding: Finding) -> list[Quad]:
        """The statements with the finding's value, else those that use the property that is found wrong."""
        if not finding.path or not finding.value or finding.elsewhere:
            return []
        path = finding.focus.term, finding.path.term
        if finding.value == finding.path.term:
            found = self._about.get(path, [])
        else:
            found = self._by_value(path).get(_key(as_rdflib(finding.value)), [])
        return list({(quad.predicate, quad.object): quad for quad in found}.values())

    def _by_value(self, path: tuple[str, str]) -> dict[_Key, list[Quad]]:
        if path not in self._valued:
            self._valued[path] = defaultdict(list)
            for quad in self._about.get(path, []):
                for key in set(_keys(quad)):
                    self._valued[path][key].append(quad)
        return self._valued[path]


def _keys(quad: Quad) -> Iterator[_Key]:
    """How the value may be told: as handed in, and as the store has it."""
    yield _key(as_rdflib(quad.object))
    if isinstance(quad.object, Literal):
        scratch = Store()
        scratch.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), quad.object))
        yield from (_key(as_rdflib(stored.object)) for stored in scratch)


def _key(term: Any) -> _Key:
    """A term by its text and kind; a plain text has its datatype named by some and left out by others."""
    datatype = getattr(term, "datatype", None)
    plain = datatype is None or datatype == XSD.string
    return type(term), str(term), None if plain else str(datatype), getattr(term, "language", None)
