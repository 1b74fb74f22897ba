"""A worker: answers one query at a time on a shared socket, each under its budget, and dies of what exceeds it."""

import io
import json
import os
import resource
import signal
import socket
import threading
from typing import Any

from pyoxigraph import Store

from mueang.engine.budget import STACK, Budget, enforced, exceeded, resident
from mueang.engine.evaluation import evaluate
from mueang.engine.formats import GRAPHS, ROWS, format_named
from mueang.engine.frames import ASKED, DATA, END, ERROR, FORMAT, HELLO, described, received, send, send_json
from mueang.engine.query import Query
from mueang.errors import MueangError, StoreFailed

_GROWN = 64 << 20
_SILENCE = 0.5


def work(listener: socket.socket, store: Store, generation: int, most: Budget) -> None:
    """Answer connections until told to end (SIGTERM, held back during a query) or grown by 64 MB."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a dying engine prints; how it died is told by the nursery
    threading.stack_size(STACK)
    start = resident()
    while resident() - start < _GROWN:
        connection, _ = listener.accept()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        with connection:
            _converse(connection, store, generation, most)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _converse(connection: socket.socket, store: Store, generation: int, most: Budget) -> None:
    """One query of one asker; one who has gone, or says nothing for half a second, is left."""
    connection.settimeout(_SILENCE)
    try:
        send_json(connection, HELLO, {"pid": os.getpid(), "generation": generation})
        letter, payload = next(received(connection), (b"", b""))
        if letter == ASKED:
            connection.settimeout(None)
            _answer(connection, store, json.loads(payload), most)
    except OSError:
        return


def _answer(connection: socket.socket, store: Store, asked: dict[str, Any], most: Budget) -> None:
    budget = Budget(min(most.seconds, asked["seconds"] or most.seconds), most.memory, most.result)
    outcome: list[dict[str, Any]] = []
    thread = threading.Thread(target=_evaluate, args=(connection, store, asked, budget, outcome))
    with enforced(budget, sockets=1 if asked["through"] else 0):
        thread.start()
        thread.join()
    if outcome:
        send_json(connection, ERROR, outcome[0])
    else:
        send(connection, END)


def _evaluate(
    connection: socket.socket,
    store: Store,
    asked: dict[str, Any],
    budget: Budget,
    outcome: list[dict[str, Any]],
) -> None:
    """Runs on a deep stack, so that nesting of tens of thousands is simply answered."""
    query = Query(asked["text"], asked["default_graphs"], asked["named_graphs"], through=asked["through"])
    try:
        evaluated = evaluate(
            store, query, format_named(asked["rows"], ROWS), format_named(asked["graph"], GRAPHS)
        )
        send_json(connection, FORMAT, evaluated.format.key)
        evaluated.write(_Frames(connection, budget))
    except MueangError as error:
        outcome.append(described(error))
    except MemoryError:
        outcome.append(described(exceeded("memory", budget)))
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:  # all that Oxigraph raises half-way
        outcome.append(described(StoreFailed(th=f"ตอบไม่ได้: {error}", en=f"the answer failed: {error}")))


class _Frames(io.RawIOBase):
    """A file whose bytes go out as data frames, up to the size that is allowed."""

    def __init__(self, connection: socket.socket, budget: Budget) -> None:
        self._connection = connection
        self._budget = budget
        self._left = budget.result

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Send the data; raises QueryBudgetExceeded when the answer has grown too large."""
        self._left -= len(data)
        if self._left < 0:
            raise exceeded("size", self._budget)
        send(self._connection, DATA, bytes(data))
        return len(data)
