"""Advice on characters: quotation marks, signs from word processors, escapes, days and numbers."""

import re

from mueang.check.flaw import Flaw
from mueang.check.slip.stop import Adviser, Stop
from mueang.engine.malformed.lexer import token_at
from mueang.engine.malformed.stop import clipped

_DAY = re.compile(
    r"(?<![\w\"'])(?:[0-9๐-๙]{4}([-/.])[0-9๐-๙]{1,2}\1[0-9๐-๙]{1,2}"
    r"|[0-9๐-๙]{1,2}([-/.])[0-9๐-๙]{1,2}\2[0-9๐-๙]{2,4})(?![\w\"'])"
)
_THAI_DIGITS = re.compile(r"[0-9.]*[๐-๙][0-9๐-๙.,]*")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_QUOTES = {**dict.fromkeys("“”„‟«»″＂", '"'), **dict.fromkeys("‘’‚‛′`´", "'")}
_UNSEEN = re.compile(r"[\u00A0\u00AD\u2000-\u200F\u2028-\u202F\u2060-\u206F\u3000\uFEFF]")
_ESCAPE = re.compile(r"Unexpected escape character '(\\.)'")
_TAG = re.compile(r"@[A-Za-z]{1,8}\Z")
_CODE = re.compile(r"\\u(?![0-9A-Fa-f]{4})|\\U(?![0-9A-Fa-f]{8})")
_LONGEST_TEXT = 1000
_LONGEST_DAY = 12


def _unclosed(stop: Stop) -> Flaw | None:
    """A quotation mark that nothing closes."""
    if "Line jumps" in stop.said:
        return _on_one_line(stop, _opening(stop))
    if "end of file" not in stop.said and "Unexpected end" not in stop.said:
        return None
    quote = re.match(r"\"{3}|'{3}|[\"'<]", stop.text[stop.place : stop.place + 3])
    if not quote:
        return None
    if quote[0] == "<":
        return stop.flaw(
            th="IRI ที่เริ่มตรงนี้ไม่มี > ปิดท้าย", en="the IRI that begins here is not closed: a > is missing"
        )
    return stop.flaw(
        th=f"ข้อความที่เปิดด้วย {quote[0]} ตรงนี้ยังไม่ปิด: ต้องมี {quote[0]} ปิดท้าย",
        en=f"the text that {quote[0]} opens here is not closed: a closing {quote[0]} is missing",
    )


def _on_one_line(stop: Stop, opening: int) -> Flaw:
    quote = stop.text[opening]
    return stop.flaw(
        at=opening,
        th=f"ข้อความที่เปิดด้วย {quote} ตรงนี้ยังไม่ปิดในบรรทัดเดียวกัน: ต้องมี {quote} ปิดท้าย",
        en=f"the text that {quote} opens here is not closed on its line: a closing {quote} is missing",
    )


def _opening(stop: Stop) -> int:
    """Where the text opens that does not end on its line."""
    token = token_at(stop.text, stop.text.rfind("\n", 0, stop.place) + 1)
    while token.end < stop.place and token.kind != "OPEN":
        token = token_at(stop.text, token.end)
    return token.start if token.kind == "OPEN" else max(stop.text.rfind('"', 0, stop.place), 0)


def _within_text(stop: Stop) -> Flaw | None:
    """A text that ends too early, since a quotation mark stands within it."""
    if (
        not stop.after_object
        or stop.last not in ("'", '"')
        or stop.end != stop.place
        or stop.found.kind == "END"
    ):
        return None
    if stop.last == '"' and re.fullmatch(r"[a-z]{2,3}", stop.found.text):
        return stop.flaw(
            th=f"ก่อนป้ายภาษาต้องมี @: @{stop.found.text}", en=f"a language tag begins with @: @{stop.found.text}"
        )
    return stop.flaw(
        th=f"ข้อความจบแล้วก่อน {stop.word}: เครื่องหมาย {stop.last} ภายในข้อความเขียนว่า \\{stop.last}",
        en=f"the text ends before {stop.word}: within a text {stop.last} is written \\{stop.last}",
    )


def _strange(stop: Stop) -> Flaw | None:
    """A sign from a word processor, one that cannot be seen, or a comment of another language."""
    sign = stop.text[stop.place : stop.place + 1]
    if sign in _QUOTES:
        return stop.flaw(th=f"ใช้ {_QUOTES[sign]} แทน {sign}", en=f"write {_QUOTES[sign]} in place of {sign}")
    if _UNSEEN.match(sign):
        code = f"U+{ord(sign):04X}"
        return stop.flaw(
            th=f"มีอักขระที่มองไม่เห็น ({code}) ตรงนี้: ลบออกหรือใช้ช่องว่างธรรมดา",
            en=f"an invisible character ({code}) is here: delete it or use a plain space",
        )
    if stop.text.startswith(("//", "/*", "--"), stop.place):
        return stop.flaw(th="หมายเหตุขึ้นต้นด้วย #", en="a comment begins with #")
    return None


def _day(stop: Stop) -> Flaw | None:
    start = max(stop.place - _LONGEST_DAY, 0)
    for found in _DAY.finditer(stop.text, start, stop.place + _LONGEST_DAY):
        if found.start() <= stop.place <= found.end():
            return stop.flaw(
                at=found.start(),
                th='วันที่เขียนว่า "2022-11-09"^^xsd:date (ปี-เดือน-วัน ปีเป็น ค.ศ.)',
                en='a date is written "2022-11-09"^^xsd:date (year, month, day; the year of the common era)',
            )
    return None


def _number(stop: Stop) -> Flaw | None:
    if thai := _THAI_DIGITS.match(stop.text, stop.place):
        arabic = thai[0].translate(_TO_ARABIC)
        return stop.flaw(th=f"ตัวเลขใช้เลขอารบิก: {arabic}", en=f"a number has Arabic digits: {arabic}")
    if stop.text[stop.place - 1 : stop.place].isdigit() and stop.found.kind in ("NUMBER", "INTEGER"):
        return stop.flaw(
            th="ตัวเลขนี้มีจุดเกิน: เขียนเช่น 1234.5", en="there is a point too many in this number: write 1234.5"
        )
    if "exponent" in stop.said or "integer should" in stop.said:
        return stop.flaw(
            th="ตัวเลขเขียนแบบนี้ไม่ได้: เขียนเช่น 1500, -2 หรือ 0.5", en="this is no number: write 1500, -2 or 0.5"
        )
    return None


def _escape(stop: Stop) -> Flaw | None:
    if "end of file" in stop.said and (
        broken := _CODE.search(stop.text, stop.place, stop.place + _LONGEST_TEXT)
    ):
        return stop.flaw(
            at=broken.start(),
            th="\\u ต้องตามด้วยรหัสฐานสิบหกของอักขระ (\\u สี่หลัก \\U แปดหลัก)",
            en="\\u takes the hexadecimal number of a character (four digits after \\u, eight after \\U)",
        )
    if found := _ESCAPE.search(stop.said):
        return stop.flaw(
            th=f"ในข้อความไม่มี {found[1]}: เครื่องหมาย \\ เขียนว่า \\\\",
            en=f"a text holds no {found[1]}: a backslash is written \\\\",
        )
    return None


def _language(stop: Stop) -> Flaw | None:
    if "language code" in stop.said:
        return stop.flaw(
            th="หลัง @ ต้องเป็นป้ายภาษาติดกัน เช่น @th หรือ @en",
            en="a language tag follows @ at once, such as @th or @en",
        )
    if stop.text.startswith("_", stop.place) and (
        tag := _TAG.search(stop.text[max(stop.place - 9, 0) : stop.place])
    ):
        right = f"{tag[0]}-{stop.word.removeprefix('_')}"
        return stop.flaw(
            th=f"ป้ายภาษาใช้ - ไม่ใช้ _: เขียน {right}", en=f"a language tag has - and not _: write {right}"
        )
    return None


def _datatype(stop: Stop) -> Flaw | None:
    if "datatype IRI" in stop.said:
        return stop.flaw(
            th=f"หลัง ^^ ต้องเป็นชนิดข้อมูล เช่น xsd:date ไม่ใช่ {stop.word}",
            en=f"after ^^ a datatype is expected, such as xsd:date, not {stop.word}",
        )
    if stop.text.startswith("^", stop.place):
        return stop.flaw(th="ก่อนชนิดข้อมูลต้องเป็น ^^", en="before a datatype stands ^^")
    return None


def _bare_text(stop: Stop) -> Flaw | None:
    """A word that is no name."""
    if stop.found.kind not in ("WORD", "a", "BOOLEAN") and not stop.found.text.isalpha():
        return None
    word = clipped(stop.found.text)
    if word.lower() in ("true", "false"):
        return stop.flaw(th=f"เขียน {word.lower()} ด้วยตัวพิมพ์เล็ก", en=f"write {word.lower()} in lower case")
    if "RDF object" in stop.said:
        quoted = f'"{word}"@th' if re.search(r"[\u0E01-\u0E2E]", word) else f'"{word}"'
        return stop.flaw(
            th=f"ข้อความต้องอยู่ในเครื่องหมายคำพูด: เขียน {quoted}", en=f"text stands in quotes: write {quoted}"
        )
    if "valid predicate" in stop.said or "subject" in stop.said:
        return stop.flaw(
            th=f"{word} ไม่ใช่ชื่อ: ชื่อมีคำนำหน้า เช่น tsc:{word} หรืออยู่ใน < >",
            en=f"{word} is no name: a name has a prefix, as in tsc:{word}, or stands in < >",
        )
    return None


ADVISERS: tuple[Adviser, ...] = (
    _escape, _unclosed, _datatype, _within_text, _strange, _day, _number, _language,
)  # fmt: skip
LAST: tuple[Adviser, ...] = (_bare_text,)
