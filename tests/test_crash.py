"""Whatever ends a process that publishes, builds or restores: the last generation it acknowledged is there, whole."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import ROOT
from mueang.errors import StoreFailed
from mueang.graph.generation import contents_of, current, publish
from mueang.graph.history import history, published, verify

VICTIMS = [sys.executable, str(ROOT / "tests" / "victims.py")]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "server")}
SMALL = {"https://example.org/a": b"<a:a> <a:b> 1 ."}


@pytest.mark.parametrize("fault", ["kill", "full"])
def test_every_single_file_operation_may_fail(fault: str) -> None:
    done = subprocess.run(
        [*VICTIMS, fault], env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    places = dict(json.loads(line) for line in done.stdout.splitlines())
    assert all(count >= 10 for count in places.values()), places
    assert list(places) == ["first", "next", "restore"]


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_leaves_what_was_acknowledged_whole(tmp_path: Path, kills: int) -> None:
    luck = random.Random(2565)  # noqa: S311  (moments, not secrets)
    with victims() as process:
        for kill in range(kills):
            home = tmp_path / str(kill // 5)
            home.mkdir(exist_ok=True)
            acknowledged = killed_in(home, process, luck)
            assert verify(home) == []
            now = current(home)
            if acknowledged:
                assert now is not None
                assert now.number >= max(acknowledged)
                assert {published(home, number).number for number in acknowledged} == set(acknowledged)
            if now:
                assert dict(contents_of(home, now))


@contextmanager
def victims() -> Iterator[subprocess.Popen[str]]:
    """The process that forks one to be killed for each home it is told."""
    with subprocess.Popen(
        [*VICTIMS, "live"],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def killed_in(home: Path, process: subprocess.Popen[str], luck: random.Random) -> list[int]:
    """The generations acknowledged by a process that worked in this home until it was killed."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{home}\n")
    victim = int(process.stdout.readline())
    acknowledged = [int(process.stdout.readline()) for _ in range(luck.randrange(6))]
    time.sleep(luck.random() * 0.05)
    os.kill(victim, signal.SIGKILL)
    lines = iter(process.stdout.readline, "dead\n")
    return acknowledged + [int(line) for line in lines]


def test_two_processes_that_publish_at_once_wait_for_each_other(tmp_path: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from mueang.graph.generation import publish
for n in range(25):
    contents = {"https://example.org/a": f"<a:a> <a:b> {os.getpid()}, {n} .".encode()}
    print(publish(Path(sys.argv[1]), contents, reason="test", shapes="s").number)
"""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [int(line) for one in both for line in one.communicate(timeout=60)[0].splitlines()]
    assert sorted(said) == list(range(1, 51))
    assert [(one.number, one.parent) for one, _ in history(tmp_path)] == [
        (number, number - 1 or None) for number in range(50, 0, -1)
    ]
    assert verify(tmp_path) == []


@contextmanager
def little_space(home: Path) -> Iterator[None]:
    """A disk of 64 kB at this place, or where none may be mounted, no file larger than that."""
    home.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(home)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", str(home)], check=True)
    else:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, limits[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_a_failure_in_words_and_nothing_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with little_space(home):
        first = publish(home, SMALL, reason="first", shapes="s")
        with pytest.raises(StoreFailed, match=r"No space left on device|File too large") as failure:
            publish(home, SMALL | {"https://example.org/b": b"#" * 100_000}, reason="large", shapes="s")
        assert str(home) in failure.value.th
        assert current(home) == first
        assert verify(home) == []
        assert not list(home.rglob("*.new"))
        after = publish(home, {"https://example.org/b": b""}, reason="small again", shapes="s")
        assert (after.number, current(home)) == (2, after)
