"""Tokens: shown once, kept hashed, for a time, until revoked.

A token is `mu_<id>_<secret>`. Its hash (argon2id) takes some 20 ms to check, so that tokens checked before are
remembered in memory by their SHA-256, with the hash they were checked against; whether one has expired or was
revoked is looked up every time.
"""

import hashlib
import re
import secrets
import threading
from dataclasses import dataclass
from functools import cache
from sqlite3 import Connection, Row

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cachetools import LRUCache

from mueang.errors import NotFound, NotSignedIn
from mueang.submissions.clock import after, in_words, now

_TOKEN = re.compile(r"mu_([1-9][0-9]{0,8})_([0-9a-f]{40})")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.Semaphore(2)
_remembered: LRUCache[bytes, str] = LRUCache(4096)
_lock = threading.Lock()


@dataclass(frozen=True)
class Token:
    """What may be told of a token."""

    id: int
    made_at: str
    expires_at: str
    revoked_at: str | None


def issue(connection: Connection, person: str, days: int) -> str:
    """A new token for somebody."""
    secret = secrets.token_hex(20)
    made = connection.execute(
        "INSERT INTO token (person, hash, made_at, expires_at) VALUES (?, ?, ?, ?)",
        (person, _HASHER.hash(secret), now(), after(days=days)),
    )
    return f"mu_{made.lastrowid}_{secret}"


def end(connection: Connection, person: str, token: int | None) -> int:
    """Revoke a token of somebody, or all; how many that were. Raises NotFound for a token they have not."""
    found = connection.execute(
        "UPDATE token SET revoked_at = ? WHERE person = ? AND id = coalesce(?, id) AND revoked_at IS NULL",
        (now(), person, token),
    ).rowcount
    if token is not None and not found:
        raise NotFound(
            th=f"{person} ไม่มีโทเคน {token} ที่ยังใช้ได้", en=f"{person} has no token {token} that is in use"
        )
    return found


def by_owner(connection: Connection) -> dict[str, list[Token]]:
    """Everybody's tokens, oldest first."""
    found: dict[str, list[Token]] = {}
    for row in connection.execute("SELECT * FROM token ORDER BY id"):
        one = Token(row["id"], row["made_at"], row["expires_at"], row["revoked_at"])
        found.setdefault(row["person"], []).append(one)
    return found


def checked(connection: Connection, token: str) -> Row:
    """The row of a token; raises NotSignedIn for one that is not known, or no longer good."""
    found = _TOKEN.fullmatch(token)
    row = _row(connection, int(found[1])) if found else None
    if not found or not _fits(token, found[2], row) or row is None:
        raise refused(th="ไม่รู้จักโทเคนนี้", en="this token is not known here")
    return _good(row)


def good(connection: Connection, number: int) -> Row | None:
    """The row of a token that was checked before, if it is still good."""
    row = _row(connection, number)
    try:
        return _good(row) if row else None
    except NotSignedIn:
        return None


def is_remembered(token: str) -> bool:
    """Whether this token was the right one at some time since the start of this process."""
    with _lock:
        return _digest(token) in _remembered


def refused(*, th: str, en: str) -> NotSignedIn:
    """The error for a token that will not do (RFC 6750, section 3.1)."""
    return NotSignedIn(th=th, en=en, challenge='Bearer realm="mueang", error="invalid_token"')


def _row(connection: Connection, number: int) -> Row | None:
    found: Row | None = connection.execute("SELECT * FROM token WHERE id = ?", (number,)).fetchone()
    return found


def _fits(token: str, secret: str, row: Row | None) -> bool:
    """Whether the secret is the row's; as slow for a token that does not exist as for a wrong one."""
    with _lock:
        before = _remembered.get(_digest(token))
    if row and before == row["hash"]:
        return True
    with _AT_ONCE:
        fits = _verified(row["hash"] if row else _nobodys(), secret)
    if row and fits:
        with _lock:
            _remembered[_digest(token)] = row["hash"]
    return fits


def _verified(kept: str, secret: str) -> bool:
    try:
        return _HASHER.verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex(20))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _good(row: Row) -> Row:
    if row["revoked_at"]:
        at = in_words(row["revoked_at"])
        raise refused(th=f"โทเคนนี้ถูกเพิกถอนแล้วเมื่อ {at['th']}", en=f"this token was revoked on {at['en']}")
    if row["expires_at"] <= now():
        at = in_words(row["expires_at"])
        raise refused(th=f"โทเคนนี้หมดอายุแล้วเมื่อ {at['th']}", en=f"this token expired on {at['en']}")
    return row
