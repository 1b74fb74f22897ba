"""`mueang questions`: the saved questions with their parameters."""

import click
from rich.console import Console
from rich.table import Table

from mueang.cli.terminal import Terminal
from mueang.engine.question import Question
from mueang.engine.question import questions as saved_questions
from mueang.errors import Language


@click.command()
@click.pass_obj
def questions(terminal: Terminal) -> None:
    """List the saved questions with their parameters and defaults."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for question in saved_questions():
        table.add_row(question.name, _described(question, terminal.language))
    Console().print(table)


def _described(question: Question, language: Language) -> str:
    parameters = " ".join(f"{one.name}={one.default}" for one in question.parameters)
    return question.title[language] + (f"\n[dim]--set {parameters}[/dim]" if parameters else "")
