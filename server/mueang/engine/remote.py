"""An engine that is another server's SPARQL endpoint, asked by the SPARQL 1.1 Protocol (a form by POST).

What comes back is passed on as it came, once it is whole and is what was asked for.
"""

import logging
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlencode

from urllib3.connection import HTTPConnection

from mueang.engine.address import read_address
from mueang.engine.budget import Budget, exceeded
from mueang.engine.exchange import Exchange, ExchangeFailed, OverSize, OverTime, Received, Request, Unreached
from mueang.engine.foreign import (
    NO_GENERATION,
    boolean,
    failed,
    formats_for,
    kind_of,
    refuse_unaskable,
    whole,
    with_prologue,
    without_prologue,
)
from mueang.engine.formats import ROWS, GraphFormat, RowsFormat
from mueang.engine.malformed import malformed
from mueang.engine.query import Answer, Query, refuse_long
from mueang.errors import Busy, MueangError, NotAcceptable, UnusableRequest, WrongSetting

_log = logging.getLogger(__name__)
_AT_ONCE = 32
_READY_SECONDS = 2.0
_PASSING = {502, 503, 504}


class RemoteEngine:
    """An engine over the SPARQL endpoint at an address; raises WrongSetting for an address that cannot be one.

    Its generation is always 0: what another server answers from has no number of ours and may change at any time,
    so its answers must not be remembered by that number. To be used by one process, not before a fork and after.
    """

    generation = NO_GENERATION

    def __init__(self, address: str, longest_query: int, seconds: float, result_bytes: int) -> None:
        try:
            self._address = read_address(address)
        except UnusableRequest as error:
            raise WrongSetting(th=f"ค่าตั้ง engine: {error.th}", en=f"setting engine: {error.en}") from error
        self._longest_query = longest_query
        self._most = Budget(seconds, 0, result_bytes)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="remote")
        self._idle: deque[HTTPConnection] = deque()

    def catch_up(self) -> None:
        """See Engine; another server answers from what it was given, whatever is published here."""

    def ready(self) -> bool:
        """See Engine: whether the endpoint answers the smallest of queries within two seconds."""
        try:
            self._asked(
                Query("ASK {}"), ROWS[0].media_types[0], min(_READY_SECONDS, self._most.seconds)
            ).file.close()
        except (ExchangeFailed, MueangError):
            return False
        return True

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """See Engine; raises StoreFailed for an endpoint that fails, breaks off or answers what was not asked for."""
        refuse_long(query, self._longest_query)
        refuse_unaskable(query)
        asks = kind_of(query.text) == "ASK"
        wanted = formats_for(kind_of(query.text), rows, graph)
        received = self._held(query, ", ".join(one.media_types[0] for one in (ROWS[:1] if asks else wanted)))
        try:
            return boolean(received, rows) if asks and rows else whole(received, wanted)
        except BaseException:
            received.file.close()
            raise

    def close(self) -> None:
        """Ask no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        while self._idle:
            self._idle.pop().close()

    def _held(self, query: Query, accept: str) -> Received:
        budget = self._most.lowered(query.seconds)
        try:
            return self._asked(query, accept, budget.seconds)
        except OverTime as error:
            raise exceeded("time", budget) from error
        except OverSize as error:
            raise exceeded("size", budget) from error
        except ExchangeFailed as error:
            _log.warning("%s: %s", self._address.origin, error)
            raise failed("", th="ตอบไม่ได้หรือตอบไม่จบ", en="cannot be reached, or broke off") from error

    def _asked(self, query: Query, accept: str, seconds: float) -> Received:
        """The answer, asked for a second time where the first was not even begun."""
        until = time.monotonic() + seconds
        try:
            received = self._exchanged(query, accept, seconds)
            if received.status not in _PASSING:
                return self._succeeded(query, received)
        except Unreached as error:
            _log.info("%s is asked again: %s", self._address.origin, error)
        return self._succeeded(query, self._exchanged(query, accept, max(until - time.monotonic(), 0.001)))

    def _exchanged(self, query: Query, accept: str, seconds: float) -> Received:
        connection = self._connection(seconds)
        exchange = Exchange(connection, self._request(query, accept), self._most.result)
        try:
            received = exchange.received(self._threads, seconds)
        except BaseException:
            connection.close()
            raise
        if received.status == 200 and connection.sock is not None:
            self._idle.append(connection)
        else:
            connection.close()
        return received

    def _connection(self, seconds: float) -> HTTPConnection:
        with suppress(IndexError):  # none is idle
            while connection := self._idle.pop():
                if connection.is_connected:
                    connection.timeout = seconds
                    return connection
                connection.close()
        return self._address.connection(seconds)

    def _request(self, query: Query, accept: str) -> Request:
        fields = [
            ("query", with_prologue(query.text)),
            *(("default-graph-uri", iri) for iri in query.default_graphs),
            *(("named-graph-uri", iri) for iri in query.named_graphs),
        ]
        headers = {
            "Host": self._address.authority,
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "mueang",
        }
        return Request(self._address.target, headers, urlencode(fields).encode())

    def _succeeded(self, query: Query, received: Received) -> Received:
        """The answer if it is one; else raises what its status means, in the other server's words."""
        if received.status == 200:
            return received
        words = received.words or f"HTTP {received.status}"
        match received.status:
            case 400:
                raise malformed(query.text, without_prologue(query.text, words))
            case 406:
                raise NotAcceptable(
                    th=f"เครื่องที่ตอบคำถามไม่มีรูปแบบนี้: {words}",
                    en=f"the engine behind this server has not this format: {words}",
                )
            case 429:
                raise Busy(th="เครื่องที่ตอบคำถามไม่ว่าง ลองใหม่ภายหลัง", en="the engine is busy: try again later")
        _log.warning("%s: HTTP %s: %s", self._address.origin, received.status, words)
        raise failed(words, th="ตอบไม่สำเร็จ", en="failed")
