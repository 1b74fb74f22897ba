"""Tells the servers that the operator lists of every change of state: signed, and again until they have it.

As the Standard Webhooks say (standardwebhooks.com): an identifier that stays the same when it is sent again, a time,
and an HMAC-SHA256 over both and the body. What is to be sent stands in the journal, so that nothing is forgotten
over a restart. Nothing is followed anywhere, and only the open internet is called.
"""

import binascii
import hmac
import json
import logging
import socket
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from sqlite3 import Row

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from mueang.engine.address import Address, is_public, read_address
from mueang.errors import MueangError, UnusableRequest, WrongSetting
from mueang.settings import Settings
from mueang.submissions import journal
from mueang.submissions.clock import after, now
from mueang.submissions.schema import opened, transaction
from mueang.submissions.wording import step_said

_log = logging.getLogger(__name__)
_PREFIX = "whsec_"
_LEASE = 60
_PAUSE = 2.0
_AT_ONCE = 50
_FIRST_WAIT = 10
_LONGEST_WAIT = 6 * 3600
MOST_ATTEMPTS = 14
"""The last some two days after the first."""


def messengers(settings: Settings) -> "list[Messenger]":
    """One for each address of the setting `webhook_urls`; raises WrongSetting for what cannot or may not be told."""
    listed = _addresses("webhook_urls", settings.webhook_urls)
    allowed = {one.origin for one in _addresses("webhook_allow", settings.webhook_allow)}
    for one in listed:
        if one.origin not in allowed:
            raise WrongSetting(
                th=f"ค่าตั้ง webhook_urls: {one.origin} ไม่อยู่ใน webhook_allow",
                en=f"setting webhook_urls: {one.origin} is not among webhook_allow",
            )
    key = _key(settings.webhook_secret) if listed else b""
    return [Messenger(settings.home, one, key, settings.address) for one in listed]


def signature(key: bytes, identifier: str, at: int, body: bytes) -> str:
    """The signature of a message, as its header has it."""
    signed = f"{identifier}.{at}.".encode() + body
    return f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def waits(attempts: int) -> int:
    """The seconds until the next attempt, after so many."""
    return int(min(_FIRST_WAIT * 4 ** (attempts - 1), _LONGEST_WAIT))


class Messenger:
    """Tells one server of what changes from the first start on; `root` is the address that users reach us by.

    `public` tells whether an IP address may be connected to.
    """

    seconds = 10.0
    """How long a message may take."""

    def __init__(
        self, home: Path, target: Address, key: bytes, root: str, public: Callable[[str], bool] = is_public
    ) -> None:
        self._home = home
        self._key = key
        self._target = target
        self._name = target.origin + target.target
        self._root = root
        self._public = public

    def start(self) -> None:
        """Tell what there is to tell from a thread, for as long as this process lives."""
        threading.Thread(target=self._run, name=f"webhook {self._target.origin}", daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                self.tell()
            except MueangError as error:
                _log.warning("webhook %s: %s", self._target.origin, error.en)
            time.sleep(_PAUSE)

    def tell(self) -> int:
        """Note what is new, and send what is due; how many messages that were. The first time only begins."""
        with opened(self._home) as connection, transaction(connection):
            known = connection.execute("SELECT 1 FROM delivery WHERE target = ?", (self._name,)).fetchone()
            connection.execute(
                _NOTE_NEW if known else _BEGIN, {"target": self._name, "now": now(), "outcome": "begun"}
            )
            due = connection.execute(_DUE, {"target": self._name, "now": now(), "most": _AT_ONCE}).fetchall()
        return sum(self._sent(row) for row in due)

    def _sent(self, row: Row) -> bool:
        """Send a message, unless another process of this home is at it; write down how that went."""
        with opened(self._home) as connection:
            if not connection.execute(_CLAIM, (after(seconds=_LEASE), row["id"], row["attempts"])).rowcount:
                return False
        attempts, failure = row["attempts"] + 1, ""
        try:
            self._post(f"msg_{row['event']}_{row['id']}", self._message(row))
        except _Failed as error:
            failure = str(error)
            _log.warning("webhook %s: %s", self._target.origin, failure)
        done = not failure or attempts >= MOST_ATTEMPTS
        with opened(self._home) as connection:
            connection.execute(
                "UPDATE delivery SET outcome = ?, due_at = ?, done_at = ? WHERE id = ?",
                (failure or "delivered", after(seconds=waits(attempts)), now() if done else None, row["id"]),
            )
        return True

    def _message(self, row: Row) -> bytes:
        one = journal.submission(self._home, row["submission"])
        event = next(event for event in one.events if event.id == row["event"])
        said = {
            "type": f"submission.{event.state}",
            "timestamp": event.at,
            "data": {
                "submission": one.number,
                "address": f"{self._root}/submissions/{one.number}",
                "state": event.state,
                "generation": event.generation,
                "said": {"th": step_said(event, "th"), "en": step_said(event, "en")},
            },
        }
        return json.dumps(said, ensure_ascii=False).encode()

    def _post(self, identifier: str, body: bytes) -> None:
        """Send it to the first of the server's IP addresses that can be reached; raises _Failed unless it took it."""
        at = int(time.time())
        headers = {
            "Host": self._target.authority,
            "Content-Type": "application/json",
            "User-Agent": "mueang",
            "webhook-id": identifier,
            "webhook-timestamp": str(at),
            "webhook-signature": signature(self._key, identifier, at, body),
        }
        status = self._status(self._resolved()[0], headers, body)
        if not 200 <= status < 300:
            raise _Failed(f"it answered {status}")

    def _resolved(self) -> Sequence[str]:
        """The IP addresses of the server, all of which may be connected to."""
        try:
            found = socket.getaddrinfo(self._target.host, self._target.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _Failed("there is no server of that name") from error
        ips = [str(one[4][0]) for one in found]
        if not all(map(self._public, ips)):
            raise _Failed("it is not on the open internet")
        return ips

    def _status(self, ip: str, headers: dict[str, str], body: bytes) -> int:
        with (
            closing(self._target.connection(self.seconds, at=ip)) as connection,
            _cut_after(self.seconds, connection) as over,
        ):
            try:
                connection.request("POST", self._target.target, body, headers, preload_content=False)
                status = connection.getresponse().status
            except (OSError, HTTPError, HTTPException, ValueError) as error:
                raise _Failed(f"it cannot be reached, or broke off: {type(error).__name__}") from error
        if over.is_set():  # what was cut within its headers reads as if they ended there
            raise _Failed("it took too long")
        return status


def _addresses(setting: str, listed: str) -> list[Address]:
    try:
        return [read_address(part) for part in listed.split(",") if part.strip()]
    except UnusableRequest as error:
        raise WrongSetting(th=f"ค่าตั้ง {setting}: {error.th}", en=f"setting {setting}: {error.en}") from error


def _key(secret: str) -> bytes:
    """The key in a secret as the Standard Webhooks write it."""
    try:
        key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not (secret.startswith(_PREFIX) and 24 <= len(key) <= 64):
        raise WrongSetting(
            th=f"ค่าตั้ง webhook_secret ต้องเป็น {_PREFIX} ตามด้วย base64 ของ 24 ถึง 64 ไบต์ เช่น echo {_PREFIX}$(openssl rand -base64 32)",
            en=f"setting webhook_secret must be {_PREFIX} and the base64 of 24 to 64 bytes, as by: echo {_PREFIX}$(openssl rand -base64 32)",
        )
    return key


class _Failed(Exception):
    """Why a message was not taken."""


@contextmanager
def _cut_after(seconds: float, connection: HTTPConnection) -> Iterator[threading.Event]:
    """Cut the connection when its time is up, and say so: an answer that trickles in byte by byte knows no timeout."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError, TypeError):  # not by SSLSocket.shutdown, which lets go of TLS first
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


_BEGIN = """
INSERT INTO delivery (event, target, due_at, outcome, done_at)
SELECT max(id), :target, :now, :outcome, :now FROM event HAVING max(id) IS NOT NULL
"""
_NOTE_NEW = """
INSERT OR IGNORE INTO delivery (event, target, due_at)
SELECT id, :target, :now FROM event
WHERE id > (SELECT max(event) FROM delivery WHERE target = :target) AND json_extract(details, '$.parent') IS NULL
ORDER BY id
"""
_DUE = """
SELECT delivery.id, delivery.event, delivery.attempts, event.submission
FROM delivery JOIN event ON event.id = delivery.event
WHERE target = :target AND done_at IS NULL AND due_at <= :now ORDER BY delivery.event LIMIT :most
"""
_CLAIM = "UPDATE delivery SET attempts = attempts + 1, due_at = ? WHERE id = ? AND attempts = ? AND done_at IS NULL"
