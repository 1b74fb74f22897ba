"""`/generations`: what was published and when, what each generation changed, and each as a download."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import IO

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from mueang.engine.formats import GRAPHS, format_named
from mueang.errors import NotFound
from mueang.graph.difference import Change, Statement, differences, graphs_changed
from mueang.graph.dump import kept_dump
from mueang.graph.generation import Generation, numbered, size_of
from mueang.graph.history import as_number, history, published
from mueang.web.context import served
from mueang.web.negotiation import JSON, PAGE, parted, wanted

blueprint = Blueprint("generations", __name__)
_DUMPS = [one for one in GRAPHS if one.key in ("nq", "trig")]
_PAGE = 50
_FORMATS = (JSON, PAGE)
_LARGEST_COMPARED = 1_000_000


@dataclass(frozen=True)
class Changed:
    """A graph that a generation changed; without statements where comparing them would take too long here."""

    graph: str
    change: Change
    added: Sequence[Statement] | None
    removed: Sequence[Statement] | None


@blueprint.get("/generations")
@blueprint.get("/generations.<any(json,html):suffix>")
def listed(suffix: str | None = None) -> Response | str:
    """The published generations, newest first, fifty at a time."""
    given = wanted(_FORMATS, suffix)
    before = as_number(request.args["before"]) if "before" in request.args else None
    published_ones = (entry for entry in history(served().settings.home, before) if entry[1] != "unused")
    found = list(islice(published_ones, _PAGE + 1))
    shown, older = found[:_PAGE], found[_PAGE - 1][0].number if len(found) > _PAGE else None
    if given is PAGE:
        return render_template(
            "generations.html", found=shown, older=older, generation=served().engine.generation
        )
    return jsonify(
        generations=[_summary(one) | {"state": state} for one, state in shown],
        older=f"/generations?before={older}" if older else None,
    )


@blueprint.get("/generations/<name>")
def described(name: str) -> Response | str:
    """One generation: its graphs with their digests, and what it changed."""
    number, suffix = parted(name, _FORMATS)
    one = published(served().settings.home, as_number(number))
    given = wanted(_FORMATS, suffix)
    changes = _changes(one)
    if given is PAGE:
        return render_template(
            "generation.html", one=one, changes=changes, dumps=_DUMPS, generation=served().engine.generation
        )
    dumps = [f"/generations/{one.number}/dump.{dump.key}.gz" for dump in _DUMPS]
    return jsonify(asdict(one) | {"changes": [_counted(change) for change in changes], "dumps": dumps})


@blueprint.get("/generations/<number>/dump.<key>.gz")
def dump(number: str, key: str) -> Response:
    """All graphs of a generation under their names, compressed: never other bytes at this address."""
    home = served().settings.home
    one, chosen = published(home, as_number(number)), format_named(key, _DUMPS)
    if chosen is None:
        raise NotFound(th=f"ดาวน์โหลดเป็น {key} ไม่ได้", en=f"there is no download as {key}")
    tag = f"{one.tag}.{chosen.key}"
    known = request.if_none_match.contains(tag)
    response = Response(status=304) if known else _download(kept_dump(home, one, chosen.oxigraph), tag)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Mueang-Generation"] = str(one.number)
    return response


def _download(file: IO[bytes], tag: str) -> Response:
    """The file with its length, or the part of it that was asked for (RFC 9110, section 14)."""
    size = file.seek(0, 2)
    file.seek(0)
    response = Response(
        wrap_file(request.environ, file), content_type="application/gzip", direct_passthrough=True
    )
    response.call_on_close(file.close)
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="mueang-{tag}.gz"'
    response.set_etag(tag)
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    return response


def _changes(one: Generation) -> list[Changed]:
    """What a generation changed against its parent; nothing for the first."""
    if one.parent is None:
        return []
    home = served().settings.home
    parent = numbered(home, one.parent)
    changed = graphs_changed(parent, one)
    if size_of(home, parent, changed) + size_of(home, one, changed) > _LARGEST_COMPARED:
        return [Changed(graph, change, None, None) for graph, change in changed.items()]
    return [
        Changed(found.graph, found.change, found.added, found.removed)
        for found in differences(home, parent, one)
    ]


def _summary(one: Generation) -> dict[str, object]:
    return asdict(one) | {"graphs": len(one.graphs), "address": f"/generations/{one.number}"}


def _counted(changed: Changed) -> dict[str, object]:
    return {
        "graph": changed.graph,
        "change": changed.change,
        "added": None if changed.added is None else len(changed.added),
        "removed": None if changed.removed is None else len(changed.removed),
    }
