"""`mueang submissions`: what was handed in and how far it has come, and the whole story of one."""

import json
from dataclasses import asdict
from typing import Any, get_args

import click
from rich.console import Console
from rich.table import Table

from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.errors import Language
from mueang.submissions import journal
from mueang.submissions.journal import State, Submission
from mueang.submissions.wording import STATES, step_said, words_of

_HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": ("เลขที่", "ส่งเมื่อ", "ผู้ส่ง", "แฟ้ม", "สถานะ"),
    "en": ("id", "handed in", "by", "file", "state"),
}


@click.command()
@click.argument("number", metavar="[ID]", type=int, required=False)
@click.option("--state", type=click.Choice(get_args(State)), help="Only those in this state.")
@click.option("--by", "person", metavar="NAME", help="Only what this person handed in.")
@click.option("--before", type=int, metavar="ID", help="Only those handed in before this one.")
@click.option("--json", "as_json", is_flag=True, help="Write them as JSON.")
@home_option
@click.pass_obj
def submissions(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    number: int | None,
    state: State | None,
    person: str | None,
    before: int | None,
    as_json: bool,
    home: str | None,
) -> None:
    """List what was handed in, newest first, fifty at a time; with ID tell what became of one."""
    folder = settings_with(home=home).home
    if number is not None:
        one = journal.submission(folder, number)
        click.echo(_as_json(summary(one)) if as_json else _story(one, terminal.language))
        return
    found = journal.listed(folder, state, person, before)
    if as_json:
        click.echo(_as_json([summary(one) for one in found]))
    elif found:
        Console().print(_table(found, terminal.language))
    else:
        say("ไม่มีข้อมูลที่ส่งมา" if terminal.language == "th" else "there are no submissions")


def summary(one: Submission) -> dict[str, Any]:
    """A submission for programs."""
    return asdict(one) | {"state": one.state, "graph": one.graph}


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _story(one: Submission, language: Language) -> str:
    head = f"{one.number}  {one.name}  ({one.size} B, sha256:{one.digest[:12]}…)"
    words = words_of(one, language)
    steps = (f"{event.at}  {step_said(event, language)}" for event in one.events)
    return "\n".join([head, *([words] if words else []), *steps])


def _table(found: list[Submission], language: Language) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in _HEADINGS[language]:
        table.add_column(heading)
    for one in found:
        table.add_row(str(one.number), one.made_at, one.person, one.name, STATES[one.state][language])
    return table
