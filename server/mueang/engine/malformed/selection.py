"""What is wrong with what SELECT names: ungrouped variables, names given twice, `*` beside groups."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from mueang.engine.malformed.grammar import AGGREGATES
from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.stop import CLOSING, Advice, clipped

_CLAUSES = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_UNBOUND_ALLOWED = AGGREGATES | {"BOUND", "COALESCE", "EXISTS"}


class Selected(NamedTuple):
    """One thing that SELECT names: a variable or `*`, with the expression before AS if there is one."""

    name: Token
    expression: Sequence[Token] = ()


def selection_flaws(named: Sequence[Selected], bound: Set[str], after: Sequence[Token]) -> Iterator[Advice]:
    """The flaws of a SELECT whose pattern binds these variables; `after` is what follows its pattern."""
    grouped = _grouped(after)
    aggregating = _aggregates(after) or any(_aggregates(one.expression) for one in named)
    if grouped is None and not aggregating:
        yield from _named_twice(named, bound)
        return
    usable, given = grouped or set(), {one.name.text[1:] for one in named if one.expression}
    for one in named:
        if one.name.kind == "*":
            yield _star(one.name)
        elif not one.expression and one.name.text[1:] not in usable:
            yield _renamed(one.name, after) or _ungrouped(one.name, grouped is None)
        else:
            yield from _ungrouped_within(one, usable, given)
    yield from _named_twice(named, usable)


def _aggregates(tokens: Sequence[Token]) -> bool:
    return any(token.kind in AGGREGATES for token in tokens)


def _grouped(after: Sequence[Token]) -> set[str] | None:
    """The variables grouped by; None if there is no GROUP BY. The engine takes `(?x AS ?y)` for `?x` alone."""
    start = next((index for index, token in enumerate(after) if token.kind == "GROUP"), None)
    if start is None:
        return None
    found, depth = set[str](), 0
    for index, token in enumerate(after[start:], start):
        depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
        if depth == 0 and token.kind in _CLAUSES:
            break
        if token.kind == "VAR" and (depth == 0 or _names_group(after, index)):
            found.add(token.text[1:])
    return found


def _names_group(after: Sequence[Token], index: int) -> bool:
    """Whether a variable in parentheses is all they hold, or names an expression that they hold."""
    kinds = [token.kind for token in after[: index + 2]][-7:]
    if kinds[-3:] in (["(", "VAR", ")"], ["(", "VAR", "AS"]):
        return True
    renamed = kinds[-5:-3] == ["(", "VAR"] or kinds[-7:-3] == ["(", "(", "VAR", ")"]
    return kinds[-3:-1] == ["AS", "VAR"] and not renamed


def _named_twice(named: Sequence[Selected], bound: Set[str]) -> Iterator[Advice]:
    seen = set[str]()
    for one in named:
        name, text = one.name.text[1:], clipped(one.name.text)
        if one.expression and name in bound:
            yield Advice(
                f"{text} มีค่าแล้วในแบบแผน: ตั้งชื่ออื่นหลัง AS",
                f"{text} has a value already in the pattern: choose another name after AS",
                one.name.start,
            )
        elif name in seen:
            yield Advice(f"SELECT มี {text} ซ้ำ", f"SELECT names {text} twice", one.name.start)
        seen.add(name)


def _star(star: Token) -> Advice:
    return Advice(
        "SELECT * ใช้กับ GROUP BY หรือฟังก์ชันรวมไม่ได้: ระบุตัวแปรที่ต้องการ",
        "SELECT * cannot stand with GROUP BY or an aggregate: name the variables you want",
        star.start,
    )


def _renamed(name: Token, after: Sequence[Token]) -> Advice | None:
    """`GROUP BY (?x AS ?y)`, which the standard allows and the engine takes for `GROUP BY ?x`."""
    text = clipped(name.text)
    for before, token in zip(after, after[1:], strict=False):
        if before.kind == "AS" and token.text == name.text:
            return Advice(
                f"GROUP BY ที่นี่เปลี่ยนชื่อตัวแปรไม่ได้: เขียน (… AS {text}) ใน SELECT แทน",
                f"GROUP BY does not rename a variable here: write (… AS {text}) in SELECT instead",
                name.start,
            )
    return None


def _ungrouped(name: Token, without_group: bool) -> Advice:
    text = clipped(name.text)
    th = f"เพิ่ม GROUP BY {text} ไว้หลังแบบแผน" if without_group else f"เพิ่ม {text} ใน GROUP BY"
    en = f"add GROUP BY {text} behind the pattern" if without_group else f"add {text} to GROUP BY"
    return Advice(
        f"{text} ไม่ได้อยู่ใน GROUP BY และไม่ได้อยู่ในฟังก์ชันรวม: {th} หรือเขียน (SAMPLE({text}) AS ?x)",
        f"{text} is neither grouped by nor aggregated: {en}, or write (SAMPLE({text}) AS ?x)",
        name.start,
    )


def _ungrouped_within(one: Selected, grouped: Set[str], given: Set[str]) -> Iterator[Advice]:
    """Variables of an expression outside aggregates that are not grouped by."""
    for token in _outside_aggregates(one.expression):
        name, text = token.text[1:], clipped(token.text)
        if name in grouped:
            continue
        if name in given and name != one.name.text[1:]:
            yield Advice(
                f"{text} เพิ่งได้ค่าด้วย AS ใน SELECT เดียวกัน ใช้ต่อในคำถามที่จัดกลุ่มไม่ได้: เขียนนิพจน์ซ้ำ",
                f"{text} gets its value in this same SELECT, which a grouped query cannot use here: repeat its expression",
                token.start,
            )
        else:
            yield _ungrouped(token, False)


def _outside_aggregates(expression: Sequence[Token]) -> Iterator[Token]:
    depth, skipped = 0, None
    for before, token in zip(("", *(one.kind for one in expression)), expression, strict=False):
        if token.kind in CLOSING:
            depth += 1
            skipped = depth if skipped is None and before in _UNBOUND_ALLOWED else skipped
        elif token.kind in CLOSING.values():
            skipped = None if skipped == depth else skipped
            depth -= 1
        elif token.kind == "VAR" and skipped is None:
            yield token
