"""A question about something that nobody tells of is refused: `false` would be taken for something known."""

import pytest
from flask.testing import FlaskClient

from mueang.engine.client import WorkersEngine
from mueang.engine.existence import refuse_unknown
from mueang.engine.question import question_named, questions
from mueang.errors import WrongParameter
from mueang.graph.names import BASE

MEMBER = "is-a-city-a-member"


@pytest.mark.parametrize(
    ("city", "alike"),
    [
        ("chiangmai", "chiang-mai"),
        ("Phukett", "phuket"),
        (f"{BASE}id/city/chiangmai", "chiang-mai"),
        ("zzzzzz", ""),
        ("http://example.org/x", ""),
    ],
)
def test_a_thing_nobody_tells_of_is_refused_with_the_nearest_key(
    engine: WorkersEngine, city: str, alike: str
) -> None:
    with pytest.raises(WrongParameter) as refused:
        refuse_unknown(engine, question_named(MEMBER), {"city": city, "date": "2022-11-09"})
    assert ("did you mean" in refused.value.en) == ("หมายถึง" in refused.value.th) == bool(alike)
    assert f"did you mean {alike}?" in refused.value.en or not alike


def test_what_a_question_asks_by_default_is_there(engine: WorkersEngine) -> None:
    for question in questions():
        given = {one.name: one.default for one in question.parameters if one.type == "iri"}
        refuse_unknown(engine, question, given)


@pytest.mark.parametrize(
    ("accept", "kind"), [("text/html", "text/html"), ("*/*", "application/problem+json")]
)
def test_the_site_says_so(site: FlaskClient, accept: str, kind: str) -> None:
    asked = {"city": "chiangmai", "date": "2023-08-01", "lang": "en"}
    answer = site.get(f"/questions/{MEMBER}", query_string=asked, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (400, kind)
    assert "did you mean chiang-mai?" in answer.text
    assert site.get(f"/questions/{MEMBER}", query_string=asked | {"city": "chiang-mai"}).status_code == 200
