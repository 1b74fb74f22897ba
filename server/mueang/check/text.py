"""A report to read in a terminal of 80 columns, in Thai or English."""

from collections.abc import Iterator

from mueang.check.excerpt import Excerpt, Lines, columns
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
    thing_shown,
    value_shown,
)
from mueang.errors import Language

_WIDTH = 80
_INDENT = "     "


def as_text(report: Report, language: Language, text: str = "") -> str:
    """The report as lines: the outcome first, then each finding with what to do; `text` is what was checked."""
    lines = Lines(text)
    own, caused = (in_reading_order(report, elsewhere=elsewhere) for elsewhere in (False, True))
    written = [f"{report.name}: {outcome(report, language)}"]
    for finding in own:
        written += ["", *_finding(finding, language, lines)]
    if caused:
        written += ["", f"{ELSEWHERE[language]}:"]
    for finding in caused:
        written += ["", *_finding(finding, language, lines)]
    return "\n".join([*written, *_repairable(report, language)])


def _finding(finding: Finding, language: Language, lines: Lines) -> Iterator[str]:
    heading = f"{finding.rule}  {SEVERITIES[finding.severity][language]}"
    place = place_shown(finding, language)
    yield f"{heading} · {place}" if place else heading
    yield from _wrapped(_about(finding, language))
    excerpt = lines.at(finding.place, _WIDTH - len(_INDENT) - 8)
    if excerpt:
        yield from _quoted(excerpt)
    elif value := value_shown(finding):
        yield from _wrapped(f"{VALUE[language]}: {value}")
    yield from _wrapped(finding.message[language])
    if repair := repair_shown(finding, language):
        yield from _wrapped(f"→ {repair}")


def _about(finding: Finding, language: Language) -> str:
    shown = thing_shown(finding.focus, language)
    path = property_of(finding)
    return f"{shown} · {thing_shown(path, language)}" if path else shown


def _quoted(excerpt: Excerpt) -> Iterator[str]:
    number = str(excerpt.line)
    yield f"{_INDENT}{number} | {excerpt.before}{excerpt.token}{excerpt.after}".rstrip()
    mark = "^" * max(1, columns(excerpt.token))
    yield f"{_INDENT}{' ' * len(number)} | {' ' * columns(excerpt.before)}{mark}"


def _wrapped(text: str) -> Iterator[str]:
    """The text in lines broken at spaces; a stretch without one stays whole."""
    line = ""
    for word in text.split():
        if line and columns(line) + 1 + columns(word) > _WIDTH - len(_INDENT):
            yield _INDENT + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield _INDENT + line


def _repairable(report: Report, language: Language) -> list[str]:
    count = sum(finding.repair is not None for finding in report.findings)
    if not count:
        return []
    return [
        "",
        f"แก้ให้ได้เอง {count:,} ข้อ: --fix แฟ้มใหม่ เขียนสำเนาที่แก้แล้ว"
        if language == "th"
        else f"{count:,} of these can be repaired for you: --fix OUT writes a repaired copy",
    ]
