"""The one door to the graph: a query in, an answer out. What stands behind it may change; this may not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from mueang.engine.asker import Asker
from mueang.engine.formats import Format, GraphFormat, RowsFormat
from mueang.errors import TooLarge

_STATEMENT = re.compile(rb"^(?!@prefix|#)\S", re.MULTILINE)
_LINE_AFTER_HEADER = re.compile(rb"^true$|\n[^\n]*\n")
_SOMETHING = {
    "json": re.compile(rb'"boolean"\s*:\s*true|"bindings"\s*:\s*\[\s*\{'),
    "xml": re.compile(rb"<boolean>true|<result>"),
    "csv": _LINE_AFTER_HEADER,
    "tsv": _LINE_AFTER_HEADER,
    "rdf": re.compile(rb"\srdf:(?:about|nodeID)="),
    "jsonld": re.compile(rb'"@id"'),
    **dict.fromkeys(("ttl", "nt", "nq", "trig"), _STATEMENT),
}


@dataclass(frozen=True)
class Query:
    """A SPARQL query with the dataset the protocol may give it (SPARQL 1.1 Protocol, section 2.1.4).

    `seconds` may lower the engine's own time limit, never raise it; `generation` asks an older state of the graph.
    `through` begins the addresses that a SERVICE may name: those of our forwarder (see `outward`). Once `asker` has
    left, workers of our own stop.
    """

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    seconds: float | None = None
    generation: int | None = None
    through: str = ""
    asker: Asker = field(default_factory=Asker, compare=False)


@dataclass(frozen=True)
class Answer:
    """A whole answer, serialised into a file to be read from its start, with the generation it was given from."""

    file: IO[bytes]
    length: int
    format: Format[Any]
    generation: int

    @property
    def body(self) -> bytes:
        """All of it at once."""
        self.file.seek(0)
        return self.file.read()

    @property
    def empty(self) -> bool:
        """Whether it is an answer of no rows, no triples, or `false`."""
        return not _SOMETHING[self.format.key].search(self.body)


class Engine(Protocol):
    """Answers queries over one generation at a time."""

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """The answer in `rows` for SELECT and ASK, in `graph` for CONSTRUCT and DESCRIBE.

        Raises MalformedQuery, TooLarge, UnusableRequest for SERVICE, NotAcceptable where the kind that was asked
        has no format, NotFound for a generation that is not kept, QueryBudgetExceeded and Busy.
        """

    @property
    def generation(self) -> int:
        """The number of the generation that is answered from."""

    def catch_up(self) -> None:
        """Have what was published just now answered from, when this returns; raises Busy while that cannot be."""

    def ready(self) -> bool:
        """Whether a query asked now would be taken up."""


def refuse_long(query: Query, longest: int) -> None:
    """Refuse a query whose text is longer than this many bytes."""
    if len(query.text.encode()) > longest:
        kilobytes = longest // 1000
        raise TooLarge(th=f"คำถามยาวเกิน {kilobytes} kB", en=f"the query is longer than {kilobytes} kB")
