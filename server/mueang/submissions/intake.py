"""Takes a file in: checks it, keeps it, and writes into the journal what was found, all before it is acknowledged."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection

from mueang.check.client import Checker
from mueang.errors import Busy, CheckBudgetExceeded, Moved, NotAllowed, UnusableRequest, WrongParameter
from mueang.graph.generation import digest, keep
from mueang.graph.history import published
from mueang.graph.names import GRAPH
from mueang.submissions import journal
from mueang.submissions.clock import in_words
from mueang.submissions.consideration import Considered, considered, kept_check
from mueang.submissions.journal import Step, Submission
from mueang.submissions.people import Person, allowed
from mueang.submissions.room import alone
from mueang.submissions.schema import opened, transaction
from mueang.submissions.wording import STATES

_UNNUMBERED = f"{GRAPH}submission/new"


@dataclass(frozen=True)
class Offer:
    """A file as somebody hands it in: its name, its bytes, why, and which submission it is to take the place of.

    `dataset` is the key of the dataset that it is, if it is one.
    """

    name: str
    content: bytes
    note: str = ""
    supersedes: int | None = None
    dataset: str | None = None


def submit(home: Path, desk: Checker, offer: Offer, person: Person) -> Submission:
    """The submission that a file is from now on, or that it is already; see `taken_in`."""
    return taken_in(home, desk, offer, person)[0]


def taken_in(home: Path, desk: Checker, offer: Offer, person: Person) -> tuple[Submission, bool]:
    """The submission that a file is, and whether it is one from now on; on the disk when this returns.

    What cannot be read at all is refused, and not recorded. Where nobody is free to check it, it is received, and
    checked later. What the same person handed in under the same name, and what it `supersedes`, gives way to it.
    """
    allowed(person, "submitter")
    published(home)
    offer = _proper(offer)
    older = _superseded(home, offer.supersedes, person)
    steps: list[Step] = []
    if not _known(home, person, offer):
        found = _considered(desk, offer, [older.graph] if older else _published_before(home, offer))
        steps = kept_check(home, found) if found else []
        keep(home, offer.content)
    with alone(home) if _gives_way(home, person, offer) else nullcontext():
        return _entered(home, offer, person, steps)


def check_again(home: Path, desk: Checker, number: int) -> Submission:
    """Check a submission that is not decided on beside what is published now; raises Moved for one that is."""
    one = journal.submission(home, number)
    refuse_decided(one)
    try:
        steps = kept_check(home, looked_at(home, desk, one))
    except UnusableRequest as error:  # it was received while nobody was free to look at it
        steps = [Step("rejected", None, error.th, details={"said": {"th": error.th, "en": error.en}})]
    with opened(home) as connection, transaction(connection):
        if (now := journal.read(connection, number)).events == one.events:
            journal.write(connection, number, *steps)
            return journal.read(connection, number)
        return now


def looked_at(home: Path, desk: Checker, one: Submission) -> Considered:
    """What would become of a submission now; raises what `consideration.considered` raises."""
    return considered(desk, one.name, journal.content_of(home, one), one.graph, taken_out(home, one))


def taken_out(home: Path, one: Submission) -> list[str]:
    """The graphs whose place it takes, while they are published: those of the submission it supersedes, and its own."""
    graphs = {one.graph} if one.dataset else set()
    if one.supersedes is not None and (older := journal.submission(home, one.supersedes)).state == "accepted":
        graphs.add(older.graph)
    return sorted(graphs & set(published(home).graphs))


def refuse_decided(one: Submission) -> None:
    """Raise Moved, which says who decided, for a submission that somebody has decided on."""
    if one.decided:
        last = one.events[-1]
        state, at = STATES[last.state], in_words(last.at)
        by_th, by_en = (f" โดย {last.person}", f" by {last.person}") if last.person else ("", "")
        raise Moved(
            th=f"ข้อมูลที่ส่งมาเลขที่ {one.number} ตัดสินไปแล้ว: {state['th']}{by_th} เมื่อ {at['th']}",
            en=f"submission {one.number} is decided already: {state['en']}{by_en} on {at['en']}",
        )


def _proper(offer: Offer) -> Offer:
    """The offer as it is kept; raises WrongParameter."""
    name = journal.proper_name(offer.name)
    if not offer.content:
        raise WrongParameter(th=f"แฟ้ม {name} ว่างเปล่า", en=f"the file {name} is empty")
    return replace(offer, name=name, note=journal.proper_note(offer.note))


def _known(home: Path, person: Person, offer: Offer) -> bool:
    with opened(home) as connection:
        return journal.same_as(connection, person, digest(offer.content)) is not None


def _superseded(home: Path, number: int | None, person: Person) -> Submission | None:
    """The submission whose place this person may take; raises NotAllowed and Moved."""
    if number is None:
        return None
    one = journal.submission(home, number)
    if one.person != person.name and not person.may("steward"):
        raise NotAllowed(
            th=f"ข้อมูลที่ส่งมาเลขที่ {number} เป็นของ {one.person}: ส่งแทนได้เฉพาะเจ้าของหรือผู้ดูแล",
            en=f"submission {number} is by {one.person}: only they or a steward may hand in another in its place",
        )
    if one.state in ("rejected", "withdrawn", "superseded"):
        refuse_decided(one)
    return one


def _published_before(home: Path, offer: Offer) -> list[str]:
    """The graph of a dataset that is handed in anew."""
    graph = journal.graph_of(offer.dataset) if offer.dataset else ""
    return [graph] if graph in published(home).graphs else []


def _considered(desk: Checker, offer: Offer, without: list[str]) -> Considered | None:
    graph = journal.graph_of(offer.dataset) if offer.dataset else _UNNUMBERED
    try:
        return considered(desk, offer.name, offer.content, graph, without)
    except (Busy, CheckBudgetExceeded):
        return None


def _gives_way(home: Path, person: Person, offer: Offer) -> bool:
    """Whether something that nobody has decided on gives way to this: nobody may be at it meanwhile."""
    with opened(home) as connection:
        return bool(_older(connection, person, offer))


def _older(connection: Connection, person: Person, offer: Offer) -> list[Submission]:
    numbers = set(journal.undecided_of(connection, person, offer.name))
    if offer.supersedes is not None:
        numbers.add(offer.supersedes)
    found = [journal.read(connection, number) for number in sorted(numbers)]
    return [one for one in found if not one.decided and not one.begun]


def _entered(home: Path, offer: Offer, person: Person, steps: list[Step]) -> tuple[Submission, bool]:
    """Write it into the journal, all or nothing, and whether that made a new one: the same bytes of a person stay one.

    Only in here is that known for certain: others may hand in the same at this moment.
    """
    name = digest(offer.content)
    with opened(home) as connection, transaction(connection):
        if same := journal.same_as(connection, person, name):
            return same, False
        older = _older(connection, person, offer)
        row = connection.execute(
            """INSERT INTO submission (person, name, digest, size, note, supersedes, dataset)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                person.name,
                offer.name,
                name,
                len(offer.content),
                offer.note,
                offer.supersedes,
                offer.dataset,
            ),
        )
        number = int(row.lastrowid or 0)
        journal.write(connection, number, Step("received", person.name, offer.note), *steps)
        for one in older:
            journal.write(connection, one.number, Step("superseded", person.name, details={"by": number}))
        return journal.read(connection, number), True
