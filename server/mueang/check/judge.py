"""Puts a check together: what is known, what is submitted, what the shapes and the text rules find."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from mueang.check.reader import Submission
from mueang.check.report import Finding, Report, Thing
from mueang.check.shacl import Node, Result, Shapes
from mueang.errors import Language

_LABELS = (
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
)
_NOT_NFC = "F08"


def check_whole(name: str, store: Store, shapes: Shapes) -> Report:
    """What is wrong in a store of named graphs, everywhere."""
    return _report(name, store, shapes, list(store), None)


def check_submission(submission: Submission, store: Store, shapes: Shapes) -> Report:
    """What is wrong with a submission beside what is published: `store` is a scratch copy and is written to."""
    store.extend(submission.quads)
    subjects = {quad.subject for quad in submission.quads if isinstance(quad.subject, NamedNode | BlankNode)}
    return _report(submission.name, store, shapes, submission.quads, subjects)


def _report(
    name: str, store: Store, shapes: Shapes, judged: Iterable[Quad], focus: Collection[Node] | None
) -> Report:
    results = [*shapes.judge(store, focus), *_texts_not_composed(judged, shapes)]
    once = {(one.rule, one.focus, one.path, one.value): one for one in results}
    findings = [_finding(store, result) for result in once.values()]
    findings.sort(key=lambda one: (-one.severity, one.focus.term, one.rule, one.value or ""))
    return Report(name, tuple(findings))


def _texts_not_composed(quads: Iterable[Quad], shapes: Shapes) -> Iterator[Result]:
    """Texts that are not in Unicode's composed form (NFC), which SPARQL cannot see."""
    for quad in quads:
        if isinstance(quad.object, Literal) and not unicodedata.is_normalized("NFC", quad.object.value):
            yield shapes.result(_NOT_NFC, focus=quad.subject, path=quad.predicate, value=quad.object)


def _finding(store: Store, result: Result) -> Finding:
    return Finding(
        rule=result.rule,
        severity=result.severity,
        focus=_thing(store, result.focus),
        path=_thing(store, result.path) if result.path else None,
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
