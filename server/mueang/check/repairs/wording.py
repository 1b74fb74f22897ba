"""Small changes to the letters of a text that menders share, and how a mended term is told."""

import re

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def ascii_digits(text: str) -> str:
    """The text with 0 to 9 in place of ๐ to ๙."""
    return text.translate(_THAI_DIGITS)


def seen(text: str) -> str:
    """The text without characters that cannot be seen."""
    return _UNSEEN.sub("", text)


def has_thai(text: str) -> bool:
    """Whether there is a Thai letter in the text."""
    return re.search("[ก-๛]", text) is not None
