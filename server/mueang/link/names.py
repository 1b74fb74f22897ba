"""The index of names: which thing of the graph a text means, or which it may mean; what is uncertain stays so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from threading import Lock
from time import monotonic
from types import MappingProxyType
from weakref import WeakKeyDictionary

from mueang.engine.query import Engine
from mueang.link import likeness, spelling
from mueang.link.judgement import Candidate, Match
from mueang.link.roll import Roll
from mueang.link.rows import rows_from
from mueang.link.thing import Name, Row, Thing, things_of
from mueang.link.wording import Wording, parts, wording

__all__ = ["Candidate", "Index", "Match", "Name", "Row", "Thing", "index_of"]

_REMEMBERED = 20_000
_LONGEST = 1_000
_REFRESHED = 600
"""Seconds after which a server that tells no generation is asked again."""


class Index:
    """All names and codes of one generation; never changes."""

    def __init__(self, rows: Iterable[Row], generation: int = 0) -> None:
        self.generation = generation
        self.things: Mapping[str, Thing] = MappingProxyType(things_of(rows))
        self.kinds: list[str] = sorted({kind for thing in self.things.values() for kind in thing.kinds})
        self._roll = Roll(self.things.values())
        self._remembered = lru_cache(_REMEMBERED)(self._judged)

    def match(self, text: str, kinds: Collection[str] = ()) -> Match:
        """The thing a text means, if that is certain; else what it may mean, and why it is not."""
        if len(text) > _LONGEST:
            return Match(None, (), "nothing")
        return self._remembered(text, frozenset(kinds))

    def candidates(self, text: str, kinds: Collection[str] = (), limit: int = 5) -> list[Candidate]:
        """The things that a text may mean, best first."""
        return list(self.match(text, kinds).candidates[:limit])

    def by_code(self, text: str, scheme: str = "", kinds: Collection[str] = ()) -> list[Thing]:
        """The things with this code, of one scheme or any; here a number may be one."""
        found = self._roll.with_code(text[:_LONGEST], kinds)
        return list(dict.fromkeys(thing for thing, its in found if its == scheme or not scheme))

    def suggest(self, prefix: str, kinds: Collection[str] = (), limit: int = 10) -> list[Thing]:
        """The things whose name or code begins with this, then those in whose it stands."""
        sought = spelling.key(prefix[:_LONGEST])
        ranks: dict[Thing, tuple[int, int, str]] = {}
        for key, entries in self._roll.keys.items() if sought else ():
            place = key.find(sought)
            for thing, _ in entries if place >= 0 else ():
                rank = (min(place, 1), len(key), thing.iri)
                if thing.is_a(kinds):
                    ranks[thing] = min(rank, ranks.get(thing, rank))
        ranks |= {thing: (0, 0, thing.iri) for thing in self.by_code(prefix, kinds=kinds)}
        return sorted(ranks, key=ranks.__getitem__)[:limit]

    def _judged(self, text: str, kinds: frozenset[str]) -> Match:
        asked = wording(text)
        if not asked.whole:
            return Match(None, (), "empty")
        if spelling.is_number(asked.whole):
            return Match(None, _best(self._roll.coded(text, kinds)), "number")
        found = self._exactly(asked, kinds) or self._twice(text, kinds)
        if found:
            return _decided(found)
        left = asked.left_of(kinds) or frozenset()
        return self._elsewhere(asked, kinds) or self._worn(asked, left) or self._likely(asked, left)

    def _exactly(self, asked: Wording, kinds: frozenset[str]) -> tuple[Candidate, ...]:
        """By its whole name or code, or its name without the word that says its kind, if that agrees."""
        whole = [*self._roll.named(asked.whole, kinds), *self._roll.coded(asked.text, kinds)]
        left = asked.left_of(kinds)
        if whole or left is None or asked.core == asked.whole or not left & asked.kinds:
            return _best(whole)
        return _best(self._roll.named(asked.core, left))

    def _twice(self, text: str, kinds: frozenset[str]) -> tuple[Candidate, ...]:
        """By all of its names, where a text has several: ขอนแก่น (Khon Kaen)."""
        found = [self._exactly(part, kinds) for part in parts(text)]
        shared = set.intersection(*({one.thing for one in each} for each in found)) if len(found) > 1 else ()
        return _best(one for each in found for one in each if one.thing in shared)

    def _elsewhere(self, asked: Wording, kinds: frozenset[str]) -> Match | None:
        """As surely no thing of these kinds: it says so, or is the name of another."""
        other = next(self._roll.named(asked.whole, ()), None) if kinds else None
        if other or asked.left_of(kinds) is None:
            return Match(None, self._like(asked, kinds), "elsewhere", other.thing if other else None)
        return None

    def _worn(self, asked: Wording, left: frozenset[str]) -> Match | None:
        """By another spelling of its name; where that is one letter from another thing's, either may be meant."""
        worn = _best(chain.from_iterable(self._roll.worn(key, left) for key in asked.keys))
        if len(worn) != 1:
            return _decided(worn) if worn else None
        near = [
            one
            for one in self._like(asked, left)
            if one.thing is worn[0].thing or likeness.is_near(asked.core, self._roll.keys_of(one.thing))
        ]
        return _decided(worn) if len(near) < 2 else Match(None, _first(worn[0], near), "uncertain")

    def _likely(self, asked: Wording, left: frozenset[str]) -> Match:
        """By a name that is written a little differently, if no other is nearly as near."""
        like = self._like(asked, left)
        if not like:
            return Match(None, (), "nothing")
        fold = spelling.fold(asked.core)
        nearest, *others = sorted(
            (likeness.letters_off(fold, self._roll.folds_of(one.thing)), place)
            for place, one in enumerate(like)
        )
        first = like[nearest[1]]
        clear = not others or likeness.is_clear(nearest[0], others[0][0])
        if clear and first.thing.is_listed and likeness.is_slip(fold, self._roll.folds_of(first.thing)):
            return Match(first.thing, _first(first, like), "like")
        return Match(None, like, "uncertain")

    def _like(self, asked: Wording, kinds: frozenset[str]) -> tuple[Candidate, ...]:
        folds, entries = self._roll.choices(kinds)
        found = chain.from_iterable(likeness.likest(spelling.fold(key), folds) for key in asked.keys)
        return _best(entry.found("likeness", score) for place, score in found for entry in entries[place])


_indexes: WeakKeyDictionary[Engine, tuple[int, Index]] = WeakKeyDictionary()
_lock = Lock()


def index_of(engine: Engine) -> Index:
    """The index of the generation that is answered from now; made once for each."""
    now = engine.generation or -int(monotonic() // _REFRESHED) - 1
    with _lock:
        known = _indexes.get(engine)
    if known and known[0] == now:
        return known[1]
    generation, rows = rows_from(engine)
    index = Index(rows, generation)
    with _lock:
        _indexes[engine] = (generation or now, index)
    return index


def _decided(found: tuple[Candidate, ...]) -> Match:
    return Match(found[0].thing if len(found) == 1 else None, found, "ambiguous" if found[1:] else "certain")


def _best(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """One for each thing, its best, best first."""
    best: dict[Thing, Candidate] = {}
    for one in found:
        if one.thing not in best or one.score > best[one.thing].score:
            best[one.thing] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.thing.iri)))


def _first(first: Candidate, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return (first, *(one for one in found if one.thing is not first.thing))
