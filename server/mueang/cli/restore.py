"""`mueang restore`: goes back to an older generation, by publishing its graphs as a new one."""

import click

from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.graph import history
from mueang.graph.generation import current
from mueang.submissions import people
from mueang.submissions.journal import proper_note


@click.command()
@click.argument("number", metavar="N")
@click.option("--note", default="", help="Why, for the history of generations.")
@click.option("--as", "name", metavar="NAME", help="Who goes back; see `mueang user`.")
@home_option
@click.pass_obj
def restore(terminal: Terminal, number: str, note: str, name: str | None, home: str | None) -> None:
    """Publish the graphs of generation N anew; nothing in between is lost.

    That too can be undone. Prints the number of the generation that is current now; its record says who went back
    (a reviewer), and why, where that is given.
    """
    settings = settings_with(home=home)
    older = history.published(settings.home, history.as_number(number))
    person = "" if name is None else people.known(settings.home, name, "reviewer").name
    why = " ".join(proper_note(note).split())
    before = current(settings.home)
    after = history.restore(settings.home, older.number, person=person, note=why)
    if after == before:
        say(
            f"รุ่นข้อมูล {after.number} ซึ่งเป็นปัจจุบันมีกราฟเหล่านี้อยู่แล้ว ไม่มีอะไรเปลี่ยน"
            if terminal.language == "th"
            else f"generation {after.number}, the current one, has just these graphs: nothing changed"
        )
    click.echo(after.number)
