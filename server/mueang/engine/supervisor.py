"""Starts the nursery, starts it again when it dies, and ends it with the one who asked for it."""

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from mueang.engine.budget import Budget
from mueang.engine.client import WorkersEngine
from mueang.engine.processes import die_with, environment
from mueang.engine.query import Engine
from mueang.engine.remote import RemoteEngine
from mueang.engine.stores import STORES
from mueang.errors import StoreFailed
from mueang.settings import Settings

_START = 60.0
_HURRY = 1.0
_LAST = 15.0


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings name, for as long as the block lasts: a nursery's, or another server's."""
    if is_remote(settings):
        yield remote_engine(settings)
    else:
        with nursery(settings) as engine:
            yield engine


def is_remote(settings: Settings) -> bool:
    """Whether another server answers."""
    return settings.engine not in STORES


def remote_engine(settings: Settings) -> RemoteEngine:
    """The engine that asks another server; raises WrongSetting for an address that cannot be one."""
    return RemoteEngine(
        settings.engine, settings.query_kb * 1000, settings.query_seconds, settings.result_mb << 20
    )


@contextmanager
def nursery(settings: Settings) -> Iterator[WorkersEngine]:
    """An engine over a nursery of its own, for as long as the block lasts."""
    engine = engine_for(settings)
    pid = start_nursery(engine, settings)
    try:
        await_start(pid, engine.ready)
        yield engine
    finally:
        end(pid)
        shutil.rmtree(engine.folder, ignore_errors=True)


def engine_for(settings: Settings) -> WorkersEngine:
    """An engine over a run folder that is still empty."""
    most = Budget(settings.query_seconds, settings.query_memory_mb << 20, settings.result_mb << 20)
    return WorkersEngine(Path(tempfile.mkdtemp(prefix="mueang-")), most, settings.query_kb * 1000)


def start_nursery(engine: WorkersEngine, settings: Settings) -> int:
    """Start a nursery for this engine; its process id."""
    engine.folder.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-m", "mueang.engine.nursery"]
    options = {
        "--folder": str(engine.folder),
        "--home": str(settings.home),
        "--stores": settings.engine,
        "--workers": str(settings.workers),
        "--budget": json.dumps(asdict(engine.most)),
        "--parent": str(os.getpid()),
    }
    given = [part for option in options.items() for part in option]
    return os.posix_spawn(sys.executable, [*command, *given], environment())


def await_start(pid: int, ready: Callable[[], bool]) -> None:
    """Until a process that was started is ready; raises StoreFailed when it ends before, or takes a minute."""
    until = time.monotonic() + _START
    while time.monotonic() < until:
        if ready():
            return
        if os.waitpid(pid, os.WNOHANG)[0]:
            break
        time.sleep(0.005)
    raise StoreFailed(th="เริ่มระบบไม่ได้", en="a process of the server did not start")


def supervise(started: dict[int, Callable[[], int]], http: Callable[[], None]) -> int:
    """Run `http` in a child until it ends or we are told to; meanwhile what else was started is kept running.

    `started` has the process id of each with what starts it again; it is emptied. Returns the exit code of the
    command: 0 when told to end, 130 when interrupted, 3 when the server died.
    """
    told: list[int] = []
    child = _forked(http)

    def pass_on(sign: int, _: object) -> None:
        told.append(sign)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, pass_on)
    begun = time.monotonic()
    while (dead := os.waitpid(-1, 0)[0]) != child:
        if dead in started and not told:
            time.sleep(max(0.0, _HURRY - (time.monotonic() - begun)))
            begun = time.monotonic()
            again = started.pop(dead)
            started[again()] = again
    for pid in started:
        end(pid)
    if told:
        return 130 if signal.SIGINT in told else 0
    return 3


def end(pid: int) -> None:
    """Tell a child to end and wait for it; one that does not listen is ended."""
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + _LAST
        while time.monotonic() < until:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
            time.sleep(0.002)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _forked(run: Callable[[], None]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        die_with(parent, signal.SIGTERM)
        run()
    finally:
        os._exit(0)
