"""`mueang links`: what a visit makes of a server's answers, and that no network is told from a dead link."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Run
from mueang.cli import main
from mueang.engine.visit import Visit, visited

COMMAND = import_module("mueang.cli.links")


class _Answers(BaseHTTPRequestHandler):
    """Answers /<status>; /to/<path> redirects there."""

    def do_GET(self) -> None:
        kind, _, rest = self.path.strip("/").partition("/")
        self.send_response(302 if kind == "to" else int(kind))
        if kind == "to":
            self.send_header("Location", f"/{rest}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("200", "alive"),
        ("204", "alive"),
        ("200#part", "alive"),
        ("to/to/200", "alive"),
        ("to/404", "gone"),
        ("404", "gone"),
        ("410", "gone"),
        ("403", "unclear"),
        ("429", "unclear"),
        ("503", "unclear"),
        ("to/" * 7 + "200", "unclear"),
    ],
)
def test_a_visit_tells_what_is_gone_from_what_is_not_clear(elsewhere: str, path: str, state: str) -> None:
    found = visited(f"{elsewhere}/{path}", public=lambda _: True)
    assert found.state == state
    assert set(found.words) == {"th", "en"}


def test_a_link_into_a_private_network_is_not_visited(elsewhere: str) -> None:
    found = visited(f"{elsewhere}/200")
    assert found.state == "unclear"
    assert "open internet" in found.words["en"]
    assert visited("ftp://example.org/x").state == "unclear"


def test_a_server_that_is_not_there_is_unreached_not_gone() -> None:
    assert visited("http://127.0.0.1:9/", public=lambda _: True).state == "unreached"


def test_without_visits_the_links_are_counted_by_where_they_lead(mueang: Run, home: Path) -> None:
    done = mueang("links", "--json", "--home", str(home))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["http://www.wikidata.org"] == 79
    assert found["https://sws.geonames.org"] == 77


@pytest.mark.parametrize(("states", "code"), [("aa", 0), ("ag", 1), ("au", 0), ("uuu", 3)])
def test_the_exit_code_says_what_was_found(monkeypatch: pytest.MonkeyPatch, states: str, code: int) -> None:
    names = {"a": "alive", "g": "gone", "u": "unreached"}
    answers = iter(states)
    monkeypatch.setattr(COMMAND, "_PAUSE", 0)
    monkeypatch.setattr(COMMAND, "_links", lambda _: [f"https://example.org/{n}" for n in range(len(states))])
    monkeypatch.setattr(
        COMMAND, "visited", lambda link: Visit(link, names[next(answers)], {"th": "ก", "en": "a"})
    )
    result = CliRunner().invoke(main, ["--lang", "en", "links", "--check", str(len(states)), "--seed", "1"])
    assert result.exit_code == code, result.output
    if code == 3:
        assert "no network" in result.stderr
