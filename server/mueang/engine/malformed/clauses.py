"""Advice on the parts of a query: how it begins, what SELECT names, the pattern in braces, what follows the pattern."""

import re

from mueang.engine.malformed.grammar import FUNCTION_KINDS
from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.stop import OPERATORS, PATTERNS, TERMS, Advice, Stop, clipped

_AFTER_SELECTED = frozenset({"{", "WHERE", "FROM", "END", "ORDER", "LIMIT", "GROUP"})
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")


def beginning(stop: Stop) -> Advice | None:
    """What no query begins with."""
    if not stop.can("SELECT", "ASK", "PREFIX"):
        return None
    if stop.found.kind == "END" and stop.previous.kind == "START":
        return Advice("คำถามว่างเปล่า", "the query is empty", 0)
    if stop.found.kind == "END":
        return Advice(
            "คำถามมีแต่ส่วนประกาศ: ต้องตามด้วย SELECT, ASK, CONSTRUCT หรือ DESCRIBE",
            "there are only declarations: SELECT, ASK, CONSTRUCT or DESCRIBE must follow",
        )
    if stop.found.kind == ".":
        return Advice(
            "ใน SPARQL ไม่มีจุดหลัง PREFIX หรือ BASE: ลบออก", "no dot follows PREFIX or BASE in SPARQL: delete it"
        )
    if stop.found.kind == "PNAME_NS" and stop.following.kind == "IRIREF":
        return Advice(
            f"ขาด PREFIX ก่อน {clipped(stop.found.text)}",
            f"PREFIX is missing before {clipped(stop.found.text)}",
        )
    return Advice(
        f"คำถามขึ้นต้นด้วย SELECT, ASK, CONSTRUCT หรือ DESCRIBE ไม่ใช่ {clipped(stop.found.text)}",
        f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {clipped(stop.found.text)}",
    )


def declaration(stop: Stop) -> Advice | None:
    """A PREFIX without its colon, or whose IRI is not in < >."""
    if stop.previous.kind == "PREFIX":
        name = stop.found.text.partition(":")[0] if stop.found.kind in ("WORD", "a", "PNAME_LN") else "x"
        return Advice(
            f"หลัง PREFIX เป็นคำนำหน้าที่ลงท้ายด้วย : แล้วตามด้วย IRI: PREFIX {clipped(name)}: <https://…>",
            f"PREFIX takes a prefix that ends in a colon, then an IRI: PREFIX {clipped(name)}: <https://…>",
        )
    if stop.previous.kind == "BASE" or stop.back(2).kind == "PREFIX":
        return Advice("ตรงนี้ต้องเป็น IRI ใน < >", "an IRI in < > is expected here")
    return None


def nothing_selected(stop: Stop) -> Advice | None:
    """SELECT without variables."""
    if not stop.selecting or not stop.can("*") or stop.found.kind not in _AFTER_SELECTED:
        return None
    word = stop.previous.text
    return Advice(
        f"หลัง {word} ต้องมีตัวแปรอย่างน้อยหนึ่งตัว หรือ * (ทุกตัวแปร)",
        f"after {word} variables are expected, or * for all of them",
        stop.gap,
    )


def expression_selected(stop: Stop) -> Advice | None:
    """`SELECT COUNT(?x) AS ?n`, `SELECT ?a + 1 AS ?b`, `SELECT ?a AS ?b`: all without parentheses."""
    if not stop.selecting:
        return None
    if stop.found.kind in FUNCTION_KINDS:
        call = _call(stop)
        return Advice(
            f"นิพจน์ใน SELECT ต้องอยู่ในวงเล็บและมีชื่อ: ({call} AS {_name_after(stop)})",
            f"an expression in SELECT stands in parentheses and has a name: ({call} AS {_name_after(stop)})",
        )
    if stop.found.kind == "AS" or (stop.found.kind in OPERATORS - {"*"} and stop.previous.kind == "VAR"):
        between = "AS" if stop.found.kind == "AS" else f"{stop.found.text} … AS"
        before = _variable(stop.previous, "…")
        after = _variable(stop.following, "?x") if between == "AS" else "?x"
        return Advice(
            f"นิพจน์ใน SELECT ต้องอยู่ในวงเล็บ: ({before} {between} {after})",
            f"an expression in SELECT stands in parentheses: ({before} {between} {after})",
        )
    return None


def _variable(token: Token, otherwise: str) -> str:
    return clipped(token.text) if token.kind == "VAR" else otherwise


def _call(stop: Stop) -> str:
    """The call found, as it is written, if it is short and holds no other."""
    written = re.compile(r"\w{1,20}\s?\([^(){}]{0,60}\)").match(stop.text, stop.found.start)
    return clipped(written[0], 80) if written else f"{stop.found.text}(…)"


def _name_after(stop: Stop) -> str:
    """The variable that AS names after the call found, or an example."""
    named = re.compile(r"\([^()]{0,80}\)\s*AS\s+([?$]\w{1,40})", re.IGNORECASE).match(
        stop.text, stop.found.end
    )
    return named[1] if named else "?n"


def modifier_too_early(stop: Stop) -> Advice | None:
    """ORDER BY, LIMIT and their like before or within the pattern."""
    if stop.found.kind not in _MODIFIERS:
        return None
    word = _clause(stop.found)
    if stop.can("{") and not stop.opened:
        return Advice(
            f"{word} อยู่หลัง {{ … }} ของ WHERE ไม่ใช่ก่อน",
            f"{word} comes after the braces of WHERE, not before them",
        )
    if stop.opener.kind == "{" and (stop.can("FILTER") or stop.after_object):
        return Advice(
            f"{word} อยู่นอกวงเล็บปีกกา: ปิด }} ก่อน",
            f"{word} comes after the closing }} of the pattern, not within it",
        )
    return None


def after_the_end(stop: Stop) -> Advice | None:
    """What follows a query that is complete."""
    if not stop.can("END"):
        return None
    return _again(stop) or _order(stop) or _belongs_inside(stop) or _beyond(stop)


def _beyond(stop: Stop) -> Advice:
    found = clipped(stop.found.text)
    if stop.found.kind in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX"):
        return Advice(
            f"คำถามแรกจบแล้วก่อน {found}: ถามได้ครั้งละหนึ่งคำถาม",
            f"the first query is complete before {found}: one query is answered at a time",
        )
    words = ", ".join(
        word
        for word in ("GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "VALUES")
        if stop.can(word.split()[0])
    )
    if not words or stop.found.kind in (".", ";", ","):
        return Advice(
            f"คำถามจบแล้วก่อน {found}: ลบส่วนที่เหลือ", f"the query is complete before {found}: delete what is left"
        )
    return Advice(
        f"คำถามจบแล้วก่อน {found}: ต่อได้ด้วย {words} เท่านั้น",
        f"the query is complete before {found}: only {words} can follow",
    )


def _again(stop: Stop) -> Advice | None:
    if stop.found.kind not in _MODIFIERS or all(token.kind != stop.found.kind for token in _outer(stop)):
        return None
    word = _clause(stop.found)
    return Advice(f"มี {word} ได้ครั้งเดียว", f"{word} can be given only once")


def _order(stop: Stop) -> Advice | None:
    """A clause that should stand before another."""
    if stop.found.kind not in _MODIFIERS:
        return None
    ranks = {kind: rank for rank, kind in enumerate(_MODIFIERS)}
    late = [token for token in _outer(stop) if ranks.get(token.kind, -1) > ranks[stop.found.kind]]
    if not late:
        return None
    one, other = _clause(stop.found), _clause(late[0])
    return Advice(
        f"{one} อยู่ก่อน {other} (ลำดับคือ GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET)",
        f"{one} stands before {other} (the order is GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET)",
    )


def _clause(token: Token) -> str:
    """A clause as people name it: ORDER BY, LIMIT."""
    return token.kind + (" BY" if token.kind in ("ORDER", "GROUP") else "")


def _outer(stop: Stop) -> list[Token]:
    """The tokens behind the last closing brace."""
    tokens = stop.reading.tokens[:-1]
    last = max((index for index, token in enumerate(tokens) if token.kind == "}"), default=-1)
    return tokens[last + 1 :]


def _belongs_inside(stop: Stop) -> Advice | None:
    if stop.previous.kind != "}" or not (
        stop.found.kind in PATTERNS | TERMS or stop.found.kind in ("{", "[")
    ):
        return None
    found = clipped(stop.found.text)
    if stop.found.kind == "UNION":
        return Advice(
            "UNION อยู่ภายในวงเล็บปีกกาของ WHERE: { { … } UNION { … } }",
            "UNION stands within the braces of WHERE: { { … } UNION { … } }",
        )
    return Advice(
        f"แบบแผนของคำถามปิดแล้วก่อน {found}: ถ้าเป็นส่วนหนึ่งของแบบแผน ย้าย }} ไปไว้ข้างหลัง",
        f"the pattern is closed before {found}: if this belongs to it, move the }} behind it",
    )


def missing_by(stop: Stop) -> Advice | None:
    """ORDER and GROUP without BY, and BY without them."""
    if stop.reading.possible == {"BY"}:
        word = stop.previous.text
        return Advice(f"หลัง {word} ต้องมี BY: {word} BY …", f"after {word} stands BY: {word} BY …", stop.gap)
    if stop.found.kind == "BY" and stop.can("ORDER"):
        return Advice("ก่อน BY ต้องเป็น GROUP หรือ ORDER", "before BY stands GROUP or ORDER")
    return None


def missing_number(stop: Stop) -> Advice | None:
    """LIMIT and OFFSET without a whole number."""
    if stop.reading.possible != {"INTEGER"}:
        return None
    word = stop.previous.text
    return Advice(
        f"หลัง {word} ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป เช่น {word} 10",
        f"after {word} a whole number is expected, such as {word} 10",
        stop.gap,
    )


def direction(stop: Stop) -> Advice | None:
    """`ORDER BY DESC ?x` and `ORDER BY ?x DESC`."""
    if stop.previous.kind not in ("ASC", "DESC") or stop.reading.possible != {"("}:
        return None
    word = stop.previous.text
    name = stop.found if stop.found.kind == "VAR" else stop.back(2)
    variable = clipped(name.text) if name.kind == "VAR" else "?x"
    return Advice(
        f"{word} ต้องมีวงเล็บ: ORDER BY {word}({variable})",
        f"{word} takes parentheses: ORDER BY {word}({variable})",
        stop.previous.start,
    )


def bare_condition(stop: Stop) -> Advice | None:
    """`HAVING COUNT(?x) > 1`, `ORDER BY ?a + ?b`, `GROUP BY ?a AS ?b`: an expression without parentheses."""
    clause = next((one for one in reversed(_outer(stop)) if one.kind in ("HAVING", "ORDER", "GROUP")), None)
    operator = stop.found.kind in OPERATORS | {"IN", "AS", "SIGNED"} and stop.previous.kind in ("VAR", ")")
    if clause is None or stop.opened or not operator:
        return None
    word = _clause(clause)
    return Advice(
        f"นิพจน์หลัง {word} ต้องอยู่ในวงเล็บ: {word} (…)",
        f"an expression after {word} stands in parentheses: {word} (…)",
    )


ADVISERS = (
    nothing_selected,
    expression_selected,
    missing_by,
    missing_number,
    direction,
    modifier_too_early,
    bare_condition,
)
EARLY = (declaration,)
LAST = (beginning, after_the_end)
