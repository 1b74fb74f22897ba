"""Every thing of ours under its own path: `/id/<kind>/<key>`, `/vocab/<list>/<value>`."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from mueang.engine.foreign import NO_GENERATION
from mueang.engine.formats import GRAPHS
from mueang.engine.question import page_query
from mueang.errors import NotFound
from mueang.graph.lineage import Step, lineage
from mueang.graph.names import BASE
from mueang.web.answers import answered
from mueang.web.context import page_graph, page_rows, served
from mueang.web.description import description
from mueang.web.era import buddhist_year_said, day_said, number_said, year_said
from mueang.web.finding import near
from mueang.web.geojson import collection, features
from mueang.web.map import map_of
from mueang.web.names import Names
from mueang.web.negotiation import GEOJSON, PAGE, chosen, parted, wanted, wants_page

blueprint = Blueprint("things", __name__)
_FORMATS = (*GRAPHS, PAGE)
_PLACED = (*_FORMATS, GEOJSON)


@blueprint.get("/id/<kind>/<key>")
def thing(kind: str, key: str) -> Response | str | tuple[str, int]:
    """A thing: its statements, each with the graph that makes it; as GeoJSON where it lies."""
    path, suffix = parted(f"id/{kind}/{key}", _PLACED)
    if (suffix or chosen(_PLACED)) is GEOJSON and (found := features([BASE + path])):
        return collection(found)
    return _described(f"id/{kind}/{key}")


@blueprint.get("/vocab/<name>/<key>")
def concept(name: str, key: str) -> Response | str | tuple[str, int]:
    """One value of a list of ours."""
    return _described(f"vocab/{name}/{key}")


def _described(path: str) -> Response | str | tuple[str, int]:
    path, suffix = parted(path, _FORMATS)
    iri = BASE + path
    statements = page_rows("statements", iri)
    if not statements:
        return _missing(path)
    given = wanted(_FORMATS, suffix)
    return _page(iri, path, statements) if given is PAGE else answered(page_graph("thing", given, iri))


def _missing(path: str) -> tuple[str, int]:
    """A page that names what looks like the path; for programs a problem that does."""
    hits = near(path)
    if wants_page():
        names = Names(hit.iri for hit in hits)
        return render_template("thing-missing.html", path=path, hits=hits, names=names), 404
    alike = ", ".join(f"/{hit.iri.removeprefix(BASE)}" for hit in hits)
    raise NotFound(
        th=f"ไม่มี {path} ในกราฟนี้" + (f" ใกล้เคียง: {alike}" if alike else ""),
        en=f"there is no {path} in this graph" + (f"; alike: {alike}" if alike else ""),
    )


def _page(iri: str, path: str, statements: list[dict[str, Any]]) -> str:
    return render_template(
        "thing.html",
        thing=description(iri, statements),
        path=path,
        formats=GRAPHS,
        steps=_steps(iri),
        question=page_query("statements", iri),
        map_of=lambda terms: map_of([term["value"] for term in terms]),
        generation=served().engine.generation,
    )


def _steps(iri: str) -> list[Step]:
    """The generations that changed what is said about a thing; none where another server holds the graph."""
    home = served().settings.home
    return list(lineage(home, iri)) if served().engine.generation != NO_GENERATION else []


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "day_said": day_said,
        "year_said": year_said,
        "buddhist_year_said": buddhist_year_said,
        "number_said": number_said,
        "canonical": f"{served().settings.address}{request.path}",
    }
