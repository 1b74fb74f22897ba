"""`/search`: things of ours by a part of a name or by a code, as a page and as JSON."""

from flask import Blueprint, Response, jsonify, render_template, request

from mueang.engine.question import Question, questions
from mueang.web.context import served
from mueang.web.finding import LONGEST, Hit, alike, folded, found
from mueang.web.kept import kept
from mueang.web.language import reader_language
from mueang.web.links import page_address
from mueang.web.names import Names
from mueang.web.negotiation import JSON, PAGE, wanted

blueprint = Blueprint("search", __name__)
_MOST = 50


@blueprint.get("/search")
def search() -> Response | str:
    """What was found for `q`, best first; where nothing was, what looks like it."""
    given = wanted((JSON, PAGE))
    words = request.args.get("q", "").strip()[:LONGEST]
    hits = found(words)
    near = alike(words) if words and not hits else []
    names = Names(hit.iri for hit in (*hits[:_MOST], *near))
    if given is JSON:
        return jsonify(
            query=words,
            count=len(hits),
            results=[_described(hit, names) for hit in hits[:_MOST]],
            suggestions=[_described(hit, names) for hit in near],
        )
    return render_template(
        "search.html",
        words=words,
        hits=hits,
        near=near,
        names=names,
        most=_MOST,
        asked=_questions(words),
        generation=served().engine.generation,
    )


def _described(hit: Hit, names: Names) -> dict[str, object]:
    kind = names.kind(hit.iri)
    return {
        "iri": hit.iri,
        "address": page_address(hit.iri),
        "name": names.all_of(hit.iri),
        "kind": kind.text if kind else None,
        "matched": hit.text,
    }


def _questions(words: str) -> list[Question]:
    """The saved questions whose title holds these words."""
    known = kept("questions", questions)
    whole = folded(words)
    return [one for one in known if whole and whole in folded(one.title[reader_language()])]
