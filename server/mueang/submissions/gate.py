"""The one way in: what was worked out beside a generation is published upon just that one, or worked out anew."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from mueang.check.becoming import Worked
from mueang.errors import Busy, Moved
from mueang.graph.catalogue import JOURNAL
from mueang.graph.generation import Generation, advance, content_of, numbered
from mueang.graph.store import OWN_DEFAULT, quads_of
from mueang.submissions.record import recorded
from mueang.submissions.room import alone

Changes = Mapping[str, bytes | None]
Record = Callable[[bytes, Changes], bytes]
_MOST_TRIES = 5


def publish(home: Path, work: Callable[[], Worked], *, person: str, note: str) -> Generation:
    """The generation with the changes in it that `work` gives; where it gives none, the one it looked at.

    What `work` raises is raised on. One at a time publishes; raises Busy after waiting for long.
    """
    with alone(home):
        return published(home, work, partial(recorded, person=person, note=note), f"{note}, by {person}")


def published(
    home: Path, work: Callable[[], Worked], record: Record, reason: str, submission: int | None = None
) -> Generation:
    """See `publish`; for who is alone in the room. `record` writes the changes into what the journal says."""
    for _ in range(_MOST_TRIES):
        worked = work()
        parent = numbered(home, worked.generation)
        if not worked.changes:
            return parent
        try:
            changes = _with_record(home, parent, worked.changes, record)
            return advance(home, parent, changes, reason=reason, submission=submission)
        except Moved:  # by a build or a restore, which do not come through here
            continue
    raise Busy(
        th="มีผู้อื่นเผยแพร่ข้อมูลอยู่ตลอด ลองใหม่ในอีกสักครู่",
        en="others are publishing all the time: try again in a moment",
    )


def _with_record(home: Path, parent: Generation, changes: Changes, record: Record) -> Changes:
    """The changes with that of the journal's graph; a scratch instance keeps none."""
    if OWN_DEFAULT in parent.graphs:
        return changes
    before = content_of(home, parent, JOURNAL) if JOURNAL in parent.graphs else b""
    after = record(before, changes)
    quads_of(
        JOURNAL, after, JOURNAL
    )  # raises: what cannot be read would leave the home without a graph to ask
    return {**changes, JOURNAL: after}
