"""`mueang link` as people run it: exit codes, files that appear whole or not at all, links, reports."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from conftest import ROOT, Run
from mueang.graph.names import BASE

PLAIN = "จังหวัด,n\nภูเก็ต,1\nขอนแกน,2\nกระบี่,3\n"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOID = "http://rdfs.org/ns/void#"
OWL = "http://www.w3.org/2002/07/owl#"


@pytest.fixture
def link(mueang: Run, home: Path) -> Run:
    return partial(mueang, "link", MUEANG_HOME=str(home))


@contextmanager
def running(folder: Path, home: Path, *arguments: str, stderr: int) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process of its own, ended at the end."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "server"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "mueang", "link", *arguments, "--home", str(home)]
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=stderr)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def many_rows(path: Path, rows: int) -> None:
    names = ["ภูเก็ต", "จ.ขอนแก่น", "Chiang Mai", "กรุงเทพฯ", "ภาคเหนือ"]
    with path.open("w", encoding="utf-8") as file:
        file.write("ลำดับ,จังหวัด,ปี,จำนวน\n")
        file.writelines(f'{n},{names[n % 5]},256{n % 8},"{n * 7:,}"\n' for n in range(rows))


def test_a_table_is_linked_with_its_report_and_its_links(link: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(PLAIN + "โรงพยาบาลขอนแก่น,4\n", encoding="utf-8")
    done = link(
        "t.csv", "--out", "o.csv", "--links", "l.ttl", "--report", "r.json", "--base", "https://example.org/t"
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "3 of 4 rows linked" in done.stderr
    assert "row 5 โรงพยาบาลขอนแก่น" in done.stderr
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").count(f"{BASE}id/province/") == 3
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (report["linked"], report["not_linked"], report["missed"][0]["first_row"]) == (3, 1, 5)
    store = Store()
    store.extend(parse(input=(tmp_path / "l.ttl").read_bytes(), format=RdfFormat.TURTLE))
    links = {
        (name, quad.object.value.rpartition("/")[2])
        for name in ("exactMatch", "closeMatch")
        for quad in store.quads_for_pattern(None, NamedNode(SKOS + name), None)
    }
    assert links == {("exactMatch", "TH-83"), ("exactMatch", "TH-81"), ("closeMatch", "TH-40")}
    counted = {quad.object.value for quad in store.quads_for_pattern(None, NamedNode(VOID + "triples"), None)}
    assert counted == {"1", "2"}
    targets = list(store.quads_for_pattern(None, NamedNode(OWL + "annotatedTarget"), None))
    scores = list(store.quads_for_pattern(None, NamedNode("https://w3id.org/sssom/confidence"), None))
    assert {quad.subject for quad in targets} == {quad.subject for quad in scores}
    assert all(0 < float(quad.object.value) <= 1 for quad in scores)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["l.ttl", "o.csv", "r.json", "t.csv"]


def test_a_table_of_which_all_is_linked_is_a_success_and_goes_to_standard_output(
    link: Run, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("จังหวัด,n\nภูเก็ต,1\nรวม,1\n", encoding="utf-8")
    done = link("t.csv", "--column", "จังหวัด", "--kind", "province")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith(f"ภูเก็ต,1,{BASE}id/province/TH-83,83,ภูเก็ต,Phuket,100")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.csv"], "there is no file none.csv"),
        (["t.csv", "--column", "x"], "no column x (there are: จังหวัด, n)"),
        (["t.csv", "--kind", "planet"], "no kind planet"),
        (["t.csv", "--out", "o.pdf"], "tables are written as .csv .tsv .xlsx"),
        (["t.csv", "--links", "l.ttl", "--base", "a> b"], "must be a whole IRI"),
        (["t.csv", "--out", "o.csv", "--report", "./o.csv"], "must be different files"),
        (
            ["ragged.csv", "--out", "o.csv", "--links", "l.ttl", "--report", "r.txt"],
            "row 6: 3 cells in a table of 2",
        ),
        (["bomb.xlsx", "--out", "o.xlsx"], "unpacks to more than"),
        (["t.csv", "--out", "no/such/o.csv"], "no/such/o.csv cannot be written"),
    ],
    ids=[
        "no-file",
        "no-column",
        "no-kind",
        "no-format",
        "no-address",
        "one-file-twice",
        "ragged",
        "bomb",
        "no-folder",
    ],
)
def test_what_cannot_be_linked_is_one_line_and_leaves_no_file(
    arguments: list[str], words: str, link: Run, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "ragged.csv").write_text(PLAIN + "ตรัง,1\nตรัง,1,234\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"\0" * 200_000_000) if "bomb.xlsx" in arguments else None
    before = sorted(path.name for path in tmp_path.iterdir())
    done = link(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_told_to_end_it_leaves_nothing_half_written(home: Path, tmp_path: Path) -> None:
    many_rows(tmp_path / "t.csv", 400_000)
    with running(tmp_path, home, "t.csv", "--out", "o.csv", stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not (tmp_path / "o.csv.new").exists() and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_a_terminal_is_shown_how_far_it_is(home: Path, tmp_path: Path) -> None:
    many_rows(tmp_path / "t.csv", 60_000)
    ours, theirs = os.openpty()
    with running(tmp_path, home, "t.csv", "--out", "o.csv", stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:
            pass  # the other end is closed
        assert process.wait(30) == 0
    os.close(ours)
    assert b"%" in shown
    assert b"linking t.csv" in shown


@pytest.mark.slow
def test_a_million_rows_are_linked_in_bounded_memory(home: Path, tmp_path: Path) -> None:
    many_rows(tmp_path / "t.csv", 1_000_000)
    most = 0
    with running(tmp_path, home, "t.csv", "--out", "o.csv", stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, peak(process.pid))
            time.sleep(0.02)
    assert process.returncode == 0
    assert 30_000 < most < 300_000
    with (tmp_path / "o.csv").open("rb") as file:
        assert sum(1 for _ in file) == 1_000_001


def peak(pid: int) -> int:
    """The most memory a process has had, in kB: its own, where rusage counts what its parent had when it forked."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) if found else 0
