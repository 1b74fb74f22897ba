"""Who asks: by a token in the request, or by a session of the pages; signing in and out; what a route requires.

A route that is open to all looks at no token. One that is not says so with `requires`, or calls `admit` where the
size of the body has to be allowed first. A request known by its cookie changes nothing without the form's token.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf, validate_csrf  # type: ignore[import-untyped]

from mueang.errors import MueangError, NotAllowed, NotSignedIn
from mueang.settings import Settings
from mueang.submissions import sessions, tokens
from mueang.submissions.people import Person, Role, allowed, person_of
from mueang.web.attempts import Attempts
from mueang.web.context import served
from mueang.web.language import reader_language

blueprint = Blueprint("session", __name__)
_SAFE = ("GET", "HEAD", "OPTIONS")
_KEY = "key"
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_Proof = TypeVar("_Proof")


class _Sessions(SecureCookieSessionInterface):
    """Signed cookies, with the key of the home, which is read when the first cookie is."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; nothing where there is none, or where the key cannot be read."""
        if self.get_cookie_name(app) in request.cookies:
            with suppress(MueangError):
                _have_key(app)
                return super().open_session(app, request)
        return self.session_class()


def install(app: Flask, settings: Settings) -> None:
    """Sessions, their pages, and what templates may call."""
    secure = settings.address.startswith("https://")
    app.session_interface = _Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-mueang" if secure else "mueang",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["mueang-attempts"] = Attempts()
    app.register_blueprint(blueprint)
    app.after_request(_for_one_reader)
    app.context_processor(
        lambda: {
            "current_person": _person_on_page,
            "csrf_token": csrf_token,
            "sign_in_address": _sign_in_address,
        }
    )


def current_person() -> Person | None:
    """Who asks; None for a request without token and session. Raises NotSignedIn for a token that will not do."""
    if "person" not in g:
        g.person = _by_token() if "Authorization" in request.headers else _by_session()
    person: Person | None = g.person
    return person


def requires(role: Role) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Let nobody reach a view but those who may what the role may: 401 without a name, 403 with too little."""

    def guarding(view: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        @wraps(view)
        def guarded(*given: _Given.args, **named: _Given.kwargs) -> _Answer:
            admit(role)
            return view(*given, **named)

        return guarded

    return guarding


def admit(role: Role) -> Person:
    """Who asks, if they may what the role may; raises NotSignedIn and NotAllowed."""
    g.private = True
    person = current_person()
    if person is None:
        raise NotSignedIn(
            th="ต้องเข้าสู่ระบบก่อน (หรือส่งโทเคนใน Authorization: Bearer)",
            en="this needs somebody known: sign in, or send a token as Authorization: Bearer",
        )
    allowed(person, role)
    if "Authorization" not in request.headers and request.method not in _SAFE:
        _refuse_forged()
    return person


def csrf_token() -> str:
    """What a form that changes something must carry in its field `csrf_token`."""
    _have_key(current_app)
    g.private = True
    return str(generate_csrf())


@blueprint.get("/login")
def form() -> Response:
    """The page to sign in; for one who has, where they were going, or who they are."""
    goal = _local(request.args.get("next", ""))
    return _to(goal) if goal and _person_on_page() else _page()


@blueprint.post("/login")
def sign_in() -> Response:
    """Begin a session with a token, and go on to where the reader was going."""
    _refuse_forged()
    token = request.form.get("token", "").strip()
    try:
        secret = _proved(token, lambda: sessions.begin(served().settings.home, token))
    except NotSignedIn as error:
        return _page(error)
    session.clear()
    session[_KEY] = secret
    return _to(_local(request.form.get("next", "")) or "/")


@blueprint.post("/logout")
def sign_out() -> Response:
    """End the session."""
    _refuse_forged()
    if secret := session.get(_KEY):
        sessions.end(served().settings.home, str(secret))
    session.clear()
    return _to("/")


def _by_token() -> Person:
    g.private = True
    given = request.authorization
    token = (given.token if given and given.type == "bearer" else None) or ""
    return _proved(token, lambda: person_of(served().settings.home, token))


def _by_session() -> Person | None:
    """Whose session the cookie names; without a cookie nothing is looked at, so that the answer can be kept."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return None
    g.private = True
    _have_key(current_app)
    secret = session.get(_KEY)
    return sessions.person_in(served().settings.home, secret) if isinstance(secret, str) else None


def _person_on_page() -> Person | None:
    """Who reads a page, as far as can be told: a page is also shown where the journal cannot be read."""
    if "Authorization" not in request.headers:
        with suppress(MueangError):
            return current_person()
    return None


def _proved(token: str, proof: Callable[[], _Proof]) -> _Proof:
    """What a token proves; wrong ones are counted, and after too many only those proved before are looked at."""
    attempts: Attempts = current_app.extensions["mueang-attempts"]
    if not tokens.is_remembered(token):
        attempts.refuse_more(request.environ)
    try:
        return proof()
    except NotSignedIn as error:
        if not tokens.is_remembered(token):
            attempts.note(request.environ, error.en)
        raise


def _refuse_forged() -> None:
    """Raise NotAllowed for a form that no page of ours gave to this reader."""
    _have_key(current_app)
    g.private = True
    try:
        validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRFToken"))
    except ValueError as error:
        raise NotAllowed(
            th="แบบฟอร์มนี้ไม่ได้มาจากหน้าของเรา หรือเก่าเกินไป: เปิดหน้านั้นใหม่แล้วลองอีกครั้ง (ต้องเปิดใช้คุกกี้)",
            en="this form is not from a page of ours, or too old: open the page anew and try again (cookies are needed)",
        ) from error


def _have_key(app: Flask) -> None:
    if not app.secret_key:
        app.secret_key = sessions.signing_key(app.extensions["mueang"].settings.home)


def _page(error: NotSignedIn | None = None) -> Response:
    page = render_template(
        "login.html",
        error=error.said_in(reader_language()) if error else "",
        goal=_local(request.values.get("next", "")),
    )
    return make_response(page, error.status if error else 200)


def _sign_in_address() -> str:
    """Where to sign in, and then come back here."""
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return "/login?" + urlencode({"lang": reader_language()} | ({"next": here} if here else {}))


def _local(goal: str) -> str:
    """The address if it is one of ours, by its path; nothing for any other."""
    try:
        parts = urlsplit(goal)
    except ValueError:
        return ""
    outside = parts.scheme or parts.netloc or not goal.startswith("/") or goal.startswith("//")
    return "" if outside or "\\" in goal or not goal.isprintable() else goal


def _to(goal: str) -> Response:
    return make_response(redirect(goal, 303))


def _for_one_reader(response: Response) -> Response:
    """Have nobody keep what was made for one reader."""
    if g.get("private"):
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(["Authorization", "Cookie"])
    return response
