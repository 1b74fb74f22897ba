"""All graphs of a store as one graph of rdflib, as pySHACL reads data, with what its own lacks."""

from collections.abc import Generator
from typing import Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Store
from pyshacl import graph_abstraction
from pyshacl.graph_abstraction import OxigraphDataGraph

from mueang.check.namesakes import PREFERRED, Names
from mueang.check.together import bound


class Everything(OxigraphDataGraph):
    """A store for pySHACL."""

    def __init__(self, store: Store, names: Names | None = None) -> None:
        super().__init__(store)
        self._named, self._names = store, names
        self.default_union = True  # type: ignore[misc]

    def __bool__(self) -> bool:
        """True: pySHACL asks `if data_graph`, which would count the store each time."""
        return True

    def objects(  # type: ignore[override]
        self, subject: Any, predicate: Any, unique: bool = False
    ) -> Generator[Any, None, None]:
        """None of a literal, of which the store refuses to be asked (`a "SmartCityArea"` under sh:class)."""
        if not isinstance(subject, rdflib.Literal):
            yield from super().objects(subject, predicate, unique)

    def may_have_namesake(self, node: rdflib.URIRef) -> bool:
        """Whether another thing has one of the node's names, spaces apart; True where no names are kept."""
        if self._names is None:
            return True
        thing = NamedNode(str(node))
        return self._names.shared(thing, self._named.quads_for_pattern(thing, PREFERRED, None))

    def query_oxigraph(self, query_object: str, *_: Any, **options: Any) -> Any:
        """The answer; Oxigraph binds no variable that is not selected, and none for an inner group: VALUES do."""
        given = options.pop("initBindings", None) or {}
        unnamed = {name: term for name, term in given.items() if isinstance(term, BlankNode)}
        named = {name: str(term) for name, term in given.items() if name not in unnamed}
        query = bound(query_object, named) if named else query_object
        return super().query_oxigraph(query, initBindings=unnamed, **options)


_STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
_to_rdf = graph_abstraction.to_rdf


def to_rdf(term: Any) -> Any:
    """A term of the store as rdflib parses it: a text is `"x"`, not `"x"^^xsd:string`, which rdflib takes for another.

    sh:in and sh:hasValue compare with what rdflib has parsed, the shapes.
    """
    if isinstance(term, Literal) and term.datatype == _STRING:
        return rdflib.Literal(term.value)
    return _to_rdf(term)


def install() -> None:
    """Makes pySHACL read the store's terms that way."""
    graph_abstraction.to_rdf = to_rdf
    graph_abstraction.convert_quad_to_rdflib = lambda quad: tuple(map(to_rdf, quad))
