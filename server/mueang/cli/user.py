"""`mueang user`: who is known here, in which role, and their tokens."""

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.errors import Language
from mueang.submissions import people
from mueang.submissions.clock import now
from mueang.submissions.people import ROLES, YEAR, Entry, Role
from mueang.submissions.tokens import Token

_role_option = click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do.")
_days_option = click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=YEAR,
    show_default=True,
    help="How long the token is good.",
)
_HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": ("ชื่อ", "บทบาท", "โทเคน", "สถานะ"),
    "en": ("name", "role", "token", "state"),
}


@click.group()
def user() -> None:
    """Say who may hand in, review and change: people, their roles and their tokens."""


@user.command()
@click.argument("name")
@_role_option
@_days_option
@home_option
@click.pass_obj
def add(terminal: Terminal, name: str, role: Role, days: int, home: str | None) -> None:
    """Make NAME known, and print their token: it is shown this once."""
    _show(people.add(settings_with(home=home).home, name, role, days=days), terminal)


@user.command()
@click.argument("name")
@_days_option
@home_option
@click.pass_obj
def token(terminal: Terminal, name: str, days: int, home: str | None) -> None:
    """Print a further token for NAME: for another machine, before one expires, or after `revoke`."""
    _show(people.further_token(settings_with(home=home).home, name, days=days), terminal)


@user.command()
@click.argument("name")
@_role_option
@home_option
def role(name: str, role: Role, home: str | None) -> None:
    """Give NAME another role, from this moment on."""
    people.give_role(settings_with(home=home).home, name, role)


@user.command()
@click.argument("name")
@click.option("--token", "number", type=int, help="Only this token, by the number in `mueang user list`.")
@home_option
@click.pass_obj
def revoke(terminal: Terminal, name: str, number: int | None, home: str | None) -> None:
    """End all tokens of NAME and their sessions, at once; what they handed in stays."""
    ended = people.revoke(settings_with(home=home).home, name, number)
    say(
        f"เพิกถอนแล้ว {ended} โทเคน"
        if terminal.language == "th"
        else f"{ended} token{'' if ended == 1 else 's'} revoked"
    )


@user.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Write them as JSON.")
@home_option
@click.pass_obj
def listed(terminal: Terminal, as_json: bool, home: str | None) -> None:
    """List who is known, with the state of their tokens; the tokens themselves are nowhere to be read."""
    settings = settings_with(home=home)
    found = people.listed(settings.home)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    elif found:
        Console().print(_table(found, terminal.language))
    else:
        say(
            f"ยังไม่มีใครใน {settings.home}: เพิ่มด้วย mueang user add"
            if terminal.language == "th"
            else f"nobody is known in {settings.home} yet: begin with `mueang user add`"
        )


def _show(made: str, terminal: Terminal) -> None:
    """The token alone on standard output, and beside it what to do with it."""
    click.echo(made)
    if sys.stdout.isatty():
        say(
            "เก็บโทเคนนี้ไว้ จะไม่แสดงอีก: ใช้เข้าสู่ระบบที่ /login หรือส่งใน Authorization: Bearer"
            if terminal.language == "th"
            else "keep this token, it is not shown again: sign in with it at /login, or send it as Authorization: Bearer"
        )


def _table(found: list[Entry], language: Language) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in _HEADINGS[language]:
        table.add_column(heading)
    for entry in found:
        tokens = entry.tokens or (None,)
        for place, one in enumerate(tokens):
            who = (entry.person.name, entry.person.role) if place == 0 else ("", "")
            table.add_row(*who, str(one.id) if one else "", _state(one, language) if one else "")
    return table


def _state(one: Token, language: Language) -> str:
    if one.revoked_at:
        return f"{'เพิกถอนเมื่อ' if language == 'th' else 'revoked'} {one.revoked_at}"
    if one.expires_at <= now():
        return f"{'หมดอายุเมื่อ' if language == 'th' else 'expired'} {one.expires_at}"
    return f"{'ใช้ได้ถึง' if language == 'th' else 'good until'} {one.expires_at}"
