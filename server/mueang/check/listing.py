"""A report as a table for a spreadsheet: CSV with a mark of its encoding, no cell that could be a formula."""

import csv
import io
from collections.abc import Iterator, Sequence

from mueang.check.report import Finding, Report
from mueang.check.wording import SEVERITIES, property_of, term_shown, value_shown
from mueang.engine.cells import harmless_text
from mueang.errors import Language

_HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": (
        "แฟ้ม", "ระดับ", "กฎ", "บรรทัด", "ตำแหน่ง", "แผ่น", "ช่อง", "สิ่ง", "ชื่อ", "คุณสมบัติ", "ค่า", "ต้องทำอะไร", "แก้เป็น", "อยู่ในข้อมูลที่เผยแพร่แล้ว",
    ),
    "en": (
        "file", "severity", "rule", "line", "column", "sheet", "cell", "thing", "name", "property", "value", "what to do", "repair", "in published data",
    ),
}  # fmt: skip


def as_csv(report: Report, language: Language) -> str:
    """The report as CSV: one row a finding, headings in the reader's language."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS[language])
    for finding in report.findings:
        writer.writerow(
            harmless_text({"type": "literal", "value": cell}) for cell in _row(report, finding, language)
        )
    return f"\ufeff{text.getvalue()}"


def joined(tables: Sequence[bytes]) -> bytes:
    """Several tables below one row of headings."""
    first, *others = tables
    return first + b"".join(table.partition(b"\r\n")[2] for table in others)


def _row(report: Report, finding: Finding, language: Language) -> Iterator[str]:
    place, path, repair = finding.place, property_of(finding), finding.repair
    yield report.name
    yield SEVERITIES[finding.severity][language]
    yield finding.rule
    yield from (str(number or "") for number in (place.line, place.column)) if place else ("", "")
    yield from (place.sheet, place.cell) if place else ("", "")
    yield term_shown(finding.focus.term)
    yield finding.focus.named_in(language)
    yield term_shown(path.term) if path else ""
    yield value_shown(finding)
    yield finding.message[language]
    yield repair.said[language] if repair else ""
    yield ("ใช่" if language == "th" else "yes") if finding.elsewhere else ""
