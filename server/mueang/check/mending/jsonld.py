"""Writes repairs into JSON-LD."""

import json
import re
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from mueang.check.jsontext import read_json
from mueang.check.mending.change import Changes, Term, Writer, Written, same_kind
from mueang.check.span import Span, Stretch

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


class Json(Writer):
    """Writes only the text where nothing but the text changes, else a whole value."""

    def changes(self, span: Span, old: Quad, new: Written) -> Changes:
        """New words for the key and the value."""
        found = dict[Stretch, str]()
        if new.predicate != old.predicate:
            if span.predicate == span.object or _TYPE in (old.predicate.value, new.predicate.value):
                return {}
            key = self._key(span, old.predicate, new.predicate)
            if not self._is_free(span.predicate, key):
                return {}
            found[span.predicate] = _quoted(key)
        if new.object != old.object:
            value = self._value(span, old, new.object)
            if not value:
                return {}
            found |= value
        return found

    def _key(self, span: Span, old: NamedNode, new: NamedNode) -> str:
        """The new key in the manner of the old one, if that is a short name with the same beginning."""
        key = str(json.loads(self.text[slice(*span.predicate)]))
        local = re.split("[/#:]", key)[-1]
        namespace = old.value.removesuffix(local)
        if old.value.endswith(local) and new.value.startswith(namespace) and local:
            return key.removesuffix(local) + new.value.removeprefix(namespace)
        return new.value

    def _says_more(self, span: Span) -> bool:
        """Whether an object has more in it than its address."""
        whole = self.text[slice(*span.whole)]
        return whole.startswith("{") and len(json.loads(whole)) > 1

    def _is_free(self, at: Stretch, key: str) -> bool:
        """Whether no other member of the object has this key or is to have it."""
        members = self._members[at]
        taken = members.get(key, at) == at
        members.setdefault(key, at)
        return taken

    @cached_property
    def _members(self) -> dict[Stretch, dict[str, Stretch]]:
        """The keys of the object around each key."""
        found = dict[Stretch, dict[str, Stretch]]()
        waiting = [read_json(self.text)]
        while waiting:
            node = waiting.pop()
            waiting += node.inner
            members = {key.text: key.at for key, _ in node.pairs}
            found |= {key.at: members for key, _ in node.pairs}
        return found

    def _value(self, span: Span, old: Quad, new: Term) -> Changes:
        written = self.text[slice(*span.object)]
        if isinstance(old.object, NamedNode) and self._says_more(span):
            return {}
        if same_kind(old.object, new) or (isinstance(old.object, NamedNode) and isinstance(new, NamedNode)):
            is_number = written[0] not in '"{[' and _NUMBER.fullmatch(new.value)
            return {span.object: new.value if is_number else _quoted(new.value)}
        if span.whole[0] == span.whole[1]:  # within a map by languages there is only text
            return {}
        return {span.whole: _full(new)}


def _full(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f'{{"@id": {_quoted(term.value)}}}'
    if term.language:
        return f'{{"@value": {_quoted(term.value)}, "@language": {_quoted(term.language)}}}'
    if term.datatype.value == _STRING:
        return f'{{"@value": {_quoted(term.value)}}}'
    return f'{{"@value": {_quoted(term.value)}, "@type": {_quoted(term.datatype.value)}}}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
