"""Every IRI of ours under its own path: `/id/<kind>/<key>`, `/vocab/<list>…`, `/def`, `/shapes`."""

from typing import Any

from flask import Blueprint, Response, render_template

from mueang.engine.formats import GRAPHS
from mueang.errors import NotFound
from mueang.graph.catalogue import shape_files
from mueang.graph.names import BASE
from mueang.web.answers import answered
from mueang.web.context import page_graph, page_rows, served
from mueang.web.negotiation import parted, required, wants_page

blueprint = Blueprint("things", __name__)


@blueprint.get("/id/<kind>/<key>")
def thing(kind: str, key: str) -> Response | str:
    """A thing: its statements, each with the graph that makes it."""
    return _described(f"id/{kind}/{key}")


@blueprint.get("/vocab/<name>")
@blueprint.get("/vocab/<name>/<key>")
def concept(name: str, key: str | None = None) -> Response | str:
    """A list of ours, or one concept of it."""
    return _described(f"vocab/{name}" + (f"/{key}" if key else ""))


@blueprint.get("/def")
@blueprint.get("/def.<suffix>")
def ontology(suffix: str | None = None) -> Response | str:
    """The ontology: every term with label and definition."""
    if wants_page() and not suffix:
        return render_template("def.html", terms=page_rows("terms"))
    return answered(page_graph("ontology", required(GRAPHS, suffix)))


@blueprint.get("/shapes")
@blueprint.get("/shapes.ttl")
def shapes() -> Response:
    """The shapes, as the files have them."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in shape_files())
    return Response(text, content_type="text/turtle; charset=utf-8")


def _described(path: str) -> Response | str:
    path, suffix = parted(path, GRAPHS)
    iri = BASE + path
    statements = page_rows("statements", iri)
    if not statements:
        raise NotFound(th=f"ไม่มี {path} ในกราฟนี้", en=f"there is no {path} in this graph")
    if suffix is None and wants_page():
        return _page(iri, path, statements)
    return answered(page_graph("thing", suffix or required(GRAPHS), iri))


def _page(iri: str, path: str, statements: list[dict[str, Any]]) -> str:
    return render_template(
        "thing.html",
        iri=iri,
        path=path,
        statements=statements,
        mentions=page_rows("mentions", iri),
        formats=GRAPHS,
        generation=served().engine.generation,
    )
