"""What is wrong with a text that follows the grammar: variables bound twice, uneven rows, misplaced aggregates.

It walks from brace to brace and keeps the variables that each group binds, as SPARQL 1.1 (18.2.1) defines them.
"""

from collections.abc import Iterator, Sequence

from mueang.engine.malformed.grammar import AGGREGATES
from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.parser import Reading
from mueang.engine.malformed.selection import Selected, selection_flaws
from mueang.engine.malformed.stop import CLOSING, NAMES, Advice, clipped

_MOST_TOKENS = 10_000
_DEEPEST = 100
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_LARGEST = 2**63 - 1


def misuse(reading: Reading) -> Advice | None:
    """The first thing that is wrong though the grammar allows it."""
    if len(reading.tokens) > _MOST_TOKENS or not reading.whole or reading.possible:
        return None
    walk = _Walk(reading.tokens)
    if max(walk.depths) > _DEEPEST:
        return None
    walk.query()
    return next(iter(walk.flaws), None)


class _Walk:
    """A walk over the tokens of a query that notes flaws on its way."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.flaws: list[Advice] = []
        self.ends: dict[int, int] = {}
        self.depths: list[int] = []
        opened: list[int] = []
        for index, token in enumerate(tokens):
            if token.kind in CLOSING.values() and opened:
                self.ends[opened.pop()] = index
            self.depths.append(len(opened))
            if token.kind in CLOSING:
                opened.append(index)

    def query(self) -> None:
        """The whole query."""
        start = self._next(0, _FORMS)
        if self._kind(start) == "SELECT":
            self._select(start, len(self.tokens) - 1)
        else:
            self._other_form(start)
        self._blank_nodes(start)
        self._numbers()

    def _kind(self, index: int) -> str:
        return self.tokens[index].kind if index < len(self.tokens) else "END"

    def _next(self, place: int, kinds: frozenset[str]) -> int:
        while place < len(self.tokens) and self.tokens[place].kind not in kinds:
            place += 1
        return place

    def _select(self, start: int, end: int) -> set[str]:
        """A SELECT up to the end of what it governs; the variables it gives."""
        named, brace = self._selected(start + 1)
        bound = self._group(brace)
        for place in range(self.ends[brace] + 1, end):
            if self._kind(place) == "VALUES":
                self._values(place, bound)
        self.flaws += selection_flaws(named, bound, self.tokens[self.ends[brace] + 1 : end])
        names = {one.name.text[1:] for one in named}
        return bound if "" in names else names

    def _selected(self, place: int) -> tuple[list[Selected], int]:
        """What SELECT names, and where its pattern begins."""
        named = []
        while self._kind(place) != "{":
            if self._kind(place) in ("VAR", "*"):
                named.append(Selected(self.tokens[place]))
            elif self._kind(place) == "(":
                end = self.ends[place]
                named.append(Selected(self.tokens[end - 1], self.tokens[place + 1 : end - 2]))
                place = end
            place += 1
        return named, place

    def _group(self, brace: int) -> set[str]:
        """The variables that a group in braces binds."""
        place, end, bound = brace + 1, self.ends[brace], set[str]()
        if self._kind(place) == "SELECT":
            return self._select(place, end)
        while place < end:
            place = self._element(place, bound) + 1
        return bound

    def _element(self, place: int, bound: set[str]) -> int:
        """One token of a group, or all that belongs to it; the index of its last token."""
        match self._kind(place):
            case "VAR":
                bound.add(self.tokens[place].text[1:])
            case "{":
                inner = self._group(place)
                bound |= inner if self._kind(place - 1) != "MINUS" else set()
                return self.ends[place]
            case "FILTER":
                return self._condition(place + 1)
            case "BIND":
                return self._bind(place, bound)
            case "VALUES":
                return self._values(place, bound)
        return place

    def _condition(self, place: int) -> int:
        """The condition of FILTER, in which nothing is bound; the index of its last token."""
        opening = self._next(place, frozenset({"(", "{", "NIL"}))
        end = self.ends.get(opening, opening)
        self._expression(place, end + 1)
        return end

    def _expression(self, place: int, end: int) -> None:
        """Looks into the patterns of EXISTS, and for aggregates where none can be."""
        while place < end:
            if self._kind(place) == "{":
                self._group(place)
                place = self.ends[place]
            elif self._kind(place) in AGGREGATES:
                self.flaws.append(_misplaced(self.tokens[place]))
            place += 1

    def _bind(self, place: int, bound: set[str]) -> int:
        end = self.ends[place + 1]
        name = self.tokens[end - 1]
        self._expression(place + 2, end)
        if name.text[1:] in bound:
            self.flaws.append(_bound_twice(name))
        bound.add(name.text[1:])
        return end

    def _values(self, place: int, bound: set[str]) -> int:
        brace = self._next(place, frozenset({"{"}))
        names = [token for token in self.tokens[place:brace] if token.kind == "VAR"]
        if self._kind(place + 1) != "VAR":
            self.flaws += self._uneven_rows(brace, len(names))
            self.flaws += _repeated(names)
        bound |= {name.text[1:] for name in names}
        return self.ends[brace]

    def _uneven_rows(self, brace: int, width: int) -> Iterator[Advice]:
        place = brace + 1
        while place < self.ends[brace]:
            end = self.ends.get(place, place)
            if (found := _count(self.tokens[place + 1 : end])) != width:
                yield _uneven(self.tokens[place], found, width)
            place = end + 1

    def _other_form(self, start: int) -> None:
        """ASK, CONSTRUCT and DESCRIBE: what is in their braces, and GROUP BY, which they cannot have here."""
        outer = [index for index in range(start, len(self.tokens)) if self.depths[index] == 0]
        for index in outer:
            if self._kind(index) == "{" and self._kind(index - 1) != "CONSTRUCT":
                self._group(index)
        last = max((index for index in outer if self._kind(index) == "}"), default=start)
        grouping = [token for token in self.tokens[last:] if token.kind in AGGREGATES | {"GROUP"}]
        if grouping and self._kind(start + 1) not in NAMES | {"VAR"}:
            self.flaws.append(_no_groups(self.tokens[start], grouping[0]))

    def _blank_nodes(self, start: int) -> None:
        """The label of a blank node belongs to one group; the template of CONSTRUCT stands apart."""
        template = self._kind(start) == "CONSTRUCT" and self._kind(start + 1) == "{"
        place = self.ends[start + 1] + 1 if template else start
        used, current = set[str](), set[str]()
        while place < len(self.tokens):
            token = self.tokens[place]
            if token.kind == "VALUES":
                place = self.ends[self._next(place, frozenset({"{"}))]
            elif token.kind in ("{", "}"):
                used |= current
                current = set()
            elif token.kind == "BLANK" and token.text in used:
                self.flaws.append(_used_before(token))
                return
            elif token.kind == "BLANK":
                current.add(token.text)
            place += 1

    def _numbers(self) -> None:
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if before.kind in ("LIMIT", "OFFSET") and (len(token.text) > 20 or int(token.text) > _LARGEST):
                self.flaws.append(_too_large(before, token))


def _count(row: Sequence[Token]) -> int:
    """How many values a row of VALUES has."""
    found = depth = 0
    for before, token in zip((None, *row), row, strict=False):
        depth += (token.kind == "<<(") - (token.kind == ")>>")
        aside = token.kind in ("LANGTAG", "^^", "+", "-", ")>>") or (
            before is not None and before.kind == "^^"
        )
        found += not aside and depth == (token.kind == "<<(")
    return found


def _bound_twice(name: Token) -> Advice:
    text = clipped(name.text)
    return Advice(
        f"{text} มีค่าแล้วก่อน BIND: ตั้งชื่ออื่นหลัง AS",
        f"{text} has a value already before this BIND: choose another name after AS",
        name.start,
    )


def _misplaced(token: Token) -> Advice:
    return Advice(
        f"{token.text} ใช้ใน FILTER หรือ BIND ไม่ได้: ใช้ใน SELECT, HAVING หรือ ORDER BY (หรือในคำถามย่อย)",
        f"{token.text} cannot stand in FILTER or BIND: it belongs in SELECT, HAVING or ORDER BY (or in a subquery)",
        token.start,
    )


def _repeated(names: Sequence[Token]) -> Iterator[Advice]:
    seen = set[str]()
    for name in names:
        if name.text in seen:
            text = clipped(name.text)
            yield Advice(f"VALUES มี {text} ซ้ำ", f"VALUES names {text} twice", name.start)
        seen.add(name.text)


def _uneven(row: Token, found: int, width: int) -> Advice:
    return Advice(
        f"แถวนี้ของ VALUES มี {found} ค่า แต่มี {width} ตัวแปร: ค่าที่ไม่มีเขียน UNDEF",
        f"this row of VALUES holds {found} instead of {width} values: write UNDEF for a value that is not given",
        row.start,
    )


def _no_groups(form: Token, token: Token) -> Advice:
    word = "GROUP BY" if token.kind == "GROUP" else token.text
    return Advice(
        f"{form.text} จัดกลุ่มไม่ได้ที่นี่: ใส่ {word} ในคำถามย่อย {{ SELECT … }}",
        f"{form.text} does not group here: put {word} into a subquery {{ SELECT … }}",
        token.start,
    )


def _used_before(token: Token) -> Advice:
    text = clipped(token.text)
    return Advice(
        f"{text} ใช้แล้วในวงเล็บปีกกาอื่น: ใช้ตัวแปรแทน",
        f"{text} is used already in other braces, and a blank node belongs to one pair: use a variable",
        token.start,
    )


def _too_large(before: Token, token: Token) -> Advice:
    return Advice(
        f"จำนวนหลัง {before.text} มากเกินไป", f"the number after {before.text} is too large", token.start
    )
