"""Who is called what: the names of all things by their letters, by their letters folded, and their codes."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from mueang.link import spelling
from mueang.link.judgement import Candidate
from mueang.link.thing import Name, Thing

_SCORES = {"name": 100.0, "romanised": 100.0, "alternative": 99.0, "abbreviation": 98.0}
_OTHER_SCORE = 97.0
_WORN_SCORE = 96.0
_SHORTEST_WORN, _SHORTEST_SOUND = 4, 5


class Entry(NamedTuple):
    """A name of a thing."""

    thing: Thing
    name: Name

    def found(self, how: str = "", score: float = 0.0) -> Candidate:
        """The thing as a candidate, found by this name."""
        usual = _SCORES.get(self.name.how, _OTHER_SCORE)
        return Candidate(self.thing, score or usual, how or self.name.how, self.name.text)


class Roll:
    """The names and codes of these things; never changes."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.keys: defaultdict[str, list[Entry]] = defaultdict(list)
        self._folds: defaultdict[str, list[Entry]] = defaultdict(list)
        self._sounds: defaultdict[str, list[Entry]] = defaultdict(list)
        self._codes: defaultdict[str, list[tuple[Thing, str]]] = defaultdict(list)
        self._spelt: dict[Thing, list[str]] = {}
        self._folded: dict[Thing, list[str]] = {}
        for thing in things:
            self._take_in(thing)
        self.choices = lru_cache(64)(self._choices)

    def named(self, key: str, kinds: Collection[str]) -> Iterator[Candidate]:
        """The things whose name has these letters."""
        return (entry.found() for entry in self.keys.get(key, ()) if entry.thing.is_a(kinds))

    def coded(self, text: str, kinds: Collection[str]) -> Iterator[Candidate]:
        """The things with this code; one without its punctuation may be another's too (TH40, TH-40)."""
        for thing, scheme in self.with_code(text, kinds):
            yield Candidate(thing, 100.0, "code", f"{thing.codes[scheme]} ({scheme})")

    def with_code(self, text: str, kinds: Collection[str]) -> list[tuple[Thing, str]]:
        """The things that have this code, with its scheme: as it is written, or else without punctuation."""
        written, bare = _written(text), _bare(text)
        found = self._codes.get(written, [])
        if written == bare or not found:
            found = [*found, *self._codes.get(f"={bare}", ())]
        return [(thing, scheme) for thing, scheme in found if thing.is_a(kinds)]

    def worn(self, key: str, kinds: Collection[str]) -> Iterator[Candidate]:
        """The things of whose name this is another spelling, or a print that has lost marks."""
        fold = spelling.fold(key)
        if len(fold) >= _SHORTEST_WORN:
            for entry in self._folds.get(fold, ()):
                if entry.thing.is_a(kinds) and _is_worn(key, entry.name):
                    yield entry.found("spelling", _WORN_SCORE)
        if len(fold) >= _SHORTEST_SOUND:
            for entry in self._sounds.get(spelling.sound(fold), ()):
                if entry.thing.is_a(kinds) and _is_worn(key, entry.name):
                    yield entry.found("spelling", _WORN_SCORE - 1)

    def keys_of(self, thing: Thing) -> Sequence[str]:
        """A thing's names, as letters."""
        return self._spelt[thing]

    def folds_of(self, thing: Thing) -> Sequence[str]:
        """A thing's names, folded."""
        return self._folded[thing]

    def _choices(self, kinds: frozenset[str]) -> tuple[list[str], list[list[Entry]]]:
        """All folded names of things of these kinds, and whose they are."""
        within = {
            fold: [entry for entry in entries if entry.thing.is_a(kinds)]
            for fold, entries in self._folds.items()
        }
        kept = {fold: entries for fold, entries in within.items() if entries}
        return list(kept), list(kept.values())

    def _take_in(self, thing: Thing) -> None:
        for name in thing.names:
            key = spelling.key(name.text)
            fold = spelling.fold(key)
            self.keys[key].append(Entry(thing, name))
            self._folds[fold].append(Entry(thing, name))
            self._spelt.setdefault(thing, []).append(key)
            self._folded.setdefault(thing, []).append(fold)
            if not key.isascii():
                self._sounds[spelling.sound(fold)].append(Entry(thing, name))
        for scheme, code in thing.codes.items():
            self._codes[_written(code)].append((thing, scheme))
            if _bare(code) != _written(code):
                self._codes[f"={_bare(code)}"].append((thing, scheme))


def _is_worn(key: str, name: Name) -> bool:
    return spelling.is_worn(key, spelling.key(name.text))


def _written(code: str) -> str:
    return spelling.clean(code).strip().upper()


def _bare(code: str) -> str:
    return re.sub(r"[\W_]+", "", _written(code))
