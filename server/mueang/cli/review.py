"""`mueang review`: shows what a submission would change and what is wrong with it, and decides on it."""

import click

from mueang.check.client import checker
from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.errors import Language, UnusableRequest
from mueang.graph.names import shortened_term
from mueang.settings import Settings
from mueang.submissions import consideration, journal, people
from mueang.submissions import review as reviewing
from mueang.submissions.intake import check_again
from mueang.submissions.people import Role
from mueang.submissions.wording import STATES, words_of


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--accept", "decision", flag_value="accept", help="Publish it as a graph of its own.")
@click.option("--reject", "decision", flag_value="reject", help="Keep it out; the note says why.")
@click.option("--withdraw", "decision", flag_value="withdraw", help="Take back what you handed in yourself.")
@click.option("--note", default="", help="What to tell whoever handed it in.")
@click.option("--as", "name", metavar="NAME", help="Who decides; see `mueang user`.")
@home_option
@click.pass_obj
def review(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal, number: int, decision: str | None, note: str, name: str | None, home: str | None
) -> None:
    """Show what submission ID would change and what is wrong with it, or decide on it.

    Prints the number of the generation that accepting it made. Nobody accepts what they handed in themselves.
    Exit code 1: it breaks a rule beside what is published now, or is decided on already.
    """
    settings = settings_with(home=home)
    if decision is None:
        return _show(settings, number, terminal)
    if name is None:
        raise UnusableRequest(th="ระบุผู้ตัดสินด้วย --as ชื่อ", en="say who decides: --as NAME")
    role: Role = "submitter" if decision == "withdraw" else "reviewer"
    person = people.known(settings.home, name, role)
    if decision == "accept":
        reviewing.to_decide(settings.home, number, person)
        with checker(settings) as desk, working(terminal, th="กำลังตรวจอีกครั้ง…", en="checking again…"):
            click.echo(reviewing.accept(settings.home, desk, number, person, note).number)
        return None
    decide = reviewing.reject if decision == "reject" else reviewing.withdraw
    say(STATES[decide(settings.home, number, person, note).state][terminal.language])
    return None


def _show(settings: Settings, number: int, terminal: Terminal) -> None:
    one = journal.submission(settings.home, number)
    language = terminal.language
    with checker(settings) as desk:
        if not one.decided:
            one = check_again(settings.home, desk, number)
        report = consideration.report(settings.home, desk, one, "text", language)
    click.echo(f"{one.number}  {one.name}: {STATES[one.state][language]}\n{words_of(one, language)}\n")
    if report:
        click.echo(report.body.decode())
    _show_difference(settings, number, language)


def _show_difference(settings: Settings, number: int, language: Language) -> None:
    found = consideration.difference(settings.home, journal.submission(settings.home, number)) or {}
    for entity in found.get("entities", ()):
        thing = entity["entity"]
        click.echo(f"{shortened_term(thing['term'])} {thing['labels'].get(language, '')}".rstrip())
        for sign, colour, statements in (("-", "red", entity["removed"]), ("+", "green", entity["added"])):
            for prop, value in statements:
                said = f"{shortened_term(prop['term'])} {shortened_term(value['term'])}"
                click.secho(f"  {sign} {said} {value['labels'].get(language, '')}".rstrip(), fg=colour)
    if (left := found.get("added", 0) + found.get("removed", 0) - found.get("shown", 0)) > 0:
        click.echo(f"… {left}")
