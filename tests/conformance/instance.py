"""A server of our own over the graphs of a suite."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SERVER = Path(__file__).resolve().parents[2] / "server"
sys.path.insert(0, str(SERVER))

from mueang.graph.catalogue import repository_graphs  # noqa: E402
from mueang.graph.generation import publish  # noqa: E402

SPARQL, UPDATE, GRAPHS, DIRECT = "/sparql", "/update", "/graphs", "/graph"


@dataclass(frozen=True)
class Reply:
    """A response, read to its end."""

    status: int
    media_type: str
    body: bytes
    location: str = ""


@dataclass(frozen=True)
class Address:
    """Where the server is."""

    port: int

    @property
    def endpoint(self) -> str:
        """The address of the query operation."""
        return f"http://127.0.0.1:{self.port}{SPARQL}"

    def asked(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """The reply to a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path)
            for name, value in ({"Content-Length": str(len(body or b""))} | dict(headers)).items():
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            media_type = (response.headers.get("Content-Type") or "").partition(";")[0].strip()
            location = response.headers.get("Location") or ""
            return Reply(response.status, media_type, response.read(), location)
        finally:
            connection.close()


@dataclass(frozen=True)
class Scratch(Address):
    """A server that may be written to, and the token that lets us."""

    token: str

    def asked(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """The reply to a request of a steward's."""
        return super().asked(method, path, body, {"Authorization": f"Bearer {self.token}"} | dict(headers))

    def changed(self, method: str, path: str, body: bytes, media_type: str) -> None:
        """Have a write done, as it must be."""
        reply = self.asked(method, path, body, {"Content-Type": media_type})
        if reply.status not in (200, 201, 204):
            raise RuntimeError(f"{method} {path}: {reply}")

    def emptied(self) -> None:
        """Take all graphs away."""
        self.changed("POST", UPDATE, b"DROP ALL", "application/sparql-update")

    def rows(self, query: str) -> list[str]:
        """The IRIs that a query of one variable finds."""
        found = self.asked("GET", f"{SPARQL}?query={quote(query)}", None, {"Accept": "text/csv"})
        return found.body.decode().split()[1:]


def repository_contents() -> dict[str, bytes]:
    """The graphs of this repository."""
    return {graph: path.read_bytes() for graph, path in repository_graphs().items()}


@contextmanager
def serving(home: Path, contents: Mapping[str, bytes]) -> Iterator[Address]:
    """A server over these graphs, published as generation 1 of an empty home."""
    publish(home, contents, reason="conformance", shapes="")
    with _running("--home", str(home)) as (port, _):
        yield Address(port)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A server over nothing, that may be written to."""
    with _running("--scratch") as (port, process):
        said = process.stdout.readline().decode()
        yield Scratch(port, said.removeprefix("token: ").strip())


@contextmanager
def _running(*options: str) -> Iterator[tuple[int, subprocess.Popen]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("MUEANG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mueang", "serve", "--port", str(port), *options],
        env=settings | {"PYTHONPATH": str(SERVER)},
        stdout=subprocess.PIPE,
    )
    try:
        _await(Address(port))
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _await(address: Address) -> None:
    for _ in range(300):
        try:
            if address.asked("GET", "/health/ready", None, {}).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server did not become ready in 30 s")
