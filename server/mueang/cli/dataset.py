"""`mueang dataset`: tables of others as datasets beside ours, handed in through the gate and taken away through it."""

import json
import sys
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from mueang.check.becoming import Worked, worked_out
from mueang.check.client import Checker, checker
from mueang.cli.submit import tell
from mueang.cli.terminal import Terminal, home_option, say, settings_with, working
from mueang.engine.bindings import Solutions
from mueang.engine.formats import ROWS
from mueang.engine.query import Query
from mueang.engine.supervisor import engine_of
from mueang.errors import BrokenData, Language, UnwritableFile, WrongParameter
from mueang.files import folder, read_bounded, too_large, written_aside
from mueang.graph.history import published
from mueang.link.about import read_about
from mueang.link.dataset import Made, made
from mueang.link.entry import MOST_BYTES
from mueang.link.lists import lists_of
from mueang.link.names import index_of
from mueang.link.tables.file import source_of
from mueang.settings import Settings
from mueang.submissions import gate, people
from mueang.submissions.intake import Offer
from mueang.submissions.intake import submit as hand_in
from mueang.submissions.journal import Submission, graph_of

_NAMED = click.option("--as", "name", metavar="NAME", required=True, help="Who does it; see `mueang user`.")


@click.group()
def dataset() -> None:
    """Publish tables of others beside the graph, each as an RDF Data Cube in a graph of its own."""


@dataset.command()
@click.argument("table")
@click.option(
    "--about", metavar="FILE", required=True, help="about.yaml: what the table is, and its columns."
)
@click.option("--sheet", help="The sheet of a workbook; not needed where there is one.")
@click.option("--note", default="", help="Why, in a sentence for whoever reviews it.")
@click.option("--out", type=click.Path(), help="Write the graph to this file, and hand nothing in.")
@click.option("--as", "name", metavar="NAME", help="Who hands it in; see `mueang user`.")
@home_option
@click.pass_obj
def add(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    table: str,
    about: str,
    sheet: str | None,
    note: str,
    out: str | None,
    name: str | None,
    home: str | None,
) -> None:
    """Hand TABLE (.csv .tsv .xlsx) in as a dataset: it is checked, and waits for somebody else to accept it.

    Prints the number of the submission; a dataset of the same key gives way to it once it is accepted. Exit code 0:
    it waits for review; 1: it has a violation, and its report is shown; 2: the table or about.yaml is to be mended.
    """
    settings = settings_with(home=home)
    if name is None and out is None:
        raise WrongParameter(th="ระบุผู้ส่งด้วย --as ชื่อ", en="say who hands it in: --as NAME")
    person = people.known(settings.home, name, "submitter") if name is not None else None
    with working(terminal, th=f"กำลังอ่าน {table}…", en=f"reading {table}…"):
        found = _made(settings, Path(table), Path(about), sheet)
    _tell_left_out(found, terminal.language)
    if out is not None:
        return _write(Path(out), found.content)
    assert person is not None  # noqa: S101  (or there is a file to write)
    with checker(settings) as desk:
        offer = Offer(f"{found.key}.trig", found.content, note, dataset=found.key)
        with working(terminal, th="กำลังตรวจ…", en="checking…"):
            one = hand_in(settings.home, desk, offer, person)
        click.echo(one.number)
        tell(settings, desk, one, terminal.language)
    sys.exit(_code(one))


@dataset.command()
@click.argument("key")
@click.option("--note", default="", help="Why, for the history of generations.")
@_NAMED
@home_option
@click.pass_obj
def remove(terminal: Terminal, key: str, note: str, name: str, home: str | None) -> None:
    """Take the dataset KEY out of what is published, as a steward may; earlier generations keep it.

    Prints the number of the generation without it. Exit code 1: something else would break without it.
    """
    settings = settings_with(home=home)
    person = people.known(settings.home, name, "steward")
    graph = graph_of(key)
    if graph not in published(settings.home).graphs:
        raise WrongParameter(th=f"ไม่มีชุดข้อมูล {key}", en=f"there is no dataset {key}")
    with checker(settings) as desk, working(terminal, th="กำลังตรวจ…", en="checking…"):
        work = partial(_without, desk, graph, terminal.language)
        reason = f"dataset {key} removed" + (f": {note}" if note else "")
        click.echo(gate.publish(settings.home, work, person=person.name, note=reason).number)


@dataset.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Write each dataset as JSON.")
@home_option
@click.pass_obj
def listed(terminal: Terminal, as_json: bool, home: str | None) -> None:
    """List the datasets that are published: key, observations, title, licence."""
    rows = _rows(settings_with(home=home))
    if as_json:
        click.echo("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), nl=bool(rows))
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    title = "titleTh" if terminal.language == "th" else "titleEn"
    for row in rows:
        table.add_row(row["key"], row["observations"], row.get(title, ""), row["licence"])
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _made(settings: Settings, table: Path, about: Path, sheet: str | None) -> Made:
    said = read_about(about.name, read_bounded(about, MOST_BYTES))
    content = read_bounded(table, settings.submission_mb * 1_000_000)
    source = source_of(table.name, partial(BytesIO, content))
    published(settings.home)
    with engine_of(settings) as engine:
        lists = lists_of(engine, index_of(engine))
    found = made(said, source, content, sheet, lists)
    if len(found.content) > settings.submission_mb * 1_000_000:
        raise too_large(f"{found.key}.trig", settings.submission_mb * 1_000_000)
    return found


def _write(out: Path, content: bytes) -> None:
    try:
        with written_aside(out) as file:
            file.write(content)
    except OSError as error:
        raise UnwritableFile(
            th=f"เขียนแฟ้ม {out} ไม่ได้ ({error.strerror})", en=f"{out} cannot be written ({error.strerror})"
        ) from error


def _without(desk: Checker, graph: str, language: Language) -> Worked:
    """What it would be without the graph; raises BrokenData where something else would break."""
    asked: dict[str, Any] = {"job": "write", "method": "delete", "graph": graph, "name": "delete"}
    worked = worked_out(
        desk, asked | {"there": True, "parts": [], "format": "text", "language": language}, b""
    )
    if not worked.accepted:
        report = worked.report.decode()
        raise BrokenData(
            th=f"ถอดไม่ได้ เพราะข้อมูลอื่นจะผิดกฎ\n{report}",
            en=f"not removed: other data would break a rule\n{report}",
        )
    return worked


def _rows(settings: Settings) -> list[dict[str, str]]:
    text = (folder("queries/link") / "datasets.rq").read_text(encoding="utf-8")
    published(settings.home)
    with engine_of(settings) as engine:
        rows = Solutions(engine.answer(Query(text), ROWS[0], None).file)
        return [{name: str(term["value"]) for name, term in row.items()} for row in rows]


def _tell_left_out(found: Made, language: Language) -> None:
    th = f"{found.observations} แถวเป็นค่าสังเกต ไม่ได้นำเข้า {len(found.left_out)} แถว"
    en = f"{found.observations} rows are observations, {len(found.left_out)} are left out"
    say(th if language == "th" else en)
    for one in found.left_out:
        say(f"  {one.row}  {one.text!r}: {one.reason[language]}")


def _code(one: Submission) -> int:
    return 1 if one.state == "checked" else 0
