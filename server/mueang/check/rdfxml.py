"""Where each statement of RDF/XML stands.

Oxigraph reads the text, handed to it tag by tag: what it tells before it asks for more was said by that tag. The
elements that are open then say by which attribute, name or text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, cast
from xml.sax.saxutils import escape

from pyoxigraph import Quad, RdfFormat, parse

from mueang.check.element import RDF, Element, element_of
from mueang.check.flaw import Flaw
from mueang.check.span import Span, Stretch
from mueang.graph.names import BASE

_ATTRIBUTE = r"""\s++[^\s=<>"'/]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')"""
_MARKUP = re.compile(
    rf"""<!--.*?(?:-->|\Z)|<!DOCTYPE|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)
    |<(?P<closing>/?)(?P<name>[^\s/>!?<]++)(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+(?P<empty>/?)>""",
    re.VERBOSE | re.DOTALL,
)
DEEPEST = 100
_LONGEST_TAG = 100_000


def check_rdfxml(text: str) -> None:
    """Makes sure that this XML declares no entities and is not nested too deeply. Raises Flaw."""
    depth = 0
    for found in _MARKUP.finditer(text):
        if found["name"]:
            depth += 0 if found["empty"] else -1 if found["closing"] else 1
        elif found[0].startswith("<!D"):
            raise Flaw(
                found.start(),
                th="ไม่อ่าน XML ที่มี <!DOCTYPE: ลบส่วนนี้ออก และเขียน IRI เต็มแทน &ชื่อ;",
                en="XML with a <!DOCTYPE is not read: delete it, and write whole IRIs in place of &names;",
            )
        if len(found["attributes"] or "") > _LONGEST_TAG:
            raise Flaw(
                found.start(),
                th=f"แท็กนี้ยาวเกิน {_LONGEST_TAG:,} ตัวอักษร",
                en=f"this tag is longer than {_LONGEST_TAG:,} characters",
            )
        if depth > DEEPEST:
            raise Flaw(
                found.start(),
                th=f"XML ซ้อนกันลึกเกิน {DEEPEST} ชั้น",
                en=f"the XML is nested too deeply (more than {DEEPEST} levels)",
            )


def closing_name(text: str, start: int) -> Stretch | None:
    """Where the name stands in the tag that closes the element which starts here; nothing if it is empty."""
    depth = 0
    for found in _MARKUP.finditer(text, start):
        if found["name"]:
            depth += 0 if found["empty"] else -1 if found["closing"] else 1
            if depth <= 0:
                return found.span("name") if found["closing"] else None
    return None


def rdfxml_spans(text: str, _: Sequence[Quad]) -> Iterator[Span]:
    """The span of each statement, in the order in which Oxigraph reads them."""
    feed = Feed(text)
    for quad in parse(cast(IO[bytes], feed), format=RdfFormat.RDF_XML, base_iri=BASE):
        yield feed.span(quad)


class Feed:
    """Hands out the text tag by tag and knows the elements that are open behind the last tag handed out."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._markup = _MARKUP.finditer(text)
        self.at = self.last = 0
        self._rest = BytesIO()
        self._element: Element | None = None
        self._closed: Element | None = None
        self._end = (0, 0)
        self._listed = Counter[str]()

    def read(self, size: int = -1) -> bytes:
        """At most this many bytes, and no more than one tag."""
        given = self._rest.read(size)
        if not given and size:
            self._rest = BytesIO(self._next().encode())
            given = self._rest.read(size)
        return given

    def _next(self) -> str:
        """The text up to the end of the next tag, without comments and the name of an encoding, CDATA as plain text."""
        chunk = ""
        for found in self._markup:
            chunk += self._text[self.at : found.start()]
            self.at, self.last = found.end(), found.start()
            if found["name"]:
                self._take(found)
                return chunk + found[0]
            chunk += _plain(found[0])
        rest, self.at = self._text[self.at :], len(self._text)
        self.last = self.at - len(rest.lstrip()) if rest.strip() else self.last
        return chunk + rest

    def _take(self, tag: re.Match[str]) -> None:
        self._closed = None
        self._listed.clear()
        if not tag["closing"]:
            self._element = element_of(tag, self._element)
        if (tag["closing"] or tag["empty"]) and self._element:
            self._end = tag.span()
            self._closed, self._element = self._element, self._element.parent

    def span(self, quad: Quad) -> Span:
        """Where a statement stands that Oxigraph tells now."""
        element = self._closed or self._element
        if element is None:
            return Span((0, 0), (0, 0), (0, 0), (0, 0))
        return self._of_attribute(element, quad) or self._of_node(element) or self._of_property(element, quad)

    def _of_attribute(self, element: Element, quad: Quad) -> Span | None:
        for one in element.attributes:
            if one.iri == quad.predicate.value and not (
                one.iri == f"{RDF}type" and self._names(element, quad)
            ):
                return Span(element.identity, one.name, one.value, (one.name[0], one.value[1] + 1))
        return None

    @staticmethod
    def _names(element: Element, quad: Quad) -> bool:
        return element.role == "node" and f"<{element.iri}>" == str(quad.object)

    @staticmethod
    def _of_node(element: Element) -> Span | None:
        if element.role != "node":
            return None
        return Span(element.identity, element.name, element.name, element.name)

    def _of_property(self, element: Element, quad: Quad) -> Span:
        subject = element.parent.identity if element.parent else element.name
        predicate = quad.predicate.value.removeprefix(RDF)
        if predicate in ("first", "rest") and element.iri != quad.predicate.value:
            return self._of_list(element, predicate)
        whole = (element.tag[0], self._end[1] if self._closed else element.tag[1])
        return Span(subject, element.name, self._object(element), whole)

    def _of_list(self, element: Element, predicate: str) -> Span:
        self._listed[predicate] += 1
        at = self._listed[predicate] - (predicate == "first")
        item = element.nodes[at] if at < len(element.nodes) else self._end
        return Span(element.name, element.name, item, item)

    def _object(self, element: Element) -> Stretch:
        if named := element.named_object:
            return named
        if element.nodes:
            return element.nodes[0]
        if self._closed and element.tag[1] < self._end[0]:
            return element.tag[1], self._end[0]
        return element.name


def _plain(markup: str) -> str:
    """What a comment, a CDATA section or an instruction adds to the text."""
    if markup.startswith("<![CDATA[") and markup.endswith("]]>"):
        return escape(markup[9:-3])
    is_comment = markup.startswith("<!--") and markup.endswith("-->")
    return "" if is_comment or markup.startswith("<?xml ") else markup
