"""The gate: what was worked out beside a generation is published upon just that one, with a record of its graphs."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from mueang.check.becoming import Worked
from mueang.check.judge import check_whole
from mueang.check.shacl import Shapes
from mueang.errors import Busy, MalformedQuery
from mueang.graph.catalogue import JOURNAL
from mueang.graph.generation import Generation, content_of, contents_of, current, publish
from mueang.graph.history import history
from mueang.graph.names import GRAPH, PREFIXES
from mueang.graph.store import OWN_DEFAULT, named_store, quads_of
from mueang.submissions import gate, room

SMALL = {"https://example.org/a": b"<a:a> <a:b> 1 ."}
ONE = f"{GRAPH}steward/one"
COMMENT = NamedNode(PREFIXES["rdfs"] + "comment")
NAME = NamedNode(PREFIXES["foaf"] + "name")


def working(home: Path, changes: Mapping[str, bytes | None]) -> Callable[[], Worked]:
    """Works the changes out beside what is published at that moment."""

    def work() -> Worked:
        before = current(home)
        assert before
        return Worked(before.number, changes, accepted=True, media_type="", report=b"")

    return work


def changed(
    home: Path, changes: Mapping[str, bytes | None], person: str = "prani", note: str = "update"
) -> Generation:
    return gate.publish(home, working(home, changes), person=person, note=note)


def recorded(home: Path) -> dict[str, list[tuple[str, object]]]:
    """What the journal's graph says now: predicates and objects by the end of the subject."""
    now = current(home)
    assert now
    found: dict[str, list[tuple[str, object]]] = {}
    for quad in quads_of(JOURNAL, content_of(home, now, JOURNAL), JOURNAL):
        found.setdefault(str(quad.subject)[1:-1].removeprefix(GRAPH), []).append(
            (quad.predicate.value, quad.object)
        )
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    publish(tmp_path, SMALL, reason="test", shapes="s")
    return tmp_path


def test_a_change_is_a_generation_upon_the_one_it_was_worked_out_from(home: Path) -> None:
    after = changed(home, {ONE: b"<a:c> <a:b> 2 ."})
    assert (after.number, after.parent, after.reason) == (2, 1, "update, by prani")
    assert dict(contents_of(home, after))[ONE] == b"<a:c> <a:b> 2 ."
    assert after.graphs.keys() == {*SMALL, ONE, JOURNAL}


def test_nothing_to_change_publishes_nothing(home: Path) -> None:
    assert changed(home, {}) == current(home)
    assert len(list(history(home))) == 1


def test_what_others_published_meanwhile_has_it_worked_out_anew(home: Path) -> None:
    seen = []

    def work() -> Worked:
        worked = working(home, {ONE: b"<a:c> <a:b> 2 ."})()
        seen.append(worked.generation)
        if len(seen) == 1:
            publish(home, SMALL | {"https://example.org/b": b""}, reason="build", shapes="s")
        return worked

    after = gate.publish(home, work, person="prani", note="update")
    assert seen == [1, 2]
    assert (after.parent, "https://example.org/b" in after.graphs) == (2, True)


def test_where_others_publish_all_the_time_it_gives_up(home: Path) -> None:
    def work() -> Worked:
        worked = working(home, {ONE: b"<a:c> <a:b> 2 ."})()
        publish(home, {"https://example.org/b": str(worked.generation).encode()}, reason="build", shapes="s")
        return worked

    with pytest.raises(Busy):
        gate.publish(home, work, person="prani", note="update")
    assert all(one.reason != "update, by prani" for one, _ in history(home))


def test_what_working_out_raises_is_raised_on_and_the_room_is_free_again(home: Path) -> None:
    def fail() -> Worked:
        raise MalformedQuery(th="ผิด", en="wrong")

    with pytest.raises(MalformedQuery):
        gate.publish(home, fail, person="prani", note="update")
    assert changed(home, {ONE: b"<a:c> <a:b> 2 ."}).number == 2


def test_all_who_publish_stand_in_line_and_none_overwrites_what_another_did(home: Path) -> None:
    def add(number: int) -> tuple[int, int | None]:
        parents: list[int] = []
        work = working(home, {f"{GRAPH}steward/{number}": f"<a:a> <a:b> {number} .".encode()})

        def noted() -> Worked:
            parents.append(work().generation)
            return work()

        after = gate.publish(home, noted, person="prani", note=str(number))
        assert after.parent == parents[-1]
        return after.number, after.parent

    with ThreadPoolExecutor(8) as pool:
        made = sorted(pool.map(add, range(40)))
    assert made == [(number, number - 1) for number in range(2, 42)]
    now = current(home)
    assert now
    assert {f"{GRAPH}steward/{number}" for number in range(40)} < now.graphs.keys()
    assert sum(subject.startswith("steward/") and "#" not in subject for subject in recorded(home)) == 40


def test_whoever_waits_too_long_for_the_room_is_told(home: Path) -> None:
    with (
        room.alone(home),
        pytest.raises(Busy, match="somebody else is publishing"),
        room.alone(home, patience=0.05),
    ):
        pass


def test_the_record_of_a_stewards_graph_goes_with_it(home: Path) -> None:
    changed(home, {ONE: b"<a:c> <a:b> 2 ."}, note="first")
    changed(home, {ONE: b"<a:c> <a:b> 3 ."}, note="second")
    found = recorded(home)
    assert {
        "steward/one",
        "steward/one#change-1",
        "steward/one#change-2",
        "journal#person-prani",
    } == found.keys()
    assert (COMMENT.value, Literal("second")) in found["steward/one#change-2"]
    changed(home, {ONE: None}, note="third")
    assert recorded(home) == {}
    changed(home, {ONE: b"<a:c> <a:b> 2 ."}, note="again")
    assert recorded(home).keys() == {"steward/one", "steward/one#change-1", "journal#person-prani"}


@pytest.mark.parametrize(
    "note",
    [
        '"""',
        "\\",
        'a " ; <a:b> <a:c> .\n\n<https://w3id.org/mueang/graph/steward/one> a <a:x> .',
        "\u2028\u0085\x7f",
        "ลำน้ำ\t\n\n\n",
    ],
)
def test_no_note_says_anything_else_than_itself(home: Path, note: str) -> None:
    changed(home, {ONE: b"<a:c> <a:b> 2 ."}, person="o'neil สมชาย.", note=note)
    changed(home, {f"{ONE}-more": b"<a:c> <a:b> 2 ."}, note="beside")
    found = recorded(home)
    assert len(found) == 6
    assert [value for name, value in found["steward/one#change-1"] if name == COMMENT.value] == [
        Literal(note)
    ]
    assert sorted(str(value) for said in found.values() for name, value in said if name == NAME.value) == [
        '"o\'neil สมชาย."',
        '"prani"',
    ]


def test_graphs_whose_names_begin_alike_have_records_of_their_own(home: Path) -> None:
    alike = [ONE, f"{ONE}1", f"{ONE}/more", f"{ONE}#part", f"{ONE}#file"]
    for graph in alike:
        changed(home, {graph: b"<a:c> <a:b> 2 ."})
    kinds = {subject for subject, said in recorded(home).items() if any("title" in name for name, _ in said)}
    assert kinds == {graph.removeprefix(GRAPH) for graph in alike}
    changed(home, {ONE: None})
    assert "steward/one" not in recorded(home)
    assert "steward/one1" in recorded(home)


def test_a_scratch_home_keeps_no_records(tmp_path: Path) -> None:
    publish(tmp_path, {OWN_DEFAULT: b""}, reason="scratch", shapes="")
    after = changed(tmp_path, {ONE: b"<a:c> <a:b> 2 ."})
    assert after.graphs.keys() == {OWN_DEFAULT, ONE}


def test_what_is_recorded_obeys_the_shapes(
    tmp_path: Path, contents: dict[str, bytes], shapes: Shapes
) -> None:
    publish(tmp_path, contents, reason="test", shapes="")
    after = changed(
        tmp_path,
        {
            ONE: b"<https://w3id.org/mueang/id/area/krabi> <http://www.w3.org/2004/02/skos/core#altLabel> 'Krabi'@en ."
        },
    )
    before = check_whole("data", named_store(contents.items()), shapes).findings
    found = check_whole("data", named_store(contents_of(tmp_path, after)), shapes).findings
    assert found == before
