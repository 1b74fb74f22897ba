"""`/def`, its parts, the alignments and the lists: what our terms mean, as pages and as RDF."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request

from mueang.engine.formats import GRAPHS, AnyFormat, GraphFormat
from mueang.errors import NotFound
from mueang.graph.names import BASE, GRAPH
from mueang.web.answers import answered
from mueang.web.context import page_graph, page_rows, served
from mueang.web.diagram import around
from mueang.web.glossary import (
    DEF,
    Term,
    glossary,
    iris_of,
    lists_by_property,
    questions_by_term,
    rules_by_term,
)
from mueang.web.kept import kept
from mueang.web.language import reader_language
from mueang.web.names import Names, iris_in
from mueang.web.negotiation import PAGE, parted, required, wanted, wants_page

blueprint = Blueprint("terms", __name__)
_FORMATS = (*GRAPHS, PAGE)


@blueprint.get("/def")
@blueprint.get("/def.<suffix>")
def ontology(suffix: str | None = None) -> Response | str:
    """The ontology: every term with what it means, where it is used, and what guards it."""
    given = wanted(_FORMATS, suffix)
    return _terms_page("") if given is PAGE else answered(page_graph("ontology", given))


@blueprint.get("/def/<name>")
def part(name: str) -> Response | str:
    """One part of the ontology, or one term: its page, and what is said of it."""
    name, chosen, page = _asked(name)
    graph = f"{GRAPH}ontology/{name}"
    if any(row["graph"]["value"] == graph for row in page_rows("ontology-parts")):
        return _terms_page(name) if page else _graph_of("one-graph", chosen, graph)
    terms = kept("glossary", glossary)
    if term := terms.get(DEF + name):
        return _term_page(term) if page else _graph_of("thing", chosen, term.iri)
    return _of_version(f"def/{name}", chosen)


@blueprint.get("/def/<version>/<path:name>")
def part_of_a_version(version: str, name: str) -> Response:
    """The version of a part, of an alignment or of a list."""
    name, chosen, _ = _asked(name)
    return _of_version(f"def/{version}/{name}", chosen)


def _of_version(path: str, chosen: AnyFormat | None) -> Response:
    """The way to the document that has this version now; raises NotFound with the paths that look like it."""
    versions = {row["version"]["value"]: row["document"]["value"] for row in page_rows("versions")}
    if document := versions.get(BASE + path):
        asked = request.query_string.decode()
        suffix = f".{chosen.key}" if chosen else ""
        return make_response(
            redirect(f"/{document.removeprefix(BASE)}{suffix}{'?' * bool(asked)}{asked}", 303)
        )
    raise _nothing(path, (f"def/{one.key}" for one in kept("glossary", glossary).values()))


@blueprint.get("/alignment/<name>")
def alignment(name: str) -> Response | str:
    """How our terms line up with one outside vocabulary."""
    name, chosen, page = _asked(name)
    iri, graph = f"{BASE}alignment/{name}", f"{GRAPH}alignment/{name}"
    header = page_rows("statements", iri)
    if not header:
        raise _nothing(
            f"alignment/{name}",
            {row["alignment"]["value"].removeprefix(GRAPH) for row in page_rows("term-alignments")},
        )
    if not page:
        return _graph_of("one-graph", chosen, graph)
    rows = page_rows("alignment", graph)
    called = Names(iris_in(rows) | {iri})
    return _page("alignment.html", name=name, iri=iri, header=_texts(header), rows=rows, called=called)


@blueprint.get("/vocab")
@blueprint.get("/vocab.<suffix>")
def lists(suffix: str | None = None) -> Response | str:
    """All lists of fixed values."""
    if (given := wanted(_FORMATS, suffix)) is not PAGE:
        return answered(page_graph("lists-graph", given))
    rows = page_rows("lists")
    users: dict[str, list[str]] = {}
    for term, taken in lists_by_property().items():
        for iri in taken:
            users.setdefault(iri, []).append(term)
    return _page("vocab-all.html", lists=rows, users=users, called=Names(lists_by_property()))


@blueprint.get("/vocab/<name>")
def one_list(name: str) -> Response | str:
    """A list of ours with its values."""
    name, chosen, page = _asked(name)
    iri = f"{BASE}vocab/{name}"
    header = page_rows("statements", iri)
    if not header:
        raise _nothing(
            f"vocab/{name}", (row["list"]["value"].removeprefix(BASE) for row in page_rows("lists"))
        )
    if not page:
        return _graph_of("list-graph", chosen, iri)
    rows = page_rows("list", iri)
    asked = questions_by_term()
    users = [term for term, lists in lists_by_property().items() if iri in lists]
    return _page(
        "vocab.html",
        name=name,
        iri=iri,
        header=_texts(header),
        rows=rows,
        users=users,
        called=Names({iri, *users, *iris_in(rows)}),
        asked={row["value"]["value"]: asked.get(row["value"]["value"], ()) for row in rows},
        rules=sorted({rule for user in users for rule in rules_by_term().get(user, ())}),
    )


def _terms_page(name: str) -> Response:
    terms = kept("glossary", glossary)
    asked = request.args.get("q", "").strip()[:100]
    graph = f"{GRAPH}ontology/{name}"
    shown = [one for one in terms.values() if (not name or one.part == graph) and _says(one, asked)]
    called = _names(terms)
    drawings = {one.iri: around(one, terms, called) for one in shown if one.is_class} if name else {}
    return _page(
        "def.html",
        name=name,
        asked=asked,
        parts=[(row, _grouped(shown, row["graph"]["value"])) for row in page_rows("ontology-parts")],
        count=len(shown),
        called=called,
        drawn={iri: drawing for iri, drawing in drawings.items() if drawing},
        full=bool(name or asked),
        on_page={one.iri for one in shown},
    )


def _term_page(term: Term) -> Response:
    terms = kept("glossary", glossary)
    properties = [one for one in terms.values() if term.iri in one.sources]
    called = _names(terms)
    return _page(
        "term.html",
        one=term,
        properties=properties,
        called=called,
        drawing=around(term, terms, called) if term.is_class else None,
        example_query=_query_about(term),
        full=True,
        on_page=(),
    )


def _names(terms: Mapping[str, Term]) -> Names:
    """What the terms and all that is shown beside them are called in the reader's language."""
    return kept(f"glossary-names-{reader_language()}", lambda: Names(iris_of(terms.values())))


def _query_about(term: Term) -> str:
    """A query that shows a term at work."""
    name = f"tsc:{term.key}"
    return f"SELECT * {{ ?{'thing a ' + name if term.is_class else 'thing ' + name + ' ?value'} }} LIMIT 50"


def _graph_of(query: str, chosen: GraphFormat | None, thing: str) -> Response:
    return answered(page_graph(query, chosen or required(GRAPHS), thing))


def _grouped(terms: list[Term], graph: str) -> list[tuple[Term | None, list[Term]]]:
    """The classes of a part with the properties that lead from each; properties of none of these come last."""
    mine = [one for one in terms if one.part == graph]
    classes = [one for one in mine if one.is_class]
    known = {one.iri for one in classes}
    homes = {
        one.iri: next((iri for iri in one.sources if iri in known), "") for one in mine if not one.is_class
    }
    groups: list[tuple[Term | None, list[Term]]] = [
        (one, [term for term in mine if homes.get(term.iri) == one.iri]) for one in classes
    ]
    rest = [term for term in mine if homes.get(term.iri) == ""]
    return [*groups, (None, rest)] if rest else groups


def _says(term: Term, asked: str) -> bool:
    """Whether a term's name or its words hold what is asked for."""
    texts = [term.key, *(text for texts in term.words.values() for text in texts.values())]
    return not asked or any(asked.casefold() in text.casefold() for text in texts)


def _asked(name: str) -> tuple[str, GraphFormat | None, bool]:
    """The name without its suffix, the format that names, and whether a page is asked for."""
    stem, chosen = parted(name, _FORMATS)
    return stem, chosen, chosen is PAGE or (chosen is None and wants_page())


def _texts(header: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The texts of a header, by the last part of the property and by language."""
    found: dict[str, dict[str, str]] = {}
    for row in header:
        key = row["p"]["value"].replace("#", "/").rpartition("/")[2]
        found.setdefault(key, {})[row["o"].get("xml:lang", "")] = row["o"]["value"]
    return found


def _page(template: str, **shown: Any) -> Response:
    return make_response(
        render_template(template, formats=GRAPHS, generation=served().engine.generation, **shown)
    )


def _nothing(path: str, known: Iterable[str]) -> NotFound:
    """The error for a path that nothing has, with those that look like it."""
    alike = " ".join(f"/{one}" for one in get_close_matches(path, list(known), 3))
    return NotFound(
        th=f"ไม่มี {path} ในกราฟนี้" + (f" ใกล้เคียง: {alike}" if alike else ""),
        en=f"there is no {path} in this graph" + (f"; alike: {alike}" if alike else ""),
    )
