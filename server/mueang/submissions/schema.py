"""The journal's database: its tables, and connections to it whose errors are ours."""

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mueang.errors import Busy, MueangError, OutOfSpace, StoreFailed

NAME = "journal.db"
_PATIENCE = 10.0
_MIGRATIONS = (
    """
    CREATE TABLE person (
        name TEXT PRIMARY KEY,
        likeness TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL CHECK (role IN ('submitter', 'reviewer', 'steward')),
        added_at TEXT NOT NULL,
        revoked_at TEXT
    );

    CREATE TABLE token (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL REFERENCES person,
        hash TEXT NOT NULL,
        made_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        revoked_at TEXT
    );

    CREATE TABLE session (
        digest TEXT PRIMARY KEY,
        token INTEGER NOT NULL REFERENCES token,
        expires_at TEXT NOT NULL
    );

    CREATE TABLE secret (
        purpose TEXT PRIMARY KEY,
        value TEXT NOT NULL
    );

    CREATE TABLE submission (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL REFERENCES person,
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        note TEXT NOT NULL,
        supersedes INTEGER REFERENCES submission
    );
    CREATE INDEX submission_of_person ON submission (person, digest);

    CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        submission INTEGER NOT NULL REFERENCES submission,
        state TEXT NOT NULL CHECK (state IN
            ('received', 'checked', 'waiting', 'accepted', 'rejected', 'withdrawn', 'superseded')),
        at TEXT NOT NULL,
        person TEXT REFERENCES person,
        note TEXT NOT NULL DEFAULT '',
        generation INTEGER,
        details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details))
    );
    CREATE INDEX event_of_submission ON event (submission, id);

    CREATE TABLE delivery (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        event INTEGER NOT NULL REFERENCES event,
        target TEXT NOT NULL,
        due_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        outcome TEXT NOT NULL DEFAULT '',
        done_at TEXT,
        UNIQUE (event, target)
    );
    CREATE INDEX delivery_due ON delivery (due_at) WHERE done_at IS NULL;

    CREATE TRIGGER event_stays BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_is_kept BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
    CREATE TRIGGER submission_stays BEFORE UPDATE ON submission
        BEGIN SELECT RAISE(ABORT, 'submissions are never changed'); END;
    CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
        BEGIN SELECT RAISE(ABORT, 'submissions are never deleted'); END;
    CREATE TRIGGER person_is_kept BEFORE DELETE ON person
        BEGIN SELECT RAISE(ABORT, 'people are never deleted'); END;
    CREATE TRIGGER person_keeps_the_name BEFORE UPDATE OF name ON person
        BEGIN SELECT RAISE(ABORT, 'names are never changed'); END;
    """,
    "ALTER TABLE submission ADD COLUMN dataset TEXT;",
)


@contextmanager
def opened(home: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the journal of a home, made and brought up to date where need be; each statement stands alone.

    Raises StoreFailed, OutOfSpace where the disk is full, and Busy where another writer takes too long.
    """
    path = home / NAME
    with _in_our_words(path), closing(_connection(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _bring_up_to_date(connection, path)
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, one writer at a time: what is read in here is true until the end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connection(path: Path) -> sqlite3.Connection:
    """A connection; the file is made for its owner alone, as it holds what tokens are checked against."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise _unusable(path, error) from error
    return sqlite3.connect(_address(path), timeout=_PATIENCE, isolation_level=None, uri=True)


def _address(path: Path) -> str:
    """The file as SQLite is to open it: where nothing can be written, without the files it would put beside."""
    address = path.resolve().as_uri()
    if os.access(path.parent, os.W_OK):
        return address
    left = path.with_name(path.name + "-wal").exists()
    return f"{address}?mode=ro" if left else f"{address}?mode=ro&immutable=1"


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that are missing; one process at a time, as SQLite does not wait for a change of mode."""
    if _version(connection) == len(_MIGRATIONS):
        return
    with _alone(path):
        connection.execute("PRAGMA journal_mode = WAL")
        for number in range(_version(connection), len(_MIGRATIONS)):
            connection.executescript(
                f"BEGIN IMMEDIATE; {_MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;"
            )


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    try:
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise _unusable(path, error) from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _in_our_words(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: sqlite3.DatabaseError) -> MueangError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_FULL"):
        return _full(path)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(th="ขณะนี้มีผู้อื่นกำลังบันทึกอยู่ ลองใหม่อีกครั้ง", en="somebody else is recording right now: try again")
    return StoreFailed(th=f"ใช้ {path} ไม่ได้: {error}", en=f"{path} cannot be used: {error}")


def _unusable(path: Path, error: OSError) -> StoreFailed:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(path)
    return StoreFailed(th=f"ใช้ {path} ไม่ได้: {error.strerror}", en=f"{path} cannot be used: {error.strerror}")


def _full(path: Path) -> OutOfSpace:
    return OutOfSpace(
        th=f"ดิสก์ของ {path} เต็ม ยังไม่ได้บันทึก", en=f"the disk of {path} is full: nothing was recorded"
    )
