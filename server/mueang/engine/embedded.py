"""An engine over an Oxigraph store in this process."""

import io

from pyoxigraph import Store

from mueang.engine.evaluation import evaluate
from mueang.engine.formats import GraphFormat, RowsFormat
from mueang.engine.query import Answer, Query, refuse_long


class EmbeddedEngine:
    """An engine over an Oxigraph store in this process."""

    def __init__(self, store: Store, generation: int, longest_query: int) -> None:
        self._store = store
        self._longest_query = longest_query
        self.generation = generation

    def answer(self, query: Query, rows: RowsFormat | None, graph: GraphFormat | None) -> Answer:
        """See Engine."""
        refuse_long(query, self._longest_query)
        evaluated = evaluate(self._store, query, rows, graph)
        file = io.BytesIO()
        evaluated.write(file)
        return Answer(file, file.tell(), evaluated.format, self.generation)
