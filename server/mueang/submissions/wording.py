"""The states of a submission, and the steps in its life, in words."""

from collections.abc import Mapping

from mueang.errors import Language
from mueang.submissions.journal import Event, State, Submission

STATES: Mapping[State, Mapping[Language, str]] = {
    "received": {"th": "ได้รับแล้ว รอการตรวจด้วยกฎ", "en": "received, not checked yet"},
    "checked": {"th": "ตรวจแล้ว มีข้อต้องแก้", "en": "checked, to be mended"},
    "waiting": {"th": "รอผู้ตรวจ", "en": "waits for review"},
    "accepted": {"th": "รับแล้ว", "en": "accepted"},
    "rejected": {"th": "ไม่รับ", "en": "rejected"},
    "withdrawn": {"th": "ผู้ส่งถอนคืน", "en": "withdrawn"},
    "superseded": {"th": "มีฉบับใหม่แทนแล้ว", "en": "superseded"},
}


def step_said(event: Event, language: Language) -> str:
    """What an event says happened, in a sentence."""
    state = STATES[event.state][language]
    if event.state == "checked" and event.details.get("accepted"):
        state = "ตรวจแล้ว ไม่มีข้อต้องแก้" if language == "th" else "checked, nothing to mend"
    if "parent" in event.details:
        state = "เริ่มรับเข้า" if language == "th" else "being taken in"
    if "by" in event.details:
        state += f" ({event.details['by']})"
    who = event.person and (f"โดย {event.person}" if language == "th" else f"by {event.person}")
    beside = event.generation and f"{'รุ่นข้อมูล' if language == 'th' else 'generation'} {event.generation}"
    note = event.note and f"“{event.note}”"
    return " · ".join(part for part in (state, who, beside, note) if part)


def words_of(one: Submission, language: Language) -> str:
    """What the submission would change, as its last check found; nothing before the first."""
    return str(one.checked["words"][language]) if one.checked else ""
