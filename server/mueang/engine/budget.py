"""What one query may spend, and how the kernel is asked to see to it."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mueang.errors import QueryBudgetExceeded

STACK = 512 << 20


@dataclass(frozen=True)
class Budget:
    """The limits of one query: seconds of wall clock, bytes of memory beyond what is held, bytes of the answer."""

    seconds: float
    memory: int
    result: int

    def lowered(self, seconds: float | None) -> "Budget":
        """The budget of a query that asks for less time; for more there is none."""
        return replace(self, seconds=min(self.seconds, seconds or self.seconds))


@contextmanager
def enforced(budget: Budget, sockets: int = 0) -> Iterator[None]:
    """Within, the kernel ends this process when its time is up, and gives it neither more memory nor a way out.

    Time: SIGALRM at its default, which kills even inside foreign code. Memory: RLIMIT_AS above the present size,
    which holds the deep stack already. A way out: RLIMIT_NOFILE, so that no file and no more
    than so many sockets can be opened.
    """
    memory = _limited(resource.RLIMIT_AS, address_space() + budget.memory)
    descriptors = _limited(resource.RLIMIT_NOFILE, _lowest_free_descriptor() + sockets)
    with memory, descriptors:
        signal.setitimer(signal.ITIMER_REAL, budget.seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _limited(kind: int, soft: int) -> Iterator[None]:
    before, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (before, hard))


def _lowest_free_descriptor() -> int:
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    return free


def address_space() -> int:
    """The bytes of address space this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def exceeded(which: str, budget: Budget) -> QueryBudgetExceeded:
    """The error that names the budget that bit: `time`, `memory` or `size`."""
    th, en = {
        "time": (f"เกินเวลา {budget.seconds:g} วินาที", f"more than {budget.seconds:g} s of time"),
        "memory": (
            f"เกินหน่วยความจำ {budget.memory >> 20} MB",
            f"more than {budget.memory >> 20} MB of memory",
        ),
        "size": (f"คำตอบใหญ่เกิน {budget.result >> 20} MB", f"an answer of more than {budget.result >> 20} MB"),
    }[which]
    return QueryBudgetExceeded(
        th=f"คำถามนี้ใช้เกินที่ให้ได้ ({th}): ลองถามให้แคบลงหรือใส่ LIMIT",
        en=f"this query needs more than it may use ({en}): ask for less, or add a LIMIT",
        budget=which,
    )
