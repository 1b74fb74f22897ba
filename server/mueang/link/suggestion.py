"""Completes what somebody is typing: things, properties and types, each with a few words on it."""

from collections.abc import Iterable, Iterator
from typing import Any

from mueang.errors import Language
from mueang.link.names import Thing
from mueang.link.reconciliation import Reconciler

PAGE = 10
MOST_PAGES = 100


def suggested_things(
    known: Reconciler, prefix: str, kind: str, language: Language, start: int
) -> list[dict[str, Any]]:
    """The next ten things with a name that begins like this, or has this in it; else those like it."""
    within = known.kinds([kind] if kind else [])
    if kind and not within:
        return []
    found = known.names.suggest(prefix, within, start + PAGE)[start:]
    if not found and not start:
        found = [one.thing for one in known.names.candidates(prefix, within, PAGE)]
    return [entity(known, thing, language) for thing in found]


def suggested_properties(
    known: Reconciler, prefix: str, language: Language, start: int
) -> list[dict[str, Any]]:
    """The next ten properties that are called like this."""
    every = sorted(known.facts.properties.values(), key=lambda one: (-sum(one.kinds.values()), one.key))
    found = [
        {"id": one.key, "name": one.label(language), "description": _on(known, one.kinds, language)}
        for one in every
        if _like(prefix, (one.key, *one.labels.values()))
    ]
    return found[start : start + PAGE]


def suggested_types(known: Reconciler, prefix: str, language: Language, start: int) -> list[dict[str, Any]]:
    """The next ten types that are called like this."""
    found = [one for one in types(known, language) if _like(prefix, (one["id"], *_labels(known, one["id"])))]
    return found[start : start + PAGE]


def types(known: Reconciler, language: Language) -> list[dict[str, str]]:
    """Every kind of thing that has names, as a type."""
    return [type_of(known, kind, language) for kind in known.names.kinds]


def type_of(known: Reconciler, kind: str, language: Language) -> dict[str, str]:
    """A kind as a type: its key, and what its class is called."""
    found = known.facts.kind_named(kind)
    return {"id": kind, "name": found.label(language) if found else kind}


def entity(known: Reconciler, thing: Thing, language: Language) -> dict[str, Any]:
    """A thing as it is suggested."""
    return {
        "id": thing.iri,
        "name": thing.label_in(language),
        "description": described(thing, language),
        "notable": [type_of(known, kind, language) for kind in thing.kinds],
    }


def described(thing: Thing, language: Language) -> str:
    """What tells a thing from others of its name: its name in the other language, what it is, where it lies."""
    others = [name for tongue, name in sorted(thing.label.items()) if tongue != language]
    return " · ".join(one for one in (*others, thing.description.get(language, "")) if one)


def _on(known: Reconciler, kinds: Iterable[str], language: Language) -> str:
    return ", ".join(
        type_of(known, kind, language)["name"] for kind in sorted(kinds) if kind in known.names.kinds
    )


def _labels(known: Reconciler, kind: str) -> Iterator[str]:
    found = known.facts.kind_named(kind)
    yield from found.labels.values() if found else ()


def _like(prefix: str, texts: Iterable[str]) -> bool:
    return any(prefix.strip().casefold() in text.casefold() for text in texts)
