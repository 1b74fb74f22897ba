"""`mueang serve`: answers over HTTP, from a generation that is built first where there is none, or from none at all."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import click

from mueang.check.client import checker_for, start_desk
from mueang.cli.published import built
from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.engine.query import Engine
from mueang.engine.stores import STORES
from mueang.engine.supervisor import (
    await_start,
    engine_for,
    is_remote,
    remote_engine,
    start_nursery,
    supervise,
)
from mueang.errors import StoreFailed, WrongSetting
from mueang.graph.generation import publish
from mueang.graph.store import OWN_DEFAULT
from mueang.settings import Settings
from mueang.submissions.people import add
from mueang.submissions.webhook import messengers

LINKING = "mueang.link.desk"
"""The desk of a server: it checks, and links tables."""


@click.command()
@click.option("--host", help="The address to listen on (MUEANG_HOST; default 127.0.0.1).")
@click.option("--port", type=int, help="The port to listen on (MUEANG_PORT; default 8000).")
@home_option
@click.option(
    "--scratch", is_flag=True, help="Serve an empty graph to try things on, thrown away at the end."
)
@click.pass_obj
def serve(terminal: Terminal, host: str | None, port: int | None, home: str | None, scratch: bool) -> None:
    """Serve the published graph over HTTP until interrupted.

    With --scratch an empty graph that is thrown away at the end: no rules, no protected graphs, a default graph that
    can be written to. The first line of the output is a steward's token.
    """
    settings = settings_with(host=host, port=port, home=home)
    messengers(settings)  # raises for what is set wrongly, before anything is started
    _refuse_taken(settings)
    if scratch:
        with _scratch(settings, home) as settings:
            _serve(settings, terminal)
    _serve(settings, terminal)


@contextmanager
def _scratch(settings: Settings, home: str | None) -> Iterator[Settings]:
    """A home for as long as the block lasts, with an empty default graph of its own and a steward."""
    if home or settings.engine not in STORES:
        raise WrongSetting(
            th="--scratch ใช้ข้อมูลว่างของตัวเอง จึงใช้กับ --home หรือ MUEANG_ENGINE ที่เป็นเครื่องอื่นไม่ได้",
            en="--scratch has a graph of its own: it goes neither with --home nor with another server as MUEANG_ENGINE",
        )
    with TemporaryDirectory(prefix="mueang-") as folder:
        publish(Path(folder), {OWN_DEFAULT: b""}, reason="scratch", shapes="")
        click.echo(f"token: {add(Path(folder), 'scratch', 'steward')}")
        sys.stdout.flush()
        yield replace(settings, home=Path(folder), workers=min(settings.workers, 2))


def _serve(settings: Settings, terminal: Terminal) -> NoReturn:
    from mueang.web.serving import serve_until_stopped  # noqa: PLC0415  (other commands need no Flask)

    desk = checker_for(settings)
    starts = {desk.ready: partial(start_desk, desk, settings, LINKING)}
    if is_remote(settings):
        engine: Engine = remote_engine(settings)
        answers = settings.engine
    else:
        answers = str(built(settings, terminal).number)
        engine = workers = engine_for(settings)
        starts[engine.ready] = partial(start_nursery, workers, settings)
    started = {start(): (start, ready) for ready, start in starts.items()}
    for pid, (_, ready) in started.items():
        await_start(pid, ready)
    say(_where_to_look(settings, answers, terminal))
    kept: dict[int, Callable[[], int]] = {pid: start for pid, (start, _) in started.items()}
    sys.exit(supervise(kept, lambda: serve_until_stopped(engine, desk, settings)))


def _refuse_taken(settings: Settings) -> None:
    """Say at once, in words, that the address is taken or not ours; the server would only log it."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise StoreFailed(
            th=f"เปิดรับที่ {where} ไม่ได้ ({error.strerror}): ลองใช้ --port อื่น",
            en=f"cannot listen on {where} ({error.strerror}): try another --port",
        ) from error


def _where_to_look(settings: Settings, answers: str, terminal: Terminal) -> str:
    if terminal.language == "th":
        return f"รุ่นข้อมูล {answers} ที่ {settings.address} (ถามที่ {settings.address}/sparql) หยุดด้วย Ctrl-C"
    return f"generation {answers} at {settings.address} (ask at {settings.address}/sparql); stop with Ctrl-C"
