"""Where things lie, as GeoJSON (RFC 7946): their outlines, else the province they are told to be in as a point."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response

from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.engine.question import is_iri
from mueang.graph.names import BASE
from mueang.web.context import page_rows, served
from mueang.web.negotiation import GEOJSON

_AT_ONCE = 500
_TYPES = {
    name.upper(): name
    for name in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
}
_WKT = re.compile(
    r"\s*(?:<http://www\.opengis\.net/def/crs/OGC/1\.3/CRS84>\s*)?([A-Z]+)\s*(\([-+0-9.eE,()\s]+\))\s*"
)
_PAIR = re.compile(r"([-+0-9.eE]+)\s+([-+0-9.eE]+)")


def features(iris: Iterable[str]) -> list[dict[str, Any]]:
    """A feature for each place of these things; what has none is left out."""
    asked = [iri for iri in dict.fromkeys(iris) if is_iri(iri)]
    rows = [
        row
        for start in range(0, len(asked), _AT_ONCE)
        for row in page_rows("outlines-of-things", *asked[start : start + _AT_ONCE])
    ]
    found = ((row, geometry(row["wkt"]["value"])) for row in rows)
    return [_feature(row, shape) for row, shape in found if shape]


def features_of(query: Query) -> list[dict[str, Any]]:
    """The features of the things that an answer names; none where it has no rows."""
    answer = served().engine.answer(query, ROWS[0], GRAPHS[0])
    with answer.file:
        found = json.loads(answer.body) if answer.format in ROWS else {}
    rows = found.get("results", {}).get("bindings", [])
    terms = (term for row in rows for term in row.values())
    return features(
        term["value"] for term in terms if term["type"] == "uri" and term["value"].startswith(f"{BASE}id/")
    )


def collection(found: Sequence[Mapping[str, Any]]) -> Response:
    """Features as one answer."""
    text = json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False)
    return Response(text, content_type=GEOJSON.content_type)


def geometry(wkt: str) -> dict[str, Any] | None:
    """Well-Known Text of two dimensions, longitude first, as a geometry; None for anything else."""
    found = _WKT.fullmatch(wkt)
    if not found or found[1] not in _TYPES:
        return None
    lists = _PAIR.sub(r"[\1,\2]", found[2]).replace("(", "[").replace(")", "]")
    try:
        coordinates = json.loads(lists)
    except ValueError:
        return None
    return {
        "type": _TYPES[found[1]],
        "coordinates": coordinates[0] if found[1] == "POINT" else coordinates,
    }


def _feature(row: Mapping[str, Mapping[str, str]], shape: Mapping[str, Any]) -> dict[str, Any]:
    iri = row["item"]["value"]
    said = {name: row[name]["value"] for name in ("name_th", "name_en", "province") if name in row}
    page = f"{served().settings.address}/{iri.removeprefix(BASE)}"
    return {
        "type": "Feature",
        "id": iri,
        "geometry": shape,
        "properties": {**said, "page": page, "exact": "province" not in row},
    }
