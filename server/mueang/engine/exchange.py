"""One request to another server under budgets: seconds over all of it, bytes of its answer; the whole answer or none."""

import io
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import IO

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from mueang.engine.spool import Spool

_AT_ONCE = 1 << 16
_OF_A_FAILURE = 4000


class ExchangeFailed(Exception):
    """There is no whole answer."""


class Unreached(ExchangeFailed):
    """Nothing was received: asking again does no harm."""


class Broken(ExchangeFailed):
    """What was received is not HTTP, or ended before its end."""


class OverTime(ExchangeFailed):
    """The time was up."""


class OverSize(ExchangeFailed):
    """The answer was larger than is taken."""


@dataclass(frozen=True)
class Request:
    """What is sent, by POST."""

    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Received:
    """A whole answer with its body in a file; of one that is not 200 OK, the body's beginning."""

    status: int
    headers: Mapping[str, str]
    file: IO[bytes]
    length: int

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """What a failure says, on one line and not much of it; nothing where it is a page."""
        if self.media_type == "text/html":
            return ""
        self.file.seek(0)
        text = self.file.read(_OF_A_FAILURE).decode("utf-8", "replace")
        words = " ".join("".join(one if one.isprintable() else " " for one in text).split())
        return words if len(words) <= 300 else words[:300] + "…"


class Exchange:
    """One request over one connection; cut from whatever it waits for when its time is up.

    It runs in a thread of its own, since a name that does not resolve and a header that trickles in byte by byte
    know no timeout.
    """

    def __init__(self, connection: HTTPConnection, request: Request, most: int) -> None:
        self._connection = connection
        self._request = request
        self._most = most
        self._socket: socket.socket | None = None
        self._over = False

    def received(self, threads: Executor, seconds: float) -> Received:
        """The answer; raises ExchangeFailed. The connection may be used again only after a whole answer."""
        running: Future[Received] = threads.submit(self._received)
        try:
            return running.result(seconds)
        except TimeoutError as error:
            running.cancel()
            running.add_done_callback(_closed)
            self._cut()
            raise OverTime from error

    def _cut(self) -> None:
        self._over = True
        for open_one in filter(None, (self._socket, self._connection.sock)):
            with suppress(OSError):  # not by SSLSocket.shutdown, which lets go of TLS first
                socket.socket.shutdown(open_one, socket.SHUT_RDWR)

    def _received(self) -> Received:
        response = self._response()
        if response.status != HTTPStatus.OK:
            return _failure(response)
        if not response.chunked and response.length_remaining is None:
            response.close()
            raise Broken("the answer does not say where it ends")
        with ExitStack() as unless_whole:
            unless_whole.callback(response.close)
            spool = unless_whole.enter_context(closing(Spool()))
            for data in self._read(response):
                spool.write(data)
                if spool.length > self._most:
                    raise OverSize
            unless_whole.pop_all()
        return Received(response.status, response.headers, spool.file, spool.length)

    def _response(self) -> HTTPResponse:
        request = self._request
        try:
            self._connection.request(
                "POST", request.target, request.body, request.headers, preload_content=False
            )
            self._socket = self._connection.sock
            if self._over:
                raise OverTime
            return self._connection.getresponse()
        except TimeoutError as error:
            raise OverTime from error
        except (OSError, HTTPError) as error:
            raise Unreached(str(error)) from error
        except HTTPException as error:
            raise Broken(str(error)) from error

    def _read(self, response: HTTPResponse) -> Iterator[bytes]:
        try:
            while data := response.read1(_AT_ONCE):
                yield data
        except (HTTPError, HTTPException, OSError) as error:
            raise Broken(str(error)) from error


def _failure(response: HTTPResponse) -> Received:
    """An answer that is a failure, with as much of its body as comes at once."""
    body = b""
    with suppress(HTTPError, HTTPException, OSError):
        body = response.read1(_OF_A_FAILURE)
    response.close()
    return Received(response.status, response.headers, io.BytesIO(body), len(body))


def _closed(running: Future[Received]) -> None:
    """Close the file of an answer that came when nobody waited any more."""
    if not running.cancelled() and running.exception() is None:
        running.result().file.close()
