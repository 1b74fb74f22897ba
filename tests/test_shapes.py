"""Every rule has a case that breaks it and one that does not; each case finds what its first line says, no more."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store
from rdflib.namespace import DCTERMS, RDF, SH

from mueang.check.judge import check, check_whole, findings
from mueang.check.merge import merged
from mueang.check.reader import read_submission
from mueang.check.report import Report, Severity
from mueang.check.rules import results_on
from mueang.check.shacl import Shapes

CASES = Path(__file__).parent / "cases"
BROKEN = sorted(path for path in (CASES / "broken").iterdir())
VALID = sorted(path for path in (CASES / "valid").iterdir())
KINDS = range(1, 29)
OF_THE_PROJECT = ("O", "R", "F16")
"""Rules on terms, on the records of graphs and on what replaces what: only the project's own files can break them."""


def rules_that_weigh(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity > Severity.INFO}


def checked(path: Path, store: Store, shapes: Shapes) -> Report:
    """The report on a case; on one of the project's own, whatever it touches."""
    submission = read_submission(path.name, path.read_bytes())
    if not path.name.startswith(OF_THE_PROJECT):
        return check(submission, store, shapes)
    with merged(store, submission.quads) as both:
        return Report(path.name, tuple(findings(both, results_on(submission.quads, both, shapes))))


def said_to_break(path: Path) -> set[str]:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# breaks:"), f"{path.name} must say in its first line what it breaks"
    return {rule.strip() for rule in first.removeprefix("# breaks:").split(",")} - {""}


def said_to_tell(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:2]
    return {line.removeprefix("# tells:").strip() for line in lines if line.startswith("# tells:")}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_case_breaks_what_it_says_and_nothing_else(
    path: Path, published: Store, shapes: Shapes
) -> None:
    report = checked(path, published, shapes)
    assert rules_that_weigh(report) == said_to_break(path)
    assert said_to_tell(path) <= {finding.rule for finding in report.findings}
    assert report.findings


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_case_breaks_nothing(path: Path, published: Store, shapes: Shapes) -> None:
    assert not rules_that_weigh(checked(path, published, shapes))


def rules(shapes: Shapes) -> list[rdflib.term.Node]:
    """The rules proper: node shapes that are not a further part of another rule."""
    return [
        shape
        for shape in shapes.graph.subjects(RDF.type, SH.NodeShape)
        if shapes.graph.value(shape, DCTERMS.identifier) and not shapes.graph.value(shape, DCTERMS.isPartOf)
    ]


def test_every_rule_has_a_bad_and_a_good_case(shapes: Shapes) -> None:
    ids = {str(shapes.graph.value(rule, DCTERMS.identifier)) for rule in rules(shapes)}
    assert len(ids) >= 50
    assert not {rule for rule in ids if not any(path.name.startswith(f"{rule}-") for path in BROKEN)}
    assert not {rule for rule in ids if not any(path.name.startswith(f"{rule}-") for path in VALID)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_bad_submission_has_its_case_and_near_miss(kind: int) -> None:
    assert any(path.name.startswith(f"kind-{kind:02}-") for path in BROKEN)
    assert any(path.name.startswith(f"kind-{kind:02}-") for path in VALID)


def shapes_that_report(shapes: Shapes) -> set[rdflib.term.Node]:
    """The rules, what has a target, what is part of a rule, and what those ask; a form asks nothing."""
    graph = shapes.graph
    targets = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf, DCTERMS.isPartOf)
    found: set[rdflib.term.Node] = set()
    ahead = [*rules(shapes), *(shape for target in targets for shape in graph.subjects(target, None))]
    while ahead:
        shape = ahead.pop()
        if shape not in found:
            found.add(shape)
            ahead += [part for asks in (SH.property, SH.sparql) for part in graph.objects(shape, asks)]
    return {shape for shape in found if not isinstance(shape, rdflib.BNode)}


def test_every_shape_that_can_report_says_what_to_do_in_both_languages(shapes: Shapes) -> None:
    silent = [
        shape
        for shape in shapes_that_report(shapes)
        if not {message.language for message in shapes.graph.objects(shape, SH.message)} >= {"th", "en"}
    ]
    assert not silent
    assert len(shapes_that_report(shapes)) > 200


def test_the_repositorys_data_breaks_no_rule_with_a_violation(published: Store, shapes: Shapes) -> None:
    report = check_whole("data", published, shapes)
    assert report.accepted, report.findings[0]
    assert report.count(Severity.WARNING), "the rounds of 2021 rest on no recorded decision: C05 must say so"
