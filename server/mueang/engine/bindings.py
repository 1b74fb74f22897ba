"""The rows of an answer in SPARQL results JSON, read one at a time, so that a large one never stands in memory."""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from typing import IO

from mueang.engine.cells import BOOLEAN, Term
from mueang.errors import StoreFailed

Row = Mapping[str, Term]

_ROWS_BEGIN = re.compile(r'"bindings"\s*:\s*\[')
_BETWEEN_ROWS = re.compile(r"[\s,]*")
_ROW = json.JSONDecoder()
_LEAST = 1 << 16


class Solutions:
    """The variables of an answer and, each time it is iterated over, its rows; a boolean is one row of one column."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        text, rows = _Text(file).parted()
        try:
            head = json.loads(text)
        except json.JSONDecodeError as error:
            raise _cut_short() from error
        self._boolean = None if rows else head["boolean"]
        self.variables: list[str] = head["head"]["vars"] if rows else ["answer"]

    def __iter__(self) -> Iterator[Row]:
        if self._boolean is not None:
            value = "true" if self._boolean else "false"
            yield {"answer": {"type": "literal", "datatype": BOOLEAN, "value": value}}
            return
        rows = _Text(self._file).parted()[1]
        while rows and (row := rows.next_row()) is not None:
            yield row


class _Text:
    """A file of JSON, read on as far as is needed."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        self._file = file
        self._decode = getincrementaldecoder("utf-8")().decode
        self._text = ""
        self._place = 0

    def parted(self) -> tuple[str, "_Text | None"]:
        """The JSON without its rows, and itself at the first row; of a boolean the whole and None."""
        while not (begin := _ROWS_BEGIN.search(self._text)):
            if not self._read_on():
                return self._text, None
        self._place = begin.end()
        return self._text[: begin.end()] + "]}}", self

    def next_row(self) -> Row | None:
        """The next row, or None after the last one."""
        while True:
            between = _BETWEEN_ROWS.match(self._text, self._place)
            self._place = between.end() if between else self._place
            if self._text.startswith("]", self._place):
                return None
            try:
                row, self._place = _ROW.raw_decode(self._text, self._place)
            except json.JSONDecodeError:
                self._more()
            else:
                return dict(row)

    def _more(self) -> None:
        if not self._read_on():
            raise _cut_short()

    def _read_on(self) -> bool:
        """Read as much again as is unread, so that a long row is not gone over many times."""
        unread = self._text[self._place :]
        more = self._file.read(max(_LEAST, len(unread)))
        self._text, self._place = unread + self._decode(more), 0
        return bool(more)


def _cut_short() -> StoreFailed:
    return StoreFailed(th="คำตอบขาดหายกลางทาง", en="the answer ended in the middle")
