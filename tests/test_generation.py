"""Generations are immutable, published whole or not at all, and known to be damaged when they are."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from mueang.errors import StoreFailed
from mueang.graph.generation import contents_of, current, digest, publish

FIRST = {"https://example.org/a": b"<a:a> <a:b> 1 .", "https://example.org/b": b"<a:a> <a:b> 2 ."}
SECOND = {"https://example.org/a": b"<a:a> <a:b> 3 ."}


def test_nothing_is_current_before_the_first_is_published(tmp_path: Path) -> None:
    assert current(tmp_path) is None


def test_a_generation_gives_back_what_was_published(tmp_path: Path) -> None:
    generation = publish(tmp_path, FIRST, reason="test", shapes="s")
    assert (generation.number, generation.parent, generation.reason) == (1, None, "test")
    assert current(tmp_path) == generation
    assert dict(contents_of(tmp_path, generation)) == FIRST


def test_the_same_contents_are_not_published_twice(tmp_path: Path) -> None:
    first = publish(tmp_path, FIRST, reason="test", shapes="s")
    assert publish(tmp_path, dict(reversed(FIRST.items())), reason="again", shapes="s") == first


def test_other_shapes_make_another_generation(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, reason="test", shapes="s")
    assert publish(tmp_path, FIRST, reason="test", shapes="t").number == 2


def test_an_older_generation_stays_readable(tmp_path: Path) -> None:
    first = publish(tmp_path, FIRST, reason="test", shapes="s")
    second = publish(tmp_path, SECOND, reason="test", shapes="s")
    assert second.parent == first.number
    assert dict(contents_of(tmp_path, first)) == FIRST


def test_a_damaged_content_is_a_failure_not_an_answer(tmp_path: Path) -> None:
    generation = publish(tmp_path, FIRST, reason="test", shapes="s")
    (tmp_path / "contents" / digest(FIRST["https://example.org/a"])).write_bytes(b"<a:a> <a:b> 9 .")
    with pytest.raises(StoreFailed, match="damaged"):
        dict(contents_of(tmp_path, generation))
    publish(tmp_path, FIRST, reason="mended", shapes="t")
    assert dict(contents_of(tmp_path, generation)) == FIRST


@pytest.mark.parametrize("pointer", ["", "x", "99"])
def test_a_pointer_to_nothing_is_a_failure_in_words(tmp_path: Path, pointer: str) -> None:
    publish(tmp_path, FIRST, reason="test", shapes="s")
    (tmp_path / "current").write_text(pointer)
    with pytest.raises(StoreFailed, match="cannot be used"):
        current(tmp_path)


def test_a_home_that_is_a_file_is_a_failure_in_words(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreFailed, match="cannot be used"):
        publish(tmp_path / "home", FIRST, reason="test", shapes="s")


PUBLISH_FOR_EVER = """
import sys, itertools
from pathlib import Path
from mueang.graph.generation import publish
for n in itertools.count():
    publish(Path(sys.argv[1]), {f"https://example.org/{i}": f"<a:a> <a:b> {n*i} .".encode() for i in range(9)},
            reason=str(n), shapes="s")
    print(n, flush=True)
"""


def test_a_kill_at_any_moment_leaves_a_whole_generation(tmp_path: Path) -> None:
    luck = random.Random(2565)  # noqa: S311  (moments, not secrets)
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH_FOR_EVER, str(tmp_path)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "server")},
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        acknowledged = int(process.stdout.readline()) if luck.random() < 0.8 else -1
        try:
            process.wait(timeout=luck.random() * 0.05)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        generation = current(tmp_path)
        if generation:
            assert len(dict(contents_of(tmp_path, generation))) == 9
            assert int(generation.reason) >= acknowledged
