"""`mueang build`: checks the repository's data and publishes it as a generation, or publishes nothing."""

from dataclasses import replace

import click

from mueang.check.judge import check_whole
from mueang.check.report import Report, Severity
from mueang.check.shacl import Shapes
from mueang.check.text import as_text
from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.errors import BrokenData
from mueang.graph.catalogue import is_grown, repository_graphs, shape_files
from mueang.graph.generation import Generation, contents_of, current, digest, publish
from mueang.graph.store import named_store
from mueang.settings import Settings


@click.command()
@home_option
@click.pass_obj
def build(terminal: Terminal, home: str | None) -> None:
    """Check the repository's data against its shapes and publish it as a generation."""
    generation = publish_repository(settings_with(home=home), terminal)
    click.echo(generation.number)


def publish_repository(settings: Settings, terminal: Terminal) -> Generation:
    """The current generation, with the repository's files in it: checked and published unless they went in before.

    What came in through the gate stays. So does what was gone back to, until the files change.
    Raises BrokenData after showing the report where the data has a Violation; nothing is published then.
    """
    files = repository_graphs()
    contents = {graph: path.read_bytes() for graph, path in files.items()}
    shapes = [path.read_bytes() for path in shape_files()]
    shapes_digest = digest(b"\0".join(shapes))
    built = digest("\0".join([shapes_digest, *map(digest, contents.values()), *contents]).encode())
    before = current(settings.home)
    if before and before.built == built:
        return before
    if before:
        grown = replace(
            before, graphs={graph: one for graph, one in before.graphs.items() if is_grown(graph)}
        )
        contents |= dict(contents_of(settings.home, grown))
    with working(terminal, th="กำลังตรวจข้อมูล…", en="checking the data…"):
        report = check_whole("data", named_store(contents.items(), files), Shapes(shapes))
    _refuse_violations(report, terminal)
    return publish(settings.home, contents, reason="build", shapes=shapes_digest, built=built)


def _refuse_violations(report: Report, terminal: Terminal) -> None:
    warnings = report.count(Severity.WARNING)
    if report.accepted:
        say(
            f"ตรวจข้อมูลแล้ว: ไม่มีข้อต้องแก้ ควรดู {warnings} ข้อ"
            if terminal.language == "th"
            else f"data checked: no violation, {warnings} warnings"
        )
        return
    say(as_text(report, terminal.language))
    raise BrokenData(
        th="ข้อมูลมีข้อที่ต้องแก้ จึงยังไม่เผยแพร่: แก้ตามรายการข้างบนแล้วสั่ง mueang build อีกครั้ง",
        en="the data has violations, so nothing was published: mend what is listed above and run `mueang build` again",
    )
