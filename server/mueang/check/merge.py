"""A store as it would be with a submission in it, for as long as somebody looks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import Quad, Store

from mueang.check.namesakes import Names


@contextmanager
def merged(known: Store, quads: Iterable[Quad], names: Names | None = None) -> Iterator[Store]:
    """What is known with these quads added, to its names too; afterwards it is again as it was."""
    added = [quad for quad in quads if quad not in known]
    known.extend(added)
    if names:
        names.add(added)
    try:
        yield known
    finally:
        if names:
            names.remove(added)
        for quad in added:
            known.remove(quad)
