"""The elements of RDF/XML that are open at some place, with the places of their names and attributes."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import unescape

from mueang.check.span import Stretch

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PARTS = re.compile(r"""(?P<name>[^\s=<>"'/]+)\s*=\s*["'](?P<value>(?:(?<=")[^"]*|(?<=')[^']*))""")
_NAMES_OF_NODE = frozenset({f"{RDF}about", f"{RDF}ID", f"{RDF}nodeID"})
_NAMES_OF_OBJECT = frozenset({f"{RDF}resource", f"{RDF}nodeID"})


class Attribute(NamedTuple):
    """An attribute: its name with the namespace in full, and where name and value stand."""

    iri: str
    text: str
    name: Stretch
    value: Stretch


@dataclass
class Element:
    """An element that is open: a node, a property, or neither."""

    iri: str
    role: str
    name: Stretch
    attributes: list[Attribute]
    namespaces: Mapping[str, str]
    tag: Stretch
    parent: "Element | None"
    nodes: list[Stretch] = field(default_factory=list)

    def _attribute(self, iris: Collection[str]) -> Stretch | None:
        return next((one.value for one in self.attributes if one.iri in iris), None)

    @property
    def kind(self) -> str:
        """What rdf:parseType says of a property."""
        return next((one.text for one in self.attributes if one.iri == f"{RDF}parseType"), "")

    @property
    def identity(self) -> Stretch:
        """Where a node says what it is: its address, else its name."""
        return self._attribute(_NAMES_OF_NODE) or self.name

    @property
    def named_object(self) -> Stretch | None:
        """Where a property says what it points at, if an attribute does."""
        return self._attribute(_NAMES_OF_OBJECT)


def element_of(tag: re.Match[str], parent: Element | None) -> Element:
    """The element that a tag opens; the match has the groups `name` and `attributes`."""
    parts = list(_PARTS.finditer(tag["attributes"]))
    known = _namespaces(parts, parent.namespaces if parent else {})
    at = tag.start("attributes")
    attributes = [
        Attribute(
            _full(one["name"], known),
            one["value"],
            _moved(one.span("name"), at),
            _moved(one.span("value"), at),
        )
        for one in parts
    ]
    iri = _full(tag["name"] if ":" in tag["name"] else f":{tag['name']}", known)
    element = Element(iri, _role(iri, parent), tag.span("name"), attributes, known, tag.span(), parent)
    if parent and element.role == "node":
        parent.nodes.append(element.identity)
    return element


def _namespaces(attributes: Sequence[re.Match[str]], outer: Mapping[str, str]) -> Mapping[str, str]:
    own = {
        one["name"].removeprefix("xmlns").removeprefix(":"): one["value"]
        for one in attributes
        if one["name"] == "xmlns" or one["name"].startswith("xmlns:")
    }
    return {**outer, **own} if own else outer


def _full(name: str, namespaces: Mapping[str, str]) -> str:
    prefix, colon, local = name.partition(":")
    return unescape(namespaces.get(prefix, "")) + local if colon else name


def _moved(stretch: Stretch, by: int) -> Stretch:
    return stretch[0] + by, stretch[1] + by


def _role(iri: str, parent: Element | None) -> str:
    """What an element is: nodes and properties take turns, unless rdf:parseType says otherwise."""
    if parent is None:
        return "root" if iri == f"{RDF}RDF" else "node"
    if parent.role in ("root", "property"):
        return {"Resource": "property", "Literal": "literal"}.get(parent.kind, "node")
    return "property" if parent.role == "node" else parent.role
