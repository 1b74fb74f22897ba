"""What pages work out once for a generation: the map, the index of names, the list of questions."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g

from mueang.engine.foreign import NO_GENERATION
from mueang.web.context import served

Made = TypeVar("Made")
_KEY = "mueang-kept"
_LOCK = threading.Lock()


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What `make` makes of the current generation, made anew only when another is published.

    Two requests that miss at the same time both make it. A graph on another server has no generation of ours, so
    nothing made of it is kept.
    """
    generation = served().engine.generation
    if generation == NO_GENERATION:
        return make()
    store: dict[str, tuple[int, Any]] = current_app.extensions.setdefault(_KEY, {})
    with _LOCK:
        found = store.get(name)
    if found is None or found[0] != generation:
        found = (generation, make())
        with _LOCK:
            store[name] = found
    g.setdefault("generations", set()).add(generation)
    made: Made = found[1]
    return made
