"""People, tokens and sessions: who is known, for how long, and what is nowhere to be read."""

import json
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import Run
from mueang.errors import Busy, NotAllowed, NotFound, NotSignedIn, OutOfSpace, StoreFailed, WrongParameter
from mueang.submissions import people, schema, sessions
from mueang.submissions.clock import after
from mueang.submissions.people import Person
from mueang.submissions.schema import opened, transaction

PAST = "2020-01-01T00:00:00+00:00"
SARA_AM, IN_TWO_PARTS = "ดำรง รักไทย", "ดํารง รักไทย"
UNUSABLE = {
    "nothing": "",
    "one letter": "ก",
    "sixty-one letters": "ก" * 61,
    "only points": "..",
    "a space before": " somchai",
    "a space after": "somchai ",
    "two spaces": "som  chai",
    "a line end": "somchai\naccepted by niran",
    "a comma": "somchai, accepted by niran",
    "markup": "<b>somchai</b>",
    "a slash": "som/chai",
    "a letter nobody sees": "som\u200bchai",
    "a turn of direction": "som\u202echai",
    "a mark on nothing": "\u0e31สมชาย",
    "a heap of marks": "ส\u0e48\u0e48\u0e48\u0e48มชาย",
    "a null": "som\0chai",
}
USABLE = ["สมชาย ใจดี", "somchai", "ดร. นี่ ณ เชียงใหม่", "นี่", "O'Brien", "office-2", "ก" * 60, "สำนักงานเขต ๒"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def _everything_written(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.iterdir() if path.is_file())


def _changed(home: Path, statement: str) -> None:
    with opened(home) as connection:
        connection.execute(statement)


def test_a_token_tells_whose_it_is(home: Path) -> None:
    first, second = people.add(home, "somchai", "submitter"), people.add(home, "สมหญิง", "steward")
    assert people.person_of(home, first) == Person("somchai", "submitter")
    assert people.person_of(home, second) == Person("สมหญิง", "steward")
    assert first.startswith("mu_1_")
    assert second.startswith("mu_2_")


def test_a_token_is_nowhere_to_be_read_again(home: Path) -> None:
    secret = people.add(home, "somchai", "submitter").rpartition("_")[2].encode()
    written = _everything_written(home)
    assert b"$argon2id$" in written
    assert secret not in written
    assert bytes.fromhex(secret.decode()) not in written


def test_the_journal_is_its_owners_alone(home: Path) -> None:
    people.add(home, "somchai", "submitter")
    with opened(home) as connection, transaction(connection):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.glob("journal.db*")}
    assert modes == {"journal.db": 0o600, "journal.db-shm": 0o600, "journal.db-wal": 0o600}


def test_what_is_no_token_of_ours_is_refused_in_the_same_words(home: Path) -> None:
    mine, other = people.add(home, "somchai", "submitter"), people.add(home, "niran", "steward")
    secret, last = mine.rpartition("_")[2], "0" if mine[-1] != "0" else "1"
    wrong = [mine[:-1] + last, f"mu_2_{secret}", f"mu_3_{secret}", mine.upper(), mine + "0", f"{mine}\n"]
    for token in [*wrong, "", "mu_1_", "ไม่ใช่", f"mu_{'9' * 40}_{secret}", secret, "mu_-1_" + secret]:
        with pytest.raises(NotSignedIn, match="not known here") as refusal:
            people.person_of(home, token)
        assert refusal.value.status == 401
    assert people.person_of(home, other).name == "niran"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (f"UPDATE token SET expires_at = '{PAST}'", "expired on 1 January 2020"),  # noqa: S608
        (f"UPDATE token SET revoked_at = '{PAST}'", "revoked on 1 January 2020"),  # noqa: S608
    ],
)
def test_a_token_used_a_moment_ago_is_refused_once_it_has_ended(home: Path, change: str, why: str) -> None:
    token = people.add(home, "somchai", "submitter")
    session = sessions.begin(home, token)
    assert people.person_of(home, token) == sessions.person_in(home, session)
    _changed(home, change)
    with pytest.raises(NotSignedIn, match=why):
        people.person_of(home, token)
    assert sessions.person_in(home, session) is None


def test_a_token_remembered_is_no_token_of_another_home(home: Path, tmp_path: Path) -> None:
    token = people.add(home, "somchai", "steward")
    assert people.person_of(home, token).role == "steward"
    people.add(tmp_path / "other", "niran", "steward")
    with pytest.raises(NotSignedIn):
        people.person_of(tmp_path / "other", token)


def test_another_role_holds_from_that_moment_on(home: Path) -> None:
    token = people.add(home, "somchai", "submitter")
    session = sessions.begin(home, token)
    people.give_role(home, "somchai", "reviewer")
    assert people.person_of(home, token).role == "reviewer"
    assert sessions.person_in(home, session) == Person("somchai", "reviewer")


@pytest.mark.parametrize("name", UNUSABLE.values(), ids=UNUSABLE)
def test_a_name_that_could_be_misread_is_refused(home: Path, name: str) -> None:
    with pytest.raises(WrongParameter):
        people.add(home, name, "submitter")


@pytest.mark.parametrize("name", USABLE)
def test_names_of_people_are_taken(home: Path, name: str) -> None:
    people.add(home, name, "submitter")
    assert people.known(home, name, "submitter").name == name


def test_a_name_is_kept_composed_and_found_either_way(home: Path) -> None:
    people.add(home, "Jose\u0301", "submitter")
    assert people.known(home, "Jose\u0301", "submitter") == people.known(home, "José", "submitter")
    assert people.known(home, "José", "submitter").name == "José"


@pytest.mark.parametrize(
    ("taken", "asked"),
    [("Somchai", "somchai"), (SARA_AM, IN_TWO_PARTS), ("office 2", "office ２"), ("ßen", "SSEN")],
)
def test_nobody_gets_a_name_that_is_taken_for_anothers(home: Path, taken: str, asked: str) -> None:
    people.add(home, taken, "submitter")
    for name in (taken, asked):
        with pytest.raises(WrongParameter, match=f"known as {taken} already"):
            people.add(home, name, "steward")
    assert [entry.person for entry in people.listed(home)] == [Person(taken, "submitter")]


def test_one_token_of_several_can_be_revoked(home: Path) -> None:
    first = people.add(home, "somchai", "submitter")
    second = people.further_token(home, "somchai")
    assert people.revoke(home, "somchai", 1) == 1
    with pytest.raises(NotSignedIn, match="revoked"):
        people.person_of(home, first)
    assert people.person_of(home, second).name == "somchai"
    with pytest.raises(NotFound, match="has no token 1"):
        people.revoke(home, "somchai", 1)


def test_a_token_is_revoked_by_its_owners_name_only(home: Path) -> None:
    token = people.add(home, "somchai", "submitter")
    people.add(home, "niran", "submitter")
    with pytest.raises(NotFound, match="niran has no token 1"):
        people.revoke(home, "niran", 1)
    assert people.person_of(home, token).name == "somchai"


def test_whoever_is_revoked_is_not_known_until_given_a_new_token(home: Path) -> None:
    old = people.add(home, "somchai", "reviewer")
    assert people.revoke(home, "somchai") == 1
    with pytest.raises(NotSignedIn, match="somchai was revoked"):
        people.known(home, "somchai", "submitter")
    new = people.further_token(home, "somchai")
    assert people.known(home, "somchai", "reviewer") == people.person_of(home, new)
    with pytest.raises(NotSignedIn):
        people.person_of(home, old)


def test_each_role_may_what_the_ones_before_it_may(home: Path) -> None:
    for role in people.ROLES:
        people.add(home, f"a {role}", role)
    may = {
        one: [role for role in people.ROLES if people.known(home, f"a {one}", "submitter").may(role)]
        for one in people.ROLES
    }
    assert may == {
        "submitter": ["submitter"],
        "reviewer": ["submitter", "reviewer"],
        "steward": ["submitter", "reviewer", "steward"],
    }
    with pytest.raises(NotAllowed, match="this needs a steward, and a reviewer is a reviewer"):
        people.known(home, "a reviewer", "steward")
    with pytest.raises(NotFound, match="nobody is known as 'niran'"):
        people.known(home, "niran", "submitter")


def test_a_session_is_its_readers_until_it_is_ended(home: Path) -> None:
    token = people.add(home, "somchai", "submitter")
    first, second = sessions.begin(home, token), sessions.begin(home, token)
    assert (
        sessions.person_in(home, first) == sessions.person_in(home, second) == Person("somchai", "submitter")
    )
    sessions.end(home, first)
    assert sessions.person_in(home, first) is None
    assert sessions.person_in(home, second) is not None
    assert sessions.person_in(home, token) is None
    assert second.encode() not in _everything_written(home)


def test_a_session_ends_by_itself_and_leaves_nothing(home: Path) -> None:
    token = people.add(home, "somchai", "submitter")
    secret = sessions.begin(home, token)
    _changed(home, f"UPDATE session SET expires_at = '{PAST}'")  # noqa: S608
    assert sessions.person_in(home, secret) is None
    sessions.begin(home, token)
    with opened(home) as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone()[0] == 1


def test_no_session_outlasts_its_token(home: Path) -> None:
    token = people.add(home, "somchai", "submitter")
    soon = after(hours=1)
    _changed(home, f"UPDATE token SET expires_at = '{soon}'")  # noqa: S608
    sessions.begin(home, token)
    with opened(home) as connection:
        assert connection.execute("SELECT expires_at FROM session").fetchone()[0] == soon


def test_cookies_are_signed_by_the_same_key_after_every_start_and_by_another_in_each_home(
    home: Path, tmp_path: Path
) -> None:
    assert sessions.signing_key(home) == sessions.signing_key(home)
    assert sessions.signing_key(home) != sessions.signing_key(tmp_path / "other")


def test_many_may_open_a_new_home_at_once(home: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda n: people.add(home, f"person {n}", "submitter"), range(24)))
    assert {people.person_of(home, token).name for token in made} == {f"person {n}" for n in range(24)}


@pytest.fixture
def told(home: Path) -> Path:
    """A home with a submission and an event."""
    people.add(home, "somchai", "submitter")
    with opened(home) as connection, transaction(connection):
        connection.execute(
            "INSERT INTO submission (person, name, digest, size, note) VALUES ('somchai', 'a.ttl', 'd', 1, '')"
        )
        connection.execute(
            "INSERT INTO event (submission, state, at, person) VALUES (1, 'received', 'now', 'somchai')"
        )
    return home


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET note = 'another'",
        "DELETE FROM event",
        "UPDATE submission SET digest = 'another'",
        "DELETE FROM submission",
        "DELETE FROM person",
        "UPDATE person SET name = 'niran'",
        "INSERT INTO event (submission, state, at) VALUES (2, 'received', 'now')",
        "INSERT INTO event (submission, state, at) VALUES (1, 'lost', 'now')",
        "INSERT INTO event (submission, state, at, person) VALUES (1, 'accepted', 'now', 'nobody')",
        "UPDATE person SET role = 'owner'",
    ],
)
def test_what_was_written_down_stays_and_nothing_is_said_of_what_is_not_there(
    told: Path, statement: str
) -> None:
    def state() -> list[list[tuple[object, ...]]]:
        with opened(told) as connection:
            tables = [
                connection.execute(f"SELECT * FROM {name}")  # noqa: S608
                for name in ("person", "submission", "event")
            ]
            return [[tuple(row) for row in rows] for rows in tables]

    before = state()
    with pytest.raises(sqlite3.IntegrityError):
        _changed(told, statement)
    assert state() == before


def test_a_transaction_that_fails_leaves_nothing(home: Path) -> None:
    people.add(home, "somchai", "submitter")
    with opened(home) as connection, pytest.raises(sqlite3.IntegrityError), transaction(connection):
        connection.executemany("UPDATE person SET role = ?", [("steward",), ("owner",)])
    assert people.known(home, "somchai", "submitter").role == "submitter"


def test_a_full_disk_is_said_and_nothing_is_half_written(home: Path) -> None:
    people.add(home, "somchai", "submitter")

    def fill() -> None:
        with opened(home) as connection:
            connection.execute("PRAGMA max_page_count = 1")
            with transaction(connection):
                for number in range(1000):
                    connection.execute("INSERT INTO secret VALUES (?, ?)", (str(number), "x" * 1000))

    with pytest.raises(OutOfSpace, match="is full") as failure:
        fill()
    assert failure.value.status == 507
    with opened(home) as connection:
        assert connection.execute("SELECT count(*) FROM secret").fetchone()[0] == 0


def test_a_journal_that_is_none_is_said(home: Path) -> None:
    home.mkdir()
    (home / schema.NAME).write_bytes(b"this is no database, though it is long enough to be looked at" * 100)
    with pytest.raises(StoreFailed, match="cannot be used: file is not a database"):
        people.listed(home)


def test_a_home_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(StoreFailed, match="cannot be used"):
        people.listed(tmp_path / "file")


def test_a_writer_who_waits_too_long_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add(home, "somchai", "submitter")
    monkeypatch.setattr(schema, "_PATIENCE", 0.01)
    with opened(home) as first, transaction(first):
        with pytest.raises(Busy) as failure:
            people.add(home, "niran", "submitter")
        assert people.known(home, "somchai", "submitter").name == "somchai"
    assert failure.value.status == 503


def test_an_operator_makes_people_known_by_command(mueang: Run) -> None:
    token = mueang("user", "add", "สมชาย", "--role", "reviewer")
    assert (token.returncode, token.stderr) == (0, "")
    assert token.stdout.startswith("mu_1_")
    assert mueang("user", "token", "สมชาย", "--days", "2").stdout.startswith("mu_2_")
    assert mueang("user", "role", "สมชาย", "--role", "steward").returncode == 0
    assert mueang("user", "revoke", "สมชาย", "--token", "1").stderr == "1 token revoked\n"
    listed = mueang("user", "list")
    assert [line.split()[:4] for line in listed.stdout.splitlines()] == [
        ["name", "role", "token", "state"],
        ["สมชาย", "steward", "1", "revoked"],
        ["2", "good", "until", listed.stdout.splitlines()[2].split()[3]],
    ]
    entry = json.loads(mueang("user", "list", "--json").stdout)[0]
    assert entry["person"] == {"name": "สมชาย", "role": "steward"}
    assert [sorted(one) for one in entry["tokens"]] == [["expires_at", "id", "made_at", "revoked_at"]] * 2
    secret = token.stdout.strip().rpartition("_")[2]
    assert secret not in listed.stdout


def test_commands_about_people_say_what_is_wrong(mueang: Run) -> None:
    nobody = mueang("user", "list")
    assert (nobody.returncode, nobody.stdout) == (0, "")
    assert "nobody is known in .mueang yet" in nobody.stderr
    unknown = mueang("user", "revoke", "niran")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr == "mueang: nobody is known as 'niran': see `mueang user list`\n"
    assert "ไม่รู้จัก 'niran'" in mueang("--lang", "th", "user", "revoke", "niran").stderr
    assert mueang("user", "add", "a,b", "--role", "submitter").returncode == 2
    assert mueang("user", "add", "niran", "--role", "owner").returncode == 2
    assert mueang("user", "add", "niran", "--role", "submitter", "--days", "0").returncode == 2
