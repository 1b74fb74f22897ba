"""The saved questions answer as expected on two engines, and each check finds nothing but the fault planted for it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, Store
from rdflib.plugins.sparql import prepareQuery

from mueang.engine.question import columns, question_named, read_question
from mueang.graph.names import BASE, GRAPH
from mueang.graph.store import asked_store, quads_of

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = sorted((ROOT / "queries" / "questions").glob("*.rq"))
CHECKS = sorted((ROOT / "queries" / "checks").glob("*.rq"))
ANSWERS = ROOT / "tests" / "answers"
FAULTS = ROOT / "tests" / "cases" / "checks"
THIRTY = set(range(1, 31))
TYPES = {"date", "string", "integer", "language", "iri"}
OF_THE_ARTICLE = ("ontology", "vocab/", "reference/", "register/", "source/article-2022-11-09")
# The outlines of the provinces are most of the data, and no question asks for them; rdflib reads slowly.
NOT_FOR_RDFLIB = GRAPH + "reference/boundaries"
NUMBERS = {f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal")}
Value = str | Decimal | None


@dataclass(frozen=True)
class Expected:
    """One expected answer: to which question, asked with what, over which graphs."""

    question: str
    number: int
    entry: dict[str, Any]

    @property
    def graphs(self) -> str:
        return str(self.entry["graphs"])

    @property
    def text(self) -> str:
        return question_named(self.question).asked_with(self.entry.get("set", {}))

    @property
    def variables(self) -> list[str]:
        return list(self.entry["rows"][0]) if self.entry.get("rows") else []

    def __str__(self) -> str:
        settings = "-".join(value.removeprefix(BASE) for value in self.entry.get("set", {}).values())
        return f"{self.question}-{self.graphs}{settings and '-' + settings}"


def expected_answers() -> list[Expected]:
    """Every expected answer of every question found."""
    return [
        Expected(path.stem, number, entry)
        for path in sorted(ANSWERS.glob("*.json"))
        for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8")))
    ]


def header_of(path: Path) -> dict[str, Any]:
    """What the `#+` lines of a query file say."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("#+"))))


def said_in_both_languages(words: dict[str, str]) -> bool:
    return bool(re.search("[ก-๙]", words["th"])) and bool(re.search("[A-Za-z]", words["en"]))


def contents_of(contents: dict[str, bytes], graphs: str) -> dict[str, bytes]:
    if graphs == "all":
        return contents
    wanted = tuple(GRAPH + name for name in OF_THE_ARTICLE)
    return {graph: content for graph, content in contents.items() if graph.startswith(wanted)}


@pytest.fixture(scope="session")
def stores(contents: dict[str, bytes]) -> dict[str, Store]:
    """The article's graphs alone, and all graphs, as Oxigraph is asked them."""
    return {graphs: asked_store(contents_of(contents, graphs).items()) for graphs in ("article", "all")}


@pytest.fixture(scope="session")
def rdflib_datasets(contents: dict[str, bytes]) -> Any:
    """The same two sets of graphs in rdflib, each read when first asked for."""

    @cache
    def dataset(graphs: str) -> rdflib.Dataset:
        union = rdflib.Dataset(default_union=True)
        for graph, content in contents_of(contents, graphs).items():
            if graph != NOT_FOR_RDFLIB:
                union.graph(rdflib.URIRef(graph)).parse(data=content, format="turtle")
        return union

    return dataset


def as_value(text: str, datatype: str) -> Value:
    return Decimal(text) if datatype in NUMBERS else text.removeprefix(BASE)


def asked_of_oxigraph(store: Store, text: str) -> bool | list[dict[str, Value]]:
    found = store.query(text)
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return [
        {
            name: None
            if (term := row[name]) is None
            else as_value(term.value, "" if isinstance(term, NamedNode) else term.datatype.value)
            for name in names
        }
        for row in found
    ]


def asked_of_rdflib(dataset: rdflib.Dataset, text: str) -> bool | list[dict[str, Value]]:
    found = dataset.query(text)
    if found.type == "ASK":
        return bool(found.askAnswer)
    names = [str(variable) for variable in found.vars]
    return [
        {
            name: None if term is None else as_value(str(term), str(getattr(term, "datatype", "")))
            for name, term in zip(names, row, strict=True)
        }
        for row in found
    ]


def assert_answers(found: bool | list[dict[str, Value]], expected: Expected) -> None:
    """The variables the expected answer names, by value and in its order."""
    if isinstance(found, bool):
        assert found is expected.entry["ask"]
        return
    rows = [{name: row[name] for name in expected.variables} for row in found]
    wanted = [
        {
            name: Decimal(value) if value is not None and isinstance(row[name], Decimal) else value
            for name, value in want.items()
        }
        for want, row in zip(expected.entry["rows"], rows, strict=False)
    ]
    assert rows == wanted + expected.entry["rows"][len(rows) :]


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_says_in_both_languages_what_it_asks(path: Path) -> None:
    header = header_of(path)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem)
    assert header["summary"].endswith(".")
    assert "\n" not in header["summary"].strip()
    assert said_in_both_languages(header["title"])
    assert said_in_both_languages(header["description"])
    assert header["tags"]


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_parameter_has_a_type_a_title_and_a_value_in_the_query(path: Path) -> None:
    for parameter in header_of(path).get("parameters", []):
        assert parameter["type"] in TYPES
        assert said_in_both_languages(parameter["title"])
        blocks = re.findall(
            rf"^ *VALUES \?{parameter['name']} \{{ (.*) \}}$", path.read_text(encoding="utf-8"), re.M
        )
        assert len(set(blocks)) == 1, (
            f"{parameter['name']} must have one default, each time on a line of its own"
        )
        if parameter.get("kind"):
            assert blocks[0].startswith(f"<{BASE}id/{parameter['kind']}/")
    assert len(read_question(path).parameters) == len(header_of(path).get("parameters", []))


def test_each_of_the_thirty_questions_is_asked_once() -> None:
    asked = [header_of(path)["cq"] for path in QUESTIONS if "cq" in header_of(path)]
    assert len(asked) == len(set(asked))
    assert set(asked) == THIRTY


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_answers_from_the_article_and_from_everything(path: Path) -> None:
    assert {one.graphs for one in expected_answers() if one.question == path.stem} == {"article", "all"}


def test_no_answer_is_left_without_its_question() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == {path.stem for path in QUESTIONS}


def test_every_column_has_its_words_and_no_words_are_left_over(stores: dict[str, Store]) -> None:
    """A name in two languages has one, by its stem."""
    shown = set()
    for path in QUESTIONS:
        found = stores["article"].query(path.read_text(encoding="utf-8"))
        if not isinstance(found, QueryBoolean):
            names = {variable.value for variable in found.variables}
            pairs = {name[:-2] for name in names if name.endswith("Th")}
            shown |= pairs | {
                name for name in names if name.removesuffix("Th").removesuffix("En") not in pairs
            }
    assert set(columns()) == shown
    assert all(said_in_both_languages(words) for words in columns().values())


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_names_are_shown_in_both_languages(path: Path, stores: dict[str, Store]) -> None:
    found = stores["article"].query(path.read_text(encoding="utf-8"))
    names = set() if isinstance(found, QueryBoolean) else {variable.value for variable in found.variables}
    thai = {name.removesuffix("Th") for name in names if name.endswith("Th")}
    assert thai == {name.removesuffix("En") for name in names if name.endswith("En")}


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_several_rows_come_in_an_order_that_the_query_gives(path: Path) -> None:
    entries = [one.entry for one in expected_answers() if one.question == path.stem]
    if any("ask" not in entry and len(entry["rows"]) != 1 for entry in entries):
        assert "ORDER BY" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("expected", expected_answers(), ids=str)
def test_a_question_is_answered_as_expected(expected: Expected, stores: dict[str, Store]) -> None:
    assert_answers(asked_of_oxigraph(stores[expected.graphs], expected.text), expected)


# rdflib calls what it deprecates itself.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("expected", expected_answers(), ids=str)
def test_a_second_engine_gives_the_same_answer(expected: Expected, rdflib_datasets: Any) -> None:
    if "rdflib" in expected.entry:
        pytest.skip(expected.entry["rdflib"])
    assert_answers(asked_of_rdflib(rdflib_datasets(expected.graphs), expected.text), expected)


@pytest.fixture
def planted(stores: dict[str, Store], request: pytest.FixtureRequest) -> Iterator[Store]:
    """All graphs, and the fault planted for the check at hand, which is taken out again."""
    store, path = stores["all"], request.param
    quads = quads_of(f"{GRAPH}source/planted", path.read_bytes(), path.name)
    quads += [Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads]
    new = [quad for quad in quads if quad not in store]
    store.extend(new)
    yield store
    for quad in new:
        store.remove(quad)


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_finds_nothing_in_the_repository(path: Path, stores: dict[str, Store]) -> None:
    assert asked_of_oxigraph(stores["all"], path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "planted"),
    [(path, FAULTS / f"{path.stem}.ttl") for path in CHECKS],
    ids=[path.stem for path in CHECKS],
    indirect=["planted"],
)
def test_a_check_finds_the_fault_planted_for_it(path: Path, planted: Store) -> None:
    assert asked_of_oxigraph(planted, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_says_in_both_languages_what_it_finds(path: Path) -> None:
    header = header_of(path)
    assert header["summary"].endswith(".")
    assert said_in_both_languages(header["title"])


@pytest.mark.parametrize("path", QUESTIONS + CHECKS, ids=lambda path: path.stem)
def test_a_query_is_sparql_1_1_and_spells_out_its_prefixes(path: Path) -> None:
    prepareQuery(path.read_text(encoding="utf-8"))


def test_no_fault_is_left_without_its_check() -> None:
    assert {path.stem for path in FAULTS.iterdir()} == {path.stem for path in CHECKS}
