"""Asks a desk what would become of a submission beside what is published, and keeps what it finds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mueang.check.asking import Validated
from mueang.check.client import Checker
from mueang.errors import Language
from mueang.graph.generation import keep
from mueang.submissions.journal import Step, Submission, kept


@dataclass(frozen=True)
class Considered:
    """What a desk found beside a generation; `content` is what the graph would say, None if nothing could be read.

    `generation` is None where nothing is published yet. What the file says for its record stands in `stated`.
    """

    generation: int | None
    accepted: bool
    counts: dict[str, int]
    words: dict[Language, str]
    stated: dict[str, list[str]]
    report: bytes
    content: bytes
    difference: bytes


def considered(
    desk: Checker, name: str, content: bytes, graph: str, without: Sequence[str] = ()
) -> Considered:
    """What would become of a file; raises what reading it raises, CheckBudgetExceeded and Busy."""
    asked = {"job": "consider", "name": name, "graph": graph, "without": list(without)}
    done = desk.done(asked, content)
    report, becoming, difference = done.parts
    return Considered(**done.said, report=report, content=becoming, difference=difference)


def kept_check(home: Path, found: Considered, person: str | None = None) -> list[Step]:
    """The events that tell what was found, with the report and the difference kept on the disk."""
    details: dict[str, Any] = {
        "accepted": found.accepted,
        "beside": found.generation,
        **found.counts,
        "words": found.words,
        "report": keep(home, found.report),
        "difference": keep(home, found.difference),
    }
    steps = [Step("checked", person, generation=found.generation, details=details)]
    return [*steps, Step("waiting", generation=found.generation)] if found.accepted else steps


def report(home: Path, desk: Checker, one: Submission, style: str, language: Language) -> Validated | None:
    """The report of the last check in a format; None before the first. Raises what writing it raises."""
    if one.checked is None:
        return None
    asked = {
        "job": "retell",
        "report": kept(home, one.checked["report"]).decode(),
        "format": style,
        "language": language,
    }
    done = desk.done(asked, kept(home, one.digest))
    return Validated(done.said["accepted"], done.said["media_type"], done.parts[0])


def difference(home: Path, one: Submission) -> dict[str, Any] | None:
    """What it would change, as the last check found; None before the first."""
    if one.checked is None:
        return None
    found: dict[str, Any] = json.loads(kept(home, one.checked["difference"]))
    return found
