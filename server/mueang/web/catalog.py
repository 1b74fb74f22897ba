"""`/catalog` and `/void`: what can be had here, for people, catalogues and search engines (DCAT-AP 3, VoID)."""

from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirection

from mueang.engine.assembly import assembled, with_rows
from mueang.engine.foreign import NO_GENERATION
from mueang.engine.formats import GRAPHS, Format, GraphFormat, format_named
from mueang.engine.question import Question, page_query, questions
from mueang.errors import Language, NotFound
from mueang.graph.dump import kept_dump
from mueang.graph.generation import Generation, numbered, size_of
from mueang.graph.names import GRAPH
from mueang.web.context import page_rows, served
from mueang.web.era import day_said
from mueang.web.kept import kept
from mueang.web.negotiation import PAGE, not_acceptable, wanted
from mueang.web.schemaorg import catalogue_data, thing_data

blueprint = Blueprint("catalog", __name__)
_DUMPS = tuple(one for one in GRAPHS if one.key in ("nq", "trig"))
_FORMATS = (*GRAPHS, PAGE)
_LANGUAGES: tuple[Language, Language] = ("th", "en")
_OF_TABLES = ("name", "th", "en", "about_th", "about_en")
_WHOLE = f"{GRAPH}meta#all"
_DCAT = "http://www.w3.org/ns/dcat#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LARGEST_SUMMED = 50_000_000
"""Of a larger graph no checksums are told, since making its dumps would take longer than a reader waits."""


@dataclass(frozen=True)
class _Dump:
    """A dump of a generation: its format, the path it is at, its size in bytes and its SHA-256."""

    key: str
    path: str
    size: int
    sum: str


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalog(suffix: str | None = None) -> Response | str:
    """Everything that can be had here, as a page or in DCAT-AP 3."""
    given = _wanted("catalog", suffix)
    return _page() if given is PAGE else _described("catalog", given)


@blueprint.get("/void")
@blueprint.get("/void.<suffix>")
def void(suffix: str | None = None) -> Response | Redirection:
    """What the graph holds, counted (VoID); browsers are led to the catalogue's page."""
    given = _wanted("void", suffix)
    page = "/catalog.html" if suffix else "/catalog"
    return redirect(f"{page}{_asked()}#counted") if given is PAGE else _described("void", given)


@blueprint.get("/.well-known/void")
def well_known() -> Redirection:
    """To the description of the graph (VoID, section 7.2)."""
    return redirect(f"/void{_asked()}")


@blueprint.app_context_processor
def for_pages() -> dict[str, Any]:
    """What any page may tell search engines of a thing (see linked-data.html)."""
    return {"thing_data": thing_data}


def _asked() -> str:
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def _wanted(kind: str, suffix: str | None) -> Format[Any]:
    if suffix is not None and format_named(suffix, _FORMATS) is None:
        known = not_acceptable(_FORMATS)
        raise NotFound(
            th=f"ไม่มี /{kind}.{suffix[:40]}: {known.th}", en=f"no /{kind}.{suffix[:40]}: {known.en}"
        )
    return wanted(_FORMATS, suffix)


def _described(kind: str, given: GraphFormat) -> Response:
    body, generation = kept(f"{kind}.{given.key}", lambda: _made(kind, given))
    response = Response(body, content_type=given.content_type)
    response.headers["Mueang-Generation"] = str(generation)
    return response


def _made(kind: str, given: GraphFormat) -> tuple[bytes, int]:
    """A description, and the generation it is of; to be kept, since counting takes long in a large graph."""
    address = served().settings.address
    if kind == "void":
        answer = assembled(served().engine, _void_queries(address), given)
    else:
        one = _current()
        dumps = _dumps(one) if one else []
        answer = assembled(served().engine, _catalogue_queries(address, one, dumps), given, _sizes(dumps))
    return answer.body, answer.generation


def _catalogue_queries(address: str, one: Generation | None, dumps: list[_Dump]) -> list[str]:
    whole = page_query("catalog-whole", address)
    whole = with_rows(whole, ("number", "made"), [(str(one.number), one.made_at)] if one else [])
    whole = with_rows(whole, ("suffix", "path", "sum"), [(dump.key, dump.path, dump.sum) for dump in dumps])
    tables = with_rows(
        page_query("catalog-tables", address), _OF_TABLES, [_table(one) for one in questions()]
    )
    return [page_query("catalog", address), whole, tables]


def _sizes(dumps: list[_Dump]) -> str:
    """The sizes in the datatype that DCAT-AP demands, which engines take for another."""
    return "".join(
        f'<{_WHOLE}-{dump.key}> <{_DCAT}byteSize> "{dump.size}"^^<{_XSD}nonNegativeInteger> .\n'
        for dump in dumps
        if dump.size
    )


def _void_queries(address: str) -> list[str]:
    one = _current()
    dumps = [(_path(one, dump),) for dump in _DUMPS] if one else []
    return [with_rows(page_query("void", address), ("path",), dumps), page_query("void-linksets")]


def _current() -> Generation | None:
    """The generation that is answered from; None where another server answers, which has none of ours."""
    number = served().engine.generation
    return None if number == NO_GENERATION else numbered(served().settings.home, number)


def _dumps(one: Generation) -> list[_Dump]:
    """Each dump with its size and SHA-256; without them for a large graph."""
    home = served().settings.home
    large = size_of(home, one, one.graphs) > _LARGEST_SUMMED
    return [
        _Dump(dump.key, _path(one, dump), *((0, "") if large else _summed(home, one, dump)))
        for dump in _DUMPS
    ]


def _path(one: Generation, dump: GraphFormat) -> str:
    return f"/generations/{one.number}/dump.{dump.key}.gz"


def _summed(home: Path, one: Generation, dump: GraphFormat) -> tuple[int, str]:
    with kept_dump(home, one, dump.oxigraph) as file:
        summed = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        return file.tell(), summed


def _table(question: Question) -> tuple[str, ...]:
    said = (question.title, question.description)
    return question.name, *(words.get(language, "") for words in said for language in _LANGUAGES)


def _page() -> str:
    datasets = kept("catalog.page", _listed)
    return render_template(
        "catalog.html",
        datasets=datasets,
        counted=kept("catalog.counted", lambda: page_rows("counted")),
        questions=kept("catalog.questions", questions),
        formats=GRAPHS,
        dumps=_DUMPS,
        day=day_said,
        linked=catalogue_data(datasets),
        generation=served().engine.generation,
    )


def _listed() -> list[dict[str, Any]]:
    return [_dataset(row) for row in page_rows("catalog-datasets")]


def _dataset(row: dict[str, Any]) -> dict[str, Any]:
    """A dataset as the page shows it; its group is the part of its graph's path that its neighbours share."""
    found = {name: term["value"] for name, term in row.items()}
    pair = {
        name: {lang: found.get(f"{name}_{lang}") for lang in _LANGUAGES}
        for name in ("title", "about", "publisher")
    }
    return found | pair | {"triples": int(found["triples"]), "group": found["graph"].split("/")[5]}
