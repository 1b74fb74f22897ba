"""The command line: one module per subject, one group that turns our errors into a line and an exit code."""

import os
from importlib import import_module
from typing import Any

import click

from mueang.cli.terminal import Terminal, say
from mueang.errors import MueangError

_COMMANDS = (
    "build",
    "dataset",
    "diff",
    "export",
    "generations",
    "link",
    "links",
    "query",
    "questions",
    "restore",
    "review",
    "serve",
    "settings",
    "submissions",
    "submit",
    "template",
    "user",
    "validate",
    "verify",
)


class Commands(click.Group):
    """A group whose commands end in a plain line, never in a traceback, for anything a user can mend.

    A command's module is read when it is asked for: what checks submissions takes half a second, and most do not need it.
    """

    def list_commands(self, _: click.Context) -> list[str]:
        """The names of the commands: each is a function in the module of its name."""
        return list(_COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"mueang.cli.{cmd_name}"), cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit codes are those of INTERFACE: 1 bad data, 2 unusable request, 3 failure, 130 interrupted."""
        try:
            return super().invoke(ctx)
        except MueangError as error:
            say(f"mueang: {error.said_in(ctx.obj.language)}")
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            ctx.exit(0)
        except KeyboardInterrupt:
            ctx.exit(130)


@click.group(cls=Commands)
@click.version_option(package_name="mueang")
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language of messages; else the terminal's.")
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """The knowledge graph of Thailand's smart cities: build it, check what is added, ask it, serve it."""
    ctx.obj = Terminal.of_environment(lang)
