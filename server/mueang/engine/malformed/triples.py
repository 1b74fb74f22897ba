"""Advice on triples: a dot that is missing, a part that is missing, a comparison where a predicate belongs."""

import re

from mueang.engine.malformed.grammar import FUNCTION_KINDS
from mueang.engine.malformed.stop import COMPARISONS, PATTERNS, TERMS, VALUES, Advice, Stop, clipped

_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9-])")
_ENDS = frozenset({".", ";", ",", "}", "]", "|}", "END"}) | PATTERNS


def date_without_quotes(stop: Stop) -> Advice | None:
    """`?s ?p 2022-11-09`."""
    if stop.found.kind != "SIGNED" or stop.previous.kind != "INTEGER" or not stop.after_object:
        return None
    if not (date := _DATE.match(stop.text, stop.previous.start)):
        return None
    return Advice(
        f'วันที่เขียนว่า "{date[0]}"^^xsd:date', f'a date is written "{date[0]}"^^xsd:date', stop.previous.start
    )


def comparison(stop: Stop) -> Advice | None:
    """`?s = ?o` outside FILTER."""
    if stop.found.kind not in COMPARISONS or not (stop.at_predicate or stop.after_object):
        return None
    left, sign = clipped(stop.previous.text), stop.found.text
    return Advice(
        f"{sign} ใช้ได้เฉพาะในนิพจน์: เขียน FILTER({left} {sign} …)",
        f"{sign} stands only in expressions: write FILTER({left} {sign} …)",
    )


def missing_predicate(stop: Stop) -> Advice | None:
    """A triple that ends after its subject."""
    if not stop.at_predicate or stop.found.kind not in _ENDS:
        return None
    if stop.previous.text in (";", "[", "{|"):
        return Advice(
            f"หลัง {stop.previous.text} ต้องเป็นภาคแสดงและกรรม",
            f"after {stop.previous.text} a predicate and an object are expected",
            stop.gap,
        )
    if stop.previous.kind in ("^", "/", "|", "!", "("):
        return None
    subject = clipped(stop.previous.text)
    return Advice(
        f"ทริปเปิลต้องมีสามส่วน (ประธาน ภาคแสดง กรรม): หลัง {subject} ยังขาดสองส่วน",
        f"a triple has three parts, subject, predicate and object: after {subject} two are missing",
        stop.gap,
    )


def missing_object(stop: Stop) -> Advice | None:
    """A triple that ends after its predicate, or a comma with nothing after it."""
    if not stop.at_object or stop.found.kind not in _ENDS:
        return None
    if stop.previous.kind == ",":
        return Advice(
            "หลัง , ต้องมีกรรมอีกตัว: เติม หรือลบ , ออก",
            "after a comma another object is expected: add it, or delete the comma",
            stop.previous.start,
        )
    predicate = clipped(stop.previous.text)
    return Advice(
        f"ทริปเปิลต้องมีสามส่วน (ประธาน ภาคแสดง กรรม): หลัง {predicate} ยังขาดกรรม",
        f"a triple has three parts, subject, predicate and object: after {predicate} the object is missing",
        stop.gap,
    )


def wrong_predicate(stop: Stop) -> Advice | None:
    """A value or a blank node where a predicate belongs."""
    if not stop.at_predicate or stop.found.kind not in VALUES | {"BLANK", "ANON", "["}:
        return None
    found = clipped(stop.found.text)
    return Advice(
        f"{found} เป็นภาคแสดงไม่ได้: ต้องเป็นชื่อ ตัวแปร หรือ a",
        f"{found} cannot be a predicate: a name, a variable or a is expected",
    )


def missing_dot(stop: Stop) -> Advice | None:
    """A term after a whole triple."""
    if not stop.after_object or not (stop.found.kind in TERMS or stop.found.kind in ("a", "[", "(")):
        return None
    before, found = clipped(stop.previous.text), clipped(stop.found.text)
    if stop.opener.kind == "[":
        return Advice(
            f"ระหว่าง {before} กับ {found} ขาด ; (หรือ , หรือ ])",
            f"a ; (or , or ]) is missing between {before} and {found}",
            stop.gap,
        )
    return Advice(
        f"ทริปเปิลครบแล้วที่ {before}: ขาด . ก่อน {found} (หรือ ; เมื่อประธานเดิม หรือ , เมื่อเพิ่มกรรม)",
        f"the triple is complete with {before}: a . is missing before {found} "
        "(or ; to go on with the same subject, or , for one more object)",
        stop.gap,
    )


def stray_separator(stop: Stop) -> Advice | None:
    """A `;` or `,` or a second dot with no triple before it."""
    if stop.found.kind not in (";", ",", ".") or not stop.can("VAR", "FILTER"):
        return None
    if stop.found.kind == ".":
        return Advice("จุดนี้ไม่มีทริปเปิลอยู่ข้างหน้า: ลบออก", "there is no triple before this dot: delete it")
    sign = stop.found.kind
    return Advice(
        f"ก่อน {sign} ต้องเป็นทริปเปิล: ลบ {sign} ออก แล้วเริ่มทริปเปิลใหม่ด้วยประธาน",
        f"{sign} goes on with a triple, and none stands before it: delete it and begin with a subject",
    )


def counted_path(stop: Stop) -> Advice | None:
    """`?s ex:p{1,3} ?o`, which a draft of SPARQL had."""
    if stop.found.kind != "{" or not stop.can("/", "|") or stop.following.kind not in ("INTEGER", ","):
        return None
    return Advice(
        "SPARQL ไม่มี {n,m} ในทางเดิน: เขียน p/p หรือ p* หรือ p+",
        "SPARQL has no {n,m} in paths: write p/p, p* or p+",
    )


def path_outside_pattern(stop: Stop) -> Advice | None:
    """A property path in the template of CONSTRUCT."""
    if stop.found.kind not in ("^", "/", "|", "*", "+", "?", "!") or not stop.opened:
        return None
    first = stop.opened[0]
    if stop.reading.tokens[first - 1].kind != "CONSTRUCT" or not (stop.at_predicate or stop.at_object):
        return None
    return Advice(
        f"ทางเดิน ({stop.found.text}) ใช้ได้เฉพาะใน WHERE ไม่ใช่ในแม่แบบของ CONSTRUCT",
        f"property paths ({stop.found.text}) stand only in WHERE, not in the template of CONSTRUCT",
    )


def pattern_in_template(stop: Stop) -> Advice | None:
    """FILTER, OPTIONAL and their like in the template of CONSTRUCT, or in its short form."""
    if stop.found.kind not in PATTERNS or len(stop.opened) != 1 or stop.can("FILTER"):
        return None
    before = {token.kind for token in stop.reading.tokens[: stop.opened[0]]}
    if not (stop.can("}") or stop.after_object) or "CONSTRUCT" not in before:
        return None
    if "WHERE" in before:
        return Advice(
            "รูปย่อ CONSTRUCT WHERE { … } มีได้เฉพาะทริปเปิล: เขียน CONSTRUCT { … } WHERE { … }",
            "the short form CONSTRUCT WHERE { … } holds only triples: write CONSTRUCT { … } WHERE { … }",
        )
    return Advice(
        f"แม่แบบของ CONSTRUCT มีได้เฉพาะทริปเปิล: ย้าย {stop.found.text} ไปไว้ใน WHERE",
        f"the template of CONSTRUCT holds only triples: move {stop.found.text} to WHERE",
    )


def call_among_triples(stop: Stop) -> Advice | None:
    """A function where a triple belongs."""
    if (
        stop.found.kind not in FUNCTION_KINDS
        or stop.at_value
        or not (stop.can("BLANK", "STRING") or stop.after_object)
    ):
        return None
    call = f"{stop.found.text}(…)"
    return Advice(
        f"ฟังก์ชันใช้ได้เฉพาะในนิพจน์: FILTER ({call}) หรือ BIND({call} AS ?x)",
        f"a function stands only in an expression: FILTER ({call}) or BIND({call} AS ?x)",
    )


ADVISERS = (
    date_without_quotes,
    comparison,
    counted_path,
    path_outside_pattern,
    pattern_in_template,
    call_among_triples,
    missing_predicate,
    missing_object,
    wrong_predicate,
    stray_separator,
    missing_dot,
)
