"""`mueang link`: a table of names in, the same table with IRIs, codes and official names out."""

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path, PurePath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from mueang.check.sheets.grid import ENDINGS
from mueang.cli.published import at_hand
from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.engine.question import is_iri
from mueang.engine.supervisor import engine_of, is_remote
from mueang.errors import UnknownFormat, UnreadableFile, UnusableRequest, UnwritableFile
from mueang.files import written_aside
from mueang.link.linkset import Linkset, named_by_digest
from mueang.link.names import Index, index_of
from mueang.link.tables import report
from mueang.link.tables.choice import Wanted, choose
from mueang.link.tables.file import source_of
from mueang.link.tables.joining import Joiner
from mueang.link.tables.output import write_joined
from mueang.link.tables.row import Tell
from mueang.settings import Settings

_SHOWN = 10


@click.command()
@click.argument("table", type=click.Path())
@click.option(
    "--column", default="", help="The heading of the column of names, or its letter; else it is found."
)
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="What the names are of: province, city, …"
)
@click.option("--sheet", help="The sheet of a workbook; else the one with the most names.")
@click.option(
    "--out", metavar="FILE", help="Where to write the joined table (.csv .tsv .xlsx); else standard output."
)
@click.option("--links", metavar="FILE", help="Write the links as a linkset too (.ttl).")
@click.option("--base", metavar="IRI", help="The address that the table goes by in the linkset.")
@click.option(
    "--report", "told", metavar="FILE", help="Write what was not linked too (.json, .csv, else text)."
)
@home_option
@click.pass_obj
def link(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    table: str,
    column: str,
    kinds: tuple[str, ...],
    sheet: str | None,
    out: str | None,
    links: str | None,
    base: str | None,
    told: str | None,
    home: str | None,
) -> None:
    """Link the names in TABLE (.csv .tsv .xlsx) to the graph and give the table back with what was found.

    Exit code 0: every row linked; 1: some were not; 2: a table or column that cannot be used.
    """
    _refuse_impossible(table, out, links, told)
    _refuse_no_address(base)
    settings = settings_with(home=home)
    source = source_of(table, partial(_opened, table))
    with _ended_tidily(), ExitStack() as files:
        chosen = choose(source, index := _index(settings, terminal), Wanted(column, kinds, sheet))
        joiner = Joiner(source.name, index, chosen)
        results = joiner.results(source.rows(chosen.sheet, files.enter_context(_progress(table, terminal))))
        linkset = None
        if links is not None:
            known_as = base or named_by_digest(_digest(table))
            linkset = Linkset(known_as, chosen.shown, files.enter_context(_file(links)), date.today())
            results = linkset.noting(results, chosen.column)
        ending = PurePath(out or table).suffix.lower()
        file = files.enter_context(_file(out))
        write_joined(source, chosen, results, ending, terminal.language, file)
        if linkset:
            linkset.end()
        said = report.summary(table, chosen, joiner.tally)
        if told is not None:
            written = report.written(said, PurePath(told).suffix.lower(), terminal.language)
            files.enter_context(_file(told)).write(written)
    say(report.as_text(said, terminal.language, _SHOWN).rstrip())
    sys.exit(1 if said["not_linked"] else 0)


def _refuse_impossible(table: str, out: str | None, links: str | None, told: str | None) -> None:
    written = [Path(name).resolve() for name in (out, links, told) if name is not None]
    if len(set(written)) < len(written):
        raise UnusableRequest(
            th="--out, --links และ --report ต้องเป็นคนละแฟ้ม",
            en="--out, --links and --report must be different files",
        )
    ending = PurePath(out or table).suffix.lower()
    if out is not None and ending not in ENDINGS:
        raise UnknownFormat(
            th=f"--out {out}: เขียนได้เป็น {' '.join(ENDINGS)}",
            en=f"--out {out}: tables are written as {' '.join(ENDINGS)}",
        )
    if out is None and ending == ".xlsx" and sys.stdout.isatty():
        raise UnusableRequest(
            th="xlsx ไม่ใช่ข้อความ: ระบุ --out ตาราง.xlsx", en="xlsx is no text: give --out table.xlsx"
        )


def _refuse_no_address(base: str | None) -> None:
    if base is not None and (not is_iri(base) or "#" in base):
        raise UnusableRequest(
            th=f"--base {base}: ต้องเป็น IRI เต็มที่ไม่มี #", en=f"--base {base}: must be a whole IRI without #"
        )


def _index(settings: Settings, terminal: Terminal) -> Index:
    if not is_remote(settings):
        at_hand(settings, terminal)
    with engine_of(replace(settings, workers=1)) as engine:
        return index_of(engine)


def _opened(table: str) -> BufferedReader:
    try:
        return Path(table).open("rb")
    except FileNotFoundError as error:
        raise UnreadableFile(th=f"ไม่พบแฟ้ม {table}", en=f"there is no file {table}") from error
    except OSError as error:
        raise UnreadableFile(
            th=f"อ่านแฟ้ม {table} ไม่ได้ ({error.strerror})", en=f"{table} cannot be read ({error.strerror})"
        ) from error


def _digest(table: str) -> bytes:
    with _opened(table) as file:
        return file_digest(file, "sha256").digest()


@contextmanager
def _file(name: str | None) -> Iterator[IO[bytes]]:
    """A file that appears whole, when all is done; standard output where no name is given."""
    if name is None:
        with TemporaryFile() as file:
            yield file
            file.seek(0)
            copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    try:
        with written_aside(Path(name).resolve()) as file:
            yield file
    except OSError as error:
        raise UnwritableFile(
            th=f"เขียนแฟ้ม {name} ไม่ได้ ({error.strerror})", en=f"{name} cannot be written ({error.strerror})"
        ) from error


@contextmanager
def _ended_tidily() -> Iterator[None]:
    """Told to end, we end as from an error: what was being written is taken away."""

    def end(sign: int, _: object) -> None:
        sys.exit(128 + sign)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(table: str, terminal: Terminal) -> Iterator[Tell]:
    """A bar on a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        what = f"กำลังเชื่อม {table}" if terminal.language == "th" else f"linking {table}"
        task = bar.add_task(what, total=Path(table).stat().st_size)
        yield lambda done: bar.update(task, completed=done)
