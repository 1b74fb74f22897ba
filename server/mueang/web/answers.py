"""An answer as a response: in the format the request likes best, as a table for people, or on a page."""

import json
from datetime import date
from typing import Any

from flask import Response
from werkzeug.wsgi import FileWrapper

from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Answer, Query
from mueang.engine.tables import TABLES, XLSX, asked_as, table_answer, too_deep
from mueang.engine.workbook import About
from mueang.errors import NotAcceptable
from mueang.web.columns import columns_shown
from mueang.web.context import served
from mueang.web.download import as_file
from mueang.web.language import reader_language
from mueang.web.negotiation import chosen, not_acceptable

_LARGEST_PAGE = 4_000_000


def answer_to(query: Query, suffix: str | None = None, name: str = "answer") -> Response:
    """The response to a query; `name` is what a downloaded table is called."""
    rows, graph = chosen((*ROWS, *TABLES), suffix), chosen(GRAPHS, suffix)
    if not (rows or graph):
        raise not_acceptable((*ROWS, *TABLES, *GRAPHS))
    answer = served().engine.answer(query, asked_as(rows), graph)
    if rows not in TABLES or answer.format not in ROWS:
        return answered(answer)
    address = f"{served().settings.address}/sparql"
    about = About(query.text, address, date.today(), reader_language())
    response = answered(table_answer(served().engine, answer, rows, about))
    as_file(response, _file_name(name, rows.key))
    if rows is XLSX:
        response.headers["Cache-Control"] = "no-store"  # it names the day it was made on
    return response


def answered(answer: Answer) -> Response:
    """An answer as a response of known length that names its generation."""
    response = Response(FileWrapper(answer.file, 1 << 16), content_type=answer.format.content_type)
    response.direct_passthrough = True
    response.content_length = answer.length
    response.call_on_close(answer.file.close)
    response.headers["Mueang-Generation"] = str(answer.generation)
    return response


def page_results(answer: Answer) -> dict[str, Any]:
    """What a page shows of an answer: columns and rows, a boolean, or the text of a graph."""
    with answer.file:
        if answer.length > _LARGEST_PAGE:
            raise _too_long(answer)
        body = answer.body
    if answer.format in GRAPHS:
        return {"graph": body.decode("utf-8")}
    try:
        results: dict[str, Any] = json.loads(body)
    except RecursionError as error:
        raise too_deep() from error
    if "boolean" in results:
        return {"boolean": results["boolean"]}
    return {
        "columns": columns_shown(results["head"]["vars"], reader_language()),
        "rows": results["results"]["bindings"],
    }


def _too_long(answer: Answer) -> NotAcceptable:
    megabytes = f"{answer.length / 1e6:.0f} MB"
    return NotAcceptable(
        th=f"คำตอบยาว {megabytes} เกินกว่าจะแสดงเป็นหน้าเว็บ: ใส่ LIMIT หรือขอเป็น csv",
        en=f"the answer has {megabytes}, too much for a page: add a LIMIT, or take it as csv",
    )


def _file_name(name: str, key: str) -> str:
    return f"{name}.{'csv' if key == 'csv-excel' else key}"
