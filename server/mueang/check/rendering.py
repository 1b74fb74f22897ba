"""Writes a report in each of its formats."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from mueang.check.formats import ReportFormat
from mueang.check.html import as_fragment, as_html
from mueang.check.listing import as_csv
from mueang.check.plain import as_json
from mueang.check.reader import Submission
from mueang.check.report import Report
from mueang.check.sarif import as_sarif
from mueang.check.sheets.grid import ENDINGS
from mueang.check.sheets.marking import marked
from mueang.check.text import as_text
from mueang.check.turtle import as_turtle
from mueang.errors import Language, NotAcceptable


@dataclass(frozen=True)
class Checked:
    """What a report is written from: the findings, the file as it was read, and its bytes."""

    report: Report
    submission: Submission
    content: bytes


def rendered(wanted: ReportFormat, checked: Checked, language: Language) -> bytes:
    """The report in this format; raises NotAcceptable for a marked copy of what is no table."""
    body = _WRITERS[wanted.key](checked, language)
    return body if isinstance(body, bytes) else body.encode()


def _marked(checked: Checked, language: Language) -> bytes:
    ending = PurePath(checked.report.name).suffix.lower()
    if ending not in ENDINGS:
        raise NotAcceptable(
            th=f"แฟ้มที่มีเครื่องหมายทำได้จากตาราง ({' '.join(ENDINGS)}) ไม่ใช่ {ending or 'ข้อความ'}: ขอรายงานแบบอื่น เช่น html",
            en=f"a marked copy is made of a table ({' '.join(ENDINGS)}), not of {ending or 'text'}: ask for another report, such as html",
        )
    return marked(checked.content, checked.report, language)


def _text(checked: Checked, language: Language) -> str:
    return as_text(checked.report, language, checked.submission.text) + "\n"


def _html(checked: Checked, language: Language) -> str:
    return as_html(checked.report, language, checked.submission.text)


def _fragment(checked: Checked, language: Language) -> str:
    return as_fragment(checked.report, language, checked.submission.text)


def _json(checked: Checked, _: Language) -> str:
    return as_json(checked.report) + "\n"


def _csv(checked: Checked, language: Language) -> str:
    return as_csv(checked.report, language)


def _turtle(checked: Checked, _: Language) -> str:
    return as_turtle(checked.report)


def _sarif(checked: Checked, language: Language) -> str:
    return as_sarif(checked.report, language)


_WRITERS: dict[str, Callable[[Checked, Language], str | bytes]] = {
    "json": _json,
    "text": _text,
    "csv": _csv,
    "html": _html,
    "turtle": _turtle,
    "sarif": _sarif,
    "xlsx": _marked,
    "fragment": _fragment,
}
