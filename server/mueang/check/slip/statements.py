"""Advice on statements: what is missing between their parts or at their end, and brackets."""

import re

from mueang.check.flaw import Flaw
from mueang.check.slip.stop import Adviser, Stop

_OTHERS = (
    (("<?xml", "<rdf:RDF"), "RDF/XML", ".rdf"),
    (('{"', '{ "', "[{", "{\n", "[\n"), "JSON-LD", ".jsonld"),
    (("<html", "<!DOCTYPE", "<!doctype"), "HTML", ""),
    (("SELECT ", "CONSTRUCT ", "ASK "), "SPARQL", ""),
)
_PREFIX = re.compile(r"@(?:prefix|base)\s[^\n<>]*<[^<>\n]*>\Z")
_CLOSING = {"]": "[", ")": "(", "}": "{"}


def _another_syntax(stop: Stop) -> Flaw | None:
    start = stop.text.lstrip()[:40]
    for beginnings, syntax, ending in _OTHERS:
        if start.startswith(beginnings) and (start[0] not in "{[" or not stop.text[: stop.place].strip()):
            named = (
                (f": ตั้งชื่อแฟ้มให้ลงท้ายด้วย {ending}", f": give it a name that ends in {ending}")
                if ending
                else ("", "")
            )
            return stop.flaw(th=f"แฟ้มนี้เป็น {syntax}{named[0]}", en=f"this file is {syntax}{named[1]}")
    return _table(stop)


def _table(stop: Stop) -> Flaw | None:
    first = stop.text.lstrip().partition("\n")[0]
    if stop.end or "<" in first or ":" in first or max(map(first.count, ",;\t")) < 2:
        return None
    return stop.flaw(
        th="แฟ้มนี้ดูเป็นตาราง: ตั้งชื่อแฟ้มให้ลงท้ายด้วย .csv",
        en="this looks like a table: give it a name that ends in .csv",
    )


def _lines(stop: Stop) -> Flaw | None:
    """What Turtle allows and N-Triples does not."""
    if "line jumps" in stop.said:
        return stop.flaw(
            th="ใน N-Triples ประโยคหนึ่งอยู่ในบรรทัดเดียว", en="in N-Triples a statement stands on one line"
        )
    if "of a triple must be" in stop.said or stop.text.startswith(("@prefix", "@base"), stop.place):
        return stop.flaw(
            th=f"N-Triples ไม่มีคำนำหน้า ตัวเลขเปล่า หรือ a ({stop.word}): เขียน IRI เต็มใน < > หรือตั้งชื่อแฟ้มให้ลงท้ายด้วย .ttl",
            en=f"N-Triples has no prefixes, bare numbers or a ({stop.word}): write whole IRIs in < >, "
            "or give the file a name that ends in .ttl",
        )
    return None


def _graph(stop: Stop) -> Flaw | None:
    if stop.text.startswith("{", stop.place):
        return stop.flaw(
            th="ในแฟ้ม Turtle ไม่มี { }: ถ้าต้องการกราฟ ตั้งชื่อแฟ้มให้ลงท้ายด้วย .trig",
            en="Turtle has no { }: for graphs give the file a name that ends in .trig",
        )
    return None


def _bracket(stop: Stop) -> Flaw | None:
    sign = stop.text[stop.place : stop.place + 1]
    if "should end with a ']'" in stop.said:
        return stop.flaw(at=stop.gap, th="ขาด ] ปิดท้าย [", en="a closing ] is missing")
    if sign in _CLOSING and sign:
        return stop.flaw(
            th=f"มี {sign} เกินมา: ไม่มี {_CLOSING[sign]} ที่เปิดอยู่ตรงนี้",
            en=f"there is a {sign} too many: no {_CLOSING[sign]} is open here",
        )
    return None


def _end_of_file(stop: Stop) -> Flaw | None:
    if "Unexpected end" not in stop.said and "followed by a dot" not in stop.said:
        return None
    if stop.last in ";,":
        return stop.flaw(
            at=stop.end - 1,
            th=f"แฟ้มจบด้วย {stop.last}: ใช้ . แทน",
            en=f"the file ends with {stop.last}: write . in its place",
        )
    if "dot" in stop.said:
        return stop.flaw(at=stop.end, th="ขาด . ปิดท้าย", en="a . is missing at the end")
    return stop.flaw(
        at=stop.end,
        th="แฟ้มจบก่อนที่ประโยคจะครบ: ต้องมีสิ่งที่กล่าวถึง คุณสมบัติ ค่า แล้วปิดด้วย .",
        en="the file ends within a statement: it takes a thing, a property, a value, and a . at the end",
    )


def _value_missing(stop: Stop) -> Flaw | None:
    if "valid RDF object" in stop.said and stop.text[stop.place : stop.place + 1] in (".", ";", ","):
        return stop.flaw(
            at=stop.gap,
            th=f"ก่อน {stop.found.text} ยังขาดค่า หรือวงเล็บ ( ยังไม่ปิด",
            en=f"a value is missing before {stop.found.text}, or a ( is not closed",
        )
    if "valid predicate" in stop.said and stop.text[stop.place : stop.place + 1] in (".", ","):
        return stop.flaw(
            at=stop.gap,
            th=f"ก่อน {stop.found.text} ยังขาดคุณสมบัติและค่า",
            en=f"a property and a value are missing before {stop.found.text}",
        )
    return None


def _text_as_name(stop: Stop) -> Flaw | None:
    if stop.found.kind not in ("STRING", "INTEGER", "NUMBER", "SIGNED"):
        return None
    if "valid predicate" in stop.said:
        return stop.flaw(
            th=f"ตรงนี้ต้องเป็นคุณสมบัติ ไม่ใช่ {stop.word}", en=f"a property is expected here, not {stop.word}"
        )
    if "subject" in stop.said and stop.last in ("", "."):
        return stop.flaw(
            th=f"ตรงนี้ต้องเป็นชื่อของสิ่งที่กล่าวถึง ไม่ใช่ {stop.word}",
            en=f"the name of a thing is expected here, not {stop.word}",
        )
    if stop.after_object:
        return stop.flaw(
            at=stop.gap,
            th=f"ระหว่างค่าต้องมี , : ขาด , ก่อน {stop.word}",
            en=f"between two values stands a comma: , is missing before {stop.word}",
        )
    return None


def _dot_missing(stop: Stop) -> Flaw | None:
    if not stop.after_object or not stop.end:
        return None
    if _PREFIX.search(stop.text[max(stop.end - 200, 0) : stop.end]):
        return stop.flaw(at=stop.end, th="ขาด . ท้าย @prefix", en="the . at the end of @prefix is missing")
    if stop.text.startswith(".", stop.place):
        return stop.flaw(th="มี . เกินมา: ลบออก", en="there is a . too many: delete it")
    if stop.last == ".":
        return None
    if stop.is_later_line and not re.match(r"[ \t]", stop.text[stop.text.rfind("\n", 0, stop.place) + 1 :]):
        return stop.flaw(at=stop.gap, th=f"ขาด . ก่อน {stop.word}", en=f"a . is missing before {stop.word}")
    return stop.flaw(
        at=stop.gap,
        th=f"ขาด ; หรือ . ก่อน {stop.word} (; ถ้ายังพูดถึงสิ่งเดิม)",
        en=f"a ; or . is missing before {stop.word} (; if it is still about the same thing)",
    )


FIRST: tuple[Adviser, ...] = (_another_syntax, _lines)
ADVISERS: tuple[Adviser, ...] = (_graph, _bracket, _end_of_file, _value_missing, _text_as_name)
LAST: tuple[Adviser, ...] = (_dot_missing,)
