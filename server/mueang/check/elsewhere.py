"""What a submission would break on things that are published already, and which of its statements does it."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeGuard

from pyoxigraph import NamedNode, Quad, Store, Triple

from mueang.check.shacl import Result
from mueang.check.target import Node
from mueang.graph.names import BASE

_OURS = BASE + "id/"
_MOST, _MOST_EACH = 300, 30


def affected(quads: Collection[Quad], known: Store) -> dict[Node, Quad]:
    """Published things that point at what is described, or that it points at, each with the statement that does.

    Bounded: a submission that speaks of much-used things costs no more for it.
    """
    described = {quad.subject for quad in quads}
    others = ((node, quad) for node, quad in _near(quads, known) if node not in described)
    found: dict[Node, Quad] = {}
    for node, quad in islice(others, _MOST):
        found.setdefault(node, quad)
    return found


def _near(quads: Collection[Quad], known: Store) -> Iterator[tuple[Node, Quad]]:
    for node, quad in {quad.object: quad for quad in reversed(list(quads))}.items():
        if _is_ours(node) and next(known.quads_for_pattern(node, None, None), None) is not None:
            yield node, quad
    for subject, quad in {quad.subject: quad for quad in reversed(list(quads))}.items():
        if not isinstance(subject, Triple):
            for link in islice(known.quads_for_pattern(None, None, subject), _MOST_EACH):
                if _is_ours(link.subject):
                    yield link.subject, quad


def _is_ours(term: object) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and term.value.startswith(_OURS)


def caused(after: Collection[Result], before: Collection[Result]) -> list[Result]:
    """The results that were not there before."""
    known = {_key(result) for result in before}
    return [result for result in after if _key(result) not in known]


def _key(result: Result) -> tuple[str, str, str | None, str | None]:
    return result.rule, result.focus, result.path, result.value
