"""Tells in which encoding a text file is written: UTF-8, UTF-16 with its mark, or Thai in TIS-620 (code page 874)."""

import codecs
import re
from typing import NamedTuple

from mueang.errors import MalformedData

_THAI_CHARACTER = re.compile(r"[\u0E01-\u0E5B]")
_CODED_THAI = re.compile(rb"[\xA1-\xFB]")
_IMPOSSIBLE_THAI = re.compile(
    r"(?<![\u0E01-\u0E5B])[\u0E31\u0E34-\u0E3A\u0E45\u0E47-\u0E4E]"  # a sign above or below nothing
    r"|[\u0E40-\u0E44](?![\u0E01-\u0E2E])"  # a leading vowel before no consonant
    r"|(?<![\u0E01-\u0E5B])\u0E40[\u0E18\u0E19](?![\u0E01-\u0E5B])"  # half a Thai letter of UTF-8
)
_CONTROL = re.compile(r"[\x00-\x08\x0B\x0E-\x1F]")
_EXPECTED = {
    "utf-8": ("UTF-8 (และไม่ใช่ TIS-620)", "UTF-8 text (nor TIS-620)"),
    "utf-16-le": ("UTF-16", "UTF-16 text"),
    "utf-16-be": ("UTF-16", "UTF-16 text"),
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Encoding(NamedTuple):
    """A codec, and the mark that stands before the text in it."""

    codec: str
    mark: bytes = b""


UTF_8 = Encoding("utf-8")


def decoded(name: str, content: bytes) -> tuple[str, Encoding]:
    """The text of a file and the encoding it is in.

    Thai in TIS-620 is read without a word: it is taken for that only where every byte is a letter of it and every
    vowel and tone mark stands where Thai has them. Raises MalformedData.
    """
    encoding = next((Encoding(codec, mark) for mark, codec in _MARKS if content.startswith(mark)), UTF_8)
    body = content[len(encoding.mark) :]
    try:
        text = body.decode(encoding.codec)
    except UnicodeDecodeError as error:
        text = _thai(body) if encoding is UTF_8 else ""
        if not text:
            raise _unreadable(
                name, content, len(encoding.mark) + error.start, _EXPECTED[encoding.codec]
            ) from error
        encoding = Encoding("cp874")
    if control := _CONTROL.search(text):
        raise _control(name, text, control)
    return text, encoding


def encoded(text: str, encoding: Encoding) -> bytes:
    """The text as it was encoded; in UTF-8 if so little Thai is left in it that nobody would take it for TIS-620."""
    content = encoding.mark + text.encode(encoding.codec)
    is_told = encoding.codec != "cp874" or text.isascii() or _thai(content) == text
    return content if is_told else text.encode()


def _thai(body: bytes) -> str:
    """The text if it is Thai in TIS-620, else nothing; UTF-8 with a few bytes broken is not."""
    as_utf8 = body.decode("utf-8", "replace")
    if sum(character > "\x7f" for character in as_utf8) > 2 * as_utf8.count("\ufffd"):
        return ""
    try:
        text = body.decode("cp874")
    except UnicodeDecodeError:
        return ""
    return "" if _IMPOSSIBLE_THAI.search(text) or not _THAI_CHARACTER.search(text) else text


def _unreadable(name: str, content: bytes, at: int, expected: tuple[str, str]) -> MalformedData:
    line = content.count(b"\n", 0, at) + 1
    byte = f"0x{content[at]:02X}"
    return MalformedData(
        th=f"{name} บรรทัด {line}: ไบต์ {byte} ไม่ใช่ข้อความ {expected[0]}: บันทึกแฟ้มเป็น UTF-8 แล้วลองใหม่",
        en=f"{name}, line {line}: byte {byte} is not {expected[1]}: save the file as UTF-8 and try again",
        line=line,
    )


def _control(name: str, text: str, found: re.Match[str]) -> MalformedData:
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    sign = f"U+{ord(found[0]):04X}"
    return MalformedData(
        th=f"{name} บรรทัด {line} ตำแหน่ง {column}: มีอักขระควบคุม {sign}: แฟ้มนี้ไม่ใช่ข้อความ บันทึกเป็น UTF-8 แล้วลองใหม่",
        en=f"{name}, line {line}, column {column}: control character {sign}: this is no text file, "
        "save it as UTF-8 and try again",
        line=line,
        column=column,
    )
