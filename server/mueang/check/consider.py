"""The desk's jobs for a submission: `consider`, what would become of it; `retell`, its report in another format."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.consequence import change, consequence
from mueang.check.encoding import decoded
from mueang.check.formats import report_format
from mueang.check.judge import check
from mueang.check.judgement import broken_by
from mueang.check.known import Known
from mueang.check.plain import as_json, from_json
from mueang.check.reader import Submission, submission_graph
from mueang.check.rendering import Checked, rendered
from mueang.check.report import Report, Severity
from mueang.check.validation import in_words_of_the_file, is_table, read
from mueang.check.written import written
from mueang.errors import MalformedData
from mueang.graph.names import PREFIXES
from mueang.graph.store import graph_name

_DC, _PROV, _TSC = PREFIXES["dcterms"], PREFIXES["prov"], PREFIXES["tsc"]
_TOLD = {
    f"{_DC}title": "title",
    f"{_DC}description": "description",
    f"{_DC}license": "license",
    f"{_PROV}wasDerivedFrom": "sources",
}
_SOURCES = {f"{_DC}source", f"{_TSC}statedIn"}
_FOR_THE_GATE = {
    f"{PREFIXES['rdf']}type",
    f"{_PROV}generatedAtTime",
    f"{_PROV}wasAttributedTo",
    f"{_PROV}wasGeneratedBy",
    f"{_TSC}reviewState",
    f"{_TSC}submittedOn",
}
_MOST_SOURCES = 100
Said = tuple[dict[str, Any], tuple[bytes, ...]]


def considered(known: Known, asked: Mapping[str, Any], content: bytes) -> Said:
    """What would become of a file as the graph `graph`, with the graphs in `without` taken out for it.

    The parts: the report as JSON, the graph's content as Turtle, what it would change as JSON.
    """
    target = NamedNode(asked["graph"])
    before = _taken_out(known, asked["without"])
    submission = _read(known, asked["name"], content, target)
    own = {quad.graph_name for quad in submission.quads}
    quads = list(dict.fromkeys(_in_one(submission.quads, own, target)))
    after = [quad for quad in quads if quad.subject != target or quad.predicate.value not in _OF_RECORD]
    report = _judged(known, submission, before, after)
    report = in_words_of_the_file(report, asked["name"], content, known.store, known.shapes)
    then = consequence(known.store, change(known.store, before, after), after, report, known.shapes)
    said = {
        "generation": known.generation,
        "accepted": report.accepted and bool(after),
        "counts": {f"{one.name.lower()}s": report.count(one) for one in Severity},
        "words": then["words"],
        "stated": _stated(quads, target),
    }
    return said, (as_json(report).encode(), written(after), json.dumps(then, ensure_ascii=False).encode())


def retold(_: Known, asked: Mapping[str, Any], content: bytes) -> Said:
    """A report that was kept, as JSON in `asked`, in a format; `content` is the file that it is about."""
    report = from_json(asked["report"])
    text = ""
    if not is_table(report.name):
        with suppress(MalformedData):
            text = decoded(report.name, content)[0]
    wanted = report_format(asked["format"])
    body = rendered(
        wanted, Checked(report, Submission(report.name, (), text=text), content), asked["language"]
    )
    return {"accepted": report.accepted, "media_type": wanted.media_type_for(report.name)}, (body,)


_OF_RECORD = {*_TOLD, *_FOR_THE_GATE}


def _taken_out(known: Known, graphs: Iterable[str]) -> list[Quad]:
    """What these graphs said; the store is without them from now on."""
    names = [graph_name(graph) for graph in graphs]
    found = [quad for name in names for quad in known.store.quads_for_pattern(None, None, None, name)]
    for name in names:
        known.store.remove_graph(name)
    return found


def _read(known: Known, name: str, content: bytes, target: NamedNode) -> Submission:
    """The file as `validate` reads it, unless the graph that goes by the file's name is published already."""
    found = read(name, content, known.store, known.shapes)
    default = submission_graph(name)
    if next(known.store.quads_for_pattern(None, None, None, default), None) is None:
        return found
    quads = (
        next(_in_one([quad], {default}, target)) if quad.graph_name == default else quad
        for quad in found.quads
    )
    return replace(found, quads=tuple(quads))


def _judged(known: Known, submission: Submission, before: list[Quad], after: list[Quad]) -> Report:
    """The report on a file, and on what breaks by what its graph takes the place of being gone."""
    found = check(submission, known.store, known.shapes)
    kept = {quad.triple for quad in after}
    lost = [quad for quad in before if quad.triple not in kept]
    if not lost:
        return found
    known.store.extend(after)
    others = broken_by(known.store, lost, after, known.shapes)  # which brings back what is lost
    for quad in lost:
        known.store.remove(quad)
    return replace(found, findings=(*found.findings, *others))


def _in_one(quads: Iterable[Quad], own: set[Any], target: NamedNode) -> Iterator[Quad]:
    """The statements of all its graphs in one, where they speak of any of those as of that one."""
    for quad in quads:
        subject = target if quad.subject in own else quad.subject
        value = target if quad.object in own else quad.object
        yield Quad(subject, quad.predicate, value, target)


def _stated(quads: Iterable[Quad], target: NamedNode) -> dict[str, list[str]]:
    """What the file says for the record of its graph, as terms in N-Triples form."""
    found: dict[str, list[str]] = {"title": [], "description": [], "license": [], "sources": []}
    for quad in quads:
        told = _TOLD.get(quad.predicate.value) if quad.subject == target else None
        if told in ("title", "description"):
            _add(found[told], quad.object, Literal)
        elif told or quad.predicate.value in _SOURCES:
            _add(found[told or "sources"], quad.object, NamedNode)
    return {name: sorted(terms)[: _MOST[name]] for name, terms in found.items()}


_MOST = {"title": 2, "description": 2, "license": 1, "sources": _MOST_SOURCES}


def _add(terms: list[str], term: Any, kind: type) -> None:
    if isinstance(term, kind) and str(term) not in terms:
        terms.append(str(term))
