"""What an answer is cited by: generation and its day, the licence, the sources that tell of the things in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mueang.engine.question import is_iri
from mueang.errors import MueangError
from mueang.graph.history import published
from mueang.graph.names import BASE, GRAPH
from mueang.web.context import page_rows, served
from mueang.web.language import reader_language

Row = Mapping[str, Any]
_MOST_THINGS = 300
_SOURCES = GRAPH + "source/"


@dataclass(frozen=True)
class Told:
    """A graph that tells of things in an answer: its title, where its page is, how many of the things."""

    title: str
    iri: str
    things: int


@dataclass(frozen=True)
class Citation:
    """What to name beside an answer: from which generation, made when, under which licences, told by whom."""

    generation: int
    day: str
    licences: Sequence[str]
    sources: Sequence[Told]
    registers: Sequence[Told]


def citation(generation: int, named: Sequence[str], rows: Sequence[Row]) -> Citation:
    """The citation of an answer: `named` are the IRIs of its question, `rows` its rows, as shown."""
    in_rows = [term["value"] for row in rows for term in row.values() if term["type"] == "uri"]
    things = [
        iri for iri in dict.fromkeys([*in_rows, *named]) if iri.startswith(f"{BASE}id/") and is_iri(iri)
    ]
    found = page_rows("told-by", *things[:_MOST_THINGS]) if things else []
    told = [_told(row) for row in found]
    return Citation(
        generation,
        _made_on(generation),
        sorted({row["licence"]["value"] for row in found if "licence" in row}),
        [one for one in told if f"{BASE}id/source/" in one.iri],
        [one for one in told if f"{BASE}id/source/" not in one.iri],
    )


def _told(row: Row) -> Told:
    graph = str(row["graph"]["value"])
    language = reader_language()
    title = row.get(f"label_{language}") or row.get("label_th") or row.get("label_en") or row["graph"]
    page = graph.replace(_SOURCES, f"{BASE}id/source/") if graph.startswith(_SOURCES) else graph
    return Told(str(title["value"]), page, int(row["things"]["value"]))


def _made_on(generation: int) -> str:
    """The day a generation was published; empty where another server answers."""
    try:
        return published(served().settings.home, generation).made_at[:10]
    except MueangError:
        return ""
