"""Finds the place in a submission that a finding is about: of a value, a property, or the thing itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from mueang.check.place import Place

Triple = tuple[str, str, str]
Places = Mapping[Triple, Place]
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_AS_WRITTEN = (
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
)
_MOST_NEAR = 1000
_EMPTY = ""  # what a table has in a cell without a value


def as_triple(quad: Quad) -> Triple:
    """A statement in N-Triples form."""
    return str(quad.subject), str(quad.predicate), str(quad.object)


class Locator:
    """The statements of a submission by what they are about, with the places of their parts."""

    def __init__(self, quads: Sequence[Quad], values: Places, predicates: Places, subjects: Places) -> None:
        self._quads = quads
        self._values = values
        self._predicates = predicates
        self._subjects = subjects

    def find(self, focus: str, path: str | None, value: str | None) -> Place | None:
        """The value's place, else the property's, else the thing's own, else that of what points at it."""
        found = chain(
            self._of_value(focus, path, value), self._of_property(focus, path), self._of_thing(focus)
        )
        return next(filter(None, found), None)

    def _of_value(self, focus: str, path: str | None, value: str | None) -> Iterator[Place | None]:
        if value is None:
            return
        yield self._values.get((focus, path or "", value))
        same = self._same.get((focus, self._form(value)), ())
        yield from (self._values.get(triple) for triple in same if triple[1] == path)
        if (focus, path) not in self._property:
            yield from map(self._values.get, same)
            yield from self._of_property(focus, value)
            yield from self._farther(focus, self._form(value))

    def _of_property(self, focus: str, path: str | None) -> Iterator[Place | None]:
        if triple := self._property.get((focus, path)):
            yield self._predicates.get(triple) or self._values.get(triple)
        yield self._values.get((focus, path or "", _EMPTY))

    def _of_thing(self, focus: str) -> Iterator[Place | None]:
        own = self._about.get(focus, ())
        for triple in chain((triple for triple in own if triple[1] == _TYPE), own):
            yield self._subjects.get(triple) or self._values.get(triple)
        yield from map(self._values.get, self._pointing_at.get(focus, ()))
        yield from map(self._predicates.get, self._using.get(focus, ()))

    def _farther(self, focus: str, form: str) -> Iterator[Place | None]:
        """The value as one of what the thing points at, or of what points at it."""
        objects = (triple[2] for triple in self._about.get(focus, ()))
        subjects = (triple[0] for triple in self._pointing_at.get(focus, ()))
        for near in islice(chain(objects, subjects), _MOST_NEAR):
            yield from map(self._values.get, self._same.get((near, form), ()))

    @cached_property
    def _triples(self) -> list[Triple]:
        return list(map(as_triple, self._quads))

    @cached_property
    def _property(self) -> dict[tuple[str, str | None], Triple]:
        """The first statement of a thing with a property."""
        return {(triple[0], triple[1]): triple for triple in reversed(self._triples)}

    @cached_property
    def _about(self) -> dict[str, list[Triple]]:
        return _grouped(self._triples, 0)

    @cached_property
    def _using(self) -> dict[str, list[Triple]]:
        return _grouped(self._triples, 1)

    @cached_property
    def _pointing_at(self) -> dict[str, list[Triple]]:
        return _grouped(self._triples, 2)

    @cached_property
    def _same(self) -> dict[tuple[str, str], list[Triple]]:
        """The statements of a thing with a value, whatever its form."""
        found = defaultdict[tuple[str, str], list[Triple]](list)
        for triple in self._triples:
            found[triple[0], self._forms.get(triple[2], triple[2])].append(triple)
        return found

    @cached_property
    def _forms(self) -> dict[str, str]:
        """The literals that the store writes in another form than the submission: 1.5 for 1.50."""
        return stored_forms([quad.object for quad in self._quads if isinstance(quad.object, Literal)])

    def _form(self, term: str) -> str:
        """The form in which the store has a term that is written as N-Triples or Turtle."""
        try:
            (triple,) = parse(f"<a:a> <a:a> {term} .", format=RdfFormat.TURTLE)
        except (SyntaxError, ValueError):
            return term
        value = triple.object
        return stored_forms([value]).get(str(value), str(value)) if isinstance(value, Literal) else term


def _grouped(triples: list[Triple], part: int) -> dict[str, list[Triple]]:
    found = defaultdict[str, list[Triple]](list)
    for triple in triples:
        found[triple[part]].append(triple)
    return found


def stored_forms(literals: Iterable[Literal]) -> dict[str, str]:
    """The literals that have a form of their own in the store, as they are written, with that form."""
    distinct = {str(one): one for one in literals if one.datatype.value not in _AS_WRITTEN}
    number = {f"a:{index}": text for index, text in enumerate(distinct)}
    store = Store()
    store.extend(Quad(NamedNode(name), NamedNode("a:a"), distinct[text]) for name, text in number.items())
    return {number[quad.subject.value]: str(quad.object) for quad in store}
