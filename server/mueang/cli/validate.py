"""`mueang validate`: what is wrong with a file, beside what is published."""

import sys
from pathlib import Path

import click

from mueang.check.judge import check_submission
from mueang.check.reader import read_submission
from mueang.check.report import Report
from mueang.check.shacl import Shapes
from mueang.check.text import as_text
from mueang.check.turtle import as_turtle
from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.errors import Language
from mueang.files import read_bounded, too_large
from mueang.graph.catalogue import repository_graphs, shape_files
from mueang.graph.generation import contents_of, current
from mueang.graph.names import GRAPH
from mueang.graph.store import named_store
from mueang.settings import Settings

_TERMS = (f"{GRAPH}ontology", f"{GRAPH}vocab/")


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "turtle"]),
    default="text",
    help="How to write the report.",
)
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language of the report; else the terminal's.")
@click.option(
    "--alone", is_flag=True, help="Check without what is published (terms and lists are still known)."
)
@home_option
@click.pass_obj
def validate(
    terminal: Terminal,
    files: tuple[str, ...],
    style: str,
    lang: Language | None,
    alone: bool,
    home: str | None,
) -> None:
    """Check FILES (.ttl .trig .nt .nq .rdf .jsonld, - for standard input) against the shapes.

    Exit code 0: no violation; 1: a violation; 2: a file that cannot be read.
    """
    terminal.language = lang or terminal.language
    settings = settings_with(home=home)
    submissions = [read_submission(name, _content(name, settings)) for name in files]
    shapes = Shapes(path.read_bytes() for path in shape_files())
    known = _known(settings, alone, terminal)
    accepted = True
    for submission in submissions:
        with working(terminal, th=f"กำลังตรวจ {submission.name}…", en=f"checking {submission.name}…"):
            report = check_submission(submission, named_store(known), shapes)
        click.echo(_written(report, style, terminal.language))
        accepted &= report.accepted
    sys.exit(0 if accepted else 1)


def _written(report: Report, style: str, language: Language) -> str:
    return as_turtle(report) if style == "turtle" else as_text(report, language)


def _content(name: str, settings: Settings) -> bytes:
    most = settings.submission_mb * 1_000_000
    if name != "-":
        return read_bounded(Path(name), most)
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise too_large("-", most)
    return content


def _known(settings: Settings, alone: bool, terminal: Terminal) -> list[tuple[str, bytes]]:
    """The graphs a submission is checked beside: the published ones, or the repository's where none is yet."""
    generation = current(settings.home)
    if generation:
        contents = list(contents_of(settings.home, generation))
    else:
        contents = [(graph, path.read_bytes()) for graph, path in repository_graphs().items()]
        say(
            f"ยังไม่มีข้อมูลเผยแพร่ใน {settings.home}: ตรวจเทียบกับแฟ้มของโครงการ"
            if terminal.language == "th"
            else f"nothing is published in {settings.home} yet: checking beside the repository's own files"
        )
    return [(graph, content) for graph, content in contents if not alone or graph.startswith(_TERMS)]
