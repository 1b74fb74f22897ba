"""Why a generation was made, in the reader's language; a record keeps it in English."""

import re

from mueang.errors import Language

_THAI = tuple(
    (re.compile(english, re.DOTALL), thai)
    for english, thai in (
        (r"build", r"สร้างจากแฟ้มของโครงการ"),
        (r"scratch", r"ที่ลองเขียน"),
        (r"submission (\d+), accepted by (.+)", r"ข้อมูลที่ส่งหมายเลข \1 รับโดย \2"),
        (r"restore of (\d+)", r"ย้อนกลับไปรุ่น \1"),
        (r"dataset (\S+) removed(.*)", r"เอาชุดข้อมูล \1 ออก\2"),
    )
)
_BY = re.compile(r"(.+), by ([^,]+)", re.DOTALL)
_NOTED = re.compile(r"(restore of \d+)(: .+)", re.DOTALL)


def reason_said(reason: str, language: Language) -> str:
    """The reason in words; what somebody wrote themselves stays as they wrote it."""
    if language == "en":
        return reason
    if found := _BY.fullmatch(reason):
        return f"{reason_said(found[1], language)} โดย {found[2]}"
    for form, thai in _THAI:
        if found := form.fullmatch(reason):
            return found.expand(thai)
    if found := _NOTED.fullmatch(reason):
        return reason_said(found[1], language) + found[2]
    return reason
