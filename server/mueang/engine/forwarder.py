"""A forwarder on 127.0.0.1 that passes queries on to other servers, each to the one address it was admitted for."""

import logging
import re
import secrets
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

from mueang.engine.address import Address
from mueang.engine.exchange import (
    Exchange,
    ExchangeFailed,
    OverSize,
    OverTime,
    Received,
    Request,
    Unreached,
)
from mueang.errors import CallFailed
from mueang.graph.names import BASE

_log = logging.getLogger(__name__)
_AT_ONCE = 32
_LONGEST_QUERY = 4 << 20
_PATIENCE = 10
_PATH = re.compile(r"/([\w-]+)/([0-9]{1,3})/", re.ASCII)
_LENGTH = re.compile(r"[0-9]{1,9}", re.ASCII)
_RESULTS = ("application/sparql-results+json", "application/sparql-results+xml")


@dataclass
class Ticket:
    """What the calls of one query may still do; and, once one has failed, how."""

    addresses: Sequence[Address]
    iris: Sequence[str]
    until: float
    bytes_left: int
    calls_left: int
    through: str = ""
    failure: CallFailed | None = None

    def name(self, number: int) -> str:
        """The address of the forwarder that stands for this call's IRI."""
        return f"{self.through}{number}/"

    def restored(self, text: str) -> str:
        """The text with the IRIs back in their places."""
        for number, iri in enumerate(self.iris):
            text = text.replace(self.name(number), iri)
        return text


class Forwarder:
    """Takes queries by POST at addresses that only the holder of a ticket knows; runs as threads of this process.

    `public` tells whether an IP address may be connected to.
    """

    def __init__(self, public: Callable[[str], bool]) -> None:
        self._public = public
        self._tickets: dict[str, Ticket] = {}
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="outward")
        self._server = _Server(("127.0.0.1", 0), partial(_Handler, self))
        threading.Thread(target=self._server.serve_forever, name="forwarder", daemon=True).start()

    def stop(self) -> None:
        """Take no more calls."""
        self._server.shutdown()
        self._server.server_close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def admitted(self, ticket: Ticket) -> Iterator[None]:
        """Within, the ticket's calls are passed on; sets where they go through."""
        token = secrets.token_urlsafe(16)
        ticket.through = f"http://127.0.0.1:{self._server.server_port}/{token}/"
        self._tickets[token] = ticket
        try:
            yield
        finally:
            del self._tickets[token]

    def call(self, path: str) -> tuple[Ticket, Address] | None:
        """The ticket and the address that a path of the forwarder stands for, if it stands for any."""
        named = _PATH.fullmatch(path)
        ticket = self._tickets.get(named[1]) if named else None
        if named and ticket and int(named[2]) < len(ticket.addresses):
            return ticket, ticket.addresses[int(named[2])]
        return None

    def forwarded(self, ticket: Ticket, address: Address, query: str) -> Received:
        """The results this address has for the query; raises CallFailed, which the ticket keeps."""
        try:
            received = self._forwarded(ticket, address, query)
            ticket.bytes_left -= received.length
            return _results(received)
        except _Failed as error:
            ticket.failure = CallFailed(
                th=f"SERVICE ไปยัง {address.origin} ไม่สำเร็จ: {error.th}",
                en=f"the SERVICE call to {address.origin} failed: {error.en}",
            )
            raise ticket.failure from error

    def _forwarded(self, ticket: Ticket, address: Address, query: str) -> Received:
        ticket.calls_left -= 1
        if ticket.calls_left < 0:
            raise _Failed(th="เรียกมากครั้งเกินไป", en="too many calls from one query")
        request = _request(address, ticket.restored(query))
        try:
            return self._exchanged(ticket, address, request)
        except OverTime as error:
            raise _Failed(th="ใช้เวลานานเกินไป", en="it took too long") from error
        except OverSize as error:
            raise _Failed(th="คำตอบใหญ่เกินไป", en="its answer was too large") from error
        except ExchangeFailed as error:
            _log.warning("%s: %s", address.origin, error)
            raise _Failed(th="ไม่ตอบหรือตอบไม่จบ", en="it cannot be reached, or broke off") from error

    def _exchanged(self, ticket: Ticket, address: Address, request: Request) -> Received:
        """From the first of its IP addresses that can be reached."""
        failed = Unreached("no address")
        for ip in self._resolved(address):
            seconds = max(ticket.until - time.monotonic(), 0.001)
            connection = address.connection(seconds, at=ip)
            try:
                return Exchange(connection, request, ticket.bytes_left).received(self._threads, seconds)
            except Unreached as error:
                failed = error
            finally:
                connection.close()
        raise failed

    def _resolved(self, address: Address) -> Sequence[str]:
        """The IP addresses of the host, looked up this once; raises unless all of them may be connected to."""
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _Failed(th="ไม่พบเครื่องชื่อนี้", en="there is no server of that name") from error
        ips = [str(one[4][0]) for one in found]
        if not all(map(self._public, ips)):
            raise _Failed(th="ไม่ใช่เครื่องบนอินเทอร์เน็ตสาธารณะ", en="it is not on the open internet")
        return ips


class _Failed(Exception):
    """Why a call failed, in both languages."""

    def __init__(self, *, th: str, en: str) -> None:
        super().__init__(en)
        self.th = th
        self.en = en


def _request(address: Address, query: str) -> Request:
    """The query as a form: Virtuoso 7 hangs on one that is the body itself."""
    headers = {
        "Host": address.authority,
        "Accept": ", ".join(_RESULTS),
        "Accept-Encoding": "identity",
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": f"mueang ({BASE})",
    }
    return Request(address.target, headers, urlencode({"query": query}).encode())


def _results(received: Received) -> Received:
    if 300 <= received.status < 400:
        raise _Failed(th="เครื่องนั้นให้ไปถามที่อื่น", en="it redirects elsewhere, where queries do not follow")
    if received.status != 200:
        said = f"HTTP {received.status} {received.words}".strip()
        raise _Failed(th=said, en=said)
    if received.media_type not in _RESULTS:
        received.file.close()
        raise _Failed(th="คำตอบไม่ใช่ผลลัพธ์ SPARQL", en="its answer is not SPARQL results")
    return received


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """A worker that has died reads no answer."""
        _log.debug("a call was left", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE

    def __init__(self, forwarder: Forwarder, *given: Any) -> None:
        self._forwarder = forwarder
        super().__init__(*given)

    def do_POST(self) -> None:  # noqa: N802  (http.server's name)
        """Answer Oxigraph's call: the query is the body."""
        call = self._forwarder.call(self.path)
        length = self.headers.get("Content-Length", "")
        if call is None or not _LENGTH.fullmatch(length) or int(length) > _LONGEST_QUERY:
            self.send_error(404)
            return
        try:
            received = self._forwarder.forwarded(*call, self.rfile.read(int(length)).decode())
        except CallFailed as failure:
            self.send_error(502, explain=failure.en)
            return
        with received.file as file:
            self.send_response(200)
            self.send_header("Content-Type", received.media_type)
            self.send_header("Content-Length", str(received.length))
            self.end_headers()
            file.seek(0)
            shutil.copyfileobj(file, self.wfile)

    def log_message(self, *_: Any) -> None:
        """Calls are not logged."""
