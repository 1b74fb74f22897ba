"""Which generations changed what is said about one thing.

Of each content only a digest of the statements per subject is kept in memory, so that the history of a thing costs
no more than looking up its subject in the graphs that changed.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from cachetools import LRUCache, cached
from pyoxigraph import NamedNode

from mueang.graph.difference import graphs_changed
from mueang.graph.generation import Generation, content_of, numbered, size_of
from mueang.graph.history import history
from mueang.graph.store import quads_of

MOST = 100
_LARGEST = 4_000_000
_CONTENTS = 512


@dataclass(frozen=True)
class Step:
    """A generation that changed what is said about a thing, and the graphs in which it did."""

    generation: Generation
    graphs: tuple[str, ...]


def lineage(home: Path, subject: str, most: int = MOST) -> Iterator[Step]:
    """The generations, newest first, in which statements about the subject came or went, among the last `most`.

    A graph of more than 4 MB is not read, and so is never among those that changed.
    """
    for one, state in islice(history(home), most):
        if state != "unused" and (graphs := _changed(home, subject, one)):
            yield Step(one, graphs)


def _changed(home: Path, subject: str, after: Generation) -> tuple[str, ...]:
    before = numbered(home, after.parent) if after.parent else None
    graphs = graphs_changed(before, after) if before else after.graphs
    return tuple(
        graph
        for graph in graphs
        if _said(home, before, graph).get(subject) != _said(home, after, graph).get(subject)
    )


def _said(home: Path, one: Generation | None, graph: str) -> dict[str, int]:
    """A digest of what a graph says about each of its subjects; nothing where there is no such graph."""
    if one is None or graph not in one.graphs or size_of(home, one, [graph]) > _LARGEST:
        return {}
    return _digests(home, one, graph)


@cached(
    LRUCache(_CONTENTS), key=lambda home, one, graph: (home, graph, one.graphs[graph]), lock=threading.Lock()
)
def _digests(home: Path, one: Generation, graph: str) -> dict[str, int]:
    said: dict[str, set[str]] = defaultdict(set)
    for quad in quads_of(graph, content_of(home, one, graph), graph):
        if isinstance(quad.subject, NamedNode):
            # a blank node gets another name each time it is read
            value = str(quad.object) if not str(quad.object).startswith("_:") else "_:"
            said[quad.subject.value].add(f"{quad.predicate} {value}")
    return {subject: _digest("\n".join(sorted(lines))) for subject, lines in said.items()}


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
