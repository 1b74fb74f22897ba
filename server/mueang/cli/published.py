"""What a command works with: the current generation, made of the repository's data first where that is wanted."""

from mueang.cli.terminal import Terminal
from mueang.graph.generation import Generation, current
from mueang.graph.history import published
from mueang.settings import Settings


def built(settings: Settings, terminal: Terminal) -> Generation:
    """The current generation, the first one if need be; raises BrokenData where the repository's data may not be it."""
    if generation := current(settings.home):
        return generation
    from mueang.cli.build import publish_repository  # noqa: PLC0415  (what checks data takes long to load)

    return publish_repository(settings, terminal)


def at_hand(settings: Settings, terminal: Terminal) -> Generation:
    """The current generation; in the usual home the first one if need be, for a home that was named may be misspelt.

    Raises NotFound where nothing is published in a home that was named, and what `built` raises.
    """
    return built(settings, terminal) if settings.home == Settings().home else published(settings.home)
