"""The forms that people fill in, read from the shapes: which sheet makes what, and what each column means.

A form is a node shape without a target. Its columns are property shapes with SHACL's words for forms (sh:name,
sh:description, sh:order); what may stand in a column follows from the rules about the same property, so that it is
said once. The words of CSVW say how keys are made and what parts several values in one cell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import CSVW, RDF, RDFS, SH, SKOS

from mueang.errors import Language

Words = Mapping[Language, str]


@dataclass(frozen=True)
class Field:
    """One column. `path` is the property it fills, nothing for the column of the key.

    What it takes: texts in `languages`, literals of `datatype`, things of one of `kinds`, members of `scheme`, one of
    `choices`, or any web address; all are IRIs. `separator` parts several values in one cell.
    """

    iri: str
    name: str
    path: str
    title: Words
    note: Words
    order: float
    required: bool = False
    separator: str = ""
    languages: tuple[str, ...] = ()
    datatype: str = ""
    kinds: tuple[str, ...] = ()
    scheme: str = ""
    choices: tuple[str, ...] = ()
    is_address: bool = False
    examples: tuple[rdflib.term.Node, ...] = ()

    @property
    def is_link(self) -> bool:
        """Whether the column names things that have a label or a key."""
        return bool(self.kinds or self.scheme or self.choices)


@dataclass(frozen=True)
class Nested:
    """A further thing that the same row describes, and the property that ties it to the row's own."""

    path: str
    inverse: bool
    form: "Form"


@dataclass(frozen=True)
class Form:
    """What the rows of a sheet describe: things of `kind`, named by the template `address` with a key in it.

    `default` is how a key is made of the other columns where none is written: `{area}-{on,by}` takes the first of
    `on` and `by` that is filled.
    """

    iri: str
    title: Words
    note: Words
    order: float
    kind: str
    address: str
    default: str
    key: Field | None
    fields: tuple[Field, ...]
    nested: tuple[Nested, ...]
    constants: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> list[Field]:
        """All columns in their order, those of nested things among them."""
        own = [self.key] if self.key else []
        below = [column for nested in self.nested for column in nested.form.columns]
        return sorted([*own, *self.fields, *below], key=lambda field: (field.order, field.iri))


def forms(graph: rdflib.Graph) -> list[Form]:
    """The forms in a graph of shapes, in their order."""
    nested = set(graph.objects(None, SH.node))
    found = [_form(graph, node) for node in set(graph.subjects(CSVW.aboutUrl, None)) if node not in nested]
    return sorted(found, key=lambda form: form.order)


def _form(graph: rdflib.Graph, node: rdflib.term.Node) -> Form:
    properties = sorted(graph.objects(node, SH.property), key=str)
    key = graph.value(node, CSVW.column)
    return Form(
        iri=str(node),
        title=_words(graph, node, RDFS.label),
        note=_words(graph, node, RDFS.comment),
        order=_order(graph, node),
        kind=str(graph.value(node, SH["class"])),
        address=str(graph.value(node, CSVW.aboutUrl)),
        default=str(graph.value(node, CSVW.default) or ""),
        key=_field(graph, key, "") if key else None,
        fields=tuple(
            _field(graph, one, str(graph.value(one, SH.path)))
            for one in properties
            if (one, SH.name, None) in graph
        ),
        nested=tuple(_nested(graph, one) for one in properties if (one, SH.node, None) in graph),
        constants=tuple(
            (str(graph.value(one, SH.path)), str(value))
            for one in properties
            for value in graph.objects(one, SH.hasValue)
        ),
    )


def _nested(graph: rdflib.Graph, node: rdflib.term.Node) -> Nested:
    path = graph.value(node, SH.path)
    inverse = graph.value(path, SH.inversePath)
    form = graph.value(node, SH.node)
    assert form is not None  # noqa: S101  chosen by having one
    return Nested(str(inverse or path), inverse is not None, _form(graph, form))


def _field(graph: rdflib.Graph, node: rdflib.term.Node, path: str) -> Field:
    rules = [node, *_rules_about(graph, path)]
    return Field(
        iri=str(node),
        name=str(graph.value(node, CSVW.name)),
        path=path,
        title=_words(graph, node, SH.name),
        note=_words(graph, node, SH.description),
        order=_order(graph, node),
        required=(node, SH.minCount, None) in graph,
        separator=str(graph.value(node, CSVW.separator) or ""),
        languages=tuple(map(str, _members(graph, node, SH.languageIn))),
        datatype=_first(graph, rules, SH.datatype),
        kinds=_kinds(graph, node) or tuple(filter(None, [_first(graph, rules, SH["class"])])),
        scheme=_first(graph, rules, RDFS.seeAlso),
        choices=tuple(map(str, _members(graph, node, SH["in"]))),
        is_address=_first(graph, rules, SH.nodeKind) == str(SH.IRI),
        examples=tuple(sorted(graph.objects(node, SKOS.example), key=str)),
    )


def _rules_about(graph: rdflib.Graph, path: str) -> Iterator[rdflib.term.Node]:
    """The rules on the values of a property, wherever it is used."""
    if path:
        targets = graph.subjects(SH.targetSubjectsOf, rdflib.URIRef(path))
        found = (node for node in targets if graph.value(node, SH.path) == rdflib.URIRef(path))
        yield from sorted(found, key=str)


def _first(graph: rdflib.Graph, nodes: list[rdflib.term.Node], word: rdflib.URIRef) -> str:
    return next((str(value) for node in nodes for value in graph.objects(node, word)), "")


def _kinds(graph: rdflib.Graph, node: rdflib.term.Node) -> tuple[str, ...]:
    alternatives = (graph.value(one, SH["class"]) for one in _members(graph, node, SH["or"]))
    return tuple(str(kind) for kind in alternatives if kind)


def _members(graph: rdflib.Graph, node: rdflib.term.Node, word: rdflib.URIRef) -> list[rdflib.term.Node]:
    head = graph.value(node, word)
    return list(Collection(graph, head)) if head and head != RDF.nil else []


def _words(graph: rdflib.Graph, node: rdflib.term.Node, word: rdflib.URIRef) -> Words:
    found: dict[Language, str] = {}
    for text in graph.objects(node, word):
        match getattr(text, "language", None):
            case "th" | "en" as language:
                found[language] = str(text)
    return found


def _order(graph: rdflib.Graph, node: rdflib.term.Node) -> float:
    return float(str(graph.value(node, SH.order) or 0))
