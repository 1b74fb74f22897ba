"""Other servers for the tests: ones that misbehave as told, and real SPARQL engines."""

import os
import shutil
import socket
import ssl
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import RdfFormat

from mueang.graph.store import asked_store

Script = Callable[[socket.socket], object]
INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 2000
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def response(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """An HTTP response; `length` is what it says of its body, where that is not the truth."""
    said = {"Content-Type": "application/sparql-results+json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [f"{name}: {value}" for name, value in said.items()]
    if "Transfer-Encoding" not in said and "Connection" not in said:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


class Misbehaving:
    """A server on 127.0.0.1: bytes are sent to a request that then may be followed by another; a script is run.

    The n-th request gets the n-th reply, and all that follow the last one.
    """

    def __init__(self, *replies: bytes | Script, tls: ssl.SSLContext | None = None) -> None:
        self._replies = list(replies)
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        self.requests: list[bytes] = []
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> "Misbehaving":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with (
            suppress(OSError),
            self._tls.wrap_socket(connection, server_side=True) if self._tls else connection as talking,
        ):
            while request := _request(talking):
                self.requests.append(request)
                reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
                if callable(reply):
                    reply(talking)
                    return
                talking.sendall(reply)


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )  # fmt: skip
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def closing(_: socket.socket) -> None:
    """Close the connection and say nothing."""


def silent(connection: socket.socket) -> None:
    """Say nothing until the other end has gone."""
    connection.recv(1)


def trickling(data: bytes) -> Script:
    """Say it a byte at a time, 50 a second."""

    def run(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.02)

    return run


def saying(data: bytes, again: bytes = b"") -> Script:
    """Say it, then the rest over and over; then close."""

    def run(connection: socket.socket) -> None:
        connection.sendall(data)
        while again:
            connection.sendall(again)

    return run


def missing(program: str, command: str) -> None:
    """Skip a test for want of a program; where everything must be there (CI), fail."""
    words = f"{program} is not installed: {command}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


@contextmanager
def oxigraph(contents: Mapping[str, bytes], folder: Path, *options: str) -> Iterator[str]:
    """A real `oxigraph serve` over these graphs; the address of its endpoint."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if program is None:
        missing("oxigraph", "pip install oxigraph==0.5.13")
    port = free_port()
    store = asked_store(contents.items()).dump(format=RdfFormat.N_QUADS)
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}", *options], folder, port):
        request = Request(f"http://127.0.0.1:{port}/store?no_transaction", store, method="POST")  # noqa: S310
        request.add_header("Content-Type", "application/n-quads")
        urlopen(request, timeout=30).close()  # noqa: S310
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(contents: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """A real Virtuoso 7 over these graphs; the address of its endpoint."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        missing("Virtuoso 7", "apt-get install --no-install-recommends virtuoso-opensource-7")
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(http=http, sql=sql))
    with _running(["virtuoso-t", "-f", "+configfile", "virtuoso.ini"], folder, http):
        _isql(folder, sql, _loading(contents, folder))
        yield f"http://127.0.0.1:{http}/sparql"


def _loading(contents: Mapping[str, bytes], folder: Path) -> Iterable[str]:
    for number, (graph, content) in enumerate(contents.items()):
        (folder / f"{number}.ttl").write_bytes(content)
        yield f"DB.DBA.TTLP(file_open('{number}.ttl'), '', '{graph}', 0);"


def _isql(folder: Path, port: int, statements: Iterable[str]) -> None:
    done = subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", "ERRORS=STDOUT"],
        input="\n".join(statements),
        cwd=folder,
        text=True,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert "*** Error" not in done.stdout, done.stdout


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """The server of this command, from when it listens until the block ends."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        for _ in range(400):
            with suppress(OSError, URLError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            assert process.poll() is None, (folder / "output").read_text()
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
