"""What the SPARQL parser says, in words: the line, a caret under the place, and what to do about it."""

import difflib
import re

from mueang.engine.tokens import outside_text
from mueang.errors import MalformedQuery
from mueang.graph.names import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIXED = re.compile(r"([A-Za-z][\w.-]*|):")
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_ALSO_CALLED = {"dct": "dcterms", "dc": "dcterms", "sdo": "schema", "gsp": "geo", "shacl": "sh"}
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def malformed(text: str, error: str) -> MalformedQuery:
    """The error for a query that does not parse, or that uses what this engine does not know."""
    place = _PLACE.match(error)
    if not place:
        return MalformedQuery(th=f"ตอบคำถามนี้ไม่ได้: {error}", en=f"this query cannot be answered: {error}")
    line, column = int(place[1]), int(place[2])
    th, en = _advice(text, place[3])
    shown = _shown(text, line, column)
    return MalformedQuery(
        th=f"คำถามผิดไวยากรณ์ที่บรรทัด {line} ตำแหน่ง {column}: {th}\n{shown}",
        en=f"the query is malformed at line {line}, column {column}: {en}\n{shown}",
        line=line,
        column=column,
    )


def _shown(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 60)
    return f"  {shown[start : start + 100]}\n  {' ' * (column - 1 - start)}^"


def _advice(text: str, expected: str) -> tuple[str, str]:
    plain = outside_text(text)
    if not text.strip():
        return "คำถามว่างเปล่า", "the query is empty"
    if "Prefix not found" in expected and (advice := _unknown_prefix(plain)):
        return advice
    if "variable that is unbound" in expected:
        return (
            "SELECT มีตัวแปรที่ไม่ได้อยู่ใน GROUP BY",
            "SELECT names a variable that is neither grouped by nor aggregated",
        )
    return _unclosed(plain) or ("ส่วนนี้ไม่เป็นไปตาม SPARQL", "this is not what SPARQL expects here")


def _unknown_prefix(plain: str) -> tuple[str, str] | None:
    declared = {*PREFIXES, *_DECLARED.findall(plain)}
    for prefix in _PREFIXED.findall(_DECLARED.sub("", plain)):
        if prefix not in declared:
            guess = _nearest(prefix)
            return (
                f"ไม่รู้จักคำนำหน้า {prefix}:" + (f" หมายถึง {guess} หรือไม่" if guess else ""),
                f"unknown prefix {prefix}:" + (f" (did you mean {guess}?)" if guess else ""),
            )
    return None


def _nearest(prefix: str) -> str:
    near = (
        [_ALSO_CALLED[prefix]] if prefix in _ALSO_CALLED else difflib.get_close_matches(prefix, PREFIXES, n=1)
    )
    return f"{near[0]}: <{PREFIXES[near[0]]}>" if near else ""


def _unclosed(plain: str) -> tuple[str, str] | None:
    open_ones: list[str] = []
    for character in plain:
        if character in _PAIRS:
            open_ones.append(_PAIRS[character])
        elif character in _PAIRS.values():
            if not open_ones:
                return f"มี {character} เกินมา", f"there is a {character} too many"
            if (due := open_ones.pop()) != character:
                return f"ขาด {due} ก่อน {character}", f"a closing {due} is missing before a {character}"
    if open_ones:
        return f"ขาด {open_ones[-1]} ปิดท้าย", f"a closing {open_ones[-1]} is missing"
    return None
