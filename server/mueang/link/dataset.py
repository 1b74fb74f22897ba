"""Makes a dataset of a table and what about.yaml says of it: the graph, and the rows that are not in it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from mueang.errors import MalformedData
from mueang.link.about import About
from mueang.link.cube import Cube, LeftOut, written
from mueang.link.lists import Lists
from mueang.link.names import Index
from mueang.link.reading import read
from mueang.link.tables.row import Source


@dataclass(frozen=True)
class Made:
    """A dataset as a graph in TriG, and how many rows of the table became observations; those that did not, why."""

    key: str
    content: bytes
    observations: int
    left_out: Sequence[LeftOut]


def made(about: About, source: Source, content: bytes, sheet: str | None, lists: Lists) -> Made:
    """The dataset that a table is; raises MalformedData for what is to be mended in about.yaml or in the table.

    `content` are the bytes of the table, whose digest goes into the record.
    """
    body = _body(about, lists.index)
    units = {one.key: lists.concept(about, "unit", one.unit) for one in about.measures}
    indicators = {
        one.key: lists.concept(about, "indicator", one.indicator) for one in about.measures if one.indicator
    }
    observations, left_out = read(about, source, _sheet(source, sheet), lists.index)
    digest = hashlib.sha256(content).hexdigest()
    cube = Cube(about, source.name, digest, body, units, indicators, observations, left_out)
    return Made(about.key, written(cube), len(observations), left_out)


def _body(about: About, index: Index) -> str:
    """The IRI of the publisher where about.yaml gives one name: a body that the graph knows."""
    if not about.body:
        return ""
    if about.body.text in index.things:
        return about.body.text
    found = index.match(about.body.text, {"body"})
    if found.thing is None:
        near = ", ".join(one.thing.label_in("th") for one in found.candidates[:3])
        hint = (f" (ใกล้เคียง: {near})", f" (near: {near})") if near else ("", "")
        raise about.wrong(
            about.body.line,
            th=f"publisher: ไม่รู้จักหน่วยงาน {about.body.text}{hint[0]}: เขียนเป็น publisher: {{th: …, en: …}}",
            en=f"publisher: the body {about.body.text} is not known{hint[1]}: write publisher: {{th: …, en: …}}",
        )
    return found.thing.iri


def _sheet(source: Source, wanted: str | None) -> str:
    if wanted is None and len(source.sheets) == 1:
        return source.sheets[0]
    if wanted is None or wanted not in source.sheets:
        known = ", ".join(source.sheets)
        raise MalformedData(
            th=f"{source.name}: ระบุแผ่นด้วย --sheet (มี {known})",
            en=f"{source.name}: name the sheet with --sheet (there are: {known})",
        )
    return wanted
