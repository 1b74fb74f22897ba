"""A query asked for many focus nodes at once finds what it finds for each alone; where it would not, it is not."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store
from rdflib.namespace import SH

from mueang.check.shacl import Shapes
from mueang.check.together import Together, bound

NODES = [NamedNode(f"urn:{name}") for name in "abcd"]
PREDICATES = [NamedNode("urn:p"), NamedNode("urn:q")]
GRAPHS = [NamedNode("urn:g"), NamedNode("urn:h")]

GO_TOGETHER = {
    "a pattern": "SELECT $this ?value { $this <urn:p> ?value }",
    "the other sigil": "SELECT ?this ?value { ?this <urn:p> ?value }",
    "no pattern at all": "SELECT $this { }",
    "a pattern without the node": "SELECT $this ?value { ?value <urn:p> ?other }",
    "an expression": "SELECT $this ?value { ?value <urn:p> ?other FILTER(?other = $this) }",
    "a bound expression": 'SELECT $this ?value { BIND(CONCAT(STR($this), "x") AS ?value) }',
    "an optional pattern": "SELECT $this ?value { OPTIONAL { $this <urn:p> ?value } }",
    "an optional expression": "SELECT $this ?value { OPTIONAL { ?value <urn:p> ?o FILTER(?o = $this) } }",
    "optional in optional": (
        "SELECT $this ?value { OPTIONAL { ?value <urn:p> ?o OPTIONAL { $this <urn:q> ?o . ?o <urn:p> ?x } } }"
    ),
    "a union": "SELECT $this ?value { { $this <urn:p> ?value } UNION { ?value <urn:q> $this } }",
    "optional in a union": (
        "SELECT $this ?value { { OPTIONAL { $this <urn:p> ?value } } UNION { ?value <urn:q> <urn:a> } }"
    ),
    "an expression in a union": (
        "SELECT $this ?value { { BIND($this AS ?value) } UNION { ?value <urn:q> ?o FILTER(?o != $this) } }"
    ),
    "an expression in a group": "SELECT $this ?value { ?value <urn:p> ?o { ?o <urn:q> ?x FILTER(?x = $this) } }",
    "a group without the node": "SELECT $this ?value { { ?value <urn:p> ?o } { ?o <urn:q> ?x } FILTER(?x = $this) }",
    "not exists": "SELECT $this { FILTER NOT EXISTS { $this <urn:p> ?o } }",
    "exists first": "SELECT $this ?value { FILTER EXISTS { ?o <urn:p> $this } $this <urn:q> ?value }",
    "a union in not exists": (
        "SELECT $this { FILTER NOT EXISTS { { ?x <urn:p> ?o FILTER(?o = $this) } UNION { $this <urn:q> ?o } } }"
    ),
    "not exists in exists": (
        "SELECT $this ?value { ?value <urn:p> ?x"
        " FILTER EXISTS { ?x <urn:q> ?o FILTER NOT EXISTS { $this <urn:p> ?o } } }"
    ),
    "not exists in optional": (
        "SELECT $this ?value { OPTIONAL { ?value <urn:p> ?o FILTER NOT EXISTS { $this <urn:q> ?o } } }"
    ),
    "a graph": "SELECT $this ?value { GRAPH ?value { $this <urn:p> ?o } }",
    "an expression in a graph": "SELECT $this ?value { GRAPH ?value { ?s <urn:p> ?o FILTER(?s = $this) } }",
    "a path": "SELECT $this ?value { $this <urn:p>+/^<urn:q> ?value }",
    "a path of any length": "SELECT $this ?value { ?x <urn:q> ?y . $this <urn:p>* ?value }",
    "rows once": "SELECT DISTINCT $this { $this <urn:p>|<urn:q> ?o }",
    "counted for each node": (
        "SELECT $this (COUNT(?o) AS ?value) { $this <urn:p>|<urn:q> ?o } GROUP BY $this HAVING(COUNT(?o) > 1)"
    ),
    "counted with an optional": (
        "SELECT $this ?o (COUNT(DISTINCT ?x) AS ?value) { $this <urn:p> ?o OPTIONAL { ?o <urn:q> ?x } }"
        " GROUP BY ?o $this"
    ),
    "a query within": "SELECT $this ?value { { SELECT (COUNT(?o) AS ?value) { ?s <urn:p> ?o } } FILTER(?value > 1) }",
    "a group beside a query within": (
        "SELECT $this ?value { { SELECT ?value { ?value <urn:p> ?o } } { ?value <urn:q> ?x FILTER(?x != $this) } }"
    ),
    "brackets in texts": (
        "SELECT $this ?value { # } LIMIT {\n"
        """$this <urn:p> ?value FILTER(STR(?value) != "} {" && STR(?value) != '''}''' && $this != ?value) }"""
    ),
}
GO_ALONE = {
    "a query within": "SELECT $this ?value { { SELECT $this (COUNT(?o) AS ?value) { $this <urn:p> ?o } GROUP BY $this } }",
    "a query further within": "SELECT $this ?o { { SELECT ?o { { ?o <urn:p> ?x FILTER(?x = $this) } } } }",
    "one row": "SELECT $this ?value { $this <urn:p> ?value } LIMIT 1",
    "all but one row": "SELECT $this ?value { $this <urn:p> ?value } OFFSET 1",
    "one count": "SELECT $this (COUNT(?o) AS ?value) { $this <urn:p> ?o }",
    "a count by something else": "SELECT ?o (COUNT($this) AS ?value) { $this <urn:p> ?o } GROUP BY ?o",
    "a count by a text": "SELECT $this (COUNT(?o) AS ?value) { $this <urn:p> ?o } GROUP BY (STR($this) AS ?o)",
    "rows that do not tell the node": "SELECT ?value { $this <urn:p> ?value }",
    "rows that tell it in words": "SELECT (STR($this) AS ?value) { $this <urn:p> ?o }",
    "all variables": "SELECT * { $this <urn:p> ?value }",
    "a difference": "SELECT $this ?value { ?value <urn:p> ?o MINUS { ?value <urn:q> $this } }",
    "values": "SELECT $this ?value { $this <urn:p> ?value VALUES ?value { <urn:a> } }",
    "a failure": "SELECT $this ?failure { $this <urn:p> ?failure }",
    "nothing to cut": "SELECT $this",
}
STATEMENTS = st.builds(
    Quad, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(NODES), st.sampled_from(GRAPHS)
)


def bound_beforehand(text: str, node: NamedNode) -> str:
    """The query with the node written for `$this` (SHACL, section 5.3.1), but for the head, where it stays unbound."""
    begin, end = text.index("{"), text.rindex("}")
    return text[:begin] + re.sub(r"[$?]this\b", str(node), text[begin:end]) + text[end:]


def rows(store: Store, text: str, this: NamedNode | None = None) -> Counter[tuple[str, ...]]:
    answer = store.query(text, use_default_graph_as_union=True)
    names = sorted(variable.value for variable in answer.variables)
    return Counter(
        tuple(str(this if this and name == "this" else row[name]) for name in names) for row in answer
    )


@pytest.mark.parametrize("text", GO_TOGETHER.values(), ids=GO_TOGETHER.keys())
@settings(derandomize=True, max_examples=40, deadline=None)
@given(statements=st.lists(STATEMENTS, max_size=12))
def test_many_nodes_at_once_find_what_each_finds_alone(text: str, statements: list[Quad]) -> None:
    store = Store()
    store.extend(statements)
    together = Together(text)
    assert together
    met = [node for node in NODES if any(node in (one.subject, one.object) for one in statements)]
    alone = sum((rows(store, bound_beforehand(text, node), node) for node in met), Counter())
    assert rows(store, together.about(map(str, met))) == alone


@pytest.mark.parametrize("text", GO_ALONE.values(), ids=GO_ALONE.keys())
def test_a_query_whose_rows_depend_on_each_other_is_asked_for_each_node_alone(text: str) -> None:
    assert not Together(text)


def test_every_rule_is_asked_for_many_nodes_at_once(shapes: Shapes) -> None:
    queries = dict(shapes.graph.subject_objects(SH.select))
    assert len(queries) > 60
    assert not [rule for rule, text in queries.items() if not Together(str(text))]


@pytest.mark.parametrize(("node", "found"), [("<urn:a>", 1), ("<urn:b>", 0)])
def test_a_node_bound_beforehand_is_bound_in_a_query_within(node: str, found: int) -> None:
    text = "SELECT $this { { SELECT $this { FILTER($this = <urn:a>) } } }"
    assert rows(Store(), bound(text, {"this": node})).total() == found
