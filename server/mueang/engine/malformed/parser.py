"""Turns the grammar into tables, and finds with them the first token at which a text stops being a query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from mueang.engine.malformed.grammar import RULES
from mueang.engine.malformed.lexer import Token, opening_at, token_at

Symbols = tuple[str, ...]
Stack = tuple[str, "Stack"] | None

_MOST_TOKENS = 15_000  # a tenth of a second
_RULE = re.compile(r"^(\w+) = (.*(?:\n +.*)*)", re.MULTILINE)
_PART = re.compile(r"'([^']+)'|(\w+)|([()|?*+])")


@dataclass(frozen=True)
class Reading:
    """The tokens of a text up to the first that cannot stand there, and what could have; nothing if all can stand.

    `whole` is False where the text has more tokens than are read.
    """

    text: str
    tokens: list[Token]
    possible: frozenset[str]
    whole: bool = True


@dataclass
class Tables:
    """The grammar without its brackets: each rule's alternatives, what it can begin with, whether it can be empty."""

    rules: dict[str, list[Symbols]] = field(default_factory=dict)
    first: dict[str, set[str]] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    after: dict[str, dict[str, Symbols]] = field(default_factory=dict)

    def possible(self, stack: Stack) -> frozenset[str]:
        """The kinds of tokens that can come next."""
        found: set[str] = set()
        while stack:
            symbol, stack = stack
            found |= self.first.get(symbol, {symbol})
            if symbol not in self.empty:
                break
        return frozenset(found)


def read(text: str) -> Reading:
    """The text's tokens, up to the first that cannot stand where it does."""
    tables, tokens = grammar_tables(), list[Token]()
    stack: Stack = ("Query", None)
    place = 0
    while stack and len(tokens) < _MOST_TOKENS:
        token = token_at(text, place)
        left = _read(tables, stack, token.kind)
        if left is stack and token.kind == "IRIREF":
            token = opening_at(token.start)
            left = _read(tables, stack, token.kind)
            token = token_at(text, place) if left is stack else token
        tokens.append(token)
        if left is stack:
            return Reading(text, tokens, tables.possible(stack))
        stack, place = left, token.end
    return Reading(text, tokens, frozenset(), whole=not stack)


def _read(tables: Tables, stack: Stack, kind: str) -> Stack:
    """The stack after a token of this kind; the same stack if it cannot come."""
    left = stack
    while left:
        symbol, left = left
        if symbol == kind:
            return left
        coming = tables.after.get(symbol, {}).get(kind)
        if coming is not None:
            for each in coming:
                left = each, left
            return left
        if symbol not in tables.empty:
            return stack
    return stack


@cache
def grammar_tables() -> Tables:
    """The tables, made at the first malformed query."""
    tables = Tables()
    for name, written in _RULE.findall(RULES):
        parts = _PART.findall(written)
        tables.rules[name] = _choices(tables, name, iter(parts))
    while _grow(tables):
        pass
    for rule in tables.rules:
        tables.after[rule] = {kind: _after(tables, rule, kind)[::-1] for kind in tables.first[rule]}
    return tables


def _choices(tables: Tables, name: str, parts: Iterator[tuple[str, str, str]]) -> list[Symbols]:
    """Alternatives up to the closing bracket; what is in brackets or repeated becomes a rule of its own."""
    found: list[list[str]] = [[]]
    for quoted, word, sign in parts:
        match sign:
            case "":
                found[-1].append(quoted or word)
            case "|":
                found.append([])
            case ")":
                break
            case "(":
                inner = _choices(tables, name, parts)
                found[-1].append(_extra(tables, name, inner))
            case _:
                found[-1].append(_repeated(tables, name, found[-1].pop(), sign))
    return [tuple(one) for one in found]


def _repeated(tables: Tables, name: str, symbol: str, sign: str) -> str:
    if sign == "?":
        return _extra(tables, name, [(symbol,), ()])
    more = _extra(tables, name, [])
    tables.rules[more] = [(symbol, more), ()]
    return more if sign == "*" else _extra(tables, name, [(symbol, more)])


def _extra(tables: Tables, name: str, alternatives: list[Symbols]) -> str:
    extra = f"{name}.{len(tables.rules)}"
    tables.rules[extra] = alternatives
    return extra


def _after(tables: Tables, rule: str, kind: str) -> Symbols:
    """What of a rule is still to come once a token of this kind has been read as its beginning."""
    for alternative in tables.rules.get(rule, ()):
        for place, symbol in enumerate(alternative, 1):
            if symbol == kind:
                return alternative[place:]
            if kind in tables.first.get(symbol, ()):
                return _after(tables, symbol, kind) + alternative[place:]
            if symbol not in tables.empty:
                break
    return ()


def _grow(tables: Tables) -> bool:
    """One round of working out what rules begin with; whether anything was new."""
    before = sum(map(len, tables.first.values())) + len(tables.empty)
    for rule, alternatives in tables.rules.items():
        first = tables.first.setdefault(rule, set())
        for alternative in alternatives:
            for symbol in alternative:
                first |= tables.first.get(symbol, set()) if symbol in tables.rules else {symbol}
                if symbol not in tables.empty:
                    break
            else:
                tables.empty.add(rule)
    return sum(map(len, tables.first.values())) + len(tables.empty) != before
