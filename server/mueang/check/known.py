"""What a submission is checked beside: the published graphs in a store, and the rules."""

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Store

from mueang.check.namesakes import PREFERRED, Names
from mueang.check.shacl import Shapes
from mueang.graph.catalogue import repository_graphs, shape_files
from mueang.graph.generation import content_of, current, digest
from mueang.graph.names import GRAPH
from mueang.graph.store import graph_name, quads_of

_TERMS = (f"{GRAPH}ontology", f"{GRAPH}vocab/")


class Known:
    """The named graphs of a home's current generation, or the repository's own where none is published yet."""

    def __init__(self, home: Path) -> None:
        self.shapes = Shapes(path.read_bytes() for path in shape_files())
        self.store = Store()
        self.names = Names(())
        self.generation: int | None = None
        self.home = home
        self._graphs: dict[str, str] = {}

    def follow(self) -> None:
        """Take in what was published since: only the graphs that changed. Raises StoreFailed; then nothing changed."""
        generation = current(self.home)
        if generation is None:
            if not self._graphs:
                files = {graph: path.read_bytes() for graph, path in repository_graphs().items()}
                self._take_in(files, {graph: digest(content) for graph, content in files.items()})
        elif generation.number != self.generation:
            changed = [graph for graph, one in generation.graphs.items() if self._graphs.get(graph) != one]
            contents = {graph: content_of(self.home, generation, graph) for graph in changed}
            self._take_in(contents, generation.graphs)
            self.generation = generation.number

    def forget_data(self) -> None:
        """Keep only the terms and lists: a submission that is checked alone is checked beside these."""
        for graph in self._graphs:
            if not graph.startswith(_TERMS):
                self.store.remove_graph(graph_name(graph))

    def _take_in(self, contents: Mapping[str, bytes], graphs: Mapping[str, str]) -> None:
        quads = {graph: quads_of(graph, content, graph) for graph, content in contents.items()}
        for graph in contents.keys() | (self._graphs.keys() - graphs.keys()):
            self.store.remove_graph(graph_name(graph))
        for added in quads.values():
            self.store.extend(added)
        self._graphs = dict(graphs)
        self.names = Names(self.store.quads_for_pattern(None, PREFERRED, None))
