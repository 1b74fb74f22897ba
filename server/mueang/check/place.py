"""Where something stands in a submission: a line and column of a text, or a sheet and cell of a workbook."""

from dataclasses import dataclass

from mueang.errors import Language


@dataclass(frozen=True, order=True)
class Place:
    """A line and column, both from 1 and in characters; or a sheet's name and a cell such as `B7`; 0 and "" are unknown.

    A table in CSV has no sheet: its places are a cell and the line on which the row begins.
    """

    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""

    def said_in(self, language: Language) -> str:
        """The place in words: `line 12, column 5`, `sheet "Areas", cell B7`."""
        words = _WORDS[language]
        parts = [
            f'{words["sheet"]} "{self.sheet}"' if self.sheet else "",
            f"{words['cell']} {self.cell}" if self.cell else "",
            f"{words['line']} {self.line}" if self.line and not self.sheet else "",
            f"{words['column']} {self.column}" if self.column and not self.cell else "",
        ]
        return words["between"].join(part for part in parts if part)


_WORDS: dict[Language, dict[str, str]] = {
    "th": {"sheet": "แผ่น", "cell": "ช่อง", "line": "บรรทัด", "column": "ตำแหน่ง", "between": " "},
    "en": {"sheet": "sheet", "cell": "cell", "line": "line", "column": "column", "between": ", "},
}
