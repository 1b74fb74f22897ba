"""The door to the graph: answers in every format, errors in words."""

import json
import socket
from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Store

from conftest import answering
from mueang.engine.client import WorkersEngine
from mueang.engine.formats import GRAPHS, ROWS, format_named
from mueang.engine.query import Query
from mueang.errors import MalformedQuery, NotAcceptable, TooLarge, UnusableRequest

TWO_GRAPHS = {"https://e.org/1": b"<a:s> <a:p> <a:o> .", "https://e.org/2": b"<a:s> <a:p> <a:o> , <a:o2> ."}
JSON, TURTLE = ROWS[0], GRAPHS[0]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkersEngine]:
    with answering(tmp_path_factory.mktemp("small"), TWO_GRAPHS, query_kb=1) as engine:
        yield engine


def rows(engine: WorkersEngine, query: Query) -> list[dict[str, str]]:
    found = json.loads(engine.answer(query, JSON, None).body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def test_a_triple_stated_by_two_graphs_is_one_triple_of_the_default_graph(small: WorkersEngine) -> None:
    assert rows(small, Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [{"n": "2"}]
    assert rows(small, Query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) == [{"n": "3"}]


def test_the_union_flag_that_is_not_used_would_count_it_twice() -> None:
    """What docs/decisions.md says of Oxigraph; when this fails the merge need not be loaded any more."""
    store = Store()
    for graph in ("https://e.org/1", "https://e.org/2"):
        store.load(b"<a:s> <a:p> <a:o> .", format=TURTLE.oxigraph, to_graph=NamedNode(graph))
    found = store.query("SELECT * { ?s ?p ?o }", use_default_graph_as_union=True)
    assert len(list(found)) == 2  # type: ignore[arg-type]


def test_from_and_the_protocols_dataset_choose_graphs(small: WorkersEngine) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    assert rows(small, Query(count.format("FROM <https://e.org/1>"))) == [{"n": "1"}]
    assert rows(small, Query(count.format(""), default_graphs=["https://e.org/1"])) == [{"n": "1"}]
    assert rows(small, Query(count.format(""), named_graphs=["https://e.org/1"])) == [{"n": "0"}]


COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
TWO = ["https://e.org/1", "https://e.org/2"]


@pytest.mark.parametrize(
    "query",
    [
        Query(COUNT.format(""), default_graphs=TWO),
        Query(COUNT.format(""), default_graphs=[*TWO, "https://e.org/none"]),
        Query(COUNT.format("FROM <https://e.org/none>"), default_graphs=TWO),
        Query(COUNT.format("FROM <https://e.org/1> FROM <https://e.org/2>")),
        Query("PREFIX e: <https://e.org/> " + COUNT.format("from e:1 # FROM e:3\nfrom e:2")),
        Query("BASE <https://e.org/x> " + COUNT.format("FROM <1>FROM<2>FROM NAMED <2> WHERE")),
        Query(
            "SELECT (COUNT(*) AS ?n) (MAX(?s<?o) AS ?from) FROM <https://e.org/1> FROM <https://e.org/2> { ?s ?p ?o }"
        ),
    ],
    ids=["parameters", "one-unknown", "over-from", "from", "prefixed", "relative", "comparison"],
)
def test_a_default_graph_chosen_from_several_is_their_merge(small: WorkersEngine, query: Query) -> None:
    assert rows(small, query)[0]["n"] == "2"


def test_graphs_chosen_by_name_stay_apart_beside_a_merge(small: WorkersEngine) -> None:
    named = "FROM <https://e.org/1> FROM <https://e.org/2> FROM NAMED <https://e.org/2>"
    asked = f"SELECT ?g (COUNT(*) AS ?n) {named} {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
    assert rows(small, Query(asked)) == [{"g": "https://e.org/2", "n": "2"}]


def test_a_graph_chosen_twice_is_one_graph(small: WorkersEngine) -> None:
    assert rows(small, Query(COUNT.format("FROM <https://e.org/1> FROM <https://e.org/1>"))) == [{"n": "1"}]


@pytest.mark.parametrize("clause", ["FROM", "FROM 3", "FROM NAMED", "FROM x:y FROM <a:b>", "FROM <a b>"])
def test_a_malformed_choice_of_graphs_is_said_in_words(small: WorkersEngine, clause: str) -> None:
    with pytest.raises(MalformedQuery):
        small.answer(Query(COUNT.format(clause)), JSON, None)


@pytest.mark.parametrize("chosen", ROWS, ids=lambda one: one.key)
@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * { ?s <a:none> ?o }", True),
        ("ASK { ?s ?p ?o }", False),
        ("ASK { ?s <a:none> ?o }", True),
    ],
)
def test_every_row_format_tells_an_answer_from_none(
    small: WorkersEngine, chosen, text: str, empty: bool
) -> None:
    assert small.answer(Query(text), chosen, None).empty is empty


@pytest.mark.parametrize("chosen", GRAPHS, ids=lambda one: one.key)
@pytest.mark.parametrize(("where", "empty"), [("?s ?p ?o", False), ("?s <a:none> ?o", True)])
def test_every_graph_format_tells_an_answer_from_none(
    small: WorkersEngine, chosen, where: str, empty: bool
) -> None:
    answer = small.answer(Query(f"CONSTRUCT {{ <a:x> <a:y> <a:z> }} WHERE {{ {where} }}"), None, chosen)
    assert answer.empty is empty
    assert answer.body.count(b"a:z") == (0 if empty else 1), "no triple is given twice"


def test_a_kind_of_answer_without_a_format_is_not_acceptable(small: WorkersEngine) -> None:
    with pytest.raises(NotAcceptable, match="application/sparql-results"):
        small.answer(Query("ASK {}"), None, TURTLE)
    with pytest.raises(NotAcceptable, match="text/turtle"):
        small.answer(Query("CONSTRUCT WHERE { ?s ?p ?o }"), JSON, None)


def test_a_query_over_the_limit_is_too_large(small: WorkersEngine) -> None:
    with pytest.raises(TooLarge):
        small.answer(Query("#" * 1001), JSON, TURTLE)


def test_known_prefixes_need_no_declaration(engine: WorkersEngine) -> None:
    assert rows(engine, Query("SELECT * { province:TH-21 tsc:isoCode ?code }")) == [{"code": "TH-21"}]


def test_a_malformed_query_is_told_with_its_place_by_the_workers(engine: WorkersEngine) -> None:
    """All the words are tried in test_malformed.py."""
    with pytest.raises(MalformedQuery) as raised:
        engine.answer(Query("SELECT * {\n  ?s dct:title ?o }"), JSON, TURTLE)
    assert (raised.value.line, raised.value.column) == (2, 6)
    assert "did you mean dcterms:" in raised.value.en
    assert "หมายถึง dcterms:" in raised.value.th


def test_a_function_the_engine_does_not_have_is_the_askers_error(engine: WorkersEngine) -> None:
    with pytest.raises(MalformedQuery, match="f:x"):
        engine.answer(Query("SELECT (<f:x>(1) AS ?x) {}"), JSON, TURTLE)


CALLS_OUT = [
    "SERVICE <{}> {{ ?s ?p ?o }}",
    "service silent <{}> {{ ?s ?p ?o }}",
    "SERVICE ex:x {{ ?s ?p ?o }}",
    "SERVICEex:x {{ ?s ?p ?o }}",
    "?s ?p trueSERVICE ex:x {{ ?s ?p ?o }}",
    "?s ?p 1SERVICE <{}> {{ ?s ?p ?o }}",
    "?s ?p ex:a.SERVICE <{}> {{ ?s ?p ?o }}",
    "VALUES ?x {{ <{}> }} FILTER(1<2)SERVICE?x#>\n{{ ?s ?p ?o }}",
    "VALUES ?x {{ <{}> }} FILTER(1<ex:foo)SERVICE?x#>\n{{ ?s ?p ?o }}",
    "ex:a\\#b ex:p ex:o . SERVICE <{}> {{ ?s ?p ?o }}",
    "ex:a\\'b ex:p ex:o . SERVICE <{}> {{ ?s ?p ex:a\\'b }}",
    "FILTER NOT EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
    "{{ SELECT * {{ # comment\n SERVICE\t<{}>{{}} }} }}",
    '?s ?p """a"b""" . SERVICE <{}> {{ ?s ?p "" }}',
    "?s ?p '''\\'''' . SERVICE <{}> {{}}",
    "FILTER(true || ?a<'x>y') SERVICE <{}> {{ ?s ?p ?o }} FILTER('z' = 'z')",
    "OPTIONAL {{ <<?a?b'x>>'>> ?p ?o }} SERVICE <{}> {{ ?s ?p ?o }} FILTER('z' = 'z')",
    "FILTER(true || ?a<ex:b#c>'''\n || true) SERVICE <{}> {{ ?s ?p ?o }} #'''",
    "# comment\rSERVICE <{}> {{ ?s ?p ?o }}",
    "OPTIONAL {{ ?s ?p ex:. }} ?x ex:p ex:.SERVICE <{}> {{ ?s ?p ?o }}",
]


@pytest.mark.parametrize("pattern", CALLS_OUT)
def test_no_spelling_of_service_reaches_another_server(engine: WorkersEngine, pattern: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        text = f"PREFIX ex: <{address}> SELECT * {{ {pattern.format(address)} }}"
        with pytest.raises((UnusableRequest, MalformedQuery)):
            engine.answer(Query(text), JSON, TURTLE)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "pattern",
    [
        '?s ?p "SERVICE <x>"',
        "# SERVICE\n?s ?p ?o",
        "?service ?p ?o",
        "<https://e.org/service/a> ?p ?o",
        "?s tsc:service ?o",
    ],
)
def test_the_word_service_elsewhere_is_no_call(engine: WorkersEngine, pattern: str) -> None:
    assert engine.answer(Query(f"SELECT * {{ {pattern} }} LIMIT 1"), JSON, TURTLE).body


def test_a_bad_graph_iri_is_the_askers_error(engine: WorkersEngine) -> None:
    with pytest.raises(MalformedQuery):
        engine.answer(Query("ASK {}", default_graphs=["not an iri"]), JSON, TURTLE)


def test_formats_go_by_key_alias_and_media_type() -> None:
    assert (
        format_named("TURTLE", GRAPHS) is format_named("ttl", GRAPHS) is format_named("text/turtle", GRAPHS)
    )
    assert format_named("docx", GRAPHS) is None
