"""The formats a report can be had in: for people, for programs, for editors, for the spreadsheet it is about."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from mueang.check import listing, sarif
from mueang.engine.formats import Format
from mueang.engine.tables import XLSX
from mueang.errors import UnknownFormat

_MARKED = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}


@dataclass(frozen=True)
class ReportFormat(Format[Any]):
    """One format: the ending of its files, what makes one file of several reports (None: each is a file of its own)."""

    ending: str
    join: Callable[[Sequence[bytes]], bytes] | None = None

    def media_type_for(self, name: str) -> str:
        """The Content-Type of a report on a file of this name: a marked table stays what it was."""
        own = _MARKED.get(PurePath(name).suffix.lower(), "") if self.key == XLSX.key else ""
        return own or self.content_type


def _json_list(reports: Sequence[bytes]) -> bytes:
    return (
        json.dumps([json.loads(report) for report in reports], ensure_ascii=False, indent=1).encode() + b"\n"
    )


FORMATS = (
    ReportFormat("json", ("application/json",), None, "json", _json_list),
    ReportFormat("text", ("text/plain",), None, "txt", b"\n".join),
    ReportFormat("csv", ("text/csv",), None, "csv", listing.joined),
    ReportFormat("html", ("text/html",), None, "html"),
    ReportFormat("turtle", ("text/turtle",), None, "ttl", b"\n".join),
    ReportFormat("sarif", ("application/sarif+json",), None, "sarif", sarif.joined),
    ReportFormat(XLSX.key, XLSX.media_types, None, "xlsx"),
)
FRAGMENT = ReportFormat("fragment", ("text/html",), None, "html")
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
