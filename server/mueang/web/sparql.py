"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (section 2.1), the service's description, a form."""

from flask import Blueprint, Response, request

from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.errors import MueangError, UnsupportedMediaType, UnusableRequest, WrongParameter
from mueang.web.answers import answer_to, answered
from mueang.web.body import body_text
from mueang.web.context import page_graph, served
from mueang.web.editor import ask_page, started_with
from mueang.web.negotiation import chosen, not_acceptable, wants_page
from mueang.web.parameters import Pairs, generation, in_address, in_form, seconds, values

blueprint = Blueprint("sparql", __name__)
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_OF_THE_READER = {"format", "lang", "view", "question"}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response | tuple[Response, int]:
    """Answer a query; without one browsers get the form, programs the service's description."""
    pairs = _parameters()
    named = next(filter(None, values(pairs, "format")), None)  # SPARQLWrapper says it several times
    bare = request.method != "POST" and {name for name, _ in pairs} <= _OF_THE_READER
    if wants_page(named):
        return _page(pairs, bare)
    return _description() if bare else answer_to(_query(pairs), named)


def _parameters() -> Pairs:
    """The parameters of this request; a body that is a query counts as one."""
    if request.method != "POST":
        return in_address()
    if request.mimetype == _FORM:
        return [*in_address(), *in_form()]
    if request.mimetype == _DIRECT:
        return [*in_address(), ("query", body_text())]
    raise UnsupportedMediaType(
        th=f"ส่งคำถามเป็น {_FORM} หรือ {_DIRECT}", en=f"send a query as {_FORM} or as {_DIRECT}"
    )


def _query(pairs: Pairs) -> Query:
    """The query with its dataset and limits; raises for anything the protocol calls wrong."""
    if values(pairs, "update"):
        raise UnusableRequest(th="ที่นี่รับคำถาม ไม่รับการแก้ไข", en="queries are answered here, updates are not")
    texts = values(pairs, "query")
    if len(texts) != 1:
        raise WrongParameter(
            th=f"ต้องมีคำถามหนึ่งคำถาม แต่ได้รับ {len(texts)}",
            en=f"exactly one query is needed, {len(texts)} were sent",
        )
    return Query(
        texts[0],
        values(pairs, "default-graph-uri"),
        values(pairs, "named-graph-uri"),
        seconds(pairs),
        generation(pairs),
    )


def _description() -> Response:
    """The Service Description (SPARQL 1.1 Service Description, section 2)."""
    wanted = chosen(GRAPHS)
    if wanted:
        return answered(page_graph("service", wanted, f"{served().settings.address}/sparql"))
    if chosen(ROWS):
        raise UnusableRequest(th="ไม่มีคำถาม: ส่งมาใน query=", en="there is no query: send one as query=")
    raise not_acceptable(GRAPHS)


def _page(pairs: Pairs, bare: bool) -> tuple[Response, int]:
    """The form with what was asked and its answer; an error keeps the query in the form."""
    if bare:
        return ask_page(started_with(request.args.get("question", "")))
    try:
        return ask_page("\n".join(values(pairs, "query")), _query(pairs))
    except MueangError as error:
        return ask_page("\n".join(values(pairs, "query")), error=error)
