"""Fills an order: a table that somebody sent, joined, in the form they wish."""

import json
from collections import deque
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any

from mueang.link.linkset import Linkset, named_by_digest
from mueang.link.names import Index
from mueang.link.order import Order, Wish
from mueang.link.tables import report
from mueang.link.tables.choice import Chosen, Wanted, choose
from mueang.link.tables.file import source_of
from mueang.link.tables.joining import Joiner, Linked, code_of
from mueang.link.tables.output import AnySource, Results, write_joined
from mueang.link.tables.row import Row
from mueang.link.tables.separated import SeparatedSource

_SHOWN = 20
_CHARSETS = {"cp874": "tis-620", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
"""What the web calls a codec; the mark says which UTF-16 it is."""


def filled(order: Order, content: bytes, index: Index) -> tuple[dict[str, Any], bytes]:
    """What came of it, with the first rows, and the answer's bytes; raises what `choose` and the readers raise."""
    source = source_of(order.name, partial(BytesIO, content))
    chosen = choose(source, index, Wanted(order.column, order.kinds, order.sheet))
    joiner = Joiner(order.name, index, chosen)
    first: list[dict[str, Any]] = []
    results = _noting(joiner.results(source.rows(chosen.sheet)), first, chosen, _most(order.wish))
    body = _written(order, source, chosen, results, named_by_digest(sha256(content).digest()))
    said = report.summary(order.name, chosen, joiner.tally)
    if order.wish == "json":
        body = json.dumps({**said, "results": first}, ensure_ascii=False).encode() + b"\n"
    elif order.wish == "report":
        body = report.as_csv(said, order.language).encode()
    return {**_told(said, first[:_SHOWN]), "charset": _charset(order, source)}, body


def _charset(order: Order, source: AnySource) -> str:
    """What a text that was made is encoded in: a table of texts stays in its own encoding."""
    if order.wish == "csv" and isinstance(source, SeparatedSource):
        return _CHARSETS.get(source.encoding.codec, "utf-8")
    return "utf-8"


def _most(wish: Wish) -> int | None:
    return None if wish == "json" else _SHOWN


def _written(order: Order, source: AnySource, chosen: Chosen, results: Results, base: str) -> bytes:
    file = BytesIO()
    if order.wish == "ttl":
        linkset = Linkset(base, chosen.shown, file, date.today())
        deque(linkset.noting(results, chosen.column), maxlen=0)
        linkset.end()
    elif order.wish in ("csv", "xlsx"):
        own = PurePath(order.name).suffix.lower()
        ending = own if order.wish == "csv" and own != ".xlsx" else f".{order.wish}"
        write_joined(source, chosen, results, ending, order.language, file)
    else:
        deque(results, maxlen=0)
    return file.getvalue()


def _noting(
    results: Results, first: list[dict[str, Any]], chosen: Chosen, most: int | None
) -> Iterator[tuple[Row, Linked]]:
    """The same results, the first of them noted."""
    for row, linked in results:
        if linked.state not in ("head", "blank") and (most is None or len(first) < most):
            first.append(_result(row, linked, chosen))
        yield row, linked


def _result(row: Row, linked: Linked, chosen: Chosen) -> dict[str, Any]:
    text = row.filled[chosen.column] if chosen.column < len(row.filled) else ""
    thing = linked.thing
    found = {"id": thing.iri, "label": thing.label, "code": code_of(thing)} if thing else None
    return {
        "row": row.number,
        "text": text,
        "state": linked.state,
        "thing": found,
        "score": linked.score if thing else None,
        "how": linked.how or None,
        "reason": linked.reason,
    }


def _told(said: dict[str, Any], first: list[dict[str, Any]]) -> dict[str, Any]:
    """What a page shows: not all of what was missed, and how much more there is."""
    missed = said["missed"][:_SHOWN]
    more = said["missed_more"] + len(said["missed"]) - len(missed)
    return {**said, "missed": missed, "missed_more": more, "first": first}
