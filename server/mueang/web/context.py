"""What a request is answered with: the engine and the settings of the running application."""

import json
from dataclasses import dataclass
from typing import Any

from flask import current_app

from mueang.engine.formats import ROWS, GraphFormat
from mueang.engine.query import Answer, Engine, Query
from mueang.engine.question import page_query
from mueang.settings import Settings


@dataclass(frozen=True)
class Served:
    """The engine that answers and the settings it runs under."""

    engine: Engine
    settings: Settings


def served() -> Served:
    """What the running application serves."""
    found: Served = current_app.extensions["mueang"]
    return found


def page_rows(name: str, thing: str | None = None) -> list[dict[str, Any]]:
    """The rows of a query in queries/pages, as variable → term of the SPARQL results JSON."""
    answer = served().engine.answer(Query(page_query(name, thing)), ROWS[0], None)
    rows: list[dict[str, Any]] = json.loads(answer.body)["results"]["bindings"]
    return rows


def page_graph(name: str, thing: str | None, chosen: GraphFormat) -> Answer:
    """The graph a query in queries/pages constructs, in the chosen format."""
    return served().engine.answer(Query(page_query(name, thing)), None, chosen)
