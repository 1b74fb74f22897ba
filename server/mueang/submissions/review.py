"""Review: somebody else lets a submission in, or not; whoever handed it in may take it back."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mueang.check.becoming import Worked
from mueang.check.client import Checker
from mueang.errors import MueangError, NotAllowed, StoreFailed, WrongParameter
from mueang.graph.generation import Generation
from mueang.graph.history import published
from mueang.submissions import gate, journal
from mueang.submissions.consideration import kept_check
from mueang.submissions.intake import check_again, looked_at, refuse_decided, taken_out
from mueang.submissions.journal import Step, Submission
from mueang.submissions.people import Person, allowed
from mueang.submissions.record import Handed, recorded
from mueang.submissions.room import alone
from mueang.submissions.schema import opened, transaction


class BreaksShapes(MueangError):
    """A submission that may not go in as it is; its report says why."""

    status = 422
    exit_code = 1

    def __init__(self, *, th: str, en: str, submission: int) -> None:
        super().__init__(th=th, en=en)
        self.submission = submission


def to_decide(home: Path, number: int, person: Person) -> Submission:
    """A submission that this person may decide on; raises NotFound, NotAllowed, and Moved where it is decided on."""
    allowed(person, "reviewer")
    one = journal.submission(home, number)
    refuse_decided(one)
    if one.person == person.name:
        raise NotAllowed(
            th=f"ข้อมูลที่ส่งมาเลขที่ {number} เป็นของท่านเอง: ต้องให้ผู้อื่นตรวจ (ถอนคืนเองได้)",
            en=f"submission {number} is your own: somebody else has to decide on it (you may withdraw it)",
        )
    return one


def accept(home: Path, desk: Checker, number: int, person: Person, note: str) -> Generation:
    """Publish a submission as its graph, after checking it once more beside what is published now.

    Raises NotAllowed for one's own, Moved where it is decided on already, BreaksShapes where it may not go in.
    """
    note = journal.proper_note(note)
    if to_decide(home, number, person).checked is None:
        check_again(home, desk, number)
    with alone(home):
        journal.mend(home)
        parent = published(home).number
        step = Step("waiting", person.name, note, parent, {"parent": parent})
        one = _written(home, to_decide(home, number, person), step)
        try:
            return _taken_in(home, desk, one, step)
        except MueangError:
            with suppress(StoreFailed):
                journal.mend(home)
            raise


def reject(home: Path, number: int, person: Person, note: str) -> Submission:
    """Keep a submission out, for a reason that whoever handed it in will read."""
    note = journal.proper_note(note)
    if not note:
        raise WrongParameter(th="บอกเหตุผลที่ไม่รับในหมายเหตุ", en="say in a note why it is not taken in")
    return _decided(home, Step("rejected", person.name, note), lambda: to_decide(home, number, person))


def withdraw(home: Path, number: int, person: Person, note: str = "") -> Submission:
    """Take back what one handed in and nobody has decided on."""
    step = Step("withdrawn", person.name, journal.proper_note(note))
    return _decided(home, step, lambda: _own(home, number, person))


def _taken_in(home: Path, desk: Checker, one: Submission, begun: Step) -> Generation:
    taking = _Taking(home, desk, one, begun)
    reason = f"submission {one.number}, accepted by {begun.person}"
    made = gate.published(home, taking.work, taking.record, reason, one.number)
    with opened(home) as connection, transaction(connection):
        journal.accepted(connection, one, one.events[-1], made.number, taking.details)
    return made


class _Taking:
    """The taking in of one submission: what it would become by the last check, and its record."""

    def __init__(self, home: Path, desk: Checker, one: Submission, begun: Step) -> None:
        self._home = home
        self._desk = desk
        self._one = one
        self._begun = begun
        self._stated: Mapping[str, list[str]] = {}
        self.details: Mapping[str, Any] = {}

    def work(self) -> Worked:
        """Check it beside what is published at this moment; raises BreaksShapes, and writes down why."""
        one = self._one
        found = looked_at(self._home, self._desk, one)
        steps = kept_check(self._home, found)
        if not found.accepted:
            _written(self._home, one, *steps)
            raise _broken(one)
        self._stated, self.details = found.stated, steps[0].details
        changes = dict.fromkeys(taken_out(self._home, one)) | {one.graph: found.content}
        return Worked(found.generation or 0, changes, accepted=True, media_type="", report=found.report)

    def record(self, before: bytes, changes: Mapping[str, bytes | None]) -> bytes:
        """The journal's graph with this submission in it."""
        one = self._one
        handed = Handed(one.number, one.person, one.name, one.digest, one.made_at[:10], self._stated)
        return recorded(before, changes, self._begun.person or "", self._begun.note, handed)


def _broken(one: Submission) -> BreaksShapes:
    return BreaksShapes(
        th=f"รับข้อมูลที่ส่งมาเลขที่ {one.number} ไม่ได้ เพราะขัดกับกฎเมื่อเทียบกับข้อมูลที่เผยแพร่อยู่: ดูรายงาน",
        en=f"submission {one.number} may not go in: beside what is published now it breaks a rule, see its report",
        submission=one.number,
    )


def _decided(home: Path, step: Step, look: Callable[[], Submission]) -> Submission:
    """Write a decision on what `look` finds, while nobody else is at it."""
    look()
    with alone(home):
        journal.mend(home)
        return _written(home, look(), step)


def _written(home: Path, one: Submission, *steps: Step) -> Submission:
    """Write steps of a submission, unless somebody has decided on it since."""
    with opened(home) as connection, transaction(connection):
        refuse_decided(journal.read(connection, one.number))
        journal.write(connection, one.number, *steps)
        return journal.read(connection, one.number)


def _own(home: Path, number: int, person: Person) -> Submission:
    one = journal.submission(home, number)
    if one.person != person.name:
        raise NotAllowed(
            th=f"ข้อมูลที่ส่งมาเลขที่ {number} เป็นของ {one.person} จึงถอนคืนแทนไม่ได้",
            en=f"submission {number} is by {one.person}: only they can withdraw it",
        )
    refuse_decided(one)
    return one
