"""The asking side of a desk: starts one, sends it a job, takes in what comes of it, tells how it failed."""

import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mueang.check.asking import SOCKET, Asked, Done, Validated, exceeded
from mueang.engine.budget import Budget
from mueang.engine.frames import (
    ASKED,
    DATA,
    END,
    ERROR,
    FORMAT,
    HELLO,
    Frame,
    raised_again,
    received,
    send,
    send_json,
)
from mueang.engine.processes import environment
from mueang.engine.supervisor import await_start, end
from mueang.errors import Busy, Language, MueangError
from mueang.settings import Settings

DESK = "mueang.check.desk"
_PATIENCE = 5.0
_GRACE = 10.0
_PART = 1 << 20


@dataclass(frozen=True)
class Checker:
    """Asks the desk whose socket is in this folder."""

    folder: Path
    most: Budget

    def validate(self, asked: Asked, *, alone: bool = False) -> Validated:
        """The report on a file; raises what `validation.validated` raises, CheckBudgetExceeded and Busy."""
        done = self.done(
            {
                "job": "validate",
                "name": asked.name,
                "format": asked.format,
                "language": asked.language,
                "fix": asked.fix,
                "alone": alone,
            },
            asked.content,
        )
        body, mended = done.parts
        return Validated(
            done.said["accepted"], done.said["media_type"], body, mended, tuple(done.said["changes"])
        )

    def template(self, language: Language) -> tuple[bytes, int | None]:
        """The workbook to fill in, and the generation its lists come from (None: the repository's own files)."""
        done = self.done({"job": "template", "language": language})
        return done.parts[0], done.said["generation"]

    def done(self, asked: dict[str, Any], content: bytes = b"") -> Done:
        """What came of a job; raises the error it ended with, CheckBudgetExceeded, and Busy when none takes it up."""
        try:
            with self._connected() as connection:
                frames = received(connection)
                if next(frames, (b"", b""))[0] != HELLO:
                    raise _busy()
                _send(connection, asked, content)
                connection.settimeout(self.most.seconds + _GRACE)
                return self._taken_in(frames)
        except OSError as error:
            raise _busy() from error

    def ready(self) -> bool:
        """Whether there is a desk to ask."""
        try:
            with self._connected():
                return True
        except OSError:
            return False

    def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(str(self.folder / SOCKET))
        except BaseException:
            connection.close()
            raise
        return connection

    def _taken_in(self, frames: Iterator[Frame]) -> Done:
        said: dict[str, Any] = {"said": {}, "parts": []}
        content = bytearray()
        try:
            for letter, payload in frames:
                if letter == ERROR:
                    raise raised_again(json.loads(payload))
                if letter == FORMAT:
                    said = json.loads(payload)
                elif letter == DATA:
                    content += payload
                elif letter == END:
                    return Done(said["said"], _cut(bytes(content), said["parts"]))
        except TimeoutError as error:
            raise exceeded("time", self.most) from error
        raise _busy()


@contextmanager
def checker(settings: Settings, module: str = DESK) -> Iterator[Checker]:
    """A desk of one's own, for as long as the block lasts."""
    found = checker_for(settings)
    pid = start_desk(found, settings, module)
    try:
        await_start(pid, found.ready)
        yield found
    finally:
        end(pid)
        shutil.rmtree(found.folder, ignore_errors=True)


def checker_for(settings: Settings) -> Checker:
    """What asks a desk in a run folder that is still empty, under the budget that the settings give a check."""
    most = Budget(settings.check_seconds, settings.check_memory_mb << 20, settings.result_mb << 20)
    return Checker(Path(tempfile.mkdtemp(prefix="mueang-")), most)


def start_desk(found: Checker, settings: Settings, module: str = DESK) -> int:
    """Start a desk, by the module that is run; its process id."""
    found.folder.mkdir(mode=0o700, exist_ok=True)
    options = {
        "--folder": str(found.folder),
        "--home": str(settings.home),
        "--at-once": str(max(1, settings.workers // 2)),
        "--budget": json.dumps(asdict(found.most)),
        "--parent": str(os.getpid()),
    }
    given = [part for option in options.items() for part in option]
    command = [sys.executable, "-m", module, *given]
    return os.posix_spawn(sys.executable, command, environment())


def _send(connection: socket.socket, asked: dict[str, Any], content: bytes) -> None:
    send_json(connection, ASKED, asked)
    for start in range(0, len(content), _PART):
        send(connection, DATA, content[start : start + _PART])
    send(connection, END)


def _cut(content: bytes, lengths: list[int]) -> tuple[bytes, ...]:
    starts = [sum(lengths[:place]) for place in range(len(lengths))]
    return tuple(content[start : start + length] for start, length in zip(starts, lengths, strict=True))


def _busy() -> MueangError:
    return Busy(
        th="ขณะนี้ยังตรวจไม่ได้ ลองใหม่อีกครั้งในไม่กี่วินาที",
        en="nobody is free to check right now: try again in a few seconds",
    )
