"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (section 2.1), and a form for browsers."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, render_template, request
from werkzeug.wsgi import FileWrapper

from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Answer, Query
from mueang.errors import MueangError, UnsupportedMediaType, UnusableRequest, WrongParameter
from mueang.web.columns import columns_shown
from mueang.web.context import served
from mueang.web.language import reader_language
from mueang.web.negotiation import chosen, wants_page

blueprint = Blueprint("sparql", __name__)
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response | str:
    """Answer a query; a browser that brings none gets the form."""
    if request.method in ("GET", "HEAD") and not request.query_string.strip() and not wants_page():
        raise UnusableRequest(th="ไม่มีคำถาม: ส่งมาใน query=", en="there is no query: send one as query=")
    if wants_page():
        return _page()
    return answered(served().engine.answer(requested_query(), chosen(ROWS), chosen(GRAPHS)))


def answered(answer: Answer) -> Response:
    """An answer as a response of known length that names its generation."""
    response = Response(FileWrapper(answer.file, 1 << 16), content_type=answer.format.content_type)
    response.direct_passthrough = True
    response.content_length = answer.length
    response.call_on_close(answer.file.close)
    response.headers["Mueang-Generation"] = str(answer.generation)
    return response


def requested_query() -> Query:
    """The query of this request with its dataset; raises for anything the protocol calls wrong."""
    in_address = _pairs(request.query_string, "URL")
    if request.method in ("GET", "HEAD"):
        return _query(in_address)
    body = request.get_data()
    if request.mimetype == _FORM:
        return _query(in_address + _pairs(body, "form"))
    if request.mimetype == _DIRECT:
        return _query([*in_address, ("query", _decoded(body))])
    raise UnsupportedMediaType(
        th=f"ส่งคำถามเป็น {_FORM} หรือ {_DIRECT}", en=f"send a query as {_FORM} or as {_DIRECT}"
    )


def _query(pairs: Sequence[tuple[str, str]]) -> Query:
    _refuse_update(pairs)
    texts = [value for name, value in pairs if name == "query"]
    if len(texts) != 1:
        raise WrongParameter(
            th=f"ต้องมีคำถามหนึ่งคำถาม แต่ได้รับ {len(texts)}",
            en=f"exactly one query is needed, {len(texts)} were sent",
        )
    return Query(texts[0], _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri"))


def _values(pairs: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for known, value in pairs if known == name]


def _refuse_update(pairs: Sequence[tuple[str, str]]) -> None:
    if any(name == "update" for name, _ in pairs):
        raise UnusableRequest(th="ที่นี่รับคำถาม ไม่รับการแก้ไข", en="queries are answered here, updates are not")


def _pairs(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise WrongParameter(
            th=f"{where}: พารามิเตอร์ไม่ใช่ข้อความ UTF-8", en=f"{where}: the parameters are not UTF-8 text"
        ) from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongParameter(th="คำถามไม่ใช่ข้อความ UTF-8", en="the query is not UTF-8 text") from error


def _page() -> str:
    """The form with what was asked and its answer; an error keeps the query in the form."""
    text = request.values.get("query", "")
    results, error, generation = None, None, served().engine.generation
    if text:
        try:
            answer = served().engine.answer(requested_query(), ROWS[0], GRAPHS[0])
            results = page_results(answer)
        except MueangError as found:
            error = found.said_in(reader_language())
    return render_template("sparql.html", query=text, results=results, error=error, generation=generation)


def page_results(answer: Answer) -> dict[str, Any]:
    """What a page shows of an answer: columns and rows, a boolean, or the text of a graph."""
    if answer.format in GRAPHS:
        return {"graph": answer.body.decode("utf-8")}
    results: dict[str, Any] = json.loads(answer.body)
    if "boolean" in results:
        return {"boolean": results["boolean"]}
    return {
        "columns": columns_shown(results["head"]["vars"], reader_language()),
        "rows": results["results"]["bindings"],
    }
