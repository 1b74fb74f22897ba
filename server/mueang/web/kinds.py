"""`/id/<kind>`: all things whose IRIs begin alike, as a page, as a table, as RDF, and on the map."""

import re
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirection

from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.engine.question import page_query
from mueang.engine.tables import TABLES
from mueang.errors import NotFound
from mueang.graph.names import BASE
from mueang.web.answers import answer_to, answered
from mueang.web.context import page_graph, page_rows, served
from mueang.web.geojson import collection, features
from mueang.web.names import Names
from mueang.web.negotiation import GEOJSON, PAGE, parted, wanted

blueprint = Blueprint("kinds", __name__)
_KIND = re.compile(r"[a-z][a-z0-9-]{0,60}")
_ON_A_PAGE = 200
_FORMATS = (*ROWS, *TABLES, *GRAPHS, GEOJSON, PAGE)
Rows = list[dict[str, Any]]


@blueprint.get("/id")
def kinds() -> Redirection:
    """The kinds of things stand with the terms."""
    return redirect("/def", 303)


@blueprint.get("/id/<name>")
def kind(name: str) -> Response | str:
    """Every thing of a kind, with its names."""
    kind, suffix = parted(name, _FORMATS)
    rows = _rows(kind)
    given = wanted(_FORMATS, suffix)
    if given is PAGE:
        return _page(kind, rows)
    if given is GEOJSON:
        return collection(features(row["item"]["value"] for row in rows))
    if given in GRAPHS:
        return answered(page_graph("things-of-a-kind-graph", given, _stem(kind)))
    return answer_to(Query(page_query("things-of-a-kind", _stem(kind))), given.key, kind)


def _stem(kind: str) -> str:
    return f"{BASE}id/{kind}/"


def _rows(kind: str) -> Rows:
    rows: Rows = page_rows("things-of-a-kind", _stem(kind)) if _KIND.fullmatch(kind) else []
    if not rows:
        raise NotFound(th=f"ไม่มีสิ่งใดใต้ /id/{kind}", en=f"there is nothing below /id/{kind}")
    return rows


def _page(kind: str, rows: Rows) -> str:
    pages = -(-len(rows) // _ON_A_PAGE)
    asked = request.args.get("page", "1")
    number = min(int(asked), pages) if asked.isdecimal() and len(asked) < 6 else 1
    shown = rows[max(number - 1, 0) * _ON_A_PAGE :][:_ON_A_PAGE]
    iris = [row["item"]["value"] for row in shown]
    return render_template(
        "kind.html",
        kind=kind,
        rows=shown,
        count=len(rows),
        pages=pages,
        number=max(number, 1),
        names=Names([*iris, *(row["province"]["value"] for row in shown if "province" in row)]),
        on_map=any("province" in row for row in rows) or bool(features(iris[:1])),
        formats=[one.key for one in (TABLES[0], *ROWS, *GRAPHS)],
        generation=served().engine.generation,
    )
