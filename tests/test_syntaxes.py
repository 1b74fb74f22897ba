"""The same submission in every RDF syntax gives the same findings."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, Triple, parse, serialize

from mueang.check.judge import check
from mueang.check.reader import SYNTAXES, read_submission
from mueang.check.report import Finding, Report
from mueang.check.shacl import Shapes

CASES = Path(__file__).parent / "cases" / "broken"
KINDS = sorted(path for path in CASES.glob("kind-*.ttl"))
OTHERS = [ending for ending in SYNTAXES if ending != ".ttl"]


def told(report: Report) -> Counter[tuple[str | None, ...]]:
    """Findings by rule, thing, property and value; blank nodes have other names in each file."""
    return Counter(
        (one.rule, nameless(one.focus.term), one.path and one.path.term, nameless(one.value))
        for one in report.findings
    )


def nameless(term: str | None) -> str | None:
    return "_:" if term and term.startswith("_:") else term


def every_place(findings: tuple[Finding, ...]) -> bool:
    return all(one.place and one.place.line for one in findings)


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.stem)
def test_a_submission_has_the_same_findings_in_every_syntax(
    path: Path, published: Store, shapes: Shapes
) -> None:
    content = path.read_bytes()
    turtle = check(read_submission("new.ttl", content), published, shapes)
    assert turtle.findings
    triples = [
        Triple(quad.subject, quad.predicate, quad.object) for quad in parse(content, format=RdfFormat.TURTLE)
    ]
    for ending in OTHERS:
        written = serialize(triples, format=SYNTAXES[ending])
        found = check(read_submission(f"new{ending}", written), published, shapes)
        assert told(found) == told(turtle), ending
        assert every_place(found.findings), ending
