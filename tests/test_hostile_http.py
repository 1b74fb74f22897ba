"""Over HTTP: whoever stops reading, leaves, or sends monsters costs themselves, and nobody else waits."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import alive, processes_below
from hostile import HOSTILE
from test_serve import ENVIRONMENT, free_port, until_ready

ORDINARY = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?s a tsc:Province }")
LONG = "/sparql?format=csv&query=" + quote("SELECT * { ?a ?b ?c . ?d a tsc:City } LIMIT 300000")
LIMITS = {"MUEANG_QUERY_SECONDS": "3", "MUEANG_QUERY_MEMORY_MB": "256", "MUEANG_RESULT_MB": "64"}


@contextlib.contextmanager
def serving(home: Path, **limits: str) -> Iterator[tuple[int, int]]:
    """A server over the repository's graph, under tight limits unless others are given: its port and its pid."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "mueang", "serve", "--home", str(home), "--port", str(port)],
        env=ENVIRONMENT | LIMITS | limits,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_ready(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(tmp_path_factory.mktemp("home")) as (found, _):
        yield found


def status_of(port: int, path: str, data: bytes | None = None, content_type: str = "text/plain") -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": content_type})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            response.read()
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def ordinary_answer(port: int, number: int) -> object:
    """The answer, to a second client, of a question that was never asked before; or what went wrong."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=("127.0.0.2", 0))
    try:
        connection.request("GET", f"{ORDINARY}&x={number}")
        return json.loads(connection.getresponse().read())["results"]["bindings"][0]["n"]["value"]
    except (OSError, ValueError, KeyError) as error:
        return error
    finally:
        connection.close()


@contextlib.contextmanager
def ordinary_client(port: int) -> Iterator[None]:
    """A second client that asks on while others misbehave; each of its questions must be answered, rightly."""
    answers: list[object] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            answers.append(ordinary_answer(port, len(answers)))
            time.sleep(0.02)

    client = threading.Thread(target=ask)
    client.start()
    try:
        yield
    finally:
        over.set()
        client.join()
    assert len(answers) > 3
    assert set(answers) == {"77"}


def opened(port: int, request: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall(request.encode())
    return connection


def test_readers_who_stop_reading_hold_nobody_up(port: int) -> None:
    with ordinary_client(port):
        slow = [opened(port, f"GET {LONG}&y={n} HTTP/1.1\r\nHost: x\r\n\r\n") for n in range(40)]
        for connection in slow:
            connection.settimeout(30)
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
        time.sleep(1)
        for connection in slow:
            connection.close()


def test_askers_who_leave_hold_nobody_up(port: int) -> None:
    with ordinary_client(port):
        for n in range(8):
            opened(
                port,
                f"GET /sparql?n={n}&query={quote(HOSTILE['a cartesian product counted'])} HTTP/1.1\r\nHost: x\r\n\r\n",
            ).close()
            opened(port, "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nquery=").close()
            opened(port, "GET /sparql?query=AS").close()
        time.sleep(4)


def test_work_for_an_asker_who_leaves_ends_at_once(tmp_path: Path) -> None:
    with serving(tmp_path, MUEANG_QUERY_SECONDS="60") as (port, pid):
        before = {one: ticks(one) for one in processes_below(pid)}

        def working() -> list[int]:
            return [one for one, worked in before.items() if ticks(one) > worked + 50]

        endless = quote(HOSTILE["a cartesian product counted"])
        asker = opened(port, f"GET /sparql?query={endless} HTTP/1.1\r\nHost: x\r\n\r\n")
        until(lambda: bool(working()))
        (worker,) = working()
        asker.close()
        until(lambda: not alive([worker]))


def ticks(pid: int) -> int:
    """The hundredths of a second that a process has worked; none for one that has ended."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something, 20 seconds at most."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_who_never_finishes_asking_holds_nobody_up(port: int) -> None:
    with ordinary_client(port):
        slow = [
            opened(
                port,
                f"POST /sparql HTTP/1.1\r\nHost: x\r\nX-N: {n}\r\nContent-Type: application/sparql-query\r\nContent-Length: 500\r\n\r\nASK ",
            )
            for n in range(64)
        ]
        time.sleep(1)
        for connection in slow:
            connection.close()


@pytest.mark.parametrize(
    ("path", "body", "content_type", "status"),
    [
        ("/sparql", b"x" * 50_000_000, "application/sparql-query", 413),
        ("/sparql", b"query=" + b"%41" * 10_000_000, "application/x-www-form-urlencoded", 413),
        ("/sparql", b"&" * 3_000_000, "application/x-www-form-urlencoded", 400),
        ("/sparql", HOSTILE["parentheses 480,000 deep"].encode(), "application/sparql-query", 503),
        ("/sparql", HOSTILE["braces never closed"].encode(), "application/sparql-query", 503),
        ("/sparql", HOSTILE["a cartesian product sorted"].encode(), "application/sparql-query", 503),
        ("/sparql", b"\xff" * 1000, "application/sparql-query", 400),
        ("/questions/round-totals", b"{" * 1_000_000, "application/json", 405),
    ],
)
def test_a_monstrous_body_has_its_status(
    port: int, path: str, body: bytes, content_type: str, status: int
) -> None:
    with ordinary_client(port):
        with contextlib.suppress(ConnectionError, urllib.error.URLError):
            assert status_of(port, path, body, content_type) == status
        time.sleep(0.2)


def test_many_hostile_askers_at_once_hold_nobody_up(port: int) -> None:
    names = [
        "a path of 800 steps",
        "a cartesian product counted",
        "braces never closed",
        "describe everything",
    ] * 2
    askers = [
        threading.Thread(
            target=status_of, args=(port, "/sparql", HOSTILE[name].encode(), "application/sparql-query")
        )
        for name in names
    ]
    with ordinary_client(port):
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()


def test_a_short_download_never_looks_complete(port: int, tmp_path: Path) -> None:
    """curl takes a long answer whole (exit 0, the promised length); an answer over the limit has its own status."""
    target = tmp_path / "answer.csv"
    address = f"http://127.0.0.1:{port}{LONG}"
    done = subprocess.run(
        ["curl", "-s", "-o", str(target), "-w", "%{http_code} %header{content-length}", address],
        capture_output=True,
        text=True,
        check=False,
    )
    code, length = done.stdout.split()
    assert (done.returncode, code, int(length)) == (0, "200", target.stat().st_size)
    too_long = f"http://127.0.0.1:{port}/sparql?query=" + quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    done = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", too_long],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "503"


def test_a_server_that_dies_in_the_middle_breaks_the_transfer_visibly(tmp_path: Path) -> None:
    """The one way left to lose half an answer: curl must exit 18 (partial file), not 0."""
    with serving(tmp_path) as (port, pid):
        address = f"http://127.0.0.1:{port}{LONG}"
        curl = subprocess.Popen(["curl", "-s", "--limit-rate", "4M", "-o", "/dev/null", address])
        time.sleep(1.5)
        children = processes_below(pid)
        for grandchild in (one for child in children for one in processes_below(child)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(grandchild, signal.SIGKILL)
        assert curl.wait(timeout=20) in (18, 56)
