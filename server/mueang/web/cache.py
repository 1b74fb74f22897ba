"""Remembers whole answers in front of Flask, and answers conditional requests (RFC 9110, section 13).

What is asked again of one generation is answered by strings of the request alone. An entity tag names the question
(generation, address, formats) and this start of the server: names of blank nodes differ from one start to the next,
and saved questions and pages may. Only an answer that says its generation is remembered, and none that came with a
login, varies by anything else, or has a Cache-Control of its own. Requests that miss at the same time all compute.
"""

import re
import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from time import perf_counter
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache

from mueang.engine.foreign import NO_GENERATION
from mueang.engine.query import Engine
from mueang.errors import MueangError
from mueang.web.packing import CODING, takes_gzip

Headers = Sequence[tuple[str, str]]
Header = Callable[[str], str | None]
Known = tuple[int, Headers, bytes]

LARGEST_BODY = 256_000
LARGEST_FORM = 16_000
LONGEST_KEY = 100_000
_ENTRY = 3_000
_NONE = str(NO_GENERATION)
_PLACES = (
    "/sparql", "/questions/", "/id/", "/vocab", "/def", "/graph", "/shapes", "/alignment/", "/coverage", "/search", "/changes", "/catalog", "/void", "/sitemap.xml",
)  # fmt: skip
_GENERATION = re.compile(r"(?:^|&)generation=([0-9]{1,18})(?=&|$)")
_READS = ("GET", "HEAD")
_STATUS = {200: "200 OK", 304: "304 NOT MODIFIED"}
_IN_THE_KEY = {"accept", "accept-language", "accept-encoding"}
_RULES_OF_ITS_OWN = {"cache-control", "etag", "set-cookie"}
_OF_THE_BODY = {"content-length", "content-type"}


class _Key(NamedTuple):
    """All that an answer depends on; the day, where a question may mean today; `form` is empty but for POST."""

    generation: str
    path: str
    query: str
    accept: str
    language: str
    host: str
    day: str
    form: str
    coding: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is remembered: headers, those of its 304, its body unless it is large; one to a form has no tag."""

    tag: str
    headers: Headers
    unchanged: Headers
    body: bytes | None
    size: int

    def sent(self, method: str, held: str) -> Known | None:
        """What to send to one who holds these tags (If-None-Match); None for a body that is not remembered."""
        if self.tag and (self.tag in held or held.strip() == "*"):
            return 304, self.unchanged, b""
        if method == "HEAD":
            return 200, self.headers, b""
        return None if self.body is None else (200, self.headers, self.body)


class Remembering:
    """A WSGI application before another: answers what it remembers, passes on what it does not."""

    def __init__(self, app: WSGIApplication, engine: Engine, most_bytes: int) -> None:
        self._app = app
        self._engine = engine
        self._start = secrets.token_hex(8)
        self._lock = threading.Lock()
        self._answers: LRUCache[_Key, _Answer] = LRUCache(most_bytes, getsizeof=attrgetter("size"))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        method, header = environ["REQUEST_METHOD"], _headers_of(environ)
        form = "" if method in _READS else _form(environ)
        if form is None:
            return self._app(environ, start_response)
        key = self._key(environ["PATH_INFO"], environ.get("QUERY_STRING", ""), form, header)
        if key is None:
            return self._app(environ, start_response)
        known = self._known(key, method, header)
        if known is None:
            return self._computed(key, environ, start_response)
        start_response(_STATUS[known[0]], [*known[1]])
        return [known[2]]

    def known(self, method: str, path: str, query: str, header: Header) -> Known | None:
        """The answer to a GET or HEAD if it is remembered; path and query are text as in PEP 3333."""
        key = self._key(path, query, "", header)
        return self._known(key, method, header) if key else None

    def _key(self, path: str, query: str, form: str, header: Header) -> _Key | None:
        """The key of a request whose answer may be remembered; None for one that is only passed on."""
        if not path.startswith(_PLACES) or header("cookie") or header("authorization"):
            return None
        try:
            generation = _asked_generation(query) or str(self._engine.generation)
        except MueangError:
            return None
        if generation == "0":  # another server answers: what it holds has no generation of ours
            return None
        if generation == _NONE:
            return None
        accept, language, host = header("accept") or "", header("accept-language") or "", header("host") or ""
        day = date.today().isoformat() if path.startswith("/questions/") else ""
        coding = CODING if takes_gzip(header("accept-encoding")) else ""
        return _Key(generation, path, query, accept, language, host, day, form, coding)

    def _known(self, key: _Key, method: str, header: Header) -> Known | None:
        with self._lock:
            found = self._answers.get(key)
        return found.sent(method, header("if-none-match") or "") if found else None

    def _computed(
        self, key: _Key, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The application's answer, remembered if it may be."""
        began = perf_counter()
        said = _Said(self._app, environ)
        took = ("server-timing", f"app;dur={(perf_counter() - began) * 1000:.1f}")
        answer = self._remembered(key, said)
        known = (
            answer.sent(environ["REQUEST_METHOD"], environ.get("HTTP_IF_NONE_MATCH", "")) if answer else None
        )
        if known is None:
            start_response(said.status, [*(answer.headers if answer else said.headers), took])
            return said.body_for(environ["REQUEST_METHOD"])
        said.close()
        start_response(_STATUS[known[0]], [*known[1], took])
        return [known[2]]

    def _remembered(self, key: _Key, said: "_Said") -> _Answer | None:
        if not _may_be_kept(key, said):
            return None
        body = said.whole() if said.length <= LARGEST_BODY else None
        if body is not None and len(body) != said.length:
            return None
        answer = self._answer(key, [(name.lower(), value) for name, value in said.headers], body)
        with self._lock:
            self._answers[key] = answer
        return answer

    def _answer(self, key: _Key, headers: Headers, body: bytes | None) -> _Answer:
        tag = ""
        if not key.form:
            tag = f'"{blake2b(repr((self._start, *key)).encode(), digest_size=16).hexdigest()}"'
            headers = [*headers, ("etag", tag), ("cache-control", _lasting(key, headers))]
        unchanged = [(name, value) for name, value in headers if name not in _OF_THE_BODY]
        length = sum(map(len, (*key, *(text for header in headers for text in header), body or b"")))
        return _Answer(tag, headers, unchanged, body, _ENTRY + length)


class _Said:
    """What the application said, before any of it is sent; to HEAD it says what it says to GET."""

    def __init__(self, app: WSGIApplication, environ: WSGIEnvironment) -> None:
        head = environ["REQUEST_METHOD"] == "HEAD"
        self._body = app(environ | {"REQUEST_METHOD": "GET"} if head else environ, self._start)

    def _start(
        self, status: str, headers: list[tuple[str, str]], _: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = status
        self.headers: Headers = headers
        return _write

    @property
    def length(self) -> int:
        """The length of the body it promises, or -1."""
        promised = next((value for name, value in self.headers if name.lower() == "content-length"), "")
        return int(promised) if promised.isdecimal() else -1

    def whole(self) -> bytes:
        """All of the body at once."""
        try:
            body = b"".join(self._body)
        finally:
            self.close()
        self._body = [body]
        return body

    def body_for(self, method: str) -> Iterable[bytes]:
        """The body to send: none to HEAD."""
        if method != "HEAD":
            return self._body
        self.close()
        return []

    def close(self) -> None:
        """Tell the application that no more of its body is wanted."""
        if close := getattr(self._body, "close", None):
            close()


def _write(_: bytes) -> None:
    raise NotImplementedError("the application returns its body, it does not write it")


def _headers_of(environ: WSGIEnvironment) -> Header:
    def header(name: str) -> str | None:
        value: str | None = environ.get("HTTP_" + name.upper().replace("-", "_"))
        return value

    return header


def _form(environ: WSGIEnvironment) -> str | None:
    """A small query sent by POST, with its media type; None for anything else. The body stays readable."""
    length = environ.get("CONTENT_LENGTH") or ""
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/sparql":
        return None
    if "HTTP_CONTENT_ENCODING" in environ or not length.isdecimal() or len(length) > 9:
        return None
    if int(length) > LARGEST_FORM:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    return f"{environ.get('CONTENT_TYPE', '')}\n{body.decode('latin-1')}"


def _asked_generation(query: str) -> str | None:
    """The generation a query string asks for by number, just once."""
    asked = _GENERATION.findall(query) if "generation=" in query else []
    return asked[0] if len(asked) == 1 else None


def _may_be_kept(key: _Key, said: _Said) -> bool:
    """Whether it is a whole 200 from the key's generation, which the key alone decides."""
    names = {name.lower(): value for name, value in said.headers}
    varies = ",".join(value for name, value in said.headers if name.lower() == "vary").lower().split(",")
    varied = {name.strip() for name in varies if name}
    return (
        said.status.startswith("200 ")
        and said.length >= 0
        and names.get("mueang-generation") == key.generation
        and not names.keys() & _RULES_OF_ITS_OWN
        and varied <= _IN_THE_KEY
        and ("content-encoding" not in names or "accept-encoding" in varied)
        and sum(map(len, key)) <= LONGEST_KEY
    )


def _lasting(key: _Key, headers: Headers) -> str:
    """For ever where data of a numbered generation is asked; pages change with the software, "today" with the day."""
    page = any(name == "content-type" and value.startswith("text/html") for name, value in headers)
    if _asked_generation(key.query) and not page and not key.day:
        return "public, max-age=31536000, immutable"
    return "public, no-cache"
