"""Saved questions: their headers, and values entering as terms, never as text."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from mueang.engine.question import Parameter, Question, question_named, questions, read_question, with_values
from mueang.errors import NotFound, WrongParameter

FILE = """\
#+ summary: A test.
#+ title: {th: ทดสอบ, en: Test}
#+ description: {th: ทดสอบ, en: A test.}
#+ parameters:
#+   - {name: city, type: iri, kind: city, title: {th: เมือง, en: City}}
#+   - {name: date, type: date, default: today, title: {th: วันที่, en: Date}}
#+   - {name: n, type: integer, title: {th: จำนวน, en: Number}}
#+   - {name: word, type: string, title: {th: คำ, en: Word}}
#+   - {name: tongue, type: language, title: {th: ภาษา, en: Language}}
SELECT * WHERE {
  VALUES ?city { <https://w3id.org/mueang/id/city/rayong> }
  VALUES ?date { "2022-11-09"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?n { 7 }
  VALUES ?word { "x" }
  VALUES ?tongue { "th" }
}
"""


@pytest.fixture
def question(tmp_path: Path) -> Question:
    (tmp_path / "test.rq").write_text(FILE, encoding="utf-8")
    return read_question(tmp_path / "test.rq")


def test_a_header_gives_titles_parameters_and_defaults(question: Question) -> None:
    assert question.title == {"th": "ทดสอบ", "en": "Test"}
    assert question.parameters[0] == Parameter("city", "iri", "city", {"th": "เมือง", "en": "City"}, "rayong")
    assert [one.default for one in question.parameters] == ["rayong", "today", "7", "x", "th"]


def test_a_value_replaces_the_default_as_a_term(question: Question) -> None:
    text = question.asked_with(
        {"city": "phuket", "date": "2023-08-01", "n": "-5", "word": "ก", "tongue": "en"}
    )
    assert "VALUES ?city { <https://w3id.org/mueang/id/city/phuket> }" in text
    assert 'VALUES ?date { "2023-08-01"^^<http://www.w3.org/2001/XMLSchema#date> }' in text
    assert 'VALUES ?n { "-5"^^<http://www.w3.org/2001/XMLSchema#integer> }' in text
    assert 'VALUES ?word { "ก" }' in text
    assert 'VALUES ?tongue { "en" }' in text


def test_a_hostile_text_stays_a_text(question: Question) -> None:
    text = question.asked_with({"word": '" } . ?s ?p ?o } #\n\\1 \\g<0>'})
    assert 'VALUES ?word { "\\" } . ?s ?p ?o } #\\n\\\\1 \\\\g<0>" }' in text


@pytest.mark.parametrize(
    "values",
    [
        {"colour": "red"},
        {"date": "2565-11"},
        {"date": "2022-11-31"},
        {"date": "๒๕๖๕-๑๑-๐๙"},
        {"date": ""},
        {"n": "1e3"},
        {"n": "๕"},
        {"n": "1" * 30},
        {"tongue": "fr"},
        {"city": "a b"},
        {"city": "https://example.org/<x>"},
    ],
)
def test_a_wrong_parameter_is_named_in_both_languages(question: Question, values: dict[str, str]) -> None:
    with pytest.raises(WrongParameter) as raised:
        question.asked_with(values)
    name = next(iter(values))
    assert name in raised.value.en
    assert name in raised.value.th


@pytest.mark.parametrize("name", ["no-such-question", "", "../pages/thing", "a/b", "ก", "x" * 5000])
def test_an_unknown_question_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        question_named(name)


def test_a_query_without_the_block_cannot_take_the_value() -> None:
    with pytest.raises(LookupError, match="no VALUES"):
        with_values("SELECT * {}", {"x": Literal("1")})


def test_every_question_of_the_repository_takes_its_own_defaults() -> None:
    found = questions()
    assert len(found) >= 30
    for question in found:
        assert question.asked_with(
            {one.name: one.default for one in question.parameters if one.default != "today"}
        )


def test_a_whole_iri_is_taken_as_it_is(question: Question) -> None:
    assert str(NamedNode("https://example.org/x")) in question.asked_with({"city": "https://example.org/x"})
