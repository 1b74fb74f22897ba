"""Turns filled rows into statements, each with the cell it is read from; nothing is dropped and nothing guessed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, Store

from mueang.check.place import Place
from mueang.check.reader import Submission, submission_graph
from mueang.check.sheets.example import is_example
from mueang.check.sheets.form import Field, Form, Nested
from mueang.check.sheets.grid import Cell, Table
from mueang.check.sheets.layout import Row, Sheet, read_sheets
from mueang.check.sheets.meaning import NOT_IN_IRI, Item, Meaning, Term, Thing
from mueang.check.sheets.reference import TYPE, References
from mueang.errors import MalformedData
from mueang.graph.names import PREFIXES

BESIDE = {"th": ("อ่านก่อน", "รายการ"), "en": ("Read me", "Lists")}


@dataclass(frozen=True)
class Said:
    """A statement with the value of a cell it is read from, and the column; neither where it follows from the row."""

    quad: Quad
    place: Place
    item: Item | None = None
    column: Field | None = None


@dataclass
class Reading:
    """What the tables of a submission say, and the column and text of every cell that a form has."""

    name: str
    said: list[Said] = field(default_factory=list)
    empty: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    wanting: dict[tuple[str, str], Place] = field(default_factory=dict)
    columns: dict[Place, tuple[Field, str]] = field(default_factory=dict)

    def submission(self) -> Submission:
        """The statements with their places.

        An empty cell has its place under the statement that is missing. Where a property has a required column that
        is empty beside another (a Thai name beside an English one), the property is looked for there.
        """
        places = dict(self.empty)
        for one in reversed(self.said):
            places[_triple(one.quad)] = one.place
        wanting = {
            _triple(one.quad): place
            for one in self.said
            if (place := self.wanting.get((str(one.quad.subject), one.quad.predicate.value)))
        }
        quads = tuple(dict.fromkeys(one.quad for one in self.said))
        return Submission(self.name, quads, places, predicates=wanting)


def statements(tables: Sequence[Table], forms: Sequence[Form], known: Store, name: str) -> Submission:
    """What the tables say as a submission. Raises MalformedData where a table is of no form, or all are empty."""
    reading = read(tables, forms, known, name)
    if not reading.said:
        raise MalformedData(
            th=f"{name}: ยังไม่มีแถวที่กรอก: กรอกใต้หัวตาราง แถวตัวอย่างไม่นับ",
            en=f"{name}: no row is filled in: write below the headings; the example row does not count",
        )
    return reading.submission()


def read(tables: Sequence[Table], forms: Sequence[Form], known: Store, name: str) -> Reading:
    """What the tables say, statement by statement, with the cells."""
    beside = {sheet for sheets in BESIDE.values() for sheet in sheets}
    return _Book(name, read_sheets(name, tables, forms, beside), References(known)).read()


class _Book:
    """The rows of all sheets of a submission, which may speak of each other."""

    def __init__(self, name: str, sheets: list[Sheet], references: References) -> None:
        self._graph = submission_graph(name)
        self._sheets = sheets
        self._rows = [row for sheet in sheets for row in sheet.rows if not is_example(row, references)]
        self._meaning = Meaning(self._rows, references)
        self._reading = Reading(name)

    def read(self) -> Reading:
        """Everything the rows say."""
        for row in self._rows:
            for column in row.form.columns:
                for cell in row.cells.get(column.iri, ()):
                    self._reading.columns[cell.place] = column, cell.text
            self._describe(row, row.form, self._meaning.subject(row, row.form), row.form.key)
        for heading, cell, row in (stray for sheet in self._sheets for stray in sheet.strays):
            self._stray(heading, cell, row)
        return self._reading

    def _describe(self, row: Row, form: Form, subject: Thing, anchor: Field | None) -> None:
        place = _anchor(row, form, anchor)
        if not any(self._kind_named(row, one) for one in form.fields if one.path == TYPE.value):
            self._say(subject, TYPE.value, NamedNode(form.kind), place)
        for one in form.fields:
            self._say_field(row, one, subject)
        for path, value in form.constants:
            self._say(subject, path, NamedNode(value), place)
        for nested in form.nested:
            self._nest(row, nested, subject)

    def _kind_named(self, row: Row, column: Field) -> bool:
        return any(
            isinstance(self._meaning.term(column, item), NamedNode)
            for item in self._meaning.items(row, column)
        )

    def _nest(self, row: Row, nested: Nested, parent: Thing) -> None:
        """The nested thing, once a cell of its own is filled."""
        cells = [cell for column in nested.form.columns for cell in row.filled(column)]
        if not cells:
            for column in nested.form.fields:
                self._note_empty(row, column, parent, nested.path)
            return
        child = self._meaning.subject(row, nested.form, parent)
        one, other = (child, parent) if nested.inverse else (parent, child)
        self._say(one, nested.path, other, cells[0].place)
        self._describe(row, nested.form, child, None)

    def _say_field(self, row: Row, column: Field, subject: Thing) -> None:
        items = list(self._meaning.items(row, column))
        for item in items:
            self._say(subject, column.path, self._meaning.term(column, item), item.cell.place, item, column)
        if not items:
            self._note_empty(row, column, subject, column.path)

    def _note_empty(self, row: Row, column: Field, subject: Thing, path: str) -> None:
        if not row.filled(column) and column.iri in row.cells:
            place = row.cells[column.iri][0].place
            self._reading.empty.setdefault((str(subject), f"<{path}>", ""), place)
            if column.required:
                self._reading.wanting.setdefault((str(subject), path), place)

    def _say(
        self,
        subject: Thing,
        path: str,
        value: Term,
        place: Place,
        item: Item | None = None,
        column: Field | None = None,
    ) -> None:
        quad = Quad(subject, NamedNode(path), value, self._graph)
        self._reading.said.append(Said(quad, place, item, column))

    def _stray(self, heading: Cell, cell: Cell, row: Row) -> None:
        """A column that the form does not have, as a property that is not known either: the rules then say so."""
        name = NOT_IN_IRI.sub("_", heading.text.strip())[:100] or "_"
        place = heading.place if heading.text.strip() else cell.place
        subject = self._meaning.subject(row, row.form)
        self._say(subject, PREFIXES["tsc"] + name, Literal(cell.text), place, Item(heading.text, heading, 0))


def _anchor(row: Row, form: Form, key: Field | None) -> Place:
    """Where a thing as a whole stands: at its key, else at the first cell that tells of it."""
    if key and key.iri in row.cells:
        return row.cells[key.iri][0].place
    cells = (cell for column in form.columns for cell in row.filled(column))
    return next(cells, row.first).place


def _triple(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)
