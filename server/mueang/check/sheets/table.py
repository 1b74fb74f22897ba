"""Writes statements back as rows of the forms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from mueang.check.sheets.form import Field, Form, Nested
from mueang.check.sheets.meaning import Term
from mueang.check.sheets.reference import LABEL, TYPE, References, key_of
from mueang.check.sheets.value import shown
from mueang.errors import Language
from mueang.graph.names import shortened

Rows = list[list[str]]


def rows(quads: Iterable[Quad], forms: Sequence[Form], known: Store, language: Language) -> dict[str, Rows]:
    """What the forms can show of these statements: by sheet, a row of headings and a row for each thing."""
    return Lines(list(quads), References(known), language).written(forms)


class Lines:
    """Statements to be shown as rows, by subject and property."""

    def __init__(self, quads: list[Quad], references: References, language: Language) -> None:
        self._references = references
        self._language = language
        self._values: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[NamedNode | BlankNode]] = defaultdict(list)
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._order: dict[str, int] = {}
        for quad in dict.fromkeys(quads):
            self._take(quad)

    def written(self, forms: Sequence[Form]) -> dict[str, Rows]:
        """The rows of each form that has any."""
        found = {}
        for form in forms:
            kinds = [
                form.kind,
                *(kind for one in form.fields if one.path == TYPE.value for kind in one.choices),
            ]
            things = {thing for kind in kinds for thing in self._subjects[TYPE.value, str(NamedNode(kind))]}
            if things:
                heading = [column.title[self._language] for column in form.columns]
                ordered = sorted(things, key=lambda thing: self._order[str(thing)])
                found[form.title[self._language]] = [heading, *(self._row(form, one) for one in ordered)]
        return found

    def cell(self, field: Field, term: Term) -> str:
        """How a column writes a value."""
        if isinstance(term, BlankNode):
            return ""
        if isinstance(term, Literal) or field.is_address and not field.is_link:
            return shown(term, self._language)
        own = self._labels.get(str(term), set()) - {""}
        for label in sorted(own, key=lambda text: text.isascii() == (self._language == "th")):
            others = {node for node, labels in self._labels.items() if label in labels} - {str(term)}
            if not others and self._references.meant(field, label) <= {term} and ";" not in label:
                return label
        return self._references.written(field, term, self._language)

    def _take(self, quad: Quad) -> None:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode | BlankNode) or not isinstance(
            value, NamedNode | BlankNode | Literal
        ):
            return
        self._order.setdefault(str(subject), len(self._order))
        self._values[str(subject), quad.predicate.value].append(value)
        self._subjects[quad.predicate.value, str(value)].append(subject)
        if quad.predicate == LABEL:
            self._labels[str(subject)].add(value.value)

    def _row(self, form: Form, thing: NamedNode | BlankNode) -> list[str]:
        cells = dict(self._cells(form, thing))
        return [cells.get(column.iri, "") for column in form.columns]

    def _cells(self, form: Form, thing: NamedNode | BlankNode) -> Iterator[tuple[str, str]]:
        if form.key:
            yield form.key.iri, self._key(form, thing)
        for field in form.fields:
            values = [value for value in self._values[str(thing), field.path] if _belongs(field, value)]
            yield field.iri, f"{field.separator} ".join(self.cell(field, value) for value in values)
        for nested in form.nested:
            for child in self._children(nested, thing)[:1]:
                yield from self._cells(nested.form, child)

    def _key(self, form: Form, thing: NamedNode | BlankNode) -> str:
        key = key_of(thing)
        if isinstance(thing, BlankNode) or form.address.partition("{")[0] + key == thing.value:
            return key
        return shortened(thing.value)

    def _children(self, nested: Nested, thing: NamedNode | BlankNode) -> list[NamedNode | BlankNode]:
        if nested.inverse:
            return self._subjects[nested.path, str(thing)]
        values = self._values[str(thing), nested.path]
        return [value for value in values if not isinstance(value, Literal)]


def _belongs(field: Field, value: Term) -> bool:
    """Whether a value is one for this column, and not for another of the same property or the form's own class."""
    if field.choices and isinstance(value, NamedNode):
        return value.value in field.choices
    return not field.languages or not isinstance(value, Literal) or value.language in field.languages
