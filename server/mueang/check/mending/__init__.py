"""Writes the repaired copy of a text file: a repair's words in place of the old ones, every other byte as it was.

`terse`, `rdfxml` and `jsonld` say which words go where in their syntax, or that a repair cannot be written there.
Tables are mended in `sheets`, which knows their forms.
"""

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from mueang.check.encoding import encoded
from mueang.check.locator import Triple, as_triple
from mueang.check.mending.change import Term, Writer, Written
from mueang.check.mending.jsonld import Json
from mueang.check.mending.rdfxml import Xml
from mueang.check.mending.terse import Lines, Terse
from mueang.check.reader import Submission, syntax_of
from mueang.check.report import Repair
from mueang.check.span import Stretch

_WRITERS: Mapping[RdfFormat, type[Writer]] = {
    RdfFormat.TURTLE: Terse,
    RdfFormat.TRIG: Terse,
    RdfFormat.N_TRIPLES: Lines,
    RdfFormat.N_QUADS: Lines,
    RdfFormat.RDF_XML: Xml,
    RdfFormat.JSON_LD: Json,
}


def mended(submission: Submission, content: bytes, repairs: Iterable[Repair]) -> tuple[bytes, list[Repair]]:
    """The file with these repairs made, and those of them that were.

    Left out are repairs that differ for one statement, and those whose words cannot stand where they have to.
    A property that is named once for several values is written anew for all of them.
    """
    if not submission.spans:
        return content, []
    writer = _WRITERS[syntax_of(submission.name, submission.text)](submission.text)
    codec = submission.encoding.codec
    made, changes = list[Repair](), _Changes()
    for repair, numbers in _agreed(submission, repairs):
        words = _words(submission, numbers, repair, writer)
        if words and _is_encodable(words, codec) and changes.take(words):
            made.append(repair)
    text = "".join(_pieces(submission.text, changes))
    return (encoded(text, submission.encoding) if made else content), made


def _agreed(submission: Submission, repairs: Iterable[Repair]) -> Iterator[tuple[Repair, list[int]]]:
    """The repairs that do not contradict another, each with the numbers of the quads it is for."""
    wanted = defaultdict[Triple, dict[tuple[str, str], Repair]](dict)
    for repair in repairs:
        wanted[repair.statement][repair.predicate, repair.value] = repair
    numbers = defaultdict[Triple, list[int]](list)
    for number, quad in enumerate(submission.quads):
        numbers[as_triple(quad)].append(number)
    for statement, different in wanted.items():
        if len(different) == 1 and statement in numbers:
            yield from ((repair, numbers[statement]) for repair in different.values())


def _words(submission: Submission, numbers: list[int], repair: Repair, writer: Writer) -> dict[Stretch, str]:
    """What to write for a repair, everywhere the statement stands; nothing if one place of them cannot take it.

    What is said within brackets, or of a node within another, would be lost or told of something else.
    """
    new = _read(repair)
    words = dict[Stretch, str]()
    for number in numbers:
        span = submission.spans.all[number] if submission.spans else None
        old = submission.quads[number]
        is_bracket = isinstance(old.object, BlankNode) and old.object != new.object
        changes = writer.changes(span, old, new) if span and not is_bracket else {}
        if not changes:
            return {}
        words |= changes
    return words


def _read(repair: Repair) -> Written:
    (triple,) = parse(f"<a:a> {repair.predicate} {repair.value} .", format=RdfFormat.N_TRIPLES)
    return Written(cast(NamedNode, triple.predicate), cast(Term, triple.object))


def _is_encodable(words: Mapping[Stretch, str], codec: str) -> bool:
    try:
        "".join(words.values()).encode(codec)
    except UnicodeEncodeError:
        return False
    return True


class _Changes(dict[Stretch, str]):
    """New words by the stretch they replace; no two stretches overlap."""

    def __init__(self) -> None:
        super().__init__()
        self._stretches = list[Stretch]()

    def take(self, words: Mapping[Stretch, str]) -> bool:
        """Adds these words, or none of them if others are to be written at one of the places already."""
        if any(self._is_taken(stretch, text) for stretch, text in words.items()):
            return False
        for stretch in words.keys() - self.keys():
            insort(self._stretches, stretch)
        self.update(words)
        return True

    def _is_taken(self, stretch: Stretch, text: str) -> bool:
        if stretch in self:
            return self[stretch] != text
        at = bisect(self._stretches, stretch)
        before, after = self._stretches[max(at - 1, 0) : at], self._stretches[at : at + 1]
        return any(one[1] > stretch[0] for one in before) or any(one[0] < stretch[1] for one in after)


def _pieces(text: str, changes: Mapping[Stretch, str]) -> Iterator[str]:
    end = 0
    for (start, stop), words in sorted(changes.items()):
        yield text[end:start]
        yield words
        end = stop
    yield text[end:]
