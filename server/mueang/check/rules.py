"""Everything that the rules find on some statements: the shapes, composed text, and literals against their grammar."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from mueang.check.lexical import badly_written_literals
from mueang.check.locator import stored_forms
from mueang.check.report import Severity
from mueang.check.shacl import Result, Shapes

_NOT_NFC = "F08"


def results_on(quads: Collection[Quad], store: Store, shapes: Shapes) -> list[Result]:
    """What is wrong with these statements in a store that holds them; one fault is told once."""
    subjects = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode | BlankNode)}
    found = [*as_written(shapes.judge(store, subjects), quads), *texts_not_composed(quads, shapes)]
    told = {(one.focus, one.path, one.value) for one in found if one.severity is Severity.VIOLATION}
    literals = badly_written_literals(quads, shapes)
    return found + [one for one in literals if (one.focus, one.path, one.value) not in told]


def as_written(results: Iterable[Result], quads: Collection[Quad]) -> list[Result]:
    """The results with their literals as the statements write them: the store has 1.5 where somebody wrote 1.50."""
    forms = stored_forms(quad.object for quad in quads if isinstance(quad.object, Literal))
    written = {
        (str(quad.subject), str(quad.predicate), forms[str(quad.object)]): str(quad.object)
        for quad in quads
        if str(quad.object) in forms
    }
    return [
        replace(one, value=written.get((one.focus, one.path or "", one.value or ""), one.value))
        for one in results
    ]


def texts_not_composed(quads: Iterable[Quad], shapes: Shapes) -> Iterator[Result]:
    """Texts that are not in Unicode's composed form (NFC), which SPARQL cannot see."""
    for quad in quads:
        if isinstance(quad.object, Literal) and not unicodedata.is_normalized("NFC", quad.object.value):
            yield shapes.result(_NOT_NFC, focus=quad.subject, path=quad.predicate, value=quad.object)
