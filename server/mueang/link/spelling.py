"""How names are written: the same letters however they were typed, printed, scanned or romanised."""

import re
import unicodedata

_DOUBLE_E = re.compile(r"เ\s*เ")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070-\u207f]+")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_SPACES = re.compile(r"\s+")
_TORN_MARK = re.compile(rf"\s+(?=[{_MARKS}])")
_TORN_VOWEL = re.compile("(?<=[เแโใไ])\\s+(?=[ก-ฮ])")
_DOUBLED = re.compile(rf"([{_MARKS}])\1+")
_TONE_FIRST = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a])")
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\\s*\u0e32")
_AM_FIRST = re.compile("\u0e33([\u0e48-\u0e4b])")
_ALIKE = str.maketrans("ศษณใฎืึีูญ", "สสนไฏิิิุย")
_LOST = re.compile("[\u0e47-\u0e4e]")


def clean(text: str) -> str:
    """The text as it was meant: composed, without what cannot be seen, marks in their order, digits as 0-9."""
    text = _RAISED.sub("", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFKC", text).translate(_THAI_DIGITS).casefold()
    return _ordered(_without_accents(text))


def spaced(text: str) -> str:
    """A clean text with one space for whatever stood between its words."""
    kept = "".join(letter if _is_written(letter) else " " for letter in text)
    return " ".join(kept.split())


def key(text: str) -> str:
    """What two writings of one name have in common: their letters, marks and digits, nothing between them."""
    return joined(spaced(clean(text)))


def joined(spaced: str) -> str:
    """A text without its spaces; marks that stood apart from their letters are put in order."""
    return _ordered(spaced.replace(" ", ""))


def fold(key: str) -> str:
    """A key without what gets lost or is written in several ways: Thai tone marks, RTGS and older romanisations."""
    if key.isascii():
        return _DOUBLE_LETTER.sub("\\1", _BREATH.sub("", _romanised(key)))
    return _LOST.sub("", opened(key))


def sound(fold: str) -> str:
    """A Thai name without the difference of letters that sound or look alike."""
    return fold.translate(_ALIKE)


def is_worn(key: str, name: str) -> bool:
    """Whether a key of the same fold has lost marks, or an h, and gained none.

    หนองคาย may be worn of หนองค่าย, not the reverse; Kon Kaen of Khon Kaen, but Lamphang is not Lampang.
    """
    whole = _romanised if key.isascii() else opened
    letters = iter(sound(whole(name)))
    return all(letter in letters for letter in sound(whole(key)))


def opened(key: str) -> str:
    """A key with ํ and า for ำ, of which print and PDF readers often lose the first."""
    return key.replace("\u0e33", "\u0e4d\u0e32")


def is_number(key: str) -> bool:
    """Whether a key has no letters: a number, a year, a code of digits."""
    return not any(letter.isalpha() for letter in key)


def _ordered(text: str) -> str:
    text = _SPACES.sub(" ", text)  # or a long run of them would be gone through from each of its ends
    text = _TORN_VOWEL.sub("", _DOUBLE_E.sub("แ", _TORN_MARK.sub("", text)))
    text = _AM_FIRST.sub("\\1\u0e33", _SARA_AM.sub("\\1\\2\u0e33", text))
    return _DOUBLED.sub("\\1", _TONE_FIRST.sub("\\2\\1", text))


def _is_written(letter: str) -> bool:
    return letter == "ฯ" or unicodedata.category(letter)[0] in "LMN"


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", parts))


def _romanised(key: str) -> str:
    for pattern, letters in _ROMAN:
        key = pattern.sub(letters, key)
    return key


# In this order. Romanisations before RTGS write the letters of the script (Sri, Udorn, Ubol, Rajathani), RTGS its sound.
_ROMAN = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("m(?:eua|uae|uea)ng", "muang"),
        ("dh", "th"),
        ("bh", "ph"),
        ("j", "ch"),
        ("tch", "ch"),
        ("v", "w"),
        ("oo", "u"),
        ("ee", "i"),
        ("y", "i"),
        ("sr(?=i)", "s"),
        ("r(?![aeiou])", ""),
        ("l(?![aeiou])", "n"),
        ("(?<=[aeo])w(?![aeiou])", "o"),
        ("d(?![aeiour])", "t"),
        ("b(?![aeiour])", "p"),
        ("(.)\\1+", "\\1"),
    )
)
_BREATH = re.compile("(?<=[kptc])h")
_DOUBLE_LETTER = re.compile("(.)\\1+")
