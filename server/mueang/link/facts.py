"""What the graph says of each thing, by property, in memory: for narrowing names down and for adding columns."""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from time import monotonic
from weakref import WeakKeyDictionary

from mueang.engine.formats import ROWS
from mueang.engine.query import Engine, Query
from mueang.errors import Language
from mueang.files import folder
from mueang.graph.names import BASE, PREFIXES, shortened

_ANY = None
"""Stands for whatever a property says, as no text can."""
THINGS = BASE + "id/"
Labels = Mapping[str, str]
Rows = list[dict[str, dict[str, str]]]
_LANGUAGES: Mapping[str, Labels] = {
    "th": {"th": "ภาษาไทย", "en": "in Thai"},
    "en": {"th": "ภาษาอังกฤษ", "en": "in English"},
    "th-latn": {"th": "อักษรโรมัน", "en": "romanised"},
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: an IRI or a literal with its language or datatype, and what an IRI is called."""

    text: str
    is_iri: bool = False
    language: str = ""
    datatype: str = ""
    labels: Labels = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Property:
    """A property by its key (a short name, with a language where only names of one language are meant)."""

    key: str
    labels: Labels
    kinds: Mapping[str, int]
    """Of how many things of each kind it says something."""
    of: frozenset[str]
    """The kinds of things of ours that its values are."""
    telling: bool = False
    """Whether its values are texts that no two things share, as codes are."""

    def label(self, language: Language) -> str:
        """What it is called."""
        return called(self.labels, language) or self.key


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: the class that most of them have, and what that is called."""

    key: str
    iri: str
    labels: Labels

    def label(self, language: Language) -> str:
        """What it is called."""
        return called(self.labels, language) or self.key


@dataclass(frozen=True)
class Facts:
    """The values of every thing by property, as one generation has them."""

    generation: int
    properties: Mapping[str, Property]
    kinds: Mapping[str, Kind]
    of: Mapping[str, Mapping[str, tuple[Value, ...]]]
    """By thing and property."""

    def property_named(self, name: str) -> Property | None:
        """The property of that key or IRI."""
        iri, at, tag = name.partition("@")
        return self.properties.get(name) or self.properties.get(shortened(iri) + at + tag)

    def kind_named(self, name: str) -> Kind | None:
        """The kind of that key, or whose class has that IRI or short name."""
        return self.kinds.get(name) or self._classes.get(name)

    def values(self, thing: str, key: str) -> tuple[Value, ...]:
        """What is said of a thing by a property."""
        return self.of.get(thing, {}).get(key, ())

    def holders(self, key: str, text: str) -> frozenset[str]:
        """The things of which a property says this, be it the text, the IRI or a label of the value."""
        return self._holders(key).get(_folded(text), frozenset())

    def having(self, key: str) -> frozenset[str]:
        """The things of which a property says anything."""
        return self._holders(key)[_ANY]

    def _holders(self, key: str) -> Mapping[str | None, frozenset[str]]:
        if key not in self._held:
            self._held[key] = self._turned(key)
        return self._held[key]

    def _turned(self, key: str) -> Mapping[str | None, frozenset[str]]:
        found: dict[str | None, set[str]] = {_ANY: set()}
        for thing, said in self.of.items():
            for value in said.get(key, ()):
                for text in (value.text, *value.labels.values()):
                    found.setdefault(_folded(text), set()).add(thing)
                found[_ANY].add(thing)
        return {text: frozenset(things) for text, things in found.items()}

    @cached_property
    def _held(self) -> dict[str, Mapping[str | None, frozenset[str]]]:
        return {}

    @cached_property
    def _classes(self) -> Mapping[str, Kind]:
        return {name: kind for kind in self.kinds.values() for name in (kind.iri, shortened(kind.iri))}


_LASTING = 60.0
"""Seconds that facts of another server are kept, which tells no generation."""


class _Kept:
    """The facts of each engine, made anew when it answers from another generation."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._facts: WeakKeyDictionary[Engine, tuple[Facts, float]] = WeakKeyDictionary()

    def of(self, engine: Engine) -> Facts:
        """What the engine's present generation says."""
        generation = engine.generation
        with self._lock:
            facts, made = self._facts.get(engine, (None, 0.0))
            lasting = bool(generation) or monotonic() - made < _LASTING
            if facts is None or facts.generation != generation or not lasting:
                facts = _read(engine, generation)
                self._facts[engine] = facts, monotonic()
            return facts


_kept = _Kept()


def facts_of(engine: Engine) -> Facts:
    """What the engine's present generation says; asked once for each generation."""
    return _kept.of(engine)


def _read(engine: Engine, generation: int) -> Facts:
    labels = _labels(_rows(engine, "labels", generation))
    of = _said(_rows(engine, "facts", generation), labels)
    return Facts(generation, _properties(of, labels), _kinds(_rows(engine, "kinds", generation)), of)


def _rows(engine: Engine, name: str, generation: int) -> Rows:
    text = (folder("queries/link") / f"{name}.rq").read_text(encoding="utf-8")
    answer = engine.answer(Query(text, generation=generation or None), ROWS[0], None)
    with answer.file:
        rows: Rows = json.loads(answer.body)["results"]["bindings"]
    return rows


def _labels(rows: Rows) -> Mapping[str, Labels]:
    """The first label of each thing in each language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        found[row["thing"]["value"]].setdefault(row["label"]["xml:lang"], row["label"]["value"])
    return found


def _said(rows: Rows, labels: Mapping[str, Labels]) -> Mapping[str, Mapping[str, tuple[Value, ...]]]:
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["property"]["value"] not in labels:
            continue
        value = _value(row["value"], labels)
        key = shortened(row["property"]["value"])
        for name in (key, f"{key}@{value.language}") if value.language else (key,):
            found[row["thing"]["value"]][name].append(value)
    return {thing: {name: tuple(values) for name, values in said.items()} for thing, said in found.items()}


def _value(term: Mapping[str, str], labels: Mapping[str, Labels]) -> Value:
    text = term["value"]
    if term["type"] == "uri":
        return Value(text, is_iri=True, labels=labels.get(text, {}))
    return Value(text, language=term.get("xml:lang", ""), datatype=term.get("datatype", ""))


def _properties(
    of: Mapping[str, Mapping[str, tuple[Value, ...]]], labels: Mapping[str, Labels]
) -> Mapping[str, Property]:
    said: dict[str, list[tuple[str, Value]]] = defaultdict(list)
    for thing, properties in of.items():
        for key, values in properties.items():
            said[key].extend((thing, value) for value in values)
    return {key: _property(key, said[key], labels, of) for key in sorted(said)}


def _property(
    key: str, said: list[tuple[str, Value]], labels: Mapping[str, Labels], things: Collection[str]
) -> Property:
    values = {value.text for _, value in said}
    having = {thing for thing, _ in said}
    plain = not any(value.is_iri or value.language or value.datatype for _, value in said)
    return Property(
        key,
        _labels_of(key, labels),
        Counter(map(kind_of, having)),
        frozenset(kind_of(value) for value in values if value in things),
        telling=plain and len(values) == len(said) > 1 and len(having) > 1,
    )


def _labels_of(key: str, labels: Mapping[str, Labels]) -> Labels:
    """What the property of this key is called; where it means one language's values, with that language."""
    name, _, tag = key.partition("@")
    found = labels.get(_iri(name), {})
    words = _LANGUAGES.get(tag, dict.fromkeys(found, tag))
    return {one: f"{text} ({words[one]})" for one, text in found.items()} if tag else found


def _kinds(rows: Rows) -> Mapping[str, Kind]:
    found: dict[str, Kind] = {}
    for row in rows:
        key, iri = row["kind"]["value"], row["class"]["value"]
        labels = {"th": row["label_th"]["value"], "en": row["label_en"]["value"]}
        found.setdefault(key, Kind(key, iri, labels))
    return found


def kind_of(iri: str) -> str:
    """The kind of a thing of ours, by its IRI; nothing for other IRIs."""
    return iri.removeprefix(THINGS).partition("/")[0] if iri.startswith(THINGS) else ""


def expanded(name: str) -> str:
    """The IRI that is meant by an IRI, a short name such as `province:TH-40`, or `province/TH-40`."""
    known = _iri(name)
    return known if "://" in known or "/" not in known else THINGS + known


def _iri(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def _folded(text: str) -> str:
    """A text as it is compared: without regard to case, spaces at its ends, and ways of composing characters."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def called(labels: Labels, language: Language) -> str:
    """The label in this language, else in any."""
    return labels.get(language) or next(iter(labels.values()), "")
