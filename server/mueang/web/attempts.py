"""Wrong tokens, counted by where they come from: after ten in a row nobody there is believed for a minute."""

import ipaddress
import logging
import threading
import time
from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

from cachetools import TTLCache

from mueang.errors import TooOften
from mueang.web.bridge import client_address

MOST = 10
PAUSE = 60
_REMEMBERED = 10_000
_log = logging.getLogger(__name__)


class Attempts:
    """The wrong attempts of each address (of IPv6, of each /64) since its last minute without one."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._wrong: TTLCache[str, int] = TTLCache(_REMEMBERED, PAUSE, timer)
        self._lock = threading.Lock()

    def refuse_more(self, environ: WSGIEnvironment) -> None:
        """Raise TooOften for one who has guessed enough."""
        with self._lock:
            wrong = self._wrong.get(_place(environ), 0)
        if wrong >= MOST:
            raise TooOften(
                th=f"โทเคนผิดหลายครั้งเกินไป รอ {PAUSE} วินาทีแล้วลองใหม่",
                en=f"too many wrong tokens: wait {PAUSE} seconds, then try again",
                retry_after=PAUSE,
            )

    def note(self, environ: WSGIEnvironment, why: str) -> None:
        """Count a wrong attempt, and have the operator see it."""
        place = _place(environ)
        with self._lock:
            self._wrong[place] = self._wrong.get(place, 0) + 1
        _log.warning("a token from %s was refused: %s", place, why)


def _place(environ: WSGIEnvironment) -> str:
    """Where a request comes from, in a form that fits a line of a log."""
    try:
        address = ipaddress.ip_address(client_address(environ).strip("[]"))
    except ValueError:
        return "an unknown address"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
