"""The wheel holds the package and just the graph's files that git has."""

import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import ROOT

FOLDERS = ("ontology", "data", "shapes", "queries", "tests/cases/broken", "tests/cases/valid")


def test_the_wheel_holds_gits_list_of_the_graphs_files(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    packed = {name.removeprefix("mueang/_graph/") for name in names if name.startswith("mueang/_graph/")}
    listed = subprocess.run(
        ["git", "ls-files", *FOLDERS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert packed == set(listed.stdout.splitlines())
    assert {"mueang/web/templates/base.html", "mueang/web/static/site.css", "mueang/cli/__init__.py"} <= set(
        names
    )


def test_a_wheel_works_away_from_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(tmp_path / "site"),
            str(ROOT),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mueang",
            "query",
            "--question",
            "round-totals",
            "--format",
            "csv",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr
