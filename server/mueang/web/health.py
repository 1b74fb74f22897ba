"""For operators: is the process alive, is it ready to answer."""

from flask import Blueprint, Response, jsonify

from mueang.errors import Busy
from mueang.web.context import served

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
def live() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/health/ready")
def ready() -> Response:
    """A query asked now would be taken up, and from this generation; 503 otherwise."""
    engine = served().engine
    if not engine.ready():
        raise Busy(th="ยังไม่พร้อมตอบคำถาม", en="not ready to answer queries")
    return jsonify(status="ready", generation=engine.generation)
