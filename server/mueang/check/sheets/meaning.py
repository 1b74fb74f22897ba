"""What the cells of a submission's rows mean: values, published things, and the things the rows themselves describe."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode

from mueang.check.sheets.form import Field, Form
from mueang.check.sheets.grid import Cell
from mueang.check.sheets.layout import Row
from mueang.check.sheets.reference import LABEL, References, key_of, written_iri
from mueang.check.sheets.value import DATE, literal

Term = NamedNode | BlankNode | Literal
Thing = NamedNode | BlankNode
NOT_IN_IRI = re.compile(r"[^A-Za-z0-9._~\u0e00-\u0e7f-]")
_PIECE = re.compile(r"\{([^}]+)\}")
_LONGEST_KEY = 60


@dataclass(frozen=True)
class Item:
    """One value of a cell: its text, and where it begins in the cell's text."""

    text: str
    cell: Cell
    start: int


class Meaning:
    """The rows of a submission, which may speak of each other and of what is published."""

    def __init__(self, rows: Sequence[Row], references: References) -> None:
        self._rows = rows
        self._references = references
        self._subjects: dict[tuple[int, str], Thing] = {}
        self._open: set[tuple[int, str]] = set()
        self._nameless = 0

    def items(self, row: Row, column: Field) -> Iterator[Item]:
        """The values of a column; a cell that is the name of one thing is not parted."""
        for cell in row.filled(column):
            whole = Item(cell.text, cell, 0)
            if not column.separator or self._is_one_name(column, cell.text):
                yield whole
                continue
            start = 0
            for part in cell.text.split(column.separator):
                if part.strip():
                    yield Item(part.strip(), cell, start + len(part) - len(part.lstrip()))
                start += len(part) + len(column.separator)

    def _is_one_name(self, column: Field, text: str) -> bool:
        """Whether a text is the name of one thing as a whole; `A; B (area:b)` is not, though it ends in an IRI."""
        return column.is_link and not written_iri(text.strip()) and self._meant(column, text) is not None

    def term(self, column: Field, item: Item) -> Term:
        """The value of an item; a plain text where it means nothing that the column takes."""
        if column.is_link:
            return self._meant(column, item.text) or Literal(item.text)
        whole = item.text == item.cell.text
        return literal(column, item.text, item.cell.value if whole else None)

    def subject(self, row: Row, form: Form, parent: Thing | None = None) -> Thing:
        """The thing that a row describes, by its key or by one made of the row; a blank node where neither is there."""
        at = (id(row), form.iri)
        if at not in self._subjects:
            self._open.add(at)
            self._subjects[at] = self._named(row, form, parent)
            self._open.remove(at)
        return self._subjects[at]

    def _meant(self, column: Field, text: str) -> Thing | None:
        """The one thing that a text means, of this submission or published; nothing if it can mean two."""
        found: set[Thing] = set(self._references.meant(column, text))
        if not written_iri(text.strip()):
            found |= set(self._own(column, text))
        return next(iter(found)) if len(found) == 1 else None

    def _own(self, column: Field, text: str) -> Iterator[Thing]:
        rows = [
            row
            for row in self._called.get(_plain(text), ())
            if self._references.is_kind(NamedNode(row.form.kind), column.kinds)
        ]
        for row in rows:
            if (id(row), row.form.iri) not in self._open:
                yield self.subject(row, row.form)

    @cached_property
    def _called(self) -> dict[str, list[Row]]:
        """The rows by their names and keys."""
        found: dict[str, list[Row]] = {}
        for row in self._rows:
            names = [one for one in row.form.fields if one.path == LABEL.value]
            for column in [*names, *filter(None, [row.form.key])]:
                for cell in row.filled(column):
                    found.setdefault(_plain(cell.text), []).append(row)
        return found

    def _named(self, row: Row, form: Form, parent: Thing | None) -> Thing:
        written = row.filled(form.key)[0].text.strip() if form.key and row.filled(form.key) else ""
        if iri := written_iri(written):
            return iri
        key = written or (self._made_key(row, form.default) if form.key else _key(parent))
        if not key:
            self._nameless += 1
            return BlankNode(f"row{self._nameless}")
        return NamedNode(_PIECE.sub(lambda _: NOT_IN_IRI.sub(_escaped, key), form.address))

    def _made_key(self, row: Row, template: str) -> str:
        pieces = (self._piece(row, names.split(",")) for names in _PIECE.findall(template))
        return "-".join(piece for piece in pieces if piece)[:_LONGEST_KEY].strip("-")

    def _piece(self, row: Row, names: list[str]) -> str:
        """The part of a key that comes from the first of these columns that is filled."""
        columns = {column.name: column for column in row.form.columns}
        for column in (columns[name] for name in names):
            for item in self.items(row, column):
                term = self.term(column, item)
                if isinstance(term, Literal) and term.datatype.value == DATE:
                    return term.value[:4]
                return _slug(_key(term) or term.value) or f"row-{row.number}" * (column.path != LABEL.value)
        return ""


def _escaped(character: re.Match[str]) -> str:
    return quote(character[0], safe="")


def _key(term: Term | None) -> str:
    return key_of(term) if isinstance(term, NamedNode) else ""


def _slug(text: str) -> str:
    """Small Latin letters, digits and hyphens; nothing where a text has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
