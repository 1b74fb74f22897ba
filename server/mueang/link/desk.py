"""The desk that links tables too: `python -m mueang.link.desk`. See `check.desk`."""

from collections.abc import Mapping
from typing import Any

from mueang.check.desk import main
from mueang.check.jobs import JOBS, Done
from mueang.check.known import Known
from mueang.link.names import index_beside
from mueang.link.order import Order, filled


def link(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """A table that was sent, joined; see `order.filled`."""
    order = Order(**{**asked["order"], "kinds": tuple(asked["order"]["kinds"])})
    said, body = filled(order, content, index_beside(known))
    return Done({"generation": known.generation, **said}, (body,))


if __name__ == "__main__":
    main(JOBS | {"link": link})
