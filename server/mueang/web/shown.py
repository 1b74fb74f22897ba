"""All that a page shows of an answer: its rows, a chart and a map where it has them, what it is cited by, why it is empty."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flask import request
from markupsafe import Markup

from mueang.engine.cells import number_in
from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.web.answers import page_results
from mueang.web.chart import Chart, chart_of
from mueang.web.citation import Citation, citation
from mueang.web.context import served
from mueang.web.emptiness import iris_named, reasons
from mueang.web.known import names_known
from mueang.web.language import reader_language
from mueang.web.places import map_of_answer, provinces_of

View = Literal["table", "chart", "map"]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([0-9.]+)/?")
DAYS = (f"{_XSD}date", f"{_XSD}dateTime")


@dataclass(frozen=True)
class Shown:
    """An answer ready for a page: `views` are the ways in which it can be looked at, `view` the one asked for."""

    results: Mapping[str, Any]
    view: View
    views: Sequence[View]
    chart: Chart | None
    provinces: Counter[str]
    citation: Citation
    reasons: Sequence[str]

    @property
    def map(self) -> Markup:
        """The map of its provinces."""
        return map_of_answer(self.provinces)


def shown(query: Query) -> Shown:
    """What a page shows of the answer to a query; raises as the engine does."""
    answer = served().engine.answer(query, ROWS[0], GRAPHS[0])
    results = page_results(answer)
    rows = results.get("rows", [])
    chart = chart_of(results["columns"], rows) if rows else None
    provinces = provinces_of(rows)
    views: list[View] = ["table", *(["chart"] if chart else []), *(["map"] if provinces else [])]  # type: ignore[list-item]
    asked = request.args.get("view", "table")
    return Shown(
        results,
        next((one for one in views if one == asked), "table"),
        views,
        chart,
        provinces,
        citation(answer.generation, iris_named(query.text), rows),
        reasons(query.text) if _says_nothing(results) else [],
    )


def _says_nothing(results: Mapping[str, Any]) -> bool:
    """Whether it has no row, no triple, or nothing but empty cells; a `no` says something."""
    if "rows" in results:
        return not any(results["rows"])
    return "graph" in results and not results["graph"].strip()


def name_of(iri: str) -> str:
    """What the reader's language calls a term or thing; empty for one without a name."""
    one = names_known().get(iri)
    return one.called(reader_language()) if one else ""


def is_number(term: Mapping[str, Any] | None) -> bool:
    """Whether a cell is a number, to be set to the right."""
    return bool(term) and "datatype" in (term or {}) and number_in(term or {}) is not None


def licence_name(iri: str) -> str:
    """What people call a licence of Creative Commons; of another its IRI."""
    found = _LICENCE.fullmatch(iri)
    if not found:
        return iri
    names = {"zero": "CC0", "mark": "Public Domain Mark"}
    return f"{names.get(found[1], f'CC {found[1].upper()}')} {found[2]}"
