"""`/openapi.json`: what this server offers to programs, as OpenAPI 3.1."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

import yaml
from flask import Blueprint, Response, jsonify

from mueang.web.context import served

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
def described() -> Response:
    """Every route with what it takes and gives."""
    return jsonify(description() | {"servers": [{"url": served().settings.address}]})


@cache
def description() -> dict[str, Any]:
    """The description as the file has it, with the version that is installed."""
    text = files("mueang.web").joinpath("openapi.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found | {"info": found["info"] | {"version": _version()}}


def _version() -> str:
    try:
        return version("mueang")
    except PackageNotFoundError:
        return "0"
