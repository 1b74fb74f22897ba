"""Tells how a file of any length is encoded without holding it: looked at once from end to end, a part at a time."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from mueang.check.encoding import UTF_8, Encoding, decoded
from mueang.errors import MalformedData, TooLarge

_MARKS = (
    Encoding("utf-8", codecs.BOM_UTF8),
    Encoding("utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("utf-16-be", codecs.BOM_UTF16_BE),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_PART = 1 << 20
_BEFORE = 1 << 16
_LONGEST_LINE = 4 << 20


def coding_of(name: str, file: IO[bytes]) -> Encoding:
    """UTF-8, UTF-16 with its mark, or Thai in TIS-620; a wrong byte of UTF-16 is found only on reading.

    Raises MalformedData for what is no text, TooLarge for a line that would fill the memory.
    """
    first = file.read(4)
    file.seek(0)
    found = next((one for one in _MARKS if first.startswith(one.mark)), UTF_8)
    if found.codec != "utf-8":
        return found
    decoder = codecs.getincrementaldecoder("utf-8")()
    line_begun, broken = 0, -1
    for at, part in _parts(file):
        _refuse_control(name, file, at, part)
        line_begun = _line_begun(name, at, part, line_begun)
        if broken < 0 and not _decodes(decoder, part):
            broken = at
    return found if broken < 0 else _thai(name, file, broken)


def _parts(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The parts with where they begin, and an empty one at the end."""
    at = 0
    while part := file.read(_PART):
        yield at, part
        at += len(part)
    yield at, b""


def _decodes(decoder: codecs.IncrementalDecoder, part: bytes) -> bool:
    try:
        decoder.decode(part, final=not part)
    except UnicodeDecodeError:
        return False
    return True


def _line_begun(name: str, at: int, part: bytes, before: int) -> int:
    """Where the last line begins of what has been read."""
    end = max(part.rfind(b"\n"), part.rfind(b"\r"))
    begun = before if end < 0 else at + end + 1
    if at + len(part) - begun > _LONGEST_LINE:
        most = _LONGEST_LINE >> 20
        raise TooLarge(
            th=f"{name}: มีบรรทัดยาวเกิน {most} MB: แฟ้มนี้ไม่ใช่ตาราง CSV",
            en=f"{name}: there is a line of more than {most} MB: this is no table in CSV",
        )
    return begun


def _thai(name: str, file: IO[bytes], broken: int) -> Encoding:
    """What the lines say that are not UTF-8: TIS-620 where they are Thai in it."""
    start = max(0, broken - _BEFORE)
    file.seek(start)
    window = file.read(_BEFORE + _PART)
    begin = window.find(b"\n") + 1 if start else 0
    end = window.rfind(b"\n") + 1 or len(window)
    try:
        return decoded(name, window[begin:end])[1]
    except MalformedData as error:
        if not start:
            raise
        line = _lines_before(file, start + begin)
        raise MalformedData(
            th=f"{name} หลังบรรทัด {line}: มีไบต์ที่ไม่ใช่ข้อความ UTF-8 (และไม่ใช่ TIS-620): บันทึกแฟ้มเป็น UTF-8 แล้วลองใหม่",
            en=f"{name}, after line {line}: bytes that are not UTF-8 text (nor TIS-620): save the file as UTF-8 and "
            "try again",
            line=line + (error.line or 1),
        ) from error


def _refuse_control(name: str, file: IO[bytes], at: int, part: bytes) -> None:
    if found := _CONTROL.search(part):
        line = _lines_before(file, at + found.start()) + 1
        raise MalformedData(
            th=f"{name} บรรทัด {line}: มีอักขระควบคุม: แฟ้มนี้ไม่ใช่ข้อความ บันทึกเป็น UTF-8 แล้วลองใหม่",
            en=f"{name}, line {line}: a control character: this is no text file, save it as UTF-8 and try again",
            line=line,
        )


def _lines_before(file: IO[bytes], at: int) -> int:
    file.seek(0)
    return sum(part[: max(0, at - begin)].count(b"\n") for begin, part in _parts(file))
