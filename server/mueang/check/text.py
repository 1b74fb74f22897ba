"""A report to read in a terminal, in Thai or English."""

from collections.abc import Iterator

from mueang.check.report import Finding, Report, Severity, Thing
from mueang.errors import Language
from mueang.graph.names import shortened

_WORDS: dict[Severity, dict[Language, str]] = {
    Severity.VIOLATION: {"th": "ต้องแก้", "en": "violation"},
    Severity.WARNING: {"th": "ควรดู", "en": "warning"},
    Severity.INFO: {"th": "แจ้งให้ทราบ", "en": "note"},
}
_VALUE: dict[Language, str] = {"th": "ค่า", "en": "value"}


def as_text(report: Report, language: Language) -> str:
    """The report as lines: the outcome first, then each finding with what to do."""
    return "\n".join(
        [_outcome(report, language), *(line for one in report.findings for line in _lines(one, language))]
    )


def _outcome(report: Report, language: Language) -> str:
    counts = ", ".join(
        f"{_WORDS[severity][language]} {count}"
        if language == "th"
        else f"{count} {_WORDS[severity][language]}{'s' * (count > 1)}"
        for severity in reversed(Severity)
        if (count := report.count(severity))
    )
    if not counts:
        return f"{report.name}: ถูกต้อง" if language == "th" else f"{report.name}: nothing to mend"
    return f"{report.name}: {counts}"


def _lines(finding: Finding, language: Language) -> Iterator[str]:
    yield ""
    yield f"{finding.rule}  {_WORDS[finding.severity][language]}  {_shown(finding.focus, language)}"
    yield f"     {finding.message[language]}"
    if finding.path:
        yield f"     {_shown(finding.path, language)}"
    if finding.value and finding.value != finding.focus.term:
        yield f"     {_VALUE[language]}: {_term(finding.value)}"


def _shown(thing: Thing, language: Language) -> str:
    label = thing.named_in(language)
    return f"{_term(thing.term)} ({label})" if label else _term(thing.term)


def _term(term: str) -> str:
    text, _, datatype = term.rpartition("^^") if term.startswith('"') and term.endswith(">") else ("", "", "")
    shown = f"{text}^^{shortened(datatype[1:-1])}" if text else term
    shown = shortened(term[1:-1]) if term.startswith("<") else shown
    return shown if len(shown) <= 200 else shown[:200] + "…"
