"""The formats a report can be written in: for people, for programs, for editors, for the spreadsheet it is about."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from mueang.check import listing, sarif
from mueang.check.html import as_fragment, as_html
from mueang.check.plain import as_json
from mueang.check.reader import Submission
from mueang.check.report import Report
from mueang.check.sheets.grid import ENDINGS
from mueang.check.sheets.marking import marked
from mueang.check.text import as_text
from mueang.check.turtle import as_turtle
from mueang.engine.formats import Format
from mueang.engine.tables import XLSX
from mueang.errors import Language, NotAcceptable, UnknownFormat

_MARKED = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}


@dataclass(frozen=True)
class Checked:
    """What a report is written from: the findings, the file as it was read, and its bytes."""

    report: Report
    submission: Submission
    content: bytes


@dataclass(frozen=True)
class ReportFormat(Format[Any]):
    """One format: the ending of its files, what writes a report in it, what makes one file of several reports.

    A format in which each report is a file of its own has no `join`.
    """

    ending: str
    render: Callable[[Checked, Language], str | bytes]
    join: Callable[[Sequence[bytes]], bytes] | None = None

    def media_type_for(self, name: str) -> str:
        """The Content-Type of a report on a file of this name: a marked table stays what it was."""
        own = _MARKED.get(PurePath(name).suffix.lower(), "") if self.render is _marked else ""
        return own or self.content_type

    def written(self, checked: Checked, language: Language) -> bytes:
        """The report in this format."""
        body = self.render(checked, language)
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


def _json_list(reports: Sequence[bytes]) -> bytes:
    return (
        json.dumps([json.loads(report) for report in reports], ensure_ascii=False, indent=1).encode() + b"\n"
    )


def _csv(checked: Checked, language: Language) -> str:
    return listing.as_csv(checked.report, language)


def _turtle(checked: Checked, _: Language) -> str:
    return as_turtle(checked.report)


def _sarif(checked: Checked, language: Language) -> str:
    return sarif.as_sarif(checked.report, language)


FORMATS = (
    ReportFormat("json", ("application/json",), None, "json", _json, _json_list),
    ReportFormat("text", ("text/plain",), None, "txt", _text, b"\n".join),
    ReportFormat("csv", ("text/csv",), None, "csv", _csv, listing.joined),
    ReportFormat("html", ("text/html",), None, "html", _html),
    ReportFormat("turtle", ("text/turtle",), None, "ttl", _turtle, b"\n".join),
    ReportFormat("sarif", ("application/sarif+json",), None, "sarif", _sarif, sarif.joined),
    ReportFormat("xlsx", XLSX.media_types, None, "xlsx", _marked),
)
FRAGMENT = ReportFormat("fragment", ("text/html",), None, "html", _fragment)
"""The report as part of a page of the site; no format to ask for."""


def report_format(key: str) -> ReportFormat:
    """The format with this key; raises UnknownFormat with those there are."""
    found = next((known for known in (*FORMATS, FRAGMENT) if known.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in FORMATS)
        raise UnknownFormat(
            th=f"ไม่มีรายงานรูปแบบ {key} (มี {known})", en=f"there is no report format {key} (known: {known})"
        )
    return found
