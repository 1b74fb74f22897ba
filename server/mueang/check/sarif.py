"""A report in SARIF 2.1.0, which editors and code hosts show beside the lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from mueang.check.report import Finding, Report, Severity
from mueang.check.wording import repair_shown
from mueang.errors import Language
from mueang.graph.names import BASE

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(report: Report, language: Language) -> str:
    """The report as a log of one run; a cell of a workbook is a logical location."""
    rules = sorted({finding.rule: finding.shape for finding in report.findings}.items())
    run = {
        "tool": {
            "driver": {
                "name": "mueang",
                **_version(),
                "informationUri": BASE,
                "rules": [{"id": rule, "helpUri": shape} for rule, shape in rules],
            }
        },
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(report.name)}}],
        "results": [_result(report, finding, language) for finding in report.findings],
    }
    return _log([run])


def _version() -> dict[str, str]:
    """The version of this program, where it is installed and not just run from its folder."""
    with suppress(PackageNotFoundError):
        return {"version": version("mueang")}
    return {}


def joined(logs: Sequence[bytes]) -> bytes:
    """Several logs as one with a run for each."""
    return _log([run for log in logs for run in json.loads(log)["runs"]]).encode()


def _log(runs: list[dict[str, Any]]) -> str:
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(report: Report, finding: Finding, language: Language) -> dict[str, Any]:
    parts = (finding.message[language], repair_shown(finding, language))
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in parts if part)},
        "locations": [_location(report, finding)],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
        "properties": {
            "focus": finding.focus.term,
            "path": finding.path.term if finding.path else None,
            "value": finding.value,
            "elsewhere": finding.elsewhere,
        },
    }


def _location(report: Report, finding: Finding) -> dict[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(report.name), "index": 0}}
    if place and place.line:
        physical["region"] = {"startLine": place.line} | (
            {"startColumn": place.column} if place.column else {}
        )
    location: dict[str, Any] = {"physicalLocation": physical}
    if place and place.cell:
        cell = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
        location["logicalLocations"] = [{"name": place.cell, "fullyQualifiedName": cell}]
    return location


def _uri(name: str) -> str:
    """The file's address: relative as it was given, `file:` for a path from the root."""
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(finding: Finding) -> str:
    """The same for the same mistake wherever it has moved to, so that a host tells new findings from old ones."""
    parts = (finding.rule, finding.focus.term, finding.path.term if finding.path else "", finding.value or "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
