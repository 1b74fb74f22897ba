"""`mueang serve`: answers over HTTP, from a generation that is built first where there is none."""

import socket
import sys

import click

from mueang.cli.build import publish_repository
from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.engine.supervisor import (
    await_nursery,
    engine_for,
    is_remote,
    remote_engine,
    start_nursery,
    supervise,
)
from mueang.errors import StoreFailed
from mueang.graph.generation import current
from mueang.settings import Settings


@click.command()
@click.option("--host", help="The address to listen on (MUEANG_HOST; default 127.0.0.1).")
@click.option("--port", type=int, help="The port to listen on (MUEANG_PORT; default 8000).")
@home_option
@click.pass_obj
def serve(terminal: Terminal, host: str | None, port: int | None, home: str | None) -> None:
    """Serve the published graph over HTTP until interrupted."""
    settings = settings_with(host=host, port=port, home=home)
    _refuse_taken(settings)

    from mueang.web.serving import serve_until_stopped  # noqa: PLC0415  (other commands need no Flask)

    if is_remote(settings):
        remote = remote_engine(settings)
        say(_where_to_look(settings, settings.engine, terminal))
        serve_until_stopped(remote, settings)
        return
    generation = current(settings.home) or publish_repository(settings, terminal)
    engine = engine_for(settings)
    nursery = start_nursery(engine, settings)
    await_nursery(engine, nursery)
    say(_where_to_look(settings, str(generation.number), terminal))
    sys.exit(supervise(engine, nursery, settings, lambda: serve_until_stopped(engine, settings)))


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
