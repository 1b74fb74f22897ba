"""The benchmark of checking still runs and finds what it says its submissions have wrong."""

import subprocess
import sys

import pytest

from conftest import ROOT


@pytest.mark.slow
def test_the_benchmark_of_checking_gives_a_table() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench/checking/run.py"), "--rounds", "1", "--times", "3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 5
    assert [row.split("|")[2].strip() for row in rows[1:4]] == ["0", "600", "0"]
