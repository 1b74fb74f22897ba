"""A report in SHACL's own vocabulary (SHACL, section 3.6), as Turtle."""

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, RdfFormat, parse, serialize

from mueang.check.place import Place
from mueang.check.report import Finding, Report, Severity
from mueang.graph.names import PREFIXES

_TYPE = f"<{PREFIXES['rdf']}type>"
_IDENTIFIER = f"<{PREFIXES['dcterms']}identifier>"
_SEVERITIES = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning", Severity.INFO: "Info"}


def as_turtle(report: Report) -> str:
    """The report as one sh:ValidationReport; sh:conforms is false when there is any result."""
    own = hashlib.sha256(report.name.encode()).hexdigest()[
        :8
    ]  # so that reports on several files are one graph
    root = f"_:report-{own}"
    nodes = [f"_:finding-{own}-{number}" for number, _ in enumerate(report.findings, start=1)]
    lines = [
        f"{root} {_TYPE} {_sh('ValidationReport')} .",
        f"{root} {_sh('conforms')} {Literal(not report.findings)} .",
        *(f"{root} {_sh('result')} {node} ." for node in nodes),
    ]
    for node, finding in zip(nodes, report.findings, strict=True):
        lines += (f"{node} {predicate} {value} ." for predicate, value in _result(finding))
    text = "\n".join(lines)
    used = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in text}
    # what rdflib has made of a text of several lines is Turtle, not N-Triples
    triples = (quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _result(finding: Finding) -> Iterator[tuple[str, str]]:
    """What SHACL says of a result, as predicate and object in N-Triples form, then what it has no word for."""
    yield _TYPE, _sh("ValidationResult")
    yield _sh("resultSeverity"), _sh(_SEVERITIES[finding.severity])
    yield _sh("focusNode"), finding.focus.term
    yield _sh("sourceShape"), f"<{finding.shape}>"
    yield _sh("sourceConstraintComponent"), f"<{finding.component}>"
    if finding.path and not finding.path.term.startswith("_:"):
        yield _sh("resultPath"), finding.path.term
    if finding.value:
        yield _sh("value"), finding.value
    for language, message in finding.message.items():
        yield _sh("resultMessage"), str(Literal(message, language=language))
    yield from _ours(finding)


def _ours(finding: Finding) -> Iterator[tuple[str, str]]:
    """The rule's id, the place, the repair, whether it is about published data."""
    yield _IDENTIFIER, str(Literal(finding.rule))
    for name, known in vars(finding.place or Place()).items():
        if known:
            yield _tsh(name), str(Literal(known))
    if finding.repair:
        for language, said in finding.repair.said.items():
            yield _tsh("repair"), str(Literal(said, language=language))
    if finding.elsewhere:
        yield _tsh("elsewhere"), str(Literal(True))


def _sh(name: str) -> str:
    return f"<{PREFIXES['sh']}{name}>"


def _tsh(name: str) -> str:
    return f"<{PREFIXES['tsh']}{name}>"
