"""What a submission may not touch: graphs of others, terms and lists, reference data, what would make two things one.

Looked at before anything else, since a file that changes the terms or the reference data changes what the shapes
see. Which patterns and properties are meant stands in the rules themselves, T01 to T05.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import DCTERMS, SH

from mueang.check.reader import Submission
from mueang.check.shacl import Result, Shapes
from mueang.graph.names import BASE, GRAPH

_GRAPHS, _TERMS, _REFERENCE, _ONE, _ADDRESS, _WAITS = "T01", "T02", "T03", "T04", "T05", "T06"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SAME = "http://www.w3.org/2002/07/owl#sameAs"
_ANY_URI = "http://www.w3.org/2001/XMLSchema#anyURI"
_SUBMITTED = GRAPH + "submission/"


@dataclass(frozen=True)
class _Broken:
    """A rule, or a part of one, that a statement breaks, with the value to be shown."""

    rule: str
    value: object


def forbidden(submission: Submission, known: Store, shapes: Shapes) -> list[Result]:
    """A result for each statement that touches what it may not, and one that says that the rest waits."""
    touch = _Touch(submission, known, _Bounds(shapes))
    found = [
        shapes.result(broken.rule, focus=quad.subject, path=quad.predicate, value=broken.value)
        for quad in submission.quads
        for broken in touch.first_by(quad)
    ]
    if found:
        graph = submission.quads[0].graph_name
        found.append(shapes.result(_WAITS, focus=graph, path=_TYPE, value=graph))
    return found


class _Bounds:
    """The patterns and properties named in the rules."""

    def __init__(self, shapes: Shapes) -> None:
        self._graph = shapes.graph
        self.graphs = self._pattern(_GRAPHS)
        self.terms = self._pattern(_TERMS)
        self.reference = self._pattern(_REFERENCE)
        self.address = self._pattern(_ADDRESS)
        self.of_terms = self._properties(_TERMS)
        self.of_reference = self._properties(_REFERENCE)
        self.kinds = {str(kind) for kind in self._graph.objects(None, SH.targetClass)}

    def _pattern(self, rule: str) -> re.Pattern[str]:
        return re.compile(str(self._graph.value(self._node(rule), SH.pattern)))

    def _properties(self, rule: str) -> dict[str, str]:
        """The properties a rule names, each with the identifier of the part that names it."""
        return {
            str(self._graph.value(part, SH.path)): str(self._graph.value(part, DCTERMS.identifier))
            for part in self._graph.objects(self._node(rule), SH.property)
        }

    def _node(self, rule: str) -> rdflib.term.Node | None:
        return self._graph.value(predicate=DCTERMS.identifier, object=rdflib.Literal(rule))


class _Touch:
    """Which rules a statement of the submission breaks."""

    def __init__(self, submission: Submission, known: Store, bounds: _Bounds) -> None:
        self._known = known
        self._bounds = bounds
        graphs = {quad.graph_name for quad in submission.quads}
        self._own = {graph for graph in graphs if self._is_own(graph)}
        self._of_reference: dict[NamedNode, bool] = {}
        self._told: set[_Broken] = set()

    def first_by(self, quad: Quad) -> Iterator[_Broken]:
        """What the statement breaks; a graph or a term that is not to be touched is told once."""
        for broken in self._by(quad):
            if broken not in self._told:
                yield broken
            if broken.rule in (_GRAPHS, _TERMS):
                self._told.add(broken)

    def _by(self, quad: Quad) -> Iterator[_Broken]:
        if quad.graph_name not in self._own:
            yield _Broken(_GRAPHS, quad.graph_name)
            return
        yield from self._terms(quad)
        yield from self._reference(quad)
        if self._makes_one(quad):
            yield _Broken(_ONE, quad.object)
        yield from self._addresses(quad)

    def _is_own(self, graph: object) -> bool:
        """Whether a graph is open to a submission: of the right form, and nothing published in it."""
        return (
            isinstance(graph, NamedNode)
            and self._bounds.graphs.search(graph.value) is not None
            and next(self._known.quads_for_pattern(None, None, None, graph), None) is None
        )

    def _terms(self, quad: Quad) -> Iterator[_Broken]:
        """Statements about terms, lists and graphs, and statements that would make something one of them."""
        if self._is_term(quad.subject) and quad.subject not in self._own and not self._is_published(quad):
            yield _Broken(_TERMS, quad.subject)
        elif quad.predicate.value in self._bounds.of_terms and self._is_term(quad.object):
            yield _Broken(self._bounds.of_terms[quad.predicate.value], quad.object)

    def _is_term(self, term: object) -> bool:
        return isinstance(term, NamedNode) and self._bounds.terms.search(term.value) is not None

    def _reference(self, quad: Quad) -> Iterator[_Broken]:
        part = self._bounds.of_reference.get(quad.predicate.value)
        if not part or not isinstance(quad.subject, NamedNode) or self._is_published(quad):
            return
        if quad.predicate == _TYPE and not self._is_kind(quad.object):
            return
        if self._is_reference(quad.subject):
            yield _Broken(part, quad.object)

    def _is_kind(self, term: object) -> bool:
        """Whether a class is one of ours, or one that the rules ask about."""
        return isinstance(term, NamedNode) and (self._is_term(term) or term.value in self._bounds.kinds)

    def _is_reference(self, node: NamedNode) -> bool:
        """Whether the reference data says what the node is."""
        if node not in self._of_reference:
            self._of_reference[node] = any(
                isinstance(quad.graph_name, NamedNode)
                and self._bounds.reference.search(quad.graph_name.value)
                for quad in self._known.quads_for_pattern(node, _TYPE, None)
            )
        return self._of_reference[node]

    def _is_published(self, quad: Quad) -> bool:
        found = self._known.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        return next(found, None) is not None

    def _makes_one(self, quad: Quad) -> bool:
        return (
            quad.predicate.value == _SAME
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
            and quad.subject.value.startswith(BASE)
            and quad.object.value.startswith(BASE)
            and quad.subject != quad.object
        )

    def _addresses(self, quad: Quad) -> Iterator[_Broken]:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(address := _address(term), str) and not self._bounds.address.search(
                address.lower()
            ):
                yield _Broken(_ADDRESS, term)


def _address(term: object) -> str | None:
    """The address that a term is or holds, if any."""
    match term:
        case NamedNode(value=iri):
            return iri
        case Literal(value=text, datatype=datatype) if datatype.value == _ANY_URI and ":" in text:
            return text.strip()
    return None
