"""`/reconcile` (0.2) and `/reconcile/v1` (1.0 draft): names to IRIs for OpenRefine and friends, by the names index."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request

from mueang.errors import NotFound, WrongParameter
from mueang.link.batch import read_draft_queries, read_queries
from mueang.link.extension import extended, extended_draft, in_short, proposed, read_extension
from mueang.link.facts import expanded, facts_of
from mueang.link.names import index_of
from mueang.link.reconciliation import Reconciler
from mueang.link.service import draft_manifest, draft_results, manifest, results
from mueang.link.suggestion import (
    MOST_PAGES,
    PAGE,
    described,
    suggested_properties,
    suggested_things,
    suggested_types,
)
from mueang.web.body import body_text
from mueang.web.context import served
from mueang.web.language import reader_language, say
from mueang.web.links import page_address
from mueang.web.parameters import Pairs, in_address, in_form, single

blueprint = Blueprint("reconcile", __name__)
_LARGEST = 16_000_000
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
Suggesting = Callable[..., list[dict[str, Any]]]


@blueprint.route("/reconcile", methods=["GET", "POST"])
def service() -> Response:
    """The manifest; with `queries` the candidates of each, with `extend` the columns that are asked for (0.2)."""
    given = _given()
    queries, extend = single(given, "queries"), single(given, "extend")
    if queries is not None:
        return _json(results(_known(), read_queries(queries), reader_language()))
    if extend is not None:
        return _json(extended(_known(), read_extension(extend), reader_language()))
    if request.method == "POST":
        raise WrongParameter(
            th="ต้องมี queries= หรือ extend= ในฟอร์มที่ส่งมา",
            en="the form must have a field queries= or extend=",
        )
    return _json(manifest(_known(), served().settings.address, reader_language(), _asked_language()))


@blueprint.get("/reconcile/v1")
def draft_service() -> Response:
    """The manifest of the 1.0 draft."""
    return _json(draft_manifest(_known(), served().settings.address, reader_language(), _asked_language()))


@blueprint.post("/reconcile/v1/match")
def draft_match() -> Response:
    """The candidates of each query, asked in JSON."""
    return _json(draft_results(_known(), read_draft_queries(_body()), reader_language()))


@blueprint.post("/reconcile/v1/extend")
def draft_extend() -> Response:
    """The columns that are asked for, in JSON."""
    return _json(extended_draft(_known(), read_extension(_body()), reader_language()))


@blueprint.get("/reconcile/extend/propose")
@blueprint.get("/reconcile/v1/extend/propose")
def propose() -> Response:
    """The properties that things of a type have."""
    given = in_address()
    kind, most = single(given, "type") or "", _number(given, "limit", 1_000)
    found = proposed(_known(), kind, reader_language())[: most or None]
    properties = [{"id": one.key, "name": one.label(reader_language())} for one in found]
    return _json(
        {"properties": properties} | ({"type": kind} if kind else {}) | ({"limit": most} if most else {})
    )


@blueprint.get("/reconcile/suggest/entity")
@blueprint.get("/reconcile/v1/suggest/entity")
def suggest_entity() -> Response:
    """Things that are called like what was typed; of one type where `type` is given."""
    kind = single(in_address(), "type") or ""
    return _suggested(
        lambda known, prefix, language, start: suggested_things(known, prefix, kind, language, start)
    )


@blueprint.get("/reconcile/suggest/property")
@blueprint.get("/reconcile/v1/suggest/property")
def suggest_property() -> Response:
    """Properties that are called like what was typed."""
    return _suggested(suggested_properties)


@blueprint.get("/reconcile/suggest/type")
@blueprint.get("/reconcile/v1/suggest/type")
def suggest_type() -> Response:
    """Types that are called like what was typed."""
    return _suggested(suggested_types)


@blueprint.get("/reconcile/flyout/<any(entity, property, type):sort>")
def flyout(sort: str) -> Response:
    """A few words on a thing, a property or a type, to show beside a suggestion."""
    name = _id()
    title, words = _told(sort, name)
    html = render_template("reconcile-flyout.html", title=title, words=words)
    return _json({"id": name, "html": html})


@blueprint.get("/reconcile/preview")
@blueprint.get("/reconcile/v1/preview")
def preview() -> Response:
    """A thing on a small page, to be shown inside the pages of others."""
    known = _known()
    name = _id()
    thing = known.thing(name)
    if thing is None:
        raise _unknown(name)
    language = reader_language()
    page = render_template(
        "reconcile-preview.html",
        thing=thing,
        words=described(thing, language),
        said=in_short(known, thing, language),
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


@blueprint.get("/reconcile/view")
def view() -> Response:
    """To the page of a thing, a term or a concept of ours, by its IRI."""
    address = page_address(expanded(_id()))
    if not address.startswith("/") or address.startswith("//"):
        raise _unknown(_id())
    return redirect(address, 303)  # type: ignore[return-value]


def _known() -> Reconciler:
    """The names and facts of the generation that is answered from."""
    engine = served().engine.itself
    known = Reconciler(index_of(engine), facts_of(engine))
    g.setdefault("generations", set()).add(known.facts.generation)
    return known


def _given() -> Pairs:
    """The parameters of a GET, or of a posted form, which may be large."""
    if request.method != "POST":
        return in_address()
    request.max_content_length = _LARGEST
    return in_form()


def _body() -> str:
    request.max_content_length = _LARGEST
    return body_text()


def _suggested(suggesting: Suggesting) -> Response:
    given = in_address()
    start = _number(given, "cursor", PAGE * MOST_PAGES)
    prefix = single(given, "prefix") or ""
    return _json({"result": suggesting(_known(), prefix[:200], reader_language(), start)})


def _told(sort: str, name: str) -> tuple[str, str]:
    """What a thing, a property or a type is called, and a few words on it."""
    known, language = _known(), reader_language()
    thing = known.thing(name) if sort == "entity" else None
    if thing:
        return thing.label_in(language), described(thing, language)
    found = {"property": known.facts.property_named, "type": known.facts.kind_named}.get(sort, _nothing)(name)
    if found is None:
        raise _unknown(name)
    return found.label(language), found.key


def _nothing(_: str) -> None:
    return None


def _id() -> str:
    name = single(in_address(), "id")
    if not name:
        raise WrongParameter(th="ต้องบอก id=", en="id= is needed")
    return name


def _number(given: Pairs, name: str, most: int) -> int:
    """A whole number from nought to so many; nought where none is given."""
    text = single(given, name) or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
        raise WrongParameter(
            th=f"{name}={text[:40]}: ต้องเป็นจำนวนเต็มตั้งแต่ 0 ถึง {most:,}",
            en=f"{name}={text[:40]}: must be a whole number from 0 to {most:,}",
        )
    return int(text)


def _asked_language() -> str:
    """The language that the address itself asks for."""
    return reader_language() if request.args.get("lang") else ""


def _unknown(name: str) -> NotFound:
    return NotFound(th=f"ไม่มี {name[:200]} ในกราฟนี้", en=f"there is no {name[:200]} in this graph")


def _json(content: object) -> Response:
    """An answer in JSON, in the language it says it is in."""
    try:
        body = json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character in a key that the client chose: escaped as it came
        body = json.dumps(content).encode()
    response = Response(body, content_type="application/json")
    response.headers["Content-Language"] = say("th", "en")
    return response
