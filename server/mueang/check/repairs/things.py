"""Mends links: the thing that a name, a code or a slightly wrong address means, if there is one such thing."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from mueang.check.repairs.beside import Beside
from mueang.check.repairs.wording import seen
from mueang.graph.names import BASE, PREFIXES

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NAMES = {_SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "notation")}
_NAMES |= {BASE + "def#abbreviation"}
_IN_SCHEME = NamedNode(_SKOS + "inScheme")
_LANGUAGES = (None, "th", "en", "th-latn")


def thing(quad: Quad, beside: Beside) -> NamedNode | None:
    """The one thing of the expected class with this name or key."""
    value, kinds = quad.object, beside.expected(quad.predicate).classes
    if not kinds or (isinstance(value, NamedNode) and beside.is_described(value)):
        return None
    found = {
        node
        for text in _texts(value)
        for node in (*_addressed(text), *_keyed(text, value, kinds, beside), *_named(text, beside))
        if beside.is_a(node, kinds)
    }
    found = found or {node for text in _texts(value) for node in _named_with_kind(text, kinds, beside)}
    return found.pop() if len(found) == 1 else None


def concept(quad: Quad, beside: Beside) -> NamedNode | None:
    """The one value of the expected list with this name, code or key."""
    wanted = {name.casefold() for text in _texts(quad.object) for name in (text, _key(text))}
    if isinstance(quad.object, NamedNode):
        wanted |= _names(quad.object, beside)
    found = {
        node
        for scheme in beside.expected(quad.predicate).lists
        for entry in beside.store.quads_for_pattern(None, _IN_SCHEME, NamedNode(scheme))
        if isinstance(node := entry.subject, NamedNode) and not wanted.isdisjoint(_names(node, beside))
    }
    return found.pop() if len(found) == 1 else None


def address(quad: Quad, beside: Beside) -> NamedNode | None:
    """The address that a text holds, where an address is expected."""
    expected = beside.expected(quad.predicate)
    if not isinstance(quad.object, Literal) or not expected.is_resource or expected.classes or expected.lists:
        return None
    return next(_addressed(quad.object.value.strip()), None)


def _texts(term: object) -> Iterator[str]:
    """What a literal says, or the key at the end of an address, plain and with spaces."""
    match term:
        case Literal(value=text):
            yield " ".join(seen(text).split())
        case NamedNode(value=iri):
            key = unquote(re.split("[/#]", iri)[-1])
            yield from (key, key.replace("-", " ").replace("_", " "))


def _addressed(text: str) -> Iterator[NamedNode]:
    """The address that a text is, in full or under a known prefix."""
    prefix, mark, local = text.partition(":")
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text):
        yield NamedNode(text)
    elif mark and prefix in PREFIXES and re.fullmatch(r"[A-Za-z0-9_-]+", local):
        yield NamedNode(PREFIXES[prefix] + local)


def _keyed(text: str, value: object, kinds: frozenset[str], beside: Beside) -> Iterator[NamedNode]:
    """What has this key among the things of the class, whatever its capitals and hyphens."""
    if isinstance(value, BlankNode) or not re.fullmatch(r"[A-Za-z0-9 _-]+", text):
        return
    key = text.strip().replace(" ", "-").replace("_", "-")
    for kind in kinds:
        if sample := beside.sample(kind):
            family = sample.value.rpartition("/")[0]
            yield from (NamedNode(f"{family}/{form}") for form in (key, key.lower(), key.upper()))


def _named(text: str, beside: Beside) -> Iterator[NamedNode]:
    """What has this text as one of its names."""
    for form in dict.fromkeys((text, text.title(), text.lower())):
        for language in _LANGUAGES:
            literal = Literal(form, language=language) if language else Literal(form)
            for quad in beside.store.quads_for_pattern(None, None, literal):
                if isinstance(quad.subject, NamedNode) and quad.predicate.value in _NAMES:
                    yield quad.subject


def _named_with_kind(text: str, kinds: frozenset[str], beside: Beside) -> Iterator[NamedNode]:
    """What has this text as its name once the word for its kind is taken off: อำเภอเกาะสมุย, Rayong Province."""
    for kind, word in beside.words(kinds):
        for rest in {
            text.removeprefix(word),
            re.sub(rf"\s+{re.escape(word)}$", "", text, flags=re.IGNORECASE),
        }:
            if rest != text:
                yield from (
                    node for node in _named(rest.strip(), beside) if beside.is_a(node, frozenset({kind}))
                )


def _names(node: NamedNode, beside: Beside) -> set[str]:
    names = {
        quad.object.value.casefold()
        for quad in beside.store.quads_for_pattern(node, None, None)
        if isinstance(quad.object, Literal) and quad.predicate.value in _NAMES
    }
    return names | {_key(node.value).casefold()} if node.value.startswith(BASE) else names


def _key(text: str) -> str:
    return re.split("[/#:]", text)[-1].strip().replace(" ", "-")
