"""Rewrites the query of a SPARQL constraint so that one run answers for many focus nodes.

SHACL binds `$this` beforehand, everywhere in the query. VALUES at the head of a group does the same for that group, as
each of its solutions then has one focus node and solutions of different focus nodes never meet: joins, OPTIONAL, UNION
and FILTER keep `$this`, and EXISTS sees it. An inner group needs its own VALUES only where an expression of it, or a
group further in, reads `$this`. Where rows are cut off, or counted for all nodes together, or a query within the query
reads `$this`, there is no such query.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(
    r"'''(?:\\.|[^\\])*?'''"
    r'|"""(?:\\.|[^\\])*?"""'
    r"|'(?:\\.|[^'\\\n])*'"
    r'|"(?:\\.|[^"\\\n])*"'
    r'|<[^<>"{}|^`\\\s]*>'
    r"|#[^\n]*"
    r"|(?P<word>[$?]\w+|[\w:.-]+|[{}()])",
    re.DOTALL,
)
_ALONE = {"LIMIT", "OFFSET", "MINUS", "SERVICE", "VALUES", "$failure", "$currentShape", "$shapesGraph"}
_COUNTING = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "GROUP", "HAVING"}


@dataclass
class _Group:
    """A group of patterns: where its content begins and whether it must know a variable that is bound beforehand.

    What EXISTS is around sees it anyway; what is a query within the query takes no VALUES of its own.
    """

    start: int
    in_exists: bool
    must_know: bool
    mentions: bool = False
    is_query: bool = False
    parentheses: int = 0


class Together:
    """A query and the places in it where the focus nodes go; with no place it must be asked for each node alone."""

    def __init__(self, text: str) -> None:
        words = list(_words(text))
        groups = _groups(words, {"$this"})
        alone = any(group.is_query and group.mentions for group in groups)
        self._text = text
        self._starts = _starts(groups) if _tells_the_node(words) and not alone else []

    def __bool__(self) -> bool:
        return bool(self._starts)

    def about(self, nodes: Iterable[str]) -> str:
        """The query for these nodes, each as SPARQL writes it (`<…>`)."""
        return _with(self._text, self._starts, f" VALUES $this {{ {' '.join(nodes)} }} ")


def bound(text: str, values: Mapping[str, str]) -> str:
    """The query with these variables bound beforehand, each to a term as SPARQL writes it."""
    starts = _starts(_groups(list(_words(text)), {f"${name}" for name in values}))
    return _with(text, starts, "".join(f" VALUES ?{name} {{ {term} }} " for name, term in values.items()))


def _with(text: str, starts: list[int], inserted: str) -> str:
    cuts = [0, *starts, len(text)]
    return inserted.join(text[begin:end] for begin, end in zip(cuts, cuts[1:], strict=False))


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Variables as `$name`, keywords in capitals, names and brackets, each with its end; no strings, IRIs, comments."""
    for found in _TOKEN.finditer(text):
        if word := found["word"]:
            variable, name = word[0] in "$?", ":" in word
            yield f"${word[1:]}" if variable else word if name else word.upper(), found.end()


def _tells_the_node(words: list[tuple[str, int]]) -> bool:
    """Whether each row names its focus node and stands for no other's."""
    plain = [word for word, _ in words]
    if "{" not in plain or not _ALONE.isdisjoint(plain):
        return False
    head, tail = plain[: plain.index("{")], plain[len(plain) - plain[::-1].index("}") :]
    grouped = "GROUP" in tail and "$this" in _outside_parentheses(tail)
    return "$this" in _outside_parentheses(head) and (grouped or _COUNTING.isdisjoint(head + tail))


def _outside_parentheses(words: list[str]) -> Iterator[str]:
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if not depth:
            yield word


def _starts(groups: list[_Group]) -> list[int]:
    return [group.start for group in groups if group.must_know and not (group.in_exists or group.is_query)]


def _groups(words: list[tuple[str, int]], names: set[str]) -> list[_Group]:
    """The groups in the order they begin, read for these variables."""
    groups: list[_Group] = []
    opened: list[_Group] = []
    before = ""
    for word, end in words:
        if word == "{":
            in_exists = before == "EXISTS" or (bool(opened) and opened[-1].in_exists)
            opened.append(_Group(end, in_exists, must_know=not opened))
            groups.append(opened[-1])
        elif opened:
            _read(word, opened, names)
        before = word
    return groups


def _read(word: str, opened: list[_Group], names: set[str]) -> None:
    *around, inner = opened
    if word == "}":
        opened.pop()
    elif word in names:
        inner.must_know |= inner.parentheses > 0
        inner.mentions = True
        for group in around:
            group.must_know = group.mentions = True
    elif word == "SELECT":
        inner.is_query = True
    else:
        inner.parentheses += (word == "(") - (word == ")")
