"""The benchmark of linking still runs and finds every name it should."""

import subprocess
import sys

import pytest

from conftest import ROOT


@pytest.mark.slow
def test_the_benchmark_of_linking_gives_its_tables() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench/linking/run.py"), "--names", "1000", "--rows", "10000"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 4 + 3 + 2
    assert {row[4].strip() for row in rows[1:4]} == {"1.0000"}
    assert "0 taken for a province" in done.stdout
