"""What a command asks: the current generation, made of the repository's data first where nothing is published yet."""

from mueang.cli.terminal import Terminal
from mueang.graph.generation import Generation, current
from mueang.settings import Settings


def published(settings: Settings, terminal: Terminal) -> Generation:
    """The current generation; raises BrokenData where the repository's data may not become the first."""
    if generation := current(settings.home):
        return generation
    from mueang.cli.build import publish_repository  # noqa: PLC0415  (what checks data takes long to load)

    return publish_repository(settings, terminal)
