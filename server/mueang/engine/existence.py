"""Refuses a question about a thing that nothing tells of: `false` or no row would be taken for something known."""

import json
from collections.abc import Mapping

from mueang.engine.formats import ROWS
from mueang.engine.malformed.spelling import nearest
from mueang.engine.query import Engine, Query
from mueang.engine.question import Question, page_query
from mueang.errors import WrongParameter
from mueang.graph.names import BASE


def refuse_unknown(
    engine: Engine, question: Question, values: Mapping[str, str], generation: int | None = None
) -> None:
    """Raises WrongParameter, with the nearest key, for a value that names no thing of this generation."""
    named = question.things_named(values)
    known = _things(engine, page_query("things-told-of", *named.values()), generation) if named else []
    for name, iri in named.items():
        if iri not in known:
            raise _unknown(engine, name, iri, generation)


def _unknown(engine: Engine, name: str, iri: str, generation: int | None) -> WrongParameter:
    kind, _, key = iri.removeprefix(BASE).rpartition("/")
    alike = None
    if kind.startswith("id/"):
        things = _things(engine, page_query("things-of-a-kind", f"{BASE}{kind}/"), generation, "item")
        alike = nearest(key, (one.rpartition("/")[2] for one in things))
    return WrongParameter(
        th=f"พารามิเตอร์ {name} = {key!r}: ไม่มีสิ่งนี้ในกราฟ" + (f" หมายถึง {alike} หรือไม่" if alike else ""),
        en=f"parameter {name} = {key!r}: there is no such thing in this graph"
        + (f"; did you mean {alike}?" if alike else ""),
    )


def _things(engine: Engine, text: str, generation: int | None, variable: str = "thing") -> list[str]:
    found = json.loads(engine.answer(Query(text, generation=generation), ROWS[0], None).body)
    return [row[variable]["value"] for row in found["results"]["bindings"]]
