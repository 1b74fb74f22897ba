"""The shapes, as they are judged here, find what plain pySHACL finds, which asks rdflib one node at a time."""

import warnings
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.graph_abstraction import to_ox
from pyshacl.monkey import rdflib_bool_patch
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.plugins.sparql import processor

from mueang.check.namesakes import Names
from mueang.check.reader import read_submission
from mueang.check.shacl import Result, Shapes, as_rdflib
from mueang.check.target import Node
from mueang.graph.names import BASE
from mueang.graph.store import named_store

CASES = sorted(
    path for kind in ("broken", "valid") for path in (Path(__file__).parent / "cases" / kind).iterdir()
)
Found = tuple[str | None, ...]
TYPE, IN_SCHEME = NamedNode(str(RDF.type)), NamedNode(str(SKOS.inScheme))
TOLD = {TYPE, NamedNode(str(RDFS.subClassOf)), NamedNode(str(OWL.deprecated))}
GRAPH_HERE = NamedNode(f"{BASE}graph/submission/test")
THINGS = [
    *(
        NamedNode(f"{BASE}id/{key}")
        for key in ("area/a", "area/b", "city/c", "cohort/c", "figure/f", "figure/g")
    ),
    *(NamedNode(f"{BASE}id/{key}") for key in ("meeting/m", "decision/d", "membership/m", "membership/n")),
    *(
        NamedNode(f"{BASE}id/{key}")
        for key in ("nomination/n", "province/TH-70", "province/TH-99", "source/s")
    ),
    NamedNode(f"{BASE}graph/source/s"),
    NamedNode(f"{BASE}def#NoSuchTerm"),
    NamedNode("http://example.org/x"),
    BlankNode("b"),
    BlankNode("c"),
]
LITERALS = [
    *(Literal(text, language=tag) for text in ("เมือง ก", "เมืองก", "Town", "x\u200by", " a", "") for tag in ("th", "en")),
    *(Literal(text) for text in ("x", "", "th", "TH-70", "SmartCityArea")),
    *(
        Literal(text, datatype=NamedNode(str(datatype)))
        for datatype, texts in {
            XSD.date: ("2022-11-09", "2565-11-09", "2022-11-31", "1965-01-01", "2019-01-01"),
            XSD.integer: ("1", "2565", "0", "-3"),
            XSD.gYear: ("2565", "2022"),
            XSD.decimal: ("1.5", "๕"),
            XSD.boolean: ("true",),
            rdflib.URIRef("http://www.opengis.net/ont/geosparql#wktLiteral"): ("POINT(100.4 7.0)", "POINT(7.0 100.4)"),
        }.items()
        for text in texts
    ),
]  # fmt: skip


_parse, _translate = cache(processor.parseQuery), processor.translateQuery
_kept: dict[int, tuple[object, object]] = {}


def translated_once(parsed: object, *rest: object) -> object:
    """rdflib's query of what it has parsed; it would do both again for every focus node."""
    if id(parsed) not in _kept:
        _kept[id(parsed)] = parsed, _translate(parsed, *rest)
    return _kept[id(parsed)][1]


@contextmanager
def pyshacl_as_it_comes(focus: Iterable[rdflib.term.Node]) -> Iterator[None]:
    """pySHACL with its own constraints, every shape looking only at those of its targets that are asked for."""
    asked, own_targets = set(focus), pyshacl.Shape.focus_nodes
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setitem(CONSTRAINT_PARAMETERS_MAP, SH.sparql, SPARQLBasedConstraint)
        patch.setitem(CONSTRAINT_PARAMETERS_MAP, SH.property, PropertyConstraintComponent)
        patch.setattr(
            pyshacl.Shape, "focus_nodes", lambda *given, **more: asked & own_targets(*given, **more)
        )
        patch.setattr(processor, "parseQuery", _parse)
        patch.setattr(processor, "translateQuery", translated_once)
        yield


def found_by_pyshacl(store: Store, focus: Iterable[Node], rules: rdflib.Graph) -> set[Found]:
    """What `pyshacl.validate` reports on the same statements in an rdflib dataset."""
    data = rdflib.Dataset(default_union=True)
    for quad in store:
        graph = data.graph(rdflib.URIRef(quad.graph_name.value))
        graph.add((as_rdflib(quad.subject), as_rdflib(quad.predicate), as_rdflib(quad.object)))
    with pyshacl_as_it_comes(map(as_rdflib, focus)):
        _, report, _ = pyshacl.validate(data, shacl_graph=rules)
    rdflib_bool_patch()  # which it takes back at its end, and the shapes of all tests need
    return {read_result(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}


def read_result(report: rdflib.Graph, result: rdflib.term.Node) -> Found:
    focus, path, value = (report.value(result, one) for one in (SH.focusNode, SH.resultPath, SH.value))
    return (
        said(focus),
        None if isinstance(path, rdflib.BNode) else said(path),
        said(value),
        str(report.value(result, SH.sourceShape)),
        str(report.value(result, SH.sourceConstraintComponent)),
        str(report.value(result, SH.resultSeverity)).rpartition("#")[2].upper(),
    )


def said(term: rdflib.term.Node | None) -> str | None:
    return None if term is None else str(to_ox(term))


def found_here(store: Store, focus: Collection[Node] | None, shapes: Shapes) -> set[Found]:
    """As the desk finds it, which keeps the names of what is published."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "names", Names(store))
        return read_results(shapes.judge(store, focus))


def read_results(results: Iterable[Result]) -> set[Found]:
    return {
        (
            one.focus,
            None if (one.path or "").startswith("_:") else one.path,
            one.value,
            one.shape,
            one.component,
            one.severity.name,
        )
        for one in results
    }


def without_labels_that_are_no_texts(found: set[Found]) -> set[Found]:
    """Without the findings that hang on LANG of an IRI: an error by SPARQL and to Oxigraph, "" to rdflib."""
    return {one for one in found if not (str(one[3]).endswith("#F04") and not str(one[2]).startswith('"'))}


def surroundings(quads: Iterable[Quad], known: Store) -> set[Quad]:
    """What is known of the terms these statements use, of what that points at, and what points at their subjects."""
    found, terms = set(quads), {term for quad in quads for term in quad.triple}
    for _ in range(2):
        resources = [term for term in terms if isinstance(term, NamedNode | BlankNode)]
        further = {quad for term in resources for quad in known.quads_for_pattern(term, None, None)}
        found, terms = found | further, {quad.object for quad in further}
    subjects = {quad.subject for quad in quads}
    return found | {quad for subject in subjects for quad in known.quads_for_pattern(None, None, subject)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_case_is_found_to_be_what_plain_pyshacl_finds_it(
    path: Path, published: Store, shapes: Shapes
) -> None:
    submission = read_submission(path.name, path.read_bytes())
    store = Store()
    store.extend(surroundings(submission.quads, published))
    focus = {quad.subject for quad in submission.quads}
    expected = found_by_pyshacl(store, focus, shapes.graph)
    assert found_here(store, focus, shapes) == expected


@dataclass
class Vocabulary:
    """What random statements are made of, and what the graph tells of it."""

    predicates: list[NamedNode]
    classes: list[NamedNode]
    objects: list[NamedNode | BlankNode | Literal]
    told: list[Quad]


@pytest.fixture(scope="session")
def vocabulary(shapes: Shapes, contents: dict[str, bytes]) -> Vocabulary:
    known = named_store(contents.items())
    listed = sorted({quad.subject for quad in known.quads_for_pattern(None, IN_SCHEME, None)}, key=str)[::6]
    terms = [quad for quad in known if "/graph/ontology" in str(quad.graph_name) and quad.predicate in TOLD]
    looked_at = {
        one
        for said in (SH.targetSubjectsOf, SH.targetObjectsOf, SH.path)
        for one in shapes.graph.objects(None, said)
    }
    return Vocabulary(
        predicates=sorted((to_ox(one) for one in looked_at if isinstance(one, rdflib.URIRef)), key=str),
        classes=sorted({to_ox(one) for one in shapes.graph.objects(None, SH.targetClass)}, key=str),
        objects=[*THINGS, *LITERALS, *listed],
        told=[*terms, *(quad for one in listed for quad in known.quads_for_pattern(one, None, None))],
    )


def drawn_statements(data: st.DataObject, vocabulary: Vocabulary) -> list[Quad]:
    """A submission of nonsense: some twenty things with a kind or two and a few properties, all from the vocabulary."""
    predicates = data.draw(st.lists(st.sampled_from(vocabulary.predicates), min_size=1, max_size=20))
    kinds = st.builds(
        Quad, st.sampled_from(THINGS), st.just(TYPE), st.sampled_from(vocabulary.classes), st.just(GRAPH_HERE)
    )
    facts = st.builds(
        Quad,
        st.sampled_from(THINGS),
        st.sampled_from(predicates),
        st.sampled_from(vocabulary.objects),
        st.just(GRAPH_HERE),
    )
    return data.draw(st.lists(kinds, max_size=15)) + data.draw(st.lists(facts, min_size=1, max_size=60))


def agree_on(statements: list[Quad], vocabulary: Vocabulary, shapes: Shapes) -> None:
    store = Store()
    store.extend([*vocabulary.told, *statements])
    focus = {quad.subject for quad in statements}
    here, there = found_here(store, focus, shapes), found_by_pyshacl(store, focus, shapes.graph)
    assert without_labels_that_are_no_texts(here) == without_labels_that_are_no_texts(there)


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_statements_are_found_to_be_what_plain_pyshacl_finds_them(
    data: st.DataObject, vocabulary: Vocabulary, shapes: Shapes
) -> None:
    agree_on(drawn_statements(data, vocabulary), vocabulary, shapes)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_hundreds_of_lots_of_random_statements_are_found_to_be_what_plain_pyshacl_finds_them(
    data: st.DataObject, vocabulary: Vocabulary, shapes: Shapes
) -> None:
    agree_on(drawn_statements(data, vocabulary), vocabulary, shapes)


def test_the_nodes_of_a_submission_get_what_they_get_when_everything_is_judged(
    published: Store, shapes: Shapes
) -> None:
    everything = found_here(published, None, shapes)
    nodes = {quad.subject for quad in published}
    assert everything
    assert found_here(published, nodes, shapes) == everything
