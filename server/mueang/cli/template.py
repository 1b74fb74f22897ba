"""`mueang template`: the workbook that people fill in, made from the forms and what is published."""

import sys
from pathlib import Path

import click

from mueang.check.client import checker
from mueang.cli.terminal import Terminal, home_option, settings_with, working
from mueang.errors import Language, UnusableRequest, UnwritableFile
from mueang.files import written_aside


@click.command()
@click.option("--out", metavar="FILE.xlsx", help="Where to write; else standard output.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language of the form; else the terminal's.")
@home_option
@click.pass_obj
def template(terminal: Terminal, out: str | None, lang: Language | None, home: str | None) -> None:
    """Write the spreadsheet to fill in: a sheet for each kind of thing, with lists of what is known to choose from."""
    terminal.language = lang or terminal.language
    if out is None and sys.stdout.isatty():
        raise UnusableRequest(
            th="แบบฟอร์มเป็น xlsx ไม่ใช่ข้อความ: ระบุ --out แบบฟอร์ม.xlsx",
            en="the form is xlsx, no text: give --out form.xlsx",
        )
    settings = settings_with(home=home)
    with working(terminal, th="กำลังเขียนแบบฟอร์ม…", en="writing the form…"), checker(settings) as desk:
        content, _ = desk.template(terminal.language)
    _write(content, out)


def _write(content: bytes, out: str | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with written_aside(Path(out)) as file:
            file.write(content)
    except OSError as error:
        raise UnwritableFile(
            th=f"เขียนแฟ้ม {out} ไม่ได้ ({error.strerror})", en=f"{out} cannot be written ({error.strerror})"
        ) from error
