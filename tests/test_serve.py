"""`mueang serve` for real: granian, a port, answers, and an end without a trace."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, alive, processes_below

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("MUEANG_")} | {
    "PYTHONPATH": str(ROOT / "server"),
    "LANG": "en_US.UTF-8",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mueang", "serve", "--home", str(home), "--port", str(port)],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:  # noqa: S310
        return bytes(response.read())


def until_ready(port: int) -> dict[str, object]:
    for _ in range(1200):
        try:
            ready: dict[str, object] = json.loads(answer(port, "/health/ready"))
        except OSError:
            time.sleep(0.1)
        else:
            return ready
    raise AssertionError("the server did not become ready in two minutes")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server on an empty home: it builds first."""
    port = free_port()
    process = start(home, port)
    until_ready(port)
    yield port, process
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


def test_an_empty_home_is_built_and_served(served: tuple[int, subprocess.Popen[str]], home: Path) -> None:
    port, _ = served
    assert until_ready(port) == {"status": "ready", "generation": 1}
    assert (home / "current").read_text() == "1"
    found = json.loads(
        answer(port, "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20a%20tsc:Province%7D")
    )
    assert found["results"]["bindings"][0]["n"]["value"] == "77"
    assert "กราฟความรู้" in answer(port, "/?lang=th&format=html").decode()


def test_a_taken_port_is_told_at_once(served: tuple[int, subprocess.Popen[str]], home: Path) -> None:
    port, _ = served
    other = start(home, port)
    _, said = other.communicate(timeout=20)
    assert other.returncode == 3
    assert said.startswith("mueang: cannot listen on")
    assert "Traceback" not in said


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_and_everything_it_started(home: Path, sign: signal.Signals) -> None:
    port = free_port()
    process = start(home, port)
    until_ready(port)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    process.send_signal(sign)
    _, said = process.communicate(timeout=20)
    assert "Traceback" not in said
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def nursery_and_http(process: subprocess.Popen[str]) -> tuple[int, int]:
    """The pids of the nursery and of the process that runs the HTTP server."""
    children = map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())
    both = {"engine.nursery" in Path(f"/proc/{pid}/cmdline").read_text(): pid for pid in children}
    return both[True], both[False]


def test_an_http_worker_that_dies_is_started_again(served: tuple[int, subprocess.Popen[str]]) -> None:
    port, process = served
    _, http = nursery_and_http(process)
    worker = processes_below(http)[0]
    os.kill(worker, signal.SIGKILL)
    time.sleep(0.5)
    assert until_ready(port)["status"] == "ready"
    assert processes_below(http) not in ([], [worker])


def test_a_nursery_that_dies_is_started_again_and_readiness_says_so(
    served: tuple[int, subprocess.Popen[str]],
) -> None:
    port, process = served
    keeper, _ = nursery_and_http(process)
    os.kill(keeper, signal.SIGKILL)
    seen = set()
    for _ in range(100):
        try:
            answer(port, "/health/ready")
            seen.add(200)
        except urllib.error.HTTPError as error:
            seen.add(error.code)
            error.close()
        if seen == {503, 200}:
            break
        time.sleep(0.05)
    assert seen == {503, 200}
    assert nursery_and_http(process)[0] != keeper
    assert json.loads(answer(port, "/sparql?query=ASK%7B%7D"))["boolean"] is True


def test_an_http_server_that_dies_ends_the_command_and_all_workers(home: Path) -> None:
    port = free_port()
    process = start(home, port)
    until_ready(port)
    below = processes_below(process.pid)
    os.kill(nursery_and_http(process)[1], signal.SIGKILL)
    process.communicate(timeout=20)
    assert process.returncode == 3
    assert not alive(below)


def test_a_killed_server_leaves_nothing_behind(home: Path) -> None:
    port = free_port()
    process = start(home, port)
    until_ready(port)
    below = processes_below(process.pid)
    process.kill()
    process.communicate(timeout=20)
    until = time.monotonic() + 10
    while alive(below) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(below)
