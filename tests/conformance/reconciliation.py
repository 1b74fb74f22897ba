"""Every answer of the reconciliation services against the JSON Schemas of the specification, in both versions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from instance import Address
from outcome import Outcome, judged

SWAGGER = "http://swagger.io/v2/schema.json"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PROVINCE = "https://w3id.org/mueang/id/province/TH-40"
IDS = [PROVINCE, "https://w3id.org/mueang/id/area/hat-yai", "nothing"]
COLUMNS = ("tsc:isoCode", "skos:prefLabel", "skos:prefLabel@en", "tsc:inProvince", "tsc:SmartCityArea", "rdf:type",
           "schema:latitude", "tsc:cohortDate", "tsc:startsOn", "skos:editorialNote", "vindicator:land-area",
           "https://w3id.org/mueang/vocab/region6", "nothing", "")  # fmt: skip
EXTEND = {
    "ids": IDS,
    "properties": [{"id": one} for one in COLUMNS] + [{"id": "skos:altLabel", "settings": {"limit": "1"}}],
}
QUERIES: dict[str, dict[str, Any]] = {
    "hit": {"query": "จ.ขอนแก่น", "type": "province"},
    "ambiguous": {"query": "Khon Kaen", "limit": 3},
    "narrowed": {
        "query": "ขอนแก่น",
        "properties": [{"pid": "tsc:isoCode", "v": "TH-40"}, {"pid": "no", "v": [1, True]}],
    },
    "at odds": {
        "query": "ขอนแก่น",
        "type": "province",
        "properties": [{"pid": "tsc:isoCode", "v": {"id": "TH-50"}}],
    },
    "strict": {"query": "ขอนแก่น", "type": ["province", "city"], "type_strict": "all"},
    "should": {"query": "ขอนแก่น", "type": ["province"], "type_strict": "should"},
    "no name": {"properties": [{"pid": "tsc:dopaCode", "v": 40}]},
    "misspelt": {"query": "ขอนแกน", "type": "province"},
    "miss": {"query": "Gotham"},
    "unknown type": {"query": "ขอนแก่น", "type": "galaxy"},
    "empty": {"query": ""},
}
DRAFT_QUERIES = [
    {"conditions": [{"matchType": "name", "propertyValue": "จ.ขอนแก่น"}], "type": "province", "limit": 2, "lang": "th"},
    {"conditions": [{"matchType": "name", "propertyValue": "Gotham"}]},
    {"conditions": [{"matchType": "id", "propertyValue": PROVINCE}]},
    {"conditions": [{"matchType": "id", "propertyValue": "nothing"}]},
    {"conditions": [
        {"matchType": "name", "propertyValue": ["ขอนแก่น", "Khon Kaen"]},
        {"matchType": "property", "propertyId": "tsc:isoCode", "propertyValue": {"id": "TH-40"}, "required": True},
        {"matchType": "property", "propertyId": "tsc:dopaCode", "propertyValue": [40, 41], "matchQuantifier": "any"},
        {"matchType": "property", "propertyId": "tsc:hascCode", "propertyValue": "TH.CM", "matchQuantifier": "none"},
    ]},
]  # fmt: skip
WRONG = ("{", "[]", "[1]", '{"queries": 1}', '{"a": 1}', '{"a": {}}', '{"ids": 1}', '{"a": {"query": "b", "limit": "c"}}',
         '{"queries": [{"conditions": []}]}', "[" * 100_000, '{"a": {"query": ' + "9" * 10_000 + "}}")  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """A request, and the schema that its answer must follow."""

    name: str
    schema: str
    method: str
    path: str
    body: str = ""
    media_type: str = ""


def outcomes(schemas: Path, address: Address) -> list[Outcome]:
    """The answers of every endpoint, in Thai and in English: hits, misses, and refusals."""
    return [
        outcome
        for version, asked in (("0.2", _final()), ("1.0-draft", _draft()))
        for outcome in _of_version(
            version, _schemas(schemas / version / "schemas", version), list(asked), address
        )
    ]


def _of_version(
    version: str, schemas: Mapping[str, Draft7Validator], asked: list[Asking], address: Address
) -> Iterator[Outcome]:
    suite = f"reconciliation {version}"
    for one in asked:
        for language in ("th", "en"):
            yield judged(suite, f"{one.name} ({language})", _why_not(one, schemas, address, language))
    for text in WRONG:
        for one in asked:
            if one.body:
                wrong = urlencode({one.name: text}) if one.media_type == FORM else text
                yield judged(
                    suite, f"refusal of {text[:30]} as {one.name}", _not_refused(one, wrong, address)
                )


def _why_not(one: Asking, schemas: Mapping[str, Draft7Validator], address: Address, language: str) -> str:
    headers = {"Accept-Language": language} | ({"Content-Type": one.media_type} if one.body else {})
    reply = address.asked(one.method, one.path, one.body.encode() or None, headers)
    if (reply.status, reply.media_type) != (200, JSON):
        return f"{reply.status} {reply.media_type} {reply.body[:200]!r}"
    return "; ".join(error.message[:200] for error in schemas[one.schema].iter_errors(json.loads(reply.body)))


def _not_refused(one: Asking, wrong: str, address: Address) -> str:
    reply = address.asked(one.method, one.path, wrong.encode(), {"Content-Type": one.media_type})
    refused = reply.status == 400 and reply.media_type == "application/problem+json"
    return "" if refused and json.loads(reply.body)["detail"] else f"{reply.status} {reply.body[:200]!r}"


def _final() -> Iterator[Asking]:
    queries, extend = json.dumps(QUERIES), json.dumps(EXTEND)
    yield Asking("manifest", "manifest", "GET", "/reconcile")
    yield Asking("manifest in the address's language", "manifest", "GET", "/reconcile?lang=en")
    yield Asking(
        "queries", "reconciliation-result-batch", "POST", "/reconcile", urlencode({"queries": queries}), FORM
    )
    yield Asking(
        "queries by GET",
        "reconciliation-result-batch",
        "GET",
        "/reconcile?" + urlencode({"queries": queries}),
    )
    yield Asking(
        "extend", "data-extension-response", "POST", "/reconcile", urlencode({"extend": extend}), FORM
    )
    yield Asking(
        "extend by GET", "data-extension-response", "GET", "/reconcile?" + urlencode({"extend": extend})
    )
    yield from _suggestions("/reconcile")


def _draft() -> Iterator[Asking]:
    queries, extend = json.dumps({"queries": DRAFT_QUERIES}), json.dumps(EXTEND)
    yield Asking("manifest", "manifest", "GET", "/reconcile/v1")
    yield Asking("match", "reconciliation-result-batch", "POST", "/reconcile/v1/match", queries, JSON)
    yield Asking("extend", "data-extension-response", "POST", "/reconcile/v1/extend", extend, JSON)
    yield from _suggestions("/reconcile/v1")


def _suggestions(root: str) -> Iterator[Asking]:
    for sort, schema in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        for given in (
            {"prefix": "kho"},
            {"prefix": "รหัส"},
            {"prefix": "e", "cursor": "10"},
            {"prefix": "zzzz"},
            {},
        ):
            path = f"{root}/suggest/{sort}?{urlencode(given)}"
            yield Asking(f"suggest {sort} {given}", f"suggest-{schema}-response", "GET", path)
    for given in ({"type": "province"}, {"type": "province", "limit": "3"}, {"type": "nothing"}, {}):
        path = f"{root}/extend/propose?{urlencode(given)}"
        yield Asking(f"propose {given}", "data-extension-property-proposal", "GET", path)


def _schemas(folder: Path, version: str) -> Mapping[str, Draft7Validator]:
    """The schemas by name, each also known by the address its neighbours refer to it by; asked for nowhere else."""
    found = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))
    }
    registry: Registry[Any] = Registry()
    for name, schema in found.items():
        resource = DRAFT7.create_resource(schema)
        for place in (version, "draft"):
            registry = registry.with_resource(
                f"https://reconciliation-api.github.io/specs/{place}/schemas/{name}.json", resource
            )
    registry = registry.with_resource(SWAGGER, DRAFT7.create_resource(found["openapi"]))
    queries = QUERIES if version == "0.2" else {"queries": DRAFT_QUERIES}
    validators = {name: Draft7Validator(schema, registry=registry) for name, schema in found.items()}
    validators["reconciliation-query-batch"].validate(queries)
    validators["data-extension-query"].validate(EXTEND)
    return validators
