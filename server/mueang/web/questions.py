"""`/questions`: the saved questions as a gallery, as pages with a form, and as an API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, render_template, request

from mueang.engine.existence import refuse_unknown
from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.engine.question import Parameter, Question, question_named, questions, tags
from mueang.engine.tables import TABLES
from mueang.errors import MueangError
from mueang.web.answers import answer_to
from mueang.web.context import served
from mueang.web.editor import scripted
from mueang.web.geojson import collection, features_of
from mueang.web.known import Known, of_kind
from mueang.web.language import reader_language
from mueang.web.negotiation import GEOJSON, JSON, PAGE, wanted
from mueang.web.parameters import generation, in_address, single
from mueang.web.programs import programs
from mueang.web.shown import Shown, shown

blueprint = Blueprint("questions", __name__)
_EXTRAS = {"format", "lang", "view", "generation"}
_MOST_CHOICES = 250
_FORMATS = (*ROWS, *TABLES, *GRAPHS, GEOJSON, PAGE)


@dataclass(frozen=True)
class Field:
    """A parameter on the form: its value there, and the things to choose among where it names one of a kind."""

    parameter: Parameter
    value: str
    choices: Sequence[tuple[str, str]]


@blueprint.get("/questions")
def listed() -> Response | str:
    """Every question with its titles and parameters."""
    found = questions()
    if wanted((JSON, PAGE)) is PAGE:
        return render_template("questions.html", groups=_groups(found), count=len(found))
    return jsonify([_described(question) for question in found])


@blueprint.get("/questions/<name>")
def asked(name: str) -> Response | tuple[Response, int]:
    """The answer to a question; parameters by name, format by suffix, ?format= or Accept."""
    stem, _, suffix = name.partition(".")
    question = question_named(stem)
    given = wanted(_FORMATS, suffix)
    if given is PAGE:
        return _page(question)
    if given is GEOJSON:
        return collection(features_of(_query(question)))
    return answer_to(_query(question), suffix or None, stem)


def _query(question: Question) -> Query:
    given, number = _given(), generation(in_address())
    text = question.asked_with(given)
    refuse_unknown(served().engine, question, given, number)
    return Query(text, generation=number)


def _given() -> dict[str, str]:
    """The values of the question's parameters; raises WrongParameter for one that is given twice."""
    pairs = in_address()
    values = {name: single(pairs, name) for name, _ in pairs if name not in _EXTRAS}
    return {name: value for name, value in values.items() if value}


def _page(question: Question) -> tuple[Response, int]:
    answer, error, text = None, None, question.text
    try:
        query = _query(question)
        text = query.text
        answer = shown(query)
    except MueangError as found:
        error = found
    given = _given()
    address = f"{served().settings.address}/questions/{question.name}"
    asked = given | {"generation": request.args["generation"]} if request.args.get("generation") else given
    page = render_template(
        "question.html",
        question=question,
        fields=[_field(one, given) for one in question.parameters],
        asked=asked,
        text="\n".join(line for line in text.splitlines() if not line.startswith("#+")),
        answer=answer,
        error=error.said_in(reader_language()) if error else None,
        permanent=_permanent(address, given, answer) if answer else "",
        programs=programs(address, asked),
        generation=served().engine.generation,
    )
    return scripted(page), error.status if error else 200


def _permanent(address: str, given: Mapping[str, str], answer: Shown) -> str:
    """The address that always gives this answer, where it comes from a numbered generation."""
    return (
        f"{address}?{urlencode({**given, 'generation': answer.citation.generation})}"
        if answer.citation.generation
        else address
    )


def _field(parameter: Parameter, given: Mapping[str, str]) -> Field:
    default = "" if parameter.default == "today" else parameter.default
    value = given.get(parameter.name, default)
    things = of_kind(parameter.kind) if parameter.type == "iri" and parameter.kind else []
    choices = [(one.iri.rpartition("/")[2], _choice(one)) for one in things]
    if len(choices) > _MOST_CHOICES or value and value not in dict(choices):
        choices = []
    return Field(parameter, value, choices)


def _choice(one: Known) -> str:
    """A thing's name in the reader's language, and the other one's where that helps to tell it."""
    own = one.called(reader_language())
    other = one.en if own == one.th else one.th
    return f"{own} ({other})" if other and other != own else own


def _groups(found: Sequence[Question]) -> list[tuple[str, str, list[Question]]]:
    """The questions under the first of their tags: its key, its name, its questions."""
    names = tags()
    first = {one.name: next((tag for tag in names if tag in one.tags), "") for one in found}
    groups = [
        (tag, names[tag][reader_language()], [one for one in found if first[one.name] == tag])
        for tag in names
    ]
    rest = [one for one in found if not first[one.name]]
    return [group for group in groups if group[2]] + ([("other", "…", rest)] if rest else [])


def _described(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "tags": question.tags,
        "parameters": [
            {"name": one.name, "type": one.type, "kind": one.kind, "default": one.default, "title": one.title}
            for one in question.parameters
        ],
    }
