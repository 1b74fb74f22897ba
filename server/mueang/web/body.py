"""The body of a request: bounded, unpacked where it comes gzipped, as UTF-8 text."""

import gzip
import io
import zlib

from flask import request

from mueang.errors import UnsupportedCoding, UnsupportedMediaType, WrongParameter
from mueang.files import too_large

_UTF_8 = ("utf-8", "utf8", "us-ascii", "ascii")


def body_text() -> str:
    """The body as text; only UTF-8 is read, with or without a byte order mark."""
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.strip().lower() not in _UTF_8:
        raise UnsupportedMediaType(
            th=f"อ่าน charset={charset[:40]} ไม่ได้: ส่งเป็น UTF-8",
            en=f"charset={charset[:40]} is not read here: send UTF-8",
        )
    try:
        return body_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongParameter(
            th=f"เนื้อหาไม่ใช่ข้อความ UTF-8 (ไบต์ที่ {error.start + 1})",
            en=f"the body is not UTF-8 text (at byte {error.start + 1})",
        ) from error


def body_bytes() -> bytes:
    """The body as it was before its Content-Encoding, never more than the application takes."""
    body = request.get_data()
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("", "identity"):
        return body
    if coding in ("gzip", "x-gzip"):
        return _unpacked(body, int(request.max_content_length or 0))
    raise UnsupportedCoding(
        th=f"อ่าน Content-Encoding: {coding[:40]} ไม่ได้ รับ gzip หรือไม่บีบอัด",
        en=f"Content-Encoding: {coding[:40]} is not read here: send gzip, or nothing",
    )


def _unpacked(body: bytes, most: int) -> bytes:
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(body)).read(most + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise WrongParameter(
            th="เนื้อหาไม่ใช่ gzip ที่สมบูรณ์", en="the body is not what gzip makes, or was cut short"
        ) from error
    if len(unpacked) > most:
        raise too_large("gzip", most)
    return unpacked
