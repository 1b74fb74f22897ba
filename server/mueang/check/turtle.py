"""A report in SHACL's own vocabulary (SHACL, section 3.6), as Turtle."""

import rdflib
from rdflib.namespace import RDF, SH

from mueang.check.report import Finding, Report, Severity
from mueang.check.shacl import as_rdflib
from mueang.graph.names import PREFIXES

_SEVERITIES = {Severity.VIOLATION: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}


def as_turtle(report: Report) -> str:
    """The report as one sh:ValidationReport; sh:conforms is false when there is any result."""
    graph = rdflib.Graph(bind_namespaces="core")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True)
    node = rdflib.BNode()
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, rdflib.Literal(not report.findings)))
    for finding in report.findings:
        graph.add((node, SH.result, _result(graph, finding)))
    return graph.serialize(format="turtle")


def _result(graph: rdflib.Graph, finding: Finding) -> rdflib.BNode:
    node = rdflib.BNode()
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.resultSeverity, _SEVERITIES[finding.severity]))
    graph.add((node, SH.focusNode, as_rdflib(finding.focus.term)))
    graph.add((node, SH.sourceShape, rdflib.URIRef(finding.shape)))
    graph.add((node, SH.sourceConstraintComponent, rdflib.URIRef(finding.component)))
    if finding.path and not finding.path.term.startswith("_:"):
        graph.add((node, SH.resultPath, as_rdflib(finding.path.term)))
    if finding.value:
        graph.add((node, SH.value, as_rdflib(finding.value)))
    for language, text in finding.message.items():
        graph.add((node, SH.resultMessage, rdflib.Literal(text, lang=language)))
    return node
