"""The parameters of a request: from the URL and from a form, decoded once, as UTF-8 text."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import request

from mueang.errors import WrongParameter
from mueang.web.body import body_text

Pairs = Sequence[tuple[str, str]]
_MOST = 10_000
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_NUMBER = re.compile(r"[0-9]{1,9}")


def in_address() -> Pairs:
    """The parameters of the request's URL."""
    return pairs_of(request.query_string)


def in_form() -> Pairs:
    """The parameters of the request's body, a URL-encoded form."""
    return pairs_of(body_text().encode())


def pairs_of(encoded: bytes) -> Pairs:
    """The parameters of an encoded form, in order."""
    if encoded.count(b"&") >= _MOST:
        raise WrongParameter(th=f"พารามิเตอร์เกิน {_MOST:,} ตัว", en=f"more than {_MOST:,} parameters")
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise WrongParameter(
            th="พารามิเตอร์ไม่ใช่ข้อความ UTF-8", en="the parameters are not UTF-8 text"
        ) from error


def values(pairs: Pairs, name: str) -> list[str]:
    """Every value of a parameter that may be repeated."""
    return [value for known, value in pairs if known == name]


def single(pairs: Pairs, name: str) -> str | None:
    """The value of a parameter that is given once or not at all."""
    found = values(pairs, name)
    if len(found) > 1:
        raise WrongParameter(
            th=f"{name}= ให้ได้ครั้งเดียว แต่ได้รับ {len(found)}",
            en=f"{name}= was given {len(found)} times, once is enough",
        )
    return found[0] if found else None


def seconds(pairs: Pairs) -> float | None:
    """The time limit that the request asks for (`timeout=`)."""
    given = single(pairs, "timeout")
    if given is None:
        return None
    if not _SECONDS.fullmatch(given) or not float(given):
        raise WrongParameter(
            th=f"timeout={_shown(given)}: ต้องเป็นจำนวนวินาทีที่มากกว่า 0 เช่น 5 หรือ 0.5",
            en=f"timeout={_shown(given)}: must be a number of seconds above 0, such as 5 or 0.5",
        )
    return float(given)


def generation(pairs: Pairs) -> int | None:
    """The generation that the request asks (`generation=`)."""
    given = single(pairs, "generation")
    if given is None:
        return None
    if not _NUMBER.fullmatch(given):
        raise WrongParameter(
            th=f"generation={_shown(given)}: ต้องเป็นเลขรุ่นข้อมูล เช่น 12",
            en=f"generation={_shown(given)}: must be the number of a generation, such as 12",
        )
    return int(given)


def _shown(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"
