"""The journal: what is handed in is kept with its bytes, each step of it for good, and found again."""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from conftest import NOBODY_CHECKS
from mueang.errors import (
    MalformedData,
    Moved,
    NotAllowed,
    NotFound,
    OutOfSpace,
    StoreFailed,
    UnknownFormat,
    WrongParameter,
)
from mueang.graph.history import verify
from mueang.submissions import journal, review
from mueang.submissions.intake import check_again
from mueang.submissions.schema import NAME, opened
from submitting import Office, an_area, disk_of, office, peopled, read_only

SMALL = {"https://example.org/a": b"<a:a> <a:b> 1 ."}


@pytest.fixture
def closed(tmp_path: Path) -> Office:
    """An office at whose desk nobody is."""
    peopled(tmp_path, SMALL)
    return Office(tmp_path, NOBODY_CHECKS)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, contents: Mapping[str, bytes]) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office"), contents) as found:
        yield found


def test_what_is_handed_in_is_kept_with_who_when_and_why(checked: Office) -> None:
    one = checked.submit(an_area("test-kept"), note="  ตามมติ\r\nครั้งที่ 9 ")
    found = journal.submission(checked.home, one.number)
    assert found == one
    assert (one.person, one.name, one.note, one.state) == ("somchai", "new.ttl", "ตามมติ\nครั้งที่ 9", "waiting")
    assert [event.state for event in one.events] == ["received", "checked", "waiting"]
    assert journal.content_of(checked.home, one) == an_area("test-kept")
    assert one.checked
    assert (one.checked["accepted"], one.checked["violations"]) == (True, 0)


def test_a_file_with_violations_is_recorded_and_does_not_wait_for_review(checked: Office) -> None:
    one = checked.submit(an_area("test-bad", province="TH-999"), name="bad.ttl")
    assert one.state == "checked"
    assert one.checked
    assert one.checked["violations"] > 0


def test_a_file_that_nobody_is_free_to_check_is_received_and_checked_later(checked: Office) -> None:
    one = Office(checked.home, NOBODY_CHECKS).submit(an_area("test-later"), name="later.ttl")
    assert (one.state, one.checked) == ("received", None)
    assert check_again(checked.home, checked.desk, one.number).state == "waiting"


def test_a_file_received_unseen_that_cannot_be_read_is_rejected_when_it_is_looked_at(checked: Office) -> None:
    one = Office(checked.home, NOBODY_CHECKS).submit(b"no turtle", name="unread.ttl")
    later = check_again(checked.home, checked.desk, one.number)
    assert later.state == "rejected"
    assert "line 1" in later.events[-1].details["said"]["en"]
    with pytest.raises(Moved):
        check_again(checked.home, checked.desk, one.number)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.ttl", b"no turtle", MalformedData),
        ("a.pdf", b"%PDF", UnknownFormat),
        ("a.ttl", b"", WrongParameter),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_and_not_recorded(
    checked: Office, name: str, content: bytes, error: type[Exception]
) -> None:
    before = journal.listed(checked.home)
    with pytest.raises(error):
        checked.submit(content, name=name)
    assert journal.listed(checked.home) == before


def test_the_same_bytes_twice_are_one_submission_until_it_is_decided(closed: Office) -> None:
    one = closed.submit(an_area(), name="a.ttl")
    assert closed.submit(an_area(), name="b.ttl") == one
    assert closed.submit(an_area(), by="malee").number != one.number
    review.withdraw(closed.home, one.number, closed.person("somchai"))
    again = closed.submit(an_area(), name="a.ttl")
    assert (again.number, again.state) == (one.number + 2, "received")


def test_another_file_of_the_same_name_by_the_same_person_takes_its_place(closed: Office) -> None:
    one = closed.submit(an_area("test-a"))
    other = closed.submit(an_area("test-a"), by="malee")
    unlike = closed.submit(an_area("test-b"), name="other.ttl")
    later = closed.submit(an_area("test-c"))
    assert journal.submission(closed.home, one.number).state == "superseded"
    assert journal.submission(closed.home, one.number).events[-1].details == {"by": later.number}
    assert [journal.submission(closed.home, n).state for n in (other.number, unlike.number)] == [
        "received"
    ] * 2


def test_one_may_take_the_place_of_what_one_handed_in_oneself_and_a_steward_of_anything(
    closed: Office,
) -> None:
    one = closed.submit(an_area("test-a"), name="a.ttl")
    with pytest.raises(NotAllowed, match="somchai"):
        closed.submit(an_area("test-b"), by="malee", supersedes=one.number)
    assert journal.submission(closed.home, one.number).state == "received"
    two = closed.submit(an_area("test-c"), by="prani", supersedes=one.number)
    assert (two.supersedes, journal.submission(closed.home, one.number).state) == (one.number, "superseded")
    with pytest.raises(Moved, match="superseded by prani"):
        closed.submit(an_area("test-d"), supersedes=one.number)
    with pytest.raises(NotFound):
        closed.submit(an_area("test-d"), supersedes=99)


def test_a_list_is_newest_first_and_can_be_narrowed(closed: Office) -> None:
    numbers = [closed.submit(an_area(f"test-{n}"), name=f"{n}.ttl").number for n in range(5)]
    other = closed.submit(an_area(), by="malee").number
    review.withdraw(closed.home, numbers[1], closed.person("somchai"))

    def listed(**narrow: object) -> list[int]:
        return [one.number for one in journal.listed(closed.home, **narrow)]  # type: ignore[arg-type]

    assert listed() == [other, *reversed(numbers)]
    assert listed(person="malee") == [other]
    assert listed(state="withdrawn") == [numbers[1]]
    assert listed(before=numbers[3], most=2) == [numbers[2], numbers[1]]
    assert listed(state="accepted") == []


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET note = 'x'", "DELETE FROM event", "DELETE FROM submission"]
)
def test_what_is_written_in_the_journal_stays(closed: Office, statement: str) -> None:
    one = closed.submit(an_area())
    with opened(closed.home) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    assert journal.submission(closed.home, one.number) == one


def test_damaged_bytes_are_noticed(closed: Office) -> None:
    one = closed.submit(an_area())
    (closed.home / "contents" / one.digest).write_bytes(b"other")
    with pytest.raises(StoreFailed, match="damaged"):
        journal.content_of(closed.home, one)
    (closed.home / "contents" / one.digest).unlink()
    with pytest.raises(StoreFailed, match="cannot be read"):
        journal.content_of(closed.home, one)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a b.ttl", "a b.ttl"),
        ("/etc/../data.ttl", "data.ttl"),
        ("C:\\Users\\x\\ข้อมูล.xlsx", "ข้อมูล.xlsx"),
        ("a\x00\x1b[31m\u202eb.ttl", "a[31mb.ttl"),
        ("..", ".."),
        ("", "submission"),
        ("x" * 300 + ".ttl", "x" * 196 + ".ttl"),
    ],
)
def test_a_name_is_kept_without_its_folders_and_without_what_cannot_be_shown(given: str, kept: str) -> None:
    assert journal.proper_name(given) == kept


@pytest.mark.parametrize("note", ["x" * 2001, "a\x00b", "a\x1b[31mb", "a\ud800b"])
def test_a_note_that_is_no_text_or_too_long_is_refused(note: str) -> None:
    with pytest.raises(WrongParameter):
        journal.proper_note(note)


def test_without_anything_published_nothing_is_taken_in(tmp_path: Path) -> None:
    peopled(tmp_path, SMALL)
    (tmp_path / "current").unlink()
    with pytest.raises(NotFound, match="mueang build"):
        Office(tmp_path, NOBODY_CHECKS).submit(an_area())


def test_a_full_disk_is_told_and_what_was_acknowledged_is_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    acknowledged = []
    with disk_of(home, "600k"):
        peopled(home, SMALL)
        office = Office(home, NOBODY_CHECKS)

        def fill() -> None:
            for number in range(100):
                content = an_area(f"test-{number}") + b"#" * 20_000
                acknowledged.append(office.submit(content, name=f"{number}.ttl"))

        with pytest.raises(OutOfSpace) as failure:
            fill()
        assert failure.value.status == 507
        assert len(acknowledged) > 2
        assert journal.listed(home) == acknowledged[::-1]
        assert all(journal.content_of(home, one) for one in acknowledged)
        assert verify(home) == []


def test_a_read_only_disk_is_told_and_what_was_acknowledged_can_be_read(closed: Office) -> None:
    one = closed.submit(an_area())
    with read_only(closed.home):
        with pytest.raises(StoreFailed) as failure:
            closed.submit(an_area("test-more"))
        assert failure.value.status == 503
        with pytest.raises(StoreFailed):
            review.withdraw(closed.home, one.number, closed.person("somchai"))
        assert journal.submission(closed.home, one.number) == one
    assert (closed.home / NAME).exists()
    assert closed.submit(an_area("test-more")).state == "received"
