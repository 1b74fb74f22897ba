"""What a desk worked out of a change that somebody wants: what the graphs would become, and the report on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mueang.check.client import Checker


@dataclass(frozen=True)
class Worked:
    """A change worked out beside a generation: the content each graph would have (None: it would be gone).

    `accepted` is whether nothing in the report, written in the format that was asked for, is a violation; `existed`
    whether the graph that was written to had been there before.
    """

    generation: int
    changes: Mapping[str, bytes | None]
    accepted: bool
    media_type: str
    report: bytes
    existed: bool = True


def worked_out(checker: Checker, asked: dict[str, Any], content: bytes) -> Worked:
    """What would come of a job `update` or `write`; raises what it ended with."""
    done = checker.done(asked, content)
    report, *contents = done.parts
    return Worked(
        generation=done.said["generation"],
        changes=dict(zip(done.said["changed"], contents, strict=True)) | dict.fromkeys(done.said["gone"]),
        accepted=done.said["accepted"],
        media_type=done.said["media_type"],
        report=report,
        existed=done.said.get("existed", True),
    )
