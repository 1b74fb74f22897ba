"""`mueang generations`: what was published, when and why."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.errors import Language
from mueang.graph.generation import Generation, numbers
from mueang.graph.history import State, history
from mueang.graph.reasons import reason_said

_STATES: dict[State, dict[Language, str]] = {
    "current": {"th": "ปัจจุบัน", "en": "current"},
    "earlier": {"th": "", "en": ""},
    "unused": {"th": "ไม่ได้เผยแพร่", "en": "never published"},
}
_HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": ("รุ่น", "เวลา", "เหตุผล", "กราฟ", ""),
    "en": ("number", "time", "reason", "graphs", ""),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write them as JSON, each with its graphs and digests.")
@home_option
@click.pass_obj
def generations(terminal: Terminal, as_json: bool, home: str | None) -> None:
    """List the generations, newest first, with the mark of the current one."""
    settings = settings_with(home=home)
    found = list(history(settings.home))
    if unread := len(numbers(settings.home)) - len(found):
        say(
            f"อ่านบันทึกไม่ได้ {unread} รุ่น: ดูด้วย mueang verify"
            if terminal.language == "th"
            else f"{unread} cannot be read and {'are' if unread > 1 else 'is'} left out: see `mueang verify`"
        )
    if as_json:
        click.echo(json.dumps([asdict(one) | {"state": state} for one, state in found], indent=1))
    elif found:
        Console().print(_table(found, terminal.language))
    else:
        say(
            f"ยังไม่มีข้อมูลเผยแพร่ใน {settings.home}"
            if terminal.language == "th"
            else f"nothing is published in {settings.home} yet"
        )


def _table(found: list[tuple[Generation, State]], language: Language) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, heading in enumerate(_HEADINGS[language]):
        table.add_column(heading, justify="right" if place in (0, 3) else "left")
    for one, state in found:
        table.add_row(
            str(one.number),
            one.made_at,
            reason_said(one.reason, language),
            str(len(one.graphs)),
            _STATES[state][language],
        )
    return table
