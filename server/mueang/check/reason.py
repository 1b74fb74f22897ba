"""Says of a text that is no day why it is none, where nothing can be offered in its place."""

from dataclasses import replace

from mueang.check.calendar import why_not
from mueang.check.report import Finding
from mueang.check.shacl import as_rdflib
from mueang.errors import Language

_DAYS = "F10"


def with_reason(finding: Finding) -> Finding:
    """The finding with the reason behind its message, if it is about a day that cannot be read."""
    if finding.rule != _DAYS or finding.repair or not finding.value or not finding.value.startswith('"'):
        return finding
    text = str(as_rdflib(finding.value))
    languages: tuple[Language, ...] = ("th", "en")
    reasons = {language: why_not(text, language) for language in languages}
    if not all(reasons.values()):
        return finding
    return replace(
        finding,
        message={language: f"{finding.message[language]} ({reasons[language]})" for language in languages},
    )
