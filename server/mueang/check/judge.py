"""Puts a check together: what is known, what is submitted, what the shapes and the text rules find, where, and what mends it.

The steps of `check`: what may not be touched (if anything is, the rest waits); literals against their grammar; the
shapes on the submission merged with what is known; the shapes on published things that it touches; places; repairs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad, Store

from mueang.check.elsewhere import affected, caused
from mueang.check.merge import merged
from mueang.check.place import Place
from mueang.check.reader import Submission
from mueang.check.reason import with_reason
from mueang.check.repairs.trial import with_repairs
from mueang.check.report import Finding, Report, Thing
from mueang.check.rules import results_on, texts_not_composed
from mueang.check.shacl import Result, Shapes
from mueang.check.target import Node
from mueang.check.touching import forbidden
from mueang.errors import Language

_LABELS = (
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
)


def check(submission: Submission, known: Store, shapes: Shapes) -> Report:
    """What is wrong with a submission, where, and what mends it; `known` is left as it was."""
    if touched := forbidden(submission, known, shapes):
        return _report(submission, findings(known, touched))
    near = affected(submission.quads, known)
    with merged(known, submission.quads, shapes.names) as store:
        own = findings(store, results_on(submission.quads, store, shapes))
        after = shapes.judge(store, near)
    own = list(map(with_reason, with_repairs(own, submission.quads, known, shapes)))
    others = _elsewhere(submission, after, near, known, shapes)
    return _report(submission, own + _untold(others, own))


def check_whole(name: str, store: Store, shapes: Shapes) -> Report:
    """What is wrong in a store of named graphs, everywhere."""
    results = [*shapes.judge(store), *texts_not_composed(store, shapes)]
    return Report(name, tuple(sorted(findings(store, results), key=_order)))


def _elsewhere(
    submission: Submission, after: list[Result], near: Mapping[Node, Quad], known: Store, shapes: Shapes
) -> list[Finding]:
    """Findings on published things that were not there before, each at the statement that touches the thing."""
    touched = {str(node): (node, quad) for node, quad in near.items()}
    foci = {touched[result.focus][0] for result in after if result.focus in touched}
    if not foci:
        return []
    before = shapes.judge(known, foci)
    with merged(known, submission.quads, shapes.names) as store:
        found = findings(store, caused(after, before))
    return [
        replace(one, elsewhere=True, place=submission.place_of(*map(str, touched[one.focus.term][1].triple)))
        for one in found
    ]


def _untold(others: Iterable[Finding], own: Iterable[Finding]) -> list[Finding]:
    """The findings elsewhere that no finding of the submission's own says already, by naming the thing as its value."""
    told = {(one.rule, one.severity, one.value) for one in own if one.value}
    return [
        one
        for one in others
        if told.isdisjoint((one.rule, one.severity, thing) for thing in (one.focus.term, one.value))
    ]


def _report(submission: Submission, findings: Iterable[Finding]) -> Report:
    placed = (one if one.place else replace(one, place=_place(submission, one)) for one in findings)
    return Report(submission.name, tuple(sorted(placed, key=_order)))


def _place(submission: Submission, finding: Finding) -> Place | None:
    """Where the statement to mend stands, else where the finding's value, property or thing does."""
    if finding.repair:
        return submission.place_of(*finding.repair.statement)
    path = finding.path.term if finding.path else None
    return submission.place_of(finding.focus.term, path, finding.value)


def _order(finding: Finding) -> tuple[bool, int, str, str, str]:
    return (
        finding.elsewhere,
        -finding.severity,
        finding.focus.term,
        finding.rule,
        finding.value or "",
    )


def findings(store: Store, results: Iterable[Result]) -> list[Finding]:
    """The results as findings, with the labels of what they are about; the same one once."""
    once = {(one.rule, one.focus, one.path, one.value): one for one in results}
    return [_finding(store, result) for result in once.values()]


def _finding(store: Store, result: Result) -> Finding:
    """The result with labels; a path that is not one property is a blank node of the shapes, and told to nobody."""
    return Finding(
        rule=result.rule,
        severity=result.severity,
        focus=_thing(store, result.focus),
        path=_thing(store, result.path) if result.path and result.path.startswith("<") else None,
        value=result.value,
        message=result.message,
        shape=result.shape,
        component=result.component,
    )


def _thing(store: Store, term: str) -> Thing:
    return Thing(term, dict(_labels(store, NamedNode(term[1:-1]))) if term.startswith("<") else {})


def _labels(store: Store, node: NamedNode) -> Iterator[tuple[Language, str]]:
    for predicate in reversed(_LABELS):
        for quad in store.quads_for_pattern(node, predicate, None):
            match quad.object:
                case Literal(value=text, language="th" | "en" as language):
                    yield language, text
