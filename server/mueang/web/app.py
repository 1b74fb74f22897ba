"""Puts the application together: its blueprints, its headers, its errors."""

from typing import Any

from flask import Flask, Response
from flask_cors import CORS

from mueang.check.client import Checker
from mueang.engine.query import Engine
from mueang.graph.names import shortened_term
from mueang.graph.reasons import reason_said
from mueang.settings import Settings
from mueang.web import (
    catalog,
    changes,
    coverage,
    csvw,
    editor,
    entry,
    feed,
    form,
    generations,
    graphs,
    graphwrites,
    health,
    home,
    kinds,
    linking,
    openapi,
    problems,
    questions,
    reconcile,
    reviewing,
    rules,
    search,
    session,
    sitemap,
    sparql,
    submissions,
    terms,
    things,
    update,
    validation,
)
from mueang.web.columns import column_said
from mueang.web.context import Noting, Served, name_generation
from mueang.web.language import in_language, reader_language, say
from mueang.web.links import page_address, short

_EXPOSED = ["Allow", "ETag", "Location", "Mueang-Generation", "Retry-After", "Server-Timing"]
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

LONGEST_BODY = 4
"""A body in lengths of the longest query: a form has three characters for each byte, and other parameters."""


def application(engine: Engine, desk: Checker, settings: Settings) -> Flask:
    """The whole site over one engine, with a desk that checks what is handed in."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY * settings.query_kb * 1000
    app.extensions["mueang"] = Served(Noting(engine), settings)
    session.install(app, settings)
    for subject in (
        home,
        sparql,
        editor,
        questions,
        reconcile,
        things,
        kinds,
        search,
        coverage,
        changes,
        terms,
        rules,
        graphs,
        generations,
        health,
        feed,
        openapi,
        catalog,
        csvw,
        sitemap,
    ):
        app.register_blueprint(subject.blueprint)
    app.register_blueprint(validation.blueprint_over(desk.validate))
    app.register_blueprint(form.blueprint_over(desk.template))
    for writing in (update, graphwrites, submissions, reviewing, linking, entry):
        app.register_blueprint(writing.blueprint_over(desk))
    problems.install(app)
    CORS(app, send_wildcard=True, expose_headers=_EXPOSED, max_age=86400)
    app.after_request(_safe)
    app.after_request(name_generation)
    app.context_processor(_for_pages)
    return app


def _for_pages() -> dict[str, Any]:
    return {
        "language": reader_language(),
        "other_language_query": in_language,
        "say": say,
        "column_said": column_said,
        "reason_said": reason_said,
        "short": short,
        "short_term": shortened_term,
        "address": page_address,
    }


def _safe(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.vary.update(["Accept", "Accept-Language"])
    return response
