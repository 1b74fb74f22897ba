"""Runs the application under granian until it is stopped."""

import logging

from granian.constants import Interfaces
from granian.server import Server

from mueang.engine.query import Engine
from mueang.settings import Settings
from mueang.web.app import application


def serve_until_stopped(engine: Engine, settings: Settings) -> None:
    """Serve in one worker process, forked with the store in memory and forked anew if it dies."""
    app = application(engine, settings)
    server = Server(
        target="mueang",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        log_level="warning",  # type: ignore[arg-type]
    )
    logging.getLogger("_granian").setLevel(logging.WARNING)
    server.serve(target_loader=lambda _: app)
