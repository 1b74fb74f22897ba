"""`/graphs` and `/graph/…`, written to by the SPARQL 1.1 Graph Store HTTP Protocol (sections 5.3 to 5.6), by stewards."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, request

from mueang.check.client import Checker
from mueang.engine.formats import GRAPHS
from mueang.errors import PreconditionFailed, UnsupportedMediaType, WrongParameter
from mueang.graph.names import GRAPH
from mueang.graph.store import OWN_DEFAULT
from mueang.submissions.people import Person
from mueang.web.graphs import chosen_graph, named_graph
from mueang.web.negotiation import parted
from mueang.web.parameters import in_address
from mueang.web.stewards import changed, sent, steward

_ENDINGS = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
}
_MULTIPART = "multipart/form-data"
_METHODS = ["PUT", "POST", "DELETE"]
_NEW = f"{GRAPH}steward/"
_IN_REQUEST = "content"
Part = tuple[str, bytes]


def blueprint_over(desk: Checker) -> Blueprint:
    """The routes, with the desk that works writes out."""
    blueprint = Blueprint("graphwrites", __name__)

    @blueprint.route("/graphs", methods=_METHODS)
    def write() -> Response:
        """Write to the graph that `?graph=` or `?default` names; POST without either makes a new one."""
        person = steward()
        pairs = in_address()
        if {"graph", "default"} & {name for name, _ in pairs}:
            return _write(desk, person, chosen_graph(pairs) or OWN_DEFAULT)
        if request.method != "POST":
            raise WrongParameter(
                th="ระบุกราฟด้วย ?graph=IRI หรือ ?default", en="name a graph, by ?graph=IRI or by ?default"
            )
        iri = _NEW + uuid4().hex
        response = _write(desk, person, iri)
        if response.status_code == 201:
            response.headers["Location"] = iri
        return response

    @blueprint.route("/graph/<path:path>", methods=_METHODS)
    def write_direct(path: str) -> Response:
        """Write to a graph of ours by its own address."""
        person = steward()
        return _write(desk, person, named_graph(parted(path, GRAPHS)[0]))

    return blueprint


def _write(desk: Checker, person: Person, graph: str) -> Response:
    parts = [] if request.method == "DELETE" else list(_parts())
    asked: dict[str, Any] = {
        "job": "write",
        "graph": graph,
        "method": request.method.lower(),
        "name": _IN_REQUEST,
        "there": _must_be_there(),
        "parts": [(name, len(content)) for name, content in parts],
    }
    note = f"{asked['method']} {graph or 'the default graph'}"
    return changed(desk, person, note, asked, b"".join(content for _, content in parts))


def _must_be_there() -> bool | None:
    """Whether the request is to be done only where the graph is there, or is not (RFC 9110, section 13.1).

    Raises PreconditionFailed for an entity tag: it names an answer of one moment, and no change is lost by asking anew.
    """
    if (held := request.headers.get("If-Match", "*").strip()) != "*":
        raise PreconditionFailed(
            th=f"ที่นี่ไม่เทียบ If-Match: {held[:80]} ใช้ได้เฉพาะ * (ต้องมีกราฟนั้นแล้ว)",
            en=f"If-Match: {held[:80]} is not compared here, only * is (the graph must be there)",
        )
    if request.headers.get("If-None-Match", "").strip() == "*":
        return False
    return True if "If-Match" in request.headers else None


def _parts() -> Iterator[Part]:
    """What was sent, each part with a name whose ending tells its syntax."""
    if request.mimetype != _MULTIPART:
        yield _IN_REQUEST + _ending(request.mimetype), sent()
        return
    files = (file for _, several in request.files.lists() for file in several)
    for number, file in enumerate(files, 1):
        yield f"{_IN_REQUEST}-{number}{_ending(file.mimetype)}", file.read()


def _ending(media_type: str) -> str:
    ending = _ENDINGS.get(media_type)
    if ending is None:
        raise UnsupportedMediaType(
            th=f"ไม่รับ {media_type[:80] or 'เนื้อหาที่ไม่บอกชนิด'}: ส่งกราฟเป็น {', '.join(_ENDINGS)}",
            en=f"{media_type[:80] or 'a body without a media type'} is not read here: "
            f"send a graph as {', '.join(_ENDINGS)}",
        )
    return ending
