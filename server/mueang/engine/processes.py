"""Processes that do not outlive the one that started them."""

import ctypes
import os
import signal

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)


def die_with(parent: int, sign: signal.Signals) -> None:
    """Have the kernel send `sign` to this process when its parent ends; end at once where that has happened already."""
    ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, int(sign), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
