"""Metadata beside the CSV of a saved question (CSVW): what each column is, who made the table, under which licence."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from mueang.engine.cells import Term
from mueang.engine.formats import ROWS
from mueang.engine.query import Query
from mueang.engine.question import Question, question_named
from mueang.errors import Language, NotFound
from mueang.web.context import served

blueprint = Blueprint("csvw", __name__)
_ENDING = "-metadata.json"
_MEDIA = "application/csvm+json"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_OF_THE_READER = {"format", "lang"}
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_ENDINGS: Mapping[str, Language] = {"Th": "th", "En": "en"}
_TYPES = {
    "integer",
    "decimal",
    "double",
    "float",
    "boolean",
    "date",
    "dateTime",
    "gYear",
    "gYearMonth",
    "duration",
}


@blueprint.get("/questions/<name>.csv-metadata.json")
def metadata(name: str) -> Response:
    """What the table at `/questions/<name>.csv`, asked with the same parameters, holds (Metadata Vocabulary, section 5)."""
    question = question_named(name)
    given = {key: value for key, value in request.args.items() if key not in _OF_THE_READER and value}
    answer = served().engine.answer(Query(question.asked_with(given)), ROWS[0], None)
    with answer.file:
        results = json.loads(answer.body)
    if "boolean" in results:
        raise NotFound(
            th=f"คำถาม {name} ตอบว่าใช่หรือไม่ จึงไม่มีตาราง",
            en=f"the question {name} is answered by yes or no: there is no table",
        )
    described = _described(question, given, results, answer.generation)
    response = Response(json.dumps(described, ensure_ascii=False, indent=1), content_type=_MEDIA)
    response.headers["Mueang-Generation"] = str(answer.generation)
    return response


@blueprint.after_app_request
def point_to_it(response: Response) -> Response:
    """Have the CSV of a question name its metadata (Model for Tabular Data, section 5.2)."""
    if request.endpoint == "questions.asked" and _is_plain_csv(response):
        name = (request.view_args or {}).get("name", "").partition(".")[0]
        given = [(key, value) for key, value in request.args.items() if key not in _OF_THE_READER]
        asked = f"?{urlencode(given)}" if given else ""
        target = f"{served().settings.address}/questions/{name}.csv{_ENDING}{asked}"
        response.headers.add("Link", f'<{target}>; rel="describedby"; type="{_MEDIA}"')
    return response


def _is_plain_csv(response: Response) -> bool:
    """Whether it is the table as it stands; the one for Excel has columns of its own, and comes as a file to keep."""
    return response.mimetype == "text/csv" and "Content-Disposition" not in response.headers


def _described(
    question: Question, given: Mapping[str, str], results: Mapping[str, Any], generation: int
) -> dict[str, Any]:
    address, asked = served().settings.address, f"?{urlencode(given)}" if given else ""
    columns = [_column(name, results["results"]["bindings"]) for name in results["head"]["vars"]]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "th"}],
        "url": f"{address}/questions/{question.name}.csv{asked}",
        "dc:title": _said(question.title),
        "dc:description": _said(question.description),
        "dc:publisher": {"@id": "https://w3id.org/mueang/graph/meta#publisher"},
        "dc:license": {"@id": _LICENCE},
        "dc:source": {"@id": f"{address}/questions/{question.name}{asked}"},
        "dc:hasVersion": str(generation),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "lineTerminators": ["\r\n", "\n"]},
        "tableSchema": {"columns": columns},
    }


def _said(words: Mapping[Language, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in words.items()]


def _column(name: str, rows: list[Mapping[str, Term]]) -> dict[str, Any]:
    """A column under the heading it has in the file, with the type of all that stands in it."""
    terms = [row[name] for row in rows if name in row]
    column: dict[str, Any] = {"name": name, "titles": {"und": name}, "datatype": _datatype(terms)}
    if language := _ENDINGS.get(name[-2:]):
        column |= {"lang": language}
    return column | ({"required": True} if rows and len(terms) == len(rows) else {})


def _datatype(terms: list[Term]) -> str:
    found = {"anyURI" if term["type"] == "uri" else term.get("datatype", "string") for term in terms}
    only = found.pop().removeprefix(_XSD) if len(found) == 1 else "string"
    return only if only in _TYPES | {"anyURI"} else "string"
