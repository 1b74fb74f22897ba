"""Reads numbers as tables have them: thousands with commas, Thai digits, marks that say that nothing was measured."""

import re
from decimal import Decimal

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙−\u00a0\u202f", "0123456789-  ")
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?|[-+]?\.\d+", re.ASCII)
_NOTHING = {
    "",
    "-",
    "--",
    "–",
    "—",
    ".",
    "..",
    "...",
    "…",
    "n/a",
    "na",
    "n.a.",
    "null",
    "nil",
    "ไม่มี",
    "ไม่มีข้อมูล",
    "ไม่ระบุ",
}


def read_amount(text: str) -> Decimal | None:
    """The number that a text is, or None."""
    plain = text.translate(_DIGITS).strip()
    return Decimal(plain.replace(",", "").replace(" ", "")) if _NUMBER.fullmatch(plain) else None


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is no number."""
    return text.translate(_DIGITS).strip().lower() in _NOTHING
