"""What is said to a SPARQL endpoint that is not ours, and what of its answers is believed."""

import io
import json
import re
from collections.abc import Sequence
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

from mueang.engine.exchange import Received
from mueang.engine.formats import GRAPHS, ROWS, Format, GraphFormat, RowsFormat
from mueang.engine.query import Answer, Query
from mueang.engine.tokens import outside_text, refuse_calls_out
from mueang.errors import MalformedQuery, NotAcceptable, NotFound, StoreFailed, UnusableRequest
from mueang.graph.names import BASE, PREFIXES

NO_GENERATION = 0
_CUT_SHORT = ("X-SPARQL-MaxRows", "X-SQL-State")  # Virtuoso's, on answers with fewer rows than there are
_KIND = re.compile(
    r"\s*(?:BASE\s+|PREFIX\s+[^\s:]*:\s*|VERSION\s+)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
_PREFIXED = re.compile(r"([A-Za-z][\w.-]*|):")
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")
_OF_THE_STORE = re.compile(r"(?<![\w.-])(?:bif|sql):|schemas/(?:bif|sql)#", re.IGNORECASE)
_FIRST_LINE = re.compile(r"error at 1:(\d+)")
_TURTLE_END = re.compile(rb"(?:^|[.}]|(?:^|\n)(?:[#@]|prefix|base)[^\n]*)$", re.IGNORECASE)
_END = {
    "json": re.compile(rb"\}$"),
    "xml": re.compile(rb"</(?:\w+:)?sparql>$"),
    "rdf": re.compile(rb"</(?:\w+:)?RDF>$"),
    "jsonld": re.compile(rb"[]}]$"),
    **dict.fromkeys(("ttl", "nt", "nq", "trig"), _TURTLE_END),
}
_TAIL = 1000


def refuse_unaskable(query: Query) -> None:
    """Refuse what is not passed on: SERVICE, functions of the store's own (some call out), generations, no IRIs."""
    refuse_calls_out(query.text)
    if _OF_THE_STORE.search(_ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), query.text)):
        raise UnusableRequest(
            th="ใช้ฟังก์ชัน bif: และ sql: ที่นี่ไม่ได้", en="functions of bif: and sql: are refused here"
        )
    if query.generation is not None:
        raise NotFound(
            th="ที่นี่ตอบจากเครื่องอื่นซึ่งไม่เก็บรุ่นข้อมูลเก่า",
            en="answers come from another server here, which keeps no generations",
        )
    try:
        for iri in (*query.default_graphs, *query.named_graphs):
            NamedNode(iri)
    except ValueError as error:
        raise MalformedQuery(
            th=f"ชื่อกราฟไม่ใช่ IRI: {error}", en=f"a graph's name is no IRI: {error}"
        ) from error


def with_prologue(text: str) -> str:
    """The query with what the embedded engine knows untold, all on its first line: base and known prefixes it uses.

    The base also keeps out the pragmas that Virtuoso takes before a query.
    """
    plain = outside_text(text)
    used = set(_PREFIXED.findall(plain)) - set(_DECLARED.findall(plain))
    known = [f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in PREFIXES if prefix in used]
    return f"BASE <{BASE}> {''.join(known)}{text}"


def without_prologue(text: str, words: str) -> str:
    """The words of an error, told for the query as its asker wrote it: the place they name, the text they repeat."""
    prologue = with_prologue(text).removesuffix(text)

    def place(match: re.Match[str]) -> str:
        return f"error at 1:{max(1, int(match[1]) - len(prologue))}"

    return _FIRST_LINE.sub(place, words).replace(prologue, "")


def kind_of(text: str) -> str:
    """SELECT, ASK, CONSTRUCT, DESCRIBE, or nothing where a query does not begin like one."""
    found = _KIND.match(outside_text(text))
    return found[1].upper() if found else ""


def formats_for(kind: str, rows: RowsFormat | None, graph: GraphFormat | None) -> Sequence[Format[Any]]:
    """The formats to ask for: one of them, since Virtuoso, offered one for rows and one for graphs, mixes them up."""
    of_kind: Sequence[Format[Any] | None] = {
        "SELECT": (rows,),
        "ASK": (rows,),
        "CONSTRUCT": (graph,),
        "DESCRIBE": (graph,),
    }.get(kind, (rows, graph))
    if wanted := [one for one in of_kind if one]:
        return wanted
    names = ", ".join(one.media_types[0] for one in (ROWS if kind in ("SELECT", "ASK") else GRAPHS))
    raise NotAcceptable(th=f"คำถามนี้ตอบได้เป็น {names}", en=f"this query can be answered as {names}")


def whole(received: Received, wanted: Sequence[Format[Any]]) -> Answer:
    """The answer, if it is in a wanted format and nothing tells that it is cut; raises StoreFailed.

    Oxigraph ends an answer that took too long with a sentence, and the transfer as if all were well.
    """
    given = _given(received, wanted)
    cut = next((name for name in _CUT_SHORT if name in received.headers), None)
    if cut or not _ends_well(received, given):
        words = f"{cut}: {received.headers[cut]}" if cut else ""
        raise failed(words, th="ตอบมาไม่ครบ", en="gave an answer that is cut short")
    received.file.seek(0)
    return Answer(received.file, received.length, given, NO_GENERATION)


def boolean(received: Received, rows: RowsFormat) -> Answer:
    """The answer to an ASK that was asked for in JSON, in the wanted format; raises StoreFailed.

    Virtuoso 7 gives a row for true and none for false.
    """
    _given(received, ROWS[:1])
    received.file.seek(0)
    try:
        said = json.loads(received.file.read())
        true = bool(said["boolean"] if "boolean" in said else said["results"]["bindings"])
    except (ValueError, LookupError, TypeError) as error:
        raise failed("", th="ตอบ ASK ไม่ถูกรูปแบบ", en="gave no answer to ASK") from error
    received.file.close()
    standard = json.dumps({"head": {}, "boolean": true}).encode()
    body = (
        parse_query_results(standard, format=QueryResultsFormat.JSON).serialize(format=rows.oxigraph) or b""
    )
    return Answer(io.BytesIO(body), len(body), rows, NO_GENERATION)


def failed(words: str, *, th: str, en: str) -> StoreFailed:
    """What to tell of an endpoint that failed, with its own words if it had some."""
    said = f": {words}" if words else ""
    return StoreFailed(th=f"เครื่องที่ตอบคำถาม{th}{said}", en=f"the engine behind this server {en}{said}")


def _given(received: Received, wanted: Sequence[Format[Any]]) -> Format[Any]:
    for one in wanted:
        if received.media_type in one.media_types:
            return one
    asked = ", ".join(one.media_types[0] for one in wanted)
    words = f"{received.media_type or '-'} ≠ {asked}"
    raise failed(words, th="ตอบในรูปแบบที่ไม่ได้ขอ", en="answered in a format that was not asked for")


def _ends_well(received: Received, given: Format[Any]) -> bool:
    received.file.seek(max(0, received.length - _TAIL))
    tail = received.file.read()
    if given.key in ("csv", "tsv"):
        return tail.endswith(b"\n")
    return bool(_END[given.key].search(tail.rstrip()))
