"""Advice on what other languages write otherwise: SQL above all, and SPARQL Update."""

import re

from mueang.engine.malformed.stop import Advice, Stop, clipped

_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_OPERATORS = {"AND": "&&", "OR": "||", "EQ": "=", "NE": "!=", "EQUALS": "="}
_LIKE = frozenset({"LIKE", "ILIKE", "RLIKE", "REGEXP", "MATCHES", "CONTAINS"})
_NOT_IN_SPARQL = frozenset(
    ["JOIN", "INNER", "OUTER", "LEFT", "RIGHT", "CROSS", "ON", "TOP", "CASE", "WHEN", "THEN", "ELSE"]
)
_SIGNS = {
    ("<", ">"): "!=",
    ("=", "="): "=",
    ("=", ">"): ">=",
    ("=", "<"): "<=",
    ("!=", "="): "!=",
    ("!", "="): "!=",
    ("<", "="): "<=",
    (">", "="): ">=",
}


def update(stop: Stop) -> Advice | None:
    """An update where a query is expected."""
    if not stop.can("SELECT", "ASK") or stop.found.text.upper() not in _UPDATES:
        return None
    word = stop.found.text.upper()
    return Advice(
        f"{word} เป็นคำสั่งแก้ไขข้อมูล (SPARQL Update) ไม่ใช่คำถาม: คำสั่งแก้ไขส่งไปที่ /update ได้เฉพาะผู้ดูแลข้อมูล และยังไม่เปิดใช้ ที่นี่รับเฉพาะ SELECT, ASK, CONSTRUCT, DESCRIBE",
        f"{word} is an update, not a query: updates go to /update, for stewards only, and not yet; "
        "here SELECT, ASK, CONSTRUCT and DESCRIBE are answered",
    )


def word_as_operator(stop: Stop) -> Advice | None:
    """AND, OR, LIKE, IS NULL and BETWEEN between values."""
    word, left = stop.found.text, _left(stop)
    right = _OPERATORS.get(word.upper(), "")
    if word.upper() in _LIKE:
        right = f"CONTAINS({left}, …)"
    elif word.upper() == "IS":
        right = f"BOUND({left})" if stop.following.kind == "NOT" else f"!BOUND({left})"
    elif word.upper() == "BETWEEN":
        right = f"{left} >= … && {left} <= …"
    if not right or not stop.after_value:
        return None
    return Advice(
        f"{word} ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน {right}", f"{word} is no operator of SPARQL: write {right}"
    )


def _left(stop: Stop) -> str:
    return clipped(stop.previous.text, 20) if stop.previous.kind == "VAR" else "…"


def negation(stop: Stop) -> Advice | None:
    """`NOT ?x`, `NOT BOUND(?x)`."""
    if stop.previous.kind != "NOT" or not stop.reading.possible <= {"EXISTS", "IN"}:
        return None
    return Advice(
        "NOT มีเฉพาะใน NOT EXISTS และ NOT IN: ปฏิเสธเงื่อนไขอื่นด้วย !",
        "NOT stands only in NOT EXISTS and NOT IN: other conditions are denied by !",
    )


def doubled_sign(stop: Stop) -> Advice | None:
    """`<>`, `==`, `=>` and `=<`."""
    pair = stop.previous.kind, stop.found.kind
    if pair == ("=", "<") and re.match(r"\S+>", stop.text[stop.found.end : stop.found.end + 200]):
        return None
    if not stop.adjacent or pair not in _SIGNS:
        return None
    wrong, right = stop.previous.text + stop.found.text, _SIGNS[pair]
    return Advice(
        f"SPARQL ไม่มีเครื่องหมาย {wrong}: เขียน {right}",
        f"SPARQL has no {wrong}: write {right}",
        stop.previous.start,
    )


def single_sign(stop: Stop) -> Advice | None:
    """`&` and `|` for `&&` and `||`; `%` for a remainder."""
    if not stop.after_value or stop.found.text not in ("&", "|", "%"):
        return None
    if stop.found.text == "%":
        return Advice("SPARQL ไม่มีเครื่องหมาย % (หารเอาเศษ)", "SPARQL has no % for the remainder of a division")
    right = stop.found.text * 2
    return Advice(f"เขียน {right} แทน {stop.found.text}", f"write {right} instead of {stop.found.text}")


def word_of_sql(stop: Stop) -> Advice | None:
    """JOIN, TOP, CASE and their like, which SPARQL says otherwise."""
    word = stop.found.text.upper()
    if stop.found.kind != "WORD" or word not in _NOT_IN_SPARQL:
        return None
    if word == "TOP":
        return Advice(
            "SPARQL ไม่มี TOP: เขียน LIMIT ไว้ท้ายคำถาม", "SPARQL has no TOP: write LIMIT at the end of the query"
        )
    if word in ("CASE", "WHEN", "THEN", "ELSE"):
        return Advice(
            f"SPARQL ไม่มี {word}: เขียน IF(เงื่อนไข, ค่าเมื่อจริง, ค่าเมื่อไม่จริง)",
            f"SPARQL has no {word}: write IF(condition, then, otherwise)",
        )
    return Advice(
        f"SPARQL ไม่มี {word}: ทริปเปิลที่ใช้ตัวแปรเดียวกันเชื่อมกันเองอยู่แล้ว (OPTIONAL {{ … }} แทน LEFT JOIN)",
        f"SPARQL has no {word}: triples with the same variable are joined anyway (OPTIONAL {{ … }} is the left join)",
    )


def column_name(stop: Stop) -> Advice | None:
    """`SELECT name FROM …`: a variable without its question mark."""
    if stop.found.kind not in ("WORD", "a") or not stop.can("VAR"):
        return None
    if not stop.selecting or stop.following.kind in ("(", "NIL"):
        return None
    name = clipped(stop.found.text)
    return Advice(f"ตัวแปรขึ้นต้นด้วย ?: เขียน ?{name}", f"variables begin with ?: write ?{name}")


def comma_in_list(stop: Stop) -> Advice | None:
    """`SELECT ?a, ?b`, `ORDER BY ?a, ?b`, `VALUES ?x { 1, 2 }`."""
    if stop.found.kind != "," or stop.after_value or stop.opener.kind in ("[", "(") or stop.can("a"):
        return None
    if stop.previous.kind == "INTEGER" and stop.back(2).kind == "LIMIT":
        number, offset = clipped(stop.following.text), clipped(stop.previous.text)
        return Advice(
            f"SPARQL เขียน LIMIT {number} OFFSET {offset}", f"SPARQL writes LIMIT {number} OFFSET {offset}"
        )
    listed = stop.selecting or stop.can("UNDEF") or stop.reading.possible == {"NIL", "(", "}"}
    if not listed and not (stop.can("VAR", "END") and not stop.opened):
        return None
    return Advice("ไม่ต้องมี , ที่นี่: คั่นด้วยช่องว่าง", "no comma belongs here: a space is enough")


ADVISERS = (update, doubled_sign, single_sign, word_as_operator, negation, word_of_sql, comma_in_list)
LATER = (column_name,)
