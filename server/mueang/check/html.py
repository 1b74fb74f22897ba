"""A report as a page of its own, or as the part of one that a site puts in its pages."""

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader

from mueang.check.excerpt import Excerpt, Lines
from mueang.check.report import Finding, Report
from mueang.check.wording import (
    ELSEWHERE,
    SEVERITIES,
    VALUE,
    in_reading_order,
    outcome,
    place_shown,
    property_of,
    repair_shown,
    term_shown,
    value_shown,
)
from mueang.errors import Language

MOST_SHOWN = 500
_LINE = 160
_PAGES = Environment(
    loader=PackageLoader("mueang.check"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
FINDINGS_STYLE = _PAGES.get_template("findings.css").render()
"""How the part of a page looks."""
STYLE = _PAGES.get_template("report.css").render() + FINDINGS_STYLE
"""How the whole page looks: all that its style element holds, for a policy that allows just that."""


def as_html(report: Report, language: Language, text: str = "") -> str:
    """The report as a whole page that needs nothing from elsewhere; `text` is what was checked."""
    return _written("report.html", report, language, text)


def as_fragment(report: Report, language: Language, text: str = "") -> str:
    """The report without the page around it."""
    return _written("findings.html", report, language, text)


@dataclass(frozen=True)
class _Shown:
    """A finding as the page shows it."""

    finding: Finding
    severity: str
    place: str
    focus: str
    name: str
    path: str
    path_name: str
    value: str
    message: str
    repair: str
    excerpt: Excerpt | None


def _written(template: str, report: Report, language: Language, text: str) -> str:
    lines = Lines(text)
    own, caused = (in_reading_order(report, elsewhere=elsewhere) for elsewhere in (False, True))
    shown = [_shown(finding, language, lines) for finding in (*own, *caused)[:MOST_SHOWN]]
    values: dict[str, Any] = {
        "report": report,
        "language": language,
        "style": STYLE,
        "outcome": outcome(report, language),
        "groups": [
            ("", [one for one in shown if not one.finding.elsewhere]),
            (ELSEWHERE[language], [one for one in shown if one.finding.elsewhere]),
        ],
        "hidden": len(report.findings) - len(shown),
        "value_word": VALUE[language],
    }
    return _PAGES.get_template(template).render(values)


def _shown(finding: Finding, language: Language, lines: Lines) -> _Shown:
    excerpt, path = lines.at(finding.place, _LINE), property_of(finding)
    return _Shown(
        finding=finding,
        severity=SEVERITIES[finding.severity][language],
        place=place_shown(finding, language),
        focus=term_shown(finding.focus.term),
        name=finding.focus.named_in(language),
        path=term_shown(path.term) if path else "",
        path_name=path.named_in(language) if path else "",
        value="" if excerpt else value_shown(finding),
        message=finding.message[language],
        repair=repair_shown(finding, language),
        excerpt=excerpt,
    )
