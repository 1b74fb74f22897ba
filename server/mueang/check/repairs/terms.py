"""Mends terms of ours: the nearest one for a slip of spelling, the new one for one that is no longer used."""

from pyoxigraph import NamedNode, Quad

from mueang.check.repairs.beside import Beside
from mueang.check.repairs.spelling import nearest
from mueang.graph.names import BASE

_OURS = BASE + "def#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_REPLACED = NamedNode("http://purl.org/dc/terms/isReplacedBy")


def property_spelt(quad: Quad, beside: Beside) -> NamedNode | None:
    """The property that a misspelt one must mean."""
    return _spelt(quad.predicate, "Property", beside)


def term_spelt(quad: Quad, beside: Beside) -> NamedNode | None:
    """The class, or whatever term stands as the value, that a misspelt one must mean."""
    if not isinstance(quad.object, NamedNode):
        return None
    return _spelt(quad.object, "Class" if quad.predicate == _TYPE else "", beside)


def property_now(quad: Quad, beside: Beside) -> NamedNode | None:
    """The property that replaces a deprecated one."""
    return _successor(quad.predicate, beside)


def term_now(quad: Quad, beside: Beside) -> NamedNode | None:
    """The term that replaces a deprecated one that stands as the value."""
    return _successor(quad.object, beside) if isinstance(quad.object, NamedNode) else None


def _spelt(term: NamedNode, kind: str, beside: Beside) -> NamedNode | None:
    if not term.value.startswith(_OURS):
        return None
    known = frozenset(iri.removeprefix(_OURS) for iri in beside.terms(kind) if iri.startswith(_OURS))
    meant = term.value.removeprefix(_OURS)
    found = None if meant in known else nearest(meant, known)
    return NamedNode(_OURS + found) if found else None


def _successor(term: NamedNode, beside: Beside) -> NamedNode | None:
    found = {quad.object for quad in beside.store.quads_for_pattern(term, _REPLACED, None)}
    one = found.pop() if len(found) == 1 else None
    return one if isinstance(one, NamedNode) else None
