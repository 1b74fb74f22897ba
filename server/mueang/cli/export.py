"""`mueang export`: writes a generation as RDF, to standard output or into a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.engine.formats import GRAPHS, GraphFormat, format_named
from mueang.engine.gdcatalog import Contact, write_portal_workbook
from mueang.engine.supervisor import engine_of
from mueang.errors import UnknownFormat, UnusableRequest, UnwritableFile
from mueang.files import written_aside
from mueang.graph import dump
from mueang.graph.history import as_number, published

_LOCAL_TH = "ที่อยู่ในแฟ้มใช้ได้เฉพาะเครื่องนี้: ตั้ง MUEANG_PUBLIC_URL แล้วสั่งใหม่ก่อนนำส่ง"
_LOCAL_EN = (
    "the addresses in it are of this machine only: set MUEANG_PUBLIC_URL and write it again before sending it"
)
_FORMATS = ("nq", "trig", "jsonld", "ttl", "nt", "rdf")


@click.command()
@click.option("--generation", metavar="N", help="The generation; else the current one.")
@click.option("--format", "style", help=f"One of {', '.join(_FORMATS)}; else by the suffix of FILE, else nq.")
@click.option("--out", metavar="FILE", help="Where to write (.gz: compressed); else standard output.")
@click.option(
    "--for",
    "portal",
    type=click.Choice(["gd-catalog"]),
    help="Write the workbook (XLSX) by which the Thai government data catalogue takes datasets in, instead.",
)
@click.option("--organisation", default="", help="For gd-catalog: the organisation on the portal.")
@click.option("--contact", default="", help="For gd-catalog: whom to ask about the data.")
@click.option("--email", default="", help="For gd-catalog: their email address.")
@home_option
@click.pass_obj
def export(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    generation: str | None,
    style: str | None,
    out: str | None,
    portal: str | None,
    organisation: str,
    contact: str,
    email: str,
    home: str | None,
) -> None:
    """Write all graphs of a generation: nq, trig and jsonld keep their names, ttl, nt and rdf hold their merge.

    FILE is replaced only by a whole one.
    """
    if portal:
        _write_for_portal(terminal, generation or style, out, Contact(organisation, contact, email), home)
        return
    folder = settings_with(home=home).home
    chosen = _format(style, out)
    wanted = published(folder, None if generation is None else as_number(generation))
    if out is None:
        dump.export(folder, wanted, sys.stdout.buffer, chosen.oxigraph)
        sys.stdout.buffer.flush()
        return
    with working(terminal, th=f"กำลังเขียน {out}…", en=f"writing {out}…"), _written(out) as output:
        dump.export(folder, wanted, output, chosen.oxigraph)


def _write_for_portal(
    terminal: Terminal, other: str | None, out: str | None, contact: Contact, home: str | None
) -> None:
    """The workbook of the current generation, with the addresses under which its datasets are public."""
    if other or not out or not out.endswith(".xlsx"):
        raise UnusableRequest(
            th="--for gd-catalog เขียนสมุดงานของรุ่นปัจจุบัน: ระบุ --out แฟ้ม.xlsx และไม่ใช้ --generation หรือ --format",
            en="--for gd-catalog writes a workbook of the current generation: give --out FILE.xlsx, and neither "
            "--generation nor --format",
        )
    settings = settings_with(home=home)
    published(settings.home)
    with engine_of(replace(settings, workers=1)) as engine, _written(out) as output:
        number = write_portal_workbook(engine, settings.address, contact, output)
    thai = terminal.language == "th"
    say(f"{out}: {number} ชุดข้อมูล" if thai else f"{out}: {number} datasets")
    if not settings.public_url:
        say(_LOCAL_TH if thai else _LOCAL_EN)


def _format(style: str | None, out: str | None) -> GraphFormat:
    suffix = Path((out or "").removesuffix(".gz")).suffix.removeprefix(".")
    name = style or suffix or "nq"
    found = format_named(name, GRAPHS)
    if found is None:
        known = ", ".join(_FORMATS)
        raise UnknownFormat(
            th=f"ไม่รู้จักรูปแบบ {name}: ระบุ --format ({known})",
            en=f"unknown format {name}: give --format ({known})",
        )
    return found


@contextmanager
def _written(out: str) -> Iterator[IO[bytes]]:
    """The user's file, compressed where its name says so; a pipe or device is written to, never replaced."""
    path = Path(out).resolve()
    straight = path.exists() and not path.is_file()
    try:
        with path.open("wb") if straight else written_aside(path) as file:
            if out.endswith(".gz"):
                with dump.compressed(file) as packed:
                    yield packed
            else:
                yield file
    except OSError as error:
        raise UnwritableFile(
            th=f"เขียนแฟ้ม {out} ไม่ได้ ({error.strerror})", en=f"{out} cannot be written ({error.strerror})"
        ) from error
