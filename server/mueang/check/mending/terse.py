"""Writes repairs into Turtle and TriG, and into N-Triples and N-Quads."""

import re
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.mending.change import Changes, Term, Writer, Written
from mueang.check.span import Span
from mueang.check.terse import declared_prefixes

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{_XSD}string"
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]|\.(?=[A-Za-z0-9_\-]))*")
_BARE = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile("true|false"),
}
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


class Terse(Writer):
    """Writes names with the prefixes that the file declares, numbers and truth values as the file does."""

    def changes(self, span: Span, old: Quad, new: Written) -> Changes:
        """New words for the predicate's and the object's token; the predicate of a list's item is not written."""
        if new.predicate == old.predicate:
            return {span.whole: self._object(span, new.object)}
        if span.predicate == span.object:
            return {}
        predicate = {span.predicate: self._name(new.predicate, span.predicate[0])}
        return (
            predicate
            if new.object == old.object
            else {**predicate, span.whole: self._object(span, new.object)}
        )

    def _object(self, span: Span, term: Term) -> str:
        at = span.whole[0]
        if isinstance(term, NamedNode):
            return self._name(term, at)
        plain = _BARE.get(term.datatype.value)
        if plain and self.text[at] not in "\"'<" and plain.fullmatch(term.value):
            return term.value
        return self._quoted(term, at) + self._suffix(term, at)

    def _quoted(self, literal: Literal, at: int) -> str:
        if self.text.startswith(('"""', "'''"), at):
            return '"""' + literal.value.replace("\\", r"\\").replace('"', r"\"").replace("\r", r"\r") + '"""'
        return f'"{literal.value.translate(_ESCAPES)}"'

    def _suffix(self, literal: Literal, at: int) -> str:
        if literal.language:
            return f"@{literal.language}"
        return "" if literal.datatype.value == _STRING else f"^^{self._name(literal.datatype, at)}"

    def _name(self, node: NamedNode, at: int) -> str:
        known = {prefix: namespace for start, prefix, namespace in self._prefixes if start < at}
        for prefix, namespace in known.items():
            if node.value.startswith(namespace) and _LOCAL.fullmatch(node.value, len(namespace)):
                return f"{prefix}:{node.value[len(namespace) :]}"
        return str(node)

    @cached_property
    def _prefixes(self) -> list[tuple[int, str, str]]:
        return list(declared_prefixes(self.text))


class Lines(Terse):
    """Writes IRIs in full and every literal in quotes."""

    def _name(self, node: NamedNode, at: int) -> str:  # noqa: ARG002
        return str(node)
