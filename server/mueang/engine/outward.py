"""Lets a query call the servers that the operator lists (SERVICE), and no others.

Oxigraph resolves names and follows redirects as it likes, so it is never given the address of another server: in the
query, each SERVICE names a forwarder of ours instead (`forwarder`), which knows where the call may go.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from mueang.engine.address import Address, is_public, read_address
from mueang.engine.forwarder import Forwarder, Ticket
from mueang.engine.tokens import calls_out
from mueang.errors import Busy, MueangError, QueryBudgetExceeded, UnusableRequest, WrongSetting

_MOST_CALLS = 100


@dataclass(frozen=True)
class Prepared:
    """A query as a worker may be given it; `through` begins every address it calls, and is empty if it calls none."""

    text: str
    through: str = ""


class Outward:
    """The way out for queries, to the origins of the setting `service_allow`; raises WrongSetting for others.

    One for each process that answers HTTP, for as long as it lives; the forwarder is started with the first query
    that needs it, so a process may fork before. `public` tells whether an IP address may be connected to.
    """

    def __init__(
        self, allowed: str, seconds: float, most_bytes: int, public: Callable[[str], bool] = is_public
    ) -> None:
        self._allowed = allowed_origins(allowed)
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._public = public
        self._starting = threading.Lock()
        self._forwarder: Forwarder | None = None

    @contextmanager
    def prepared(self, text: str) -> Iterator[Prepared]:
        """The query, to be answered within this block: only there are its calls let through.

        Raises UnusableRequest for a SERVICE that is not a constant IRI of an allowed origin; and CallFailed, in
        place of what the engine says of it, where the query failed because a call did. Other errors are told with
        the addresses that the asker wrote.
        """
        places = calls_out(text)
        if not places:
            yield Prepared(text)
            return
        ticket = self._ticket([text[start:end] for start, end in places])
        with self._running().admitted(ticket):
            try:
                yield Prepared(_renamed(text, places, ticket), ticket.through)
            except MueangError as error:
                if ticket.failure and not isinstance(error, QueryBudgetExceeded | Busy):
                    raise ticket.failure from error
                error.th, error.en = ticket.restored(error.th), ticket.restored(error.en)
                error.args = (error.en,)
                raise

    def close(self) -> None:
        """Let no more calls through."""
        if self._forwarder:
            self._forwarder.stop()

    def _ticket(self, iris: Sequence[str]) -> Ticket:
        if len(iris) > _MOST_CALLS:
            raise UnusableRequest(th="มี SERVICE มากเกินไป", en="the query has too many SERVICE clauses")
        addresses = [self._allowed_address(iri) for iri in iris]
        return Ticket(addresses, iris, time.monotonic() + self._seconds, self._most_bytes, _MOST_CALLS)

    def _allowed_address(self, iri: str) -> Address:
        address = read_address(iri)
        if address.origin not in self._allowed:
            listed = ", ".join(sorted(self._allowed)) or "-"
            raise UnusableRequest(
                th=f"ที่นี่ไม่ส่งคำถามต่อ (SERVICE) ไปยัง {address.origin} (ส่งได้: {listed})",
                en=f"queries are not passed on (SERVICE) to {address.origin} from here (allowed: {listed})",
            )
        return address

    def _running(self) -> Forwarder:
        with self._starting:
            if self._forwarder is None:
                self._forwarder = Forwarder(self._public)
            return self._forwarder


def allowed_origins(text: str) -> frozenset[str]:
    """The origins in a comma-separated list; raises WrongSetting for what is more or less than an origin."""
    return frozenset(_origin(part) for part in text.split(",") if part.strip())


def _origin(text: str) -> str:
    try:
        address = read_address(text)
        if address.target != "/":
            raise UnusableRequest(th=f"{text!r} มีมากกว่าชื่อเครื่อง", en=f"{text!r} is more than an origin")
    except UnusableRequest as error:
        raise WrongSetting(
            th=f"ค่าตั้ง service_allow: {error.th} (เช่น https://query.wikidata.org)",
            en=f"setting service_allow: {error.en} (an origin is such as https://query.wikidata.org)",
        ) from error
    return address.origin


def _renamed(text: str, places: Sequence[tuple[int, int]], ticket: Ticket) -> str:
    """The text with the forwarder's name for each call in place of its IRI."""
    parts, kept = list[str](), 0
    for number, (start, end) in enumerate(places):
        parts += text[kept:start], ticket.name(number)
        kept = end
    return "".join([*parts, text[kept:]])
