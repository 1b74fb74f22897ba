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

PAGE: Format[Any] = Format("html", ("text/html",), None)
JSON: Format[Any] = Format("json", ("application/json",), None)
GEOJSON: Format[Any] = Format("geojson", ("application/geo+json",), None)
_LONGEST = 1000
_CHARSET = re.compile(
    r";\s*charset=[^;,]*", re.IGNORECASE
)  # what is text here is UTF-8, whatever is asked for


def wants_page(named: str | None = None, among: Sequence[Format[Any]] = (*ROWS, *GRAPHS)) -> bool:
    """Whether the reader is a browser: no format named, HTML named in Accept and liked at least as well as data."""
    if named := named or request.args.get("format"):
        return format_named(named, (PAGE,)) is PAGE
    accept = _accept()
    page = _liking(PAGE.media_types, accept)
    return page[1] and page >= max(_liking(known.media_types, accept) for known in among)


def wanted(among: Sequence[Format[Any]], suffix: Format[Any] | str | None = None) -> Format[Any]:
    """The format to answer in, of a page (PAGE) and of data; raises NotAcceptable with what there is."""
    if isinstance(suffix, Format):
        return suffix
    return PAGE if not suffix and wants_page(among=among) else required(among, suffix)


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
    """How well a format is liked: its quality, then whether it was named; further media types count when named.

    What is named with a quality of 0 is not acceptable, so it is not liked for being named.
    """
    accept = parse_accept_header(_CHARSET.sub("", header), MIMEAccept)
    names = {media.lower() for media, _ in accept}
    named = [quality for media in media_types if media in names and (quality := accept.quality(media)) > 0]
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
