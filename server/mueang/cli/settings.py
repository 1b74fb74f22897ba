"""`mueang settings`: every setting with its value and where that came from."""

import dataclasses

import click
from rich.console import Console
from rich.table import Table

from mueang.settings import PREFIX, Settings, origins

_SECRET = {"webhook_secret"}


@click.command()
def settings() -> None:
    """List the settings: the environment's name, the value, where it came from, what it is for."""
    found = origins({})
    table = Table(box=None, show_header=False, pad_edge=False)
    for setting in dataclasses.fields(Settings):
        origin = found[setting.name]
        shown = "…" if setting.name in _SECRET and origin.value else str(origin.value)
        table.add_row(PREFIX + setting.name.upper(), shown, origin.came_from, setting.metadata["help"])
    Console(markup=False).print(table)
