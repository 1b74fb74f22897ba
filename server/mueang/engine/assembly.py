"""What several queries construct, put together as one graph; and rows of values put into a query."""

import io
import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from mueang.engine.formats import GRAPHS, GraphFormat, format_named
from mueang.engine.query import Answer, Engine, Query
from mueang.errors import Busy
from mueang.graph.names import PREFIXES

_ATTEMPTS = 3
_PREFIXES = PREFIXES | {
    "adms": "http://www.w3.org/ns/adms#",
    "qb": "http://purl.org/linked-data/cube#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def with_rows(text: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The query with these rows of texts in its block `VALUES (?name …) { … }`; raises LookupError without one."""
    head = f"VALUES ({' '.join('?' + name for name in names)})"
    before, *after = re.split(re.escape(head) + r" \{[^{}]*\}", text, maxsplit=1)
    if not after:
        raise LookupError(f"the query has no block {head}")
    written = " ".join(f"({' '.join(_written(value) for value in row)})" for row in rows)
    return f"{before}{head} {{ {written} }}{after[0]}"


def assembled(engine: Engine, texts: Sequence[str], wanted: GraphFormat, also: str = "") -> Answer:
    """All that these queries construct in one format, from one generation; raises Busy where none holds still.

    `also` is N-Triples put beside it: an engine may rewrite the datatype of what it constructs.
    """
    lines = format_named("nt", GRAPHS)
    for _ in range(_ATTEMPTS):
        answers = [engine.answer(Query(text), None, lines) for text in texts]
        bodies = [answer.body for answer in answers]
        for answer in answers:
            answer.file.close()
        if len(found := {answer.generation for answer in answers}) == 1:
            body = _serialised([*bodies, also.encode()], wanted)
            return Answer(io.BytesIO(body), len(body), wanted, *found)
    raise Busy(
        th="ข้อมูลกำลังเปลี่ยนรุ่นอยู่ ลองใหม่อีกครั้งในไม่กี่วินาที",
        en="new data is being published right now: try again in a few seconds",
    )


def _serialised(bodies: Sequence[bytes], wanted: GraphFormat) -> bytes:
    triples = {quad.triple for body in bodies for quad in parse(body, RdfFormat.N_TRIPLES)}
    used = {_namespace(term.value) for triple in triples for term in triple if isinstance(term, NamedNode)}
    prefixes = {prefix: namespace for prefix, namespace in _PREFIXES.items() if namespace in used}
    output = io.BytesIO()
    serialize(sorted(triples, key=_order), output, format=wanted.oxigraph, prefixes=prefixes)
    return output.getvalue()


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _order(triple: Triple) -> tuple[str, str, str]:
    """By subject, predicate and object, so that one graph has one text."""
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _written(value: str) -> str:
    """A text as SPARQL writes it; a brace as an escape, since blocks are found by their braces."""
    return str(Literal(value)).replace("{", "\\u007B").replace("}", "\\u007D")
