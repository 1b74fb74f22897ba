"""Errors as problem+json (RFC 9457), or as a page for browsers, in the reader's language."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, json, make_response, render_template
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from mueang.errors import MalformedData, MalformedQuery, MueangError, QueryBudgetExceeded
from mueang.graph.names import BASE
from mueang.web.language import reader_language
from mueang.web.negotiation import wants_page

_log = logging.getLogger(__name__)
_HEADERS = {
    "Allow": "allowed",
    "Retry-After": "retry_after",
    "Accept-Encoding": "codings",
    "WWW-Authenticate": "challenge",
}
_WORDS = {
    404: ("ไม่มีสิ่งที่ขอในที่นี้", "there is nothing here by that name"),
    405: ("ที่นี่ไม่รับคำสั่งแบบนี้", "this method is not taken here"),
    413: ("ข้อความที่ส่งมายาวเกินไป", "the body is too large"),
}


def install(app: Flask) -> None:
    """The two places errors end: ours with all they know, the server's own with its status."""
    app.register_error_handler(MueangError, _ours)
    app.register_error_handler(HTTPException, _servers)
    app.register_error_handler(Exception, _unexpected)


def _ours(error: MueangError) -> Response:
    slug = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    response = _problem(error.status, error.said_in(reader_language()), slug, _members(error))
    for header, attribute in _HEADERS.items():
        if hasattr(error, attribute):
            response.headers[header] = str(getattr(error, attribute))
    return response


def _members(error: MueangError) -> dict[str, object]:
    """What a program may want to know of an error beside its sentence (RFC 9457, section 3.2)."""
    if isinstance(error, MalformedQuery | MalformedData) and error.line:
        return {"line": error.line, "column": error.column}
    if isinstance(error, QueryBudgetExceeded):
        return {"budget": error.budget}
    return {}


def _servers(error: HTTPException) -> Response:
    status = error.code or 500
    th, en = _WORDS.get(status, (HTTPStatus(status).phrase, HTTPStatus(status).phrase))
    response = _problem(status, th if reader_language() == "th" else en, "http", {})
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _unexpected(error: Exception) -> Response:
    _log.exception("unexpected error", exc_info=error)
    detail = "ระบบผิดพลาด ได้บันทึกไว้แล้ว" if reader_language() == "th" else "something failed here; it was logged"
    return _problem(500, detail, "unexpected", {})


def _problem(status: int, detail: str, slug: str, members: Mapping[str, object]) -> Response:
    title = HTTPStatus(status).phrase
    if wants_page():
        return make_response(
            render_template("problem.html", status=status, title=title, detail=detail), status
        )
    body = {"type": f"{BASE}problem/{slug}", "title": title, "status": status, "detail": detail, **members}
    return Response(
        json.dumps(body, ensure_ascii=False) + "\n", status=status, content_type="application/problem+json"
    )
