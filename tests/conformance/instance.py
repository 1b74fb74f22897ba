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

SERVER = Path(__file__).resolve().parents[2] / "server"
sys.path.insert(0, str(SERVER))

from mueang.graph.generation import publish  # noqa: E402

SPARQL = "/sparql"


@dataclass(frozen=True)
class Reply:
    """A response, read to its end."""

    status: int
    media_type: str
    body: bytes


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
            return Reply(response.status, media_type, response.read())
        finally:
            connection.close()


@contextmanager
def serving(home: Path, contents: Mapping[str, bytes]) -> Iterator[Address]:
    """A server over these graphs, published as generation 1 of an empty home."""
    publish(home, contents, reason="conformance", shapes="")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = Address(probe.getsockname()[1])
    settings = {name: value for name, value in os.environ.items() if not name.startswith("MUEANG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mueang", "serve", "--home", str(home), "--port", str(address.port)],
        env=settings | {"PYTHONPATH": str(SERVER)},
    )
    try:
        _await(address)
        yield address
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
