"""Writes repairs into RDF/XML."""

import re
from functools import cached_property
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.mending.change import Changes, Term, Writer, Written, same_kind
from mueang.check.rdfxml import closing_name
from mueang.check.span import Span

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_DECLARED = re.compile(r"""\sxmlns(?::([^\s=]+))?\s*=\s*["']([^"'<]*)["']""")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_SIMPLE = re.compile(r"<[^<>]*/>|<[^<>]*>[^<]*</[^<>]*>")


class Xml(Writer):
    """Writes a text or address in its place where nothing else changes, else the whole element."""

    def changes(self, span: Span, old: Quad, new: Written) -> Changes:
        """New words for an attribute's value, an element's text, its name, or the element."""
        is_element = self.text[span.whole[0]] == "<"
        if new.predicate == old.predicate:
            return self._in_place(span, old, new.object) or (self._element(span, new) if is_element else {})
        if new.object != old.object:
            return self._element(span, new) if is_element else {}
        name = self._name(new.predicate)
        return self._renamed(span.predicate, name, is_element=is_element) if name else {}

    def _in_place(self, span: Span, old: Quad, new: Term) -> Changes:
        before = self.text[span.object[0] - 1]
        if span.object == span.predicate:
            return self._typed(span, new)
        if isinstance(new, NamedNode):
            own = self.text[span.whole[0]] != "<" or _SIMPLE.fullmatch(self.text, *span.whole)
            in_attribute = isinstance(old.object, NamedNode) and before in "\"'" and own
            return {span.object: quoteattr(new.value)[1:-1]} if in_attribute else {}
        if not same_kind(old.object, new) or "<" in self.text[slice(*span.object)]:
            return {}
        return {span.object: _within(new.value, before)}

    def _typed(self, span: Span, new: Term) -> Changes:
        """A node whose element's name is its class."""
        name = self._name(new) if isinstance(new, NamedNode) else ""
        if not name or self.text[span.whole[0]] == "<":
            return {}
        return self._renamed(span.object, name, is_element=True)

    def _renamed(self, at: tuple[int, int], name: str, *, is_element: bool) -> Changes:
        end = closing_name(self.text, at[0] - 1) if is_element else None
        return {at: name, end: name} if end else {at: name}

    def _element(self, span: Span, new: Written) -> Changes:
        name = self._name(new.predicate)
        if not name or not _SIMPLE.fullmatch(self.text, *span.whole):
            return {}
        rdf = self._prefixes.get(_RDF, "rdf")
        if isinstance(new.object, NamedNode):
            return {span.whole: f"<{name} {rdf}:resource={quoteattr(new.object.value)}/>"}
        return {span.whole: f"<{name}{self._about(new.object, rdf)}>{escape(new.object.value)}</{name}>"}

    def _name(self, node: NamedNode) -> str:
        """The name of a class or property under a prefix that the file declares, or nothing."""
        for namespace, prefix in self._prefixes.items():
            if node.value.startswith(namespace) and _LOCAL.fullmatch(node.value, len(namespace)):
                return f"{prefix}:{node.value[len(namespace) :]}"
        return ""

    def _about(self, literal: Literal, rdf: str) -> str:
        """The attribute for a language or datatype; a plain text is kept from the language of what is around it."""
        if literal.language:
            return f" xml:lang={quoteattr(literal.language)}"
        if literal.datatype.value == _STRING and "xml:lang" not in self.text:
            return ""
        return f" {rdf}:datatype={quoteattr(literal.datatype.value)}"

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        """Prefixes by namespace, as far as they mean the same throughout."""
        found = [(prefix, namespace) for prefix, namespace in _DECLARED.findall(self.text) if prefix]
        meanings = {prefix: {space for one, space in found if one == prefix} for prefix, _ in found}
        return {space: prefix for prefix, space in found if len(meanings[prefix]) == 1}


def _within(text: str, before: str) -> str:
    return quoteattr(text, {'"': "&quot;", "'": "&apos;"})[1:-1] if before in "\"'" else escape(text)
