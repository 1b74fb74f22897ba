"""The desk that links tables too: `python -m mueang.link.desk`. See `check.desk`."""

from collections.abc import Mapping
from typing import Any

from mueang.check.asking import Done
from mueang.check.desk import main
from mueang.check.jobs import JOBS
from mueang.check.known import Known
from mueang.link.filling import filled
from mueang.link.names import Index
from mueang.link.order import Order
from mueang.link.rows import rows_beside


def link(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """A table that was sent, joined; see `filling.filled`."""
    order = Order(**{**asked["order"], "kinds": tuple(asked["order"]["kinds"])})
    said, body = filled(order, content, index_beside(known))
    return Done({"generation": known.generation, **said}, (body,))


def index_beside(known: Known) -> Index:
    """The index of what a check is made beside."""
    return Index(rows_beside(known.store), known.generation or 0)


if __name__ == "__main__":
    main(JOBS | {"link": link})
