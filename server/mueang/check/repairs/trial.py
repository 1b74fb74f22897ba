"""Offers a repair for each finding that has one way to be mended, after trying it.

All mended statements are put into the submission and what they touch is judged again: a finding that goes keeps its
repair; statements near a finding that was not there before lose theirs, and the rest is tried again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from mueang.check.elsewhere import affected, caused
from mueang.check.merge import merged
from mueang.check.repairs.beside import Beside
from mueang.check.repairs.statement import Statements
from mueang.check.repairs.table import PROPERTIES, VALUES
from mueang.check.report import Finding, Repair
from mueang.check.rules import results_on
from mueang.check.shacl import Shapes
from mueang.errors import Language
from mueang.graph.names import shortened_term

_ROUNDS = 5
_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
_Told = tuple[str, str, str | None, str | None]


def with_repairs(
    findings: Collection[Finding], quads: Collection[Quad], known: Store, shapes: Shapes
) -> list[Finding]:
    """The findings, each with the repair that mends it where there is one."""
    statements = Statements(quads)
    about = [(finding, statements.meant(finding)) for finding in findings]
    with merged(known, quads, shapes.names) as store:
        beside = Beside(store, shapes.graph)
        changes = _changes(about, beside)
    if not changes:
        return list(findings)
    told = {_told(finding) for finding in findings}
    changes, left = _tried(changes, quads, told, known, shapes)
    with merged(known, quads, shapes.names) as store:
        return [
            replace(finding, repair=_repair(quad, changes, store)) if _told(finding) not in left else finding
            for finding, meant in about
            for quad in _each(meant, changes)
        ]


def _each(meant: list[Quad], changes: dict[Quad, Quad]) -> list[Quad | None]:
    """A finding on several statements is told once for each that has a repair."""
    mended: list[Quad | None] = [quad for quad in meant if quad in changes]
    return mended or [None]


def _changes(about: Iterable[tuple[Finding, list[Quad]]], beside: Beside) -> dict[Quad, Quad]:
    """Each statement that can be mended, and how: what all its findings ask for, one after the other."""
    rules: dict[Quad, list[Finding]] = defaultdict(list)
    for finding, meant in about:
        for quad in meant:
            rules[quad].append(finding)
    mended = {quad: _mended(quad, findings, beside) for quad, findings in rules.items()}
    return {quad: change for quad, change in mended.items() if change != quad}


def _mended(quad: Quad, findings: list[Finding], beside: Beside) -> Quad:
    values = dict.fromkeys(mender for one in findings for mender in VALUES.get(one.rule, ()))
    properties = dict.fromkeys(mender for one in findings for mender in PROPERTIES.get(one.rule, ()))
    for property_mender in properties:
        quad = replaced(quad, predicate=property_mender(quad, beside))
    for mender in values:
        quad = replaced(quad, value=mender(quad, beside))
    return quad


def replaced(
    quad: Quad, predicate: NamedNode | None = None, value: NamedNode | Literal | None = None
) -> Quad:
    """The statement with another property or value, where one is given."""
    return Quad(
        quad.subject, predicate or quad.predicate, quad.object if value is None else value, quad.graph_name
    )


@dataclass(frozen=True)
class _Outcome:
    """What is still found after a trial, and which of the mended statements lie near something new."""

    left: set[_Told]
    suspects: set[Quad]


def _tried(
    changes: dict[Quad, Quad], quads: Collection[Quad], told: set[_Told], known: Store, shapes: Shapes
) -> tuple[dict[Quad, Quad], set[_Told]]:
    """The changes that cause nothing new, and what is found in spite of them."""
    for _ in range(_ROUNDS):
        outcome = _outcome(changes, quads, told, known, shapes)
        if not outcome.suspects:
            return changes, outcome.left
        changes = {quad: change for quad, change in changes.items() if quad not in outcome.suspects}
        if not changes:
            break
    return {}, set()


def _outcome(
    changes: dict[Quad, Quad], quads: Collection[Quad], told: set[_Told], known: Store, shapes: Shapes
) -> _Outcome:
    after = [changes.get(quad, quad) for quad in quads]
    near = _neighbours(after)
    foci = {node for quad in changes for node in (quad.subject, *near[quad.subject])}
    judged = [quad for quad in after if quad.subject in foci]
    with merged(known, after, shapes.names) as store:
        results = results_on(judged, store, shapes)
    found = {(one.rule, one.focus, one.path, one.value) for one in results}
    fresh = {focus for _, focus, _, _ in found - told} | _fresh_elsewhere(
        changes, quads, after, known, shapes
    )
    suspects = {
        quad
        for quad, change in changes.items()
        if not fresh.isdisjoint({str(quad.subject), str(change.object), *map(str, near[quad.subject])})
    }
    return _Outcome(found, suspects)


def _fresh_elsewhere(
    changes: dict[Quad, Quad], quads: Collection[Quad], after: Collection[Quad], known: Store, shapes: Shapes
) -> set[str]:
    """The published things that the mended statements newly touch and that are broken only by that."""
    near = affected(list(changes.values()), known)
    with merged(known, after, shapes.names) as store:
        found = shapes.judge(store, near)
    if not found:
        return set()
    with merged(known, quads, shapes.names) as store:
        return {result.focus for result in caused(found, shapes.judge(store, near))}


def _neighbours(quads: Iterable[Quad]) -> dict[object, set[object]]:
    """Which things of the submission point at which, both ways."""
    subjects = {quad.subject for quad in quads}
    near: dict[object, set[object]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, NamedNode | BlankNode) and quad.object in subjects:
            near[quad.subject].add(quad.object)
            near[quad.object].add(quad.subject)
    return near


def _told(finding: Finding) -> _Told:
    return finding.rule, finding.focus.term, finding.path.term if finding.path else None, finding.value


def _repair(quad: Quad | None, changes: dict[Quad, Quad], store: Store) -> Repair | None:
    if quad is None or quad not in changes:
        return None
    change = changes[quad]
    statement = (str(quad.subject), str(quad.predicate), str(quad.object))
    said: dict[Language, str] = {
        "th": _said(quad, change, store, "th"),
        "en": _said(quad, change, store, "en"),
    }
    return Repair(statement, str(change.predicate), str(change.object), said)


def _said(quad: Quad, change: Quad, store: Store, language: Language) -> str:
    parts = [change.predicate] if change.predicate != quad.predicate else []
    shown = [shortened_term(str(part)) for part in parts]
    if change.object != quad.object:
        shown.append(_shown(change.object, store, language))
    return " ".join(shown)


def _shown(term: object, store: Store, language: Language) -> str:
    match term:
        case Literal(value=text, language=None):
            return text
        case NamedNode():
            labels = [quad.object for quad in store.quads_for_pattern(term, _LABEL, None)]
            name = next(
                (one.value for one in labels if isinstance(one, Literal) and one.language == language), ""
            )
            return f"{shortened_term(str(term))} ({name})" if name else shortened_term(str(term))
    return str(term)
