"""Where each statement of Turtle, TriG, N-Triples or N-Quads stands: the stretches of text it is read from.

Oxigraph reads the text; here its tokens are walked once more, in the order in which Oxigraph tells its quads. The
text is known to be well formed, so that the walk needs to know brackets and full stops, and nothing of their sense.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from mueang.check.flaw import Flaw
from mueang.check.span import Span, Stretch

_GAP = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
_BASE = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = _BASE + r"_0-9\-\u00B7\u0300-\u036F\u203F\u2040"
_IRI = r"<[^<>\"{}|^`\x00-\x20]*+>"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\."
_LOCAL = rf"(?:[{_NAME}:]|{_ESCAPED}|\.++(?=[{_NAME}:%\\]))*+"
_PREFIXED = rf"(?:[{_BASE}](?:[{_NAME}]|\.++(?=[{_NAME}]))*+)?:{_LOCAL}"
_STRING = (
    r"'''(?:'{0,2}(?:[^'\\]|\\.))*+'''" + r'|"""(?:"{0,2}(?:[^"\\]|\\.))*+"""'
    r"|'(?:[^'\\]|\\.)*+'" + r'|"(?:[^"\\]|\\.)*+"'
)
_UNCLOSED = r"""(?:'''|\"\"\"|'|\")(?s:.*)"""  # goes to the end, so that no text takes longer than its length
_TOKEN = re.compile(
    rf"""{_GAP}(?:
    (?P<directive>@(?:prefix|base)\b{_GAP}(?:{_PREFIXED})?{_GAP}{_IRI}{_GAP}\.
      | (?i:prefix){_GAP}{_PREFIXED}{_GAP}{_IRI} | (?i:base){_GAP}{_IRI})
  | (?P<term>{_IRI}
      | (?:{_STRING})(?P<suffix>{_GAP}(?:@[A-Za-z0-9\-]++|\^\^{_GAP}(?:{_IRI}|{_PREFIXED})))?
      | _:[{_NAME}](?:[{_NAME}]|\.++(?=[{_NAME}]))*+
      | {_PREFIXED}
      | (?:true|false|a)(?![{_NAME}:])
      | [+\-]?(?:[0-9]*\.?[0-9]++(?:\.[0-9]*(?=[eE]))?|[0-9]++\.(?=[eE]))(?:[eE][+\-]?[0-9]++)?)
  | (?P<graph>(?i:graph)(?![{_NAME}:]))
  | (?P<mark>[\[\](){{}}.,;])
  | (?P<end>\Z))""",
    re.VERBOSE | re.DOTALL,
)


_PREFIX = re.compile(rf"([^\s:<>#]*):{_GAP}<([^<>]*)>")
_OF_RDF_12 = re.compile(
    rf"""\#[^\r\n]*+|{_IRI}|\\.|(?:{_STRING}|{_UNCLOSED})(?:{_GAP}@[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+(?P<new>--))?
    |(?P<mark><<\(?|\{{\|)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass
class _Open:
    """A bracket that is open, what it is part of, and whether it has any element yet."""

    at: Stretch
    subject: Stretch
    predicate: Stretch
    due: str
    empty: bool = True


def check_terse(text: str) -> None:
    """Makes sure that no statement is about a statement: RDF 1.2 has that, and the rules know RDF 1.1. Raises Flaw."""
    if "<<" not in text and "{|" not in text and "--" not in text:
        return
    for match in _OF_RDF_12.finditer(text):
        if match.lastgroup:
            raise Flaw(
                match.start(match.lastgroup),
                th=f"{match[match.lastgroup]} เป็นของ RDF 1.2 ซึ่งไม่อ่านที่นี่: เขียนเป็นข้อความตาม RDF 1.1",
                en=f"{match[match.lastgroup]} belongs to RDF 1.2, which is not read here: write statements of RDF 1.1",
            )


def terse_spans(text: str, _: Sequence[Quad]) -> Iterator[Span]:
    """The span of each statement, in the order in which Oxigraph reads them."""
    walk = _Walk()
    unended: list[Span] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "mark":
            found = walk.mark(match["mark"], match.span(kind))
        elif kind == "term":
            found = walk.term(match.span(kind))
        else:
            continue
        together = [*unended, *found]
        is_text = kind == "term" and match["term"][0] in "\"'"
        unended = [together.pop()] if is_text else []
        yield from reversed(together)
        if unended and match["suffix"]:
            yield unended.pop()


def declared_prefixes(text: str) -> Iterator[tuple[int, str, str]]:
    """The prefixes that a text declares: where, the prefix, and its namespace as written."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "directive" and (found := _PREFIX.search(match["directive"])):
            yield match.start("directive"), found[1], found[2]


class _Walk:
    """Knows what is due at the next token: a subject, a predicate, an object, or the end of a statement."""

    def __init__(self) -> None:
        self._due = "subject"
        self._subject = self._predicate = (0, 0)
        self._open: list[_Open] = []

    def term(self, at: Stretch) -> Iterator[Span]:
        """A name or a literal; a fourth one is the graph's in N-Quads."""
        if self._due == "subject":
            self._subject, self._due = at, "predicate"
        elif self._due == "predicate":
            self._predicate, self._due = at, "object"
        elif self._due == "element":
            yield from self._link(at)
            yield Span(self._open[-1].at, at, at, at)
        elif self._due == "object":
            yield self._object(at)

    def mark(self, mark: str, at: Stretch) -> Iterator[Span]:
        """A bracket or a sign between statements."""
        match mark:
            case "," | ";":
                self._due = "object" if mark == "," else "predicate"
            case "[" | "(":
                yield from self._opened(mark, at)
            case "]":
                yield from self._closed(self._left(), at)
            case ")":
                yield from self._list_closed(at)
            case _:
                self._due = "subject"

    def _object(self, at: Stretch) -> Span:
        self._due = "end"
        return Span(self._subject, self._predicate, at, at)

    def _opened(self, mark: str, at: Stretch) -> Iterator[Span]:
        if self._due == "element":
            yield from self._link(at)
        self._open.append(_Open(at, self._subject, self._predicate, self._due))
        self._subject, self._due = at, "predicate" if mark == "[" else "element"

    def _left(self) -> _Open:
        bracket = self._open.pop()
        self._subject, self._predicate, self._due = bracket.subject, bracket.predicate, bracket.due
        return bracket

    def _closed(self, bracket: _Open, end: Stretch) -> Iterator[Span]:
        """A bracket that closes is a subject, or the object of a statement that is complete now."""
        at = (bracket.at[0], end[1])
        if self._due == "subject":
            self._subject, self._due = at, "predicate"
        elif self._due == "element":
            yield Span(self._open[-1].at, at, at, at)
        else:
            yield self._object(at)

    def _list_closed(self, at: Stretch) -> Iterator[Span]:
        bracket = self._left()
        if bracket.empty:
            yield from self._closed(bracket, at)
            return
        yield Span(bracket.at, at, at, at)
        if self._due == "subject":
            self._subject, self._due = (bracket.at[0], at[1]), "predicate"
        elif self._due == "object":
            self._due = "end"

    def _link(self, at: Stretch) -> Iterator[Span]:
        """What ties a list's next element to the one before, and its first one to what the list is part of."""
        bracket = self._open[-1]
        if not bracket.empty:
            yield Span(bracket.at, at, at, at)
        elif bracket.due == "object":
            yield Span(bracket.subject, bracket.predicate, bracket.at, bracket.at)
        elif bracket.due == "element":
            yield Span(self._open[-2].at, bracket.at, bracket.at, bracket.at)
        bracket.empty = False
