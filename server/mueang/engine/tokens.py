"""What of a query's text is outside comments, strings and IRIs; enough to guard and to explain, not a parser."""

import re
from collections.abc import Sequence

from mueang.errors import UnusableRequest

_SKIPPED = re.compile(
    r"""\\. | \#[^\n\r]* | (?P<iri><[^<>"{}|^`\\\s]*>)
      | '''(?:\\.|[^\\])*?''' | \"{3}(?:\\.|[^\\])*?\"{3} | '(?:\\.|[^'\\\n\r])*' | "(?:\\.|[^"\\\n\r])*\"""",
    re.DOTALL | re.VERBOSE,
)
_VARIABLE = re.compile(r"[?$]\w+")
_LOCAL_NAME = re.compile(r":\w[\w\-%]*")
_CALL = re.compile(r"(?<![^\s{}.])SERVICE\s*(?:(?<=\s)SILENT\s*)?(?P<iri><\0*>)", re.IGNORECASE | re.ASCII)
_SURELY_IRI = re.compile(r"<(?:[A-Za-z][\w+.\-]*://.*|[^)'#]*)>", re.DOTALL)
_CHANGING = re.compile(r"(?<![?$:\w])(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


def outside_text(query: str) -> str:
    """The query with comments, strings, IRIs and escaped characters blanked out; places stay where they were."""
    return _SKIPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), query)


def changes_by_itself(query: str) -> bool:
    """Whether a query that is answered here may be answered differently next time: chance, clock, others' servers."""
    return bool(_CHANGING.search(outside_text(query)) or calls_out(query))


def refuse_calls_out(query: str, through: str = "") -> None:
    """Refuse a query that would have the engine call another server (SERVICE), but for addresses below `through`."""
    if not all(through and query.startswith(through, start) for start, _ in calls_out(query)):
        raise _refused()


def calls_out(query: str) -> Sequence[tuple[int, int]]:
    """Where the IRIs of a query's SERVICE clauses begin and end, angle brackets left out.

    Raises UnusableRequest for a SERVICE that does not name its server by a whole IRI, and where one may be hidden.
    Oxigraph reads `SERVICEex:x`, `1SERVICE <x>` and `ex:.SERVICE <x>`; so the word is looked for everywhere but in
    strings, comments, IRIs, variables and local names. And it reads a comparison where an IRI seems to begin, in
    `FILTER(1<2)SERVICE?x#>` and in `FILTER(?a<'x>y')`; so a query with that word may have no such doubtful IRI.
    """
    if "service" not in query.lower():
        return []
    marked = _SKIPPED.sub(_marked, query)
    for names in (_VARIABLE, _LOCAL_NAME):
        marked = names.sub(lambda match: "_" * len(match[0]), marked)
    if "service" in _CALL.sub(" ", marked).lower():
        raise _refused()
    return [(match.start("iri") + 1, match.end("iri") - 1) for match in _CALL.finditer(marked)]


def _marked(match: re.Match[str]) -> str:
    """What stands in a query for its comments (space), IRIs (`<`, zeros, `>`), strings and escapes (quotes)."""
    text = match[0]
    if match["iri"]:
        if not _SURELY_IRI.fullmatch(text):
            raise UnusableRequest(
                th="คำถามนี้อาจมี SERVICE ซ่อนอยู่: เว้นวรรคหลัง < ที่หมายถึงน้อยกว่า และเขียน IRI เต็ม (https://…)",
                en="this query may hide a SERVICE: put a space after each < that means less than, "
                "and write IRIs in full (https://…)",
            )
        return "<" + "\0" * (len(text) - 2) + ">"
    return (" " if text.startswith("#") else '"') * len(text)


def _refused() -> UnusableRequest:
    return UnusableRequest(
        th="ที่นี่ส่งคำถามต่อ (SERVICE) เฉพาะไปยังเครื่องที่ผู้ดูแลระบบกำหนด และต้องระบุด้วย IRI เต็ม",
        en="queries are passed on from here (SERVICE) only to servers that the operator lists, "
        "named by their whole IRI",
    )
