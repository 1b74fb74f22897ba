"""The map of provinces as an SVG drawing made here: by eye, by keyboard, by screen reader, without script."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from mueang.web.context import page_rows
from mueang.web.kept import kept
from mueang.web.language import reader_language, say
from mueang.web.outlines import WIDTH, country


@dataclass(frozen=True)
class Mark:
    """How a province is shown: its colour's class, what is said of it, and the marks that stand on it."""

    colour: str
    words: str
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Province:
    """A province with what the graph holds of it, in numbers."""

    th: str
    en: str
    areas: int
    members: int
    nominees: int


def drawn_map(marks: Mapping[str, Mark], title: str, linked: bool = True) -> Markup:
    """The map with marked provinces, each a link where `linked`; empty where the graph has no boundaries."""
    found = country()
    if not found.outlines:
        return Markup()
    shown = render_template(
        "map.html",
        width=WIDTH,
        height=found.height,
        plain=[one for one in found.outlines if one.province not in marks],
        marked=[(one, marks[one.province]) for one in found.outlines if one.province in marks],
        title=title,
        linked=linked,
    )
    return Markup(shown)  # noqa: S704 -- a template of ours, which escapes what it shows


def map_of_all() -> Markup:
    """The map of the first page: certified areas, members of the network, cities put forward."""
    marks = {iri: _mark(one) for iri, one in _provinces().items()}
    return drawn_map(marks, say("แผนที่จังหวัดที่มีพื้นที่เมืองอัจฉริยะ", "Map of the provinces with smart-city areas"))


def map_of(provinces: list[str]) -> Markup:
    """A small map that shows where some provinces are."""
    marks = {iri: Mark("here", "") for iri in provinces}
    return drawn_map(marks, say("ตำแหน่งในประเทศไทย", "Where it is in Thailand"), linked=False)


def _provinces() -> dict[str, _Province]:
    return kept(
        "map-marks", lambda: {row["province"]["value"]: _province(row) for row in page_rows("map-marks")}
    )


def _province(row: Mapping[str, Mapping[str, str]]) -> _Province:
    words = {name: row[name]["value"] if name in row else "" for name in ("th", "en")}
    areas, members, nominees = (int(row[name]["value"]) for name in ("areas", "members", "nominees"))
    return _Province(words["th"] or words["en"], words["en"] or words["th"], areas, members, nominees)


def _mark(one: _Province) -> Mark:
    colour = "many" if one.areas > 1 else "one" if one.areas else "none"
    signs = (*(["member"] if one.members else []), *(["nominee"] if one.nominees else []))
    return Mark(colour, _words(one), signs)


def _words(one: _Province) -> str:
    name = one.th if reader_language() == "th" else one.en
    said = [
        say(f"พื้นที่ได้รับการรับรอง {one.areas}", f"certified areas: {one.areas}") if one.areas else "",
        say("มีเมืองสมาชิกเครือข่ายอาเซียน", "a city in the ASEAN network") if one.members else "",
        say("มีเมืองที่ถูกเสนอเข้าเครือข่าย", "a city put forward to the network") if one.nominees else "",
    ]
    return f"{name}: {', '.join(words for words in said if words)}"
