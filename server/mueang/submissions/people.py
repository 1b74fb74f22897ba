"""Who may do what: people with a role, and the tokens by which they are known."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Literal, get_args

from mueang.errors import Language, NotAllowed, NotFound, NotSignedIn, WrongParameter
from mueang.submissions import tokens
from mueang.submissions.clock import in_words, now
from mueang.submissions.schema import opened, transaction

Role = Literal["submitter", "reviewer", "steward"]
ROLES: tuple[Role, ...] = get_args(Role)
YEAR = 365
_LETTERS = re.compile(r"[^\W_](?:[\w .'-]*[\w.])?")
_MARKS = re.compile(r"[^\w\s.'-]{4}")
_IN_THAI: dict[Role, str] = {"submitter": "ผู้ส่งข้อมูล", "reviewer": "ผู้ตรวจสอบ", "steward": "ผู้ดูแลข้อมูล"}


@dataclass(frozen=True)
class Person:
    """Somebody known here, and what they may do."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether they may do what this role may: a reviewer may what a submitter may, a steward all."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def role_in(self, language: Language) -> str:
        """The word for their role."""
        return _IN_THAI[self.role] if language == "th" else self.role


@dataclass(frozen=True)
class Entry:
    """A person as the operator sees them: with when they came and their tokens, never what these are."""

    person: Person
    added_at: str
    revoked_at: str | None
    tokens: tuple[tokens.Token, ...]


def add(home: Path, name: str, role: Role, *, days: int = YEAR) -> str:
    """Make somebody known; their token, which is nowhere to be read again. Raises WrongParameter for a name in use."""
    name = _proper(name)
    with opened(home) as connection, transaction(connection):
        if found := _alike(connection, name):
            raise _in_use(found["name"])
        connection.execute(
            "INSERT INTO person (name, likeness, role, added_at) VALUES (?, ?, ?, ?)",
            (name, _likeness(name), role, now()),
        )
        return tokens.issue(connection, name, days)


def further_token(home: Path, name: str, *, days: int = YEAR) -> str:
    """One more token for somebody known; whoever had been revoked is known again."""
    with opened(home) as connection, transaction(connection):
        found = _row(connection, name)
        connection.execute("UPDATE person SET revoked_at = NULL WHERE name = ?", (found["name"],))
        return tokens.issue(connection, found["name"], days)


def give_role(home: Path, name: str, role: Role) -> None:
    """Give somebody known another role, from this moment on."""
    with opened(home) as connection, transaction(connection):
        found = _row(connection, name)
        connection.execute("UPDATE person SET role = ? WHERE name = ?", (role, found["name"]))


def revoke(home: Path, name: str, token: int | None = None) -> int:
    """Take one token from somebody, or all and their place here; how many tokens that ended."""
    with opened(home) as connection, transaction(connection):
        found = _row(connection, name)
        if token is None:
            connection.execute(
                "UPDATE person SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL",
                (now(), found["name"]),
            )
        return tokens.end(connection, found["name"], token)


def listed(home: Path) -> list[Entry]:
    """Everybody, by name."""
    with opened(home) as connection:
        rows = connection.execute("SELECT * FROM person ORDER BY name").fetchall()
        owned = tokens.by_owner(connection)
    return [
        Entry(_person(row), row["added_at"], row["revoked_at"], tuple(owned.get(row["name"], ())))
        for row in rows
    ]


def person_of(home: Path, token: str) -> Person:
    """Whose token this is; raises NotSignedIn for one that is not known here, has expired or was revoked."""
    with opened(home) as connection:
        return person_named(connection, tokens.checked(connection, token)["person"])


def person_named(connection: Connection, name: str) -> Person:
    """Somebody by their exact name; raises NotFound."""
    return _person(_row(connection, name))


def known(home: Path, name: str, role: Role) -> Person:
    """Somebody of this name who may what the role may; raises NotFound and NotAllowed."""
    with opened(home) as connection:
        row = _row(connection, name)
    if row["revoked_at"]:
        at = in_words(row["revoked_at"])
        raise NotSignedIn(
            th=f"{row['name']} ถูกเพิกถอนสิทธิ์แล้วเมื่อ {at['th']}",
            en=f"{row['name']} was revoked on {at['en']}",
        )
    return allowed(_person(row), role)


def allowed(person: Person, role: Role) -> Person:
    """The person, if they may what the role may; raises NotAllowed."""
    if person.may(role):
        return person
    raise NotAllowed(
        th=f"ต้องมีสิทธิ์ระดับ{_IN_THAI[role]} แต่ {person.name} มีสิทธิ์ระดับ{_IN_THAI[person.role]}",
        en=f"this needs a {role}, and {person.name} is a {person.role}",
    )


def _proper(name: str) -> str:
    """The name as it is kept: NFC; raises WrongParameter for one that could be misread in a sentence or a list."""
    composed = unicodedata.normalize("NFC", name)
    letters = "".join(one for one in composed if not unicodedata.category(one).startswith("M"))
    odd = "  " in composed or _MARKS.search(composed) or composed[:1] != letters[:1]
    if 2 <= len(composed) <= 60 and _LETTERS.fullmatch(letters) and not odd:
        return composed
    raise WrongParameter(
        th=f"ชื่อ {name[:80]!r} ใช้ไม่ได้: ใช้ 2 ถึง 60 ตัวอักษร มีได้เฉพาะตัวอักษร ตัวเลข วรรค . - _ '",
        en=f"the name {name[:80]!r} will not do: 2 to 60 characters, of letters, digits, space and . - _ ' only",
    )


def _likeness(name: str) -> str:
    """What two names have in common that people would take for one another."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _alike(connection: Connection, name: str) -> Row | None:
    found: Row | None = connection.execute(
        "SELECT * FROM person WHERE likeness = ?", (_likeness(name),)
    ).fetchone()
    return found


def _row(connection: Connection, name: str) -> Row:
    name = unicodedata.normalize("NFC", name)
    found: Row | None = connection.execute("SELECT * FROM person WHERE name = ?", (name,)).fetchone()
    if found is None:
        raise NotFound(
            th=f"ไม่รู้จัก {name[:80]!r}: ดูรายชื่อด้วย mueang user list",
            en=f"nobody is known as {name[:80]!r}: see `mueang user list`",
        )
    return found


def _person(row: Row) -> Person:
    return Person(row["name"], row["role"])


def _in_use(name: str) -> WrongParameter:
    return WrongParameter(
        th=f"มีชื่อ {name} แล้ว: ออกโทเคนใหม่ด้วย mueang user token, เปลี่ยนบทบาทด้วย mueang user role",
        en=f"somebody is known as {name} already: `mueang user token` gives a further token, `mueang user role` another role",
    )
