"""The rows of queries/link/names.rq: what every thing is called, asked of an engine or of a store of the checks."""

from collections.abc import Iterator
from typing import Any, Protocol

from mueang.engine.bindings import Solutions
from mueang.engine.formats import ROWS
from mueang.engine.query import Engine, Query
from mueang.files import folder
from mueang.link.thing import Row


class Store(Protocol):
    """The store that checks keep the published graphs in."""

    def query(self, query: str, *, use_default_graph_as_union: bool) -> Any:
        """Its answer."""


def rows_from(engine: Engine) -> tuple[int, list[Row]]:
    """The generation that answered, and its rows."""
    answer = engine.answer(Query(_text()), ROWS[0], None)
    with answer.file as file:
        return answer.generation, list(_of_engine(Solutions(file)))


def rows_beside(store: Store) -> Iterator[Row]:
    """The rows of a store."""
    for row in store.query(_text(), use_default_graph_as_union=True):
        thing, kind, role, scheme, name = (row[column] for column in Row._fields[:5])
        language = getattr(name, "language", None) or ""
        yield Row(
            thing.value, kind.value, role.value, scheme.value if scheme else "", name.value, language.lower()
        )


def _of_engine(solutions: Solutions) -> Iterator[Row]:
    for row in solutions:
        said = {column: str(row[column]["value"]) if column in row else "" for column in Row._fields[:5]}
        yield Row(**said, language=str(row["name"].get("xml:lang", "")).lower())


def _text() -> str:
    return (folder("queries/link") / "names.rq").read_text(encoding="utf-8")
