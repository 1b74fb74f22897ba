"""Advice on characters: quotes that do not close, signs from word processors, Thai digits, broken IRIs."""

import re
import unicodedata

from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.stop import NAMES, Advice, Stop, clipped

_SIGNS = {
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛′´", "'"),
    **dict.fromkeys("–—−‐‑‒―", "-"),
    "…": "...",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "×": "*",
    "÷": "/",
    "·": ".",
    "¬": "!",
    "∧": "&&",
    "∨": "||",
    "、": ",",
    "。": ".",
    "「": '"',
    "」": '"',
    "⟨": "<",
    "⟩": ">",
    "‹": "<",
    "›": ">",
}
_FULL_WIDTH = re.compile(r"[\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E\u3001\u3002]")
_INVISIBLE = re.compile(r"[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]")
_THAI_DIGITS = re.compile(r"[๐-๙]+(?:[.,][๐-๙]+)*")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SCHEMES = frozenset({"http:", "https:", "urn:", "mailto:", "tel:", "ftp:", "file:"})
_LINE = re.compile(r"[^\r\n]*")
_LONGEST_IRI = 2000


def unclosed_text(stop: Stop) -> Advice | None:
    """A quotation mark that nothing closes."""
    quote = stop.found.text
    if stop.found.kind != "OPEN":
        return None
    if len(quote) == 3:
        return Advice(
            f"ข้อความที่เปิดด้วย {quote} ตรงนี้ยังไม่ปิด: ต้องมี {quote} ต่อท้าย",
            f"the text that {quote} opens here is not closed: a closing {quote} is missing",
        )
    line = _rest_of_line(stop.text, stop.found.end)
    if rf"\{quote}" in line:
        return Advice(
            f"ข้อความที่เปิดด้วย {quote} ตรงนี้ยังไม่ปิด เพราะ \\{quote} เป็นส่วนหนึ่งของข้อความ: เครื่องหมาย \\ ในข้อความเขียนว่า \\\\ หรือปิดข้อความด้วย {quote}",
            f"the text that {quote} opens here is not closed, since \\{quote} is part of the text: "
            f"write \\\\ for a backslash, or close it with {quote}",
        )
    return Advice(
        f"ข้อความที่เปิดด้วย {quote} ตรงนี้ยังไม่ปิดในบรรทัดเดียวกัน: ต้องมี {quote} ปิดท้าย (ข้อความหลายบรรทัดใช้ {quote * 3})",
        f"the text that {quote} opens here is not closed on its line: a closing {quote} is missing "
        f"(a text of several lines stands in {quote * 3})",
    )


def quote_within_text(stop: Stop) -> Advice | None:
    """A text that ends too early, since a quotation mark stands within it."""
    if stop.previous.kind != "STRING" or not stop.adjacent or stop.found.kind not in ("WORD", "OPEN", "a"):
        return None
    quote = stop.previous.text[-1]
    if stop.found.kind == "OPEN":
        return unclosed_text(stop)
    return Advice(
        f"ข้อความจบแล้วก่อน {clipped(stop.found.text)}: เครื่องหมาย {quote} ภายในข้อความเขียนว่า \\{quote}",
        f"the text ends before {clipped(stop.found.text)}: within a text {quote} is written \\{quote}",
    )


def strange_sign(stop: Stop) -> Advice | None:
    """A sign from a word processor or a full-width keyboard, also within a name just before the stop."""
    for token in stop.reading.tokens:
        if token.kind in ("VAR", "WORD", "PNAME_LN", "PNAME_NS") and (sign := _FULL_WIDTH.search(token.text)):
            return _instead(sign[0], token.start + sign.start())
    if stop.found.kind == "OTHER" and stop.found.text in _SIGNS:
        return _instead(stop.found.text, stop.found.start)
    return None


def _instead(sign: str, place: int) -> Advice:
    right = _SIGNS.get(sign) or chr(ord(sign) - 0xFEE0)
    th, en = (
        f"พบ {sign} ({_name(sign)}): ใช้ {right} แทน",
        f"{sign} ({_name(sign)}) is no sign of SPARQL: write {right}",
    )
    return Advice(th, en, place)


def hidden_character(stop: Stop) -> Advice | None:
    """A character that nobody sees: a zero-width space, a byte order mark, a no-break space."""
    if hidden := _INVISIBLE.search(stop.found.text) if stop.found.kind in ("WORD", "OTHER", "VAR") else None:
        return Advice(
            f"มีอักขระที่มองไม่เห็นตรงนี้ ({_name(hidden[0])}): ลบออก",
            f"there is an invisible character here ({_name(hidden[0])}): delete it",
            stop.found.start + hidden.start(),
        )
    if stop.found.kind != "OTHER":
        return None
    if stop.found.text.isspace():
        name = _name(stop.found.text)
        return Advice(
            f"มีช่องว่างชนิดพิเศษตรงนี้ ({name}): เปลี่ยนเป็นช่องว่างธรรมดา",
            f"there is a special space here ({name}): replace it by an ordinary space",
        )
    return None


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def thai_digits(stop: Stop) -> Advice | None:
    """Numbers in Thai digits."""
    end = stop.found.start
    if stop.found.kind != "WORD" or not (digits := _THAI_DIGITS.match(stop.text, end)):
        return None
    if digits.end() < stop.found.end:
        return None
    arabic = digits[0].translate(_TO_ARABIC)
    return Advice(
        f"ตัวเลขต้องเป็นเลขอารบิก: เขียน {clipped(arabic)} แทน {clipped(digits[0])}",
        f"numbers are written in Arabic digits: {clipped(arabic)} instead of {clipped(digits[0])}",
    )


def language_tag(stop: Stop) -> Advice | None:
    """`@en_GB`, `@ th`, `@"th"`."""
    previous, found = stop.previous, stop.found
    if previous.kind == "LANGTAG" and stop.adjacent and found.text.startswith("_"):
        right = previous.text + found.text.replace("_", "-")
        return Advice(
            f"ป้ายภาษาใช้ - ไม่ใช้ _: เขียน {clipped(right)}",
            f"a language tag has - and not _: write {clipped(right)}",
        )
    if found.text == "@" and previous.kind == "STRING":
        return Advice(
            "หลัง @ ต้องเป็นป้ายภาษาติดกัน เช่น @th หรือ @en", "a language tag follows @ at once, such as @th or @en"
        )
    if found.kind == "LANGTAG" and found.text.lower() in ("@prefix", "@base"):
        word = found.text[1:].upper()
        return Advice(
            f"ใน SPARQL เขียน {word} โดยไม่มี @ และไม่มีจุดปิดท้าย",
            f"in SPARQL this is {word}, without @ and without a dot at the end",
        )
    return None


def datatype(stop: Stop) -> Advice | None:
    """`"1"^xsd:integer`, and `^^` without a datatype."""
    if stop.found.text == "^" and stop.previous.kind == "STRING":
        return Advice("ก่อนชนิดข้อมูลต้องเป็น ^^", "before a datatype stands ^^")
    if stop.previous.text == "^^":
        return Advice(
            "หลัง ^^ ต้องเป็นชนิดข้อมูล เช่น xsd:date", "after ^^ a datatype is expected, such as xsd:date"
        )
    return None


def broken_iri(stop: Stop) -> Advice | None:
    """A `<` that begins an IRI which cannot be read as one."""
    if stop.found.kind != "<" or not (stop.can("IRIREF") or stop.after_value):
        return None
    line = _rest_of_line(stop.text, stop.found.end)
    if not re.match(r"[A-Za-z/#.]", line):
        return None
    content, closing, _ = line.partition(">")
    if "<" in content or not closing:
        return Advice("IRI ที่เริ่มตรงนี้ไม่มี > ปิดท้าย", "the IRI that begins here is not closed: a > is missing")
    return wrong_iri(content)


def wrong_iri(content: str) -> Advice | None:
    """What is wrong with the text between < and >."""
    if bad := re.search(r"[\s<>\"{}|^`\\\x00-\x20]", content):
        th, en = _character_words(bad[0])
        return Advice(f"ภายใน < > ต้องไม่มี{th}", f"an IRI between < and > holds no {en}")
    return None


def _character_words(character: str) -> tuple[str, str]:
    if character.isspace():
        return "ช่องว่าง: เขียน %20 แทน", "space: write %20"
    return f" {character}: เขียน %{ord(character):02X} แทน", f"{character}: write %{ord(character):02X}"


def bare_iri(token: Token, text: str) -> Advice | None:
    """An IRI that is not written between < and >."""
    if token.kind not in NAMES or token.text.partition(":")[0] + ":" not in _SCHEMES:
        return None
    written = re.compile(r"[^\s<>\"'(){}\[\]]{0,200}").match(text, token.start)
    iri = clipped((written[0] if written else token.text).rstrip(".;,"), 80)
    return Advice(
        f"IRI ต้องอยู่ระหว่าง < และ >: เขียน <{iri}>", f"an IRI stands between < and >: write <{iri}>", token.start
    )


def foreign_word(stop: Stop) -> Advice | None:
    """Thai or other text outside quotes."""
    if stop.found.kind != "WORD" or stop.found.text[0].isascii() or stop.can("PREFIX"):
        return None
    words = re.compile(r"[^\s\"'<>(){}\[\].;,]{0,100}").match(stop.text, stop.found.start)
    text = clipped(words[0] if words else stop.found.text, 60)
    tag = "@th" if "\u0e00" <= text[0] <= "\u0e7f" else ""
    return Advice(
        f'ข้อความต้องอยู่ในเครื่องหมายคำพูด: เขียน "{text}"{tag} (ถ้าเป็นตัวแปรเขียน ?{text})',
        f'text stands in quotes: write "{text}"{tag} (or ?{text}, if it is a variable)',
    )


def nameless_variable(stop: Stop) -> Advice | None:
    """A lone `?` or `$`."""
    for token in (stop.found, stop.previous):
        if token.text in ("?", "$") and (token is stop.found or not stop.after_object):
            return Advice(
                f"{token.text} ต้องตามด้วยชื่อตัวแปรติดกัน เช่น ?city",
                f"{token.text} must be followed at once by the name of a variable, as in ?city",
                token.start,
            )
    return None


def unknown_character(stop: Stop) -> Advice | None:
    """Any other character that SPARQL does not know."""
    if stop.found.kind != "OTHER":
        return None
    if not stop.found.text.isprintable():
        name = _name(stop.found.text)
        return Advice(
            f"มีอักขระควบคุมตรงนี้ ({name}): ลบออก", f"there is a control character here ({name}): delete it"
        )
    return Advice(
        f"{stop.found.text} ใช้ใน SPARQL ไม่ได้ นอกจากภายในเครื่องหมายคำพูด",
        f"{stop.found.text} is no sign of SPARQL outside quotes",
    )


def _rest_of_line(text: str, place: int) -> str:
    line = _LINE.match(text[place : place + _LONGEST_IRI])
    return line[0] if line else ""


ADVISERS = (
    quote_within_text,
    unclosed_text,
    strange_sign,
    thai_digits,
    hidden_character,
    language_tag,
    datatype,
    broken_iri,
    nameless_variable,
    foreign_word,
)
LAST = (unknown_character,)
