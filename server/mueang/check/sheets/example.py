"""Tells the template's own example row from a row that somebody filled in."""

import re

from pyoxigraph import Literal

from mueang.check.sheets.form import Field
from mueang.check.sheets.layout import Row
from mueang.check.sheets.meaning import Term
from mueang.check.sheets.reference import References
from mueang.check.sheets.value import literal

EXAMPLE = {"th": "ตัวอย่าง", "en": "example"}


def is_example(row: Row, references: References) -> bool:
    """Whether a row is the template's own example, as it was."""
    key = row.form.key
    if not key or not row.filled(key) or row.filled(key)[0].text not in EXAMPLE.values():
        return False
    return all(_is_as_in_example(row, column, references) for column in row.form.columns if column != key)


def _is_as_in_example(row: Row, column: Field, references: References) -> bool:
    filled = row.filled(column)
    if not filled or not column.examples:
        return not filled and not column.examples
    text = filled[0].text
    if column.is_link:
        return {one.value for one in references.meant(column, text)} == {str(one) for one in column.examples}
    term = literal(column, text, filled[0].value)
    return any(_same(term, one.n3()) for one in column.examples)


def _same(term: Term, example: str) -> bool:
    """Whether a value is an example's; numbers as numbers."""
    return str(term) == example or (isinstance(term, Literal) and _number(term.value) == _number(example))


def _number(text: str) -> str:
    found = re.match(r'"?(-?\d+(?:\.\d+)?)\b', text)
    return found[1].removesuffix(".0") if found else text
