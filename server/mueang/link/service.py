"""What a reconciliation service says: its manifest and its answers, in version 0.2 and in the 1.0 draft."""

from typing import Any
from urllib.parse import urlencode

from mueang.errors import Language
from mueang.graph.names import BASE
from mueang.link.batch import Asked
from mueang.link.reconciliation import Found, Reconciler
from mueang.link.suggestion import described, type_of, types
from mueang.link.thing import LANGUAGES

FINAL, DRAFT = "0.2", "1.0-draft"
BATCH = 500
WIDTH, HEIGHT = 430, 300
_NAME = {
    "th": "mueang: เมืองอัจฉริยะและหน่วยการปกครองของไทย",
    "en": "mueang: smart cities and administrative units of Thailand",
}
_LIMIT = {"th": "จำนวนค่ามากที่สุดในช่อง (0 คือทั้งหมด)", "en": "most values in a cell (0: all of them)"}


def manifest(known: Reconciler, address: str, language: Language, asked: str) -> dict[str, Any]:
    """The manifest of 0.2; where the address says the language (`asked`), all that it leads to keeps it."""
    also = urlencode({"lang": asked}) if asked else ""
    return {
        "versions": [FINAL],
        "name": _NAME[language],
        "identifierSpace": BASE + "id/",
        "schemaSpace": BASE + "def#",
        "documentation": f"{address}/openapi.json",
        "batchSize": BATCH,
        "view": {"url": _with(f"{address}/reconcile/view?id={{{{id}}}}", also)},
        "defaultTypes": types(known, language),
        "preview": {
            "url": _with(f"{address}/reconcile/preview?id={{{{id}}}}", also),
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {name: _suggest(name, address, also) for name in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/reconcile/extend/propose"},
            "property_settings": [
                {"name": "limit", "label": _LIMIT[language], "type": "number", "default": 0}
            ],
        },
    }


def draft_manifest(known: Reconciler, address: str, language: Language, asked: str) -> dict[str, Any]:
    """The manifest of the 1.0 draft."""
    also = urlencode({"lang": asked}) if asked else ""
    return {
        "versions": [DRAFT],
        "name": _NAME[language],
        "lang": language,
        "documentation": f"{address}/openapi.json",
        "batchSize": BATCH,
        "view": {"url": _with(f"{address}/reconcile/view?id={{id}}", also)},
        "defaultTypes": types(known, language),
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [{"id": "limit", "name": _LIMIT[language], "type": "number", "default": 0}],
        },
        "standardizedScore": True,
    }


def results(known: Reconciler, batch: dict[str, Asked], language: Language) -> dict[str, Any]:
    """The answer to a batch of 0.2."""
    return {
        key: {"result": [_candidate(known, one, language) for one in known.found(asked)]}
        for key, asked in batch.items()
    }


def draft_results(known: Reconciler, batch: list[Asked], language: Language) -> dict[str, Any]:
    """The answer to a batch of the 1.0 draft."""
    return {
        "results": [
            {"candidates": [_draft_candidate(known, one, language) for one in known.found(asked)]}
            for asked in batch
        ]
    }


def _candidate(known: Reconciler, one: Found, language: Language) -> dict[str, Any]:
    return {
        "id": one.thing.iri,
        "name": one.thing.label_in(language),
        "description": f"{described(one.thing, language)} · {one.reason[language]}",
        "type": [type_of(known, kind, language) for kind in one.thing.kinds],
        "score": round(one.score, 1),
        "match": one.match,
        "features": _features(one),
    }


def _draft_candidate(known: Reconciler, one: Found, language: Language) -> dict[str, Any]:
    found = _candidate(known, one, language)
    features = [feature | {"name": feature["id"]} for feature in found["features"]]
    tongue = next((tongue for tongue in (language, *LANGUAGES) if one.thing.label.get(tongue)), "und")
    return found | {"features": features, "lang": tongue}


def _features(one: Found) -> list[dict[str, Any]]:
    """What the score is made of: how well the name fits, and which of the properties given are said of it."""
    agreement = [{"id": key, "value": agrees} for key, agrees in one.agreement.items() if agrees is not None]
    return [{"id": "name", "value": round(one.name, 1)}, *agreement]


def _suggest(name: str, address: str, also: str) -> dict[str, str]:
    return {
        "service_url": address,
        "service_path": f"/reconcile/suggest/{name}" + (f"?{also}" if also else ""),
        "flyout_service_url": address,
        "flyout_service_path": _with(f"/reconcile/flyout/{name}?id=${{id}}", also),
    }


def _with(address: str, also: str) -> str:
    return f"{address}&{also}" if also else address
