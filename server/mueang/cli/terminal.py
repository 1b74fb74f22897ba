"""What every command shares: the reader's language, the home option, and where messages go."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from rich.console import Console

from mueang.errors import Language
from mueang.settings import Settings, read_settings

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Terminal:
    """The reader at the other end: the language they read."""

    language: Language

    @classmethod
    def of_environment(cls, lang: str | None) -> "Terminal":
        """The terminal's language: the option, else Thai where the locale is Thai, else English."""
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        return cls("th" if (lang or locale).startswith("th") else "en")


def home_option(command: Command) -> Command:
    """The option --home of every command that reads or writes generations."""
    return click.option(
        "--home",
        type=click.Path(),
        help="The folder of the published generations (MUEANG_HOME; default .mueang).",
    )(command)


def settings_with(**options: Any) -> Settings:
    """The settings in force under these command-line options."""
    return read_settings(options)


def say(line: str) -> None:
    """One message to the person at the terminal, apart from results."""
    click.echo(line, err=True)


@contextmanager
def working(terminal: Terminal, *, th: str, en: str) -> Iterator[None]:
    """A sign of life on the terminal while something takes long; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(th if terminal.language == "th" else en):
        yield
