"""Older generations are listed, gone back to, compared, written out and proved whole."""

import gzip
import io
import random
import shutil
import time
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from mueang.errors import Busy, NotFound, StoreFailed
from mueang.graph import dump as dumps
from mueang.graph.difference import GraphDifference, differences
from mueang.graph.dump import export, kept_dump
from mueang.graph.generation import contents_of, current, digest, publish
from mueang.graph.history import history, published, restore, verify

A, B, C = (f"https://example.org/{name}" for name in "abc")
FIRST = {A: b"<a:a> <a:b> 1, 2 .", B: b"<a:a> <a:b> 2 ."}
SECOND = {A: b"<a:a> <a:b> 3, 2 .", C: b"<a:a> <a:b> 4 ."}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two generations."""
    publish(tmp_path, FIRST, reason="first", shapes="s")
    publish(tmp_path, SECOND, reason="second", shapes="t")
    return tmp_path


def leave_unpublished(home: Path) -> None:
    """A record as a crash leaves it: written, but `current` does not name it."""
    pointer = (home / "current").read_bytes()
    publish(home, {A: b""}, reason="crashed", shapes="s")
    (home / "current").write_bytes(pointer)


def states(home: Path) -> list[tuple[int, str]]:
    return [(one.number, state) for one, state in history(home)]


def test_the_history_is_newest_first_and_marks_the_current_one(home: Path) -> None:
    assert states(home) == [(2, "current"), (1, "earlier")]
    assert [one.number for one, _ in history(home, before=2)] == [1]
    assert list(history(home / "nowhere")) == []


def test_a_record_a_crash_left_is_known_for_what_it_is_then_and_later(home: Path) -> None:
    leave_unpublished(home)
    assert states(home) == [(3, "unused"), (2, "current"), (1, "earlier")]
    assert verify(home) == []
    with pytest.raises(NotFound, match="was never published"):
        restore(home, 3)
    after = publish(home, FIRST, reason="next", shapes="s")
    assert (after.number, after.parent) == (4, 2)
    assert states(home) == [(4, "current"), (3, "unused"), (2, "earlier"), (1, "earlier")]


def test_a_first_record_without_a_pointer_is_a_crash_not_damage(tmp_path: Path) -> None:
    publish(tmp_path, FIRST, reason="crashed", shapes="s")
    (tmp_path / "current").unlink()
    assert verify(tmp_path) == []
    assert states(tmp_path) == [(1, "unused")]
    assert publish(tmp_path, FIRST, reason="again", shapes="s").number == 2
    assert states(tmp_path) == [(2, "current"), (1, "unused")]


def test_a_restore_is_a_generation_of_its_own_with_the_older_graphs(home: Path) -> None:
    third = restore(home, 1)
    assert (third.number, third.parent, third.reason, third.shapes) == (3, 2, "restore of 1", "s")
    assert dict(contents_of(home, third)) == FIRST
    assert restore(home, 1) == third
    assert restore(home, 2, person="anan").reason == "restore of 2, by anan"
    assert current(home).graphs == published(home, 2).graphs
    assert restore(home, 1, person="anan", note="ผิด").reason == "restore of 1: ผิด, by anan"


def test_a_restore_from_damaged_contents_changes_nothing(home: Path) -> None:
    (home / "contents" / digest(FIRST[B])).unlink()
    before = current(home)
    with pytest.raises(StoreFailed, match="cannot be used"):
        restore(home, 1)
    assert current(home) == before


@pytest.mark.parametrize("number", [0, 3, -1, 10**20])
def test_an_unknown_generation_is_not_found(home: Path, number: int) -> None:
    with pytest.raises(NotFound):
        published(home, number)


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="run `mueang build`"):
        published(tmp_path)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_verify_names_each_fault_once(home: Path) -> None:
    assert verify(home) == []
    damage(home / "contents" / digest(FIRST[A]))
    (home / "contents" / digest(FIRST[B])).unlink()
    (home / "generations" / "000002.json").write_text("{}")
    assert sorted(fault.en.partition(str(home))[2].partition(" ")[2] for fault in verify(home)) == [
        "cannot be used: No such file or directory",
        "is damaged (its digest differs)",
        "is damaged: it is not the record of generation 2",
    ]
    assert all("ก" <= max(fault.th) <= "๛" for fault in verify(home))


@pytest.mark.parametrize("pointer", ["", "x", "99", None])
def test_verify_names_a_pointer_to_nothing(home: Path, pointer: str | None) -> None:
    (home / "current").unlink()
    if pointer is not None:
        (home / "current").write_text(pointer)
    assert len(verify(home)) == 1


def test_verify_names_a_record_that_is_gone(home: Path) -> None:
    (home / "generations" / "000001.json").unlink()
    assert [fault.en for fault in verify(home)] == ["the record of generation 1, the parent of 2, is missing"]


def test_verify_finds_every_single_flipped_bit(home: Path) -> None:
    luck = random.Random(2565)  # noqa: S311  (places, not secrets)
    for path in (home / "contents").iterdir():
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[luck.randrange(len(whole))] ^= 1 << luck.randrange(8)
        path.write_bytes(damaged)
        assert len(verify(home)) == 1
        path.write_bytes(whole)


def test_files_left_aside_do_not_matter(home: Path) -> None:
    for name in ("current.new", "generations/000003.json.new", "contents/abc.new"):
        (home / name).write_bytes(b"half")
    assert verify(home) == []
    assert publish(home, FIRST, reason="next", shapes="s").number == 3


def compare(home: Path, old: bytes, new: bytes) -> tuple[int, int]:
    """How many statements are added and removed between two contents of a graph."""
    before = publish(home, {A: old}, reason="old", shapes="s")
    found = list(differences(home, before, publish(home, {A: new}, reason="new", shapes="s")))
    return sum(len(one.added) for one in found), sum(len(one.removed) for one in found)


def test_a_difference_is_the_graphs_and_their_statements(home: Path) -> None:
    two = '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    one, three, four = (two.replace("2", digit, 1) for digit in "134")
    assert list(differences(home, published(home, 1), published(home, 2))) == [
        GraphDifference(A, "changed", [("<a:a>", "<a:b>", three)], [("<a:a>", "<a:b>", one)]),
        GraphDifference(B, "removed", [], [("<a:a>", "<a:b>", two)]),
        GraphDifference(C, "added", [("<a:a>", "<a:b>", four)], []),
    ]
    assert list(differences(home, published(home, 2), published(home, 2))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"<a:a> <a:b> 1 .", b"# the same\n<a:a>   <a:b> 1, 1 .", (0, 0)),
        (b"<a:a> <a:b> [ <a:c> 1 ], [ <a:c> 2 ] .", b"<a:a> <a:b> _:y, _:x . _:x <a:c> 1 . _:y <a:c> 2 .", (0, 0)),
        (b"<a:a> <a:b> [ <a:c> 1 ] .", b"<a:a> <a:b> [ <a:c> 1 ], [ <a:c> 2 ] .", (2, 0)),
        (b"<a:a> <a:b> [ <a:c> 1 ] .", b"<a:a> <a:b> [ <a:c> 1 ], [ <a:c> 1 ] .", (2, 0)),
        (b"<a:a> <a:b> [ <a:c> 1 ], [ <a:c> 2 ] .", b"<a:a> <a:b> [ <a:c> 1 ] .", (0, 2)),
        (b"<a:a> <a:b> (1 2 3 4) .", b"<a:a> <a:b> (1 2 3 4) .", (0, 0)),
        (b"_:a <a:b> _:b . _:b <a:b> _:c .", b"_:z <a:b> _:x . _:x <a:b> _:y .", (0, 0)),
        (b"_:a <a:b> _:b . _:b <a:b> _:c .", b"_:a <a:b> _:b . _:c <a:b> _:b .", (2, 2)),
        (b"<a:a> <a:b> <<( _:x <a:b> 1 )>> . _:x <a:c> 1 .", b"<a:a> <a:b> <<( _:y <a:b> 1 )>> . _:y <a:c> 1 .", (0, 0)),
        (b"<a:a> <a:b> <<( _:x <a:b> 1 )>> . _:x <a:c> 1 .", b"<a:a> <a:b> <<( _:y <a:b> 1 )>> . _:y <a:c> 2 .", (2, 2)),
    ],
)  # fmt: skip
def test_blank_nodes_are_told_by_what_is_said_about_them(
    tmp_path: Path, old: bytes, new: bytes, expected: tuple[int, int]
) -> None:
    assert compare(tmp_path, old + b"\n", new) == expected


def test_one_changed_blank_node_leaves_the_others_alone(tmp_path: Path) -> None:
    people = [f"<a:a{n}> <a:b> [ <a:name> {n} ; <a:of> [ <a:c> {n} ] ] ." for n in range(200)]
    changed = [*people[:100], people[100].replace("<a:c> 100", "<a:c> 0"), *reversed(people[101:])]
    assert compare(tmp_path, "\n".join(people).encode(), "\n".join(changed).encode()) == (4, 4)


@pytest.mark.parametrize(
    "tangle",
    [
        "".join(f"_:n{a} <a:b> _:n{b} . " for a in range(40) for b in range(40) if a != b),
        "<a:a> <a:b> (" + " 1" * 2000 + ") .",
        "".join(f"_:n{a} <a:b> _:n{a + 1} . " for a in range(2000)),
    ],
    ids=["all linked to one another", "a long list of one value", "a long chain"],
)
def test_tangled_blank_nodes_cannot_hold_a_comparison_up(tmp_path: Path, tangle: str) -> None:
    start = time.monotonic()
    assert compare(tmp_path, tangle.encode(), tangle.replace("n", "m").encode() + b"\n") == (0, 0)
    assert time.monotonic() - start < 10


MIXED = {
    A: "@prefix x: <a:> . x:a x:b [ x:c 1 ], 2, \"ก\"@th . _:same x:d _:same .".encode(),
    B: b"<a:a> <a:b> 2, [ <a:c> 1 ] . _:same <a:d> 1, 1 .",
}  # fmt: skip
SYNTAXES = [
    RdfFormat.N_QUADS,
    RdfFormat.TRIG,
    RdfFormat.JSON_LD,
    RdfFormat.TURTLE,
    RdfFormat.N_TRIPLES,
    RdfFormat.RDF_XML,
]


@pytest.mark.parametrize("syntax", SYNTAXES, ids=lambda syntax: syntax.file_extension)
def test_an_export_is_the_same_every_time_and_says_what_the_graphs_say(
    tmp_path: Path, syntax: RdfFormat
) -> None:
    generation = publish(tmp_path, MIXED, reason="test", shapes="s")
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        export(tmp_path, generation, file, syntax)
    assert files[0].getvalue() == files[1].getvalue()
    quads = list(pyoxigraph.parse(files[0].getvalue(), format=syntax))
    named = {A: 5, B: 4}
    if syntax.supports_datasets:
        assert {graph: sum(one.graph_name.value == graph for one in quads) for graph in named} == named
        assert len(quads) == 9
    else:
        assert len(quads) == len(set(quads)) == 8
    assert len({one.subject for one in quads if isinstance(one.subject, pyoxigraph.BlankNode)}) == 4


def test_a_damaged_content_is_found_before_anything_is_written(tmp_path: Path) -> None:
    generation = publish(tmp_path, MIXED, reason="test", shapes="s")
    damage(tmp_path / "contents" / digest(MIXED[B]))
    file = io.BytesIO()
    with pytest.raises(StoreFailed, match="damaged"):
        export(tmp_path, generation, file, RdfFormat.N_QUADS)
    assert file.getvalue() == b""
    with pytest.raises(StoreFailed, match="damaged"):
        kept_dump(tmp_path, generation, RdfFormat.N_QUADS)
    assert not list((tmp_path / "dumps").glob("1-*"))


def test_a_dump_is_built_once_the_same_everywhere_and_only_few_are_kept(tmp_path: Path) -> None:
    homes = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        publish(home, MIXED, reason="test", shapes="s")
    first, again, elsewhere = (
        kept_dump(home, published(home, 1), RdfFormat.TRIG) for home in (homes[0], *homes)
    )
    with first, again, elsewhere:
        content = first.read()
        assert content == again.read() == elsewhere.read()
    assert content[4:8] == bytes(4)
    assert b"@prefix" in gzip.decompress(content)
    for n in range(10):
        with kept_dump(
            homes[0], publish(homes[0], {A: b"", B: b"#" * n}, reason="", shapes="s"), RdfFormat.TRIG
        ):
            pass
    kept = sorted(int(path.name.partition("-")[0]) for path in (homes[0] / "dumps").glob("*.gz"))
    assert kept == [6, 7, 8, 9, 10, 11]


def test_another_homes_generation_of_the_same_number_has_another_dump(tmp_path: Path) -> None:
    one = publish(tmp_path / "one", FIRST, reason="test", shapes="s")
    other = publish(tmp_path / "two", SECOND, reason="test", shapes="s")
    assert one.number == other.number
    assert one.tag != other.tag


def test_a_dump_behind_another_that_takes_long_is_busy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_PATIENCE", 0.1)
    (home / "dumps").mkdir()
    with dumps._one_at_a_time(home / "dumps"), pytest.raises(Busy):
        kept_dump(home, published(home), RdfFormat.TRIG)
    kept_dump(home, published(home), RdfFormat.TRIG).close()


def test_dumps_are_a_cache_that_may_be_thrown_away(home: Path) -> None:
    kept_dump(home, published(home), RdfFormat.TRIG).close()
    shutil.rmtree(home / "dumps")
    kept_dump(home, published(home), RdfFormat.TRIG).close()
    assert verify(home) == []


def test_a_home_where_no_dump_can_be_written_is_a_failure_in_words(home: Path) -> None:
    (home / "dumps").write_text("")
    with pytest.raises(StoreFailed, match="cannot be written"):
        kept_dump(home, published(home), RdfFormat.TRIG)
