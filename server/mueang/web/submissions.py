"""`/submissions`: handing files in, and following what becomes of them; for who hands in and for reviewers."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, get_args

from flask import Blueprint, Response, make_response, redirect, render_template, request
from markupsafe import Markup

from mueang.check.client import Checker
from mueang.check.formats import FORMATS, FRAGMENT
from mueang.errors import Busy, CheckBudgetExceeded, MueangError, NotAllowed, NotFound, WrongParameter
from mueang.submissions import consideration, intake, journal
from mueang.submissions.journal import LONGEST_NOTE, State, Submission
from mueang.submissions.people import Person
from mueang.submissions.wording import STATES, step_said, words_of
from mueang.web.context import served
from mueang.web.download import as_file
from mueang.web.language import reader_language
from mueang.web.negotiation import required, wants_page
from mueang.web.parameters import in_address, single
from mueang.web.session import admit, requires
from mueang.web.told import address_of, as_json, number_of, shown_to, told
from mueang.web.validation import ENDINGS, as_sent, submitted

_PAGE = 50
_FIELDS = 64_000
"""Bytes that a form may have beside the file."""
_MOST_ON_PAGE = 300
"""Statements of a difference that the page of a submission shows; all are on a page of their own."""


def blueprint_over(desk: Checker) -> Blueprint:
    """The routes, with the desk that checks what is handed in."""
    blueprint = Blueprint("submissions", __name__)

    @blueprint.get("/submissions")
    @requires("submitter")
    def listed() -> Response:
        """What was handed in, newest first, fifty at a time: one's own, for reviewers everybody's."""
        return _list_page(admit("submitter")) if wants_page() else as_json(_list(admit("submitter")))

    @blueprint.post("/submissions")
    def taken_in() -> Response:
        """Hand a file in: checked, recorded, waiting for review; the same file again is the same submission."""
        request.max_content_length = request.max_form_memory_size = _most_bytes() + _FIELDS
        person = admit("submitter")
        if not wants_page():
            return _handed_in(desk, person)
        try:
            done = _handed_in(desk, person)
        except MueangError as error:
            return _list_page(person, error)
        return _to(done.headers["Location"])

    @blueprint.get("/submissions/<number>")
    @requires("submitter")
    def described(number: str) -> Response:
        """A submission with its report, what it would change, its story, and what may be done with it."""
        one = shown_to(admit("submitter"), number)
        return page_of(desk, one) if wants_page() else as_json(told(one))

    @blueprint.get("/submissions/<number>/report")
    @requires("submitter")
    def report(number: str) -> Response:
        """What the last check found, in every format of `/validate`."""
        return report_on(desk, shown_to(admit("submitter"), number))

    _add_parts(blueprint)
    return blueprint


def _add_parts(blueprint: Blueprint) -> None:
    """The parts of a submission that need no desk."""

    @blueprint.get("/submissions/<number>/diff")
    @requires("submitter")
    def difference(number: str) -> Response:
        """What it would change in what was published when it was checked."""
        return _difference(shown_to(admit("submitter"), number))

    @blueprint.get("/submissions/<number>/file")
    @requires("submitter")
    def file(number: str) -> Response:
        """The bytes that were handed in, to be kept and not to be shown: anybody may have written them."""
        one = shown_to(admit("submitter"), number)
        content = journal.content_of(served().settings.home, one)
        response = Response(content, content_type="application/octet-stream")
        as_file(response, one.name)
        return response


def page_of(desk: Checker, one: Submission, error: MueangError | None = None) -> Response:
    """The page of a submission; after an action that failed it says why, and has its status."""
    page = render_template(
        "submission.html",
        one=one,
        checked=one.checked,
        state=STATES[one.state][reader_language()],
        words=words_of(one, reader_language()),
        story=[(event, step_said(event, reader_language())) for event in one.events],
        report=_fragment(desk, one),
        difference=_cut(consideration.difference(served().settings.home, one)),
        formats=[known.key for known in FORMATS if known.key != "html"],
        longest_note=LONGEST_NOTE,
        error=error.said_in(reader_language()) if error else "",
        generation=served().engine.generation,
    )
    return make_response(page, error.status if error else 200)


def report_on(desk: Checker, one: Submission, status: int = 200) -> Response:
    """The report of the last check, in the format asked for."""
    wanted = required(FORMATS)
    done = consideration.report(served().settings.home, desk, one, wanted.key, reader_language())
    if done is None:
        raise _unchecked(one)
    response = as_sent(done, wanted, one.name)
    response.status_code = status
    return response


def _to(place: str) -> Response:
    return make_response(redirect(f"{place}?lang={reader_language()}", 303))


def _handed_in(desk: Checker, person: Person) -> Response:
    """201 for a new submission, 200 for what is one already and nobody has decided on."""
    home = served().settings.home
    name, content = submitted()
    given = request.args.to_dict() | request.form.to_dict()
    offer = intake.Offer(name, content, given.get("note", ""), _older(given))
    one, is_new = intake.taken_in(home, desk, offer, person)
    response = as_json(told(one), 201 if is_new else 200)
    response.headers["Location"] = address_of(one)
    return response


def _older(given: Mapping[str, str]) -> int | None:
    """The number of the submission whose place it takes."""
    number = given.get("supersedes", "").strip()
    return number_of(number) if number else None


def _list_page(person: Person, error: MueangError | None = None) -> Response:
    found, older, state = ([], None, None) if error else _found(person)
    page = render_template(
        "submissions.html",
        found=found,
        older=older,
        asked=state,
        states=STATES,
        accepted=",".join(ENDINGS.values()),
        megabytes=served().settings.submission_mb,
        longest_note=LONGEST_NOTE,
        supersedes=request.values.get("supersedes", "")[:9],
        note=request.form.get("note", "") if error else "",
        pasted=request.form.get("text", "") if error else "",
        error=error.said_in(reader_language()) if error else "",
        generation=served().engine.generation,
    )
    return make_response(page, error.status if error else 200)


def _list(person: Person) -> dict[str, Any]:
    found, older, state = _found(person)
    rest = f"/submissions?before={older}" + (f"&state={state}" if state else "")
    return {"submissions": [told(one) for one in found], "older": rest if older else None}


def _found(person: Person) -> tuple[Sequence[Submission], int | None, State | None]:
    """The submissions asked for, the number before which there are more, and the state asked for."""
    state, before = single(in_address(), "state") or None, single(in_address(), "before")
    if state is not None and state not in get_args(State):
        raise WrongParameter(
            th=f"state ต้องเป็น {', '.join(get_args(State))}",
            en=f"state is one of {', '.join(get_args(State))}",
        )
    whose = single(in_address(), "by") or None
    if not person.may("reviewer"):
        _refuse_others(person, whose)
        whose = person.name
    limit = number_of(before) if before else None
    found = journal.listed(served().settings.home, state, whose, limit, _PAGE + 1)  # type: ignore[arg-type]
    older = found[_PAGE - 1].number if len(found) > _PAGE else None
    return found[:_PAGE], older, state  # type: ignore[return-value]


def _refuse_others(person: Person, whose: str | None) -> None:
    if whose not in (None, person.name):
        raise NotAllowed(th="ดูได้เฉพาะข้อมูลที่ท่านส่งเอง", en="only reviewers may see what others have handed in")


def _fragment(desk: Checker, one: Submission) -> Markup:
    """The report as part of a page; nothing where nobody is free to write it."""
    with suppress(Busy, CheckBudgetExceeded):
        home = served().settings.home
        if done := consideration.report(home, desk, one, FRAGMENT.key, reader_language()):
            return Markup(done.body.decode())  # noqa: S704  (made from a template that escapes)
    return Markup("")


def _difference(one: Submission) -> Response:
    found = consideration.difference(served().settings.home, one)
    if found is None:
        raise _unchecked(one)
    if wants_page():
        page = render_template(
            "submission-diff.html", one=one, difference=found, generation=served().engine.generation
        )
        return make_response(page)
    return as_json(found)


def _cut(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """A difference with as many of its things as the page of a submission shows."""
    if found is None:
        return None
    left, kept = _MOST_ON_PAGE, []
    for entity in found["entities"]:
        left -= len(entity["added"]) + len(entity["removed"])
        if left < 0:
            break
        kept.append(entity)
    return found | {"entities": kept, "hidden": len(found["entities"]) - len(kept)}


def _unchecked(one: Submission) -> NotFound:
    return NotFound(
        th=f"ข้อมูลที่ส่งมาเลขที่ {one.number} ยังไม่ได้ตรวจด้วยกฎ ลองใหม่ภายหลัง",
        en=f"submission {one.number} is not checked yet: ask again later",
    )


def _most_bytes() -> int:
    return served().settings.submission_mb * 1_000_000
