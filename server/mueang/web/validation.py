"""`/validate`: checks a file without keeping it, as an API and as a page to paste into or upload to."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import PurePath

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from mueang.check.asking import Asked, Validated
from mueang.check.formats import FORMATS, FRAGMENT, ReportFormat
from mueang.check.html import FINDINGS_STYLE, STYLE
from mueang.check.plain import SCHEMA_TEXT
from mueang.errors import MueangError, UnsupportedMediaType, WrongParameter
from mueang.files import too_large
from mueang.web.body import body_bytes
from mueang.web.context import served
from mueang.web.download import as_file
from mueang.web.language import reader_language, say
from mueang.web.negotiation import required

Validate = Callable[[Asked], Validated]
ENDINGS = {
    "text/turtle": ".ttl",
    "application/trig": ".trig",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_UNTOLD = ("", "text/plain", "application/octet-stream")
URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_FIELDS = 64_000
"""Bytes that a form may have beside what is checked."""


def blueprint_over(validate: Validate) -> Blueprint:
    """The routes, with what does the checking."""
    blueprint = Blueprint("validation", __name__)

    @blueprint.get("/validate")
    def page() -> Response:
        """The form."""
        return _page("", "")

    @blueprint.post("/validate")
    def checked() -> Response:
        """The report on what is sent: in the format asked for, or on the page for browsers."""
        request.max_content_length = request.max_form_memory_size = _most() + _FIELDS
        if not request.args.get("format") and required(FORMATS).key == "html":
            return _checked_on_page(validate)
        return _report(validate)

    @blueprint.get("/validate/findings.css")
    def style() -> Response:
        """How findings look on the page."""
        return Response(FINDINGS_STYLE, content_type="text/css; charset=utf-8")

    @blueprint.get("/validate/report.schema.json")
    def schema() -> Response:
        """The JSON Schema of a report."""
        return Response(SCHEMA_TEXT, content_type="application/schema+json")

    return blueprint


def _report(validate: Validate) -> Response:
    wanted = required(FORMATS)
    name, content = submitted()
    return as_sent(validate(Asked(name, content, wanted.key, reader_language())), wanted, name)


def as_sent(done: Validated, wanted: ReportFormat, name: str) -> Response:
    """A report as it is sent: kept by nobody, and by its own policy where it is a page of its own."""
    response = Response(done.body, content_type=done.media_type)
    response.headers["Cache-Control"] = "no-store"
    if wanted.key == "html":
        response.headers["Content-Security-Policy"] = _policy()
    if wanted.key == "xlsx":
        as_file(response, _marked_name(name))
    return response


def _checked_on_page(validate: Validate) -> Response:
    """The form with what was sent, and its report or the reason that there is none."""
    name, content, pasted = "", b"", ""
    try:
        name, content = submitted()
        pasted = request.form.get("text", "")
        done = validate(Asked(name, content, FRAGMENT.key, reader_language()))
        return _page(pasted, name, report=done.body.decode())
    except MueangError as error:
        return _page(pasted, name, error=error)


def _page(pasted: str, name: str, *, report: str = "", error: MueangError | None = None) -> Response:
    page = render_template(
        "validate.html",
        pasted=pasted,
        name=name,
        report=Markup(report),  # noqa: S704  (made from a template that escapes)
        error=error.said_in(reader_language()) if error else "",
        formats=[one.key for one in FORMATS],
        accepted=",".join(ENDINGS.values()),
        megabytes=served().settings.submission_mb,
        generation=served().engine.generation,
    )
    response = make_response(page, error.status if error else 200)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


def submitted() -> tuple[str, bytes]:
    """The name and bytes of what is to be checked."""
    try:
        name, content = _in_form() if request.mimetype in (URL_ENCODED, MULTIPART) else _in_body()
    except RequestEntityTooLarge as error:
        raise too_large("submission", _most()) from error
    if len(content) > _most():
        raise too_large(name, _most())
    if not content:
        raise WrongParameter(
            th="ไม่มีอะไรให้ตรวจ: เลือกแฟ้มหรือวางข้อความ",
            en="there is nothing to check: choose a file, or paste text",
        )
    return name, content


def _in_form() -> tuple[str, bytes]:
    """The file of a form, else what was pasted into it; line ends as the browser's field shows them."""
    files = [file for _, several in request.files.lists() for file in several if file.filename]
    if len(files) > 1:
        raise WrongParameter(
            th=f"ส่งได้ครั้งละหนึ่งแฟ้ม แต่ได้รับ {len(files)}",
            en=f"one file at a time, {len(files)} were sent",
        )
    if files:
        return PurePath((files[0].filename or "").replace("\\", "/")).name, files[0].read()
    pasted = request.form.get("text", "").replace("\r\n", "\n")
    return _given_name() or say("ข้อความ", "text"), pasted.encode() if pasted.strip() else b""


def _in_body() -> tuple[str, bytes]:
    """The body; its media type tells the syntax unless `name=` has an ending."""
    ending = ENDINGS.get(request.mimetype)
    if ending is None and request.mimetype not in _UNTOLD:
        raise UnsupportedMediaType(
            th=f"ไม่รับ {request.mimetype[:80]}: ส่งเป็น {', '.join(ENDINGS)} หรือ {MULTIPART}",
            en=f"{request.mimetype[:80]} is not read here: send {', '.join(ENDINGS)}, or {MULTIPART}",
        )
    name = _given_name() or "submission"
    return name if PurePath(name).suffix else name + (ending or ""), body_bytes()


def _given_name() -> str:
    return PurePath(request.args.get("name", "")[:200]).name


def _most() -> int:
    return served().settings.submission_mb * 1_000_000


def _marked_name(name: str) -> str:
    path = PurePath(name)
    return f"{path.stem}-checked{path.suffix or '.xlsx'}"


def _policy() -> str:
    """Nothing but the style that the report brings."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"
