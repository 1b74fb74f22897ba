"""Finds the thing that a cell means by a label, a code, a key or an IRI, and says what a cell calls a thing."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from mueang.check.sheets.form import Field
from mueang.errors import Language
from mueang.graph.names import BASE, PREFIXES, shortened

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TSC = PREFIXES["tsc"]
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode(_SKOS + "prefLabel")
_SUBCLASS = NamedNode(_RDFS + "subClassOf")
_SCHEME = NamedNode(_SKOS + "inScheme")
_POSITION = NamedNode("https://schema.org/position")
_NAMES = {LABEL.value, _RDFS + "label", _SKOS + "notation", _TSC + "isoCode", _TSC + "dopaCode"}
_OTHER_NAMES = {_SKOS + "altLabel", _TSC + "abbreviation"}
_LANGUAGES = ("th", "en", "th-latn")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_SHORT = re.compile(r"([a-z][a-z0-9]*):([A-Za-z0-9][A-Za-z0-9_.-]*)")
_NAMED = re.compile(r".*\((?P<short>[a-z][a-z0-9]*:[A-Za-z0-9][A-Za-z0-9_.-]*)\)", re.DOTALL)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_KINDS = sorted({namespace for namespace in PREFIXES.values() if namespace.startswith(BASE + "id/")})
_VOWEL_FIRST = re.compile("([เ-ไ])([ก-ฮ])")


class References:
    """What published things are called. It asks for what it needs, so that its cost is that of the cells."""

    def __init__(self, known: Store) -> None:
        self._known = known
        self._kinds_below = cache(self._below)
        self._meant: dict[tuple[str, str], set[NamedNode]] = {}

    def meant(self, field: Field, text: str) -> set[NamedNode]:
        """The published things that a text can mean in a column; an IRI means itself, whatever it is."""
        plain = " ".join(text.split())
        if (field.iri, plain) not in self._meant:
            iri = written_iri(plain)
            self._meant[field.iri, plain] = {iri} if iri else self._looked_up(field, plain)
        return self._meant[field.iri, plain]

    def _looked_up(self, field: Field, plain: str) -> set[NamedNode]:
        found = {one for one in self._called(plain, _NAMES) if self.fits(field, one)}
        found = found or {one for one in self._with_key(field, plain) if self.fits(field, one)}
        return found or {one for one in self._called(plain, _OTHER_NAMES) if self.fits(field, one)}

    def fits(self, field: Field, node: NamedNode) -> bool:
        """Whether a published thing is of the kinds, the list or the choices of a column."""
        if field.choices:
            return node.value in field.choices
        if field.scheme:
            return self._has(node, _SCHEME, NamedNode(field.scheme))
        return any(self.is_kind(quad.object, field.kinds) for quad in self._about(node, TYPE))

    def is_kind(self, kind: object, wanted: Collection[str]) -> bool:
        """Whether a class is one of these or below one of them."""
        return isinstance(kind, NamedNode) and any(kind.value in self._kinds_below(one) for one in wanted)

    def things(self, field: Field, language: Language) -> list[NamedNode]:
        """Everything published that fits a column: lists in their own order, things by their names."""
        if field.choices:
            return [NamedNode(iri) for iri in field.choices]
        found = set(self._all(field))
        return sorted(found, key=lambda one: (self._position(one), _in_order(self.name(one, language))))

    def name(self, node: NamedNode, language: Language) -> str:
        """The label in the reader's language, else in the other one, else the key."""
        labels = {
            quad.object.language: quad.object.value
            for predicate in (_RDFS + "label", LABEL.value)
            for quad in self._about(node, NamedNode(predicate))
            if isinstance(quad.object, Literal)
        }
        return labels.get(language) or labels.get("th") or labels.get("en") or key_of(node)

    def written(self, field: Field, node: NamedNode, language: Language) -> str:
        """What to write in a column so that it means this thing and no other."""
        name, short = self.name(node, language), shortened(node.value)
        fits_cell = not (field.separator and field.separator in name)
        if fits_cell and self.meant(field, name) == {node}:
            return name
        if short == node.value:
            return short
        return short if not fits_cell or name == key_of(node) else f"{name} ({short})"

    def _all(self, field: Field) -> Iterator[NamedNode]:
        pairs = [(_SCHEME, field.scheme)] if field.scheme else []
        pairs += [(TYPE, kind) for wanted in field.kinds for kind in self._kinds_below(wanted)]
        for predicate, value in pairs:
            for quad in self._known.quads_for_pattern(None, predicate, NamedNode(value), None):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject

    def _called(self, text: str, properties: Collection[str]) -> Iterator[NamedNode]:
        for literal in (Literal(text), *(Literal(text, language=language) for language in _LANGUAGES)):
            for quad in self._known.quads_for_pattern(None, None, literal, None):
                if quad.predicate.value in properties and isinstance(quad.subject, NamedNode):
                    yield quad.subject

    def _with_key(self, field: Field, text: str) -> Iterable[NamedNode]:
        if not _KEY.fullmatch(text):
            return []
        return [NamedNode(space + text) for space in ([field.scheme + "/"] if field.scheme else _KINDS)]

    def _below(self, kind: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [kind]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                quads = self._known.quads_for_pattern(None, _SUBCLASS, NamedNode(one), None)
                waiting += [quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)]
        return frozenset(found)

    def _about(self, node: NamedNode, predicate: NamedNode) -> Iterator[Quad]:
        return self._known.quads_for_pattern(node, predicate, None, None)

    def _has(self, node: NamedNode, predicate: NamedNode, value: NamedNode) -> bool:
        return any(self._known.quads_for_pattern(node, predicate, value, None))

    def _position(self, node: NamedNode) -> int:
        values = (quad.object for quad in self._about(node, _POSITION))
        numbers = (one.value for one in values if isinstance(one, Literal) and one.value.isdecimal())
        return next(map(int, numbers), 0)


def written_iri(text: str) -> NamedNode | None:
    """The IRI that a text writes out: in full, with a known prefix, or in brackets behind a name."""
    if _IRI.fullmatch(text):
        return web_address(text)
    named = _NAMED.fullmatch(text)
    short = _SHORT.fullmatch(named["short"] if named else text)
    return NamedNode(PREFIXES[short[1]] + short[2]) if short and short[1] in PREFIXES else None


def web_address(text: str) -> NamedNode | None:
    """The address that a text is, if it is a well-formed one."""
    try:
        return NamedNode(text) if _IRI.fullmatch(text) else None
    except ValueError:
        return None


def key_of(node: NamedNode | BlankNode | DefaultGraph) -> str:
    """The last part of an IRI."""
    return re.split(r"[/#]", node.value)[-1] if isinstance(node, NamedNode) else ""


def _in_order(name: str) -> str:
    """A name as dictionaries sort it: a vowel written before its consonant counts after it."""
    return _VOWEL_FIRST.sub(r"\2\1", name).casefold()
