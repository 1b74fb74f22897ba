"""The room in which one at a time works on what is published, in all the processes of a home."""

import errno
import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mueang.errors import Busy, OutOfSpace, StoreFailed

_NAME = "gate.lock"
_PATIENCE = 60.0
_LOOK_EVERY = 0.02
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def alone(home: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Be the only one in the room, in this process and all others; raises Busy after waiting in vain.

    The kernel opens the door again for one that dies in there.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / _NAME).open("w")
    except OSError as error:
        raise _unusable(home / _NAME, error) from error
    with lock:
        _wait(lock.fileno(), time.monotonic() + patience)
        yield


def _wait(lock: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise Busy(
                    th="มีผู้อื่นกำลังเผยแพร่ข้อมูลอยู่ ลองใหม่อีกครั้งในอีกสักครู่",
                    en="somebody else is publishing right now: try again in a moment",
                ) from error
        time.sleep(_LOOK_EVERY)


def _unusable(path: Path, error: OSError) -> StoreFailed:
    kind = OutOfSpace if error.errno in _FULL else StoreFailed
    return kind(th=f"ใช้ {path} ไม่ได้: {error.strerror}", en=f"{path} cannot be used: {error.strerror}")
