"""Finds things of ours by a part of a name, in Thai or romanised, by a code, or by a key that is nearly right."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from mueang.graph.names import BASE
from mueang.web.context import page_rows
from mueang.web.kept import kept

LONGEST = 100
_LEFT_OUT = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Po", "Ps", "Pe", "Pc", "Pi", "Pf"}
_ALIKE = 0.6


@dataclass(frozen=True)
class Entry:
    """One name, code or key of a thing, and the text by which it is compared."""

    iri: str
    text: str
    language: str
    folded: str


@dataclass(frozen=True)
class Hit:
    """A thing that was found, by the name that fits best; a lower rank fits better."""

    iri: str
    text: str
    language: str
    rank: int


def found(words: str) -> list[Hit]:
    """The things one of whose names holds these words, best first."""
    words = words.removeprefix(BASE).rpartition("/")[2] if words.startswith(BASE) else words
    whole = folded(words[:LONGEST])
    if not whole:
        return []
    hits = _best(_ranked(entry, words, whole) for entry in _index() if whole in entry.folded)
    return sorted(hits or _by_parts(words[:LONGEST]), key=lambda hit: (hit.rank, len(hit.text), hit.iri))


def alike(words: str, most: int = 5) -> list[Hit]:
    """Things with a name that looks like these words."""
    by_text: dict[str, list[Entry]] = {}
    for entry in _index():
        by_text.setdefault(entry.folded, []).append(entry)
    close = get_close_matches(folded(words[:LONGEST]), by_text, most, _ALIKE)
    return _best(_hit(entry, rank) for rank, text in enumerate(close) for entry in by_text[text])


def near(path: str, most: int = 5) -> list[Hit]:
    """Things of ours whose path looks like one that nothing has: of the same kind first, then by name."""
    folder, _, key = path[:LONGEST].rpartition("/")
    beside = {entry.iri: entry for entry in _index() if entry.iri.startswith(f"{BASE}{folder}/")}
    keys = {folded(iri.rpartition("/")[2]): entry for iri, entry in beside.items()}
    close = [_hit(keys[one], 0) for one in get_close_matches(folded(key), keys, most, _ALIKE)]
    return _best([*close, *found(key)[:most], *([] if close else alike(key, most))])[:most]


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """A text as it is compared: one form of each character, no case, no spaces, no punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in plain if unicodedata.category(one) not in _LEFT_OUT)


def _index() -> tuple[Entry, ...]:
    return kept("search-index", _entries)


def _entries() -> tuple[Entry, ...]:
    rows = page_rows("search-index")
    named = [_entry(row["thing"]["value"], row["text"]) for row in rows]
    keys = [_entry(iri, {"value": iri.rpartition("/")[2]}) for iri in dict.fromkeys(one.iri for one in named)]
    return tuple(entry for entry in (*named, *keys) if entry.folded)


def _entry(iri: str, text: Mapping[str, str]) -> Entry:
    return Entry(iri, text["value"], text.get("xml:lang", ""), folded(text["value"]))


def _ranked(entry: Entry, words: str, whole: str) -> Hit:
    """What is just as it was written comes first: TH-65 before TH65, which is another province's in another scheme."""
    if entry.folded == whole:
        return _hit(entry, 0 if entry.text.casefold() == words.strip().casefold() else 1)
    if entry.folded.startswith(whole):
        return _hit(entry, 2)
    starts = any(folded(word).startswith(whole) for word in entry.text.split())
    return _hit(entry, 3 if starts else 4)


def _by_parts(words: str) -> list[Hit]:
    """Things with each of several words in some name of theirs."""
    parts = [part for part in map(folded, words.split()) if part]
    fitting: dict[str, set[str]] = {}
    named: dict[str, Entry] = {}
    for entry in _index():
        if held := {part for part in parts if part in entry.folded}:
            fitting.setdefault(entry.iri, set()).update(held)
            named.setdefault(entry.iri, entry)
    return [_hit(named[iri], 5) for iri, held in fitting.items() if len(held) == len(set(parts)) > 1]


def _hit(entry: Entry, rank: int) -> Hit:
    return Hit(entry.iri, entry.text, entry.language, rank)


def _best(hits: Iterable[Hit]) -> list[Hit]:
    """Each thing once, by the name that fits best."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.iri not in best or hit.rank < best[hit.iri].rank:
            best[hit.iri] = hit
    return list(best.values())
