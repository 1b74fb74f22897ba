"""Which format an answer is given in: ?format=, a suffix, or Accept (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from mueang.engine.formats import GRAPHS, ROWS, AnyFormat, Format, format_named
from mueang.errors import NotAcceptable

HTML = "text/html"
_LONGEST = 1000
_CHARSET = re.compile(
    r";\s*charset=[^;,]*", re.IGNORECASE
)  # what is text here is UTF-8, whatever is asked for


def wants_page() -> bool:
    """Whether the reader is a browser: no format named, HTML named in Accept and liked at least as well as data."""
    if request.args.get("format"):
        return request.args["format"] == HTML.removeprefix("text/")
    accept = _accept()
    page = _liking((HTML,), accept)
    return page[1] and page >= max(_liking(known.media_types, accept) for known in (*ROWS, *GRAPHS))


def chosen(among: Sequence[AnyFormat], suffix: str | None = None) -> AnyFormat | None:
    """The format among these that the request likes best, or None where it accepts none."""
    named = suffix or request.args.get("format")
    if named:
        return format_named(named, among)
    accept = _accept()
    if not accept:
        return among[0]
    best = max(among, key=lambda known: _liking(known.media_types, accept))
    return best if _liking(best.media_types, accept) > (0, False) else None


def _accept() -> str:
    """The Accept header, as much of it as is read."""
    return request.headers.get("Accept", "")[:_LONGEST].strip(" ,")


@lru_cache(maxsize=4096)
def _liking(media_types: tuple[str, ...], header: str) -> tuple[float, bool]:
    """How well a format is liked: its quality, then whether it was named; further media types count when named."""
    accept = parse_accept_header(_CHARSET.sub("", header), MIMEAccept)
    names = {media.lower() for media, _ in accept}
    named = [accept.quality(media) for media in media_types if media in names]
    return max([accept.quality(media_types[0]), *named]), bool(named)


def required(among: Sequence[AnyFormat], suffix: str | None = None) -> AnyFormat:
    """The chosen format; raises NotAcceptable with what there is."""
    found = chosen(among, suffix)
    if found is None:
        raise not_acceptable(among)
    return found


def parted(path: str, among: Sequence[AnyFormat]) -> tuple[str, AnyFormat | None]:
    """The path without a suffix that names one of these formats, and that format."""
    stem, dot, suffix = path.rpartition(".")
    found = format_named(suffix, among) if dot else None
    return (stem, found) if found else (path, None)


def not_acceptable(among: Sequence[Format[Any]]) -> NotAcceptable:
    """The error that lists what can be given."""
    names = ", ".join(f"{known.media_types[0]} ({known.key})" for known in among)
    return NotAcceptable(th=f"ให้ได้ในรูปแบบ {names}", en=f"this can be given as {names}")
