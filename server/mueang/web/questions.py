"""`/questions`: the saved questions as a list, as pages with a form, and as an API."""

from flask import Blueprint, Response, jsonify, render_template, request

from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.engine.question import Question, question_named, questions
from mueang.errors import MueangError
from mueang.web.answers import answer_to, page_results
from mueang.web.context import served
from mueang.web.language import reader_language
from mueang.web.negotiation import wants_page

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
def asked(name: str) -> Response | tuple[str, int]:
    """The answer to a question; parameters by name, format by suffix, ?format= or Accept."""
    stem, _, suffix = name.partition(".")
    question = question_named(stem)
    if wants_page() and not suffix:
        return _page(question)
    return answer_to(Query(question.asked_with(_given())), suffix or None, stem)


def _given() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name not in _EXTRAS and value}


def _page(question: Question) -> tuple[str, int]:
    results, error, status, text = None, None, 200, question.text
    try:
        text = question.asked_with(_given())
        results = page_results(served().engine.answer(Query(text), ROWS[0], GRAPHS[0]))
    except MueangError as found:
        error, status = found.said_in(reader_language()), found.status
    page = render_template(
        "question.html",
        question=question,
        given=_given(),
        text=text,
        results=results,
        error=error,
        generation=served().engine.generation,
    )
    return page, status


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
