"""What the parts of a JSON-LD text say: a statement for each, as far as names go, with its place."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from mueang.check.context import Context, Term
from mueang.check.jsontext import Node
from mueang.check.span import Span, Stretch

BLANK = "_:"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_MAPS = frozenset({"@language", "@index", "@id", "@type", "@graph"})
_KEYWORDS = _MAPS | {"@context", "@set", "@list", "@value"}
_PLAIN = Term("")


class Statement(NamedTuple):
    """A statement as the JSON has it: blank nodes are all `_:`, a literal begins with a quotation mark."""

    subject: str
    predicate: str
    object: str
    span: Span


class Named(NamedTuple):
    """A node or a property: its IRI, and where it is named."""

    iri: str
    at: Stretch


def statements(node: Node) -> Iterator[Statement]:
    """Everything that a text says."""
    return chain.from_iterable(_of_object(one, Context()) for one in node.items)


def _of_object(node: Node, outer: Context) -> Iterator[Statement]:
    """What an object says, and everything within it."""
    context = _context(node, outer)
    subject = _named(node, context)
    for key, value in node.pairs:
        match context.name(key.text):
            case "@type":
                yield from (_typed(subject, key, one, context) for one in value.items)
            case "@graph" | "@included":
                yield from chain.from_iterable(_of_object(one, context) for one in value.items)
            case "@reverse":
                yield from _of_members(subject, value, context, is_reverse=True)
            case "@nest":
                yield from _of_members(subject, value, context, is_reverse=False)
            case name if name not in _KEYWORDS:
                yield from _of_property(subject, key, value, context, is_reverse=False)


def _context(node: Node, outer: Context) -> Context:
    """The context within an object: its own, then those of its types."""
    context = outer
    for key, value in node.pairs:
        if key.text == "@context":
            context = context.extended(value)
    types = [
        one.text for key, value in node.pairs if context.name(key.text) == "@type" for one in value.items
    ]
    for one in sorted(types):
        context = context.extended(context.terms.get(one, _PLAIN).context)
    return context


def _named(node: Node, context: Context) -> Named:
    for key, value in node.pairs:
        if context.name(key.text) == "@id":
            return Named(context.address(value.text), value.at)
    return Named(BLANK, (node.at[0], node.at[0] + 1))


def _statement(subject: Named, by: Named, value: Named, whole: Stretch) -> Statement:
    return Statement(subject.iri, by.iri, value.iri, Span(subject.at, by.at, value.at, whole))


def _typed(subject: Named, key: Node, value: Node, context: Context) -> Statement:
    full = context.name(value.text)
    iri = full if ":" in full else context.address(value.text)
    return _statement(subject, Named(f"{_RDF}type", key.at), Named(iri, value.at), value.at)


def _of_members(subject: Named, node: Node, context: Context, *, is_reverse: bool) -> Iterator[Statement]:
    for one in node.items:
        for key, value in one.pairs:
            yield from _of_property(subject, key, value, context, is_reverse=is_reverse)


def _of_property(
    subject: Named, key: Node, value: Node, context: Context, *, is_reverse: bool
) -> Iterator[Statement]:
    term = context.terms.get(key.text, _PLAIN)
    by = Named(context.name(key.text), key.at)
    inner = context.extended(term.context)
    values = value.items
    if value.is_object and term.containers & _MAPS:
        values = [one for _, item in value.pairs for one in item.items]
    if "@list" in term.containers and not value.is_object:
        yield from _of_list(subject, by, value, inner, term)
        return
    for one in values:
        found = list(_of_value(subject, by, one, inner, term))
        if value.is_object and "@language" in term.containers:
            found = [_only_text(each) for each in found]
        if is_reverse or term.is_reverse:
            found[:1] = map(_turned, found[:1])
        yield from found


def _only_text(one: Statement) -> Statement:
    """A statement whose object cannot be written as anything but another text."""
    end = one.span.object[1]
    return one._replace(span=one.span._replace(whole=(end, end)))


def _turned(one: Statement) -> Statement:
    span = Span(one.span.object, one.span.predicate, one.span.subject, one.span.subject)
    return Statement(one.object, one.predicate, one.subject, span)


def _of_value(subject: Named, by: Named, value: Node, context: Context, term: Term) -> Iterator[Statement]:
    """A statement about the subject, then what its value says itself."""
    if value.is_object:
        yield from _of_object_as_value(subject, by, value, context, term)
    elif value.source == "[":
        yield from _of_list(subject, by, value, context, term)
    elif value.source != "null":
        yield _statement(subject, by, Named(_coerced(value, context, term), value.at), value.at)


def _of_object_as_value(
    subject: Named, by: Named, value: Node, context: Context, term: Term
) -> Iterator[Statement]:
    words = {context.name(key.text): inner for key, inner in value.pairs}
    if "@list" in words:
        yield from _of_list(subject, by, words["@list"], context, term)
    elif "@set" in words:
        for one in words["@set"].items:
            yield from _of_value(subject, by, one, context, term)
    elif literal := words.get("@value"):
        yield _statement(subject, by, Named(f'"{literal.text}', literal.at), value.at)
    else:
        yield _statement(subject, by, _named(value, _context(value, context)), value.at)
        yield from _of_object(value, context)


def _of_list(subject: Named, by: Named, node: Node, context: Context, term: Term) -> Iterator[Statement]:
    """The list as a value, then a pair of statements for each of its items."""
    items = [one for one in node.items if one.source != "null"]
    opening = (node.at[0], node.at[0] + 1)
    ends = [BLANK] * len(items) + [f"{_RDF}nil"]
    yield _statement(subject, by, Named(ends[0], opening), node.at)
    for item, end in zip(items, ends[1:], strict=True):
        here = Named(BLANK, item.at)
        yield from _of_value(here, Named(f"{_RDF}first", item.at), item, context, term)
        yield _statement(here, Named(f"{_RDF}rest", item.at), Named(end, item.at), item.at)


def _coerced(value: Node, context: Context, term: Term) -> str:
    if value.is_text and term.type in ("@id", "@vocab"):
        full = context.name(value.text) if term.type == "@vocab" else ""
        return full if ":" in full else context.address(value.text)
    return f'"{value.text}'
