"""The graphs that a query chooses to be asked (SPARQL 1.1, section 13.2), by FROM or by the protocol's parameters.

Several graphs chosen as default graph are asked as their merge. Oxigraph gives a triple that two of them state
twice, so the merge is made here, in a scratch store.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from mueang.engine.malformed.lexer import Token, token_at
from mueang.engine.query import Query
from mueang.graph.names import BASE, PREFIXES

_FORMS = {"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"}
_NAMES = {"IRIREF", "PNAME_LN", "PNAME_NS"}


@dataclass(frozen=True)
class Dataset:
    """The IRIs of the graphs that are the default graph, and of those that GRAPH may name."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def chosen_dataset(query: Query) -> Dataset | None:
    """What the protocol's parameters choose, else the query's FROM and FROM NAMED.

    None where neither chooses, and where the clauses cannot be read: so cannot the query.
    """
    if query.default_graphs or query.named_graphs:
        return Dataset(tuple(query.default_graphs), tuple(query.named_graphs))
    try:
        return _from_clauses(query.text) if "from" in query.text.lower() else None
    except SyntaxError:
        return None


def merged(store: Store, dataset: Dataset) -> Store:
    """A scratch store: the merge of the default graphs as its default graph, and the named graphs."""
    scratch = Store()
    for iri in dict.fromkeys(dataset.default):
        quads = store.quads_for_pattern(None, None, None, NamedNode(iri))
        scratch.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    for iri in dict.fromkeys(dataset.named):
        scratch.extend(store.quads_for_pattern(None, None, None, NamedNode(iri)))
    return scratch


def _from_clauses(text: str) -> Dataset | None:
    tokens = list(_tokens(text))
    clauses = [
        (after[0].kind == "NAMED", after[after[0].kind == "NAMED"])
        for token, *after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.kind == "FROM"
    ]
    if not clauses or not all(name.kind in _NAMES for _, name in clauses):
        return None
    form = next((token.start for token in tokens if token.kind in _FORMS), 0)
    iris = _resolved(text[:form], [name.text for _, name in clauses])
    chosen = [(named, iri) for (named, _), iri in zip(clauses, iris, strict=True)]
    return Dataset(
        tuple(iri for named, iri in chosen if not named), tuple(iri for named, iri in chosen if named)
    )


def _tokens(text: str) -> Iterator[Token]:
    token = token_at(text, 0)
    while token.kind != "END":
        yield token
        token = token_at(text, token.end)


def _resolved(prologue: str, names: list[str]) -> list[str]:
    """The IRIs that these names stand for under the query's own BASE and PREFIX lines."""
    variables = [f"?i{place}" for place in range(len(names))]
    values = f"VALUES ({' '.join(variables)}) {{ ({' '.join(names)}) }}"
    found = Store().query(f"{prologue}\nSELECT * {{ {values} }}", base_iri=BASE, prefixes=PREFIXES)
    return [
        term.value for row in cast("QuerySolutions", found) for term in row if isinstance(term, NamedNode)
    ]
