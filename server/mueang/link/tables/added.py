"""The columns that linking adds to a table: what heads them, and what stands in them for a cell."""

from mueang.engine.cells import harmless_text
from mueang.errors import Language
from mueang.link.tables.joining import Linked, code_of
from mueang.link.tables.row import Cell

HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": ("IRI", "รหัส", "ชื่อทางการ (ไทย)", "ชื่อทางการ (อังกฤษ)", "คะแนน", "เหตุผล"),
    "en": ("IRI", "code", "official name (Thai)", "official name (English)", "score", "reason"),
}
NOTHING = ("",) * len(HEADINGS["en"])


def added(linked: Linked, language: Language) -> tuple[Cell, ...]:
    """The cells for one row; a spreadsheet takes none of them for a formula."""
    thing = linked.thing
    reason = linked.reason[language] if linked.reason else ""
    if thing is None:
        return ("",) * (len(NOTHING) - 1) + (_harmless(reason),)
    names = (thing.label.get("th", ""), thing.label.get("en", ""))
    texts = map(_harmless, (thing.iri, code_of(thing), *names))
    return (*texts, linked.score, _harmless(reason))


def as_text(cell: Cell) -> str:
    """A cell as it stands in a CSV."""
    return cell if isinstance(cell, str) else f"{cell:g}"


def _harmless(text: str) -> str:
    return harmless_text({"type": "literal", "value": text})
