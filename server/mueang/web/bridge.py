"""Between granian's RSGI and a WSGI application: threads for the application, none for those who read slowly.

Under granian's WSGI a reader who stops reading a long answer holds a thread for ever; 40 of them held the whole
server (docs/decisions.md). Here an answer is handed over whole: short ones as bytes, long ones as a file, which
granian sends by itself. What the application remembers is answered without a thread at all.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wsgi import FileWrapper

from mueang.engine.asker import Asker
from mueang.web.cache import Header, Headers, Known

ASKER = "mueang.asker"
"""Where a request's environment holds who waits for its answer."""
THREADS = 32
WAITING = 64
PATIENCE = 30.0
_OPENED_BY = 10.0
_BUSY = (
    503,
    [("retry-after", "5"), ("content-type", "text/plain; charset=utf-8")],
    [b"too many requests at once\n"],
)
_Answer = tuple[int, list[tuple[str, str]], Iterable[bytes]]


class Remembered(Protocol):
    """A WSGI application that may know an answer at once."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""

    def known(self, method: str, path: str, query: str, header: Header) -> Known | None:
        """The answer to a GET or HEAD if it is remembered."""


@dataclass
class _Turns:
    """One client's requests: those that are being answered, and how many there are in all."""

    free: asyncio.Semaphore
    asked: int = 0


class Bridge:
    """An RSGI application that answers from a WSGI application; no body is read past `most_bytes`.

    At most `each` requests of one client are answered at a time, the next 64 wait their turn (without a thread),
    so that a client who asks much at once is served after others, not before them.
    """

    def __init__(self, app: Remembered, most_bytes: int, each: int) -> None:
        self._app = app
        self._most = most_bytes
        self._each = each
        self._turns: dict[str, _Turns] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """One request."""
        reading = scope.method in ("GET", "HEAD")
        if reading and (known := self._known(scope)):
            _send_known(protocol, *known)
            return
        body = b"" if reading else await self._body(protocol)
        if _cut_short(scope, body, self._most):
            protocol.response_empty(400, [])
            return
        environ = _environ(scope, body)
        with _telling_who_leaves(protocol, environ):
            answer = await self._computed(environ)
        _send(scope.method, protocol, answer)

    def _known(self, scope: Any) -> Known | None:
        def header(name: str) -> str | None:
            return ", ".join(scope.headers.get_all(name)) or None

        return self._app.known(scope.method, _bytes(scope.path), _bytes(scope.query_string), header)

    async def _body(self, protocol: Any) -> bytes:
        """The body, cut one byte past the limit, which the application then refuses."""
        parts = bytearray()
        async for part in protocol:
            parts += part
            if len(parts) > self._most:
                break
        return bytes(parts[: self._most + 1])

    async def _computed(self, environ: WSGIEnvironment) -> _Answer:
        try:
            async with self._turn(client_address(environ)):
                loop = asyncio.get_running_loop()
                found = await loop.run_in_executor(self._threads, _answer, self._app, environ)
        except TimeoutError:
            return _BUSY
        return found or _BUSY

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        """Until it is this client's turn; raises TimeoutError after half a minute, or when 64 wait already."""
        turns = self._turns.setdefault(client, _Turns(asyncio.Semaphore(self._each)))
        if turns.asked >= self._each + WAITING:
            raise TimeoutError
        turns.asked += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await turns.free.acquire()
            try:
                yield
            finally:
                turns.free.release()
        finally:
            turns.asked -= 1
            if not turns.asked:
                del self._turns[client]


@contextmanager
def _telling_who_leaves(protocol: Any, environ: WSGIEnvironment) -> Iterator[None]:
    """For as long as the block lasts: have what works for this request told when its client disconnects."""
    asker = environ[ASKER] = Asker()
    gone = asyncio.ensure_future(protocol.client_disconnect())
    gone.add_done_callback(lambda found: None if found.cancelled() else asker.leave())
    try:
        yield
    finally:
        gone.cancel()


def _cut_short(scope: Any, body: bytes, most: int) -> bool:
    """Whether whoever sends the body left before its end."""
    promised = scope.headers.get("content-length") or ""
    return promised.isdecimal() and len(body) < min(int(promised), most)


def client_address(environ: WSGIEnvironment) -> str:
    """Who asks: the peer, or whom a proxy on this machine says it asks for."""
    peer = str(environ["REMOTE_ADDR"])
    if peer in ("127.0.0.1", "::1"):
        return str(environ.get("HTTP_X_FORWARDED_FOR", peer)).rpartition(",")[2].strip()
    return peer


def _answer(app: Callable[..., Iterable[bytes] | None], environ: WSGIEnvironment) -> _Answer | None:
    said: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _: object = None, /
    ) -> Callable[[bytes], object]:
        said[:] = [int(status[:3]), [(name.lower(), value) for name, value in headers]]
        return said.append

    body = app(environ, start_response)
    if body is None:
        return None
    if isinstance(body, FileWrapper) and not isinstance(body.file, io.BytesIO):
        return said[0], said[1], body
    try:
        whole = b"".join(body)
    finally:
        getattr(body, "close", lambda: None)()
    return said[0], said[1], [whole]


def _send_known(protocol: Any, status: int, headers: Headers, body: bytes) -> None:
    if body:
        protocol.response_bytes(status, headers, body)
    else:
        protocol.response_empty(status, headers)


def _send(method: str, protocol: Any, answer: _Answer) -> None:
    status, headers, body = answer
    if isinstance(body, FileWrapper):
        path = f"/proc/self/fd/{body.file.fileno()}"
        protocol.response_file(status, headers, path)
        asyncio.get_running_loop().call_later(_OPENED_BY, body.close)
    elif method == "HEAD" or status == 304:
        protocol.response_empty(status, headers)
    else:
        protocol.response_bytes(status, headers, b"".join(body))


def _bytes(text: str) -> str:
    """The bytes of a text as PEP 3333 has them: each as the character of its number."""
    return text if text.isascii() else text.encode().decode("latin-1")


def _environ(scope: Any, body: bytes) -> WSGIEnvironment:
    """The request as PEP 3333 has it."""
    host, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _bytes(scope.path),
        "QUERY_STRING": _bytes(scope.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = "HTTP_" + name.upper().replace("-", "_")
        between = "; " if key == "HTTP_COOKIE" else ", "  # RFC 9113, section 8.2.3
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    if scope.method not in ("GET", "HEAD"):
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ
