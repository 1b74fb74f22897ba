"""The page to ask on: the editor with the saved questions beside it, names to complete with, short permanent links."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirection

from mueang.engine.foreign import NO_GENERATION
from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.engine.question import question_named, questions
from mueang.engine.tables import TABLES
from mueang.errors import MueangError, UnusableRequest, WrongParameter
from mueang.graph.names import PREFIXES
from mueang.web.answers import answer_to
from mueang.web.context import served
from mueang.web.known import as_json, found
from mueang.web.language import reader_language
from mueang.web.links import page_address
from mueang.web.negotiation import parted, wants_page
from mueang.web.parameters import generation, in_form, single
from mueang.web.permanent import LONGEST, Link, keep, kept_link
from mueang.web.programs import programs
from mueang.web.shown import DAYS, is_number, licence_name, name_of, shown
from mueang.web.vendor import editor

blueprint = Blueprint("ask", __name__)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FIRST = """SELECT ?area ?name ?province WHERE {
  ?area a tsc:SmartCityArea ;
        skos:prefLabel ?name ;
        tsc:inProvince ?province .
  FILTER(LANG(?name) = "th")
}
ORDER BY ?name"""


def started_with(question: str) -> str:
    """What the field holds before anything was asked: a saved question's text, else a first example."""
    if not question:
        return _FIRST
    return "\n".join(line for line in question_named(question).text.splitlines() if not line.startswith("#+"))


def ask_page(
    text: str, query: Query | None = None, error: MueangError | None = None, link: str = ""
) -> tuple[Response, int]:
    """The form with a query, its answer where it is asked, or what is wrong with it."""
    answer = None
    try:
        answer = shown(query) if query else None
    except MueangError as found:
        error = found
    asked = {"query": text, **({"generation": str(query.generation)} if query and query.generation else {})}
    page = render_template(
        "sparql.html",
        query=text,
        answer=answer,
        error=error.said_in(reader_language()) if error else None,
        asked=asked,
        link=link,
        linkable=answer is not None
        and answer.citation.generation != NO_GENERATION
        and len(text.encode()) <= LONGEST,
        programs=programs(f"{served().settings.address}/sparql", asked) if answer else [],
        questions=questions(),
        editor=editor(),
        prefixes=PREFIXES,
        generation=served().engine.generation,
    )
    return scripted(page), error.status if error else 200


def scripted(page: str) -> Response:
    """A page that may run scripts of ours, and ask this server for more; nothing else is loosened."""
    response = make_response(page)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@blueprint.app_context_processor
def _for_answers() -> dict[str, Any]:
    return {
        "name_of": name_of,
        "is_number": is_number,
        "days": DAYS,
        "page_of": page_address,
        "licence_name": licence_name,
    }


@blueprint.get("/sparql/names")
def names() -> Response:
    """Terms and things with part of a name, for the editor to complete with."""
    response = Response(as_json(found(request.args.get("q", "")[:100])), content_type="application/json")
    response.content_length = len(response.get_data())
    return response


@blueprint.post("/ask")
def link() -> Redirection | Response:
    """A short permanent link to a query and the generation it is asked of, the current one if none is named."""
    pairs = in_form()
    text, wanted = single(pairs, "query"), generation(pairs)
    if not text:
        raise WrongParameter(th="ต้องมี query=", en="query= is needed")
    if len(text.encode()) > LONGEST:
        raise WrongParameter(
            th=f"คำถามยาวเกิน {LONGEST:,} ไบต์", en=f"the query is longer than {LONGEST:,} bytes"
        )
    answer = served().engine.answer(Query(text, generation=wanted), ROWS[0], GRAPHS[0])
    answer.file.close()
    if answer.generation == NO_GENERATION:
        raise UnusableRequest(
            th="ข้อมูลมาจากเครื่องอื่นซึ่งไม่มีเลขรุ่น จึงทำลิงก์ถาวรไม่ได้",
            en="the graph is on another server and has no generations, so there are no permanent links",
        )
    key = keep(served().settings.home, Link(text, answer.generation))
    language = request.args.get("lang")
    return redirect(f"/ask/{key}" + (f"?lang={reader_language()}" if language else ""), 303)


@blueprint.get("/ask/<name>")
def linked(name: str) -> Response | tuple[Response, int]:
    """What a permanent link asks, answered from the generation it was made of."""
    key, suffix = parted(name, (*ROWS, *TABLES, *GRAPHS))
    one = kept_link(served().settings.home, key)
    query = Query(one.query, generation=one.generation)
    if suffix is None and wants_page():
        return ask_page(one.query, query, link=f"{served().settings.address}/ask/{key}")
    return answer_to(query, suffix.key if suffix else None, key)
