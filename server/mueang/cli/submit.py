"""`mueang submit`: hands files in, so that somebody else may let them into the published graph."""

import json
import sys
from pathlib import Path

import click

from mueang.check.client import Checker, checker
from mueang.cli.submissions import summary
from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.errors import Language
from mueang.files import read_bounded
from mueang.settings import Settings
from mueang.submissions import consideration, people
from mueang.submissions.intake import Offer
from mueang.submissions.intake import submit as hand_in
from mueang.submissions.journal import Submission
from mueang.submissions.wording import STATES, words_of


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--as", "name", metavar="NAME", required=True, help="Who hands it in; see `mueang user`.")
@click.option("--note", default="", help="Why, in a sentence for whoever reviews it.")
@click.option(
    "--supersedes", type=int, metavar="ID", help="The submission whose place it takes; one file only."
)
@click.option("--json", "as_json", is_flag=True, help="Write each submission as JSON.")
@home_option
@click.pass_obj
def submit(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    files: tuple[str, ...],
    name: str,
    note: str,
    supersedes: int | None,
    as_json: bool,
    home: str | None,
) -> None:
    """Hand FILES in (.ttl .trig .nt .nq .rdf .jsonld .csv .tsv .xlsx): each is checked, and waits for review.

    Prints the number of each submission. Exit code 0: all wait for review; 1: one has a violation, and its report is
    shown; 2: a file that cannot be read.
    """
    if supersedes is not None and len(files) > 1:
        raise click.UsageError("--supersedes takes one file")
    settings = settings_with(home=home)
    person = people.known(settings.home, name, "submitter")
    found: list[Submission] = []
    with checker(settings) as desk:
        for file in files:
            offer = Offer(
                file, read_bounded(Path(file), settings.submission_mb * 1_000_000), note, supersedes
            )
            with working(terminal, th=f"กำลังตรวจ {file}…", en=f"checking {file}…"):
                found.append(one := hand_in(settings.home, desk, offer, person))
            click.echo(json.dumps(summary(one), ensure_ascii=False) if as_json else one.number)
            tell(settings, desk, one, terminal.language)
    sys.exit(1 if any(one.state == "checked" for one in found) else 0)


def tell(settings: Settings, desk: Checker, one: Submission, language: Language) -> None:
    """Say how a submission stands and what it would change, with its report where it has a violation."""
    say(f"{one.number}  {one.name}: {STATES[one.state][language]}")
    if words := words_of(one, language):
        say(words)
    report = consideration.report(settings.home, desk, one, "text", language)
    if report and not report.accepted:
        say(report.body.decode())
