"""`mueang diff`: what one generation says that another does not."""

from collections import Counter
from collections.abc import Sequence

import click

from mueang.cli.terminal import Terminal, home_option, settings_with
from mueang.errors import Language
from mueang.graph.difference import Change, GraphDifference, Statement, differences
from mueang.graph.history import as_number, published
from mueang.graph.names import shortened, shortened_term

_CHANGES: dict[Change, dict[Language, str]] = {
    "changed": {"th": "เปลี่ยน", "en": "changed"},
    "added": {"th": "เพิ่ม", "en": "added"},
    "removed": {"th": "ลบ", "en": "removed"},
}


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@home_option
@click.pass_obj
def diff(terminal: Terminal, before: str, after: str, home: str | None) -> None:
    """Show what generation B says that A does not (+), and what A says that B does not (-).

    Exit code 0 whether they differ or not; 2: there is no such generation.
    """
    folder = settings_with(home=home).home
    old, new = published(folder, as_number(before)), published(folder, as_number(after))
    found = list(differences(folder, old, new))
    click.echo(_summary(found, terminal.language))
    for one in found:
        click.echo(f"\n{shortened(one.graph)} ({_CHANGES[one.change][terminal.language]})")
        _show("-", one.removed, "red")
        _show("+", one.added, "green")


def _summary(found: Sequence[GraphDifference], language: Language) -> str:
    """What differs, in a sentence."""
    if not found:
        return "ไม่มีกราฟใดต่างกัน" if language == "th" else "no graph differs"
    kinds = Counter(one.change for one in found)
    added, removed = sum(len(one.added) for one in found), sum(len(one.removed) for one in found)
    if language == "th":
        graphs = " ".join(f"{_CHANGES[kind]['th']} {kinds[kind]}" for kind in _CHANGES if kinds[kind])
        return f"กราฟ: {graphs} · ข้อความ: เพิ่ม {added} ลบ {removed}"
    graphs = ", ".join(
        f"{kinds[kind]} graph{'s' * (kinds[kind] != 1)} {kind}" for kind in _CHANGES if kinds[kind]
    )
    return f"{graphs}; {added} statement{'s' * (added != 1)} added, {removed} removed"


def _show(sign: str, statements: Sequence[Statement], colour: str) -> None:
    for statement in statements:
        click.secho(f"{sign} {' '.join(shortened_term(term) for term in statement)} .", fg=colour)
