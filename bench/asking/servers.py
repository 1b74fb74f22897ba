"""Starts the two servers on the same quads, each on a port of its own, and stops them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from pyoxigraph import RdfFormat

from mueang.graph.catalogue import repository_graphs
from mueang.graph.store import asked_store

_START = 120.0


@contextmanager
def mueang(folder: Path) -> Iterator[int]:
    """A `mueang serve` on a new home in this folder; its port."""
    port = _free_port()
    command = [sys.executable, "-m", "mueang", "serve", "--home", str(folder / "home"), "--port", str(port)]
    with _running(command, folder / "mueang.log"):
        _await(port, "/health/ready")
        yield port


@contextmanager
def oxigraph(folder: Path) -> Iterator[int]:
    """An `oxigraph serve` in memory with the quads that mueang answers from; its port."""
    port = _free_port()
    program = Path(sys.executable).with_name("oxigraph")
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}"], folder / "oxigraph.log"):
        _await(port, "/")
        contents = ((graph, path.read_bytes()) for graph, path in repository_graphs().items())
        quads = asked_store(contents).dump(format=RdfFormat.N_QUADS)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/store", quads, {"Content-Type": "application/n-quads"})
        if connection.getresponse().status >= 300:
            raise SystemExit("oxigraph serve did not take the data")
        connection.close()
        yield port


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[None]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MUEANG_")}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            yield
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, path: str) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit(f"nothing answers on port {port}")
