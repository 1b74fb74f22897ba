"""Reads a submission in one of the RDF syntaxes; an error says in which line and what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import IO, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from mueang.check.encoding import UTF_8, Encoding, decoded
from mueang.check.flaw import Flaw
from mueang.check.jsonld import check_jsonld, check_nothing_lost, jsonld_slip, jsonld_spans
from mueang.check.locator import Locator, Places
from mueang.check.place import Place
from mueang.check.rdfxml import Feed, check_rdfxml, rdfxml_spans
from mueang.check.slip import terse_slip
from mueang.check.slip.tags import rdfxml_slip
from mueang.check.span import Finder, SpanPlaces, Spans
from mueang.check.terse import check_terse, terse_spans
from mueang.check.unread import by_ending, refuse_by_bytes, refuse_workbook
from mueang.graph.names import BASE, GRAPH

SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
_FINDERS: Mapping[RdfFormat, Finder] = {
    RdfFormat.TURTLE: terse_spans,
    RdfFormat.TRIG: terse_spans,
    RdfFormat.N_TRIPLES: terse_spans,
    RdfFormat.N_QUADS: terse_spans,
    RdfFormat.RDF_XML: rdfxml_spans,
    RdfFormat.JSON_LD: jsonld_spans,
}


@dataclass(frozen=True)
class Submission:
    """What somebody hands in: its quads, each in a named graph of its own or in one the file names.

    `places` says where each statement (subject, predicate, object, in N-Triples form) stands, which is where its
    object begins; `predicates` and `subjects` where those begin, if they are known. `text` is the source of a text
    file as it was decoded, nothing for a workbook; `spans` are the stretches of it that each quad is read from.
    """

    name: str
    quads: tuple[Quad, ...]
    places: Places = field(default_factory=dict)
    text: str = ""
    predicates: Places = field(default_factory=dict)
    subjects: Places = field(default_factory=dict)
    spans: Spans | None = None
    encoding: Encoding = UTF_8

    def place_of(self, focus: str, path: str | None = None, value: str | None = None) -> Place | None:
        """Where a finding stands: its value, else the property, else the thing it is about; terms as N-Triples."""
        return self._locator.find(focus, path, value)

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.quads, self.places, self.predicates, self.subjects)


def read_submission(name: str, content: bytes) -> Submission:
    """The submission in `content`; the file's ending tells the syntax, without one the text does.

    Triples outside a named graph go to graph/submission/<file name>. Raises UnknownFormat and MalformedData.
    """
    _refuse_unread(name, content)
    text, encoding = decoded(name, content)
    syntax = syntax_of(name, text)
    graph = submission_graph(name)
    try:
        quads = tuple(_in_graph(quad, graph) for quad in _quads(text, syntax))
    except Flaw as flaw:
        raise flaw.told(name, text) from flaw
    spans = Spans(text, quads, _FINDERS[syntax])
    subjects, predicates, objects = (SpanPlaces(spans, part) for part in range(3))
    return Submission(name, quads, objects, text, predicates, subjects, spans, encoding)


def _refuse_unread(name: str, content: bytes) -> None:
    """Refuse what is no text by its bytes or its ending, before anybody is told of its characters."""
    refuse_by_bytes(name, content)
    if (ending := PurePath(name).suffix.lower()) and ending not in SYNTAXES:
        raise by_ending(name, *SYNTAXES)
    refuse_workbook(name, content)


def submission_graph(name: str) -> NamedNode:
    """The named graph of what a file of this name says outside graphs; plain numbers are those of submissions."""
    key = re.sub(r"[^A-Za-z0-9._-]+", "-", PurePath(name).stem).strip("-") or "unnamed"
    return NamedNode(f"{GRAPH}submission/{f'file-{key}' if key.isdigit() else key}")


def _quads(text: str, syntax: RdfFormat) -> list[Quad]:
    match syntax:
        case RdfFormat.RDF_XML:
            quads = _from_xml(text)
        case RdfFormat.JSON_LD:
            quads = _from_json(text)
        case _:
            quads = _from_terse(text, syntax)
    if any(_is_of_rdf_12(quad.object) for quad in quads):
        raise Flaw(
            None,
            th="แฟ้มนี้ใช้ RDF 1.2 ซึ่งไม่อ่านที่นี่: เขียนตาม RDF 1.1",
            en="this file uses RDF 1.2, which is not read here: write RDF 1.1",
        )
    if not quads:
        raise Flaw(None, th="แฟ้มนี้ไม่มีข้อมูลเลย", en="there is no statement in this file")
    return quads


def _from_terse(text: str, syntax: RdfFormat) -> list[Quad]:
    check_terse(text)
    try:
        return list(parse(text, format=syntax, base_iri=BASE, rename_blank_nodes=True))
    except SyntaxError as error:
        raise terse_slip(text, error) from error
    except MemoryError as error:
        raise _too_long(error) from error


def _from_xml(text: str) -> list[Quad]:
    check_rdfxml(text)
    feed = Feed(text)
    try:
        return list(
            parse(cast(IO[bytes], feed), format=RdfFormat.RDF_XML, base_iri=BASE, rename_blank_nodes=True)
        )
    except SyntaxError as error:
        raise rdfxml_slip(feed.last, error) from error


def _from_json(text: str) -> list[Quad]:
    check_jsonld(text)
    try:
        quads = list(parse(text, format=RdfFormat.JSON_LD, base_iri=BASE, rename_blank_nodes=True))
    except SyntaxError as error:
        raise jsonld_slip(text, error) from error
    check_nothing_lost(text)
    return quads


def _is_of_rdf_12(term: object) -> bool:
    return isinstance(term, Triple) or (isinstance(term, Literal) and term.direction is not None)


def _too_long(error: MemoryError) -> Exception:
    """A single text, name or comment of more than 16 MB fills Oxigraph's buffer, which is not our memory's end."""
    if "buffer" not in str(error):
        return error
    return Flaw(
        None,
        th="มีข้อความ ชื่อ หรือหมายเหตุที่ยาวเกิน 16 MB",
        en="a single text, name or comment in it is longer than 16 MB",
    )


def _in_graph(quad: Quad, graph: NamedNode) -> Quad:
    if isinstance(quad.graph_name, DefaultGraph | BlankNode):
        return Quad(quad.subject, quad.predicate, quad.object, graph)
    return quad


def syntax_of(name: str, text: str) -> RdfFormat:
    """The syntax of a file that is read: as its ending says, without one as its text looks."""
    ending = PurePath(name).suffix.lower()
    if ending in SYNTAXES:
        return SYNTAXES[ending]
    start = text.lstrip()[:200]
    if start.startswith(("<?xml", "<rdf:RDF")):
        return RdfFormat.RDF_XML
    return RdfFormat.JSON_LD if re.match(r'[\[{]\s*["{\]}]', start) else RdfFormat.TRIG
