"""`/update`: the update operation of the SPARQL 1.1 Protocol (section 2.2), for stewards."""

from flask import Blueprint, Response, request

from mueang.check.client import Checker
from mueang.engine.question import is_iri
from mueang.errors import UnsupportedMediaType, UnusableRequest, WrongParameter
from mueang.files import too_large
from mueang.web.body import body_text
from mueang.web.parameters import Pairs, in_address, in_form, values
from mueang.web.stewards import FORM, changed, most_bytes, steward

_DIRECT = "application/sparql-update"
_DATASET = {"using-graph-uri": "using", "using-named-graph-uri": "using_named"}


def blueprint_over(desk: Checker) -> Blueprint:
    """The route, with the desk that works updates out."""
    blueprint = Blueprint("update", __name__)

    @blueprint.post("/update")
    def update() -> Response:
        """Change graphs by an update: 204, or 422 with the report and nothing changed."""
        person = steward()
        pairs = _parameters()
        asked = {"job": "update"} | {name: _iris(pairs, given) for given, name in _DATASET.items()}
        return changed(desk, person, "update", asked, _text(pairs).encode())

    return blueprint


def _parameters() -> Pairs:
    """The parameters of this request; a body that is an update counts as one."""
    if request.mimetype == FORM:
        return [*in_address(), *in_form()]
    if request.mimetype == _DIRECT:
        return [*in_address(), ("update", body_text())]
    raise UnsupportedMediaType(
        th=f"ส่งคำสั่งแก้ไขเป็น {FORM} หรือ {_DIRECT}", en=f"send an update as {FORM} or as {_DIRECT}"
    )


def _text(pairs: Pairs) -> str:
    if values(pairs, "query"):
        raise UnusableRequest(
            th="ที่นี่รับคำสั่งแก้ไข ไม่รับคำถาม: ถามที่ /sparql",
            en="updates are taken here, queries are not: ask at /sparql",
        )
    texts = values(pairs, "update")
    if len(texts) != 1:
        raise WrongParameter(
            th=f"ต้องมีคำสั่งแก้ไข (update=) หนึ่งคำสั่ง แต่ได้รับ {len(texts)}",
            en=f"exactly one update (update=) is needed, {len(texts)} were sent",
        )
    if len(texts[0].encode()) > most_bytes():
        raise too_large("update", most_bytes())
    return texts[0]


def _iris(pairs: Pairs, name: str) -> list[str]:
    found = values(pairs, name)
    for iri in found:
        if not is_iri(iri):
            raise WrongParameter(
                th=f"{name}={iri[:200]}: ต้องเป็น IRI เต็ม", en=f"{name}={iri[:200]}: must be a whole IRI"
            )
    return found
