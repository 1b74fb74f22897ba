"""The first page: what is in here and how to ask it."""

from flask import Blueprint, Response, jsonify, render_template

from mueang.engine.question import questions
from mueang.web.context import page_rows, served
from mueang.web.negotiation import wants_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response | str:
    """What this is, what is in it, where to go; for programs the same in short."""
    generation = served().engine.generation
    if not wants_page():
        return jsonify(
            name="mueang", generation=generation, sparql="/sparql", questions="/questions", ontology="/def"
        )
    return render_template(
        "home.html",
        counts=page_rows("counts"),
        rounds=page_rows("rounds"),
        sources=page_rows("sources"),
        questions=questions(),
        generation=generation,
    )
