"""JSON with the place of everything in it; what is wrong is told where and in words."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from mueang.check.flaw import Flaw
from mueang.check.span import Stretch
from mueang.engine.malformed.stop import clipped

DEEPEST = 100
_STRING = r'"(?:[^"\\]|\\.)*+"'
_BRACKET = re.compile(rf"{_STRING}?|([\[{{])|[\]}}]", re.DOTALL)  # a text that is not closed goes to the end
_TOKEN = re.compile(rf'({_STRING})|([\[{{])|([\]}}])|[^\s,:\[\]{{}}"]++', re.DOTALL)
_CONSTANT = re.compile(rf"{_STRING}?|(?P<constant>NaN|-?Infinity)", re.DOTALL)
_WORD = re.compile(r"[^\W\d][^\s,:\[\]{}\"]*+")
_QUOTES = "'‘’‚‛“”„‟`«»"


class Node:
    """A value of JSON with its place: the kind is its first sign, what is inside an object goes key, value, key …"""

    __slots__ = ("at", "inner", "source")

    def __init__(self, source: str, at: Stretch) -> None:
        self.source = source
        self.at = at
        self.inner: list[Node] = []

    @property
    def is_object(self) -> bool:
        """Whether this is an object."""
        return self.source == "{"

    @property
    def is_text(self) -> bool:
        """Whether this is a string."""
        return self.source[0] == '"'

    @property
    def pairs(self) -> "Iterator[tuple[Node, Node]]":
        """The members of an object; of anything else none."""
        return zip(self.inner[::2], self.inner[1::2], strict=True) if self.is_object else iter(())

    @property
    def items(self) -> "list[Node]":
        """The items of an array; anything else is its own only item."""
        return self.inner if self.source == "[" else [self]

    @property
    def text(self) -> str:
        """The text of a string; else as it is written."""
        if not self.is_text:
            return self.source
        return str(json.loads(self.source)) if "\\" in self.source else self.source[1:-1]


class Pairs(NamedTuple):
    """The members of an object, in their order."""

    members: list[tuple[str, Any]]


def read_json(text: str) -> Node:
    """The value that a text holds, which is known to be JSON."""
    top = Node("[", (0, 0))
    opened = [top]
    for found in _TOKEN.finditer(text):
        if found.lastindex == 3:
            closed = opened.pop()
            closed.at = closed.at[0], found.end()
            continue
        node = Node(found[0], found.span())
        opened[-1].inner.append(node)
        if found.lastindex == 2:
            opened.append(node)
    return top.inner[0]


def check_json(text: str) -> Any:
    """The value as Python has it, objects as Pairs. Raises Flaw if it is no JSON or is nested too deeply."""
    _refuse_depth(text)
    try:
        return json.loads(text, object_pairs_hook=Pairs, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _explained(text, error) from error
    except _Constant as error:
        at = next(found.start() for found in _CONSTANT.finditer(text) if found["constant"])
        raise Flaw(at, th=f"{error} ไม่ใช่ค่าของ JSON", en=f"{error} is no value of JSON") from error


class _Constant(Exception):
    """NaN or an infinity, which Python reads and JSON has not."""


def _refuse_constant(name: str) -> NoReturn:
    raise _Constant(name)


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _BRACKET.finditer(text):
        if found.lastindex:
            depth += 1
            if depth > DEEPEST:
                raise Flaw(
                    found.start(),
                    th=f"JSON ซ้อนกันลึกเกิน {DEEPEST} ชั้น",
                    en=f"the JSON is nested too deeply (more than {DEEPEST} levels)",
                )
        elif found[0] in "]}":
            depth -= 1


def _explained(text: str, error: json.JSONDecodeError) -> Flaw:
    """What Python says of a text that is no JSON, in words that say what to do."""
    before = text[: error.pos].rstrip()
    found = text[error.pos : error.pos + 1]
    if error.msg.startswith(("Invalid control", "Unterminated")):
        return _unclosed(text, error)
    if error.msg.startswith("Invalid"):
        return _escape(error.pos)
    if error.msg.startswith("Extra"):
        return Flaw(
            error.pos,
            th="JSON จบแล้วก่อนตรงนี้: ลบส่วนที่เหลือ หรือรวมทั้งหมดไว้ใน [ ]",
            en="the JSON is complete before this: delete what is left, or put everything in [ ]",
        )
    if not found:
        return _end(text, len(before))
    if found in "}]" and before.endswith(","):
        return Flaw(
            len(before) - 1,
            th=f"มี , เกินก่อน {found}: ลบออก",
            en=f"there is a comma too many before {found}: delete it",
        )
    is_value_due = error.msg.startswith("Expecting value")
    return _strange(text, error.pos, is_value_due=is_value_due) or _missing(text, error, len(before))


def _unclosed(text: str, error: json.JSONDecodeError) -> Flaw:
    start = text.rfind('"', 0, error.pos) if error.msg.startswith("Invalid") else error.pos
    return Flaw(
        start,
        th='ข้อความที่เปิดด้วย " ตรงนี้ยังไม่ปิดในบรรทัดเดียวกัน: ต้องมี " ปิดท้าย (ขึ้นบรรทัดใหม่ในข้อความเขียนว่า \\n)',
        en='the text that " opens here is not closed on its line: a closing " is missing '
        "(a new line within a text is written \\n)",
    )


def _escape(at: int) -> Flaw:
    return Flaw(
        at,
        th='หลัง \\ ในข้อความของ JSON ต้องเป็น " \\ / b f n r t หรือ u ตามด้วยเลขฐานสิบหกสี่หลัก: เครื่องหมาย \\ เขียนว่า \\\\',
        en='within a text \\ is followed by one of " \\ / b f n r t, or by u and four hexadecimal digits: '
        "a backslash is written \\\\",
    )


def _end(text: str, at: int) -> Flaw:
    """The text ends while brackets are open."""
    opened = list[str]()
    for found in _BRACKET.finditer(text):
        if found.lastindex:
            opened.append("}" if found[1] == "{" else "]")
        elif found[0] in "]}" and opened:
            opened.pop()
    if not opened:
        return Flaw(at, th="แฟ้มจบเร็วไป: ยังขาดค่า", en="the file ends too early: a value is missing")
    due = " ".join(reversed(opened[-20:]))
    return Flaw(
        at, th=f"แฟ้มจบเร็วไป: ขาด {due} ปิดท้าย", en=f"the file ends too early: a closing {due} is missing"
    )


def _strange(text: str, at: int, *, is_value_due: bool) -> Flaw | None:
    """A sign that JSON does not have."""
    found = text[at]
    if found in _QUOTES:
        return Flaw(at, th=f'ใช้ " แทน {found}', en=f'JSON has " in place of {found}')
    if found in "#/":
        return Flaw(at, th="JSON ไม่มีหมายเหตุ: ลบออก", en="JSON has no comments: delete this one")
    if text[max(at - 1, 0) : at].isdigit() or (is_value_due and found in "+-.0123456789"):
        return Flaw(
            at,
            th="ตัวเลขเขียนแบบนี้ไม่ได้: เขียนเช่น 1500, -2 หรือ 0.5",
            en="this is no number: write 1500, -2 or 0.5",
        )
    word = _word(text, at)
    if word.lower() in ("true", "false", "null"):
        return Flaw(at, th=f"เขียน {word.lower()} ด้วยตัวพิมพ์เล็ก", en=f"write {word.lower()} in lower case")
    if word:
        return Flaw(
            at, th=f'ข้อความต้องอยู่ในเครื่องหมายคำพูด: เขียน "{word}"', en=f'text stands in quotes: write "{word}"'
        )
    return None


def _word(text: str, at: int) -> str:
    found = _WORD.match(text, at)
    return clipped(found[0]) if found else ""


def _missing(text: str, error: json.JSONDecodeError, before: int) -> Flaw:
    """A sign is missing: behind the token before, if the next one is on a later line."""
    at = before if "\n" in text[before : error.pos] else error.pos
    sign = next((sign for sign in (",", ":") if f"'{sign}'" in error.msg), "")
    found = clipped(text[error.pos : error.pos + 20].partition("\n")[0])
    if sign:
        return Flaw(at, th=f"ขาด {sign} ก่อน {found}", en=f"{sign} is missing before {found}")
    if "property name" in error.msg:
        return Flaw(error.pos, th='ตรงนี้ต้องเป็นคีย์ใน " "', en='a key in " " is expected here')
    return Flaw(error.pos, th=f"ขาดค่าก่อน {found}", en=f"a value is missing before {found}")
