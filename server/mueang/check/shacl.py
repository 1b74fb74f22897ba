"""Judges a store by the shapes, with pySHACL; which shapes look at which node is found here.

pySHACL looks for the targets of every shape in the whole graph and leaves blank nodes out of a given choice
of focus nodes. Here each shape is handed the nodes of the submission that it targets, so that the cost follows
the submission. Without a submission every shape looks at all its targets.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import rdflib
from pyoxigraph import BlankNode, NamedNode, Store
from pyshacl import Shape, ShapesGraph
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from pyshacl.monkey import apply_patches
from pyshacl.pytypes import SHACLExecutor
from rdflib.namespace import DCTERMS, SH
from rdflib.util import from_n3

from mueang.check.report import Severity
from mueang.errors import Language, StoreFailed

Node = NamedNode | BlankNode
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_SEVERITIES = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


@dataclass(frozen=True)
class Result:
    """One validation result (SHACL, section 3.6.2), its terms in N-Triples form."""

    rule: str
    severity: Severity
    focus: str
    path: str | None
    value: str | None
    message: Mapping[Language, str]
    shape: str
    component: str


class Shapes:
    """The rules, read once and used for many checks (one at a time: pySHACL is not thread-safe)."""

    def __init__(self, texts: Iterable[bytes]) -> None:
        rdflib.NORMALIZE_LITERALS = False
        logging.getLogger("rdflib.term").setLevel(
            logging.ERROR
        )  # it logs a traceback for each impossible date
        apply_patches()  # type: ignore[no-untyped-call]
        self.graph = rdflib.Graph()
        for text in texts:
            self.graph.parse(data=text, format="turtle")
        self._shapes = ShapesGraph(self.graph)

    def judge(self, store: Store, focus: Collection[Node] | None = None) -> list[Result]:
        """What the shapes find in the store at these nodes; without nodes, at every target."""
        data = _data_graph(store)
        targets = None if focus is None else [_Targeted(store, node) for node in focus]
        return [
            self._result(dict(parts))
            for shape in self._targeting
            for parts in _evaluated(shape, data, targets)
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

    @cached_property
    def _targeting(self) -> list[Shape]:
        return [shape for shape in self._shapes.shapes if any(shape.target())]

    def _result(self, parts: Mapping[rdflib.URIRef, Any]) -> Result:
        shape = parts[SH.sourceShape]
        rule = self.graph.value(shape, DCTERMS.isPartOf) or shape
        value, path = parts.get(SH.value), parts.get(SH.resultPath)
        messages = (
            self._messages(parts.get(SH.sourceConstraint)) or self._messages(shape) or self._messages(rule)
        )
        filled = {"value": _plain(value), "path": _plain(path), "this": _plain(parts[SH.focusNode])}
        return Result(
            rule=str(self.graph.value(rule, DCTERMS.identifier, default=rule)),
            severity=_SEVERITIES[parts[SH.resultSeverity]],
            focus=parts[SH.focusNode].n3(),
            path=path.n3() if path is not None else None,
            value=value.n3() if value is not None else None,
            message={language: _filled(text, filled) for language, text in messages.items()},
            shape=str(shape),
            component=str(parts[SH.sourceConstraintComponent]),
        )

    def _messages(self, node: Any) -> dict[Language, str]:
        found: dict[Language, str] = {}
        for text in self.graph.objects(node, SH.message) if node is not None else ():
            match getattr(text, "language", None):
                case "th" | "en" as language:
                    found[language] = str(text)
        return found


class _Targeted:
    """A node of the submission with what decides which shapes target it (SHACL, section 2.1.3)."""

    def __init__(self, store: Store, node: Node) -> None:
        self.term = rdflib.BNode(node.value) if isinstance(node, BlankNode) else rdflib.URIRef(node.value)
        types = [quad.object for quad in store.quads_for_pattern(node, _TYPE, None)]
        self._classes = {rdflib.URIRef(found.value) for found in _with_superclasses(store, types)}
        self._subject_of = {
            rdflib.URIRef(quad.predicate.value) for quad in store.quads_for_pattern(node, None, None)
        }
        self._object_of = {
            rdflib.URIRef(quad.predicate.value) for quad in store.quads_for_pattern(None, None, node)
        }

    def by(self, shape: Shape) -> bool:
        """Whether the shape targets this node."""
        nodes, classes, implicit, objects_of, subjects_of = map(set, shape.target())  # type: ignore[no-untyped-call]
        return bool(
            self.term in nodes
            or self._classes & (classes | implicit)
            or self._object_of & objects_of
            or self._subject_of & subjects_of
        )


def _with_superclasses(store: Store, types: list[Any]) -> set[NamedNode]:
    found: set[NamedNode] = set()
    while types:
        one = types.pop()
        if isinstance(one, NamedNode) and one not in found:
            found.add(one)
            types += [quad.object for quad in store.quads_for_pattern(one, _SUBCLASS, None)]
    return found


def _evaluated(
    shape: Shape, data: DataGraph, targets: list[_Targeted] | None
) -> Iterator[Iterable[tuple[Any, Any]]]:
    """Each result of the shape as (predicate, object) pairs."""
    focus = None if targets is None else [target.term for target in targets if target.by(shape)]
    if focus is not None and not focus:
        return
    try:
        _, results = shape.validate(SHACLExecutor(), data, focus=focus)
    except (ValidationFailure, ReportableRuntimeError) as error:
        raise StoreFailed(
            th=f"ใช้กฎ {shape.node} ไม่ได้: {error}", en=f"the shape {shape.node} failed: {error}"
        ) from error
    for _, node, triples in results:
        yield [(p, o[1] if isinstance(o, tuple) else o) for s, p, o in triples if s == node]


def _data_graph(store: Store) -> DataGraph:
    """The store as pySHACL sees it, always true: it asks `if data_graph`, which would count the store each time."""
    data = DataGraph.from_oxigraph_store(store)
    data.default_union = True  # type: ignore[misc]
    data.__class__ = type("Graph", (data.__class__,), {"__bool__": lambda _: True})
    return data


def as_rdflib(term: object) -> Any:
    """A term in N-Triples form, or one of Oxigraph's, as rdflib has it."""
    return from_n3(str(term))


def _plain(term: Any) -> str:
    return "" if term is None else str(term)


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{?{name}}}", value).replace(f"{{${name}}}", value)
    return text
