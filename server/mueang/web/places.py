"""Where the things of an answer are: the map with their provinces marked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from mueang.engine.question import is_iri
from mueang.graph.names import BASE
from mueang.web.context import page_rows
from mueang.web.known import everything_known
from mueang.web.language import reader_language, say
from mueang.web.map import Mark, drawn_map

Row = Mapping[str, Any]
_MOST_THINGS = 500


def provinces_of(rows: Sequence[Row]) -> Counter[str]:
    """The provinces of an answer with in how many of its rows each is; what is in a province counts for it."""
    ours = [_things(row) for row in rows]
    things = list(dict.fromkeys(thing for row in ours for thing in row))[:_MOST_THINGS]
    where: dict[str, set[str]] = {}
    for row in page_rows("whereabouts", *things) if things else ():
        where.setdefault(row["thing"]["value"], set()).add(row["province"]["value"])
    return Counter(
        province for row in ours for province in set().union(*(where.get(thing, set()) for thing in row))
    )


def map_of_answer(counted: Mapping[str, int]) -> Markup:
    """The map of these provinces, darker where more than one row is."""
    language = reader_language()
    names = {one.iri: one.called(language) for one in everything_known() if one.iri in counted}
    marks = {
        iri: Mark(
            "many" if count > 1 else "one",
            f"{names.get(iri, iri)}: {count} {say('แถว', 'row' if count == 1 else 'rows')}",
        )
        for iri, count in counted.items()
    }
    return drawn_map(marks, say("จังหวัดในคำตอบ", "The provinces in the answer"))


def _things(row: Row) -> list[str]:
    return [
        term["value"]
        for term in row.values()
        if term["type"] == "uri" and term["value"].startswith(f"{BASE}id/") and is_iri(term["value"])
    ]
