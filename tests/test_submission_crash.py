"""Whatever kills those who hand in, accept, update and go back: what was acknowledged is there, and nothing by halves."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import ROOT
from mueang.errors import Busy, Moved, OutOfSpace
from mueang.graph.catalogue import JOURNAL
from mueang.graph.generation import content_of, numbered
from mueang.graph.history import history, published, verify
from mueang.graph.names import GRAPH
from mueang.graph.store import quads_of
from mueang.submissions import journal
from submitting import Office, an_area, disk_of, office

ENVIRONMENT = os.environ | {"PYTHONPATH": f"{ROOT / 'server'}:{ROOT / 'tests'}"}
NEEDED = ("ontology", "vocab/", "reference/provinces")


@pytest.fixture(scope="module")
def few(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The terms, the lists and the provinces: enough to check an area beside, and quick."""
    return {graph: one for graph, one in contents.items() if graph.removeprefix(GRAPH).startswith(NEEDED)}


class Clerks:
    """Processes at work in an office; `told` is what was acknowledged to any of them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._started = 0
        self.told: list[list[str]] = []

    def start(self) -> int:
        self._started += 1
        self._say(f"start {self._started}")
        return int(self._heard("started"))

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self._say(f"bury {pid}")
        self._heard("dead")

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")

    def _heard(self, word: str) -> str:
        """The rest of the line that begins with this word, after taking down what is said before it."""
        assert self._process.stdout
        while line := self._process.stdout.readline():
            said = line.split()
            if said[0] == word:
                return said[1]
            self.told.append(said)
        raise AssertionError("the clerks' process has ended")


@contextmanager
def clerks(at: Office) -> Iterator[Clerks]:
    command = [sys.executable, str(ROOT / "tests" / "clerks.py"), str(at.home), str(at.desk.folder)]
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        yield Clerks(process)
        assert process.stdin
        process.stdin.close()


@pytest.mark.parametrize("kills", [15, pytest.param(500, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(
    tmp_path: Path, few: dict[str, bytes], kills: int
) -> None:
    luck = random.Random(2565)  # noqa: S311  (moments, not secrets)
    with office(tmp_path, few) as at, clerks(at) as crowd:
        living = [crowd.start() for _ in range(3)]
        for _ in range(kills):
            time.sleep(luck.random() * 0.6)
            victim = living.pop(luck.randrange(len(living)))
            crowd.kill(victim)
            assert verify(tmp_path) == []
            living.append(crowd.start())
        for pid in living:
            crowd.kill(pid)
        assert {said[0] for said in crowd.told} >= {"submitted", "accepted"}
        assert verify(tmp_path) == []
        all_there(at, crowd.told)
        once_each(tmp_path)


def all_there(at: Office, told: list[list[str]]) -> None:
    """What was acknowledged is there: the bytes, the decisions, the generations."""
    for word, *rest in told:
        if word == "submitted":
            one = journal.submission(at.home, int(rest[0]))
            assert one.digest == rest[1]
            assert journal.content_of(at.home, one)
        elif word == "accepted":
            one = journal.submission(at.home, int(rest[0]))
            assert (one.state, one.events[-1].generation) == ("accepted", int(rest[1]))
            assert published(at.home, int(rest[1])).submission == one.number
        else:
            found = published(at.home, int(rest[0]))
            assert word == "restored" or GRAPH + rest[1] in found.graphs


def once_each(home: Path) -> None:
    """Each accepted submission is in exactly one generation, the others in none; each was checked beside its parent."""
    made = [
        (one.submission, one.number) for one, state in history(home) if one.submission and state != "unused"
    ]
    assert max(Counter(number for number, _ in made).values()) == 1
    accepted = {one.number: one.events[-1] for one in journal.listed(home, "accepted", most=100_000)}
    assert dict(made) == {number: event.generation for number, event in accepted.items()}
    for event in accepted.values():
        assert event.generation
        parent = numbered(home, event.generation).parent
        assert event.details.get("beside", parent) == parent
    for later, earlier in pairwise(one for one, state in history(home) if state != "unused"):
        assert later.parent == earlier.number


@pytest.mark.parametrize(
    ("submitters", "reviewers", "seconds"), [(6, 3, 4), pytest.param(50, 5, 60, marks=pytest.mark.slow)]
)
def test_many_who_hand_in_and_several_who_accept_do_not_get_in_each_others_way(
    tmp_path: Path, few: dict[str, bytes], submitters: int, reviewers: int, seconds: int
) -> None:
    with office(tmp_path, few) as at, ThreadPoolExecutor(submitters + reviewers) as pool:
        until = time.monotonic() + seconds
        busy = [pool.submit(hand_in, at, number, until) for number in range(submitters)]
        deciding = [
            pool.submit(accept_all, at, by, until)
            for by in ("anan", "prani", "สมหญิง ใจดี", "anan", "prani")[:reviewers]
        ]
        handed = sum(one.result() for one in busy)
        accepted = [made for one in deciding for made in one.result()]
        assert handed >= submitters
        assert len(accepted) == len(set(accepted)) > 0
        assert len(journal.listed(tmp_path, most=100_000)) == handed
        assert len(journal.listed(tmp_path, "accepted", most=100_000)) == len(accepted)
        once_each(tmp_path)
        now = published(tmp_path)
        graphs = {graph for graph in now.graphs if graph.startswith(f"{GRAPH}submission/")}
        assert len(graphs) == len(accepted)
        records = {
            str(quad.subject)[1:-1] for quad in quads_of(JOURNAL, content_of(tmp_path, now, JOURNAL), "")
        }
        assert graphs < records
        assert verify(tmp_path) == []


def hand_in(at: Office, number: int, until: float) -> int:
    """Hand one area in after the other; how many."""
    count = 0
    while time.monotonic() < until or not count:
        key = f"crowd-{number}-{count}"
        one = at.submit(
            an_area(key, name=f"เมือง {number} {count}"),
            by=("somchai", "malee")[number % 2],
            name=f"{key}.ttl",
        )
        assert one.state in ("waiting", "received")
        count += 1
    return count


def accept_all(at: Office, by: str, until: float) -> list[tuple[int, int]]:
    """Accept whatever waits; the submissions with the generations that they made."""
    made = []
    while time.monotonic() < until:
        for one in journal.listed(at.home, "waiting", most=5):
            with suppress(Moved, Busy):
                made.append((one.number, at.accept(one.number, by=by)))
    return made


def test_a_full_disk_keeps_what_was_accepted_and_refuses_the_rest(
    tmp_path: Path, few: dict[str, bytes]
) -> None:
    home = tmp_path / "home"
    size = sum(map(len, few.values())) // 1024 + 900
    with disk_of(home, f"{size}k"), office(home, few) as at:
        accepted: list[tuple[int, int]] = []

        def fill() -> None:
            for number in range(200):
                area = an_area(f"test-{number}", name=f"เมือง {number}") + b"#" * 20_000
                one = at.submit(area, name=f"{number}.ttl")
                accepted.append((one.number, at.accept(one.number)))

        with pytest.raises(OutOfSpace) as failure:
            fill()
        assert failure.value.status == 507
        assert accepted
        assert verify(home) == []
        found = {one.number: one.events[-1].generation for one in journal.listed(home, "accepted")}
        assert set(accepted) <= set(found.items())
        assert published(home).number >= accepted[-1][1]
