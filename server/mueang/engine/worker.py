"""A worker: answers one query at a time on a shared socket, each under its budget, and dies of what exceeds it."""

import io
import json
import os
import resource
import select
import signal
import socket
import threading
from typing import Any

from pyoxigraph import Store

from mueang.engine.budget import STACK, Budget, enforced, exceeded
from mueang.engine.evaluation import evaluate
from mueang.engine.formats import GRAPHS, ROWS, format_named
from mueang.engine.frames import ASKED, DATA, END, ERROR, FORMAT, HELLO, described, received, send, send_json
from mueang.engine.query import Query
from mueang.errors import MueangError, StoreFailed

_MOST_TOUCHED = (32 << 20) // resource.getpagesize()
_SILENCE = 0.5


def work(listener: socket.socket, store: Store, generation: int, most: Budget) -> None:
    """Answer connections until told to end (SIGTERM, held back during a query), or until 32 MB are this worker's own.

    Reading writes here: Oxigraph counts references in the graph's pages, and a page that is written to is no longer
    shared. Counted are page faults, whether for such a copy or for new memory; who comes next shares everything.

    All of it happens on one deep stack, so that nesting of tens of thousands is simply answered. Oxigraph cannot be
    interrupted, but it lets other threads run: this one ends the process when the asker leaves.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a dying engine prints; how it died is told by the nursery
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    threading.stack_size(STACK)
    watch = select.epoll()
    threading.Thread(target=_take_up, args=(listener, store, generation, most, watch)).start()
    watch.poll()
    os.kill(os.getpid(), signal.SIGKILL)


def _take_up(
    listener: socket.socket, store: Store, generation: int, most: Budget, watch: select.epoll
) -> None:
    try:
        start = _pages_touched()
        while _pages_touched() - start < _MOST_TOUCHED:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
            connection, _ = listener.accept()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            with connection:
                _converse(connection, store, generation, most, watch)
    finally:
        os._exit(0)


def _pages_touched() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _converse(
    connection: socket.socket, store: Store, generation: int, most: Budget, watch: select.epoll
) -> None:
    """One query of one asker; one who has gone, or says nothing for half a second, is left."""
    connection.settimeout(_SILENCE)
    try:
        send_json(connection, HELLO, {"pid": os.getpid(), "generation": generation})
        letter, payload = next(received(connection), (b"", b""))
        if letter == ASKED:
            connection.settimeout(None)
            watch.register(connection, select.EPOLLRDHUP)
            _answer(connection, store, json.loads(payload), most, watch)
    except OSError:
        return


def _answer(
    connection: socket.socket, store: Store, asked: dict[str, Any], most: Budget, watch: select.epoll
) -> None:
    budget = most.lowered(asked["seconds"])
    with enforced(budget, sockets=1 if asked["through"] else 0):
        error = _evaluated(connection, store, asked, budget)
    watch.unregister(connection)  # who is told the end may go
    if error:
        send_json(connection, ERROR, described(error))
    else:
        send(connection, END)


def _evaluated(
    connection: socket.socket, store: Store, asked: dict[str, Any], budget: Budget
) -> MueangError | None:
    """Send the answer; the error that kept it from being whole, if one did."""
    query = Query(asked["text"], asked["default_graphs"], asked["named_graphs"], through=asked["through"])
    rows, graph = format_named(asked["rows"], ROWS), format_named(asked["graph"], GRAPHS)
    try:
        evaluated = evaluate(store, query, rows, graph)
        send_json(connection, FORMAT, evaluated.format.key)
        evaluated.write(_Frames(connection, budget))
    except MueangError as error:
        return error
    except MemoryError:
        return exceeded("memory", budget)
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:  # all that Oxigraph raises half-way
        return StoreFailed(th=f"ตอบไม่ได้: {error}", en=f"the answer failed: {error}")
    return None


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
