"""`mueang export`: writes a generation as RDF, to standard output or into a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from mueang.cli.terminal import Terminal, home_option, settings_with, working
from mueang.engine.formats import GRAPHS, GraphFormat, format_named
from mueang.errors import UnknownFormat, UnwritableFile
from mueang.files import written_aside
from mueang.graph import dump
from mueang.graph.history import as_number, published

_FORMATS = ("nq", "trig", "jsonld", "ttl", "nt", "rdf")


@click.command()
@click.option("--generation", metavar="N", help="The generation; else the current one.")
@click.option("--format", "style", help=f"One of {', '.join(_FORMATS)}; else by the suffix of FILE, else nq.")
@click.option("--out", metavar="FILE", help="Where to write (.gz: compressed); else standard output.")
@home_option
@click.pass_obj
def export(
    terminal: Terminal, generation: str | None, style: str | None, out: str | None, home: str | None
) -> None:
    """Write all graphs of a generation: nq, trig and jsonld keep their names, ttl, nt and rdf hold their merge.

    FILE is replaced only by a whole one.
    """
    folder = settings_with(home=home).home
    chosen = _format(style, out)
    wanted = published(folder, None if generation is None else as_number(generation))
    if out is None:
        dump.export(folder, wanted, sys.stdout.buffer, chosen.oxigraph)
        sys.stdout.buffer.flush()
        return
    with working(terminal, th=f"กำลังเขียน {out}…", en=f"writing {out}…"), _written(out) as output:
        dump.export(folder, wanted, output, chosen.oxigraph)


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
