"""Where a worker's store comes from: memory that the nursery holds and workers share, or a folder on disk.

`hold` brings a generation in before workers are forked; `store` is called in a worker, after the fork.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from mueang.graph.generation import Generation, contents_of
from mueang.graph.store import OWN_DEFAULT, asked_store, graph_name, quads_of

_KEPT = 2


class Stores(Protocol):
    """One generation at a time, held for workers."""

    def hold(self, generation: Generation) -> None:
        """Make this the generation that workers forked from now on answer from."""

    def store(self) -> Store:
        """The store of the generation that is held, to be asked."""


class MemoryStores:
    """A store in memory: forked workers share its pages; another generation costs only the graphs that differ."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._graphs: dict[str, str] = {}
        self._store = Store()

    def hold(self, generation: Generation) -> None:
        """See Stores."""
        if not self._graphs:
            self._store = asked_store(contents_of(self._home, generation))
        else:
            self._change(generation)
        self._graphs = dict(generation.graphs)

    def store(self) -> Store:
        """See Stores."""
        return self._store

    def _change(self, generation: Generation) -> None:
        after = {graph: one for graph, one in generation.graphs.items() if self._graphs.get(graph) != one}
        contents = list(contents_of(self._home, replace(generation, graphs=after)))
        merging = OWN_DEFAULT not in generation.graphs
        for graph in after.keys() | (self._graphs.keys() - generation.graphs.keys()):
            self._take_out(graph_name(graph), merging)
        for graph, content in contents:
            quads = quads_of(graph, content, graph)
            self._store.extend(quads)
            if merging:
                self._store.extend(_merged(quad) for quad in quads)

    def _take_out(self, graph: NamedNode | DefaultGraph, merging: bool) -> None:
        quads = list(self._store.quads_for_pattern(None, None, None, graph))
        self._store.remove_graph(graph)
        for quad in quads if merging else []:
            if not _stated_elsewhere(self._store, quad):
                self._store.remove(_merged(quad))


class DiskStores:
    """A store on disk in the home, one folder a generation, opened by each worker for reading."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / "stores"

    def hold(self, generation: Generation) -> None:
        """See Stores; a folder is written aside and renamed, all but the two newest are cleared away."""
        self._folder = self._home / "stores" / str(generation.number)
        if self._folder.exists():
            return
        aside = self._folder.with_suffix(".new")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        store = Store(str(aside))
        store.bulk_extend(asked_store(contents_of(self._home, generation)))
        store.flush()
        del store
        aside.rename(self._folder)
        for older in sorted(self._folder.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(older, ignore_errors=True)

    def store(self) -> Store:
        """See Stores."""
        return Store.read_only(str(self._folder))


def _merged(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _stated_elsewhere(store: Store, quad: Quad) -> bool:
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(not isinstance(one.graph_name, DefaultGraph) for one in found)


STORES: dict[str, Callable[[Path], Stores]] = {"memory": MemoryStores, "disk": DiskStores}
