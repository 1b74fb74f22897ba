"""`mueang validate` as an official or a script runs it: reports in every format, several files, repaired copies."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from conftest import ROOT, Run

CASES = ROOT / "tests" / "cases"
DATED = str(CASES / "broken" / "kind-01-buddhist-year-as-a-date.ttl")
SHORT = str(CASES / "broken" / "kind-02-short-year.ttl")
GOOD = str(CASES / "valid" / "kind-01-buddhist-year-as-a-date.ttl")


def test_the_text_report_shows_the_line_and_what_to_write(mueang: Run) -> None:
    done = mueang("validate", DATED, "--lang", "th")
    assert done.returncode == 1
    assert done.stdout.startswith(f"{DATED}: ต้องแก้ 2 ข้อ\n")
    assert 'tsc:startsOn "2565-11-30"^^xsd:date' in done.stdout
    assert "บรรทัด 9 ตำแหน่ง 18" in done.stdout
    assert "ยังไม่มีข้อมูลเผยแพร่" in done.stderr


def test_json_is_an_object_for_one_file_and_a_list_for_several(mueang: Run) -> None:
    one = json.loads(mueang("validate", DATED, "--format", "json").stdout)
    both = json.loads(mueang("validate", DATED, SHORT, "--format", "json").stdout)
    assert one["name"] == DATED
    assert [report["name"] for report in both] == [DATED, SHORT]
    assert both[0] == one
    assert {finding["place"]["line"] for finding in one["findings"]} == {9, 10}


def test_csv_has_one_row_of_headings_for_several_files(mueang: Run) -> None:
    done = mueang("validate", DATED, GOOD, SHORT, "--format", "csv")
    rows = list(csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert done.returncode == 1
    assert rows[0][:3] == ["file", "severity", "rule"]
    assert [row[0] for row in rows[1:]] == [DATED, DATED, SHORT]


def test_turtle_reports_on_several_files_are_one_graph(mueang: Run) -> None:
    graph = rdflib.Graph().parse(
        data=mueang("validate", DATED, SHORT, "--format", "turtle").stdout, format="turtle"
    )
    assert len(list(graph.subjects(RDF.type, SH.ValidationReport))) == 2
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 3


def test_sarif_and_html_are_written_to_a_file(mueang: Run, tmp_path: Path) -> None:
    assert mueang("validate", DATED, SHORT, "--format", "sarif", "--out", "a.sarif").stdout == ""
    assert len(json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"]) == 2
    done = mueang("validate", DATED, "--format", "html", "--lang", "th", "--out", "a.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="th">')


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([DATED, SHORT, "--format", "html"], "takes one file"),
        ([DATED, SHORT, "--fix", "a.ttl"], "--fix takes one file"),
        ([DATED, "--out", "no/such/folder/a.txt"], "cannot be written"),
        ([DATED, "--format", "docx"], "is not one of"),
    ],
    ids=["html-of-two", "fix-of-two", "no-folder", "no-format"],
)
def test_what_cannot_be_done_is_said_and_exits_2(mueang: Run, arguments: list[str], words: str) -> None:
    done = mueang("validate", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(mueang: Run) -> None:
    done = mueang("validate", "no-such-file.ttl", SHORT)
    assert done.returncode == 2
    assert "there is no file no-such-file.ttl" in done.stderr
    assert done.stdout.startswith(f"{SHORT}: 1 violation\n")


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("a.xls", "th", "เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx"),
        ("a.ods", "en", "open it in Excel or LibreOffice and save it as .xlsx"),
        ("-", "en", "open it in Excel or LibreOffice and save it as .xlsx"),
    ],
)
def test_an_old_spreadsheet_is_to_be_saved_anew(tmp_path: Path, name: str, language: str, words: str) -> None:
    content = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    (tmp_path / "a.xls").write_bytes(content)
    (tmp_path / "a.ods").write_bytes(b"PK\x03\x04" + bytes(100))
    done = subprocess.run(
        [sys.executable, "-m", "mueang", "validate", name, "--lang", language],
        input=content,
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "server"), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode().strip().endswith(words)
    assert "UTF-8" not in done.stderr.decode()


def test_a_good_file_exits_0_and_says_so(mueang: Run) -> None:
    done = mueang("validate", GOOD, "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["accepted"] is True


def test_standard_input_is_checked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mueang", "validate", "-", "--lang", "en"],
        input=Path(DATED).read_bytes(),
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "server"), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"-: 2 violations\n")


def test_a_repaired_copy_has_new_words_and_else_the_same_bytes(mueang: Run, tmp_path: Path) -> None:
    done = mueang("validate", DATED, "--fix", "mended.ttl")
    before, after = Path(DATED).read_bytes(), (tmp_path / "mended.ttl").read_bytes()
    assert done.returncode == 0
    assert done.stdout == f"{DATED}: nothing to mend\n"
    assert after == before.replace(b"2565-11-30", b"2022-11-30").replace(b"2565-12-02", b"2022-12-02")
    assert done.stderr.splitlines()[-3:] == [
        "mended.ttl: 2 changes",
        'line 9, column 18: "2565-11-30"^^xsd:date → 2022-11-30',
        'line 10, column 16: "2565-12-02"^^xsd:date → 2022-12-02',
    ]
    assert mueang("validate", "mended.ttl").returncode == 0


def test_what_has_no_one_repair_is_left_as_it_was(mueang: Run, tmp_path: Path) -> None:
    broken = CASES / "broken" / "kind-03-impossible-day.ttl"
    done = mueang("validate", str(broken), "--fix", "mended.ttl")
    assert done.returncode == 1
    assert done.stderr.endswith("mended.ttl: no changes\n")
    assert (tmp_path / "mended.ttl").read_bytes() == broken.read_bytes()


def test_a_table_is_repaired_in_its_cells(mueang: Run, tmp_path: Path) -> None:
    heading = "Key,Name of the area (Thai),Province"
    (tmp_path / "areas.csv").write_text(f"{heading}\nexample,ถํ้าตัวอย่าง,TH-21\n", encoding="utf-8")
    done = mueang("validate", "areas.csv", "--fix", "mended.csv")
    assert (tmp_path / "mended.csv").read_text(encoding="utf-8") == f"{heading}\nexample,ถ้ำตัวอย่าง,TH-21\n"
    assert "cell B2" in done.stderr
    assert mueang("validate", "mended.csv").returncode == 0


def test_the_guide_shows_what_is_really_written(mueang: Run, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    (tmp_path / "new-area.ttl").write_text(
        re.search(r"```turtle\n(.*?)```", guide, re.DOTALL)[1], encoding="utf-8"
    )
    commands = re.findall(r"```sh\nmueang (validate new-area.ttl .*?)\n```", guide)
    shown = re.findall(r"```text\n(.*?)```", guide, re.DOTALL)
    assert len(commands) == len(shown) == 2
    for command, text in zip(commands, shown, strict=True):
        done = mueang(*command.split())
        assert done.stdout + done.stderr.partition("own files\n")[2] == text
