"""`mueang validate`: what is wrong with a file, beside what is published, and its repaired copy."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from mueang.check.asking import Asked, Validated
from mueang.check.client import checker
from mueang.check.formats import FORMATS, ReportFormat, report_format
from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.errors import Language, MueangError, UnusableRequest, UnwritableFile
from mueang.files import read_bounded, too_large, written_aside
from mueang.graph.generation import current
from mueang.settings import Settings

_KEYS = [one.key for one in FORMATS]


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "style", type=click.Choice(_KEYS), default="text", help="How to write the report.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language of the report; else the terminal's.")
@click.option(
    "--alone", is_flag=True, help="Check without what is published (terms and lists are still known)."
)
@click.option(
    "--fix",
    metavar="OUT",
    help="Write a repaired copy to OUT, say what was changed, and report what remains.",
)
@click.option("--out", metavar="FILE", help="Where to write the report; else standard output.")
@home_option
@click.pass_obj
def validate(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    files: tuple[str, ...],
    style: str,
    lang: Language | None,
    alone: bool,
    fix: str | None,
    out: str | None,
    home: str | None,
) -> None:
    """Check FILES (.ttl .trig .nt .nq .rdf .jsonld .csv .tsv .xlsx, - for standard input) against the shapes.

    Exit code 0: no violation; 1: a violation; 2: a file that cannot be read.
    """
    terminal.language = lang or terminal.language
    chosen = report_format(style)
    _refuse_impossible(chosen, files, fix, out)
    settings = settings_with(home=home)
    _say_beside_what(settings, terminal)
    with checker(settings) as desk:
        checks = _Checks(partial(desk.validate, alone=alone), settings, terminal, style, fix is not None)
        done = [check for name in files if (check := checks.of(name))]
    if done:
        _write(_joined(chosen, [check.body for check in done]), out)
    if fix and done:
        _write_mended(done[0], fix, terminal.language)
    sys.exit(checks.failed or (0 if all(check.accepted for check in done) else 1))


@dataclass
class _Checks:
    """Checks one file after the other; one that cannot be read is said and passed over, and `failed` says so."""

    check: Callable[[Asked], Validated]
    settings: Settings
    terminal: Terminal
    style: str
    fix: bool
    failed: int = 0

    def of(self, name: str) -> Validated | None:
        """The report on a file; nothing for a file that cannot be read, after saying why."""
        language = self.terminal.language
        try:
            asked = Asked(name, _content(name, self.settings), self.style, language, self.fix)
            with working(self.terminal, th=f"กำลังตรวจ {name}…", en=f"checking {name}…"):
                return self.check(asked)
        except MueangError as error:
            say(f"mueang: {error.said_in(language)}")
            self.failed = max(self.failed, error.exit_code)
            return None


def _refuse_impossible(chosen: ReportFormat, files: Sequence[str], fix: str | None, out: str | None) -> None:
    if len(files) > 1 and fix is not None:
        raise UnusableRequest(th="--fix ใช้กับแฟ้มเดียว", en="--fix takes one file")
    if len(files) > 1 and chosen.join is None:
        raise UnusableRequest(
            th=f"รายงานแบบ {chosen.key} ทำได้ทีละแฟ้ม", en=f"a report as {chosen.key} takes one file"
        )
    if chosen.key == "xlsx" and out is None and sys.stdout.isatty():
        raise UnusableRequest(
            th="xlsx ไม่ใช่ข้อความ: ระบุ --out รายงาน.xlsx", en="xlsx is no text: give --out report.xlsx"
        )


def _joined(chosen: ReportFormat, bodies: Sequence[bytes]) -> bytes:
    return chosen.join(bodies) if chosen.join and len(bodies) > 1 else bodies[0]


def _write(body: bytes, out: str | None) -> None:
    if out is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    try:
        with written_aside(Path(out).resolve()) as file:
            file.write(body)
    except OSError as error:
        raise UnwritableFile(
            th=f"เขียนแฟ้ม {out} ไม่ได้ ({error.strerror})", en=f"{out} cannot be written ({error.strerror})"
        ) from error


def _write_mended(done: Validated, fix: str, language: Language) -> None:
    _write(done.mended, fix)
    count = len(done.changes)
    if language == "th":
        say(f"{fix}: " + (f"แก้แล้ว {count} ที่" if count else "ไม่มีที่ใดที่แก้ให้เองได้"))
    else:
        say(f"{fix}: {count or 'no'} change{'s' * (count != 1)}")
    for change in done.changes:
        say(change)


def _content(name: str, settings: Settings) -> bytes:
    most = settings.submission_mb * 1_000_000
    if name != "-":
        return read_bounded(Path(name), most)
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise too_large("-", most)
    return content


def _say_beside_what(settings: Settings, terminal: Terminal) -> None:
    if current(settings.home) is None:
        say(
            f"ยังไม่มีข้อมูลเผยแพร่ใน {settings.home}: ตรวจเทียบกับแฟ้มของโครงการ"
            if terminal.language == "th"
            else f"nothing is published in {settings.home} yet: checking beside the repository's own files"
        )
