"""The desk's job `update`: runs a SPARQL update on the child's store, and says what the graphs would become."""

import re
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pyoxigraph import Store

from mueang.check.changing import Changing, Said
from mueang.check.known import Known
from mueang.check.operations import operations
from mueang.check.reader import Submission
from mueang.engine.malformed.place import place_at, position, shown
from mueang.engine.tokens import refuse_calls_out
from mueang.errors import MalformedQuery, UnusableRequest
from mueang.graph.names import BASE, PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_WORDS = re.compile(r"^[A-Z][A-Za-z ]{2,}$|^\"[^\"\\]{1,8}\"$")
_MOST_WORDS = 8
_LOADING = "LOAD"


def updated(known: Known, asked: Mapping[str, Any], content: bytes) -> Said:
    """What the graphs would become by an update (UTF-8), over the dataset that `using` and `using_named` give.

    Raises MalformedQuery, ProtectedGraph, and UnusableRequest for what calls out or fails.
    """
    text = content.decode()
    refuse_calls_out(text)
    _refuse_malformed(text)
    changing = Changing(known)
    stale = False
    for operation in operations(text):
        if stale and operation.reads:
            changing.merge()
        _run(changing.store, operation.over(asked["using"], asked["using_named"]))
        stale = True
    return changing.done(asked, Submission("update", ()))


def _run(store: Store, text: str) -> None:
    """One operation, from which no way leads out: a LOAD fails, and does nothing where it is SILENT."""
    try:
        with _no_way_out():
            store.update(text, base_iri=BASE, prefixes=_prefixes(text))
    except OSError as error:
        raise UnusableRequest(
            th="ที่นี่ไม่อ่านข้อมูลจากที่อยู่อื่น (LOAD): ส่งข้อมูลมาด้วย INSERT DATA หรือ PUT ไปที่ /graphs",
            en="nothing is loaded from other addresses here (LOAD): send the statements themselves, "
            "by INSERT DATA or by PUT to /graphs",
        ) from error
    except (RuntimeError, ValueError) as error:
        raise UnusableRequest(
            th=f"แก้ไขตามคำสั่งนี้ไม่ได้: {error}", en=f"this update cannot be done: {error}"
        ) from error


@contextmanager
def _no_way_out() -> Iterator[None]:
    """Within, no file and no socket can be opened."""
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))


def _prefixes(text: str) -> dict[str, str]:
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in text}


def _refuse_malformed(text: str) -> None:
    """Refuse a text that does not parse as a whole; on a store without graphs, where it does nothing that matters."""
    try:
        with _no_way_out():
            Store().update(text, base_iri=BASE, prefixes=_prefixes(text))
    except SyntaxError as error:
        raise _malformed(text, str(error)) from error
    except (OSError, RuntimeError, ValueError):
        return


def _malformed(text: str, said: str) -> MalformedQuery:
    found = _PLACE.match(said)
    if not found:
        return MalformedQuery(th=f"คำสั่งแก้ไขผิดไวยากรณ์: {said}", en=f"the update is malformed: {said}")
    place = place_at(text, int(found[1]), int(found[2]))
    line, column = position(text, place)
    th, en = _expected(found[3])
    below = shown(text, place)
    return MalformedQuery(
        th=f"คำสั่งแก้ไขผิดไวยากรณ์ที่บรรทัด {line} ตำแหน่ง {column}{th}\n{below}",
        en=f"the update is malformed at line {line}, column {column}{en}\n{below}",
        line=line,
        column=column,
    )


def _expected(said: str) -> tuple[str, str]:
    """What could stand there, of what the engine names what people know."""
    words = [word for word in re.split(r", (?![^\[]*\])", said) if _WORDS.match(word)]
    if not words:
        return "", ""
    shown_words = ", ".join(words[:_MOST_WORDS])
    return f": ต้องเป็น {shown_words}", f": expected {shown_words}"
