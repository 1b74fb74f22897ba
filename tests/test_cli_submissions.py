"""`mueang submit`, `submissions`, `review`: a submission from the file to the published graph, and back again."""

import json
from pathlib import Path

import pytest

from conftest import Run
from submitting import an_area, peopled

AREA = "ASK { GRAPH ?graph { <https://w3id.org/mueang/id/area/test-cli> ?p ?o } }"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, contents: dict[str, bytes]) -> None:
    """The folder that `mueang` runs in, with a home in which people are known."""
    peopled(tmp_path / ".mueang", contents)
    (tmp_path / "good.ttl").write_bytes(an_area("test-cli", name="เมืองตัวอย่าง"))
    (tmp_path / "bad.ttl").write_bytes(an_area("test-cli", province="TH-999"))


def test_a_submission_is_mended_accepted_by_another_asked_and_gone_back_from(mueang: Run) -> None:
    bad = mueang("submit", "bad.ttl", "--as", "somchai", "--note", "ตามมติ")
    assert (bad.returncode, bad.stdout) == (1, "1\n")
    assert "TH-999" in bad.stderr
    good = mueang("submit", "good.ttl", "--as", "somchai", "--supersedes", "1")
    assert (good.returncode, good.stdout) == (0, "2\n")
    assert "adds 1 smart-city area, changes nothing else" in good.stderr
    own = mueang("review", "2", "--accept", "--as", "somchai")
    assert own.returncode == 2
    accepted = mueang("review", "2", "--accept", "--note", "ถูกต้อง", "--as", "anan")
    assert (accepted.returncode, accepted.stdout) == (0, "2\n")
    assert mueang("query", "-e", AREA, "--format", "csv").stdout.strip().endswith("true")
    assert mueang("restore", "1", "--as", "anan", "--note", "ประกาศถูกยกเลิก").stdout == "3\n"
    assert mueang("query", "-e", AREA, "--format", "csv").stdout.strip().endswith("false")
    told = [line.partition("  ")[2] for line in mueang("submissions", "2").stdout.splitlines()[2:]]
    assert told == [
        "received, not checked yet · by somchai",
        "checked, nothing to mend · generation 1",
        "waits for review · generation 1",
        "being taken in · by anan · generation 1 · “ถูกต้อง”",
        "accepted · by anan · generation 2 · “ถูกต้อง”",
    ]
    found = json.loads(mueang("submissions", "--json").stdout)
    assert [(one["number"], one["state"]) for one in found] == [(2, "accepted"), (1, "superseded")]
    assert mueang("verify").returncode == 0


def test_a_reviewer_sees_what_would_change_and_says_no(mueang: Run) -> None:
    mueang("submit", "good.ttl", "--as", "malee")
    shown = mueang("review", "1", LANG="th_TH.UTF-8")
    assert shown.returncode == 0
    assert "เพิ่มพื้นที่เมืองอัจฉริยะ 1 รายการ ไม่เปลี่ยนสิ่งอื่น" in shown.stdout
    assert "area:test-cli เมืองตัวอย่าง" in shown.stdout
    assert "  + tsc:inProvince province:TH-21 ระยอง" in shown.stdout
    assert "note" in mueang("review", "1", "--reject", "--as", "anan").stderr
    said = mueang("review", "1", "--reject", "--note", "ไม่มีแหล่งที่มา", "--as", "anan")
    assert (said.returncode, said.stderr) == (0, "rejected\n")
    again = mueang("review", "1", "--accept", "--as", "prani")
    assert again.returncode == 1
    assert "rejected by anan" in again.stderr
    assert "malee" in mueang("submissions", "--state", "rejected").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["submit", "good.ttl", "--as", "nobody"], "nobody is known as 'nobody'"),
        (["submit", "missing.ttl", "--as", "somchai"], "there is no file missing.ttl"),
        (
            ["submit", "good.ttl", "bad.ttl", "--as", "somchai", "--supersedes", "1"],
            "--supersedes takes one file",
        ),
        (["review", "1", "--accept"], "--as NAME"),
        (["review", "7", "--accept", "--as", "anan"], "there is no submission 7"),
        (["restore", "1", "--as", "somchai"], "this needs a reviewer, and somchai is a submitter"),
        (["restore", "1", "--as", "nobody"], "nobody is known as 'nobody'"),
        (["restore", "1", "--as", "anan", "--note", "a" * 2001], "a note is text of 2000 characters at most"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(mueang: Run, arguments: list[str], told: str) -> None:
    said = mueang(*arguments)
    assert said.returncode == 2
    assert told in said.stderr
    assert "Traceback" not in said.stderr


def test_a_submission_that_breaks_a_rule_is_not_accepted(mueang: Run) -> None:
    mueang("submit", "bad.ttl", "--as", "somchai")
    said = mueang("review", "1", "--accept", "--as", "anan")
    assert said.returncode == 1
    assert "submission 1 may not go in" in said.stderr
    assert said.stdout == ""
    withdrawn = mueang("review", "1", "--withdraw", "--as", "somchai")
    assert (withdrawn.returncode, withdrawn.stderr) == (0, "withdrawn\n")
