"""`make bench`: questions answered per second, here and by `oxigraph serve`, in one run and in turns."""

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from cases import Case, Wrong, cases, check
from load import ADD_WRK, CONNECTIONS, LoadFailed, loader, requests_per_second
from servers import mueang, oxigraph

Figures = tuple[list[float], list[float]]


def main() -> int:
    """Check the answers, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each row is measured (5)")
    parser.add_argument("--seconds", type=int, default=2, help="how long one measurement takes (2)")
    given = parser.parse_args()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        rows = cases(running.enter_context(mueang(folder)), running.enter_context(oxigraph(folder)))
        try:
            for case in rows:
                check(case)
            figures = [_measured(case, given.rounds, given.seconds) for case in rows]
        except (Wrong, LoadFailed) as error:
            print(f"no figures: {error}", file=sys.stderr)
            return 1
    print(_circumstances(given.rounds, given.seconds), *_table(rows, figures), sep="\n")
    return 0


def _measured(case: Case, rounds: int, seconds: int) -> Figures:
    ours: list[float] = []
    theirs: list[float] = []
    turns = [(case.mueang, ours), (case.oxigraph, theirs)]
    for number in range(rounds):
        for asking, found in turns[:: 1 if number % 2 else -1]:
            found.append(requests_per_second(asking, seconds))
    return ours, theirs


def _circumstances(rounds: int, seconds: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("oxigraph", "pyoxigraph", "granian", "flask"))
    made = loader() if loader() == "wrk" else f"{loader()} ({ADD_WRK} adds a faster one)"
    return (
        f"{_processor()}, {os.cpu_count()} cores shared with the load, Python {platform.python_version()}, {packages}; "
        f"load: {made}, {CONNECTIONS} connections, {rounds} rounds of {seconds} s; "
        f"load average at the end {os.getloadavg()[0]:.1f}\n"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine()
    )


def _table(rows: Sequence[Case], figures: Sequence[Figures]) -> list[str]:
    head = [
        "| | mueang, requests/s: min, median, max | oxigraph | mueang : oxigraph | aim |",
        "|---|---|---|---|---|",
    ]
    return head + [_row(case, *found) for case, found in zip(rows, figures, strict=True)]


def _row(case: Case, ours: list[float], theirs: list[float]) -> str:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    ratio = f"**{statistics.median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f})"
    return f"| {case.name} | {_spread(ours)} | {_spread(theirs)} | {ratio} | {case.aim} |"


def _spread(found: list[float]) -> str:
    return f"{min(found):,.0f}, {statistics.median(found):,.0f}, {max(found):,.0f}"


if __name__ == "__main__":
    sys.exit(main())
