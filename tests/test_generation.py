"""Generations are immutable, published whole or not at all, and known to be damaged when they are."""

import json
from pathlib import Path

import pytest

from mueang.errors import Moved, StoreFailed
from mueang.graph.generation import advance, contents_of, current, digest, keep, numbers, publish

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


GARBAGE = [
    b"",
    b"{",
    b"[1]",
    b"null",
    b"[" * 100_000,
    b"\xff",
    b'{"number": 1}',
    b'{"number": 2, "parent": 1, "made_at": "x"}',
]


@pytest.mark.parametrize("record", GARBAGE, ids=lambda record: repr(record[:20]))
def test_a_garbage_record_is_a_failure_in_words(tmp_path: Path, record: bytes) -> None:
    publish(tmp_path, FIRST, reason="test", shapes="s")
    (tmp_path / "generations" / "000001.json").write_bytes(record)
    with pytest.raises(StoreFailed, match=r"000001.json is damaged: it is not the record of generation 1"):
        current(tmp_path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 2),
        ("parent", 1),
        ("made_at", "yesterday"),
        ("graphs", {"a:a": "../../etc/passwd"}),
        ("graphs", []),
    ],
)
def test_a_record_that_cannot_be_true_is_damaged(tmp_path: Path, field: str, value: object) -> None:
    publish(tmp_path, FIRST, reason="test", shapes="s")
    path = tmp_path / "generations" / "000001.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    with pytest.raises(StoreFailed, match="is damaged"):
        current(tmp_path)


def test_what_else_lies_among_the_records_is_no_generation(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, reason="test", shapes="s")
    for name in ("notes.json", "000002.json.new", "-00003.json", "٠٠٠٠٠٤.json"):
        (tmp_path / "generations" / name).write_text("x")
    assert numbers(tmp_path) == [1]
    assert publish(tmp_path, SECOND, reason="test", shapes="s").number == 2


def test_a_generation_goes_on_from_its_parent_with_some_graphs_changed(tmp_path: Path) -> None:
    first = publish(
        tmp_path, {"https://e.org/a": b"1", "https://e.org/b": b"2"}, reason="", shapes="s", built="x"
    )
    changes = {"https://e.org/a": None, "https://e.org/c": b"3"}
    after = advance(tmp_path, first, changes, reason="submission 7", submission=7)
    assert dict(contents_of(tmp_path, after)) == {"https://e.org/b": b"2", "https://e.org/c": b"3"}
    assert (after.parent, after.built, after.submission) == (first.number, "x", 7)
    assert current(tmp_path) == after


def test_what_was_checked_beside_another_generation_is_not_published(tmp_path: Path) -> None:
    first = publish(tmp_path, {"https://e.org/a": b"1"}, reason="", shapes="s")
    second = advance(tmp_path, first, {"https://e.org/b": b"2"}, reason="one")
    with pytest.raises(Moved):
        advance(tmp_path, first, {"https://e.org/c": b"3"}, reason="other")
    assert current(tmp_path) == second


def test_a_content_is_kept_once_and_under_its_digest(tmp_path: Path) -> None:
    assert keep(tmp_path, b"1") == keep(tmp_path, b"1") == digest(b"1")
    assert [path.read_bytes() for path in (tmp_path / "contents").iterdir()] == [b"1"]
