"""`/questions`: the saved questions as a list, as pages with a form, and as an API."""

from flask import Blueprint, Response, jsonify, render_template, request

from mueang.engine.formats import GRAPHS, ROWS, GraphFormat, RowsFormat, format_named
from mueang.engine.query import Query
from mueang.engine.question import Question, question_named, questions
from mueang.errors import MueangError
from mueang.web.context import served
from mueang.web.language import reader_language
from mueang.web.negotiation import chosen, wants_page
from mueang.web.sparql import answered, page_results

blueprint = Blueprint("questions", __name__)
_EXTRAS = {"format", "lang"}


@blueprint.get("/questions")
def listed() -> Response | str:
    """Every question with its titles and parameters."""
    found = questions()
    if wants_page():
        return render_template("questions.html", questions=found)
    return jsonify([_described(question) for question in found])


@blueprint.get("/questions/<name>")
def asked(name: str) -> Response | str:
    """The answer to a question; parameters by name, format by suffix, ?format= or Accept."""
    stem, _, suffix = name.partition(".")
    question = question_named(stem)
    if wants_page() and not suffix:
        return _page(question)
    rows, graph = _formats(suffix)
    return answered(served().engine.answer(Query(question.asked_with(_given())), rows, graph))


def _formats(suffix: str) -> tuple[RowsFormat | None, GraphFormat | None]:
    if suffix:
        return format_named(suffix, ROWS), format_named(suffix, GRAPHS)
    return chosen(ROWS), chosen(GRAPHS)


def _given() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name not in _EXTRAS and value}


def _page(question: Question) -> str:
    results, error, text = None, None, question.text
    try:
        text = question.asked_with(_given())
        results = page_results(served().engine.answer(Query(text), ROWS[0], GRAPHS[0]))
    except MueangError as found:
        error = found.said_in(reader_language())
    return render_template(
        "question.html",
        question=question,
        given=_given(),
        text=text,
        results=results,
        error=error,
        generation=served().engine.generation,
    )


def _described(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "parameters": [
            {"name": one.name, "type": one.type, "kind": one.kind, "default": one.default, "title": one.title}
            for one in question.parameters
        ],
    }
