"""Bounded load on one server: `wrk` where it is installed, else a few threads of this process."""

import itertools
import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

CONNECTIONS = 8
FRESH = "NEVERTHESAME"
ADD_WRK = "apt-get install wrk"
_ACCEPT = "application/sparql-results+json"
_SCRIPT = Path(__file__).with_name("load.lua")
_fresh = itertools.count(int(time.time()) * 1_000_000, 10_000_000)


class LoadFailed(Exception):
    """A request of the load was not answered as it should be."""


@dataclass(frozen=True)
class Asking:
    """What to ask of one server: addresses in turn (FRESH in them becomes a new number each time), and the tag already held."""

    port: int
    addresses: tuple[str, ...]
    held: str = ""


def loader() -> str:
    """What makes the load here."""
    return "wrk" if shutil.which("wrk") else "threads of Python"


def requests_per_second(asking: Asking, seconds: int) -> float:
    """The answers per second to this load; raises LoadFailed if one of them is an error."""
    return (_by_wrk if shutil.which("wrk") else _by_threads)(asking, seconds)


def _by_wrk(asking: Asking, seconds: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(asking.addresses))
        file.flush()
        command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"]
        arguments = [file.name, FRESH, str(next(_fresh)), *([asking.held] if asking.held else [])]
        address = f"http://127.0.0.1:{asking.port}"
        said = subprocess.run(
            [*command, "--script", str(_SCRIPT), address, "--", *arguments],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    if errors := re.findall(r"Socket errors.*|Non-2xx.*", said):
        raise LoadFailed("; ".join(errors))
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


def _by_threads(asking: Asking, seconds: int) -> float:
    numbers = itertools.count(next(_fresh))
    counts, failed = [0] * CONNECTIONS, []
    until = time.monotonic() + seconds

    def ask(place: int) -> None:
        connection = HTTPConnection("127.0.0.1", asking.port, timeout=30)
        headers = {"Accept": _ACCEPT} | ({"If-None-Match": asking.held} if asking.held else {})
        for address in itertools.cycle(asking.addresses):
            if time.monotonic() > until:
                break
            connection.request("GET", address.replace(FRESH, str(next(numbers))), headers=headers)
            response = connection.getresponse()
            response.read()
            counts[place] += 1
            if response.status not in (200, 304):
                failed.append(response.status)
        connection.close()

    threads = [threading.Thread(target=ask, args=[place]) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise LoadFailed(f"answers with status {sorted(set(failed))}")
    return sum(counts) / seconds
