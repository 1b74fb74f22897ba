"""What the rules find in graphs that changed: in what they say now, and in what no longer being there breaks."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Quad, Store

from mueang.check.elsewhere import affected, caused
from mueang.check.judge import check, findings
from mueang.check.reader import Submission
from mueang.check.report import Finding, Report
from mueang.check.shacl import Shapes
from mueang.check.target import Node
from mueang.graph.names import GRAPH

_SUBMISSION = f"{GRAPH}submission/"
_OPEN = re.compile(re.escape(_SUBMISSION) + r"[A-Za-z0-9][A-Za-z0-9._-]*")


def judged(
    store: Store,
    contents: Mapping[str, Sequence[Quad]],
    gone: Collection[Quad],
    come: Collection[Quad],
    source: Submission,
    shapes: Shapes,
) -> Report:
    """The report on graphs that came to have these contents in the store, which is used up.

    Their statements are judged as a submission's are that brings all of them: what may not be touched, and all shapes.
    """
    broken = broken_by(store, gone, come, shapes) if gone else []
    for graph in contents:
        store.remove_graph(NamedNode(graph))
    quads = tuple(quad for graph, one in contents.items() for quad in _as_submitted(graph, one))
    if not quads:
        return Report(source.name, tuple(broken))
    found = check(replace(source, quads=quads), store, shapes)
    told = {(one.rule, one.focus.term, one.value) for one in found.findings}
    others = [one for one in broken if (one.rule, one.focus.term, one.value) not in told]
    return replace(found, findings=(*found.findings, *others))


def broken_by(store: Store, gone: Collection[Quad], come: Collection[Quad], shapes: Shapes) -> list[Finding]:
    """Findings that were not there before, at things that lost a statement and things near those, worst first."""
    near = _near(gone, store)
    after = shapes.judge(store, near)
    for quad in come:
        store.remove(quad)
    store.extend(gone)
    new = findings(store, caused(after, shapes.judge(store, near)))
    told = (replace(one, elsewhere=True) for one in new)
    return sorted(told, key=lambda one: (-one.severity, one.focus.term, one.rule))


def _near(gone: Collection[Quad], store: Store) -> set[Node]:
    subjects = {quad.subject for quad in gone if isinstance(quad.subject, NamedNode)}
    still = {node for node in subjects if next(store.quads_for_pattern(node, None, None), None)}
    return still | set(affected(gone, store))


def _as_submitted(graph: str, quads: Sequence[Quad]) -> Iterable[Quad]:
    """The statements in a graph of the kind that a submission may bring."""
    alias = _SUBMISSION + re.sub(r"[^A-Za-z0-9._-]", "-", graph.removeprefix(GRAPH))
    name = NamedNode(graph if _OPEN.fullmatch(graph) else alias)
    return (Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)
