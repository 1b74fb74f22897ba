"""The command line: one module per subject, one group that turns our errors into a line and an exit code."""

import os
from typing import Any

import click

from mueang.cli.build import build
from mueang.cli.diff import diff
from mueang.cli.export import export
from mueang.cli.generations import generations
from mueang.cli.query import query
from mueang.cli.questions import questions
from mueang.cli.restore import restore
from mueang.cli.review import review
from mueang.cli.serve import serve
from mueang.cli.settings import settings
from mueang.cli.submissions import submissions
from mueang.cli.submit import submit
from mueang.cli.template import template
from mueang.cli.terminal import Terminal, say
from mueang.cli.user import user
from mueang.cli.validate import validate
from mueang.cli.verify import verify
from mueang.errors import MueangError


class Commands(click.Group):
    """A group whose commands end in a plain line, never in a traceback, for anything a user can mend."""

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


for command in (
    build,
    diff,
    export,
    generations,
    query,
    questions,
    restore,
    review,
    serve,
    settings,
    submissions,
    submit,
    template,
    user,
    validate,
    verify,
):
    main.add_command(command)
