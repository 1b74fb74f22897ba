"""Tokens in people's words: what was found, and what could stand there."""

from collections.abc import Set
from typing import NamedTuple

from mueang.engine.malformed.grammar import FUNCTION_KINDS
from mueang.engine.malformed.stop import COMPARISONS, NAMES, VALUES

_MOST_NAMED = 8


class _Group(NamedTuple):
    """Kinds of tokens that have one name together, and those that go without saying beside them."""

    kinds: Set[str]
    th: str
    en: str
    beside: Set[str] = frozenset()


_TERM_SIGNS = frozenset({"+", "-", "<<", "<<(", "BLANK", "ANON", "NIL", "("})
_FUNCTIONS = FUNCTION_KINDS | {"NOT", "EXISTS"}
_SIGNED = frozenset({"SIGNED"})
_GROUPS = (
    _Group(
        frozenset({"VAR", "STRING", "CALL_1_1"}),
        "ตัวแปร ค่า หรือฟังก์ชัน",
        "a variable, a value or a function",
        NAMES | VALUES | _FUNCTIONS | _TERM_SIGNS | {"!", "DISTINCT"},
    ),
    _Group(
        frozenset({"VAR", "STRING", "IRIREF"}),
        "ตัวแปร ชื่อ หรือค่า",
        "a variable, a name or a value",
        NAMES | VALUES | _TERM_SIGNS | {"["},
    ),
    _Group(
        frozenset({"/", "|", "?"}), "เครื่องหมายทางเดิน เช่น /", "a path sign such as /", frozenset({"*", "+"})
    ),
    _Group(
        frozenset({"STRING", "IRIREF"}), "ชื่อหรือค่า", "a name or a value", NAMES | VALUES | {"+", "-", "<<("}
    ),
    _Group(
        frozenset({"VAR", "IRIREF", "a"}),
        "ภาคแสดง (ชื่อ ตัวแปร หรือ a)",
        "a predicate (a name, a variable, or a)",
        NAMES | {"^", "!", "("},
    ),
    _Group(frozenset({"VAR", "IRIREF"}), "ตัวแปรหรือชื่อ", "a variable or a name", NAMES),
    _Group(frozenset({"PNAME_LN", "a"}), "ชื่อของคุณสมบัติ", "the name of a property", NAMES | {"^", "!", "("}),
    _Group(
        frozenset({"PNAME_LN"}),
        "ชื่อ เช่น tsc:City หรือ <https://…>",
        "a name such as tsc:City or <https://…>",
        NAMES,
    ),
    _Group(frozenset({"PNAME_NS"}), "คำนำหน้าที่ลงท้ายด้วย :", "a prefix that ends in a colon"),
    _Group(frozenset({"IRIREF"}), "IRI ใน < >", "an IRI in < >"),
    _Group(frozenset({"VAR"}), "ตัวแปร เช่น ?x", "a variable such as ?x"),
    _Group(frozenset({"INTEGER"}), "จำนวนเต็ม", "a whole number"),
    _Group(frozenset({"STRING"}), "ข้อความในเครื่องหมายคำพูด", "a text in quotes"),
    _Group(frozenset({"CALL_1_1"}), "ฟังก์ชัน", "a function", _FUNCTIONS),
    _Group(
        frozenset({"+", "*"}),
        "ตัวดำเนินการ",
        "an operator",
        COMPARISONS | {"&&", "||", "-", "/", "IN", "NOT"} | _SIGNED,
    ),
    _Group(frozenset({"="}), "ตัวดำเนินการ", "an operator", COMPARISONS | {"&&", "||", "IN", "NOT"}),
    _Group(frozenset({"&&"}), "ตัวดำเนินการ", "an operator", frozenset({"||"})),
    _Group(frozenset({"NIL"}), "วงเล็บว่าง ()", "empty parentheses ()"),
    _Group(frozenset({"."}), "จุด", "a dot"),
    _Group(frozenset({";"}), "เครื่องหมาย ;", "a semicolon"),
    _Group(frozenset({","}), "จุลภาค", "a comma"),
    _Group(frozenset({"{"}), "วงเล็บเปิด {", "an opening {"),
    _Group(frozenset({"}"}), "วงเล็บปิด }", "a closing }"),
    _Group(frozenset({"("}), "วงเล็บเปิด (", "an opening ("),
    _Group(frozenset({")"}), "วงเล็บปิด )", "a closing )"),
    _Group(frozenset({"]"}), "วงเล็บปิด ]", "a closing ]"),
    _Group(frozenset({"|}"}), "วงเล็บปิด |}", "a closing |}"),
    _Group(frozenset({">>"}), "วงเล็บปิด >>", "a closing >>"),
    _Group(frozenset({")>>"}), "วงเล็บปิด )>>", "a closing )>>"),
    _Group(frozenset({"*"}), "*", "*"),
    _Group(frozenset({"="}), "=", "="),
)
_WORDS = (
    "SELECT ASK CONSTRUCT DESCRIBE DISTINCT FROM NAMED WHERE AS GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET VALUES UNDEF "
    "FILTER OPTIONAL UNION MINUS BIND GRAPH EXISTS NOT IN SEPARATOR"
)


def possible_words(possible: Set[str]) -> tuple[str, str]:
    """What can stand at a place, most telling first, in Thai and English."""
    left, th, en = set(possible), list[str](), list[str]()
    for group in _GROUPS:
        if group.kinds <= left:
            left -= group.kinds | group.beside
            th.append(group.th)
            en.append(group.en)
    words = [word for word in _WORDS.split() if word in left] + ["true"] * ("BOOLEAN" in left)
    if not en and not words:
        words = sorted(left - {"END"})
    ends = int("END" in left)
    th += words + ["จบคำถาม"] * ends
    en += words + ["the end of the query"] * ends
    return _listed(th, "หรือ" if th and th[-1] > "\u0e00" else "หรือ "), _listed(en, "or ")


def _listed(words: list[str], last: str) -> str:
    if len(words) > _MOST_NAMED:
        return ", ".join(words[:_MOST_NAMED]) + " …"
    return ", ".join(words[:-1]) + f" {last}{words[-1]}" if len(words) > 1 else "".join(words)
