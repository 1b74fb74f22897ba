"""The rules and axioms as a small store of their own: what pages tell of them is never part of the graph that is asked.

They come from files of this very version and change with it, so that they are read once and asked in this process.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store, Triple, serialize

from mueang.engine.formats import GraphFormat
from mueang.engine.question import page_query
from mueang.files import folder
from mueang.graph.catalogue import TESTS_ONLY, shape_files
from mueang.graph.names import BASE, GRAPH
from mueang.graph.store import asked_store

_SHAPES = f"{BASE}shapes/"


@cache
def rulebook_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a query in queries/pages asked of the rules and axioms: variable → term of the results' JSON."""
    found = _rulebook().query(page_query(name))
    assert isinstance(found, QuerySolutions)  # noqa: S101  the files are SELECTs
    rows: list[dict[str, Any]] = json.loads(found.serialize(format=QueryResultsFormat.JSON) or b"")[
        "results"
    ]["bindings"]
    return rows


def shapes_in(chosen: GraphFormat) -> bytes:
    """All rules in a format."""
    return serialize(_shape_statements(), format=chosen.oxigraph) or b""


def shapes_as_written() -> str:
    """All rules as their files have them."""
    return "\n".join(path.read_text(encoding="utf-8") for path in shape_files())


def _shape_statements() -> Iterator[Triple]:
    store = _rulebook()
    for path in shape_files():
        for quad in store.quads_for_pattern(None, None, None, NamedNode(_SHAPES + path.stem)):
            yield quad.triple


@cache
def _rulebook() -> Store:
    axioms = folder("ontology") / f"{TESTS_ONLY}.ttl"
    named: dict[str, Path] = {_SHAPES + path.stem: path for path in shape_files()}
    named[f"{GRAPH}ontology/{TESTS_ONLY}"] = axioms
    return asked_store((name, path.read_bytes()) for name, path in named.items())
