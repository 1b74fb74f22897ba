"""Fills in the template as a person would, and has the result read and checked."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from pyoxigraph import Store

from mueang.check.judge import check
from mueang.check.place import Place
from mueang.check.reader import Submission
from mueang.check.report import Report
from mueang.check.shacl import Shapes
from mueang.check.sheets.form import Form, forms
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.rows import statements
from mueang.check.sheets.template import template
from mueang.errors import Language

FIRST = 4  # below headings, notes and the example
Values = Mapping[str, Any]


def form_named(found: Iterable[Form], name: str) -> Form:
    """The form `tsh:form-<name>`."""
    return next(form for form in found if form.iri.endswith(f"#form-{name}"))


def place_of(
    found: Iterable[Form], form: str, column: str, row: int = FIRST, language: Language = "th"
) -> Place:
    """The place of a column's cell on the sheet of a form in the template."""
    one = form_named(found, form)
    number = [field.name for field in one.columns].index(column) + 1
    return Place(sheet=one.title[language], cell=f"{get_column_letter(number)}{row}")


def filled(
    empty: bytes, found: Iterable[Form], rows: Iterable[tuple[str, Values]], language: Language = "th"
) -> bytes:
    """A template with these rows filled in: form, and values by the columns' names."""
    book = openpyxl.load_workbook(io.BytesIO(empty))
    for name, values in rows:
        form = form_named(found, name)
        sheet = book[form.title[language]]
        at = FIRST
        while any(sheet.cell(at, column).value is not None for column in range(1, len(form.columns) + 1)):
            at += 1
        names = [field.name for field in form.columns]
        for column, value in values.items():
            sheet.cell(at, names.index(column) + 1).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class Officials:
    """People with the template and what is published, who fill in and hand in."""

    def __init__(self, known: Store, shapes: Shapes, language: Language = "th") -> None:
        self.known = known
        self.shapes = shapes
        self.forms = forms(shapes.graph)
        self.language = language
        self.empty = template(self.forms, known, language)

    def fill_in(self, *rows: tuple[str, Values]) -> bytes:
        return filled(self.empty, self.forms, rows, self.language)

    def hand_in(self, *rows: tuple[str, Values]) -> Submission:
        return self.read("form.xlsx", self.fill_in(*rows))

    def read(self, name: str, content: bytes) -> Submission:
        return statements(read_tables(name, content), self.forms, self.known, name)

    def checked(self, *rows: tuple[str, Values]) -> Report:
        return check(self.hand_in(*rows), self.known, self.shapes)

    def place(self, form: str, column: str, row: int = FIRST) -> Place:
        return place_of(self.forms, form, column, row, self.language)
