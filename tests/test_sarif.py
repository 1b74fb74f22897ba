"""Reports in SARIF 2.1.0: valid by its published schema, with the places editors go to."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.check.report import Report
from mueang.check.sarif import as_sarif, joined
from reports import COLUMN, DATED, NAMED, REPORT, REPORTS

SCHEMA = jsonschema.Draft4Validator(
    json.loads(
        (Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.4.json").read_text(encoding="utf-8-sig")
    ),
    format_checker=jsonschema.FormatChecker(),
)


def log(report: Report, language="en") -> dict:
    return json.loads(as_sarif(report, language))


@given(REPORTS, st.sampled_from(["th", "en"]))
@settings(derandomize=True, max_examples=50, deadline=None)
def test_every_report_is_valid_sarif(report: Report, language) -> None:
    SCHEMA.validate(log(report, language))


def test_the_schema_refuses_what_is_not_sarif() -> None:
    wrong = log(REPORT)
    wrong["runs"][0]["results"][0]["level"] = "fatal"
    assert not SCHEMA.is_valid(wrong)


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_result_has_rule_level_message_and_the_line_it_is_on(language) -> None:
    run = log(REPORT, language)["runs"][0]
    result = run["results"][0]
    assert (run["language"], run["columnKind"]) == (language, "unicodeCodePoints")
    assert (result["ruleId"], result["level"]) == ("F10", "error")
    assert result["message"]["text"].startswith(DATED.message[language])
    assert "2022-11-09" in result["message"]["text"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 2, "startColumn": COLUMN}
    assert run["tool"]["driver"]["rules"][1]["id"] == "F10"


def test_a_cell_of_a_workbook_is_a_logical_location() -> None:
    location = log(Report("a.xlsx", (NAMED,)))["runs"][0]["results"][0]["locations"][0]
    assert location["logicalLocations"] == [{"name": "B7", "fullyQualifiedName": "พื้นที่!B7"}]
    assert "region" not in location["physicalLocation"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [("folder/a b.ttl", "folder/a%20b.ttl"), ("/data/ก.ttl", "file:///data/%E0%B8%81.ttl"), ("-", "-")],
)
def test_a_file_is_named_by_its_address(name: str, uri: str) -> None:
    assert log(Report(name, ()))["runs"][0]["artifacts"] == [{"location": {"uri": uri}}]


def test_the_same_mistake_keeps_its_fingerprint_when_it_moves() -> None:
    moved = Report("a.ttl", (DATED, NAMED, DATED))
    prints = [result["partialFingerprints"]["finding/v1"] for result in log(moved)["runs"][0]["results"]]
    assert prints[0] == prints[2] != prints[1]


def test_reports_on_several_files_are_one_log_with_a_run_for_each() -> None:
    whole = json.loads(
        joined([as_sarif(Report(name, (DATED,)), "en").encode() for name in ("a.ttl", "b.ttl")])
    )
    SCHEMA.validate(whole)
    assert [run["artifacts"][0]["location"]["uri"] for run in whole["runs"]] == ["a.ttl", "b.ttl"]
