"""What is said between a desk and who asks it: where it listens, what is asked, what came of it, why nothing did."""

from dataclasses import dataclass
from typing import Any

from mueang.engine.budget import Budget
from mueang.errors import CheckBudgetExceeded, Language

SOCKET = "desk"
"""The name of a desk's socket in its folder."""


@dataclass(frozen=True)
class Asked:
    """A file to check: its name (the ending tells the syntax), its bytes, and how to report.

    With `fix` the file is repaired where there is one way to, and the report is on the repaired copy.
    """

    name: str
    content: bytes
    format: str = "text"
    language: Language = "th"
    fix: bool = False


@dataclass(frozen=True)
class Validated:
    """A written report and whether the file may go in; with `fix`, the repaired copy and what was changed, in words."""

    accepted: bool
    media_type: str
    body: bytes
    mended: bytes = b""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What came of a job: values that JSON can say, and any number of byte strings."""

    said: dict[str, Any]
    parts: tuple[bytes, ...]


def exceeded(which: str, most: Budget) -> CheckBudgetExceeded:
    """The error that names the budget that bit: `time`, `memory` or `size`."""
    th, en = {
        "time": (f"ใช้เวลาเกิน {most.seconds:g} วินาที", f"more than {most.seconds:g} s of time"),
        "memory": (f"ใช้หน่วยความจำเกิน {most.memory >> 20} MB", f"more than {most.memory >> 20} MB of memory"),
        "size": (f"รายงานใหญ่เกิน {most.result >> 20} MB", f"a report of more than {most.result >> 20} MB"),
    }[which]
    return CheckBudgetExceeded(
        th=f"ตรวจแฟ้มนี้ไม่จบ ({th}): ลองแบ่งเป็นแฟ้มเล็กลง",
        en=f"checking this file needs more than it may use ({en}): try it in smaller parts",
        budget=which,
    )
