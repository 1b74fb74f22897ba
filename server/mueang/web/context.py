"""What a request is answered with: the engine and the settings of the running application."""

import json
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, current_app, g, request

from mueang.engine.formats import ROWS, GraphFormat, RowsFormat
from mueang.engine.query import Answer, Engine, Query
from mueang.engine.question import page_query
from mueang.engine.tokens import changes_by_itself
from mueang.errors import MueangError
from mueang.settings import Settings
from mueang.web.bridge import ASKER


@dataclass(frozen=True)
class Served:
    """The engine that answers and the settings it runs under."""

    engine: "Noting"
    settings: Settings


class Noting:
    """The engine as the pages see it: it notes whose answers were seen, and what was only of the moment."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def itself(self) -> Engine:
        """The engine alone, for what is made of a whole generation and kept by engine."""
        return self._engine

    @property
    def generation(self) -> int:
        """See Engine."""
        return self._engine.generation

    def ready(self) -> bool:
        """See Engine."""
        return self._engine.ready()

    def catch_up(self) -> None:
        """See Engine."""
        self._engine.catch_up()

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """See Engine."""
        try:
            asker = request.environ.get(ASKER, query.asker)
            answer = self._engine.answer(replace(query, asker=asker), rows, graph)
        except MueangError:
            g.momentary = True
            raise
        g.setdefault("generations", set()).add(answer.generation)
        g.momentary = g.get("momentary", False) or changes_by_itself(query.text)
        return answer


def name_generation(response: Response) -> Response:
    """Have a response say the generation it was made from; one of several, or of the moment, is not to be kept."""
    if len(found := g.get("generations", ())) == 1:
        response.headers.setdefault("Mueang-Generation", str(*found))
    if len(found) > 1 or g.get("momentary"):
        response.headers["Cache-Control"] = "no-store"
    return response


def served() -> Served:
    """What the running application serves."""
    found: Served = current_app.extensions["mueang"]
    return found


def page_rows(name: str, *things: str) -> list[dict[str, Any]]:
    """The rows of a query in queries/pages, as variable → term of the SPARQL results JSON."""
    answer = served().engine.answer(Query(page_query(name, *things)), ROWS[0], None)
    rows: list[dict[str, Any]] = json.loads(answer.body)["results"]["bindings"]
    return rows


def page_graph(name: str, chosen: GraphFormat, *things: str) -> Answer:
    """The graph a query in queries/pages constructs, in the chosen format."""
    return served().engine.answer(Query(page_query(name, *things)), None, chosen)
