"""The names that a context of JSON-LD gives to IRIs, as far as is needed to tell where a statement stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from mueang.check.jsontext import Node
from mueang.graph.names import BASE

_LONGEST_CHAIN = 10


@dataclass(frozen=True)
class Term:
    """What a context says of a term; its IRI is as written."""

    iri: str
    type: str = ""
    containers: frozenset[str] = frozenset()
    is_reverse: bool = False
    context: Node | None = None


@dataclass(frozen=True)
class Context:
    """What names mean at some place: terms, vocabulary and base."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    vocabulary: str | None = None
    base: str = BASE

    def extended(self, node: Node | None) -> "Context":
        """This context with one added that stands in the text; null clears it."""
        context = self
        for one in node.items if node else ():
            context = context._with(one) if one.is_object else Context()
        return context

    def name(self, word: str, chain: int = 0) -> str:
        """The IRI or keyword that a key or a type stands for, or nothing."""
        if word.startswith("@") or chain > _LONGEST_CHAIN:
            return word
        if (term := self.terms.get(word)) and term.iri != word:
            return self.name(term.iri, chain + 1)
        prefix, colon, local = word.partition(":")
        if colon:
            known = prefix in self.terms and not local.startswith("//")
            return self.name(prefix, chain + 1) + local if known else word
        return "" if self.vocabulary is None else self.vocabulary + word

    def address(self, word: str) -> str:
        """The IRI that the value of @id stands for; all blank nodes are `_:`."""
        if word.startswith("_:"):
            return "_:"
        return self.name(word) if ":" in word else urljoin(self.base, word)

    def _with(self, node: Node) -> "Context":
        members = {key.text: value for key, value in node.pairs}
        base, vocabulary = members.pop("@base", None), members.pop("@vocab", None)
        terms = {name: _term(name, value) for name, value in members.items() if not name.startswith("@")}
        context = replace(self, terms={**self.terms, **terms})
        if base:
            context = replace(context, base=urljoin(self.base, base.text) if base.is_text else "")
        if vocabulary:
            full = context.name(vocabulary.text) or urljoin(context.base, vocabulary.text)
            context = replace(context, vocabulary=full if vocabulary.is_text else None)
        return context


def _term(name: str, node: Node) -> Term:
    parts = {key.text: part for key, part in node.pairs}
    if not node.is_object:
        return Term(node.text if node.is_text else "@none")
    containers = parts["@container"].items if "@container" in parts else []
    iri = parts.get("@reverse") or parts.get("@id")
    return Term(
        iri.text if iri else name,
        parts["@type"].text if "@type" in parts else "",
        frozenset(one.text for one in containers),
        "@reverse" in parts,
        parts.get("@context"),
    )
