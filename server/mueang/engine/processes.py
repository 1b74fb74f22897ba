"""Processes that do not outlive the one that started them, and the sockets and signals they live by."""

import ctypes
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_BACKLOG = 1024
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)


def die_with(parent: int, sign: signal.Signals) -> None:
    """Have the kernel send `sign` to this process when its parent ends; end at once where that has happened already."""
    ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, int(sign), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def listener(path: Path) -> socket.socket:
    """A socket of our own on this path, in place of what was there."""
    path.unlink(missing_ok=True)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.bind(str(path))
    made.listen(_BACKLOG)
    return made


def fork(run: Callable[[], object]) -> int:
    """A child that runs this, ends with its parent, and never returns here."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        die_with(parent, signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        for sign in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(sign, signal.SIG_DFL)
        run()
    finally:
        os._exit(0)


def close_all_but(kept: socket.socket) -> None:
    """Let go of what a fork inherited: a socket that another generation listens on must end with its own workers."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) != kept.fileno():
            with suppress(OSError):
                os.close(int(name))


def wakened_by(sign: signal.Signals) -> socket.socket:
    """A socket that becomes readable when this signal arrives."""
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.detach(), warn_on_full_buffer=False)
    signal.signal(sign, lambda *_: None)
    return woken


def dead_children() -> list[tuple[int, str]]:
    """The children that have ended, each with the name of the signal that ended it, or its exit code."""
    dead = []
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            code = os.waitstatus_to_exitcode(found[1])
            dead.append((found[0], signal.Signals(-code).name if code < 0 else str(code)))
    return dead


def environment() -> dict[str, str]:
    """The environment of a process of ours: it finds this package, and does not hoard memory for each thread."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.environ.get("PYTHONPATH", "")
    return os.environ | {
        "PYTHONPATH": f"{package}{os.pathsep}{path}" if path else package,
        "MALLOC_ARENA_MAX": "1",
    }
