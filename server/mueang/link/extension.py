"""Adds columns: what the graph says of things by the properties asked for, in the cells of 0.2 and of the 1.0 draft."""

import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from mueang.errors import Language, TooLarge
from mueang.link.batch import of_type, read_json, text_of
from mueang.link.facts import Property, Value, called
from mueang.link.reconciliation import Reconciler
from mueang.link.thing import Thing

MOST_IDS = 10_000
MOST_PROPERTIES = 100
MOST_CELLS = 200_000
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE_NUMBERS = {
    _XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger", "gYear")
}
_NUMBERS = {_XSD + name for name in ("decimal", "double", "float")}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_SHORT, _FEW = 80, 12
Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One column: a property by the client's name for it, and how many values a cell may have (0: all)."""

    id: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Extension:
    """The things and the columns that are asked for."""

    ids: tuple[str, ...] = ()
    properties: tuple[Wanted, ...] = field(default=())


def read_extension(text: str) -> Extension:
    """What a client asks to be added, which is said in the same way in both versions."""
    asked = of_type(read_json(text), dict, "extend")
    ids = of_type(asked.get("ids"), list, "extend.ids")
    properties = of_type(asked.get("properties"), list, "extend.properties")
    if len(ids) > MOST_IDS or len(properties) > MOST_PROPERTIES or len(ids) * len(properties) > MOST_CELLS:
        raise TooLarge(
            th=f"ขอได้ครั้งละไม่เกิน {MOST_IDS:,} รายการ {MOST_PROPERTIES} คุณสมบัติ และ {MOST_CELLS:,} ช่อง",
            en=f"at most {MOST_IDS:,} things, {MOST_PROPERTIES} properties and {MOST_CELLS:,} cells are given at a time",
        )
    return Extension(
        tuple(dict.fromkeys(text_of(one, "extend.ids") for one in ids)),
        tuple(
            {
                one.id: one
                for one in (_wanted(of_type(one, dict, "extend.properties")) for one in properties)
            }.values()
        ),
    )


def _wanted(entry: Mapping[str, Any]) -> Wanted:
    settings = of_type(entry.get("settings") or {}, dict, "extend.properties.settings")
    limit = 0
    with suppress(ValueError, OverflowError):  # OpenRefine sends what was typed into its form, as a text
        limit = max(0, int(float(str(settings.get("limit") or 0))))
    return Wanted(text_of(entry.get("id"), "extend.properties.id"), limit)


def extended(known: Reconciler, asked: Extension, language: Language) -> dict[str, Any]:
    """The added columns as 0.2 has them."""
    rows = {
        one: {wanted.id: _cells(known, one, wanted, language, tagged=False) for wanted in asked.properties}
        for one in asked.ids
    }
    return {"meta": [_meta(known, one.id, language) for one in asked.properties], "rows": rows}


def extended_draft(known: Reconciler, asked: Extension, language: Language) -> dict[str, Any]:
    """The added columns as the 1.0 draft has them."""
    rows = [
        {
            "id": one,
            "properties": [
                {"id": wanted.id, "values": _cells(known, one, wanted, language, tagged=True)}
                for wanted in asked.properties
            ],
        }
        for one in asked.ids
    ]
    return {"meta": [_meta(known, one.id, language) for one in asked.properties], "rows": rows}


def proposed(known: Reconciler, kind: str, language: Language) -> list[Property]:
    """The properties that things of a kind have, those of most things first, codes before others; else of every kind."""
    kinds = known.kinds([kind]) if kind else tuple(known.names.kinds)

    def order(one: Property) -> tuple[int, bool, str]:
        return -sum(one.kinds.get(kind, 0) for kind in kinds), not one.telling, one.label(language)

    return sorted((one for one in known.facts.properties.values() if order(one)[0]), key=order)


def in_short(known: Reconciler, thing: Thing, language: Language) -> list[tuple[str, list[str]]]:
    """A few properties of a thing with what they say, codes first; what needs many words is left out."""
    found = []
    for one in sorted(proposed(known, thing.kinds[0], language), key=lambda one: not one.telling):
        values = in_language(known.facts.values(thing.iri, one.key), language)
        texts = [called(value.labels, language) or value.text for value in values]
        if texts and "@" not in one.key and sum(map(len, texts)) <= _SHORT:
            found.append((one.label(language), texts))
    return found[:_FEW]


def _meta(known: Reconciler, name: str, language: Language) -> dict[str, Any]:
    found = known.facts.property_named(name)
    if found is None:
        return {"id": name, "name": name}
    meta: dict[str, Any] = {"id": name, "name": found.label(language)}
    if len(found.of) == 1:
        (kind,) = found.of
        if described := known.facts.kind_named(kind):
            meta["type"] = {"id": kind, "name": described.label(language)}
    return meta


def _cells(known: Reconciler, one: str, wanted: Wanted, language: Language, *, tagged: bool) -> list[Cell]:
    thing, found = known.thing(one), known.facts.property_named(wanted.id)
    if thing is None or found is None:
        return []
    values = in_language(known.facts.values(thing.iri, found.key), language)
    return [cell(value, language, tagged=tagged) for value in values][: wanted.limit or None]


def in_language(values: Iterable[Value], language: Language) -> list[Value]:
    """The values a reader of this language wants: of texts in several languages those in theirs, if there are any."""
    every = list(values)
    theirs = [value for value in every if value.language in ("", language)]
    return theirs or every


def cell(value: Value, language: Language, *, tagged: bool) -> Cell:
    """A value as the cell of a column: an entity, a number, a date or a text."""
    if value.is_iri and value.labels:
        return {"id": value.text, "name": called(value.labels, language)}
    return _number(value) or _date(value) or _text(value, tagged=tagged)


def _number(value: Value) -> Cell:
    with suppress(ValueError):
        if value.datatype in _WHOLE_NUMBERS:
            return {"int": int(value.text)}
        if value.datatype in _NUMBERS and math.isfinite(number := float(value.text)):
            return {"float": number}
    return {}


def _date(value: Value) -> Cell:
    if value.datatype == _XSD + "date" and _DATE.fullmatch(value.text):
        return {"date": f"{value.text}T00:00:00Z"}
    if value.datatype == _XSD + "dateTime" and _TIME.fullmatch(value.text):
        return {"date": value.text}
    return {}


def _text(value: Value, *, tagged: bool) -> Cell:
    return {"str": value.text} | ({"lang": value.language} if tagged and value.language else {})
