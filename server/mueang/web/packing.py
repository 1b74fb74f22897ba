"""Sends texts gzipped to who takes them so (RFC 9110, sections 8.4.1.3 and 12.5.3).

A long answer goes from file to file, a piece at a time, and keeps a length, so that it can be remembered and sent as a
file. Nothing that comes with a login is packed: how well a page packs would tell what secrets are in it.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_accept_header
from werkzeug.wsgi import FileWrapper

from mueang.engine.spool import Spool

CODING = "gzip"
_LEAST = 1_000
_LONG = 1 << 18
_TEXT = re.compile(
    r"text/|image/svg\+xml|application/(?:[\w.-]*\+?(?:json|xml)|trig|n-triples|n-quads|javascript)\b"
)
_GZIP = 16 + zlib.MAX_WBITS
Headers = Sequence[tuple[str, str]]


class Packing:
    """A WSGI application before another: packs its answers."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        said: list[Any] = []

        def noted(
            status: str, headers: list[tuple[str, str]], _: object = None, /
        ) -> Callable[[bytes], object]:
            said[:] = [status, headers]
            return said.append

        body = self._app(environ, noted)
        status, headers = said
        if not _is_worth_it(environ, status, headers):
            start_response(status, headers)
            return body
        headers = [*headers, ("Vary", "Accept-Encoding")]
        if not takes_gzip(environ.get("HTTP_ACCEPT_ENCODING")):
            start_response(status, headers)
            return body
        packed = _packed(body, _length(headers))
        start_response(status, [*_of_the_packed(headers), ("Content-Length", str(packed.length))])
        packed.file.seek(0)
        return FileWrapper(packed.file, 1 << 16)


@lru_cache(maxsize=1024)
def takes_gzip(header: str | None) -> bool:
    """Whether Accept-Encoding names gzip, or anything, with a quality above 0."""
    if not header or len(header) > _LEAST:
        return False
    accepted = dict(parse_accept_header(header.lower()))
    return accepted.get(CODING, accepted.get("*", 0)) > 0


def _is_worth_it(environ: WSGIEnvironment, status: str, headers: Headers) -> bool:
    """Whether this is a text long enough, whole, and nobody's own."""
    named = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200 ")
        and environ["REQUEST_METHOD"] != "HEAD"
        and not {"HTTP_COOKIE", "HTTP_AUTHORIZATION"} & environ.keys()
        and not {"content-encoding", "set-cookie"} & named.keys()
        and _length(headers) >= _LEAST
        and bool(_TEXT.match(named.get("content-type", "")))
    )


def _length(headers: Headers) -> int:
    """The length that is promised, or -1."""
    found = [value for name, value in headers if name.lower() == "content-length"]
    return int(found[0]) if found and found[0].isdecimal() else -1


def _packed(body: Iterable[bytes], length: int) -> Spool:
    """The body packed: well where it is short, fast where it is long."""
    spool = Spool()
    packer = zlib.compressobj(6 if length < _LONG else 1, zlib.DEFLATED, _GZIP)
    try:
        for part in body:
            spool.write(packer.compress(part))
    finally:
        getattr(body, "close", lambda: None)()
    spool.write(packer.flush())
    return spool


def _of_the_packed(headers: Headers) -> Iterator[tuple[str, str]]:
    """Headers without the length; the tag of the text as it was is a weak one (RFC 9110, section 8.8.3.3)."""
    for name, value in headers:
        if name.lower() == "etag" and value.startswith('"'):
            yield name, f"W/{value}"
        elif name.lower() != "content-length":
            yield name, value
    yield "Content-Encoding", CODING
