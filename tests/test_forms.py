"""The forms fit the rules: they ask for what the rules require, and say so in both languages."""

import re
from collections.abc import Iterator

import pytest
import rdflib
from pyoxigraph import NamedNode, Store
from rdflib.namespace import DCTERMS, RDFS, SH

from conftest import ROOT
from mueang.check.shacl import Shapes
from mueang.check.sheets.form import Field, Form, Nested, forms
from mueang.check.sheets.layout import heading_key
from mueang.graph.names import BASE

NAMES = [
    "source", "area", "event", "meeting", "decision", "city", "nomination", "membership", "cohort", "figure",
]  # fmt: skip


@pytest.fixture(scope="session")
def found(shapes: Shapes) -> dict[str, Form]:
    return {form.iri.rpartition("-")[2]: form for form in forms(shapes.graph)}


def superclasses(store: Store, kind: str) -> set[str]:
    below = NamedNode(str(RDFS.subClassOf))
    found, waiting = set(), [kind]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += [quad.object.value for quad in store.quads_for_pattern(NamedNode(one), below, None, None)]
    return found


def required(graph: rdflib.Graph, kinds: set[str]) -> Iterator[str]:
    """The properties that a rule on one of these classes wants at least once."""
    for shape in graph.subjects(SH.minCount, None):
        rule = graph.value(shape, DCTERMS.isPartOf)
        owners = [shape, rule] if rule and (rule, SH.property, shape) in graph else [shape]
        targets = {str(target) for owner in owners for target in graph.objects(owner, SH.targetClass)}
        path = graph.value(shape, SH.path)
        if targets & kinds and isinstance(path, rdflib.URIRef):
            yield str(path)


def test_there_is_a_form_for_each_kind_that_officials_add(found: dict[str, Form]) -> None:
    assert list(found) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_form_asks_for_what_the_rules_require(
    name: str, found: dict[str, Form], shapes: Shapes, published: Store
) -> None:
    form = found[name]
    asked = {field.path for field in form.fields if field.required}
    made = {nested.path for nested in form.nested if not nested.inverse} | {
        path for path, _ in form.constants
    }
    needed = set(required(shapes.graph, superclasses(published, form.kind)))
    assert needed <= asked | made


@pytest.mark.parametrize("name", NAMES)
def test_a_form_speaks_both_languages_and_fits_a_sheet(name: str, found: dict[str, Form]) -> None:
    form = found[name]
    for language in ("th", "en"):
        assert 0 < len(form.title[language]) <= 31
        assert not re.search(r"[\[\]:*?/\\]", form.title[language])
        assert form.note[language]
        assert all(column.title[language] and column.note[language] for column in form.columns)
        headings = [heading_key(column.title[language]) for column in form.columns]
        assert len(set(headings)) == len(headings)


def test_no_heading_means_one_column_in_thai_and_another_in_english(found: dict[str, Form]) -> None:
    for form in found.values():
        headings = {(heading_key(title), one.iri) for one in form.columns for title in one.title.values()}
        assert len({heading for heading, _ in headings}) == len(headings)


@pytest.mark.parametrize("name", NAMES)
def test_a_key_is_made_of_columns_that_there_are(name: str, found: dict[str, Form]) -> None:
    form = found[name]
    names = [column.name for column in form.columns]
    assert len(set(names)) == len(names)
    templates = [form.default, *(nested.form.default for nested in form.nested)]
    pieces = [
        piece for template in templates for piece in re.findall(r"[\w-]+", template.replace("}-{", " "))
    ]
    assert set(pieces) <= set(names)
    assert form.address.startswith(f"{BASE}id/")
    assert form.address.endswith("/{key}")
    assert form.key


def columns(form: Form) -> Iterator[Field]:
    yield from form.fields
    for nested in form.nested:
        yield from columns(nested.form)


def below(form: Form) -> Iterator[Nested]:
    for nested in form.nested:
        yield nested
        yield from below(nested.form)


def test_every_property_of_a_form_is_a_term(found: dict[str, Form], published: Store) -> None:
    paths = {field.path for form in found.values() for field in columns(form)}
    paths |= {nested.path for form in found.values() for nested in below(form)}
    ours = {path for path in paths if path.startswith(BASE)}
    assert len(ours) > 40
    for path in ours:
        assert any(published.quads_for_pattern(NamedNode(path), None, None, None)), path


def test_what_a_column_takes_follows_from_the_rules(found: dict[str, Form]) -> None:
    area, event = found["area"], found["event"]
    fields = {field.name: field for field in [*area.columns, *event.columns]}
    assert fields["province"].kinds == (BASE + "def#Province",)
    assert fields["kind"].scheme == BASE + "vocab/event-kind"
    assert fields["on"].datatype.endswith("#date")
    assert fields["area"].kinds == (BASE + "def#SmartCityArea",)
    assert fields["name-th"].languages == ("th",)


def test_the_forms_are_never_rules() -> None:
    text = (ROOT / "shapes" / "forms.ttl").read_text(encoding="utf-8")
    assert "sh:target" not in text
    assert text.count("sh:deactivated true") == text.count("a sh:NodeShape")
