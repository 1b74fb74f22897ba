"""How long a submission is checked, beside the published graph and beside one with a hundred times its data, in one run.

Processor time, since one process does it all and other processes on the machine should not count.
"""

import argparse
import gc
import multiprocessing
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from multiprocessing.connection import Connection

from pyoxigraph import Store

from graphs import areas, larger, published, wrong_areas
from mueang.check.judge import check, check_whole
from mueang.check.namesakes import PREFERRED, Names
from mueang.check.reader import read_submission
from mueang.check.report import Report
from mueang.check.shacl import Shapes
from mueang.graph.catalogue import shape_files

Row = tuple[str, Callable[[Store], Report], int, bool]
Beside = tuple[Store, Names]


def main() -> int:
    """Check the findings, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each row is measured (5)")
    parser.add_argument(
        "--times", type=int, default=100, help="how many times the data the larger graph has (100)"
    )
    given = parser.parse_args()
    shapes = Shapes(path.read_bytes() for path in shape_files())
    small, large = (_with_names(store) for store in _stores(given.times))
    for row in _rows(shapes):  # what a server reads once
        row[1](published())
    print(_circumstances(given.rounds, len(small[0]), len(large[0])))
    print("| | findings | published graph, ms | larger graph, ms | ratio |\n|---|---|---|---|---|")
    for row in _rows(shapes):
        print(_measured(row, [small, large], shapes, given.rounds), flush=True)
    return 0


def _rows(shapes: Shapes) -> list[Row]:
    def checking(text: str) -> Callable[[Store], Report]:
        content = text.encode()
        return lambda known: check(read_submission("areas.ttl", content), known, shapes)

    return [
        ("100 areas", checking(areas(100)), 0, True),
        ("100 areas, all wrong", checking(wrong_areas(100)), 400, True),
        ("1,000 areas", checking(areas(1000)), 0, True),
        ("everything", lambda known: check_whole("everything", known, shapes), 1, False),
    ]


def _stores(times: int) -> tuple[Store, Store]:
    return (small := published()), larger(small, times)


def _with_names(store: Store) -> Beside:
    """The store and its names, which the desk makes once for each generation."""
    return store, Names(store.quads_for_pattern(None, PREFERRED, None))


def _measured(row: Row, graphs: list[Beside], shapes: Shapes, rounds: int) -> str:
    name, checking, least, both = row
    graphs = graphs if both else graphs[:1]
    times: list[list[float]] = [[] for _ in graphs]
    counts = set()
    for number in range(rounds):
        for (store, shapes.names), taken in list(zip(graphs, times, strict=True))[:: 1 if number % 2 else -1]:
            seconds, findings = _in_a_child(checking, store)
            taken.append(seconds)
            counts.add(findings)
    if len(counts) != 1 or min(counts) < least or (not least and max(counts)):
        sys.exit(f"no figures: {name} has {sorted(counts)} findings")
    medians = [statistics.median(taken) for taken in times]
    others = (f"{medians[1] * 1000:,.0f}", f"**{medians[1] / medians[0]:.2f}**") if both else ("", "")
    return f"| {name} | {counts.pop()} | {medians[0] * 1000:,.0f} | {others[0]} | {others[1]} |"


def _in_a_child(checking: Callable[[Store], Report], store: Store) -> tuple[float, int]:
    """Seconds of processor time and findings, in a process of its own, as each check is in the server.

    The store keeps what is removed from it within reach, so that a second check in one process takes longer.
    """
    forking = multiprocessing.get_context("fork")
    receiving, sending = forking.Pipe(duplex=False)
    child = forking.Process(target=_report_on, args=(checking, store, sending))
    child.start()
    sending.close()  # so that a child that dies ends the run
    found: tuple[float, int] = receiving.recv()
    child.join()
    return found


def _report_on(checking: Callable[[Store], Report], store: Store, sending: Connection) -> None:
    gc.freeze()
    begin = time.process_time()
    report = checking(store)
    sending.send((time.process_time() - begin, len(report.findings)))


def _circumstances(rounds: int, small: int, large: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "pyshacl", "rdflib"))
    return (
        f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {packages}; "
        f"{rounds} rounds in turns; graphs of {small:,} and {large:,} quads\n"
    )


if __name__ == "__main__":
    sys.exit(main())
