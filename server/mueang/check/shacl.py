"""Judges a store by the shapes, with pySHACL.

pySHACL looks for the targets of every shape in the whole graph and leaves blank nodes out of a given choice of focus
nodes. Here each shape is handed the nodes of the submission that it targets (`target`) and judges them together
(`constraint`). Without a submission every shape looks at all its targets.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import rdflib
from pyoxigraph import Store
from pyshacl import Shape, ShapesGraph
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import to_ox
from pyshacl.monkey import rdflib_bool_patch
from pyshacl.pytypes import SHACLExecutor
from rdflib.namespace import DCTERMS, OWL, SH
from rdflib.util import from_n3

from mueang.check.constraint import install
from mueang.check.everything import Everything
from mueang.check.namesakes import Names
from mueang.check.report import Severity
from mueang.check.target import Node, Targets
from mueang.errors import Language, StoreFailed

_SEVERITIES = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


@dataclass(frozen=True)
class Result:
    """One validation result (SHACL, section 3.6.2), its terms as `str` of Oxigraph's; a path of many steps is None.

    A severity that SHACL does not know weighs as a violation; `severity_iri` is what the shape says.
    """

    rule: str
    severity: Severity
    focus: str
    path: str | None
    value: str | None
    message: Mapping[Language, str]
    shape: str
    component: str
    severity_iri: str = ""


class Shapes:
    """The rules, read once and used for many checks (one at a time: pySHACL is not thread-safe).

    `names`, where somebody keeps them, are those of the store that is judged next.
    """

    def __init__(self, texts: Iterable[bytes]) -> None:
        # it logs a traceback for each impossible date
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        rdflib_bool_patch()  # type: ignore[no-untyped-call]
        install()
        self.graph = rdflib.Graph()
        for text in texts:
            self.graph.parse(data=text, format="turtle")
        _declare_imported(self.graph)
        self._targets = Targets(ShapesGraph(self.graph).shapes)
        self.names: Names | None = None
        self._messages = cache(self._read_messages)
        self._rule = cache(self._read_rule)

    def judge(self, store: Store, focus: Collection[Node] | None = None) -> list[Result]:
        """What the shapes find in the store at these nodes; without nodes, at every target."""
        data = Everything(store, self.names)
        pairs = (
            ((shape, None) for shape in self._targets.shapes)
            if focus is None
            else self._targets.among(store, focus)
        )
        return [
            self._result(dict(parts)) for shape, nodes in pairs for parts in _evaluated(shape, data, nodes)
        ]

    def result(self, rule: str, *, focus: object, path: object, value: object) -> Result:
        """A result of a rule that the program applies itself; its messages and severity are the shape's."""
        shape = self.graph.value(predicate=DCTERMS.identifier, object=rdflib.Literal(rule))
        return self._result(
            {
                SH.sourceShape: shape,
                SH.resultSeverity: self.graph.value(shape, SH.severity, default=SH.Violation),
                SH.focusNode: as_rdflib(focus),
                SH.resultPath: as_rdflib(path),
                SH.value: as_rdflib(value),
                SH.sourceConstraintComponent: SH.PatternConstraintComponent,
            }
        )

    def _result(self, parts: Mapping[rdflib.URIRef, Any]) -> Result:
        shape = parts[SH.sourceShape]
        rule, identifier = self._rule(shape)
        value, path = parts.get(SH.value), parts.get(SH.resultPath)
        messages = (
            self._messages(parts.get(SH.sourceConstraint)) or self._messages(shape) or self._messages(rule)
        )
        filled = {"value": _plain(value), "path": _plain(path), "this": _plain(parts[SH.focusNode])}
        return Result(
            rule=identifier,
            severity=_SEVERITIES.get(parts[SH.resultSeverity], Severity.VIOLATION),
            focus=str(to_ox(parts[SH.focusNode])),
            path=str(to_ox(path)) if isinstance(path, rdflib.URIRef) else None,
            value=str(to_ox(value)) if value is not None else None,
            message={language: _filled(text, filled) for language, text in messages.items()},
            shape=str(shape),
            component=str(parts[SH.sourceConstraintComponent]),
            severity_iri=str(parts[SH.resultSeverity]),
        )

    def _read_rule(self, shape: Any) -> tuple[Any, str]:
        rule = self.graph.value(shape, DCTERMS.isPartOf) or shape
        return rule, str(self.graph.value(rule, DCTERMS.identifier, default=rule))

    def _read_messages(self, node: Any) -> dict[Language, str]:
        found: dict[Language, str] = {}
        for text in self.graph.objects(node, SH.message) if node is not None else ():
            match getattr(text, "language", None):
                case "th" | "en" as language:
                    found[language] = str(text)
        return found


def _evaluated(
    shape: Shape, data: Everything, focus: list[Any] | None
) -> Iterator[Iterable[tuple[Any, Any]]]:
    """Each result of the shape at these nodes, else at all its targets, as (predicate, object) pairs."""
    try:
        _, results = shape.validate(SHACLExecutor(), data, focus=focus)
    except (ValidationFailure, ReportableRuntimeError) as error:
        raise StoreFailed(
            th=f"ใช้กฎ {shape.node} ไม่ได้: {error}", en=f"the shape {shape.node} failed: {error}"
        ) from error
    for _, node, triples in results:
        yield [(p, o[1] if isinstance(o, tuple) else o) for s, p, o in triples if s == node]


def _declare_imported(graph: rdflib.Graph) -> None:
    """Prefixes are taken from what is imported too (SHACL, section 5.2.1), which pySHACL leaves out."""
    for node in set(graph.subjects(SH.declare)):
        for imported in set(graph.transitive_objects(node, OWL.imports)):
            for one in set(graph.objects(imported, SH.declare)):
                graph.add((node, SH.declare, one))


def as_rdflib(term: object) -> Any:
    """A term in N-Triples form, or one of Oxigraph's, as rdflib has it."""
    return from_n3(str(term))


def _plain(term: Any) -> str:
    return "" if term is None else str(term)


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{?{name}}}", value).replace(f"{{${name}}}", value)
    return text
