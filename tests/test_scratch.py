"""`mueang serve --scratch`: an empty throw-away instance in which nothing is protected."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import ROOT, Run, alive, processes_below
from mueang.graph.names import GRAPH
from servers import free_port


@dataclass
class Scratch:
    """The server, where it listens, and the token that it printed."""

    process: subprocess.Popen[str]
    port: int
    token: str
    folder: Path

    def asked(
        self, method: str, path: str, body: str = "", media_type: str = "", token: str | None = None
    ) -> tuple[int, str]:
        """Status and body of the response."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Authorization": f"Bearer {self.token if token is None else token}",
            "Content-Type": media_type,
        }
        try:
            connection.request(method, path, body.encode() if method in ("PUT", "POST") else None, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def update(self, text: str) -> int:
        """The status of an update."""
        return self.asked("POST", "/update", text, "application/sparql-update")[0]

    def rows(self, query: str) -> list[str]:
        """The lines of an answer in CSV, but for its head."""
        return self.asked("GET", f"/sparql?format=csv&query={quote(query)}")[1].split()[1:]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    folder, port = tmp_path_factory.mktemp("scratch"), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUEANG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mueang", "serve", "--scratch", "--port", str(port)],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT / "server"), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    first = process.stdout.readline()
    assert "http://" in process.stderr.readline()
    found = Scratch(process, port, first.removeprefix("token: ").strip(), folder)
    for _ in range(200):
        try:
            if found.asked("GET", "/health/ready")[0] == 200:
                break
        except OSError:
            time.sleep(0.05)
    assert first.startswith("token: mu_")
    yield found
    process.kill()
    process.wait()
    process.stdout.close()
    process.stderr.close()


def test_it_is_empty(scratch: Scratch) -> None:
    assert scratch.rows("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") == []


def test_its_default_graph_is_its_own(scratch: Scratch) -> None:
    assert (
        scratch.update("INSERT DATA { <urn:a:1> <urn:p> 1 . GRAPH <urn:g> { <urn:a:2> <urn:p> 2 } }") == 204
    )
    assert scratch.rows("SELECT ?s { ?s ?p ?o }") == ["urn:a:1"]
    assert scratch.rows("SELECT ?s { GRAPH ?g { ?s ?p ?o } }") == ["urn:a:2"]
    assert scratch.asked("PUT", "/graphs?default", "<urn:a:3> <urn:p> 3 .", "text/turtle")[0] == 204
    assert scratch.rows("SELECT ?s { ?s ?p ?o }") == ["urn:a:3"]
    assert scratch.asked("DELETE", "/graphs?default")[0] == 204
    assert scratch.rows("SELECT ?s { ?s ?p ?o }") == []
    assert scratch.update("DROP ALL") == 204
    assert scratch.rows("SELECT ?g { GRAPH ?g { ?s ?p ?o } }") == []


def test_no_shape_is_looked_at_and_no_graph_is_protected(scratch: Scratch) -> None:
    bad = "<https://w3id.org/mueang/id/area/x> a <https://w3id.org/mueang/def#SmartCityArea> ."
    assert scratch.asked("PUT", f"/graphs?graph={GRAPH}reference/provinces", bad, "text/turtle")[0] == 201
    assert scratch.update(f"DROP GRAPH <{GRAPH}reference/provinces>") == 204


def test_it_keeps_no_journal(scratch: Scratch) -> None:
    scratch.update("INSERT DATA { GRAPH <urn:g> { <urn:a:2> <urn:p> 2 } }")
    assert scratch.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }") == ["urn:g"]
    scratch.update("DROP ALL")


@pytest.mark.parametrize("token", ["", "mu_1_wrong"])
def test_only_its_token_lets_one_write(scratch: Scratch, token: str) -> None:
    assert scratch.asked("POST", "/update", "DROP ALL", "application/sparql-update", token)[0] == 401


def test_nothing_is_loaded_from_elsewhere(scratch: Scratch) -> None:
    assert scratch.update("LOAD <http://127.0.0.1:1/>") == 400
    assert scratch.update("LOAD SILENT <http://127.0.0.1:1/> ; INSERT DATA { <urn:a:1> <urn:p> 1 }") == 204
    assert scratch.rows("SELECT ?s { ?s ?p ?o }") == ["urn:a:1"]
    scratch.update("DROP ALL")


@pytest.mark.parametrize("options", [("--home", "there"), ()])
def test_it_has_a_graph_of_its_own(mueang: Run, options: tuple[str, ...]) -> None:
    engine = {} if options else {"MUEANG_ENGINE": "http://127.0.0.1:1/query"}
    done = mueang("serve", "--scratch", "--port", str(free_port()), *options, **engine)
    assert (done.returncode, done.stdout, "--scratch" in done.stderr) == (2, "", True)


def test_it_leaves_nothing_behind(scratch: Scratch) -> None:
    children = processes_below(scratch.process.pid)
    scratch.process.send_signal(signal.SIGTERM)
    assert scratch.process.wait(30) == 0
    for _ in range(100):
        if not alive(children):
            break
        time.sleep(0.05)
    assert alive(children) == []
    assert list(scratch.folder.iterdir()) == []
