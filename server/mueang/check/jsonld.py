"""Where each statement of JSON-LD stands.

Oxigraph tells the statements only when it has read everything. So the JSON is read once more with its places, and
what each part of it says is worked out as far as names go (JSON-LD 1.1 API, section 5): contexts, terms, coercion,
containers (in `expansion`). The statements found so are then matched with those of Oxigraph, in order, exactly or as nearly as can be.
"""

import re
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, Quad

from mueang.check.expansion import BLANK, statements
from mueang.check.flaw import Flaw
from mueang.check.jsontext import Node, Pairs, check_json, read_json
from mueang.check.slip.sentences import in_thai
from mueang.check.span import Span
from mueang.engine.malformed.place import place_at
from mueang.engine.malformed.stop import clipped

_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]|\A\Z")


def check_jsonld(text: str) -> None:
    """Makes sure that this is JSON, with no key twice and no context from elsewhere. Raises Flaw."""
    if _is_unsound(check_json(text)):
        for node in _objects(read_json(text)):
            _refuse_twice(node)
            _refuse_remote(node)


def _is_unsound(value: Any) -> bool:
    if isinstance(value, Pairs):
        keys = [key for key, _ in value.members]
        remote = "@import" in keys or any(key == "@context" and _is_remote(one) for key, one in value.members)
        return remote or len({*keys}) < len(keys) or any(_is_unsound(one) for _, one in value.members)
    return isinstance(value, list) and any(map(_is_unsound, value))


def _is_remote(context: Any) -> bool:
    return isinstance(context, str) or (isinstance(context, list) and any(map(_is_remote, context)))


def _objects(node: Node) -> Iterator[Node]:
    if node.is_object:
        yield node
    for one in node.inner:
        yield from _objects(one)


def _refuse_twice(node: Node) -> None:
    keys = set[str]()
    for key, _ in node.pairs:
        if key.text in keys:
            raise Flaw(
                key.at[0],
                th=f"มีคีย์ {key.source[:40]} ซ้ำในวงเล็บเดียวกัน: รวมค่าไว้ใน [ ]",
                en=f"the key {key.source[:40]} is there twice within the same braces: put its values in [ ]",
            )
        keys.add(key.text)


def _refuse_remote(node: Node) -> None:
    for key, value in node.pairs:
        texts = [one for one in value.items if one.is_text]
        remote = next(iter(texts), value) if key.text in ("@context", "@import") else None
        if remote and (remote.is_text or key.text == "@import"):
            raise Flaw(
                remote.at[0],
                th="ไม่อ่าน @context หรือ @import จากที่อื่น: คัดลอกเนื้อหาของ @context มาไว้ในแฟ้มนี้",
                en="no @context or @import is fetched from elsewhere: copy what the @context says into this file",
            )


def check_nothing_lost(text: str) -> None:
    """Makes sure that JSON-LD reads all of this: it leaves out what no context names, without a word. Raises Flaw."""
    for one in statements(read_json(text)):
        if ":" not in one.predicate:
            key = clipped(text[slice(*one.span.predicate)])
            raise Flaw(
                one.span.predicate[0],
                th=f"คีย์ {key} ไม่มีความหมาย: @context ไม่ได้บอกว่าเป็นคุณสมบัติใด จึงไม่ถูกอ่าน",
                en=f"the key {key} means nothing: no @context says which property it is, so it would not be read",
            )
        for term, at in ((one.subject, one.span.subject), (one.object, one.span.object)):
            if not term.startswith('"') and _NO_IRI.search(term):
                raise Flaw(at[0], th=f"{clipped(term)} ไม่ใช่ IRI ที่ถูกต้อง", en=f"{clipped(term)} is no IRI")


def jsonld_slip(text: str, error: SyntaxError) -> Flaw:
    """What to do about JSON that is no JSON-LD; Oxigraph names the keyword, not the place."""
    said = str(error.msg)
    keyword = re.match(r"(@[a-z]+) value must be (a string|a valid IRI)?", said)
    for node in _objects(read_json(text)) if keyword else ():
        for key, value in node.pairs:
            if keyword and key.text == keyword[1] and any(not one.is_text for one in value.items):
                return _no_text(key.text, value.at[0]) if keyword[2] else _malformed(value.at[0], said)
    return _malformed(place_at(text, error.lineno, error.offset or 1) if error.lineno else None, said)


def _no_text(key: str, at: int) -> Flaw:
    return Flaw(
        at,
        th=f'ค่าของ {key} เป็นแบบนี้ไม่ได้: เขียนเป็นข้อความใน " "',
        en=f'this cannot be the value of {key}: write a text in " "',
    )


def _malformed(at: int | None, said: str) -> Flaw:
    thai = clipped(in_thai(said), 150)
    return Flaw(at, th=f"JSON-LD ผิดรูปแบบ: {thai}", en=f"malformed JSON-LD: {clipped(said, 150)}")


def jsonld_spans(text: str, quads: Sequence[Quad]) -> list[Span | None]:
    """The span of each quad, as far as its statement is found."""
    found = list(statements(read_json(text)))
    spans = list[Span | None]([None] * len(quads))
    for nearness in (_exactly, _but_for_the_object, _but_for_the_subject):
        free = defaultdict[Hashable, deque[int]](deque)
        for place, one in enumerate(found):
            free[nearness(one.subject, one.predicate, one.object)].append(place)
        taken = set[int]()
        for number, quad in enumerate(quads):
            places = free.get(nearness(*_parts(quad))) if spans[number] is None else None
            if places:
                taken.add(place := places.popleft())
                spans[number] = found[place].span
        found = [one for place, one in enumerate(found) if place not in taken]
    return spans


def _exactly(subject: str, predicate: str, value: str) -> Hashable:
    return subject, predicate, value


def _but_for_the_object(subject: str, predicate: str, value: str) -> Hashable:
    """A number has another form in RDF than in JSON."""
    return subject, predicate, value[:1]


def _but_for_the_subject(_: str, predicate: str, value: str) -> Hashable:
    return predicate, value


def _parts(quad: Quad) -> tuple[str, str, str]:
    subject = BLANK if isinstance(quad.subject, BlankNode) else str(quad.subject)[1:-1]
    match quad.object:
        case Literal(value=text):
            return subject, quad.predicate.value, f'"{text}'
        case BlankNode():
            return subject, quad.predicate.value, BLANK
    return subject, quad.predicate.value, str(quad.object)[1:-1]
