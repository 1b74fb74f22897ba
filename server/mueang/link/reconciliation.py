"""Finds what a query of a reconciliation client means: candidates by name, narrowed down by what is known besides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from mueang.errors import Language
from mueang.link.batch import MOST_CANDIDATES, Asked, Condition
from mueang.link.facts import Facts, expanded
from mueang.link.names import Index, Thing

Agreement = Mapping[str, bool | None]
_AT_ODDS = 0.5
"""What is left of the score of a thing of which something else is said than was asked."""
_WHOLE = 100.0
_LIKELY = 80.0
"""The score of a name that may be meant where a code says so too."""
_REASONS: Mapping[str, Mapping[Language, str]] = {
    "id": {"th": "ตรงกับรหัสที่ให้", "en": "it has the id that was given"},
    "property": {"th": "ตรงกับคุณสมบัติที่ให้", "en": "what was given is said of it"},
}


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: how well its name fits, what of the conditions holds, why, and whether it is certainly meant."""

    thing: Thing
    score: float
    name: float
    agreement: Agreement
    reason: Mapping[Language, str]
    match: bool = False

    @property
    def at_odds(self) -> bool:
        """Whether something else is said of it than was asked."""
        return False in self.agreement.values()


@dataclass(frozen=True, slots=True)
class Reconciler:
    """The names and the facts of one generation."""

    names: Index
    facts: Facts

    def found(self, asked: Asked) -> list[Found]:
        """The candidates of a query, best first: clients look at the first alone to see whether it is certain."""
        kinds = self.kinds(asked.types)
        if asked.types and not kinds:
            return []
        conditions = [(one, self._holders(one)) for one in asked.conditions]
        judged = [self._judged(one, conditions) for one in self._pool(asked, kinds)]
        kept = [one for one in judged if not _refused(one, asked.conditions)]
        meant = self._meant(asked, kinds, kept)
        kept.sort(key=lambda one: (one.thing is not meant, -one.score, not _of(one.thing, kinds)))
        return [
            Found(one.thing, one.score, one.name, one.agreement, one.reason, one.thing is meant)
            for one in kept[: asked.limit]
        ]

    def kinds(self, types: Iterable[str]) -> tuple[str, ...]:
        """The kinds meant by what a client calls types: their keys, or the IRIs of their classes."""
        found = (self.facts.kind_named(one) for one in types)
        return tuple(dict.fromkeys(kind.key for kind in found if kind and kind.key in self.names.kinds))

    def thing(self, name: str) -> Thing | None:
        """The thing of this IRI, or of its short form."""
        return self.names.things.get(expanded(name))

    def _pool(self, asked: Asked, kinds: tuple[str, ...]) -> list[Found]:
        """The candidates before anything but their names, ids and kinds is looked at."""
        pool = self._named(asked, kinds)
        if asked.strictness == "should" and asked.texts:
            pool = list({one.thing.iri: one for one in (*self._named(asked, ()), *pool)}.values())
        if asked.strictness == "all":
            pool = [one for one in pool if set(kinds) <= {*one.thing.kinds}]
        return pool

    def _named(self, asked: Asked, kinds: tuple[str, ...]) -> list[Found]:
        if asked.ids is not None:
            named = {thing.iri: thing for one in asked.ids if (thing := self.thing(one))}
            return [_by("id", thing) for thing in named.values() if _of(thing, kinds)]
        if not asked.texts:
            return self._held(asked, kinds)
        found: dict[str, Found] = {}
        for text in asked.texts:
            for one in self.names.candidates(text, kinds, MOST_CANDIDATES):
                before = found.get(one.thing.iri)
                if before is None or before.score < one.score:
                    found[one.thing.iri] = Found(one.thing, one.score, one.score, {}, one.reason)
        return list(found.values())

    def _held(self, asked: Asked, kinds: tuple[str, ...]) -> list[Found]:
        """The things of which all is said that is asked, where no name is given."""
        held = [self._holders(one) for one in asked.conditions if one.quantifier != "none"]
        things = (self.names.things.get(iri) for iri in sorted(frozenset.intersection(*held))) if held else ()
        fitting = (_by("property", thing) for thing in things if thing and _of(thing, kinds))
        return list(islice(fitting, MOST_CANDIDATES))

    def _judged(self, one: Found, conditions: Iterable[tuple[Condition, frozenset[str]]]) -> Found:
        agreement: dict[str, bool | None] = {}
        for condition, held in conditions:
            agrees = self._agrees(one.thing, condition, held)
            agreement[condition.property] = _both(agreement.get(condition.property), agrees)
        score = one.score * _AT_ODDS if False in agreement.values() else one.score
        return Found(one.thing, score, one.name, agreement, one.reason)

    def _agrees(self, thing: Thing, condition: Condition, held: frozenset[str]) -> bool | None:
        """Whether what is said of a thing is what is asked; None where nothing is said of it, or asked."""
        known = self.facts.property_named(condition.property)
        if not condition.values or known is None or thing.iri not in self.facts.having(known.key):
            return None
        return (thing.iri in held) != (condition.quantifier == "none")

    def _holders(self, condition: Condition) -> frozenset[str]:
        """The things of which a property says any of the values asked for, or all of them."""
        known = self.facts.property_named(condition.property)
        if known is None:
            return frozenset()
        held = [self._saying(known.key, known.of, value) for value in condition.values]
        if condition.quantifier == "all" and held:
            return frozenset.intersection(*held)
        return frozenset[str]().union(*held)

    def _saying(self, key: str, kinds: frozenset[str], value: str) -> frozenset[str]:
        """The things whose property has this text, or the thing of ours that goes by this name."""
        held = self.facts.holders(key, value) | self.facts.holders(key, expanded(value))
        if held or not kinds:
            return held
        meant = self.names.match(value, sorted(kinds)).thing
        return self.facts.holders(key, meant.iri) if meant else held

    def _meant(self, asked: Asked, kinds: tuple[str, ...], kept: list[Found]) -> Thing | None:
        """The thing that is certainly meant: the only one its name allows, or that the conditions leave."""
        kept = [one for one in kept if _of(one.thing, kinds)]
        fitting = [one.thing for one in kept if not one.at_odds]
        if not asked.texts:
            return fitting[0] if len(fitting) == 1 else None
        matches = [self.names.match(text, kinds) for text in asked.texts]
        certain = {match.thing.iri: match.thing for match in matches if match.thing}
        if len(certain) == 1:
            (only,) = certain.values()
            return only if only in fitting else None
        verdicts = {match.verdict for match in matches}
        if certain or not verdicts <= {"ambiguous", "uncertain"}:
            return None
        told = [one.thing for one in kept if self._told(one)]
        if len(told) == 1:
            return told[0]
        return _left(kept) if verdicts == {"ambiguous"} else None

    def _told(self, one: Found) -> bool:
        """Whether it has, beside a likely name, a code or another value that nothing else has."""
        agreeing = (self.facts.property_named(key) for key, agrees in one.agreement.items() if agrees)
        return not one.at_odds and one.name >= _LIKELY and any(known.telling for known in agreeing if known)


def _left(bearing: list[Found]) -> Thing | None:
    """Of the things that bear a name, the only one that is not at odds with what was asked, if that is said of it."""
    fitting = [one for one in bearing if not one.at_odds]
    agreeing = [one for one in fitting if True in one.agreement.values()]
    return agreeing[0].thing if len(agreeing) == len(fitting) == 1 else None


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Whether two conditions hold: not if either does not."""
    return False if False in (one, other) else one or other


def _refused(one: Found, conditions: Iterable[Condition]) -> bool:
    return any(condition.required and not one.agreement[condition.property] for condition in conditions)


def _of(thing: Thing, kinds: tuple[str, ...]) -> bool:
    return not kinds or not {*kinds}.isdisjoint(thing.kinds)


def _by(way: str, thing: Thing) -> Found:
    return Found(thing, _WHOLE, _WHOLE, {}, _REASONS[way])
