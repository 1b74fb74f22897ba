"""`/coverage`: what is known and what is not, area by area and property by property."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from mueang.web.context import page_rows, served
from mueang.web.kept import kept
from mueang.web.language import reader_language
from mueang.web.names import Names
from mueang.web.negotiation import JSON, PAGE, wanted

blueprint = Blueprint("coverage", __name__)


@dataclass(frozen=True)
class Column:
    """A property with its two labels, and of how many areas it is known."""

    property: str
    label: dict[str, str]
    known: int


@dataclass(frozen=True)
class Coverage:
    """For each area how many statements there are of each property; the share of what is known in all."""

    columns: tuple[Column, ...]
    areas: dict[str, dict[str, int]]

    @property
    def share(self) -> float:
        """The part of all cells that is known, between 0 and 1."""
        cells = len(self.columns) * len(self.areas)
        return sum(column.known for column in self.columns) / cells if cells else 0


@blueprint.get("/coverage")
def page() -> Response | str:
    """What is known of each area, as a page and as JSON."""
    given, found = wanted((JSON, PAGE)), coverage()
    if given is JSON:
        return jsonify(
            share=round(found.share, 3),
            properties=[vars(column) for column in found.columns],
            areas=[{"area": area, "statements": known} for area, known in found.areas.items()],
        )
    names = Names(found.areas)
    return render_template(
        "coverage.html",
        coverage=found,
        names=names,
        areas=sorted(found.areas, key=lambda area: names.of(area).text),
        label=lambda column: column.label[reader_language()],
        generation=served().engine.generation,
    )


def coverage() -> Coverage:
    """What is known in the current generation."""
    return kept("coverage", _coverage)


def _coverage() -> Coverage:
    areas: dict[str, dict[str, int]] = {}
    for row in page_rows("coverage"):
        known = areas.setdefault(row["area"]["value"], {})
        known[row["property"]["value"]] = int(row["values"]["value"])
    return Coverage(tuple(_column(row, areas) for row in page_rows("coverage-columns")), areas)


def _column(row: dict[str, Any], areas: dict[str, dict[str, int]]) -> Column:
    property_ = row["property"]["value"]
    label = {name: row[name]["value"] if name in row else property_ for name in ("th", "en")}
    return Column(property_, label, sum(property_ in known for known in areas.values()))
