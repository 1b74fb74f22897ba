"""Which shapes look at which nodes of a submission (SHACL, section 2.1.3), by an index made once.

pySHACL looks for the targets of every shape in the whole graph; here the cost follows the submission.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import rdflib
from pyoxigraph import BlankNode, NamedNode, Store
from pyshacl import Shape

Node = NamedNode | BlankNode
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class Targets:
    """The shapes that have targets, to be found by what makes a node one of them."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._shapes_for: defaultdict[tuple[str, str], list[Shape]] = defaultdict(list)
        for shape in shapes:
            for key in dict.fromkeys(_keys(shape)):
                self._shapes_for[key].append(shape)
        self.shapes = list(dict.fromkeys(one for found in self._shapes_for.values() for one in found))
        self._object_of = [NamedNode(term) for what, term in self._shapes_for if what == "object of"]

    def among(self, store: Store, focus: Collection[Node]) -> Iterator[tuple[Shape, list[rdflib.term.Node]]]:
        """Each shape that targets any of these nodes, with the nodes it targets."""
        nodes: defaultdict[Shape, dict[rdflib.term.Node, None]] = defaultdict(dict)
        classes = _Classes(store)
        for node in focus:
            term = rdflib.BNode(node.value) if isinstance(node, BlankNode) else rdflib.URIRef(node.value)
            for key in self._of(store, node, classes):
                for shape in self._shapes_for.get(key, ()):
                    nodes[shape][term] = None
        return ((shape, list(nodes[shape])) for shape in self.shapes if shape in nodes)

    def _of(self, store: Store, node: Node, classes: "_Classes") -> Iterator[tuple[str, str]]:
        yield "node", node.value
        said = list(store.quads_for_pattern(node, None, None))
        for predicate in {quad.predicate for quad in said}:
            yield "subject of", predicate.value
        for quad in said:
            if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
                yield from (("class", found.value) for found in classes.above(quad.object))
        for predicate in self._object_of:
            if any(True for _ in store.quads_for_pattern(None, predicate, node)):
                yield "object of", predicate.value


class _Classes:
    """The superclasses of the classes met in one check, each looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[NamedNode, set[NamedNode]] = {}

    def above(self, one: NamedNode) -> set[NamedNode]:
        """The class and every class above it."""
        if one not in self._found:
            self._found[one] = self._climbed(one)
        return self._found[one]

    def _climbed(self, one: NamedNode) -> set[NamedNode]:
        found: set[NamedNode] = set()
        waiting = [one]
        while waiting:
            if (current := waiting.pop()) not in found:
                found.add(current)
                above = (quad.object for quad in self._store.quads_for_pattern(current, _SUBCLASS, None))
                waiting += [higher for higher in above if isinstance(higher, NamedNode)]
        return found


def _keys(shape: Shape) -> Iterator[tuple[str, str]]:
    nodes, classes, implicit, objects_of, subjects_of = shape.target()  # type: ignore[no-untyped-call]
    yield from (("node", str(term)) for term in nodes)
    yield from (("class", str(term)) for term in (*classes, *implicit))
    yield from (("object of", str(term)) for term in objects_of)
    yield from (("subject of", str(term)) for term in subjects_of)
