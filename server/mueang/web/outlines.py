"""The outlines of the provinces as paths of a drawing, made from the graph's own boundaries."""

import re
from dataclasses import dataclass
from math import cos, radians

from mueang.web.context import page_rows
from mueang.web.kept import kept

WIDTH = 500
_EDGE = 6
_RING = re.compile(r"\(\s*([-+0-9.eE, ]+?)\s*\)")
_POINT = re.compile(r"POINT\s*\(\s*([-+0-9.eE]+) +([-+0-9.eE]+)", re.IGNORECASE)
Place = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A province as a path of the drawing, and the place where a mark for it goes."""

    province: str
    path: str
    place: tuple[int, int]


@dataclass(frozen=True)
class Country:
    """All outlines, north first, and the height of the drawing."""

    outlines: tuple[Outline, ...]
    height: int


def country() -> Country:
    """The outlines of the current generation; none where the graph has no boundaries."""
    return kept("outlines", _country)


def _country() -> Country:
    rings: dict[str, list[list[Place]]] = {}
    points: dict[str, Place] = {}
    for row in page_rows("map"):
        province = row["province"]["value"]
        rings.setdefault(province, []).extend(_rings(row["outline"]["value"]))
        if "point" in row and (found := _POINT.search(row["point"]["value"])):
            points[province] = (float(found[1]), float(found[2]))
    places = [place for of_one in rings.values() for ring in of_one for place in ring]
    return _drawn(rings, points, places) if places else Country((), 0)


def _drawn(rings: dict[str, list[list[Place]]], points: dict[str, Place], places: list[Place]) -> Country:
    """The outlines on a plate carrée that keeps distances right at its middle latitude."""
    west, east = min(place[0] for place in places), max(place[0] for place in places)
    south, north = min(place[1] for place in places), max(place[1] for place in places)
    narrowing = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * _EDGE) / ((east - west) * narrowing or 1)

    def at(place: Place) -> tuple[int, int]:
        return round((place[0] - west) * narrowing * scale) + _EDGE, round((north - place[1]) * scale) + _EDGE

    outlines = [
        Outline(province, "".join(map(_path, shown)), at(points.get(province, of_one[0][0])))
        for province, of_one in rings.items()
        if (shown := [[at(place) for place in ring] for ring in of_one])
    ]
    height = round((north - south) * scale) + 2 * _EDGE
    return Country(tuple(sorted(outlines, key=lambda one: (one.place[1], one.province))), height)


def _rings(text: str) -> list[list[Place]]:
    """The rings of a polygon or of several, as Well-Known Text has them (longitude first)."""
    return [
        [(float(pair.split()[0]), float(pair.split()[1])) for pair in ring.split(",")]
        for ring in _RING.findall(text)
    ]


def _path(ring: list[tuple[int, int]]) -> str:
    """A closed path in steps from corner to corner; a ring too small to be seen leaves nothing."""
    corners = _corners(ring)
    if len(corners) < 3:
        return ""
    steps = [
        f"{x - before[0]} {y - before[1]}" for before, (x, y) in zip(corners[:-1], corners[1:], strict=True)
    ]
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def _corners(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ring without what lies on the straight line between its neighbours, and without repetitions."""
    corners: list[tuple[int, int]] = []
    for place in ring:
        if corners and place == corners[-1]:
            continue
        if len(corners) > 1 and _straight(corners[-2], corners[-1], place):
            corners.pop()
        corners.append(place)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def _straight(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    return (middle[0] - first[0]) * (last[1] - first[1]) == (middle[1] - first[1]) * (last[0] - first[0])
