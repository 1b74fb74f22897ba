"""What is wrong with a query, in words: the line, a caret under the place, and what to do about it.

`malformed` is the door. Oxigraph's own message serves only to check ours, and where ours has nothing to say: its
places can be off and its words are character classes. So `lexer`, `grammar` and `parser` find the first token that
cannot stand where it does (LL(1), as the standard's grammar is); `advice` and the modules it lists say why;
`names`, `scope` and `selection` explain what follows the grammar and is refused all the same.
Nothing here sees the data. No pattern takes longer than the text is long, and beyond some thousands of tokens only
the place is told. Imports `graph.names` and `errors`.
"""

import re
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from mueang.engine.malformed.advice import advise
from mueang.engine.malformed.names import first_flaw, unknown_function, wrong_arguments
from mueang.engine.malformed.parser import Reading, read
from mueang.engine.malformed.place import place_at, position, shown
from mueang.engine.malformed.scope import misuse
from mueang.engine.malformed.stop import Advice, Stop, clipped
from mueang.engine.malformed.words import joined
from mueang.errors import MalformedQuery
from mueang.graph.names import BASE

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")
_ARGUMENTS = re.compile(
    r"The custom function <([^>]*)> requires between (\d+) and (\d+) arguments, but (\d+) were"
)
_MOST_WORDS = 400
_LONGEST_KEYWORD = 14


def malformed(text: str, error: str) -> MalformedQuery:
    """The error for a query that does not parse, or that uses what this engine does not know."""
    if found := _PLACE.match(error):
        place = place_at(text, int(found[1]), int(found[2]))
        return _told(text, explained(text, place, found[3]))
    if function := _FUNCTION.match(error):
        return _told(text, unknown_function(read(text), function[1]))
    if arguments := _ARGUMENTS.match(error):
        return _told(text, wrong_arguments(read(text), *arguments.groups()))
    said = clipped(error, _MOST_WORDS)
    return MalformedQuery(th=f"ตอบคำถามนี้ไม่ได้: {said}", en=f"this query cannot be answered: {said}")


def explained(text: str, place: int, expected: str) -> Advice:
    """What is wrong with a query at which the engine stopped at a place, expecting something."""
    reading = read(text)
    if flaw := first_flaw(reading):
        return flaw
    stop = Stop(reading)
    if reading.possible and _agreed(stop, place, expected):
        advice = advise(stop)
        return advice._replace(place=stop.place if advice.place is None else advice.place)
    return _unreadable(reading, place) or misuse(reading) or _unexplained(place)


def _agreed(stop: Stop, place: int, expected: str) -> bool:
    """Whether the engine read no further than the token we stopped at; where it did, our grammar is not its own.

    What it took for an IRI, from any `<` to the next `>`, says nothing; and it needs no space between two words.
    """
    guessed_iri = '">"' in expected or "IRI parsing failed" in expected
    near = place <= stop.found.end + _LONGEST_KEYWORD
    return near or guessed_iri or stop.found.kind in ("OPEN", "<", "<<") or joined(stop) is not None


def _unreadable(reading: Reading, place: int) -> Advice | None:
    """An IRI shortly before the place where the engine stopped, if it is none."""
    for token in reversed(reading.tokens):
        near = token.end <= place <= token.end + _LONGEST_KEYWORD
        if token.kind == "IRIREF" and near and not _is_iri(token.text[1:-1]):
            iri = clipped(token.text, 100)
            return Advice(f"{iri} ไม่ใช่ IRI ที่ถูกต้อง", f"{iri} is no IRI", token.start)
    return None


def _is_iri(text: str) -> bool:
    try:
        NamedNode(urljoin(BASE, text))
    except ValueError:
        return False
    return True


def _unexplained(place: int) -> Advice:
    return Advice("แถวนี้อ่านเป็น SPARQL ไม่ได้", "near here this cannot be read as SPARQL", place)


def _told(text: str, advice: Advice) -> MalformedQuery:
    th, en = clipped(advice.th, _MOST_WORDS), clipped(advice.en, _MOST_WORDS)
    if advice.place is None:
        return MalformedQuery(th=th, en=en)
    line, column = position(text, advice.place)
    below = shown(text, advice.place)
    return MalformedQuery(
        th=f"คำถามผิดไวยากรณ์ที่บรรทัด {line} ตำแหน่ง {column}: {th}\n{below}",
        en=f"the query is malformed at line {line}, column {column}: {en}\n{below}",
        line=line,
        column=column,
    )
