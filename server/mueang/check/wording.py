"""The words that all reports for people share: severities, the outcome, a thing with its name."""

import re

from mueang.check.place import Place
from mueang.check.report import Finding, Report, Severity, Thing
from mueang.errors import Language
from mueang.graph.names import shortened_term

SEVERITIES: dict[Severity, dict[Language, str]] = {
    Severity.VIOLATION: {"th": "ต้องแก้", "en": "violation"},
    Severity.WARNING: {"th": "ควรดู", "en": "warning"},
    Severity.INFO: {"th": "แจ้งให้ทราบ", "en": "note"},
}
ELSEWHERE: dict[Language, str] = {
    "th": "ผลต่อข้อมูลที่เผยแพร่แล้ว",
    "en": "What this would break in the published data",
}
VALUE: dict[Language, str] = {"th": "ค่า", "en": "value"}

_LONGEST = 200
_LITERAL = re.compile(r'"([^"\\]*)"(?:@[\w-]+|\^\^\S+)?')


def outcome(report: Report, language: Language) -> str:
    """What was found, in one phrase: how many of each severity, or that there is nothing to mend."""
    counts = [
        _counted(severity, count, language)
        for severity in reversed(Severity)
        if (count := report.count(severity))
    ]
    if not counts:
        return "ถูกต้อง" if language == "th" else "nothing to mend"
    if report.accepted:
        counts.append("ไม่มีข้อต้องแก้" if language == "th" else "no violation")
    return " · ".join(counts) if language == "th" else ", ".join(counts)


def _counted(severity: Severity, count: int, language: Language) -> str:
    word = SEVERITIES[severity][language]
    return f"{word} {count:,} ข้อ" if language == "th" else f"{count:,} {word}{'s' * (count > 1)}"


def thing_shown(thing: Thing, language: Language) -> str:
    """A thing by its short name, with its label behind."""
    label = thing.named_in(language)
    return f"{term_shown(thing.term)} ({label})" if label else term_shown(thing.term)


def in_reading_order(report: Report, *, elsewhere: bool) -> list[Finding]:
    """The findings on the submission, or those elsewhere: the worst first, then from its top to its end."""
    found = [finding for finding in report.findings if finding.elsewhere is elsewhere]
    return sorted(found, key=lambda one: (-one.severity, _position(one.place or Place())))


def _position(place: Place) -> tuple[int, int, str, int, str]:
    letters = place.cell.rstrip("0123456789")
    row = int(place.cell.removeprefix(letters) or 0)
    return place.line, place.column, place.sheet, row, letters.rjust(3)


def property_of(finding: Finding) -> Thing | None:
    """The property it is about; a path of several has no name to show."""
    return finding.path if finding.path and not finding.path.term.startswith("_:") else None


def term_shown(term: str) -> str:
    """A term as Turtle writes it, cut where it is very long."""
    shown = shortened_term(term)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def place_shown(finding: Finding, language: Language) -> str:
    """Where the finding is, in words; nothing if that is not known."""
    return finding.place.said_in(language) if finding.place else ""


def repair_shown(finding: Finding, language: Language) -> str:
    """What to write instead, where there is one way to mend it."""
    if finding.repair is None:
        return ""
    said = _in_cell(finding, finding.repair.said[language])
    return f"{'เขียน' if language == 'th' else 'write'} {said}"


def change_shown(finding: Finding, language: Language) -> str:
    """What a repair changed, and where: `line 9, column 18: "2565-11-30" → 2022-11-30`."""
    place, before = place_shown(finding, language), value_shown(finding)
    after = _in_cell(finding, finding.repair.said[language]) if finding.repair else ""
    changed = f"{before} → {after}"
    return f"{place}: {changed}" if place else changed


def value_shown(finding: Finding) -> str:
    """The value that is wrong, unless it is the thing itself."""
    if not finding.value or finding.value == finding.focus.term:
        return ""
    return _in_cell(finding, term_shown(finding.value))


def _in_cell(finding: Finding, shown: str) -> str:
    """A literal of a table as its cell has it, without the marks of Turtle."""
    literal = _LITERAL.fullmatch(shown) if finding.place and finding.place.cell else None
    return literal[1] if literal else shown
