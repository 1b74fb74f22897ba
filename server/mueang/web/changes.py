"""`/changes`: what changed in the world between two days, as far as the sources tell."""

import json
import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from mueang.engine.formats import ROWS
from mueang.engine.query import Query
from mueang.engine.question import read_question
from mueang.errors import MueangError, WrongParameter
from mueang.files import folder
from mueang.web.context import served
from mueang.web.language import reader_language
from mueang.web.names import Names, iris_in
from mueang.web.negotiation import JSON, PAGE, wanted

blueprint = Blueprint("changes", __name__)
_BE = 543
_FIRST_BE = 2400
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
Table = list[dict[str, Any]]


@blueprint.get("/changes")
def changes() -> Response | str | tuple[str, int]:
    """What happened between `from` and `to`, and how things stood on both days."""
    page = wanted((JSON, PAGE)) is PAGE
    given = {name: request.args.get(name, default) for name, default in (("from", "2022"), ("to", "2023"))}
    try:
        days = _days(given)
    except WrongParameter as error:
        if not page:
            raise
        return _page(given, {}, error), error.status
    return _page(given, days, None) if page else jsonify(**_found(days, given))


def _page(given: dict[str, str], days: dict[str, str], error: MueangError | None) -> str:
    rows = _rows("changes", days) if days else []
    parts: dict[str, Table] = {}
    for row in rows:
        parts.setdefault(row["part"]["value"], []).append(row)
    return render_template(
        "changes.html",
        given=given,
        days=days,
        parts=parts,
        standing=[_standing(day) for day in days.values()],
        names=Names(iris_in(rows)),
        error=error.said_in(reader_language()) if error else None,
        generation=served().engine.generation,
    )


def _found(days: dict[str, str], given: dict[str, str]) -> dict[str, object]:
    rows = _rows("changes", days)
    return {
        "asked": given,
        "after": days["from"],
        "until": days["to"],
        "before": _standing(days["from"]),
        "afterwards": _standing(days["to"]),
        "changes": [{name: term["value"] for name, term in row.items()} for row in rows],
    }


def _standing(day: str) -> dict[str, int]:
    """How many of what there were on a day."""
    [row] = _rows("standing", {"date": day})
    return {name: int(term["value"]) for name, term in row.items()}


def _rows(name: str, values: dict[str, str]) -> Table:
    """The rows of a query in queries/pages that takes days."""
    asked = read_question(folder("queries/pages") / f"{name}.rq").asked_with(values)
    answer = served().engine.answer(Query(asked), ROWS[0], None)
    rows: Table = json.loads(answer.body)["results"]["bindings"]
    return rows


def _days(given: dict[str, str]) -> dict[str, str]:
    """The days asked for; raises WrongParameter where one is no day, or the later comes first."""
    days = {name: _day(name, text) for name, text in given.items()}
    if days["from"] > days["to"]:
        raise WrongParameter(
            th=f"from ({days['from']}) อยู่หลัง to ({days['to']}): ให้วันที่มาก่อนไว้ใน from",
            en=f"from ({days['from']}) is later than to ({days['to']}): give the earlier day as from",
        )
    return days


def _day(name: str, text: str) -> str:
    """A day of the Common Era; a year stands for its last day, and may be of either era."""
    text = text.strip()
    found = _DAY.fullmatch(f"{text}-12-31" if _YEAR.fullmatch(text) else text)
    try:
        year, month, day = map(int, found.groups() if found else ())
        return date(year - _BE if year >= _FIRST_BE else year, month, day).isoformat()
    except ValueError as error:
        raise WrongParameter(
            th=f"{name} = {text[:40]!r}: ต้องเป็นปี เช่น 2022 หรือ 2565 หรือวันที่ เช่น 2022-11-09",
            en=f"{name} = {text[:40]!r}: must be a year such as 2022 or 2565, or a day such as 2022-11-09",
        ) from error
