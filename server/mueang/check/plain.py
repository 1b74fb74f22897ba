"""A report as JSON for programs, in both languages at once, and back; `report.schema.json` describes it."""

import json
from importlib import resources
from typing import Any

from mueang.check.place import Place
from mueang.check.report import Finding, Repair, Report, Severity, Thing
from mueang.graph.names import BASE

SCHEMA = BASE + "validate/report.schema.json"
SCHEMA_TEXT = resources.files("mueang.check").joinpath("report.schema.json").read_text(encoding="utf-8")


def as_json(report: Report) -> str:
    """The report as one JSON object."""
    written = {
        "$schema": SCHEMA,
        "name": report.name,
        "accepted": report.accepted,
        "counts": {severity.name.lower(): report.count(severity) for severity in reversed(Severity)},
        "findings": [_finding(finding) for finding in report.findings],
    }
    return json.dumps(written, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Report:
    """The report that `as_json` wrote."""
    read = json.loads(text)
    return Report(read["name"], tuple(_read_finding(one) for one in read["findings"]))


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.name.lower(),
        "elsewhere": finding.elsewhere,
        "place": _place(finding.place),
        "focus": _thing(finding.focus),
        "path": _thing(finding.path),
        "value": finding.value,
        "message": dict(finding.message),
        "repair": _repair(finding.repair),
        "shape": finding.shape,
        "component": finding.component,
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    """What is known of the place and nothing else."""
    return {name: known for name, known in vars(place).items() if known} if place else None


def _thing(thing: Thing | None) -> dict[str, Any] | None:
    return {"term": thing.term, "labels": dict(thing.labels)} if thing else None


def _repair(repair: Repair | None) -> dict[str, Any] | None:
    return (
        {**vars(repair), "statement": list(repair.statement), "said": dict(repair.said)} if repair else None
    )


def _read_finding(read: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **read,
            "severity": Severity[read["severity"].upper()],
            "place": None if read["place"] is None else Place(**read["place"]),
            "focus": Thing(**read["focus"]),
            "path": Thing(**read["path"]) if read["path"] else None,
            "repair": _read_repair(read["repair"]) if read["repair"] else None,
        }
    )


def _read_repair(read: dict[str, Any]) -> Repair:
    return Repair(**{**read, "statement": tuple(read["statement"])})
