"""Advice on names: prefixes, IRIs, and what declares them."""

import re

from mueang.check.flaw import Flaw
from mueang.check.slip.sentences import in_thai
from mueang.check.slip.stop import Adviser, Stop
from mueang.engine.malformed.spelling import nearest
from mueang.engine.malformed.stop import clipped
from mueang.graph.names import PREFIXES

_UNDECLARED = re.compile(r"The prefix (.*?): has not been declared")
_DECLARED = re.compile(r"(?:@prefix|(?i:\bprefix))\s+([^\s:<>]*):")
_UNENDED = re.compile(r"@prefix\s[^\n<>]*<[^<>\n]*>\Z")
_CODE_POINT = re.compile(r"Invalid IRI code point '(.*)'", re.DOTALL)


def _prefix(stop: Stop) -> Flaw | None:
    found = _UNDECLARED.match(stop.said)
    if not found:
        return None
    prefix = found[1]
    if prefix in ("http", "https", "urn", "mailto"):
        return stop.flaw(
            th=f"IRI ต้องอยู่ระหว่าง < และ >: เขียน <{stop.word}>",
            en=f"an IRI stands between < and >: write <{stop.word}>",
        )
    declared = [one[1] for one in _DECLARED.finditer(stop.text, 0, stop.place)]
    if _UNENDED.search(stop.text[max(stop.end - 200, 0) : stop.end]):
        return stop.flaw(at=stop.end, th="ขาด . ท้าย @prefix", en="the . at the end of @prefix is missing")
    return _undeclared(stop, prefix, declared)


def _undeclared(stop: Stop, prefix: str, declared: list[str]) -> Flaw:
    right = prefix if prefix in PREFIXES else nearest(prefix, [*declared, *PREFIXES])
    th, en = f"ไม่รู้จักคำนำหน้า {prefix}:", f"unknown prefix {prefix}:"
    if right in declared:
        return stop.flaw(th=f"{th} หมายถึง {right}: หรือไม่", en=f"{en} did you mean {right}:?")
    line = f"@prefix {right or prefix}: <{PREFIXES[right] if right else 'https://…'}> ."
    if right in (None, prefix):
        return stop.flaw(th=f"{th} เพิ่มบรรทัดนี้ต้นแฟ้ม: {line}", en=f"{en} add this line at the beginning: {line}")
    return stop.flaw(
        th=f"{th} หมายถึง {right}: หรือไม่ (ประกาศว่า {line})",
        en=f"{en} did you mean {right}: (declared as {line})?",
    )


def _iri(stop: Stop) -> Flaw | None:
    point = _CODE_POINT.search(stop.said)
    if point and point[1].isspace():
        return stop.flaw(
            th="ภายใน < > ต้องไม่มีช่องว่าง: เขียน %20 แทน", en="an IRI between < and > holds no space: write %20"
        )
    if "No scheme" in stop.said:
        return stop.flaw(
            th="IRI ต้องเขียนเต็ม ขึ้นต้นด้วย https://", en="an IRI is written in full here and begins with https://"
        )
    if point or "IRI" in stop.said and stop.text.startswith("<", stop.place):
        iri = clipped(stop.text[stop.place : stop.place + 100].partition(">")[0] + ">", 60)
        return stop.flaw(
            th=f"{iri} ไม่ใช่ IRI ที่ถูกต้อง ({clipped(in_thai(stop.said), 80)})",
            en=f"{iri} is no IRI: {clipped(stop.said, 80)}",
        )
    return None


def _declaration(stop: Stop) -> Flaw | None:
    if "PREFIX" in stop.said:
        return stop.flaw(
            th="หลัง @prefix เป็นคำนำหน้าที่ลงท้ายด้วย : แล้วตามด้วย IRI ใน < >: @prefix x: <https://…> .",
            en="@prefix takes a prefix that ends in a colon, then an IRI in < >: @prefix x: <https://…> .",
        )
    if stop.text[stop.place : stop.place + 7].lower() in ("@prefix", "@base"):
        return stop.flaw(th="เขียน @prefix ด้วยตัวพิมพ์เล็ก", en="write @prefix in lower case")
    line = stop.text[stop.text.rfind("\n", 0, stop.place) + 1 : stop.place].lstrip().lower()
    if stop.text.startswith(".", stop.place) and line.startswith(("prefix", "base")):
        return stop.flaw(
            th="PREFIX ที่ไม่มี @ ไม่มี . ปิดท้าย: ลบ . ออก", en="PREFIX without @ has no . at its end: delete it"
        )
    return None


def _slash(stop: Stop) -> Flaw | None:
    """A slash within a short name."""
    if (
        "beginning of a prefix name" in stop.said
        and stop.text.startswith("/", stop.place)
        and stop.end == stop.place
    ):
        return stop.flaw(
            th="ชื่อย่อมี / ไม่ได้: เขียน IRI เต็มใน < >", en="a short name holds no /: write the whole IRI in < >"
        )
    return None


def _variable(stop: Stop) -> Flaw | None:
    if stop.found.kind == "VAR":
        return stop.flaw(
            th="ในข้อมูลไม่มีตัวแปร: เขียนชื่อหรือข้อความ", en="data has no variables: write a name or a text"
        )
    return None


ADVISERS: tuple[Adviser, ...] = (_prefix, _iri, _declaration, _variable)
LATER: tuple[Adviser, ...] = (_slash,)
