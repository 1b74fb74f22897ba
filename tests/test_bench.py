"""The benchmark still runs: both servers answer alike, and each row gets its figures."""

import subprocess
import sys

import pytest

from conftest import ROOT


@pytest.mark.slow
def test_the_benchmark_of_asking_gives_a_table() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench/asking/run.py"), "--rounds", "1", "--seconds", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 7
    assert all("**" in row for row in rows[1:])
