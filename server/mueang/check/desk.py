"""The desk: a single-threaded process that holds what is published, and forks a child with a budget for each job.

Run as `python -m mueang.check.desk`; `mueang.link.desk` is one that does more jobs. A job is one conversation on the
socket `desk` in its folder: `Q` (JSON: the job and what it asks), the content as `D` frames, `E`; the child answers `H`
once it has begun, then `F` (JSON) with `D` frames and `E`, or `X` (an error of ours). It sends nothing before its work
is done, so that the desk can say in its place what a child died of. What a child does to the store is gone with the child.
"""

import argparse
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from mueang.check.asking import SOCKET, Done, exceeded
from mueang.check.jobs import JOBS, Job
from mueang.check.known import Known
from mueang.engine.budget import STACK, Budget, enforced
from mueang.engine.frames import ASKED, DATA, END, ERROR, FORMAT, HELLO, described, received, send, send_json
from mueang.engine.processes import close_all_but, dead_children, die_with, fork, listener, wakened_by
from mueang.errors import MueangError, StoreFailed

_LOOK_EVERY = 0.2
_SILENCE = 5.0
_FINISH = 5.0
_FILES = 16
_PART = 1 << 20
_OF_MEMORY = {"SIGABRT", "SIGSEGV", "SIGBUS"}


@dataclass
class Desk:
    """Takes up to `at_once` jobs at a time; `busy` holds the connection of each by the pid of its child."""

    known: Known
    listener: socket.socket
    most: Budget
    at_once: int
    jobs: Mapping[str, Job]
    busy: dict[int, socket.socket] = field(default_factory=dict)

    def run(self) -> None:
        """Until told to end."""
        woken = wakened_by(signal.SIGCHLD)
        while not _told:
            self._serve(woken)
        signal.set_wakeup_fd(-1)

    def _serve(self, woken: socket.socket) -> None:
        """Look once for what was published, who has ended, and who asks."""
        waiting = [woken, self.listener] if len(self.busy) < self.at_once else [woken]
        ready = select.select(waiting, [], [], _LOOK_EVERY)[0]
        follow(self.known)
        if woken in ready:
            woken.recv(4096)
        self.bury()
        if self.listener in ready:
            self._take_up()

    def bury(self) -> None:
        """Let go of the connections whose child has ended, with a word about those that died."""
        for pid, fate in dead_children():
            if (connection := self.busy.pop(pid, None)) is not None:
                with connection, suppress(OSError):
                    if fate != "0":
                        connection.settimeout(_LOOK_EVERY)
                        send_json(connection, ERROR, described(of_death(fate, self.most)))

    def _take_up(self) -> None:
        connection, _ = self.listener.accept()
        self.busy[fork(partial(self._attend, connection))] = connection

    def _attend(self, connection: socket.socket) -> None:
        """In a child: one job, on a deep stack, so that nesting of tens of thousands is simply read."""
        close_all_but(connection)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        threading.stack_size(STACK)
        failed: list[BaseException] = []
        thread = threading.Thread(
            target=_noting(failed, partial(serve, connection, self.known, self.most, self.jobs))
        )
        thread.start()
        thread.join()
        if failed:
            os._exit(1)


def serve(connection: socket.socket, known: Known, most: Budget, jobs: Mapping[str, Job]) -> None:
    """Take one job in, do it within the budget, send what came of it."""
    connection.settimeout(_SILENCE)
    with suppress(OSError):
        send_json(connection, HELLO, known.generation)
        asked, content = _taken_in(received(connection))
        if asked is None:
            return
        connection.settimeout(None)
        done = _done(jobs[asked["job"]], known, asked, content, most)
        connection.settimeout(_SILENCE)
        if isinstance(done, MueangError):
            send_json(connection, ERROR, described(done))
        else:
            _send(connection, done)


def _noting(failed: list[BaseException], run: Callable[[], object]) -> Callable[[], None]:
    def noted() -> None:
        try:
            run()
        except BaseException as error:
            failed.append(error)
            raise

    return noted


def _taken_in(frames: Iterator[tuple[bytes, bytes]]) -> tuple[dict[str, Any] | None, bytes]:
    """What is asked, and the content that comes with it; None where the asker left before the end."""
    asked: dict[str, Any] | None = None
    content = bytearray()
    for letter, payload in frames:
        if letter == ASKED:
            asked = json.loads(payload)
        elif letter == DATA:
            content += payload
        elif letter == END:
            return asked, bytes(content)
    return None, b""


def _done(
    job: Job, known: Known, asked: Mapping[str, Any], content: bytes, most: Budget
) -> Done | MueangError:
    budget = Budget(most.seconds, most.memory + 2 * len(content), most.result)
    with enforced(budget, sockets=_FILES):  # spreadsheets are written by way of temporary files
        try:
            done = job(known, asked, content)
        except MueangError as error:
            return error
        except MemoryError:
            return exceeded("memory", most)
    return exceeded("size", most) if sum(map(len, done.parts)) > most.result else done


def _send(connection: socket.socket, done: Done) -> None:
    send_json(connection, FORMAT, {"said": done.said, "parts": [len(part) for part in done.parts]})
    for part in done.parts:
        for start in range(0, len(part), _PART):
            send(connection, DATA, part[start : start + _PART])
    send(connection, END)


def follow(known: Known) -> None:
    """Bring what is known up to date; what cannot be read is said once a minute at most, and the last one stays."""
    try:
        known.follow()
    except MueangError as error:
        if (minute := time.monotonic() // 60) != _complained.get(error.en):
            _complained.clear()
            _complained[error.en] = minute
            print(f"mueang: {error.en}", file=sys.stderr, flush=True)


_complained: dict[str, float] = {}
_told: list[int] = []


def of_death(fate: str, most: Budget) -> MueangError:
    """What to tell of a child that died: the budget that bit, or that something failed."""
    if fate == "SIGALRM":
        return exceeded("time", most)
    if fate in _OF_MEMORY:
        return exceeded("memory", most)
    return StoreFailed(th="ตรวจแฟ้มนี้ไม่สำเร็จ: ลองใหม่อีกครั้ง", en="this check failed: try again")


def main(jobs: Mapping[str, Job] = JOBS) -> None:
    """Run a desk for these jobs as the command line says; on SIGTERM let the children finish, then end."""
    given = _given()
    die_with(given.parent, signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    known = Known(given.home)
    known.follow()
    desk = Desk(known, listener(given.folder / SOCKET), Budget(**given.budget), given.at_once, jobs)
    try:
        desk.run()
    finally:
        desk.listener.close()
        shutil.rmtree(given.folder, ignore_errors=True)
        until = time.monotonic() + _FINISH
        while desk.busy and time.monotonic() < until:
            desk.bury()
            time.sleep(0.01)
    sys.stderr.flush()
    os._exit(0)  # taking the graph and the shapes down piece by piece takes longer than most checks


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--at-once", type=int, required=True)
    parser.add_argument("--budget", type=json.loads, required=True)
    parser.add_argument("--parent", type=int, required=True)
    return parser.parse_args()


def _end(sign: int, _: object) -> None:
    """Note it; an exception raised here could land in a fork, where it is ignored."""
    _told.append(sign)


if __name__ == "__main__":
    main()
