"""`mueang restore`: goes back to an older generation, by publishing its graphs as a new one."""

import click

from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.graph import history
from mueang.graph.generation import current


@click.command()
@click.argument("number", metavar="N")
@home_option
@click.pass_obj
def restore(terminal: Terminal, number: str, home: str | None) -> None:
    """Publish the graphs of generation N anew; nothing in between is lost, and that too can be undone.

    Prints the number of the generation that is current now.
    """
    settings = settings_with(home=home)
    before = current(settings.home)
    after = history.restore(settings.home, history.as_number(number))
    if after == before:
        say(
            f"รุ่นข้อมูล {after.number} ซึ่งเป็นปัจจุบันมีกราฟเหล่านี้อยู่แล้ว ไม่มีอะไรเปลี่ยน"
            if terminal.language == "th"
            else f"generation {after.number}, the current one, has just these graphs: nothing changed"
        )
    click.echo(after.number)
