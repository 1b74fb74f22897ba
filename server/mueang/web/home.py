"""The first page: what is in here, how fresh, how complete, and how to ask it."""

from itertools import islice
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from mueang.engine.foreign import NO_GENERATION
from mueang.engine.question import questions
from mueang.graph.generation import Generation
from mueang.graph.history import history
from mueang.web.context import page_rows, served
from mueang.web.coverage import coverage
from mueang.web.kept import kept
from mueang.web.map import map_of_all
from mueang.web.negotiation import wants_page

blueprint = Blueprint("home", __name__)
_TABLES = ("counts", "rounds", "sources", "freshness", "map-marks")
_NEWEST = 5


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
        tables=kept("home", _tables),
        coverage=coverage(),
        map=map_of_all(),
        questions=kept("questions", questions),
        newest=_newest(),
        generation=generation,
    )


def _tables() -> dict[str, list[dict[str, Any]]]:
    return {name: page_rows(name) for name in _TABLES}


def _newest() -> list[Generation]:
    """The generations published last; none where another server holds the graph."""
    if served().engine.generation == NO_GENERATION:
        return []
    published = (one for one, state in history(served().settings.home) if state != "unused")
    return list(islice(published, _NEWEST))
