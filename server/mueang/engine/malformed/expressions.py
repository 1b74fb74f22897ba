"""Advice on expressions: parentheses around conditions, AS, calls and their arguments."""

from mueang.engine.malformed.grammar import FUNCTION_KINDS, FUNCTIONS
from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.spelling import nearest
from mueang.engine.malformed.stop import OPERATORS, TERMS, Advice, Stop, clipped

_NAMES_ELSEWHERE = {
    "STRLEN(…)": "LENGTH LEN",
    "SUBSTR(…)": "SUBSTRING MID",
    "UCASE(…)": "UPPER TOUPPER",
    "LCASE(…)": "LOWER TOLOWER",
    "STRSTARTS(…)": "STARTSWITH STARTS_WITH",
    "STRENDS(…)": "ENDSWITH ENDS_WITH",
    "COALESCE(…)": "IFNULL NVL",
    "!BOUND(?x)": "ISNULL",
    "IF(…)": "IIF CASE",
    "STR(…)": "STRING TEXT",
    "REGEX(…)": "MATCH MATCHES REGEXP",
    "AVG(…)": "AVERAGE MEAN",
    "GROUP_CONCAT(…)": "GROUPCONCAT STRING_AGG",
    "NOW()": "CURRENT_DATE TODAY GETDATE",
    "xsd:integer(…)": "CAST CONVERT INT INTEGER",
    "xsd:decimal(…)": "DECIMAL NUMBER",
    "xsd:double(…)": "DOUBLE FLOAT",
    "xsd:date(…)": "DATE",
    "xsd:dateTime(…)": "DATETIME",
}
_ELSEWHERE = {name: ours for ours, names in _NAMES_ELSEWHERE.items() for name in names.split()}


def bare_condition(stop: Stop) -> Advice | None:
    """`FILTER ?o = 1`, and `FILTER (…) && (…)`."""
    if stop.previous.kind == "FILTER" and (stop.found.kind in TERMS | {"!", "-", "+", "{"} - {"NIL"}):
        if stop.found.kind == "IRIREF" or stop.found.kind.startswith("PNAME"):
            return None
        return Advice(
            "เงื่อนไขหลัง FILTER ต้องอยู่ในวงเล็บ: FILTER (…)",
            "the condition of FILTER stands in parentheses: FILTER (…)",
        )
    if stop.found.kind in OPERATORS | {"SIGNED", "IN"} and stop.previous.kind == ")" and _after_filter(stop):
        return Advice(
            f"เงื่อนไขทั้งหมดของ FILTER ต้องอยู่ในวงเล็บคู่เดียว: FILTER (… {stop.found.text} …)",
            f"the whole condition of FILTER stands in one pair of parentheses: FILTER (… {stop.found.text} …)",
        )
    return None


def _after_filter(stop: Stop) -> bool:
    """Whether the parenthesis just closed belongs to the condition of FILTER."""
    tokens, depth = stop.reading.tokens[:-1], 0
    for index in range(len(tokens) - 1, 0, -1):
        depth += (tokens[index].kind == ")") - (tokens[index].kind == "(")
        if depth == 0:
            return "FILTER" in (tokens[index - 1].kind, tokens[index - 2].kind)
    return False


def missing_as(stop: Stop) -> Advice | None:
    """`BIND(?x)`, `SELECT (COUNT(?x))`: an expression without a name."""
    if not stop.can("AS") or stop.can(")"):
        return None
    if stop.found.kind == "VAR":
        return Advice(
            f"ขาด AS ก่อน {clipped(stop.found.text)}: (… AS {clipped(stop.found.text)})",
            f"AS is missing before {clipped(stop.found.text)}: (… AS {clipped(stop.found.text)})",
        )
    if stop.found.kind not in (")", "END", "}"):
        return None
    if stop.following.kind == "AS":
        return Advice("AS ต้องอยู่ในวงเล็บ: (… AS ?x)", "AS stands within the parentheses: (… AS ?x)")
    word = "BIND" if stop.caller.kind == "BIND" else ""
    return Advice(f"นิพจน์นี้ต้องมีชื่อ: {word}(… AS ?x)", f"this expression needs a name: {word}(… AS ?x)", stop.gap)


def misplaced_as(stop: Stop) -> Advice | None:
    """`BIND ?x AS ?y`, `BIND(?x AS y)`."""
    if stop.reading.possible == {"("} and stop.previous.kind == "BIND":
        return Advice("BIND ต้องมีวงเล็บ: BIND(… AS ?x)", "BIND takes parentheses: BIND(… AS ?x)")
    if stop.previous.kind != "AS" or stop.reading.possible != {"VAR"}:
        return None
    name = clipped(stop.found.text) if stop.found.kind in ("WORD", "a") else "x"
    return Advice(f"หลัง AS ต้องเป็นตัวแปร: AS ?{name}", f"after AS a variable is expected: AS ?{name}")


def called_without_parentheses(stop: Stop) -> Advice | None:
    """`STR ?x`, `COUNT *`, `NOW`."""
    name = stop.previous
    if (
        name.kind not in FUNCTION_KINDS
        or not (stop.can("(") or stop.can("NIL"))
        or stop.found.kind in ("(", "NIL")
    ):
        return None
    inside = "" if name.kind == "CALL_0_0" else "…"
    if stop.found.kind == "VAR" or (name.kind == "COUNT" and stop.found.kind == "*"):
        inside = clipped(stop.found.text)
    written = f"{name.text}({inside})"
    return Advice(f"{name.text} ต้องมีวงเล็บ: {written}", f"{name.text} takes parentheses: {written}", stop.gap)


def star(stop: Stop) -> Advice | None:
    """`SUM(*)`, `COUNT(*, ?x)`."""
    if stop.found.text == "*" and stop.caller.kind in FUNCTION_KINDS and stop.at_value:
        return Advice(
            f"* ใช้ได้เฉพาะใน COUNT(*): {stop.caller.text} ต้องมีนิพจน์ เช่น {stop.caller.text}(?x)",
            f"only COUNT takes *: {stop.caller.text} takes an expression, such as {stop.caller.text}(?x)",
        )
    if stop.previous.text == "*" and stop.caller.kind == "COUNT" and stop.reading.possible == {")"}:
        return Advice(
            "COUNT(*) มีได้เฉพาะ *: เขียน COUNT(*)", "COUNT(*) takes nothing beside the star: write COUNT(*)"
        )
    return None


def arguments(stop: Stop) -> Advice | None:
    """Too few or too many arguments."""
    caller = stop.previous if stop.found.kind in ("NIL", "(") else stop.caller
    function = FUNCTIONS.get(caller.text.upper())
    if function is None or caller.kind != function.kind:
        return None
    name = caller.text
    if stop.found.kind == "," and caller.kind == "GROUP_CONCAT" and stop.can(";"):
        return Advice(
            f'ตัวคั่นของ {name} เขียนว่า {name}(…; SEPARATOR=", ")',
            f'the separator of {name} is written {name}(…; SEPARATOR=", ")',
        )
    too_many = stop.found.kind == "," and stop.can(")") or stop.found.kind == "(" and stop.can("NIL")
    too_few = stop.found.kind == ")" and stop.can(",") or stop.found.kind == "NIL" and stop.can("(")
    if not (too_many or too_few):
        return None
    if caller.kind == "COUNT" and too_few:
        return Advice(
            "COUNT ต้องรู้ว่านับอะไร: COUNT(*) หรือ COUNT(?x)", "COUNT needs what to count: COUNT(*) or COUNT(?x)"
        )
    th, en = _how_many(function.least, function.most)
    return Advice(f"{name} {th}", f"{name} {en}")


def _how_many(least: int, most: int) -> tuple[str, str]:
    if most == 0:
        return "ไม่รับอาร์กิวเมนต์: เขียน ()", "takes no arguments: write ()"
    if least < most:
        return f"รับอาร์กิวเมนต์ {least} หรือ {most} ตัว", f"takes {least} or {most} arguments"
    return f"รับอาร์กิวเมนต์ {most} ตัว", f"takes {most} argument{'s' if most > 1 else ''}"


def bound_takes_a_variable(stop: Stop) -> Advice | None:
    """`BOUND("x")`."""
    if stop.caller.kind != "BOUND" or stop.reading.possible != {"VAR"}:
        return None
    return Advice("BOUND รับตัวแปรเดียว: BOUND(?x)", "BOUND takes a variable: BOUND(?x)")


def missing_operator(stop: Stop) -> Advice | None:
    """Two values with nothing between them."""
    if not stop.after_value or not (stop.found.kind in TERMS - {"NIL"} or stop.found.kind in FUNCTION_KINDS):
        return None
    before, found = clipped(stop.previous.text), clipped(stop.found.text)
    th, en = (
        ("จุลภาคหรือตัวดำเนินการ", "a comma or an operator") if stop.can(",") else ("ตัวดำเนินการ", "an operator")
    )
    return Advice(
        f"ระหว่าง {before} กับ {found} ขาด{th}", f"{en} is missing between {before} and {found}", stop.gap
    )


def unknown_call(stop: Stop) -> Advice | None:
    """A function that SPARQL does not have, called by its bare name."""
    if stop.found.kind != "WORD" or stop.following.kind not in ("(", "NIL") or not stop.can("("):
        return None
    name = clipped(stop.found.text)
    if not (stop.selecting or stop.can("CALL_1_1")):
        return None
    known = _ELSEWHERE.get(name.upper()) or nearest(name, FUNCTIONS)
    if not known and not stop.found.text.isascii():
        return None
    th = f" หมายถึง {known} หรือไม่" if known else ": ฟังก์ชันอื่นเรียกด้วยชื่อเต็ม เช่น geof:distance(…)"
    en = (
        f" (did you mean {known}?)"
        if known
        else ": others are called by a prefixed name, such as geof:distance(…)"
    )
    return Advice(f"SPARQL ไม่มีฟังก์ชัน {name}{th}", f"SPARQL has no function {name}{en}")


def nothing_after_operator(stop: Stop) -> Advice | None:
    """An operator or a comma with nothing behind it."""
    if not stop.at_value or stop.found.kind not in (")", "}", ".", ",", "END", "&&", "||", "=", "AS", ";"):
        return None
    if stop.previous.kind not in OPERATORS | {",", "("}:
        return None
    sign = stop.previous.text
    if stop.previous.kind == "(":
        return Advice(
            f"หลัง {sign} ต้องเป็นตัวแปร ค่า หรือฟังก์ชัน ไม่ใช่ {_said(stop.found)[0]}",
            f"after {sign} a variable, a value or a function is expected, not {_said(stop.found)[1]}",
        )
    return Advice(
        f"หลัง {sign} ขาดตัวแปร ค่า หรือฟังก์ชัน",
        f"after {sign} a variable, a value or a function is missing",
        stop.gap,
    )


def _said(token: Token) -> tuple[str, str]:
    return ("จุดจบของคำถาม", "the end of the query") if token.kind == "END" else (token.text, token.text)


def list_or_pattern(stop: Stop) -> Advice | None:
    """What follows IN and EXISTS."""
    if stop.previous.kind == "IN" and stop.can("(", "NIL"):
        return Advice(
            'หลัง IN เป็นรายการในวงเล็บ: IN ("a", "b")', 'after IN stands a list in parentheses: IN ("a", "b")'
        )
    return None


ADVISERS = (
    star,
    arguments,
    bound_takes_a_variable,
    called_without_parentheses,
    unknown_call,
    bare_condition,
    misplaced_as,
    missing_as,
    list_or_pattern,
    nothing_after_operator,
    missing_operator,
)
