"""`mueang verify`: proves that every content matches its digest and every record can be read."""

import sys

import click

from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.errors import UnreadableFile
from mueang.graph.generation import numbers
from mueang.graph.history import verify as faults_of


@click.command()
@home_option
@click.pass_obj
def verify(terminal: Terminal, home: str | None) -> None:
    """Prove that every generation is whole: its record, and each content by its digest.

    Exit code 0: all is whole; 3: something is damaged or missing, each named on a line of its own.
    """
    settings = settings_with(home=home)
    if not settings.home.is_dir():
        raise UnreadableFile(th=f"ไม่พบโฟลเดอร์ {settings.home}", en=f"there is no folder {settings.home}")
    with working(terminal, th="กำลังตรวจทุกรุ่นข้อมูล…", en="verifying every generation…"):
        faults = faults_of(settings.home)
    for fault in faults:
        say(fault.said_in(terminal.language))
    if faults:
        sys.exit(3)
    count = len(numbers(settings.home))
    click.echo(
        f"ครบถ้วนทั้ง {count} รุ่นข้อมูล"
        if terminal.language == "th"
        else f"{count} generation{'s' * (count != 1)}: all whole"
    )
