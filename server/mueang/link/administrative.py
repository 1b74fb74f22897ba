"""Words that say which kind of unit a name is of: จังหวัด, อ., "Province", "Changwat" … (language, not places)."""

import re
from typing import NamedTuple

_PROVINCE = ("province",)
_DISTRICT = ("district",)
_SUBDISTRICT = ("subdistrict",)
_AUTHORITY = ("local-authority",)
_CITY = ("city", "local-authority")
UNITS = frozenset((*_PROVINCE, *_DISTRICT, *_SUBDISTRICT, *_CITY))

# Words that are written together with the name, in torn text with a space between any two letters.
_GLUED = (
    (("องค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนตำบล"), _AUTHORITY),
    (("เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "เทศบาล"), _AUTHORITY),
    (("จังหวัด", "changwat"), _PROVINCE),
    (("provinceof",), _PROVINCE),
    (("กิ่งอำเภอ", "อำเภอ", "เขต"), _DISTRICT),
    (("ตำบล", "แขวง"), _SUBDISTRICT),
)
# Words and abbreviations that something stands after: a full stop, a space (one letter alone may begin a name).
_APART = (
    (("จ", "จว", "changwad", "jangwat", "province", "prov"), _PROVINCE),
    (("อ", "กิ่งอ", "king amphoe", "amphoe", "amphur", "amphor", "khet"), _DISTRICT),
    (("ต", "tambon", "tambol", "khwaeng", "khwang"), _SUBDISTRICT),
    (("ทน", "ทม", "ทต", "อบต", "อบจ", "thesaban"), _AUTHORITY),
)
_BEHIND = (
    ((" ?จังหวัด", " ?province", " ?prov", " ?changwat"), _PROVINCE),
    ((" sub ?district", " tambon"), _SUBDISTRICT),
    ((" district", " amphoe"), _DISTRICT),
    ((" (city |town |subdistrict )?municipality",), _AUTHORITY),
    ((r"(?<!smart) city",), _CITY),
)


class Named(NamedTuple):
    """A name without its administrative word, and the kinds of thing which that word leaves (none: it had none)."""

    text: str
    kinds: frozenset[str]


def without_word(spaced: str) -> Named:
    """A text, cleaned and with single spaces for its punctuation, without the word that says its kind."""
    for pattern, kinds in _PATTERNS:
        rest = pattern.sub("", spaced, count=1)
        if rest and rest != spaced:
            return Named(rest, kinds)
    return Named(spaced, frozenset())


def _patterns() -> list[tuple[re.Pattern[str], frozenset[str]]]:
    glued = [(f"^{' ?'.join(word)} ?", kinds) for words, kinds in _GLUED for word in words]
    apart = [(f"^{word} ", kinds) for words, kinds in _APART for word in words]
    behind = [(f"{word}$", kinds) for words, kinds in _BEHIND for word in words]
    return [(re.compile(pattern), frozenset(kinds)) for pattern, kinds in (*glued, *apart, *behind)]


_PATTERNS = _patterns()
