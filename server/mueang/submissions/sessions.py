"""Sessions: a token handed in once, then known by a secret of its own for a working day."""

import hashlib
import secrets
from pathlib import Path
from sqlite3 import Connection

from mueang.submissions import tokens
from mueang.submissions.clock import after, now
from mueang.submissions.people import Person, person_named
from mueang.submissions.schema import opened, transaction

HOURS = 12


def begin(home: Path, token: str) -> str:
    """Begin a session with a token; its secret. Raises NotSignedIn like `person_of`."""
    secret = secrets.token_urlsafe(32)
    with opened(home) as connection:
        row = tokens.checked(connection, token)
        with transaction(connection):
            connection.execute("DELETE FROM session WHERE expires_at <= ?", (now(),))
            connection.execute(
                "INSERT INTO session (digest, token, expires_at) VALUES (?, ?, ?)",
                (_digest(secret), row["id"], min(row["expires_at"], after(hours=HOURS))),
            )
    return secret


def person_in(home: Path, secret: str) -> Person | None:
    """Whose session this is; nobody's when it ended, or when its token expired or was revoked."""
    with opened(home) as connection:
        session = connection.execute(
            "SELECT token FROM session WHERE digest = ? AND expires_at > ?", (_digest(secret), now())
        ).fetchone()
        row = tokens.good(connection, session["token"]) if session else None
        return person_named(connection, row["person"]) if row else None


def end(home: Path, secret: str) -> None:
    """End a session."""
    with opened(home) as connection:
        connection.execute("DELETE FROM session WHERE digest = ?", (_digest(secret),))


def signing_key(home: Path) -> str:
    """The key by which this home signs its cookies: made once, the same after every start."""
    with opened(home) as connection:
        return _signing_key(connection) or _made(connection)


def _signing_key(connection: Connection) -> str:
    found = connection.execute("SELECT value FROM secret WHERE purpose = 'cookies'").fetchone()
    return str(found["value"]) if found else ""


def _made(connection: Connection) -> str:
    connection.execute(
        "INSERT OR IGNORE INTO secret (purpose, value) VALUES ('cookies', ?)", (secrets.token_hex(32),)
    )
    return _signing_key(connection)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
