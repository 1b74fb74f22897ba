"""The nursery: a single-threaded process that holds a generation and forks the workers that answer from it.

Run as `python -m mueang.engine.nursery`. In its run folder lie one socket a generation (`7.sock`), the link
`current` to the newest, and `control`, on which the front end asks for an older generation, for how a worker
died, or to look at once for what was published. When `current` in the home moves, the nursery brings in the graphs that changed, forks new workers on a
new socket, moves the link, and lets the old workers finish. It ends with its parent, and its workers with it.
"""

import argparse
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from mueang.engine.budget import Budget
from mueang.engine.frames import described, received, send_json
from mueang.engine.processes import close_all_but, dead_children, die_with, fork, listener, wakened_by
from mueang.engine.stores import STORES, Stores
from mueang.engine.worker import work
from mueang.errors import MueangError
from mueang.graph.generation import Generation, current, numbered

_LOOK_EVERY = 0.2
_OLDER_AT_ONCE = 2
_OLDER_IDLE = 60.0
_FATES_KEPT = 1000
_FINISH = 5.0


@dataclass
class Brood:
    """The workers of one generation, by pid with the time of their birth, and the socket they share."""

    number: int
    path: Path
    listener: socket.socket
    workers: dict[int, float] = field(default_factory=dict)


@dataclass
class Nursery:
    """Holds one generation in `stores` and keeps `size` workers alive for it, each query under the budget `most`."""

    folder: Path
    home: Path
    stores: Stores
    size: int
    most: Budget
    brood: Brood | None = None
    refused: int | None = None

    def publish(self, generation: Generation) -> None:
        """Answer from this generation from now on; who is still answering from the last one may finish."""
        self.stores.hold(generation)
        gc.freeze()
        before = self.brood
        path = self.folder / f"{generation.number}.sock"
        self.brood = Brood(generation.number, path, listener(path))
        self.keep_alive()
        if before:
            retire(before)

    def keep_alive(self) -> None:
        """Fork workers until there are as many as there should be."""
        while self.brood and len(self.brood.workers) < self.size:
            self.brood.workers[fork(partial(self._work, self.brood))] = time.monotonic()

    def _work(self, brood: Brood) -> None:
        close_all_but(brood.listener)
        work(brood.listener, self.stores.store(), brood.number, self.most)

    def buried(self, pid: int) -> None:
        """A child has died; one that died at birth is not replaced in a hurry."""
        born = self.brood.workers.pop(pid, None) if self.brood else None
        if born is not None and time.monotonic() - born < _LOOK_EVERY / 4:
            time.sleep(_LOOK_EVERY / 4)
        self.keep_alive()


class Keeper:
    """Runs the nursery of the current generation, and those of a few older ones while they are asked for."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._control = listener(nursery.folder / "control")
        self._older: OrderedDict[int, tuple[int, float]] = OrderedDict()
        self._fates: OrderedDict[int, str] = OrderedDict()

    def run(self) -> None:
        """Until told to end."""
        woken = wakened_by(signal.SIGCHLD)
        while not _told:
            self._look()
            for ready in select.select([woken, self._control], [], [], _LOOK_EVERY)[0]:
                if ready is woken:
                    woken.recv(4096)
                else:
                    self._reply()
            for pid, fate in dead_children():
                self._bury(pid, fate)
            self._let_go(lambda _, asked: time.monotonic() - asked > _OLDER_IDLE)
        signal.set_wakeup_fd(-1)

    def _look(self) -> None:
        """Publish what the home's pointer names; what cannot be held is said once, and the last one stays."""
        nursery = self._nursery
        generation = current(nursery.home)
        served = nursery.brood.number if nursery.brood else None
        if generation is None or generation.number in (served, nursery.refused):
            return
        try:
            nursery.publish(generation)
        except MueangError as error:
            nursery.refused = generation.number
            print(f"mueang: generation {generation.number}: {error.en}", file=sys.stderr, flush=True)
            return
        link = nursery.folder / "current"
        aside = nursery.folder / "current.new"
        aside.symlink_to(f"{generation.number}.sock")
        aside.replace(link)

    def _bury(self, pid: int, fate: str) -> None:
        self._fates[pid] = fate
        while len(self._fates) > _FATES_KEPT:
            self._fates.popitem(last=False)
        for number in [number for number, (older, _) in self._older.items() if older == pid]:
            del self._older[number]
            self._path(number).unlink(missing_ok=True)
        self._nursery.buried(pid)

    def _reply(self) -> None:
        """One question of the front end on the control socket."""
        connection, _ = self._control.accept()
        connection.settimeout(_LOOK_EVERY)
        with connection, suppress(OSError):
            _, payload = next(received(connection), (b"", b"{}"))
            asked = json.loads(payload)
            try:
                answer = self._answer(asked)
            except MueangError as error:
                answer = {"error": described(error)}
            send_json(connection, b"R", answer)

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        if "fate" in asked:
            return self._fate(asked["fate"])
        if "generation" in asked:
            return self._socket(asked["generation"])
        self._look()
        return {"current": self._nursery.brood.number if self._nursery.brood else None}

    def _fate(self, pid: int) -> dict[str, Any]:
        for dead, fate in dead_children():
            self._bury(dead, fate)
        return {"fate": self._fates.get(pid)}

    def _socket(self, number: int) -> dict[str, Any]:
        """The socket of a generation; an older one gets a nursery of its own, forked from this one."""
        if self._nursery.brood and number == self._nursery.brood.number:
            return {"socket": self._nursery.brood.path.name}
        if number not in self._older:
            generation = numbered(self._nursery.home, number)
            self._let_go(lambda *_: len(self._older) >= _OLDER_AT_ONCE)
            shared = listener(self._path(number))
            pid = fork(partial(run_older, self._nursery, generation, shared))
            shared.close()
            self._older[number] = (pid, 0.0)
        self._older[number] = (self._older[number][0], time.monotonic())
        self._older.move_to_end(number)
        return {"socket": self._path(number).name}

    def _let_go(self, is_due: Callable[[int, float], bool]) -> None:
        for number, (pid, asked) in list(self._older.items()):
            if is_due(number, asked):
                del self._older[number]
                self._path(number).unlink(missing_ok=True)
                os.kill(pid, signal.SIGTERM)

    def _path(self, number: int) -> Path:
        return self._nursery.folder / f"{number}.sock"


def run_older(nursery: Nursery, generation: Generation, shared: socket.socket) -> NoReturn:
    """In a fork: hold an older generation, with one worker, until told to end."""
    close_all_but(shared)
    nursery.stores.hold(generation)
    nursery.size = 1
    nursery.brood = Brood(generation.number, nursery.folder, shared)
    woken = wakened_by(signal.SIGCHLD)
    nursery.keep_alive()
    while True:
        select.select([woken], [], [])
        woken.recv(4096)
        for pid, _ in dead_children():
            nursery.buried(pid)


def retire(brood: Brood) -> None:
    """No new askers; idle workers end, busy ones after their query (they hold SIGTERM back until then)."""
    brood.path.unlink(missing_ok=True)
    brood.listener.close()
    for pid in brood.workers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def main() -> None:
    """Run a nursery as the command line says; on SIGTERM let the workers finish, clear the run folder, end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--stores", choices=sorted(STORES), required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--budget", type=json.loads, required=True)
    parser.add_argument("--parent", type=int, required=True)
    given = parser.parse_args()
    die_with(given.parent, signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    nursery = Nursery(
        given.folder, given.home, STORES[given.stores](given.home), given.workers, Budget(**given.budget)
    )
    try:
        Keeper(nursery).run()
    finally:
        if nursery.brood:
            retire(nursery.brood)
        deadline = time.monotonic() + _FINISH
        while nursery.brood and nursery.brood.workers and time.monotonic() < deadline:
            for pid, _ in dead_children():
                nursery.brood.workers.pop(pid, None)
            time.sleep(0.01)
        shutil.rmtree(given.folder, ignore_errors=True)


_told: list[int] = []


def _end(sign: int, _: object) -> None:
    """Note it; an exception raised here could land in a fork, where it is ignored."""
    _told.append(sign)


if __name__ == "__main__":
    main()
