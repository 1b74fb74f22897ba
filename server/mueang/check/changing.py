"""Changes the graphs in the store of a desk's child, and says what they became and what the rules find in that.

The store rewrites literals. So a new content is made of the statements as they were written, where they are still
there, and only then of what the store has; a graph that nobody changed keeps its very bytes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, parse

from mueang.check.formats import report_format
from mueang.check.judgement import judged
from mueang.check.known import Known
from mueang.check.reader import Submission
from mueang.check.rendering import Checked, rendered
from mueang.check.report import Report
from mueang.check.written import written
from mueang.errors import ProtectedGraph, StoreFailed, UnusableRequest
from mueang.graph.catalogue import JOURNAL, is_grown
from mueang.graph.generation import Generation, content_of, digest, numbered
from mueang.graph.store import OWN_DEFAULT, graph_name, quads_of

_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_NODE = b"_:"
_MAY_BE_NODES = (_NODE, b"[", b"(")
Said = tuple[dict[str, Any], tuple[bytes, ...]]


@dataclass(frozen=True)
class _Become:
    """What a graph came to say: its statements, which only the rules ask for, and its content."""

    quads: Callable[[], Sequence[Quad]]
    text: bytes


class Changing:
    """The graphs of the generation that is known, to be changed in `store`; in a scratch home nothing is protected.

    As in a store that is asked, the default graph is the merge of all, unless it has a content of its own.
    """

    def __init__(self, known: Known) -> None:
        self.store = known.store
        self._home = known.home
        self._shapes = known.shapes
        self._generation = _published(known)
        self.scratch = OWN_DEFAULT in self._generation.graphs
        self._read: dict[str, list[Quad]] = {}
        self._put: dict[str, tuple[list[Quad], bytes | None]] = {}
        self._posted: dict[str, list[Quad]] = {}
        self._merged: frozenset[bytes] = frozenset()
        self._name_blank_nodes()
        self._before = _lines(self.store)
        self.merge()

    def holds(self, graph: str) -> bool:
        """Whether there is such a graph, with a statement in it."""
        return next(self.store.quads_for_pattern(None, None, None, graph_name(graph)), None) is not None

    def refuse(self, graphs: Iterable[str]) -> None:
        """Raise ProtectedGraph for the first of these that may not change."""
        for graph in graphs:
            if not self._may_change(graph):
                raise _protected(graph)

    def merge(self) -> None:
        """Make the default graph the merge of all again, unless it has a content of its own.

        Raises ProtectedGraph where it was written to meanwhile.
        """
        if not self.scratch:
            self._take_merge_out()
            self.store.update(_MERGE)
            self._merged = _lines(self.store, DefaultGraph())

    def replace(self, graph: str, quads: Sequence[Quad], text: bytes | None) -> None:
        """Have a graph say just this; `text` says the same in Turtle."""
        self.store.remove_graph(graph_name(graph))
        self.store.extend(quads)
        self._put[graph] = list(quads), text

    def add(self, graph: str, quads: Sequence[Quad]) -> None:
        """Have a graph say this, too."""
        self.store.extend(quads)
        self._posted[graph] = list(quads)

    def done(self, asked: Mapping[str, Any], source: Submission) -> Said:
        """What became of it all, for a job to send; `source` names what was handed in and knows its places.

        Raises ProtectedGraph where a graph would change that comes from a file, or the merge of all.
        """
        self._take_merge_out()
        after = _lines(self.store)
        gone, come = _by_graph(self._before - after), _by_graph(after - self._before)
        graphs = sorted(gone.keys() | come.keys())
        self.refuse(graphs)
        self._refuse_new_kinds(come)
        become = {graph: self._become(graph, gone.get(graph, []), come.get(graph, [])) for graph in graphs}
        report = self._judged(source, become, gone, come)
        return self._said(asked, Checked(report, source, source.text.encode()), become)

    def _take_merge_out(self) -> None:
        if self.scratch:
            return
        if self._merged != _lines(self.store, DefaultGraph()):
            raise _protected(OWN_DEFAULT)
        self.store.remove_graph(DefaultGraph())

    def _name_blank_nodes(self) -> None:
        """Name the blank nodes of each graph that may change as they are read from its content here."""
        for graph in filter(self._may_change, self._generation.graphs):
            if any(mark in self._content(graph) for mark in _MAY_BE_NODES):
                self.store.remove_graph(graph_name(graph))
                self.store.extend(self._written(graph))

    def _may_change(self, graph: str) -> bool:
        return self.scratch or (is_grown(graph) and graph != JOURNAL)

    def _content(self, graph: str) -> bytes:
        known = graph in self._generation.graphs
        return content_of(self._home, self._generation, graph) if known else b""

    def _written(self, graph: str) -> list[Quad]:
        """The statements of a graph as its content has them."""
        if graph not in self._read:
            self._read[graph] = list(dict.fromkeys(quads_of(graph, self._content(graph), graph)))
        return self._read[graph]

    def _become(self, graph: str, gone: Sequence[bytes], come: Sequence[bytes]) -> "_Become":
        """A graph as it was put; with what came to it after what it was; or, where something went, written anew."""
        if graph in self._put:
            quads, text = self._put[graph]
            return _Become(lambda: quads, written(quads) if text is None else text)
        added = self._posted.get(graph) or _quads(come)
        if gone or (graph not in self._posted and any(_NODE in line for line in come)):
            kept = [quad for quad in self._written(graph) if quad in self.store]
            quads = [*kept, *_quads(sorted(set(come) - _lines_of(kept)))]
            return _Become(lambda: quads, written(quads))
        before = self._content(graph)
        return _Become(
            lambda: [*self._written(graph), *added], before + b"\n" * bool(before) + written(added)
        )

    def _refuse_new_kinds(self, come: Mapping[str, Iterable[bytes]]) -> None:
        if self.scratch:
            return
        if any(isinstance(quad.object, Triple) for lines in come.values() for quad in _quads(lines)):
            raise UnusableRequest(
                th="ที่นี่ไม่เก็บข้อความ RDF 1.2 (<<( … )>>): เขียนตาม RDF 1.1",
                en="statements of RDF 1.2 (<<( … )>>) are not kept here: write RDF 1.1",
            )

    def _judged(
        self,
        source: Submission,
        become: Mapping[str, "_Become"],
        gone: Mapping[str, Iterable[bytes]],
        come: Mapping[str, Iterable[bytes]],
    ) -> Report:
        if self.scratch:
            return Report(source.name, ())
        lost, got = ([quad for lines in found.values() for quad in _quads(lines)] for found in (gone, come))
        contents = {graph: one.quads() for graph, one in become.items()}
        return judged(self.store, contents, lost, got, source, self._shapes)

    def _said(self, asked: Mapping[str, Any], checked: Checked, become: Mapping[str, "_Become"]) -> Said:
        wanted = report_format(asked["format"])
        before = self._generation.graphs
        kept = {graph: one.text for graph, one in become.items() if one.text or graph == OWN_DEFAULT}
        changed = {graph: text for graph, text in kept.items() if before.get(graph) != digest(text)}
        said = {
            "generation": self._generation.number,
            "accepted": checked.report.accepted,
            "media_type": wanted.media_type_for(checked.report.name),
            "changed": list(changed),
            "gone": [graph for graph in become if graph not in kept and graph in before],
        }
        return said, (rendered(wanted, checked, asked["language"]), *changed.values())


def _lines_of(quads: Iterable[Quad]) -> frozenset[bytes]:
    """The lines of statements as the store would have them."""
    store = Store()
    store.extend(quads)
    return _lines(store)


def _lines(store: Store, graph: DefaultGraph | None = None) -> frozenset[bytes]:
    """Every statement, or those of a graph, as a line of N-Quads or N-Triples: faster to compare than quads are."""
    if graph is not None:
        return frozenset((store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"").splitlines())
    return frozenset((store.dump(format=RdfFormat.N_QUADS) or b"").splitlines())


def _quads(lines: Iterable[bytes]) -> list[Quad]:
    return list(parse(b"\n".join(lines), format=RdfFormat.N_QUADS))


def _by_graph(lines: Iterable[bytes]) -> dict[str, list[bytes]]:
    """The lines of each graph."""
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    ordered = sorted(lines)
    for line, quad in zip(ordered, _quads(ordered), strict=True):
        own = isinstance(quad.graph_name, DefaultGraph)
        found[OWN_DEFAULT if own else str(quad.graph_name)[1:-1]].append(line)
    return found


def _published(known: Known) -> Generation:
    if known.generation is None:
        raise StoreFailed(
            th="ที่นี่ยังไม่มีรุ่นข้อมูลที่เผยแพร่ จึงยังแก้ไขไม่ได้: สั่ง mueang build ก่อน",
            en="nothing is published here that could be changed: run `mueang build` first",
        )
    return numbered(known.home, known.generation)


def _protected(graph: str) -> ProtectedGraph:
    if graph == OWN_DEFAULT:
        return ProtectedGraph(
            th="แก้กราฟเริ่มต้นไม่ได้ เพราะเป็นผลรวมของทุกกราฟ: ระบุกราฟด้วย GRAPH หรือ WITH",
            en="the default graph is the merge of all graphs and cannot be written to: name a graph, by GRAPH or WITH",
        )
    if graph == JOURNAL:
        return ProtectedGraph(
            th=f"แก้กราฟ {graph} ไม่ได้: ระบบเขียนเองเมื่อมีข้อมูลเข้ามา",
            en=f"the graph {graph} cannot be written to: it is kept by the server itself, of what comes in",
        )
    return ProtectedGraph(
        th=f"แก้กราฟ {graph} ไม่ได้: แก้ได้เฉพาะกราฟที่เข้ามาทางเว็บ (graph/submission/…, graph/dataset/…, graph/steward/…)",
        en=f"the graph {graph} cannot be written to: only graphs that came in over the web can, "
        "those below graph/submission/, graph/dataset/ and graph/steward/",
    )
