"""Advice on brackets: missing ones, those too many, and those that a comment swallows."""

from collections.abc import Iterator
from itertools import islice

from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.stop import CLOSING, PATTERNS, TERMS, Advice, Stop, clipped
from mueang.engine.malformed.vocabulary import possible_words

_MOST_COMMENTS = 1000


def unclosed(stop: Stop) -> Advice | None:
    """The text ends, or another bracket closes, while one is open that could close here."""
    due = CLOSING.get(stop.opener.kind, "")
    if not due or not stop.can(due) or not (stop.found.kind == "END" or _closes_outer(stop)):
        return None
    return _in_a_comment(stop, due) or _missing(stop, due)


def _closes_outer(stop: Stop) -> bool:
    """Whether what was found is a closing bracket, and not the one that is due."""
    return stop.found.kind in CLOSING.values() and stop.found.kind != CLOSING[stop.opener.kind]


def _missing(stop: Stop, due: str) -> Advice:
    th, en = stop.where(stop.opener)
    opener, before = stop.opener.text, stop.found.text
    if stop.found.kind != "END":
        return Advice(
            f"ขาด {due} ก่อน {before}: {opener} ที่{th} ยังไม่ปิด",
            f"a closing {due} is missing before {before}: the {opener} at {en} is not closed",
            stop.gap,
        )
    if len(stop.opened) == 1:
        return Advice(
            f"ขาด {due} ปิดท้าย: {opener} ที่{th} ยังไม่ปิด",
            f"a closing {due} is missing: the {opener} at {en} is not closed",
        )
    tokens = stop.reading.tokens
    all_due = clipped(" ".join(CLOSING[tokens[index].kind] for index in reversed(stop.opened)))
    return Advice(
        f"ขาด {due} ปิดท้าย: {opener} ที่{th} ยังไม่ปิด (ต้องปิดทั้งหมด {len(stop.opened)} วงเล็บ: {all_due})",
        f"a closing {due} is missing: the {opener} at {en} is not closed "
        f"({len(stop.opened)} brackets are open: {all_due})",
    )


def _in_a_comment(stop: Stop, due: str) -> Advice | None:
    for place in islice(_comments(stop, stop.opened[-1]), _MOST_COMMENTS):
        end = stop.text.find("\n", place)
        swallowed = stop.text.find(due, place, end if end >= 0 else len(stop.text))
        if swallowed >= 0:
            return Advice(
                f"ขาด {due}: ตัวที่อยู่ตรงนี้เป็นหมายเหตุ เพราะ # ทำให้ข้อความที่เหลือในบรรทัดเป็นหมายเหตุ",
                f"a closing {due} is missing: the one here is part of a comment, as # hides the rest of its line",
                swallowed,
            )
    return None


def _comments(stop: Stop, first: int) -> Iterator[int]:
    """The places of the comments behind a token."""
    tokens = stop.reading.tokens[first:]
    for before, after in zip(tokens, tokens[1:], strict=False):
        place = stop.text.find("#", before.end, after.start)
        while place >= 0:
            yield place
            line_end = stop.text.find("\n", place, after.start)
            place = stop.text.find("#", line_end, after.start) if line_end >= 0 else -1


def superfluous(stop: Stop) -> Advice | None:
    """A closing bracket that closes nothing."""
    if stop.found.kind not in CLOSING.values() or not _is_alone(stop.found, stop):
        return None
    opener = next(one for one, closing in CLOSING.items() if closing == stop.found.kind)
    return Advice(
        f"มี {stop.found.text} เกินมา: ไม่มี {opener} ที่เปิดอยู่ตรงนี้",
        f"there is a {stop.found.text} too many: no {opener} is open here",
    )


def _is_alone(closing: Token, stop: Stop) -> bool:
    tokens = stop.reading.tokens
    return all(CLOSING[tokens[index].kind] != closing.kind for index in stop.opened)


def empty_pair(stop: Stop) -> Advice | None:
    """`FILTER ()`, `BIND()`: brackets without what belongs between them."""
    if stop.found.kind not in ("NIL", "ANON") or not stop.can(stop.found.text[0]):
        return None
    if stop.previous.kind.startswith("CALL") or stop.previous.kind in (
        "COUNT",
        "AGGREGATE",
        "GROUP_CONCAT",
        "BOUND",
    ):
        return None
    return Advice(
        f"ระหว่าง {stop.found.text[0]} กับ {stop.found.text[-1]} ยังว่างอยู่: ต้องมีเนื้อหา",
        f"something is missing between {stop.found.text[0]} and {stop.found.text[-1]}",
    )


def still_open(stop: Stop) -> Advice | None:
    """A pattern goes on, or a new line begins with a term, while a parenthesis of an expression is open."""
    if stop.opener.kind != "(" or not stop.can(")") or not _goes_on(stop):
        return None
    th_at, en_at = stop.where(stop.opener)
    th, en = possible_words(stop.reading.possible)
    found = clipped(stop.found.text)
    return Advice(
        f"ก่อน {found} ต้องเป็น{th}: ( ที่{th_at} ยังไม่ปิด",
        f"before {found} {en} is expected: the ( at {en_at} is not closed",
        stop.gap,
    )


def _goes_on(stop: Stop) -> bool:
    if stop.reading.possible == {")"}:
        return stop.found.kind != "END" and stop.previous.kind != "*"
    if not stop.after_value:
        return False
    if stop.found.kind in PATTERNS or stop.found.kind in (".", ";", "AS", "WHERE", "{"):
        return True
    return stop.found.kind in TERMS and stop.gap != stop.found.start


ADVISERS = (superfluous, unclosed, empty_pair, still_open)
