"""For operators: is the process alive, is it ready to answer."""

from flask import Blueprint, Response, jsonify

from mueang.engine.formats import ROWS
from mueang.engine.query import Query
from mueang.web.context import served

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
def live() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/health/ready")
def ready() -> Response:
    """The engine answers a query, from this generation."""
    answer = served().engine.answer(Query("ASK {}"), ROWS[0], None)
    return jsonify(status="ready", generation=answer.generation)
