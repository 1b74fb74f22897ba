"""What offices write in a column of names that is no name: totals, groups, notes, figures; and what heads such columns."""

import re
import unicodedata
from typing import Literal

Aside = Literal["total", "group", "note", "figure", "empty"]

_SPACES = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")
_FIGURE = re.compile(r"[-+(]?[0-9\u0e50-\u0e59][0-9\u0e50-\u0e59.,/ ]*[%)]?|[-–—.]+")
_NOTHING = re.compile(r"[\W_]+")
"""No letter and no digit: a dash, dots, a question mark."""
_YEAR = re.compile(r"(?:พ\.?ศ\.?|ค\.?ศ\.?|ปี)? ?(?:1[89]|2[0-6])[0-9]{2}(?:[/-][0-9]{2,4})?")
_TOTAL = re.compile(
    r"(?:ยอด)?รวม.*|ผลรวม.*|ทั่วราชอาณาจักร.*|ทั้งราชอาณาจักร|(?:ทั้ง|ทั่ว)ประเทศ(?:ไทย)?|ประเทศไทย|ค่าเฉลี่ย.*|เฉลี่ย.*"
    r"|(?:grand |sub-?)?totals?\b.*|sum|(?:the )?whole (?:kingdom|country)|thailand|nation-?wide|average\b.*"
    r"|all (?:provinces|regions|areas)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"ภาค ?(?:เหนือ|กลาง|ใต้|อีสาน|ตะวันออก|ตะวันตก|ตะวันออกเฉียงเหนือ)(?:ตอน.*| ?\(.*)?"
    r"|(?:กรุงเทพ\S* ?)?(?:และ)? ?(?:จังหวัด)?ปริมณฑล|กลุ่มจังหวัด.*|(?:เขต(?:สุขภาพ|ปศุสัตว์|ตรวจราชการ)ที่?|ภาค) ?[0-9\u0e50-\u0e59]+"
    r"|(?:(?:north|south|east|west|central|upper|lower)(?:ern)?[ -]?)+(?:region|thailand)?|bangkok (?:and|&) vicinit\w+",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:หมายเหตุ|ที่มา|แหล่งที่มา|แหล่งข้อมูล|อ้างอิง|คำอธิบาย|จัดทำโดย|รวบรวมโดย|ข้อมูล ณ|ปรับปรุง(?:ข้อมูล)?เมื่อ|หน่วย ?[:：])"
    r"|(?:source|sources|notes?|remarks?|unit|compiled by|as of|updated)\b ?[:：.]?|\*+ ?\S|[0-9]+/ ?\D",
    re.IGNORECASE,
)
_LONGEST_NAME = 200
_LONGEST_CODE = 20
_CODE = re.compile(r"รหัส|\bcode|_code|\biso\b|hasc|geocode", re.IGNORECASE)

HEADINGS: dict[str, re.Pattern[str]] = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in {
        "province": r"จังหวัด|\bprov(?:ince)?s?\b|changwat|province",
        "district": r"อำเภอ|^เขต$|amphoe|amphur|(?<!sub)(?<!sub-)(?<!sub )district",
        "area": r"เมืองอัจฉริยะ|smart ?cit|พื้นที่เมือง",
        "city": r"^เมือง$|ชื่อเมือง|\bcit(?:y|ies)\b",
        "local-authority": r"เทศบาล|อปท|ส่วนท้องถิ่น|municipalit|local (?:authorit|government)",
        "body": r"หน่วยงาน|องค์กร|กระทรวง|\bagenc|organi[sz]ation|ministr",
        "subdistrict": r"ตำบล|แขวง|tambon|sub-?district",
    }.items()
}
"""What heads a column of names of each kind, the kinds that a bare name is most likely to mean first."""


def plain(text: str) -> str:
    """A text as it is looked at here: composed, its spaces single."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def aside(text: str) -> Aside | None:
    """What a cell says in place of a name; None where it may be one."""
    shown = plain(text)
    if not shown or len(shown) > _LONGEST_NAME:
        return "note" if shown else "empty"
    for found, words in _ASIDES:
        if words.fullmatch(shown):
            return found
    return "note" if _NOTE.match(shown) else None


_ASIDES: tuple[tuple[Aside, re.Pattern[str]], ...] = (
    ("empty", _NOTHING),
    ("figure", _FIGURE),
    ("figure", _YEAR),
    ("total", _TOTAL),
    ("group", _GROUP),
)


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure that is no year: what stands in rows of data, not in heads."""
    shown = plain(text)
    return bool(_FIGURE.fullmatch(shown)) and not _YEAR.fullmatch(shown)


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but digits and what parts them."""
    return bool(_FIGURE.fullmatch(plain(text)))


def number_in(text: str) -> int | None:
    """The whole number that a cell holds; None where it holds anything else."""
    shown = plain(text)
    return int(shown) if shown.isdecimal() and len(shown) < _LONGEST_CODE else None


def heads_codes(text: str) -> bool:
    """Whether a heading says that codes stand below it."""
    return bool(_CODE.search(plain(text)))


def headed_kind(text: str) -> str:
    """The kind whose names a heading promises; empty where it promises none."""
    return "" if heads_codes(text) else _kind_in(text)


def coded_kind(text: str) -> str:
    """The kind whose codes a heading promises; empty where it promises none, or does not say of what."""
    return _kind_in(text) if heads_codes(text) else ""


def _kind_in(text: str) -> str:
    shown = plain(text)
    return next((kind for kind, words in reversed(HEADINGS.items()) if words.search(shown)), "")
