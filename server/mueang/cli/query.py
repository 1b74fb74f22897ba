"""`mueang query`: asks the published graph without a server."""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mueang.cli.published import at_hand
from mueang.cli.terminal import Terminal, home_option, settings_with
from mueang.engine.cells import cell_text
from mueang.engine.existence import refuse_unknown
from mueang.engine.formats import GRAPHS, ROWS, Format, GraphFormat, format_named
from mueang.engine.query import Answer, Query
from mueang.engine.question import question_named
from mueang.engine.supervisor import engine_of, is_remote
from mueang.engine.tables import TABLES, XLSX, asked_as, table_answer, too_deep
from mueang.engine.workbook import About
from mueang.errors import MalformedData, UnknownFormat, UnusableRequest, WrongParameter
from mueang.files import read_bounded
from mueang.graph.history import as_number, published
from mueang.graph.names import shortened
from mueang.settings import Settings

_FORMATS = ["table", *(one.key for one in (*ROWS, *TABLES, *GRAPHS)), "turtle"]
_WIDE = 100_000


@click.command()
@click.argument("file", required=False)
@click.option("-e", "text", help="The query itself.")
@click.option("--question", help="The name of a saved question.")
@click.option(
    "--set", "values", multiple=True, metavar="NAME=VALUE", help="A parameter of the saved question."
)
@click.option("--generation", metavar="N", help="The generation to ask; else the current one.")
@click.option("--format", "style", default="table", help=f"One of {', '.join(_FORMATS)}.")
@home_option
@click.pass_obj
def query(  # noqa: PLR0913, PLR0917  (click hands over one argument per option)
    terminal: Terminal,
    file: str | None,
    text: str | None,
    question: str | None,
    values: tuple[str, ...],
    generation: str | None,
    style: str,
    home: str | None,
) -> None:
    """Ask the graph: a query in FILE (- for standard input), in -e TEXT, or a saved question.

    Exit code 0: there is an answer; 1: no row, or `false`; 2: the query cannot be asked.
    """
    settings = settings_with(home=home)
    asked = _asked(file, text, question, values, settings)
    number = None if generation is None else as_number(generation)
    rows, graph = _formats(style)
    if not is_remote(settings):
        at_hand(settings, terminal)
        published(settings.home, number)
    with engine_of(replace(settings, workers=1)) as engine:
        if question is not None:
            refuse_unknown(engine, question_named(question), dict(map(_pair, values)), number)
        answer = engine.answer(Query(asked, generation=number), asked_as(rows), graph)
        empty = answer.empty
        if rows in TABLES and answer.format in ROWS:
            about = About(asked, f"{settings.address}/sparql", date.today(), terminal.language)
            answer = table_answer(engine, answer, rows, about)
    _show(answer, style)
    sys.exit(1 if empty else 0)


def _asked(
    file: str | None, text: str | None, question: str | None, values: tuple[str, ...], settings: Settings
) -> str:
    if sum(given is not None for given in (file, text, question)) != 1:
        raise UnusableRequest(
            th="ระบุอย่างใดอย่างหนึ่ง: แฟ้มคำถาม, -e คำถาม หรือ --question ชื่อ",
            en="give one of: a file with a query, -e TEXT, or --question NAME",
        )
    if question is not None:
        return question_named(question).asked_with(dict(map(_pair, values)))
    if values:
        raise WrongParameter(th="--set ใช้กับ --question เท่านั้น", en="--set goes with --question")
    return text if text is not None else _read(str(file), settings)


def _read(file: str, settings: Settings) -> str:
    most = settings.query_kb * 1000
    content = sys.stdin.buffer.read(most + 1) if file == "-" else read_bounded(Path(file), most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedData(th=f"{file}: ไม่ใช่ข้อความ UTF-8", en=f"{file}: this is not UTF-8 text") from error


def _pair(value: str) -> tuple[str, str]:
    name, equals, given = value.partition("=")
    if not equals:
        raise WrongParameter(th=f"--set {value}: ต้องเป็น ชื่อ=ค่า", en=f"--set {value}: must be NAME=VALUE")
    return name, given


def _formats(style: str) -> tuple[Format[Any] | None, GraphFormat | None]:
    if style == "table":
        return ROWS[0], GRAPHS[0]
    if style == XLSX.key and sys.stdout.isatty():
        raise UnusableRequest(
            th="xlsx ไม่ใช่ข้อความ: เติม > คำตอบ.xlsx ท้ายคำสั่ง",
            en="xlsx is no text: put > answer.xlsx behind the command",
        )
    rows, graph = format_named(style, (*ROWS, *TABLES)), format_named(style, GRAPHS)
    if rows or graph:
        return rows, graph
    known = ", ".join(_FORMATS)
    raise UnknownFormat(th=f"ไม่รู้จักรูปแบบ {style} (มี {known})", en=f"unknown format {style} (known: {known})")


def _show(answer: Answer, style: str) -> None:
    if style == "table" and answer.format in ROWS:
        _show_table(answer)
        return
    sys.stdout.buffer.write(answer.body)
    sys.stdout.buffer.flush()


def _show_table(answer: Answer) -> None:
    try:
        results = json.loads(answer.body)
    except RecursionError as error:
        raise too_deep() from error
    if "boolean" in results:
        click.echo("true" if results["boolean"] else "false")
        return
    variables = results["head"]["vars"]
    table = Table(*variables, box=None, header_style="bold", pad_edge=False)
    for row in results["results"]["bindings"]:
        table.add_row(*(Text(_cell(row.get(variable))) for variable in variables))
    console = Console() if sys.stdout.isatty() else Console(width=_WIDE)
    console.print(table)


def _cell(term: Any) -> str:
    return shortened(term["value"]) if term and term["type"] == "uri" else cell_text(term)
