"""`/graphs` and `/graph/…`: the graphs read by the SPARQL 1.1 Graph Store HTTP Protocol, and a list of them."""

import re
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request

from mueang.engine.formats import GRAPHS, GraphFormat
from mueang.engine.query import Query
from mueang.engine.question import page_query
from mueang.errors import NotFound, WrongParameter
from mueang.graph.names import BASE, GRAPH
from mueang.web.answers import answered
from mueang.web.context import page_rows, served
from mueang.web.negotiation import PAGE, parted, required, wanted, wants_page
from mueang.web.parameters import Pairs, generation, in_address, single

blueprint = Blueprint("graphs", __name__)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_CHOOSING = {"graph", "default"}
_FORMATS = (*GRAPHS, PAGE)


@blueprint.get("/graphs")
def graphs() -> Response | str:
    """One graph by its IRI (`?graph=`), the default graph (`?default`), or the list of all (sections 4.2, 5.2)."""
    pairs = in_address()
    if not _CHOOSING & {name for name, _ in pairs}:
        return _list()
    return _read(chosen_graph(pairs), required(GRAPHS))


@blueprint.get("/graph/<path:path>")
def graph(path: str) -> Response | str:
    """A graph of ours by its own address (section 4.1); for browsers a page about it."""
    path, suffix = parted(path, _FORMATS)
    iri = named_graph(path)
    given = wanted(_FORMATS, suffix)
    return _page(iri) if given is PAGE else _read(iri, given)


def named_graph(path: str) -> str:
    """The IRI of the graph of ours at a path; raises NotFound for what cannot be one."""
    iri = GRAPH + path
    if not _ABSOLUTE.fullmatch(iri):
        raise _not_there(iri)
    return iri


def chosen_graph(pairs: Pairs) -> str | None:
    """The IRI of the graph that is asked for, None for the default graph."""
    iri, default = single(pairs, "graph"), single(pairs, "default")
    if iri is not None and default is not None:
        raise WrongParameter(
            th="ระบุ graph= หรือ default อย่างใดอย่างหนึ่ง", en="give either graph= or default, not both"
        )
    if default:
        raise WrongParameter(th="default ไม่มีค่า: ใช้ ?default", en="default takes no value: write ?default")
    if iri is not None and not _ABSOLUTE.fullmatch(iri):
        raise WrongParameter(
            th=f"graph={iri[:200]}: ต้องเป็น IRI เต็ม เช่น {GRAPH}meta",
            en=f"graph={iri[:200]}: must be a whole IRI, such as {GRAPH}meta",
        )
    return iri


def _read(iri: str | None, wanted: GraphFormat) -> Response:
    query = Query(page_query("graph"), [iri] if iri else [], generation=generation(in_address()))
    answer = served().engine.answer(query, None, wanted)
    if iri and answer.empty:
        answer.file.close()
        raise _not_there(iri)
    answer.file.seek(0)
    return answered(answer)


def _list() -> Response | str:
    accept = request.accept_mimetypes
    json_wanted = request.args.get("format", "json") == "json" and (
        not accept or accept.quality("application/json") > 0
    )
    if not wants_page() and not json_wanted:
        raise WrongParameter(
            th="ระบุกราฟด้วย ?graph=IRI หรือ ?default (รายชื่อกราฟมีเป็น JSON และหน้าเว็บ)",
            en="name a graph by ?graph=IRI or ?default (the list of graphs is given as JSON and as a page)",
        )
    found = [_described(row) for row in page_rows("graphs")]
    if wants_page():
        return render_template("graphs.html", graphs=found, generation=served().engine.generation)
    return jsonify(found)


def _page(iri: str) -> str:
    found = [one for one in map(_described, page_rows("graphs")) if one["graph"] == iri]
    if not found:
        raise _not_there(iri)
    return render_template(
        "graph.html", graph=found[0], formats=GRAPHS, generation=served().engine.generation
    )


def _described(row: dict[str, Any]) -> dict[str, Any]:
    def text(name: str) -> str | None:
        return row[name]["value"] if name in row else None

    iri = row["graph"]["value"]
    own = iri.startswith(GRAPH)
    return {
        "graph": iri,
        "address": f"/{quote(iri.removeprefix(BASE))}" if own else f"/graphs?graph={quote(iri, safe='')}",
        "title": {"th": text("label_th"), "en": text("label_en")},
        "description": {"th": text("about_th"), "en": text("about_en")},
        "licence": text("licence"),
        "statements": int(row["triples"]["value"]),
    }


def _not_there(iri: str) -> NotFound:
    shown = iri if len(iri) <= 200 else iri[:200] + "…"
    return NotFound(
        th=f"ไม่มีกราฟ {shown}: ดูรายชื่อที่ /graphs", en=f"there is no graph {shown}: see the list at /graphs"
    )
