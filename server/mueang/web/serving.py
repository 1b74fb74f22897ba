"""Runs the application under granian until it is stopped."""

import logging
import os
import signal

from granian.constants import Interfaces
from granian.server import Server

from mueang.check.client import Checker
from mueang.engine.allowing import AllowingEngine
from mueang.engine.outward import Outward
from mueang.engine.processes import die_with
from mueang.engine.query import Engine
from mueang.settings import Settings
from mueang.submissions.webhook import messengers
from mueang.web.app import LONGEST_BODY, application
from mueang.web.bridge import Bridge
from mueang.web.cache import Remembering
from mueang.web.packing import Packing

_REMEMBERED_BYTES = 64_000_000
_FORM = 1_000_000


def site(engine: Engine, desk: Checker, settings: Settings) -> Remembering:
    """The application as it is served: packed, behind a memory of its answers."""
    return Remembering(Packing(application(engine, desk, settings)), engine, _REMEMBERED_BYTES)


def serve_until_stopped(engine: Engine, desk: Checker, settings: Settings) -> None:
    """Serve in one process that granian forks anew if it dies."""
    outward = Outward(settings.service_allow, settings.query_seconds, settings.result_mb << 20)
    engine = AllowingEngine(engine, outward)
    most = max(LONGEST_BODY * settings.query_kb * 1000, settings.submission_mb * 1_000_000 + _FORM)
    bridge = Bridge(site(engine, desk, settings), most, each=max(1, settings.workers // 2))
    telling = messengers(settings)
    here = os.getpid()

    def load(_: str) -> Bridge:
        die_with(here, signal.SIGKILL)
        for one in telling:
            one.start()
        return bridge

    server = Server(
        target="mueang",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=1,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        log_level="warning",  # type: ignore[arg-type]
    )
    logging.getLogger("_granian").setLevel(logging.WARNING)
    server.serve(target_loader=load)  # type: ignore[arg-type]
