"""Every route with every kind of token: just the status that is documented, for nobody, the wrong, the late and each role.

A line per route and method; one without a line fails, and a line without its route. What is sent is wrong in some
other way (an empty form, a number that nothing has), so that whoever is let in changes nothing and gets `status`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mueang.check.client import Checker
from mueang.engine.client import WorkersEngine
from mueang.errors import NotSignedIn
from mueang.settings import Settings
from mueang.submissions import people, sessions
from mueang.submissions.people import ROLES, Person, Role
from mueang.submissions.schema import opened
from mueang.web.app import application

FORM = "application/x-www-form-urlencoded"
PAST = "2020-01-01T00:00:00+00:00"
UNSAFE = ("PUT", "POST", "DELETE", "PATCH")


@dataclass(frozen=True)
class Line:
    """A route and method, who it is for (None: all, and no token is looked at), what to send, what then comes."""

    method: str
    rule: str
    role: Role | None = None
    status: int = 200
    path: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str]:
        return self.method, self.rule


EMPTY_FORM = {"data": "", "content_type": FORM}
NOT_THERE = "/submissions/999999"
LINES = [
    Line("GET", "/"),
    Line("GET", "/.well-known/void", status=302),
    Line("GET", "/ask/<name>", status=404, path="/ask/aaaaaaaaaa"),
    Line("POST", "/ask", status=400, sent=EMPTY_FORM),
    Line("GET", "/sparql/names", path="/sparql/names?q=a"),
    Line("GET", "/catalog"),
    Line("GET", "/catalog.<suffix>", path="/catalog.ttl"),
    Line("GET", "/questions/<name>.csv-metadata.json", path="/questions/stated-totals.csv-metadata.json"),
    Line("GET", "/robots.txt"),
    Line("GET", "/sitemap.xml"),
    Line("GET", "/void"),
    Line("GET", "/void.<suffix>", path="/void.ttl"),
    Line("GET", "/def"),
    Line("GET", "/changes"),
    Line("GET", "/coverage"),
    Line("GET", "/search", path="/search?q=TH-83"),
    Line("GET", "/alignment/<name>", path="/alignment/org"),
    Line("GET", "/def/<name>", path="/def/places"),
    Line("GET", "/def/<version>/<path:name>", path="/def/0.1.0/places", status=303),
    Line("GET", "/shapes.<suffix>", path="/shapes.ttl"),
    Line("GET", "/shapes/<name>", status=303, path="/shapes/C01"),
    Line("GET", "/submit"),
    Line("GET", "/submit/<kind>", path="/submit/area"),
    Line("POST", "/submit/<kind>", status=400, path="/submit/area", sent=EMPTY_FORM),
    Line("GET", "/vocab"),
    Line("GET", "/vocab.<suffix>", path="/vocab.ttl"),
    Line("GET", "/def.<suffix>", path="/def.ttl"),
    Line("GET", "/feed.atom"),
    Line("GET", "/generations"),
    Line("GET", "/generations.<any(json,html):suffix>", path="/generations.json"),
    Line("GET", "/generations/<name>", path="/generations/1"),
    Line("GET", "/generations/<number>/dump.<key>.gz", path="/generations/1/dump.nq.gz"),
    Line("GET", "/graph/<path:path>", path="/graph/meta"),
    Line("PUT", "/graph/<path:path>", "steward", 415, "/graph/steward/a"),
    Line("POST", "/graph/<path:path>", "steward", 415, "/graph/steward/a"),
    Line("DELETE", "/graph/<path:path>", "steward", 404, "/graph/steward/a"),
    Line("GET", "/graphs"),
    Line("PUT", "/graphs", "steward", 400),
    Line("POST", "/graphs", "steward", 415),
    Line("DELETE", "/graphs", "steward", 400),
    Line("GET", "/health/live"),
    Line("GET", "/health/ready"),
    Line("GET", "/id", status=303),
    Line("GET", "/id/<name>", path="/id/area"),
    Line("GET", "/id/<kind>/<key>", path="/id/area/hat-yai"),
    Line("GET", "/link"),
    Line("POST", "/link", status=400, sent=EMPTY_FORM),
    Line("GET", "/login"),
    Line("POST", "/login", status=403, sent=EMPTY_FORM),
    Line("POST", "/logout", status=403, sent=EMPTY_FORM),
    Line("GET", "/openapi.json"),
    Line("GET", "/questions"),
    Line("GET", "/questions/<name>", path="/questions/stated-totals"),
    Line("GET", "/reconcile"),
    Line("POST", "/reconcile", status=400, sent=EMPTY_FORM),
    Line("GET", "/reconcile/extend/propose"),
    Line(
        "GET",
        "/reconcile/flyout/<any(entity, property, type):sort>",
        path="/reconcile/flyout/type?id=province",
    ),
    Line("GET", "/reconcile/preview", path="/reconcile/preview?id=province/TH-40"),
    Line("GET", "/reconcile/suggest/entity"),
    Line("GET", "/reconcile/suggest/property"),
    Line("GET", "/reconcile/suggest/type"),
    Line("GET", "/reconcile/v1"),
    Line("POST", "/reconcile/v1/extend", status=400),
    Line("GET", "/reconcile/v1/extend/propose"),
    Line("POST", "/reconcile/v1/match", status=400),
    Line("GET", "/reconcile/v1/preview", path="/reconcile/v1/preview?id=province/TH-40"),
    Line("GET", "/reconcile/v1/suggest/entity"),
    Line("GET", "/reconcile/v1/suggest/property"),
    Line("GET", "/reconcile/v1/suggest/type"),
    Line("GET", "/reconcile/view", status=303, path="/reconcile/view?id=province/TH-40"),
    Line("GET", "/shapes"),
    Line("GET", "/sparql", path="/sparql?query=ASK{}"),
    Line("POST", "/sparql", sent={"data": "query=ASK{}", "content_type": FORM}),
    Line("GET", "/static/<path:filename>", path="/static/site.css"),
    Line("GET", "/submissions", "submitter"),
    Line("GET", "/submissions.atom", "submitter"),
    Line("POST", "/submissions", "submitter", 400, sent=EMPTY_FORM),
    Line("GET", "/submissions/<number>", "submitter", 404, NOT_THERE),
    Line("GET", "/submissions/<number>/report", "submitter", 404, f"{NOT_THERE}/report"),
    Line("GET", "/submissions/<number>/diff", "submitter", 404, f"{NOT_THERE}/diff"),
    Line("GET", "/submissions/<number>/file", "submitter", 404, f"{NOT_THERE}/file"),
    Line("POST", "/submissions/<number>/review", "reviewer", 404, f"{NOT_THERE}/review", EMPTY_FORM),
    Line("POST", "/submissions/<number>/withdraw", "submitter", 404, f"{NOT_THERE}/withdraw", EMPTY_FORM),
    Line("POST", "/submissions/<number>/check", "submitter", 404, f"{NOT_THERE}/check", EMPTY_FORM),
    Line("GET", "/template.xlsx"),
    Line("POST", "/update", "steward", 400, sent=EMPTY_FORM),
    Line("GET", "/validate"),
    Line("POST", "/validate", status=400, sent=EMPTY_FORM),
    Line("GET", "/validate/findings.css"),
    Line("GET", "/validate/report.schema.json"),
    Line("GET", "/vocab/<name>", path="/vocab/outcome"),
    Line("GET", "/vocab/<name>/<key>", path="/vocab/outcome/approved"),
]
GUARDED = [line for line in LINES if line.role]
_by_name = pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.rule}")
_guarded_by_name = pytest.mark.parametrize("line", GUARDED, ids=lambda line: f"{line.method} {line.rule}")


@pytest.fixture(scope="module")
def app(engine: WorkersEngine, desk: Checker, home: Path) -> Flask:
    return application(engine, desk, Settings(home=home))


@pytest.fixture(scope="module")
def tokens(home: Path) -> dict[str, str]:
    """A token of each kind: of each role, and of stewards one that expired, one that was revoked, one made up."""
    made = {role: people.add(home, f"the matrix {role}", role) for role in ROLES}
    made |= {kind: people.add(home, f"the matrix {kind}", "steward") for kind in ("expired", "revoked")}
    assert people.person_of(home, made["expired"]) == Person("the matrix expired", "steward")
    with opened(home) as connection:
        connection.execute("UPDATE token SET expires_at = ? WHERE person = 'the matrix expired'", (PAST,))
    people.revoke(home, "the matrix revoked")
    steward, last = made["steward"], made["steward"][-1]
    return made | {"wrong": steward[:-1] + ("0" if last != "0" else "1")}


def _expected(line: Line, kind: str) -> int:
    if line.role is None:
        return line.status
    if kind not in ROLES:
        return 401
    return line.status if ROLES.index(kind) >= ROLES.index(line.role) else 403


def _asked(client: FlaskClient, line: Line, headers: Mapping[str, str] | None = None) -> int:
    """The status; each line comes from an address of its own, as wrong tokens are counted by address."""
    place = {"REMOTE_ADDR": f"192.0.2.{LINES.index(line)}"}
    answer = client.open(
        line.path or line.rule,
        method=line.method,
        headers={"Accept": "application/json, */*;q=0.1"} | dict(headers or {}),
        environ_overrides=place,
        **line.sent,
    )
    if answer.status_code in (401, 403) and line.role:
        kind = "not-signed-in" if answer.status_code == 401 else "not-allowed"
        assert answer.json["type"].endswith(f"/problem/{kind}")
        assert ("WWW-Authenticate" in answer.headers) == (answer.status_code == 401)
    answer.close()
    return answer.status_code


def test_every_route_has_its_line_and_every_line_its_route(app: Flask) -> None:
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    named = [line.name for line in LINES]
    assert sorted(routes) == sorted(named)


@_by_name
def test_a_route_lets_in_whom_it_is_for(app: Flask, tokens: dict[str, str], line: Line) -> None:
    found = {
        kind: _asked(app.test_client(), line, {"Authorization": f"Bearer {token}"})
        for kind, token in tokens.items()
    }
    assert found == {kind: _expected(line, kind) for kind in tokens}
    assert _asked(app.test_client(), line) == _expected(line, "none")


@_guarded_by_name
def test_a_session_is_let_in_like_its_token_and_changes_nothing_without_our_form(
    app: Flask, tokens: dict[str, str], line: Line
) -> None:
    for role in ROLES:
        client = app.test_client()
        form = _signed_in(client, tokens[role])
        assert _asked(client, line, {"X-CSRFToken": form}) == _expected(line, role)
        if line.method in UNSAFE:
            assert _asked(client, line) == 403
            assert _asked(client, line, {"X-CSRFToken": form[:-1]}) == 403
        client.post("/logout", headers={"X-CSRFToken": form})
        assert _asked(client, line, {"X-CSRFToken": form}) == 401


def _signed_in(client: FlaskClient, token: str) -> str:
    """A client with a session; the token that its forms carry."""

    def form() -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
        assert found
        return found[1]

    assert client.post("/login", data={"token": token, "csrf_token": form()}).status_code == 303
    return form()


@_by_name
def test_what_a_route_takes_is_told_to_everybody(app: Flask, line: Line) -> None:
    answer = app.test_client().options((line.path or line.rule).partition("?")[0])
    assert answer.status_code == 200
    assert line.method in answer.headers["Allow"].split(", ")


def test_a_session_cannot_be_had_for_a_token_that_is_no_longer_good(
    home: Path, tokens: dict[str, str]
) -> None:
    for kind in ("expired", "revoked", "wrong"):
        with pytest.raises(NotSignedIn):
            sessions.begin(home, tokens[kind])
