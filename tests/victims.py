"""Processes that publish, build and restore until something ends them: run by test_crash.py, never imported by it.

`python victims.py kill` and `python victims.py full` let every single file operation of a step fail in turn, once by
a SIGKILL just before it and once by a full disk. `python victims.py live` forks a process for each home named on
standard input; it works there for ever and says what it has done, until somebody kills it.
"""

import errno
import importlib
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from mueang.check.report import Report
from mueang.cli.terminal import Terminal
from mueang.errors import StoreFailed
from mueang.graph.generation import Generation, contents_of, current, publish
from mueang.graph.history import history, restore, verify
from mueang.settings import Settings

TOUCHES_A_FILE = {"open", "os.rename", "os.mkdir", "os.remove", "fcntl.flock"}
FIRST = {f"https://example.org/{n}": f"<a:a> <a:b> {n} .".encode() for n in range(3)}
SECOND = FIRST | {"https://example.org/0": b"<a:a> <a:b> 9 .", "https://example.org/4": b""}


def seed(home: Path) -> None:
    publish(home, FIRST, reason="first", shapes="s")
    publish(home, SECOND, reason="second", shapes="s")


STEPS: dict[str, tuple[bool, Callable[[Path], object]]] = {
    "first": (False, lambda home: publish(home, FIRST, reason="x", shapes="s")),
    "next": (True, lambda home: publish(home, FIRST, reason="x", shapes="s")),
    "restore": (True, lambda home: restore(home, 1)),
}
ENDS = {0: "unharmed", 1: "endured", 3: "refused"}


def fail_at(place: int, fault: str) -> Callable[[], bool]:
    """From now on, the file operation at this place is the last of this process, or finds no space; has it come?"""
    operations = itertools.count()
    come = threading.Event()

    def audit(event: str, _: object) -> None:
        if event not in TOUCHES_A_FILE or next(operations) != place:
            return
        come.set()
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(audit)
    return come.is_set


def end_of(step: Callable[[Path], object], home: Path, place: int, fault: str) -> str:
    """What becomes of a process that takes this step and meets this fault at this place."""
    child = os.fork()
    if child == 0:
        status = 4
        try:
            come = fail_at(place, fault)
            step(home)
            status = 1 if come() else 0
        except StoreFailed:
            status = 3
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else ENDS[os.WEXITSTATUS(status)]


def fail_everywhere(fault: str) -> None:
    """Each step with the fault at each place; says how many places there were."""
    for name, (seeded, step) in STEPS.items():
        for place in itertools.count():
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder)
                if seeded:
                    seed(home)
                before = current(home)
                end = end_of(step, home, place, fault)
                judge(home, before, end)
                step(home)
                judge(home, before, "unharmed")
            if end == "unharmed":
                break
        print(json.dumps([name, place]), flush=True)


def judge(home: Path, before: Generation | None, end: str) -> None:
    """Fail unless the home is whole and has what it had, or what the step was to publish."""
    assert verify(home) == []
    now = current(home)
    changed = now is not None and dict(contents_of(home, now)) == FIRST
    assert changed if end in {"unharmed", "endured"} else changed or now == before
    assert end == "killed" or not list(home.rglob("*.new"))


def live(home: Path) -> None:
    """Publish, build and restore in turn for ever; say each generation once it is published."""
    building = importlib.import_module("mueang.cli.build")
    building.check_whole = lambda *_: Report(
        "data", ()
    )  # the check writes nothing and takes most of the time
    settings, terminal = Settings(home=home), Terminal("en")
    for turn in itertools.count():
        contents = {f"https://example.org/{n}": f"<a:a> <a:b> {turn * n} .".encode() * 999 for n in range(9)}
        print(publish(home, contents, reason="publish", shapes=str(os.getpid())).number, flush=True)
        print(building.publish_repository(settings, terminal).number, flush=True)
        published = [one.number for one, state in history(home) if state != "unused"]
        print(restore(home, random.choice(published)).number, flush=True)  # noqa: S311


def live_and_die() -> None:
    """Fork a process for each home that is named; say its id first and its death last."""
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (for as long as this runs)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            print(os.getpid(), flush=True)
            live(Path(line.strip()))
        os.waitpid(child, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    live_and_die() if sys.argv[1] == "live" else fail_everywhere(sys.argv[1])
