"""For the tests of what stewards write: a site over a home of its own, and somebody of each role."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conftest import answering
from mueang.check.client import checker
from mueang.graph.generation import content_of, current
from mueang.graph.names import GRAPH
from mueang.settings import Settings
from mueang.submissions.people import add
from mueang.web.app import application

STEWARD = f"{GRAPH}steward/"
UPDATE = "application/sparql-update"
TURTLE = "text/turtle"


@dataclass(frozen=True)
class Site:
    """A client, the home it writes to, and tokens by role."""

    client: FlaskClient
    home: Path
    tokens: Mapping[str, str]

    def asked(self, method: str, path: str, role: str = "steward", **given: object) -> TestResponse:
        """The response to somebody of a role; of no role: to nobody."""
        headers = dict(given.pop("headers", {}))  # type: ignore[call-overload]
        if role:
            headers["Authorization"] = f"Bearer {self.tokens[role]}"
        return self.client.open(path, method=method, headers={"Accept-Language": "en"} | headers, **given)

    def update(self, text: str, query: str = "", **headers: str) -> TestResponse:
        """The response to an update of a steward's."""
        return self.asked("POST", f"/update{query}", data=text, content_type=UPDATE, headers=headers)

    def put(self, graph: str, content: str | bytes, media_type: str = TURTLE) -> TestResponse:
        """The response to a steward's PUT of a graph."""
        return self.asked("PUT", f"/graphs?graph={quote(graph)}", data=content, content_type=media_type)

    def text(self, graph: str) -> str:
        """The content of a graph, byte for byte; empty where there is none."""
        generation = current(self.home)
        assert generation
        return content_of(self.home, generation, graph).decode() if graph in generation.graphs else ""

    def number(self) -> int:
        """The number of the current generation."""
        generation = current(self.home)
        assert generation
        return generation.number

    def ask(self, query: str) -> bool:
        """What the site answers to an ASK."""
        response = self.client.get("/sparql", query_string={"query": query, "format": "json"})
        assert response.status_code == 200, response.text
        return bool(response.get_json()["boolean"])


@contextmanager
def site_of(home: Path, contents: Mapping[str, bytes]) -> Iterator[Site]:
    """A site over these contents, with real workers and a real desk."""
    settings = Settings(home=home, workers=2)
    with answering(home, contents) as engine, checker(settings) as desk:
        tokens = {role: add(home, f"the {role}", role) for role in ("submitter", "reviewer", "steward")}  # type: ignore[arg-type]
        yield Site(application(engine, desk, settings).test_client(), home, tokens)
