"""Signing in and out, what a route requires, and what a cookie may not be used for."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from mueang.check.client import Checker
from mueang.engine.client import WorkersEngine
from mueang.settings import Settings
from mueang.submissions import people
from mueang.submissions.schema import NAME, opened
from mueang.web.app import application
from mueang.web.attempts import MOST, PAUSE, Attempts
from mueang.web.cache import Remembering
from mueang.web.session import admit, current_person, requires

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en",
}
ELSEWHERE = [
    "https://example.org/",
    "//example.org/",
    "///example.org/",
    "/\\example.org",
    "\\\\example.org",
    "javascript:alert(1)",
    "example.org",
    "/a\r\nSet-Cookie: a=b",
    "/\t/example.org",
    "//[",
    "http:/submissions",
]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A home for the journal alone; what is asked is answered from the one all tests share."""
    return tmp_path / "home"


@pytest.fixture
def app(engine: WorkersEngine, desk: Checker, own: Path) -> Flask:
    return _app(engine, desk, Settings(home=own))


def _app(engine: WorkersEngine, desk: Checker, settings: Settings) -> Flask:
    """The whole site with more routes: for reviewers, for all who are known, and a page and data that tell who asks."""
    app = application(engine, desk, settings)
    app.add_url_rule("/guarded", view_func=requires("reviewer")(lambda: "done"), methods=["GET", "POST"])
    app.add_url_rule("/admitted", "admitted", lambda: admit("submitter").name, methods=["GET", "PUT"])
    app.add_url_rule("/page", "page", lambda: render_template_string("[{{ current_person().name }}]"))
    app.add_url_rule("/who", "who", lambda: {"name": getattr(current_person(), "name", None)})
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def token(own: Path) -> str:
    """The token of a reviewer."""
    return people.add(own, "niran", "reviewer")


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _form_token(client: FlaskClient) -> str:
    """The token that a form of ours carries for this reader."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login", headers=BROWSER).text)
    assert found
    return found[1]


def _sign_in(client: FlaskClient, token: str, **fields: str) -> Any:
    data = {"token": token, "csrf_token": _form_token(client)} | fields
    return client.post("/login", data=data, headers=BROWSER)


def _name(client: FlaskClient, **headers: str) -> str | None:
    return client.get("/who", headers=headers).json["name"]


def test_a_reader_signs_in_and_out_by_forms(client: FlaskClient, token: str) -> None:
    answer = _sign_in(client, token, next="/questions?lang=en")
    assert (answer.status_code, answer.location) == (303, "/questions?lang=en")
    assert _name(client) == "niran"
    assert client.get("/page").text == "[niran]"
    page = client.get("/login", headers=BROWSER)
    assert "<h1>niran</h1>" in page.text
    assert "You are signed in as a reviewer" in page.text
    left = client.post("/logout", data={"csrf_token": _form_token(client)}, headers=BROWSER)
    assert (left.status_code, left.location) == (303, "/")
    assert _name(client) is None


def test_a_session_that_was_signed_out_of_is_over_for_whoever_kept_the_cookie(
    app: Flask, client: FlaskClient, token: str
) -> None:
    _sign_in(client, token)
    kept, thief = client.get_cookie("mueang"), app.test_client()
    assert kept
    thief.set_cookie("mueang", kept.value)
    assert _name(thief) == "niran"
    client.post("/logout", data={"csrf_token": _form_token(client)})
    assert _name(thief) is None


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(client: FlaskClient, token: str) -> None:
    cookie = _sign_in(client, token).headers["Set-Cookie"]
    assert cookie.startswith("mueang=")
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} == set(cookie.split("; ")[1:])


def test_where_readers_come_by_https_the_cookie_never_goes_another_way(
    engine: WorkersEngine, desk: Checker, own: Path, token: str
) -> None:
    client = _app(engine, desk, Settings(home=own, public_url="https://mueang.example")).test_client()
    page = client.get("/login", base_url="https://mueang.example")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    data = {"token": token, "csrf_token": found[1]}
    cookie = client.post("/login", data=data, base_url="https://mueang.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-mueang=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} == set(cookie.split("; ")[1:])


def test_the_cookie_does_not_hold_the_token(client: FlaskClient, token: str) -> None:
    from itsdangerous import base64_decode

    cookie = _sign_in(client, token).headers["Set-Cookie"].partition("=")[2]
    assert token.encode() not in base64_decode(cookie.split(".")[0])


def test_a_form_that_is_not_ours_changes_nothing(app: Flask, client: FlaskClient, token: str) -> None:
    others = _form_token(app.test_client())
    for form in ({}, {"csrf_token": ""}, {"csrf_token": "made-up"}, {"csrf_token": others}):
        answer = client.post("/login", data={"token": token} | form)
        assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
        assert "not from a page of ours" in client.post("/login?lang=en", data=form).json["detail"]
    assert _name(client) is None
    _sign_in(client, token)
    for form in ({}, {"csrf_token": others}):
        assert client.post("/guarded", data=form).status_code == 403
        assert client.post("/logout", data=form).status_code == 403
        assert client.put("/admitted", data=b"a body").status_code == 403
    assert _name(client) == "niran"


def test_a_form_of_ours_and_a_script_of_ours_do(client: FlaskClient, token: str) -> None:
    _sign_in(client, token)
    form = _form_token(client)
    assert client.post("/guarded", data={"csrf_token": form}).text == "done"
    assert client.put("/admitted", data=b"a body", headers={"X-CSRFToken": form}).text == "niran"


def test_a_form_from_before_signing_in_is_no_good_after_it(client: FlaskClient, token: str) -> None:
    before = _form_token(client)
    _sign_in(client, token)
    assert client.post("/guarded", data={"csrf_token": before}).status_code == 403


def test_a_program_with_a_token_needs_no_form(client: FlaskClient, token: str) -> None:
    assert client.post("/guarded", headers=_bearer(token)).text == "done"
    assert client.put("/admitted", data=b"a body", headers=_bearer(token)).text == "niran"


def test_a_token_counts_before_a_session(client: FlaskClient, own: Path, token: str) -> None:
    _sign_in(client, token)
    other = people.add(own, "somchai", "submitter")
    assert _name(client, **_bearer(other)) == "somchai"
    assert client.get("/guarded", headers=_bearer(other)).status_code == 403
    assert client.get("/guarded", headers=_bearer("mu_9_" + "0" * 40)).status_code == 401


def test_without_a_name_the_answer_says_how_to_give_one(client: FlaskClient) -> None:
    answer = client.get("/guarded?lang=en")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="mueang"'
    assert "Authorization: Bearer" in answer.json["detail"]
    wrong = client.get("/guarded", headers=_bearer("mu_1_" + "0" * 40))
    assert wrong.status_code == 401
    assert wrong.headers["WWW-Authenticate"] == 'Bearer realm="mueang", error="invalid_token"'
    page = client.get("/guarded?a=b&lang=en", headers=BROWSER)
    assert page.status_code == 401
    assert 'href="/login?lang=en&amp;next=%2Fguarded%3Fa%3Db%26lang%3Den"' in page.text


@pytest.mark.parametrize(
    "header", ["Basic bXU6eA==", "Bearer", "Bearer ", "mu_1_x", "Bearer a b", "Bearer \xe9"]
)
def test_other_ways_to_say_who_one_is_are_not_taken(client: FlaskClient, header: str) -> None:
    assert client.get("/guarded", headers={"Authorization": header}).status_code == 401


def test_too_little_is_said_with_what_is_needed(client: FlaskClient, own: Path) -> None:
    answer = client.post("/guarded?lang=en", headers=_bearer(people.add(own, "somchai", "submitter")))
    assert answer.status_code == 403
    assert answer.json["detail"] == "this needs a reviewer, and somchai is a submitter"


def test_a_wrong_token_leaves_the_form_and_says_so(client: FlaskClient, token: str) -> None:
    answer = _sign_in(client, token[:-1] + ("0" if token[-1] != "0" else "1"), next="/questions")
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "this token is not known here" in answer.text
    assert 'name="next" value="/questions"' in answer.text
    assert token[:-1] not in answer.text
    assert _name(client) is None


@pytest.mark.parametrize("goal", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client: FlaskClient, token: str, goal: str) -> None:
    assert _sign_in(client, token, next=goal).location == "/"
    assert client.get("/login", query_string={"next": goal}).status_code == 200


def test_one_who_is_signed_in_already_goes_on(client: FlaskClient, token: str) -> None:
    _sign_in(client, token)
    answer = client.get("/login?next=/questions")
    assert (answer.status_code, answer.location) == (303, "/questions")


def test_a_session_ends_with_its_token(client: FlaskClient, own: Path, token: str) -> None:
    _sign_in(client, token)
    assert client.get("/guarded").status_code == 200
    people.revoke(own, "niran")
    assert client.get("/guarded").status_code == 401
    assert client.get("/", headers=BROWSER).status_code == 200


@pytest.mark.parametrize("way", ["bearer", "form"])
def test_guessing_is_stopped_where_it_comes_from_and_nobody_else(
    app: Flask, own: Path, token: str, way: str
) -> None:
    client, moment = app.test_client(), [0.0]
    app.extensions["mueang-attempts"] = Attempts(lambda: moment[0])

    def guess(guessed: str, place: str = "198.51.100.7") -> int:
        here = {"REMOTE_ADDR": place}
        if way == "bearer":
            return client.get("/guarded", headers=_bearer(guessed), environ_base=here).status_code
        data = {"token": guessed, "csrf_token": _form_token(client)}
        return client.post("/login", data=data, environ_base=here).status_code

    fresh = people.further_token(own, "niran")
    assert guess(token, "192.0.2.1") < 400
    assert [guess(f"mu_1_{number:040x}") for number in range(MOST + 1)] == [401] * MOST + [429]
    assert guess(fresh) == 429
    assert guess(token) < 400
    assert guess(fresh, "192.0.2.1") < 400
    moment[0] += PAUSE
    assert guess("mu_1_" + "f" * 40) == 401
    assert people.person_of(own, fresh).name == "niran"


def test_a_guesser_is_told_when_to_come_back(client: FlaskClient) -> None:
    wrong = _bearer("mu_1_" + "0" * 40)
    answers = [client.get("/guarded", headers=wrong) for _ in range(MOST + 1)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == str(PAUSE)


@pytest.mark.parametrize(
    ("peer", "forwarded", "others"),
    [
        ("2001:db8:1:2::1", None, [("2001:db8:1:2:ffff::9", None, 429), ("2001:db8:1:3::1", None, 401)]),
        (
            "127.0.0.1",
            "192.0.2.1",
            [("127.0.0.1", "9.9.9.9, 192.0.2.1", 429), ("127.0.0.1", "192.0.2.2", 401)],
        ),
        ("192.0.2.1", "9.9.9.9", [("192.0.2.1", "8.8.8.8", 429), ("9.9.9.9", None, 401)]),
        ("127.0.0.1", "a\nline", [("127.0.0.1", "another", 429), ("127.0.0.1", None, 401)]),
    ],
)
def test_guesses_are_counted_by_whom_the_proxy_on_this_machine_names(
    client: FlaskClient, peer: str, forwarded: str | None, others: list[tuple[str, str | None, int]]
) -> None:
    def guess(peer: str, forwarded: str | None) -> int:
        environ = {"REMOTE_ADDR": peer} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
        return client.get("/guarded", headers=_bearer("mu_1_0"), environ_overrides=environ).status_code

    assert [guess(peer, forwarded) for _ in range(MOST)] == [401] * MOST
    for place, said, status in others:
        assert guess(place, said) == status


def test_what_the_log_says_of_a_guess_holds_no_secret(
    client: FlaskClient, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for wrong in (token[:-1] + "x", token.replace("mu_1", "mu_7")):
            environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1\nforged line"}
            client.get("/guarded", headers=_bearer(wrong), environ_overrides=environ)
            _sign_in(client, wrong)
        _sign_in(client, token)
        client.get("/guarded")
    said = [record.getMessage() for record in caplog.records if record.name.startswith("mueang")]
    assert said == [
        f"a token from {place} was refused: this token is not known here"
        for place in ("an unknown address", "127.0.0.1") * 2
    ]
    assert token.rpartition("_")[2][:-1] not in caplog.text


def test_readers_without_a_name_get_no_cookie_and_answers_that_are_remembered(
    engine: WorkersEngine, app: Flask, own: Path
) -> None:
    site = Remembering(app, engine, 1_000_000)
    app.wsgi_app, inner = site, app.wsgi_app
    site._app = inner
    client = app.test_client()
    for path in ("/", "/def", "/page", "/sparql?query=ASK{}", "/login-is-not-here"):
        answer = client.get(path, headers=BROWSER)
        assert "Set-Cookie" not in answer.headers
        assert "cookie" not in answer.headers.get("Vary", "").lower()
    assert client.get("/def", headers=BROWSER).headers["ETag"]
    assert client.get("/page", headers={"Authorization": "Bearer of something"}).text == "[]"
    assert not (own / NAME).exists()


def test_what_one_reader_is_shown_is_kept_for_nobody(client: FlaskClient, token: str) -> None:
    assert client.get("/login").headers["Cache-Control"] == "no-store"
    for answer in (client.get("/who", headers=_bearer(token)), _sign_in(client, token), client.get("/who")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert {"authorization", "cookie"} <= {
            name.strip().lower() for name in answer.headers["Vary"].split(",")
        }


def _hostile_cookies(app: Flask) -> list[str]:
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer
    signed = [{"key": ["a"]}, {"key": None}, {"key": "x" * 3000}, {}]
    return ["", "a", ".", "x" * 3500, "e30.e30.e30", *map(serializer.dumps, signed)]


def test_a_cookie_made_up_is_nobody_and_breaks_no_page(app: Flask, client: FlaskClient) -> None:
    _form_token(client)
    for cookie in _hostile_cookies(app):
        client.set_cookie("mueang", cookie)
        assert _name(client) is None
        assert client.get("/guarded").status_code == 401
        assert client.get("/", headers=BROWSER).status_code == 200
        assert client.post("/logout", data={"csrf_token": "a"}).status_code == 403
        assert client.get("/login", headers=BROWSER).status_code == 200


@pytest.mark.parametrize("started", ["before", "after"])
def test_pages_are_shown_where_the_journal_cannot_be_read(
    engine: WorkersEngine, desk: Checker, client: FlaskClient, own: Path, token: str, started: str
) -> None:
    _sign_in(client, token)
    cookie = client.get_cookie("mueang")
    assert cookie
    (own / NAME).write_bytes(b"damaged " * 2000)
    if started == "after":
        client = _app(engine, desk, Settings(home=own)).test_client()
        client.set_cookie("mueang", cookie.value)
    assert client.get("/", headers=BROWSER).status_code == 200
    assert client.get("/guarded").status_code == 503
    assert client.get("/guarded", headers=_bearer(token)).status_code == 503
    assert client.post("/login", data={}).status_code == (403 if started == "before" else 503)


def test_a_reader_stays_signed_in_when_the_server_starts_again(
    engine: WorkersEngine, desk: Checker, own: Path, client: FlaskClient, token: str
) -> None:
    _sign_in(client, token)
    cookie = client.get_cookie("mueang")
    assert cookie
    again = _app(engine, desk, Settings(home=own)).test_client()
    again.set_cookie("mueang", cookie.value)
    assert _name(again) == "niran"
    with opened(own) as connection:
        connection.execute("UPDATE secret SET value = 'another'")
    other = _app(engine, desk, Settings(home=own)).test_client()
    other.set_cookie("mueang", cookie.value)
    assert _name(other) is None
