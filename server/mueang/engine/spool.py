"""Holds an answer as it arrives, until it is whole."""

import io
import tempfile
from typing import IO

_IN_MEMORY = 1 << 20


class Spool:
    """An answer as it arrives: in memory, and in a file without a name once it is longer than a megabyte."""

    def __init__(self) -> None:
        self.file: IO[bytes] = io.BytesIO()
        self.length = 0

    def write(self, data: bytes) -> None:
        """Take in more of it."""
        self.length += len(data)
        if self.length > _IN_MEMORY and isinstance(self.file, io.BytesIO):
            held, self.file = self.file, tempfile.TemporaryFile()  # noqa: SIM115  (who has the answer closes it)
            self.file.write(held.getbuffer())
        self.file.write(data)

    def close(self) -> None:
        """Let go of it."""
        self.file.close()
