"""`/submissions/<n>/review`, `/withdraw` and `/check`: what is done with a submission that was handed in."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from flask import Blueprint, Response, make_response, redirect, request

from mueang.check.client import Checker
from mueang.errors import MueangError, NotFound, NotSignedIn, WrongParameter
from mueang.submissions import intake, review
from mueang.submissions.journal import Submission
from mueang.submissions.people import Person
from mueang.submissions.review import BreaksShapes
from mueang.web.context import served
from mueang.web.language import reader_language
from mueang.web.negotiation import wants_page
from mueang.web.session import admit
from mueang.web.submissions import page_of, report_on
from mueang.web.told import address_of, as_json, shown_to, told

_Said = Mapping[str, str]
_Act = Callable[[Submission, Person, _Said], object]


def blueprint_over(desk: Checker) -> Blueprint:
    """The routes, with the desk that checks anew what is let in."""
    blueprint = Blueprint("reviewing", __name__)

    @blueprint.post("/submissions/<number>/review")
    def reviewed(number: str) -> Response:
        """Accept a submission, which publishes it, or reject it; nobody decides on their own."""
        return _done(desk, number, admit("reviewer"), _decide)

    @blueprint.post("/submissions/<number>/withdraw")
    def withdrawn(number: str) -> Response:
        """Take back what one handed in and nobody has decided on."""
        return _done(desk, number, admit("submitter"), _withdraw)

    @blueprint.post("/submissions/<number>/check")
    def checked(number: str) -> Response:
        """Check a submission anew beside what is published now."""
        return _done(desk, number, admit("submitter"), lambda one, _, __: _check(one))

    def _decide(one: Submission, person: Person, said: _Said) -> None:
        home, note = served().settings.home, said.get("note", "")
        match said.get("decision"):
            case "accept":
                review.accept(home, desk, one.number, person, note)
                with suppress(
                    MueangError
                ):  # it is published; who asks within a moment may see what was before
                    served().engine.catch_up()
            case "reject":
                review.reject(home, one.number, person, note)
            case _:
                raise WrongParameter(
                    th="decision ต้องเป็น accept หรือ reject", en="decision is accept or reject"
                )

    def _check(one: Submission) -> None:
        intake.check_again(served().settings.home, desk, one.number)

    return blueprint


def _withdraw(one: Submission, person: Person, said: _Said) -> None:
    review.withdraw(served().settings.home, one.number, person, said.get("note", ""))


def _done(desk: Checker, number: str, person: Person, act: _Act) -> Response:
    """What an action is answered with: the submission as it then is, or why it was not done."""
    one = shown_to(person, number)
    try:
        act(one, person, _said())
    except (NotFound, NotSignedIn):
        raise
    except MueangError as error:
        return _failed(desk, shown_to(person, number), error)
    if wants_page():
        return make_response(redirect(f"{address_of(one)}?lang={reader_language()}", 303))
    return as_json(told(shown_to(person, number)))


def _failed(desk: Checker, one: Submission, error: MueangError) -> Response:
    if wants_page():
        return page_of(desk, one, error)
    if isinstance(error, BreaksShapes):
        return report_on(desk, one, error.status)
    raise error


def _said() -> _Said:
    """What the request says, in a form or as JSON."""
    if request.mimetype != "application/json":
        return request.form
    found = request.get_json(silent=True)
    if isinstance(found, dict) and all(isinstance(value, str) for value in found.values()):
        return found
    raise WrongParameter(
        th='ส่ง JSON แบบ {"decision": "accept", "note": "…"}',
        en='send JSON such as {"decision": "accept", "note": "…"}',
    )
