"""Advice on the patterns of WHERE: their braces, UNION, GRAPH and VALUES."""

from mueang.engine.malformed.stop import PATTERNS, TERMS, Advice, Stop, clipped

_BEFORE_BRACES = frozenset({"WHERE", "OPTIONAL", "UNION", "MINUS", "EXISTS", "LATERAL", "CONSTRUCT"})


def pattern_without_braces(stop: Stop) -> Advice | None:
    """A pattern that is not in braces, after WHERE, OPTIONAL, UNION and their like, or after what SELECT names."""
    if not stop.can("{") or stop.can("VAR", "STRING"):
        return None
    if stop.reading.possible == {"{"} and stop.previous.kind in _BEFORE_BRACES:
        word = stop.previous.text
        return Advice(
            f"หลัง {word} ต้องเป็นวงเล็บปีกกา: {word} {{ … }}",
            f"after {word} a pattern in braces is expected: {word} {{ … }}",
            stop.gap if stop.found.kind == "END" else None,
        )
    if stop.reading.possible == {"{"} and stop.back(2).kind in ("GRAPH", "SERVICE"):
        name = f"{stop.back(2).text} {clipped(stop.previous.text)}"
        return Advice(
            f"หลัง {name} ต้องเป็นวงเล็บปีกกา: {name} {{ … }}",
            f"after {name} a pattern in braces is expected: {name} {{ … }}",
        )
    if stop.can("WHERE") and stop.found.kind in TERMS | PATTERNS | {"END", "("}:
        return Advice(
            "ขาดส่วนแบบแผนในวงเล็บปีกกา: WHERE { … }", "the pattern in braces is missing: WHERE { … }", stop.gap
        )
    return None


def union_without_braces(stop: Stop) -> Advice | None:
    """UNION after triples that are not in braces."""
    if stop.found.kind != "UNION" or not stop.opened:
        return None
    return Advice(
        "ทั้งสองข้างของ UNION ต้องอยู่ในวงเล็บปีกกา: { … } UNION { … }",
        "both sides of UNION stand in braces: { … } UNION { … }",
    )


def subquery_without_braces(stop: Stop) -> Advice | None:
    """SELECT among the triples of a group."""
    if stop.found.kind != "SELECT" or not stop.opened or not (stop.can("FILTER") or stop.after_object):
        return None
    return Advice(
        "คำถามย่อยต้องมีวงเล็บปีกกาของตัวเอง: { SELECT … }", "a subquery stands in braces of its own: { SELECT … }"
    )


def data_rows(stop: Stop) -> Advice | None:
    """What VALUES takes: values in braces, and rows in parentheses if there are several variables."""
    if stop.caller.kind == "VAR" and stop.found.kind == "(" and stop.can("UNDEF", "}"):
        return Advice(
            "VALUES ตัวแปรเดียวไม่มีวงเล็บรอบค่า: VALUES ?x { 1 2 3 }",
            "with one variable VALUES has no parentheses around its values: VALUES ?x { 1 2 3 }",
        )
    if stop.found.kind == "VAR" and stop.can("UNDEF"):
        return Advice(
            "VALUES มีได้เฉพาะค่าที่แน่นอนหรือ UNDEF ไม่ใช่ตัวแปร",
            "VALUES holds only fixed values or UNDEF, no variables",
        )
    if stop.reading.possible == {"NIL", "(", "}"}:
        return Advice(
            "แต่ละแถวของ VALUES อยู่ในวงเล็บ: VALUES (?x ?y) { (1 2) (3 4) }",
            "each row of VALUES stands in parentheses: VALUES (?x ?y) { (1 2) (3 4) }",
        )
    if stop.back(2).kind == "VALUES" and stop.previous.kind == "VAR" and stop.can("{"):
        return Advice(
            f"ค่าของ VALUES อยู่ในวงเล็บปีกกา: VALUES {clipped(stop.previous.text)} {{ … }}",
            f"the values of VALUES stand in braces: VALUES {clipped(stop.previous.text)} {{ … }}",
        )
    return None


def unnamed_graph(stop: Stop) -> Advice | None:
    """GRAPH, FROM and NAMED without the name of a graph."""
    if stop.previous.kind not in ("GRAPH", "FROM", "NAMED") or not stop.can("IRIREF"):
        return None
    word = stop.previous.text
    return Advice(
        f"หลัง {word} ต้องเป็นชื่อกราฟ เช่น {word} <https://…>",
        f"after {word} the name of a graph is expected, such as {word} <https://…>",
        stop.gap,
    )


ADVISERS = (data_rows, unnamed_graph, union_without_braces, subquery_without_braces, pattern_without_braces)
