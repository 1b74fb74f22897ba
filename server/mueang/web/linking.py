"""`/link`: a table of names in, the same table with IRIs, codes and official names out; nothing is kept."""

import base64
import gzip
import io
import zlib
from contextlib import suppress
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from mueang.check.asking import Done
from mueang.check.client import Checker
from mueang.check.sheets.grid import ENDINGS
from mueang.engine.formats import Format
from mueang.engine.tables import XLSX
from mueang.errors import MueangError, TooLarge, WrongParameter
from mueang.link.facts import facts_of
from mueang.link.names import index_of
from mueang.link.order import Order
from mueang.link.tables.report import sentences
from mueang.link.tables.words import HEADINGS
from mueang.web.body import body_bytes
from mueang.web.context import served
from mueang.web.download import as_file
from mueang.web.language import reader_language
from mueang.web.negotiation import required
from mueang.web.validation import MULTIPART, URL_ENCODED, submitted

FORMATS: tuple[Format[Any], ...] = (
    Format("json", ("application/json",), None),
    Format("csv", ("text/csv",), None),
    XLSX,
    Format("ttl", ("text/turtle",), None),
    Format("html", ("text/html",), None),
    Format("report", ("text/csv",), None),
)
_FIELDS = 64_000
_LONGEST = 200


def blueprint_over(desk: Checker) -> Blueprint:
    """The routes, with the desk that reads the tables."""
    blueprint = Blueprint("linking", __name__)

    @blueprint.get("/link")
    def page() -> Response:
        """The form."""
        return _page({"name": "", "packed": ""})

    @blueprint.post("/link")
    def linked() -> Response:
        """The table joined, in the format asked for, or what came of it on the page for browsers."""
        request.max_content_length = request.max_form_memory_size = _most() + _FIELDS
        wanted = required(FORMATS)
        if wanted.key == "html":
            return _linked_on_page(desk)
        name, content = _sent()
        return _download(_done(desk, name, content, wanted.key), wanted, name)

    return blueprint


def _done(desk: Checker, name: str, content: bytes, wish: str) -> Done:
    order = Order(
        name=name,
        language=reader_language(),
        wish=wish,  # type: ignore[arg-type]
        column=_given("column"),
        kinds=tuple(filter(None, _values("kind"))),
        sheet=_given("sheet") or None,
    )
    done = desk.done({"job": "link", "order": asdict(order)}, content)
    if done.said.get("generation") is not None:
        g.setdefault("generations", set()).add(done.said["generation"])
    return done


def _download(done: Done, wanted: Format[Any], name: str) -> Response:
    media_type = wanted.content_type.replace("charset=utf-8", f"charset={done.said['charset']}")
    response = Response(done.parts[0], content_type=media_type)
    response.headers["Cache-Control"] = "no-store"
    if wanted.key != "json":
        path = PurePath(name)
        own = path.suffix.lower() if wanted.key == "csv" and path.suffix.lower() == ".tsv" else ""
        ending = {"report": ".csv"}.get(wanted.key, own or f".{wanted.key}")
        what = "not-linked" if wanted.key == "report" else "linked"
        as_file(response, f"{path.stem}-{what}{ending}")
    return response


def _linked_on_page(desk: Checker) -> Response:
    """The form with what came of the table, or the reason why nothing did."""
    name, packed = "", ""
    try:
        name, content = _sent()
        packed = _packed(content)
        done = _done(desk, name, content, "page")
        return _page({"name": name, "packed": packed}, said=done.said)
    except MueangError as error:
        return _page({"name": name, "packed": packed}, error=error)


def _page(
    sent: dict[str, str], *, said: dict[str, Any] | None = None, error: MueangError | None = None
) -> Response:
    kinds = _kinds()
    page = render_template(
        "link.html",
        **sent,
        said=_apart(said) if said else None,
        sentences=list(sentences(said, reader_language(), kinds)) if said else [],
        column=_given("column"),
        chosen=_values("kind"),
        sheet=_given("sheet"),
        kinds=kinds,
        error=error.said_in(reader_language()) if error else "",
        accepted=",".join(ENDINGS),
        megabytes=served().settings.submission_mb,
        generation=served().engine.generation,
    )
    response = make_response(page, error.status if error else 200)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


def _apart(said: dict[str, Any]) -> dict[str, Any]:
    """What came of a table, the things that a text may mean so called that namesakes can be told apart."""
    missed = [
        {**one, "suggestions": [{**thing, "label": thing["told"]} for thing in one["suggestions"]]}
        for one in said["missed"]
    ]
    return {**said, "missed": missed}


def _kinds() -> dict[str, str]:
    """The kinds of things that have names and what each is called, those that tables name most often first."""
    engine, language = served().engine.itself, reader_language()
    known = facts_of(engine).kinds
    index = index_of(engine)
    kinds = [*(kind for kind in HEADINGS if kind in index.kinds), *index.kinds]
    return {kind: known[kind].label(language) if kind in known else kind for kind in dict.fromkeys(kinds)}


def _sent() -> tuple[str, bytes]:
    """The table's name and bytes: a file, the one that the page was shown for, pasted text, or the body."""
    try:
        if _in_form() and request.form.get("packed") and not _file():
            return PurePath(request.form.get("name", "")[:_LONGEST]).name or "table.csv", _unpacked()
        if _is_empty():
            raise WrongParameter(
                th="ไม่มีตารางให้เชื่อม: ยังไม่ได้เลือกแฟ้ม หรือแฟ้มว่าง",
                en="there is no table to link: no file was chosen, or it is empty",
            )
        name, content = submitted()
    except (RequestEntityTooLarge, TooLarge) as error:
        raise _too_large() from error
    return name if PurePath(name).suffix else f"{name}.csv", content


def _in_form() -> bool:
    return request.mimetype in (URL_ENCODED, MULTIPART)


def _file() -> FileStorage | None:
    """The file of a form."""
    return next((file for file in request.files.values() if file.filename), None)


def _is_empty() -> bool:
    """Whether nothing was sent, or a file with nothing in it."""
    if not _in_form():
        return not body_bytes()
    file = _file()
    if file is None:
        return not request.form.get("text", "").strip()
    first = file.read(1)
    file.seek(0)
    return not first


def _too_large() -> TooLarge:
    most = served().settings.submission_mb
    return TooLarge(
        th=f"ตารางที่ส่งมาใหญ่เกิน {most} MB ที่รับได้ที่นี่: ใช้คำสั่ง mueang link กับตารางที่ใหญ่กว่านี้",
        en=f"the table is larger than the {most} MB taken here: the command mueang link takes larger ones",
    )


def _packed(content: bytes) -> str:
    """The table for the page to send again; empty where it would be more than is taken."""
    packed = base64.b64encode(gzip.compress(content, 6, mtime=0)).decode()
    return packed if len(packed) <= _most() else ""


def _unpacked() -> bytes:
    try:
        packed = gzip.GzipFile(fileobj=io.BytesIO(base64.b64decode(request.form["packed"], validate=True)))
        content = packed.read(_most() + 1)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise WrongParameter(
            th="packed= อ่านไม่ได้: เลือกแฟ้มใหม่", en="packed= cannot be read: choose the file again"
        ) from error
    if len(content) > _most():
        raise _too_large()
    return content


def _given(name: str) -> str:
    return next(iter(_values(name)), "")


def _values(name: str) -> list[str]:
    """The values of an option, of the form or else of the address."""
    values: list[str] = []
    with suppress(RequestEntityTooLarge):  # the page says so, and has no fields to show again
        values = request.form.getlist(name) if _in_form() else []
    values = values or request.args.getlist(name)
    return [value.strip()[:_LONGEST] for value in values[:_FIELDS]]


def _most() -> int:
    return served().settings.submission_mb * 1_000_000
