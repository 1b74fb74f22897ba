"""The columns that linking adds to a table: what heads them, and what stands in them for a cell."""

from mueang.engine.cells import harmless_text
from mueang.errors import Language
from mueang.link.tables.joining import Linked, code_of

HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": ("IRI", "รหัส", "ชื่อทางการ (ไทย)", "ชื่อทางการ (อังกฤษ)", "คะแนน", "เหตุผล"),
    "en": ("IRI", "code", "official name (Thai)", "official name (English)", "score", "reason"),
}
NOTHING = ("",) * len(HEADINGS["en"])


def added(linked: Linked, language: Language) -> tuple[str, ...]:
    """The cells for one row; a spreadsheet takes none of them for a formula."""
    thing = linked.thing
    reason = linked.reason[language] if linked.reason else ""
    if thing is None:
        return ("",) * (len(NOTHING) - 1) + (_harmless(reason),)
    names = (thing.label.get("th", ""), thing.label.get("en", ""))
    cells = (thing.iri, code_of(thing), *names, f"{linked.score:g}", reason)
    return tuple(map(_harmless, cells))


def _harmless(text: str) -> str:
    return harmless_text({"type": "literal", "value": text})
