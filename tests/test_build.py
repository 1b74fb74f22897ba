"""`mueang build` on a copy of the repository: what is broken is not published, and is told where it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from mueang.graph.generation import advance, current, numbered
from mueang.graph.history import published, restore
from mueang.graph.names import GRAPH

BROKEN_AREA = """
<https://w3id.org/mueang/id/area/test-broken> a <https://w3id.org/mueang/def#SmartCityArea> ;
    <http://www.w3.org/2004/02/skos/core#prefLabel> "เมืองตัวอย่าง"@th .
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("ontology", "data", "shapes", "queries", "server"):
        shutil.copytree(ROOT / folder, copy / folder)
    return copy


def build(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mueang", "build"],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "server"), "LANG": "en_US.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_file_publishes_nothing_and_is_told_in_the_readers_language(checkout: Path) -> None:
    file = checkout / "data" / "register" / "broken.ttl"
    file.write_text(BROKEN_AREA, encoding="utf-8")
    try:
        english, thai = build(checkout), build(checkout, LANG="th_TH.UTF-8")
    finally:
        file.unlink()
    for done in (english, thai):
        assert (done.returncode, done.stdout) == (1, "")
        assert "area:test-broken" in done.stderr
        assert "Traceback" not in done.stderr
    assert "nothing was published" in english.stderr
    assert "P01" in english.stderr
    assert "จึงยังไม่เผยแพร่" in thai.stderr
    assert not (checkout / ".mueang").exists()


def test_a_malformed_file_is_told_by_its_path_and_line(checkout: Path) -> None:
    file = checkout / "data" / "register" / "broken.ttl"
    file.write_text("<a:a> <a:b> <a:c> .\n<a:a> nonsense .", encoding="utf-8")
    try:
        done = build(checkout)
    finally:
        file.unlink()
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{file}, line 2" in done.stderr


def test_what_was_published_stays_published_when_a_later_build_fails(checkout: Path) -> None:
    first = build(checkout)
    assert (first.returncode, first.stdout) == (0, "1\n"), first.stderr
    before = {path: path.read_bytes() for path in (checkout / ".mueang").rglob("*") if path.is_file()}
    file = checkout / "data" / "register" / "broken.ttl"
    file.write_text(BROKEN_AREA, encoding="utf-8")
    try:
        assert build(checkout).returncode == 1
    finally:
        file.unlink()
    assert {path: path.read_bytes() for path in (checkout / ".mueang").rglob("*") if path.is_file()} == before
    assert build(checkout).stdout == "1\n"


def test_a_build_keeps_what_came_in_otherwise_and_what_was_gone_back_to(checkout: Path) -> None:
    home = checkout / ".mueang"
    first = published(home) if current(home) else numbered(home, int(build(checkout).stdout))
    graph = f"{GRAPH}submission/1"
    accepted = advance(home, first, {graph: b"<a:a> <a:b> <a:c> ."}, reason="submission 1", submission=1)
    gone_back = restore(home, first.number)
    assert build(checkout).stdout == f"{gone_back.number}\n"
    again = restore(home, accepted.number)
    file = checkout / "data" / "register" / "areas.ttl"
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    try:
        after = numbered(home, int(build(checkout).stdout))
    finally:
        file.write_bytes(before)
    assert (after.parent, after.graphs[graph]) == (again.number, accepted.graphs[graph])
    assert after.graphs.keys() == first.graphs.keys() | {graph}


def test_a_home_that_may_not_be_written_is_a_failure_in_words(checkout: Path) -> None:
    done = build(checkout, MUEANG_HOME="/proc/nowhere")
    assert done.returncode == 3
