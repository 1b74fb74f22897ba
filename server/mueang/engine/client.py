"""The front end's side of the workers: asks one, holds or spools the answer until it is whole, tells how it died."""

import json
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mueang.engine.asker import Asker
from mueang.engine.budget import Budget, exceeded
from mueang.engine.formats import GRAPHS, ROWS, Format, GraphFormat, RowsFormat, format_named
from mueang.engine.frames import (
    ASKED,
    DATA,
    END,
    ERROR,
    FORMAT,
    HELLO,
    Frame,
    raised_again,
    received,
    send_json,
)
from mueang.engine.query import Answer, Query, refuse_long
from mueang.engine.spool import Spool
from mueang.errors import Busy, MueangError

_PATIENCE = 5.0
_GRACE = 5.0
_FATE_WAIT = 1.0
_OF_TIME = {"SIGALRM"}
_OF_MEMORY = {"SIGABRT", "SIGSEGV", "SIGBUS"}


class _Unanswered(Exception):
    """A conversation that ended before its answer, for no fault of the query: it may be asked again."""


@dataclass(frozen=True)
class WorkersEngine:
    """An engine whose answers come from the workers of a nursery, by the sockets in its run folder."""

    folder: Path
    most: Budget
    longest_query: int

    @property
    def generation(self) -> int:
        """See Engine; raises Busy while the nursery is not there."""
        try:
            return int(os.readlink(self.folder / "current").removesuffix(".sock"))
        except OSError as error:
            raise _busy() from error

    def catch_up(self) -> None:
        """Have what was published just now answered from, when this returns; raises Busy while that cannot be."""
        try:
            self._told({"look": True})
        except (_Unanswered, OSError) as error:
            raise _busy() from error

    def ready(self) -> bool:
        """See Engine."""
        try:
            with self._connected(self.folder / "current"):
                return True
        except OSError:
            return False

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """See Engine. A query that nobody took up, or whose worker was ended from outside, is asked again.

        Raises Busy too when whoever asked has left.
        """
        refuse_long(query, self.longest_query)
        asked = {
            "text": query.text,
            "default_graphs": list(query.default_graphs),
            "named_graphs": list(query.named_graphs),
            "seconds": query.seconds,
            "through": query.through,
            "rows": rows.key if rows else "",
            "graph": graph.key if graph else "",
        }
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and not query.asker.has_left:
            try:
                return self._converse(self._socket(query.generation), asked, query.asker)
            except (_Unanswered, ConnectionError, FileNotFoundError):
                time.sleep(0.02)
        raise _busy()

    def _socket(self, generation: int | None) -> Path:
        if generation is None:
            return self.folder / "current"
        reply = self._told({"generation": generation})
        if "error" in reply:
            raise raised_again(reply["error"])
        return self.folder / str(reply["socket"])

    def _told(self, question: dict[str, Any]) -> dict[str, Any]:
        with self._connected(self.folder / "control") as connection:
            send_json(connection, ASKED, question)
            _, payload = next(received(connection), (b"", b""))
            if not payload:
                raise _Unanswered
            reply: dict[str, Any] = json.loads(payload)
            return reply

    def _connected(self, path: Path) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self.most.seconds)
        try:
            connection.connect(str(path))
        except BaseException:
            connection.close()
            raise
        return connection

    def _converse(self, path: Path, asked: dict[str, Any], asker: Asker) -> Answer:
        with self._connected(path) as connection, asker.waiting_at(connection):
            try:
                send_json(connection, ASKED, asked)
                frames = received(connection)
                hello = json.loads(_expected(frames, HELLO))
            except TimeoutError as error:
                raise _busy() from error
            connection.settimeout(self.most.seconds + _GRACE)
            return self._answer(frames, hello, self.most.lowered(asked["seconds"]))

    def _answer(self, frames: Iterator[Frame], hello: dict[str, Any], budget: Budget) -> Answer:
        spool = Spool()
        try:
            chosen = self._spooled(frames, spool, hello["pid"], budget)
        except BaseException:
            spool.close()
            raise
        spool.file.seek(0)
        return Answer(spool.file, spool.length, chosen, hello["generation"])

    def _spooled(self, frames: Iterator[Frame], spool: Spool, pid: int, budget: Budget) -> Format[Any]:
        """Take the answer in until its end frame; without one its worker has died."""
        chosen: Format[Any] = ROWS[0]
        try:
            for letter, payload in frames:
                if letter == DATA:
                    spool.write(payload)
                elif letter == FORMAT:
                    chosen = _format(json.loads(payload))
                elif letter == ERROR:
                    raise raised_again(json.loads(payload))
                elif letter == END:
                    return chosen
        except TimeoutError as error:
            raise exceeded("time", budget) from error
        raise self._of_death(pid, budget)

    def _of_death(self, pid: int, budget: Budget) -> Exception:
        """What to tell of a worker that died in the middle: the budget that bit, or that it may be asked again."""
        until = time.monotonic() + _FATE_WAIT
        fate = None
        while fate is None and time.monotonic() < until:
            fate = self._told({"fate": pid})["fate"]
        if fate in _OF_TIME:
            return exceeded("time", budget)
        return exceeded("memory", budget) if fate in _OF_MEMORY else _Unanswered()


def _expected(frames: Iterator[Frame], letter: bytes) -> bytes:
    found, payload = next(frames, (b"", b""))
    if found != letter:
        raise _Unanswered
    return payload


def _format(key: str) -> Format[Any]:
    return format_named(key, ROWS) or format_named(key, GRAPHS) or ROWS[0]


def _busy() -> MueangError:
    return Busy(
        th="ขณะนี้ยังตอบไม่ได้ ลองใหม่อีกครั้งในไม่กี่วินาที",
        en="nobody is free to answer right now: try again in a few seconds",
    )
