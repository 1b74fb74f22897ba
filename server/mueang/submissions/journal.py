"""The journal: every submission with its bytes, and every change of its state, which only ever grows.

The bytes lie by their digest beside the contents of the generations; the last event tells the state. Taking a
submission in touches both, so it is announced by an event before and confirmed by one after. Where a crash came
between, the generations tell whether it was published, and `mended` writes down what they tell.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePath
from sqlite3 import Connection, Row
from typing import Any, Literal

from mueang.errors import Busy, NotFound, StoreFailed, WrongParameter
from mueang.graph.generation import Generation, digest
from mueang.graph.history import history
from mueang.graph.names import GRAPH
from mueang.submissions.clock import now
from mueang.submissions.people import Person
from mueang.submissions.room import alone
from mueang.submissions.schema import opened, transaction

State = Literal["received", "checked", "waiting", "accepted", "rejected", "withdrawn", "superseded"]
DECIDED = ("accepted", "rejected", "withdrawn", "superseded")
LONGEST_NOTE = 2000
_LONGEST_NAME = 200
_DATASET = re.compile("[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_KEY = 60


@dataclass(frozen=True)
class Event:
    """One step in the life of a submission: what state it came to, when, by whom, and what they said.

    `generation` is the one it was checked beside or published as; what a check found stands in `details`.
    """

    id: int
    state: State
    at: str
    person: str | None
    note: str
    generation: int | None
    details: dict[str, Any]


@dataclass(frozen=True)
class Submission:
    """What somebody handed in and what became of it; its bytes are kept under `digest`.

    `dataset` is the key of the dataset that it is, if it is one.
    """

    number: int
    person: str
    name: str
    digest: str
    size: int
    note: str
    supersedes: int | None
    dataset: str | None
    events: tuple[Event, ...]

    @property
    def state(self) -> State:
        """The state it came to last."""
        return self.events[-1].state

    @property
    def decided(self) -> bool:
        """Whether it is accepted, rejected, withdrawn or superseded."""
        return self.state in DECIDED

    @property
    def made_at(self) -> str:
        """When it was handed in."""
        return self.events[0].at

    @property
    def graph(self) -> str:
        """The graph that it is, or would be."""
        return graph_of(self.dataset) if self.dataset else f"{GRAPH}submission/{self.number}"

    @property
    def checked(self) -> dict[str, Any] | None:
        """What its last check found; None before the first."""
        found = (event.details for event in reversed(self.events) if "report" in event.details)
        return next(found, None)

    @property
    def begun(self) -> Event | None:
        """The event by which somebody began to take it in, where nothing tells how that ended."""
        return self.events[-1] if "parent" in self.events[-1].details else None


@dataclass(frozen=True)
class Step:
    """An event that is to be written."""

    state: State
    person: str | None = None
    note: str = ""
    generation: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def submission(home: Path, number: int) -> Submission:
    """The submission with this number; raises NotFound."""
    mended(home)
    with opened(home) as connection:
        return read(connection, number)


def listed(
    home: Path,
    state: State | None = None,
    person: str | None = None,
    before: int | None = None,
    most: int = 50,
) -> list[Submission]:
    """Submissions, newest first: those in a state, of a person, with a number below `before`."""
    mended(home)
    with opened(home) as connection:
        rows = connection.execute(
            """SELECT submission.number FROM submission JOIN event
            ON event.id = (SELECT max(id) FROM event WHERE submission = number)
            WHERE (:state IS NULL OR state = :state) AND (:person IS NULL OR submission.person = :person)
            AND (:before IS NULL OR number < :before) ORDER BY number DESC LIMIT :most""",
            {"state": state, "person": person, "before": before, "most": most},
        ).fetchall()
        return [read(connection, row["number"]) for row in rows]


def content_of(home: Path, one: Submission) -> bytes:
    """The bytes that were handed in."""
    return kept(home, one.digest)


def kept(home: Path, name: str) -> bytes:
    """A content by its digest, which it must match; raises StoreFailed."""
    path = home / "contents" / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreFailed(
            th=f"อ่าน {path} ไม่ได้: {error.strerror}", en=f"{path} cannot be read: {error.strerror}"
        ) from error
    if digest(content) != name:
        raise StoreFailed(
            th=f"เนื้อหาใน {path} เสียหาย (ค่าแฮชไม่ตรง)",
            en=f"the content in {path} is damaged (its digest differs)",
        )
    return content


def read(connection: Connection, number: int) -> Submission:
    """See `submission`."""
    row = connection.execute("SELECT * FROM submission WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(th=f"ไม่มีข้อมูลที่ส่งมาเลขที่ {number}", en=f"there is no submission {number}")
    events = connection.execute("SELECT * FROM event WHERE submission = ? ORDER BY id", (number,))
    return Submission(**dict(row), events=tuple(_event(one) for one in events))


def write(connection: Connection, number: int, *steps: Step) -> None:
    """Write further events of a submission."""
    connection.executemany(
        "INSERT INTO event (submission, state, at, person, note, generation, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (number, one.state, now(), one.person, one.note, one.generation, json.dumps(dict(one.details)))
            for one in steps
        ],
    )


def same_as(connection: Connection, person: Person, content_digest: str) -> Submission | None:
    """What this person has handed in with the same bytes and nobody has decided on yet."""
    numbers = connection.execute(
        "SELECT number FROM submission WHERE person = ? AND digest = ? ORDER BY number DESC",
        (person.name, content_digest),
    ).fetchall()
    found = (read(connection, row["number"]) for row in numbers)
    return next((one for one in found if not one.decided), None)


def undecided_of(connection: Connection, person: Person, name: str) -> list[int]:
    """The numbers of what this person has handed in under this name and nobody has decided on yet."""
    rows = connection.execute(
        """SELECT number FROM submission JOIN event
        ON event.id = (SELECT max(id) FROM event WHERE submission = number)
        WHERE submission.person = ? AND name = ? AND state IN ('received', 'checked', 'waiting')""",
        (person.name, name),
    )
    return [row["number"] for row in rows.fetchall()]


def accepted(
    connection: Connection,
    one: Submission,
    begun: Event,
    generation: int,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write that what somebody began ended in a generation, and that another submission gave way to this one."""
    person = begun.person
    write(connection, one.number, Step("accepted", person, begun.note, generation, details or {}))
    if one.supersedes is not None and read(connection, one.supersedes).state == "accepted":
        step = Step("superseded", person, "", generation, {"by": one.number})
        write(connection, one.supersedes, step)


def mended(home: Path) -> None:
    """Write down how those takings-in ended that a crash cut short; what somebody is at just now is left alone.

    Where nothing can be written it is for the next time: what was written can be read all the same.
    """
    with opened(home) as connection:
        if not _begun(connection):
            return
    with suppress(Busy, StoreFailed), alone(home, patience=0):
        mend(home)


def mend(home: Path) -> None:
    """See `mended`; for who is alone in the room."""
    with opened(home) as connection, transaction(connection):
        for number in _begun(connection):
            one = read(connection, number)
            assert one.begun is not None  # noqa: S101  (what `_begun` asks for)
            made = _made_of(home, number, one.begun.details["parent"])
            if made:
                accepted(connection, one, one.begun, made.number)
            else:
                write(connection, number, Step("waiting", generation=one.begun.generation))


def _begun(connection: Connection) -> list[int]:
    rows = connection.execute(
        """SELECT number FROM submission JOIN event
        ON event.id = (SELECT max(id) FROM event WHERE submission = number)
        WHERE state = 'waiting' AND json_extract(details, '$.parent') IS NOT NULL"""
    )
    return [row["number"] for row in rows.fetchall()]


def _made_of(home: Path, number: int, parent: int) -> Generation | None:
    """The generation that taking this submission in made, if it was published, as only one after `parent` can be."""
    since = takewhile(lambda entry: entry[0].number > parent, history(home))
    return next((one for one, state in since if one.submission == number and state != "unused"), None)


def _event(row: Row) -> Event:
    parts = dict(row) | {"details": json.loads(row["details"])}
    del parts["submission"]
    return Event(**parts)


def graph_of(dataset: str) -> str:
    """The graph of the dataset with this key; raises WrongParameter for what is no key."""
    if not _DATASET.fullmatch(dataset) or len(dataset) > _LONGEST_KEY:
        raise WrongParameter(
            th=f"คีย์ของชุดข้อมูลใช้ได้เฉพาะ a-z 0-9 และ - ไม่เกิน {_LONGEST_KEY} ตัว: {dataset[:80]!r}",
            en=f"the key of a dataset takes a-z, 0-9 and - only, {_LONGEST_KEY} at most: {dataset[:80]!r}",
        )
    return f"{GRAPH}dataset/{dataset}"


def proper_name(name: str) -> str:
    """A file's name without its folders, as it is kept."""
    found = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    found = "".join(one for one in found if one.isprintable())
    return found[-_LONGEST_NAME:] or "submission"


def proper_note(note: str) -> str:
    """A note as it is kept: NFC, without spaces around; raises WrongParameter for one that is too long or no text."""
    found = unicodedata.normalize("NFC", note.replace("\r\n", "\n")).strip()
    if len(found) > LONGEST_NOTE or any(_is_odd(one) for one in found):
        raise WrongParameter(
            th=f"หมายเหตุต้องเป็นข้อความไม่เกิน {LONGEST_NOTE} ตัวอักษร",
            en=f"a note is text of {LONGEST_NOTE} characters at most",
        )
    return found


def _is_odd(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
