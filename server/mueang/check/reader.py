"""Reads a submission in one of the RDF syntaxes; an error says in which line and what."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from mueang.check.place import Place
from mueang.errors import MalformedData, UnknownFormat
from mueang.graph.names import BASE, GRAPH

SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


@dataclass(frozen=True)
class Submission:
    """What somebody hands in: its quads, each in a named graph of its own or in one the file names.

    `places` says where each statement (subject, predicate, object, in N-Triples form) stands; `text` is the source
    of a text file as it was decoded, nothing for a workbook.
    """

    name: str
    quads: tuple[Quad, ...]
    places: Mapping[tuple[str, str, str], Place] = field(default_factory=dict)
    text: str = ""


def read_submission(name: str, content: bytes) -> Submission:
    """The submission in `content`; the file's ending tells the syntax, without one the text does.

    Triples outside a named graph go to graph/submission/<file name>. Raises UnknownFormat and MalformedData.
    """
    text = _text(name, content)
    syntax = _syntax(name, text)
    if syntax is RdfFormat.JSON_LD:
        _refuse_deep_json(name, text)
    graph = NamedNode(f"{GRAPH}submission/{_key(name)}")
    try:
        parsed = list(parse(text, format=syntax, base_iri=BASE, rename_blank_nodes=True))
    except SyntaxError as error:
        raise _malformed(name, text, error) from error
    if not parsed:
        raise MalformedData(th=f"{name}: แฟ้มนี้ไม่มีข้อมูลเลย", en=f"{name}: there is no statement in this file")
    return Submission(name, tuple(_in_graph(quad, graph) for quad in parsed))


def _in_graph(quad: Quad, graph: NamedNode) -> Quad:
    if isinstance(quad.graph_name, DefaultGraph | BlankNode):
        return Quad(quad.subject, quad.predicate, quad.object, graph)
    return quad


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", PurePath(name).stem).strip("-") or "unnamed"


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        byte = f"0x{content[error.start]:02X}"
        raise MalformedData(
            th=f"{name} บรรทัด {line}: ไบต์ {byte} ไม่ใช่ข้อความ UTF-8: บันทึกแฟ้มเป็น UTF-8 แล้วลองใหม่",
            en=f"{name}, line {line}: byte {byte} is not UTF-8 text: save the file as UTF-8 and try again",
        ) from error


def _syntax(name: str, text: str) -> RdfFormat:
    ending = PurePath(name).suffix.lower()
    if ending in SYNTAXES:
        return SYNTAXES[ending]
    if ending:
        endings = " ".join(SYNTAXES)
        raise UnknownFormat(
            th=f"{name}: ไม่รู้จักแฟ้มชนิด {ending} (รับ {endings})",
            en=f"{name}: files ending in {ending} are not read ({endings} are)",
        )
    start = text.lstrip()[:200]
    if start.startswith(("<?xml", "<rdf:RDF")):
        return RdfFormat.RDF_XML
    return RdfFormat.JSON_LD if re.match(r'[\[{]\s*["{\]}]', start) else RdfFormat.TRIG


def _refuse_deep_json(name: str, text: str) -> None:
    """Python's own JSON reader stops at a depth that Oxigraph's JSON-LD reader would not survive."""
    try:
        json.loads(text)
    except RecursionError as error:
        raise MalformedData(
            th=f"{name}: JSON ซ้อนกันลึกเกินไป", en=f"{name}: the JSON is nested too deeply"
        ) from error
    except json.JSONDecodeError as error:
        raise MalformedData(
            th=f"{name} บรรทัด {error.lineno} ตำแหน่ง {error.colno}: ไม่ใช่ JSON ที่ถูกต้อง",
            en=f"{name}, line {error.lineno}, column {error.colno}: this is not well-formed JSON ({error.msg})",
        ) from error


def _malformed(name: str, text: str, error: SyntaxError) -> MalformedData:
    place = f", line {error.lineno}" if error.lineno else ""
    place_th = f" บรรทัด {error.lineno}" if error.lineno else ""
    lines = text.split("\n")
    shown = lines[error.lineno - 1].strip()[:100] if error.lineno and error.lineno <= len(lines) else ""
    reason = re.sub(r"^Parser error at .*?: | \(line \d+\)$", "", str(error.msg))[:200]
    quoted = f"\n  {shown}" if shown else ""
    return MalformedData(
        th=f"{name}{place_th}: ไวยากรณ์ผิด: {reason}{quoted}", en=f"{name}{place}: malformed: {reason}{quoted}"
    )
