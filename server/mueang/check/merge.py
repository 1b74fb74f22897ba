"""A store as it would be with a submission in it, for as long as somebody looks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import Quad, Store


@contextmanager
def merged(known: Store, quads: Iterable[Quad]) -> Iterator[Store]:
    """What is known with these quads added; afterwards it is again as it was."""
    added = [quad for quad in quads if quad not in known]
    known.extend(added)
    try:
        yield known
    finally:
        for quad in added:
            known.remove(quad)
