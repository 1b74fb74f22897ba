"""A submission as programs are told of it, and who is told."""

from typing import Any

from flask import Response, json

from mueang.errors import NotAllowed, NotFound
from mueang.submissions import journal
from mueang.submissions.journal import Event, Submission
from mueang.submissions.people import Person
from mueang.submissions.wording import STATES, step_said
from mueang.web.context import served

_COUNTS = ("violations", "warnings", "infos")


def address_of(one: Submission, part: str = "") -> str:
    """Where a submission, or a part of it, is to be had."""
    return f"/submissions/{one.number}" + (f"/{part}" if part else "")


def number_of(text: str) -> int:
    """The number of a submission as somebody wrote it; raises NotFound for what cannot be one."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise NotFound(
            th=f"ไม่มีข้อมูลที่ส่งมาเลขที่ {text[:40]!r}: ระบุเป็นตัวเลข",
            en=f"there is no submission {text[:40]!r}: a submission goes by its number",
        )
    return int(text)


def shown_to(person: Person, number: str) -> Submission:
    """A submission for whoever handed it in, or a reviewer; raises NotFound and NotAllowed."""
    one = journal.submission(served().settings.home, number_of(number))
    if one.person != person.name and not person.may("reviewer"):
        raise NotAllowed(
            th=f"ข้อมูลที่ส่งมาเลขที่ {one.number} เป็นของผู้อื่น: ผู้ส่งและผู้ตรวจสอบเท่านั้นที่ดูได้",
            en=f"submission {one.number} is somebody else's: only they and reviewers may look at it",
        )
    return one


def as_json(value: object, status: int = 200) -> Response:
    """An answer for programs, whose Thai people can read too."""
    return Response(json.dumps(value, ensure_ascii=False) + "\n", status, content_type="application/json")


def told(one: Submission) -> dict[str, Any]:
    """All there is to know of a submission, with where its parts are."""
    checked = one.checked
    return {
        "number": one.number,
        "address": address_of(one),
        "state": one.state,
        "state_in_words": STATES[one.state],
        "person": one.person,
        "made_at": one.made_at,
        "note": one.note,
        "name": one.name,
        "size": one.size,
        "digest": f"sha256:{one.digest}",
        "file": address_of(one, "file"),
        "supersedes": one.supersedes,
        "graph": one.graph,
        "accepted_by_the_rules": checked and checked["accepted"],
        "counts": checked and {name: checked[name] for name in _COUNTS},
        "words": checked and checked["words"],
        "report": address_of(one, "report") if checked else None,
        "difference": address_of(one, "diff") if checked else None,
        "events": [_event(event) for event in one.events],
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "state": event.state,
        "at": event.at,
        "person": event.person,
        "note": event.note,
        "generation": event.generation,
        "said": {"th": step_said(event, "th"), "en": step_said(event, "en")},
    }
