"""The description for programs: valid, of every route and no other, and true of what is answered."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from conftest import NOBODY_CHECKS
from mueang.check.client import Checker
from mueang.engine.client import WorkersEngine
from mueang.settings import Settings
from mueang.submissions import intake, people
from mueang.web.app import application
from mueang.web.openapi import description
from submitting import an_area
from test_roles import LINES, Line

METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture
def app(engine: WorkersEngine, home: Path) -> Flask:
    return application(engine, NOBODY_CHECKS, Settings(home=home, public_url="https://mueang.example"))


def _operations() -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation by method and path."""
    return {
        (method.upper(), path): operation
        for path, item in description()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def _path(rule: str) -> str:
    """A route as OpenAPI writes it."""
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule)


def test_it_is_valid_and_names_the_server_by_its_public_address(app: Flask) -> None:
    answer = app.test_client().get("/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    validate(answer.get_json())
    assert answer.get_json()["servers"] == [{"url": "https://mueang.example"}]


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    routes = {
        (method, _path(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert sorted(_operations()) == sorted(routes)


def _without_value(found: Any, path: str = "") -> list[str]:
    """Where a key has no value, as after a comma in a text without quotes."""
    if found is None:
        return [path]
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [place for key, value in items for place in _without_value(value, f"{path}/{key}")]


def test_every_key_has_a_value() -> None:
    assert _without_value(description()) == []


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    operations = _operations().values()
    assert len({one["operationId"] for one in operations}) == len(operations)
    tags = {tag["name"] for tag in description()["tags"]}
    for one in operations:
        assert one["summary"]
        assert set(one["tags"]) <= tags


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.rule}")
def test_roles_and_statuses_are_those_of_the_role_matrix(line: Line) -> None:
    operation = _operations()[line.method, _path(line.rule)]
    assert operation.get("x-role") == line.role
    assert ("security" in operation) == bool(line.role)
    assert str(line.status) in operation["responses"]
    if line.role:
        assert {"401", "403", "429"} <= operation["responses"].keys()


def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}"} | {"components": description()["components"]}
    )


def test_submissions_are_as_described(engine: WorkersEngine, desk: Checker, home: Path) -> None:
    token = people.add(home, "the described", "submitter")
    asked = {"headers": {"Authorization": f"Bearer {token}"}}
    client = application(engine, desk, Settings(home=home)).test_client()
    made = client.post(
        "/submissions?name=a.ttl", data=an_area("described"), content_type="text/turtle", **asked
    )
    unread = intake.Offer("b.ttl", an_area("described-later"))
    later = intake.submit(home, NOBODY_CHECKS, unread, people.known(home, "the described", "submitter"))
    assert later.state == "received"
    _validator("Submission").validate(made.get_json())
    _validator("Submission").validate(client.get(f"/submissions/{later.number}", **asked).get_json())
    _validator("Difference").validate(client.get(made.get_json()["difference"], **asked).get_json())
    _validator("Report").validate(client.get(made.get_json()["report"], **asked).get_json())
    _validator("Problem").validate(client.get("/submissions/999999", **asked).get_json())
    assert client.get(f"/submissions/{later.number}/report", **asked).status_code == 404
    assert (
        client.get(
            f"/submissions/{later.number}", headers=asked["headers"] | {"Accept": "text/html"}
        ).status_code
        == 200
    )
