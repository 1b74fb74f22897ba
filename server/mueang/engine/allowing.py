"""An engine whose queries may call the servers that the operator lists."""

from dataclasses import dataclass, replace

from mueang.engine.formats import GraphFormat, RowsFormat
from mueang.engine.outward import Outward
from mueang.engine.query import Answer, Engine, Query


@dataclass(frozen=True)
class AllowingEngine:
    """The engine behind it, with a way out through `outward` for a SERVICE that is allowed."""

    engine: Engine
    outward: Outward

    @property
    def generation(self) -> int:
        """See Engine."""
        return self.engine.generation

    def ready(self) -> bool:
        """See Engine."""
        return self.engine.ready()

    def catch_up(self) -> None:
        """See Engine."""
        self.engine.catch_up()

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """See Engine; raises CallFailed where another server did not answer."""
        with self.outward.prepared(query.text) as prepared:
            return self.engine.answer(
                replace(query, text=prepared.text, through=prepared.through), rows, graph
            )
