"""What a steward changes without a submission, by an update or a Graph Store write: tried, then published or refused."""

from contextlib import suppress
from typing import Any

from flask import Response, request

from mueang.check.becoming import Worked, worked_out
from mueang.check.client import Checker
from mueang.check.formats import FORMATS
from mueang.errors import MueangError, WrongParameter
from mueang.files import too_large
from mueang.submissions import gate
from mueang.submissions.people import Person
from mueang.web.body import body_bytes
from mueang.web.context import served
from mueang.web.language import reader_language
from mueang.web.negotiation import chosen
from mueang.web.parameters import in_address, single
from mueang.web.session import admit

FORM = "application/x-www-form-urlencoded"
_FIELDS = 64_000
"""Bytes that a form may have beside what is to be written."""
_REPORTS = [one for one in FORMATS if one.key not in ("html", "xlsx")]


class _BreaksRules(Exception):
    """The change breaks a rule, and is not to be published."""


def steward() -> Person:
    """The steward who asks; the body may be as long as a submission. Raises NotSignedIn and NotAllowed."""
    request.max_content_length = request.max_form_memory_size = 3 * most_bytes() + _FIELDS
    if request.mimetype == FORM:
        request.get_data()  # kept, as who asks by a cookie has a form looked into
    return admit("steward")


def sent() -> bytes:
    """The body, no longer than a submission may be."""
    body = body_bytes()
    if len(body) > most_bytes():
        raise too_large("body", most_bytes())
    return body


def most_bytes() -> int:
    """The length that a submission may have."""
    return served().settings.submission_mb * 1_000_000


def changed(desk: Checker, person: Person, note: str, asked: dict[str, Any], content: bytes) -> Response:
    """The answer to a change: published (201, 204), only tried (200), or with the report on what is wrong (422).

    `note` says what is done, as the history of generations tells it.
    """
    wanted = chosen(_REPORTS) or _REPORTS[0]
    asked = asked | {"format": wanted.key, "language": reader_language()}
    if _is_dry_run():
        return _report(worked_out(desk, asked, content))
    tried: list[Worked] = []

    def work() -> Worked:
        tried.append(worked_out(desk, asked, content))
        if not tried[-1].accepted:
            raise _BreaksRules
        return tried[-1]

    try:
        generation = gate.publish(served().settings.home, work, person=person.name, note=note)
    except _BreaksRules:
        return _report(tried[-1])
    with suppress(MueangError):  # it is published; who asks within a moment may still be answered from before
        served().engine.catch_up()
    return _named(Response(status=204 if tried[-1].existed else 201), generation.number)


def _report(worked: Worked) -> Response:
    response = Response(worked.report, status=200 if worked.accepted else 422, content_type=worked.media_type)
    return _named(response, worked.generation)


def _named(response: Response, generation: int) -> Response:
    response.headers["Mueang-Generation"] = str(generation)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_dry_run() -> bool:
    given = single(in_address(), "dry-run")
    if given not in (None, "true", "false"):
        raise WrongParameter(th="dry-run ต้องเป็น true หรือ false", en="dry-run must be true or false")
    return given == "true"
