"""What is different between two generations: the graphs, and the statements each gained and lost.

Blank nodes have no names to compare by. Each is told by a digest of what is said about it and about its
neighbours up to 16 steps away, worked out for both sides together (colour refinement). That is bounded, where
canonical labels are not: `Dataset.canonicalize` of pyoxigraph 0.5.13 took 33 s for nine blank nodes that are all
linked to one another, and one more statement changes its labels throughout. Only regular structures without a name
in them, a ring of six against two of three, and what differs further away than that, are taken for the same.
"""

from collections import ChainMap, Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pyoxigraph import BlankNode, Quad, Triple

from mueang.graph.generation import Generation, content_of
from mueang.graph.store import quads_of

Change = Literal["added", "removed", "changed"]
Statement = tuple[str, str, str]
_MOST_ROUNDS = 16


@dataclass(frozen=True)
class GraphDifference:
    """One graph that differs, with the statements it gained and lost, each three terms as N-Triples writes them.

    A graph that is `changed` without either says the same in another layout or other comments.
    """

    graph: str
    change: Change
    added: Sequence[Statement]
    removed: Sequence[Statement]


def graphs_changed(before: Generation, after: Generation) -> dict[str, Change]:
    """The graphs that differ, sorted by IRI; tells by digests alone."""
    differing = {graph for graph, _ in before.graphs.items() ^ after.graphs.items()}
    return {graph: _change(graph, before, after) for graph in sorted(differing)}


def differences(home: Path, before: Generation, after: Generation) -> Iterator[GraphDifference]:
    """Each graph that differs, with its statements."""
    for graph, change in graphs_changed(before, after).items():
        old, new = _quads(home, before, graph), _quads(home, after, graph)
        added, removed = statements_changed(old, new)
        yield GraphDifference(graph, change, added, removed)


def statements_changed(old: Sequence[Quad], new: Sequence[Quad]) -> tuple[list[Statement], list[Statement]]:
    """The statements only `new` has and those only `old` has, sorted; no blank node may be in both."""
    names = _names([*old, *new])
    before, after = (Counter(_statement(quad, names) for quad in quads) for quads in (old, new))
    return sorted((after - before).elements()), sorted((before - after).elements())


def _change(graph: str, before: Generation, after: Generation) -> Change:
    if graph not in before.graphs:
        return "added"
    return "changed" if graph in after.graphs else "removed"


def _quads(home: Path, generation: Generation, graph: str) -> list[Quad]:
    """The quads of one graph, none where the generation lacks it; a statement written twice counts once."""
    if graph not in generation.graphs:
        return []
    return list(dict.fromkeys(quads_of(graph, content_of(home, generation, graph), graph)))


def _names(quads: Sequence[Quad]) -> dict[BlankNode, str]:
    """A name for each blank node, the same for those that cannot be told apart."""
    linked = [quad for quad in quads if any(_blank_nodes(quad.triple))]
    names = {node: "" for quad in linked for node in _blank_nodes(quad.triple)}
    for _ in range(_MOST_ROUNDS):
        told_apart = len(set(names.values()))
        names = _refined(linked, names)
        if len(set(names.values())) == told_apart:
            break
    return names


def _refined(quads: Sequence[Quad], names: dict[BlankNode, str]) -> dict[BlankNode, str]:
    said: dict[BlankNode, list[str]] = {node: [] for node in names}
    for quad in quads:
        for node in set(_blank_nodes(quad.triple)):
            said[node].append(" ".join(_statement(quad, ChainMap({node: "this"}, names))))
    return {node: sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16] for node, lines in said.items()}


def _statement(quad: Quad, names: Mapping[BlankNode, str]) -> Statement:
    return _term(quad.subject, names), _term(quad.predicate, names), _term(quad.object, names)


def _term(term: object, names: Mapping[BlankNode, str]) -> str:
    if isinstance(term, BlankNode):
        return f"_:{names[term]}"
    if isinstance(term, Triple):
        return f"<<( {' '.join(_term(part, names) for part in term)} )>>"
    return str(term)


def _blank_nodes(triple: Triple) -> Iterator[BlankNode]:
    for term in triple:
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from _blank_nodes(term)
