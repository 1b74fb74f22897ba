"""Who waits for an answer and may leave before it comes: who works on it is then told so."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock


class Asker:
    """Somebody who waits; `leave` may be called from any thread, at any time, more than once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._connection: socket.socket | None = None
        self.has_left = False

    def leave(self) -> None:
        """They have gone: the connection at which they wait is cut."""
        with self._lock:
            self.has_left = True
            self._cut()

    @contextmanager
    def waiting_at(self, connection: socket.socket) -> Iterator[None]:
        """They wait at this connection for as long as the block lasts; it is cut at once if they have gone already."""
        with self._lock:
            self._connection = connection
            if self.has_left:
                self._cut()
        try:
            yield
        finally:
            with self._lock:
                self._connection = None

    def _cut(self) -> None:
        if self._connection:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
