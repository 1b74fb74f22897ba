"""A place in a file at which it stops being what it should be, said with the line and a caret under the place."""

from mueang.engine.malformed.place import position, shown
from mueang.errors import MalformedData


class Flaw(Exception):
    """What is wrong in a text and where, in both languages; the reader adds the file's name and the line."""

    def __init__(self, at: int | None, *, th: str, en: str) -> None:
        super().__init__(en)
        self.at = at
        self.th = th
        self.en = en

    def told(self, name: str, text: str) -> MalformedData:
        """The error for somebody who handed in a file of this name."""
        if self.at is None:
            return MalformedData(th=f"{name}: {self.th}", en=f"{name}: {self.en}")
        line, column = position(text, self.at)
        below = shown(text, self.at)
        return MalformedData(
            th=f"{name} บรรทัด {line} ตำแหน่ง {column}: {self.th}\n{below}",
            en=f"{name}, line {line}, column {column}: {self.en}\n{below}",
            line=line,
            column=column,
        )
