"""The desk: a check in a child with a budget, beside what is published just now, leaving nothing behind."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import alive, processes_below
from mueang.check.asking import SOCKET, Asked
from mueang.check.client import Checker, checker, checker_for, start_desk
from mueang.engine.frames import ASKED, DATA, HELLO, received, send, send_json
from mueang.errors import Busy, CheckBudgetExceeded, MalformedData, StoreFailed
from mueang.graph.generation import publish
from mueang.settings import Settings

GOOD = (Path(__file__).parent / "cases" / "valid" / "kind-10-thai-only.ttl").read_bytes()
BAD = (Path(__file__).parent / "cases" / "broken" / "kind-10-no-thai-label.ttl").read_bytes()
MANY = b"".join(b"<a:%d> <a:p> <a:o> .\n" % number for number in range(400_000))
DEEP = b"@prefix e: <https://e.org/> . e:s e:p " + b"[ e:p " * 30_000 + b"e:o " + b"]" * 30_000 + b" ."


def asked(content: bytes, name: str = "new.ttl") -> Asked:
    return Asked(name, content, "text", "en")


def accepted(desk: Checker, content: bytes) -> bool:
    return desk.validate(asked(content)).accepted


def test_a_check_says_whether_a_file_may_go_in_and_why_not(desk: Checker) -> None:
    assert accepted(desk, GOOD)
    found = desk.validate(asked(BAD))
    assert not found.accepted
    assert b"F02" in found.body


def test_a_check_leaves_nothing_for_the_next(desk: Checker) -> None:
    first = desk.validate(asked(GOOD))
    assert desk.validate(asked(GOOD)) == first


def test_a_file_that_cannot_be_read_is_the_same_error_here_as_there(desk: Checker) -> None:
    with pytest.raises(MalformedData, match="line 2"):
        accepted(desk, b"<a:s> <a:p> <a:o> .\n<a:s> <a:p> .")


def test_nesting_of_tens_of_thousands_is_simply_read(desk: Checker) -> None:
    assert accepted(desk, DEEP)


@pytest.mark.parametrize(
    ("budget", "settings"), [("time", {"check_seconds": 1}), ("memory", {"check_memory_mb": 32})]
)
def test_a_file_that_takes_too_much_is_told_which_budget_bit(
    budget: str, settings: dict[str, int], home: Path
) -> None:
    with checker(Settings(home=home, **settings)) as desk:  # type: ignore[arg-type]
        with pytest.raises(CheckBudgetExceeded) as refused:
            accepted(desk, MANY)
        assert refused.value.budget == budget
        assert accepted(desk, GOOD)


def test_checks_at_once_wait_for_each_other_and_are_all_answered(desk: Checker) -> None:
    with ThreadPoolExecutor(8) as at_once:
        assert (
            list(at_once.map(lambda content: accepted(desk, content), [GOOD, BAD] * 8)) == [True, False] * 8
        )


@pytest.fixture
def own(tmp_path: Path, contents: dict[str, bytes]) -> Iterator[Checker]:
    """A desk over a home of this test's own."""
    publish(tmp_path, contents, reason="test", shapes="")
    with checker(Settings(home=tmp_path, workers=2)) as found:
        yield found


def test_a_check_is_beside_what_was_published_last(
    own: Checker, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    graph = "https://w3id.org/mueang/graph/source/later"
    meeting = b"<https://w3id.org/mueang/id/area/later> a <https://w3id.org/mueang/def#SmartCityArea> ."
    refers = (
        GOOD + b"\n<https://w3id.org/mueang/id/proposal/x> a tsc:AreaProposal ; tsc:proposalFor area:later ."
    )
    assert b"area:later" in own.validate(asked(refers)).body
    publish(tmp_path, contents | {graph: meeting}, reason="later", shapes="")
    assert b"area:later" not in own.validate(asked(refers)).body


def test_a_damaged_generation_leaves_the_last_one_to_check_by(own: Checker, tmp_path: Path) -> None:
    assert accepted(own, GOOD)
    (tmp_path / "current").write_text("99", encoding="ascii")
    time.sleep(0.5)
    assert accepted(own, GOOD)


def test_an_asker_who_leaves_half_way_is_left(own: Checker) -> None:
    for sent in (0, 1, 2):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(own.folder / SOCKET))
            assert next(received(connection))[0] == HELLO
            if sent:
                send_json(connection, ASKED, {"job": "validate"})
            if sent > 1:
                send(connection, DATA, b"half of")
    assert accepted(own, GOOD)


def test_a_child_that_is_killed_is_an_error_and_no_more(home: Path) -> None:
    desk = checker_for(Settings(home=home, workers=2))
    pid = start_desk(desk, Settings(home=home, workers=2))
    try:
        until = time.monotonic() + 60
        while not desk.ready() and time.monotonic() < until:
            time.sleep(0.01)
        with ThreadPoolExecutor(1) as apart:
            waiting = apart.submit(accepted, desk, MANY)
            time.sleep(0.5)
            children = processes_below(pid)
            os.kill(children[0], signal.SIGKILL)
            with pytest.raises(StoreFailed):
                waiting.result(timeout=60)
        assert accepted(desk, GOOD)
    finally:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
    assert not alive([pid, *children])
    assert not desk.folder.exists()
    with pytest.raises(Busy):
        accepted(desk, GOOD)
