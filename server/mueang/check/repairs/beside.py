"""What a mender may look at: the graph with the submission in it, and what the rules expect of a property."""

import re
from dataclasses import dataclass

import rdflib
from pyoxigraph import Literal, NamedNode, Store
from rdflib.namespace import DCTERMS, RDFS, SH

from mueang.graph.names import GRAPH

_ONTOLOGY = GRAPH + "ontology"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


@dataclass(frozen=True)
class Expected:
    """What the shapes say of a property's values: datatype, class, lists, node kind, and the bounds of a number."""

    datatypes: frozenset[str]
    classes: frozenset[str]
    lists: frozenset[str]
    kinds: frozenset[str]
    least: str | None
    most: str | None

    @property
    def is_resource(self) -> bool:
        """Whether the values are things, not texts or numbers."""
        return bool(self.classes or self.lists or str(SH.IRI) in self.kinds)


class Beside:
    """The store and the rules beside a statement."""

    def __init__(self, store: Store, rules: rdflib.Graph) -> None:
        self.store = store
        self._rules = rules
        self._expected: dict[str, Expected] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def expected(self, path: NamedNode) -> Expected:
        """What the rules expect of the values of a property."""
        if path.value not in self._expected:
            self._expected[path.value] = self._read(rdflib.URIRef(path.value))
        return self._expected[path.value]

    def _read(self, path: rdflib.URIRef) -> Expected:
        shapes = [
            shape
            for shape in self._rules.subjects(SH.path, path)
            if (shape, DCTERMS.isPartOf, None) in self._rules
        ]

        def said(predicate: rdflib.URIRef) -> frozenset[str]:
            return frozenset(
                str(value) for shape in shapes for value in self._rules.objects(shape, predicate)
            )

        return Expected(
            said(SH.datatype),
            said(SH["class"]),
            said(RDFS.seeAlso),
            said(SH.nodeKind),
            max(said(SH.minInclusive), default=None),
            min(said(SH.maxInclusive), default=None),
        )

    def terms(self, kind: str) -> frozenset[str]:
        """What the ontology declares to be of a class whose name ends so: all properties, all classes, all terms."""
        if kind not in self._terms:
            self._terms[kind] = frozenset(
                quad.subject.value
                for graph in self.store.named_graphs()
                if isinstance(graph, NamedNode) and graph.value.startswith(_ONTOLOGY)
                for quad in self.store.quads_for_pattern(None, _TYPE, None, graph)
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
                if quad.object.value.endswith(kind)
            )
        return self._terms[kind]

    def is_described(self, node: NamedNode) -> bool:
        """Whether anything says what the node is."""
        return next(self.store.quads_for_pattern(node, _TYPE, None), None) is not None

    def is_a(self, node: NamedNode, kinds: frozenset[str]) -> bool:
        """Whether the node is of one of these classes, or of one below them."""
        ahead = [quad.object for quad in self.store.quads_for_pattern(node, _TYPE, None)]
        seen = set()
        while ahead:
            kind = ahead.pop()
            if isinstance(kind, NamedNode) and kind not in seen:
                seen.add(kind)
                ahead += [quad.object for quad in self.store.quads_for_pattern(kind, _SUBCLASS, None)]
        return not kinds.isdisjoint(kind.value for kind in seen)

    def words(self, kinds: frozenset[str]) -> list[tuple[str, str]]:
        """The classes at and below these, each with the words its label gives for it (อำเภอหรือเขต gives two)."""
        below = dict.fromkeys(map(NamedNode, sorted(kinds)))
        ahead = list(below)
        while ahead:
            found = [quad.subject for quad in self.store.quads_for_pattern(None, _SUBCLASS, ahead.pop())]
            fresh = [kind for kind in found if isinstance(kind, NamedNode) and kind not in below]
            below |= dict.fromkeys(fresh)
            ahead += fresh
        return [
            (kind.value, word)
            for kind in below
            for quad in self.store.quads_for_pattern(kind, _LABEL, None)
            if isinstance(quad.object, Literal)
            for word in re.split("หรือ| or ", quad.object.value)
        ]

    def sample(self, kind: str) -> NamedNode | None:
        """Some thing of a class, to see how its like are named."""
        quads = self.store.quads_for_pattern(None, _TYPE, NamedNode(kind))
        return next((quad.subject for quad in quads if isinstance(quad.subject, NamedNode)), None)
