"""Reads what a reconciliation client asks: batches of 0.2 and of the 1.0 draft as the same queries, within bounds."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from mueang.errors import MalformedData, TooLarge, WrongParameter

MOST_QUERIES = 10_000
MOST_CONDITIONS = 50
MOST_VALUES = 100
MOST_TEXTS = 30_000
"""Names and values of one batch: each may have to be compared with every name there is."""
MOST_CHARACTERS = 1_000_000
"""Of all these names and values together."""
MOST_FOUND = 50_000
"""Candidates that one batch may ask for: they take a kilobyte each."""
LONGEST_TEXT = 1_000
MOST_CANDIDATES = 50
CANDIDATES = 5
Strictness = Literal["any", "should", "all"]
Quantifier = Literal["any", "all", "none"]
_Known = TypeVar("_Known")
_STRICTNESS: Mapping[str, Strictness] = {"any": "any", "should": "should", "all": "all"}
_QUANTIFIERS: Mapping[str, Quantifier] = {"any": "any", "all": "all", "none": "none"}
_KINDS = {
    str: ("ข้อความ", "a text"),
    list: ("รายการ [ ]", "a list"),
    dict: ("วัตถุ { }", "an object"),
    bool: ("true หรือ false", "true or false"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property of the thing must say: one of these texts or IRIs, all of them, or none."""

    property: str
    values: tuple[str, ...]
    quantifier: Quantifier = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One query: a name or the ids themselves, the kinds it may be of, and what is known of it besides."""

    texts: tuple[str, ...] = ()
    ids: tuple[str, ...] | None = None
    types: tuple[str, ...] = ()
    strictness: Strictness = "any"
    limit: int = CANDIDATES
    conditions: tuple[Condition, ...] = ()


def read_json(text: str) -> Any:
    """The JSON of a request; raises MalformedData."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise MalformedData(
            th=f"JSON ผิดรูปแบบ ที่บรรทัด {error.lineno} ตำแหน่ง {error.colno}",
            en=f"the JSON is malformed at line {error.lineno}, column {error.colno}: {error.msg}",
            line=error.lineno,
            column=error.colno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise MalformedData(
            th="JSON นี้ซ้อนลึกหรือมีตัวเลขยาวเกินไป", en="this JSON is nested too deeply, or has a number too long"
        ) from error


def read_queries(text: str) -> dict[str, Asked]:
    """A batch of 0.2, by the client's own keys."""
    batch = of_type(read_json(text), dict, "queries")
    _refuse_many(len(batch), MOST_QUERIES, "queries")
    asked = {key: _query(of_type(query, dict, key), key) for key, query in batch.items()}
    _refuse_much(asked.values())
    return asked


def read_draft_queries(text: str) -> list[Asked]:
    """A batch of the 1.0 draft, in its order."""
    batch = of_type(of_type(read_json(text), dict, "/").get("queries"), list, "queries")
    _refuse_many(len(batch), MOST_QUERIES, "queries")
    asked = [
        _draft_query(of_type(query, dict, f"queries[{number}]"), f"queries[{number}]")
        for number, query in enumerate(batch)
    ]
    _refuse_much(asked)
    return asked


def _refuse_much(batch: Collection[Asked]) -> None:
    """Raise TooLarge for a batch that would keep everybody else waiting."""
    texts = [text for one in batch for text in one.texts]
    texts += [value for one in batch for condition in one.conditions for value in condition.values]
    _refuse_many(len(texts), MOST_TEXTS, "queries", th="ชื่อและค่า", en="names and values")
    _refuse_many(sum(map(len, texts)), MOST_CHARACTERS, "queries", th="ตัวอักษร", en="characters")
    _refuse_many(sum(one.limit for one in batch), MOST_FOUND, "queries", th="ตัวเลือก", en="candidates")


def _query(query: Mapping[str, Any], place: str) -> Asked:
    name = text_of(query.get("query", ""), f"{place}.query")
    properties = of_type(query.get("properties") or [], list, f"{place}.properties")
    _refuse_many(len(properties), MOST_CONDITIONS, f"{place}.properties")
    if "query" not in query and not properties:
        raise _missing(f"{place}.query")
    return Asked(
        texts=_names([name]),
        types=_types(query.get("type"), f"{place}.type"),
        strictness=_one_of(_STRICTNESS, query.get("type_strict") or "any", f"{place}.type_strict"),
        limit=_limit(query.get("limit"), f"{place}.limit"),
        conditions=tuple(
            _property(of_type(entry, dict, f"{place}.properties"), f"{place}.properties[{number}]")
            for number, entry in enumerate(properties)
        ),
    )


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    """The names among these texts, without needless spaces."""
    return tuple(name for text in texts if (name := " ".join(text.split())))


def _property(entry: Mapping[str, Any], place: str) -> Condition:
    if "v" not in entry:
        raise _missing(f"{place}.v")
    return Condition(text_of(entry.get("pid"), f"{place}.pid"), _values(entry["v"], f"{place}.v"))


def _draft_query(query: Mapping[str, Any], place: str) -> Asked:
    conditions = of_type(query.get("conditions"), list, f"{place}.conditions")
    _refuse_many(len(conditions), MOST_CONDITIONS, f"{place}.conditions")
    if not conditions:
        raise _missing(f"{place}.conditions")
    names: list[Condition] = []
    ids: list[Condition] = []
    others: list[Condition] = []
    for number, entry in enumerate(conditions):
        here = f"{place}.conditions[{number}]"
        condition = _draft_condition(of_type(entry, dict, here), here)
        sort = _one_of(
            {"name": names, "id": ids, "property": others}, entry.get("matchType"), f"{here}.matchType"
        )
        sort.append(condition)
    return Asked(
        texts=_names(value for one in names for value in one.values),
        ids=tuple(value for one in ids for value in one.values) if ids else None,
        types=_types(query.get("type"), f"{place}.type"),
        limit=_limit(query.get("limit"), f"{place}.limit"),
        conditions=tuple(others),
    )


def _draft_condition(entry: Mapping[str, Any], place: str) -> Condition:
    if "propertyValue" not in entry:
        raise _missing(f"{place}.propertyValue")
    named = entry.get("propertyId") if entry.get("matchType") == "property" else ""
    return Condition(
        text_of(named, f"{place}.propertyId"),
        _values(entry["propertyValue"], f"{place}.propertyValue"),
        _one_of(_QUANTIFIERS, entry.get("matchQuantifier", "any"), f"{place}.matchQuantifier"),
        bool(of_type(entry.get("required", False), bool, f"{place}.required")),
    )


def _values(value: Any, place: str) -> tuple[str, ...]:
    """One value or several, as texts; of an entity its id; an empty cell is no value."""
    several: Sequence[Any] = value if isinstance(value, list) else [value]
    _refuse_many(len(several), MOST_VALUES, place)
    return tuple(text for one in several if (text := _value(one, place).strip()))


def _value(value: Any, place: str) -> str:
    if isinstance(value, dict):
        return text_of(value.get("id"), f"{place}.id")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    return text_of(str(value) if isinstance(value, int) else value, place)


def _types(value: Any, place: str) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value] if value else []
    _refuse_many(len(several), MOST_CONDITIONS, place)
    return tuple(text_of(one, place) for one in several)


def _limit(value: Any, place: str) -> int:
    """How many candidates are wanted, between one and what there is at most."""
    if value is None:
        return CANDIDATES
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(place, th="ต้องเป็นตัวเลข", en="must be a number")
    return max(1, min(int(max(-1, min(value, MOST_CANDIDATES))), MOST_CANDIDATES))


def of_type(value: Any, kind: type[_Known], place: str) -> _Known:
    """The value, if it is of this type of JSON."""
    if not isinstance(value, kind):
        th, en = _KINDS[kind]
        raise wrong(place, th=f"ต้องเป็น{th}", en=f"must be {en}")
    return value


def text_of(value: Any, place: str) -> str:
    """The value, if it is a text of bearable length."""
    text = of_type(value, str, place)
    if len(text) > LONGEST_TEXT:
        raise TooLarge(
            th=f"{place[:80]}: ข้อความยาวเกิน {LONGEST_TEXT:,} ตัวอักษร",
            en=f"{place[:80]}: the text is longer than {LONGEST_TEXT:,} characters",
        )
    return text


def _one_of(known: Mapping[str, _Known], value: Any, place: str) -> _Known:
    if not isinstance(value, str) or value not in known:
        names = ", ".join(known)
        raise wrong(place, th=f"ต้องเป็นหนึ่งใน {names}", en=f"must be one of {names}")
    return known[value]


def _refuse_many(number: int, most: int, place: str, *, th: str = "รายการ", en: str = "entries") -> None:
    if number > most:
        raise TooLarge(
            th=f"{place[:80]}: มี{th} {number:,} รับได้ครั้งละไม่เกิน {most:,}",
            en=f"{place[:80]}: {number:,} {en}, where {most:,} are taken at a time",
        )


def _missing(place: str) -> WrongParameter:
    return wrong(place, th="ขาดไป ต้องมี", en="is missing")


def wrong(place: str, *, th: str, en: str) -> WrongParameter:
    """The error for a part of a request that is not what it should be."""
    return WrongParameter(th=f"{place[:80]}: {th}", en=f"{place[:80]}: {en}")


def _no_number(name: str) -> None:
    raise MalformedData(
        th=f"{name} ไม่ใช่ค่าของ JSON: ใช้ตัวเลข ข้อความในเครื่องหมายคำพูด หรือ null",
        en=f"{name} is no value of JSON: write a number, a text in quotes, or null",
    )
