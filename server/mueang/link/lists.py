"""What a dataset may name beside places: the units and the indicators of the graph's lists, and the index of names."""

from collections.abc import Iterable
from typing import Literal

from mueang.engine.bindings import Solutions
from mueang.engine.formats import ROWS
from mueang.engine.query import Engine, Query
from mueang.files import folder
from mueang.graph.names import BASE
from mueang.link.about import About, Named
from mueang.link.names import Index

_LISTS = {name: f"{BASE}vocab/{name}" for name in ("unit", "indicator")}


class Lists:
    """What a dataset may name: the places and bodies of the index, the units and indicators of the graph's lists."""

    def __init__(self, index: Index, rows: Iterable[tuple[str, str, str]]) -> None:
        self.index = index
        self._named: dict[tuple[str, str], str] = {}
        for scheme, concept, name in rows:
            self._named[scheme, _key(name)] = concept
            self._named[scheme, _key(concept)] = concept

    def concept(self, about: About, name: Literal["unit", "indicator"], named: Named) -> str:
        """The unit or indicator of this name; raises MalformedData with the line of about.yaml that names it."""
        if found := self._named.get((_LISTS[name], _key(named.text))):
            return found
        known = ", ".join(
            sorted(
                {iri.rpartition("/")[2] for (scheme, _), iri in self._named.items() if scheme == _LISTS[name]}
            )
        )
        th = {"unit": "หน่วย", "indicator": "ตัวชี้วัด"}[name]
        raise about.wrong(
            named.line,
            th=f"ไม่รู้จัก{th} {named.text} (มี {known})",
            en=f"the {name} {named.text} is not known (known: {known})",
        )


def lists_of(engine: Engine, index: Index) -> Lists:
    """The lists of what is published now."""
    text = (folder("queries/link") / "lists.rq").read_text(encoding="utf-8")
    rows = Solutions(engine.answer(Query(text), ROWS[0], None).file)
    said = ({name: str(term["value"]) for name, term in row.items()} for row in rows)
    return Lists(index, ((row["list"], row["concept"], row["name"]) for row in said))


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
