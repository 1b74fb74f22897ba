"""`make bench`: how long an update and a Graph Store write take on `mueang serve --scratch`, from the request to the answer.

When the answer has come, the change is published as a generation and asked questions are answered from it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from socket import create_server

SERVER = Path(__file__).resolve().parents[2] / "server"
AIM = 50
SIZES = (0, 1_000, 10_000)
UPDATE, TURTLE = "application/sparql-update", "text/turtle"


@dataclass(frozen=True)
class Scratch:
    """One connection to a scratch server, and its token."""

    connection: HTTPConnection
    token: str

    def sent(self, method: str, path: str, body: str, media_type: str) -> float:
        """How many milliseconds a request took that must be done."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": media_type}
        began = time.perf_counter()
        self.connection.request(method, path, body.encode(), headers)
        response = self.connection.getresponse()
        answer = response.read()
        if response.status not in (201, 204):
            raise RuntimeError(f"{response.status} {answer[:500]!r}")
        return (time.perf_counter() - began) * 1000

    def holds(self, subject: str) -> bool:
        """Whether the default graph has a statement about this."""
        self.connection.request(
            "GET", f"/sparql?format=csv&query=ASK%20%7B%20%3C{subject}%3E%20%3Fp%20%3Fo%20%7D"
        )
        return b"true" in self.connection.getresponse().read()


def main() -> int:
    """Measure each way of writing beside graphs of some sizes; exit code 1 where an empty server is over the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="how often each is done (50)")
    times = parser.parse_args().times
    print(
        f"{os.cpu_count()} cores shared with the load, {times} times each, aim on an empty server: {AIM} ms\n"
    )
    print("| statements there | | ms: min, median, 95 % |\n|---|---|---|")
    worst = 0.0
    with _scratch() as scratch:
        for size in SIZES:
            _fill(scratch, size)
            for name, write in WAYS.items():
                taken = sorted(write(scratch, number) for number in range(times))
                print(f"| {size:,} | {name} | {_spread(taken)} |", flush=True)
                worst = max(worst, 0.0 if size else statistics.median(taken))
    print(f"\nload average at the end {os.getloadavg()[0]:.1f}")
    return int(worst > AIM)


def _insert(scratch: Scratch, number: int) -> float:
    taken = scratch.sent("POST", "/update", f"INSERT DATA {{ <urn:new:{number}> <urn:p> {number} }}", UPDATE)
    if not scratch.holds(f"urn:new:{number}"):
        raise RuntimeError("an update that was answered is not there")
    return taken


def _change(scratch: Scratch, number: int) -> float:
    text = "DELETE { ?s <urn:p> ?o } INSERT { ?s <urn:p> ?more } WHERE { VALUES ?s { <urn:new:0> } ?s <urn:p> ?o BIND(?o + 1 AS ?more) }"
    return scratch.sent("POST", "/update", f"# {number}\n{text}", UPDATE)


def _put(scratch: Scratch, number: int) -> float:
    return scratch.sent("PUT", "/graphs?graph=urn:graph", f"<urn:a> <urn:p> {number} .", TURTLE)


WAYS: dict[str, Callable[[Scratch, int], float]] = {
    "INSERT DATA": _insert,
    "DELETE INSERT WHERE": _change,
    "PUT of a graph": _put,
}


def _fill(scratch: Scratch, size: int) -> None:
    content = "\n".join(f"<urn:s:{number}> <urn:p> {number} ." for number in range(size))
    scratch.sent("PUT", "/graphs?default", content, TURTLE)


def _spread(taken: list[float]) -> str:
    return f"{taken[0]:.0f}, {statistics.median(taken):.0f}, {taken[int(len(taken) * 0.95)]:.0f}"


@contextmanager
def _scratch() -> Iterator[Scratch]:
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUEANG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mueang", "serve", "--scratch", "--port", str(port)],
        env=kept | {"PYTHONPATH": str(SERVER), "MUEANG_SUBMISSION_MB": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        token = "".join(islice(process.stdout or [], 1)).removeprefix("token: ").strip()
        _await(connection)
        yield Scratch(connection, token)
    finally:
        connection.close()
        process.terminate()
        process.wait(30)


def _await(connection: HTTPConnection) -> None:
    for _ in range(300):
        try:
            connection.request("GET", "/health/ready")
            if connection.getresponse().read():
                return
        except OSError:
            connection.close()
            time.sleep(0.1)
    raise RuntimeError("the server did not become ready in 30 s")


if __name__ == "__main__":
    sys.exit(main())
