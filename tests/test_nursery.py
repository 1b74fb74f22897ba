"""Workers under budgets: hostile queries cost their sender only, and nothing is left behind by whoever dies."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import alive, answering, processes_below
from hostile import HOSTILE
from mueang.engine.budget import Budget
from mueang.engine.client import WorkersEngine
from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.query import Query
from mueang.engine.supervisor import nursery
from mueang.errors import Busy, MueangError, NotFound, QueryBudgetExceeded
from mueang.graph.generation import publish
from mueang.settings import Settings

COUNT = Query("SELECT (COUNT(*) AS ?n) { ?s a tsc:Province }")
QUICK = ["parentheses 20,000 deep", "parentheses 480,000 deep", "braces never closed", "str 100,000 deep",
         "a cartesian product sorted", "a cartesian product listed", "a path of 800 steps", "describe everything",
         "a string doubled until it bursts", "100,000 values", "unions of 20,000", "blank nodes 1,000 deep"]  # fmt: skip
TIGHT = {"query_seconds": 2, "query_memory_mb": 256, "result_mb": 16}


def rows(engine: WorkersEngine, query: Query) -> list[dict[str, str]]:
    found = json.loads(engine.answer(query, ROWS[0], GRAPHS[0]).body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def nursery_of(engine: WorkersEngine) -> int:
    """The pid of this engine's nursery."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        words = path.read_bytes().split(b"\0")
        if b"mueang.engine.nursery" in words and str(engine.folder).encode() in words:
            status = Path(path.parent, "status").read_text()
            parent = int(status.split("PPid:")[1].split()[0])
            if parent == os.getpid():
                return int(path.parent.name)
    raise AssertionError("there is no nursery")


def proportional(pids: list[int]) -> int:
    """The bytes these processes hold, shared ones divided among their holders (PSS); one that has ended holds none."""
    total = 0
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Iterator[WorkersEngine]:
    with answering(tmp_path_factory.mktemp("tight"), contents, **TIGHT) as engine:
        yield engine


def test_who_has_left_is_not_answered(tight: WorkersEngine) -> None:
    query = Query("ASK {}")
    query.asker.leave()
    with pytest.raises(Busy):
        tight.answer(query, ROWS[0], GRAPHS[0])


def test_a_worker_ends_when_its_asker_leaves_and_others_are_answered(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    with answering(tmp_path, contents, query_seconds=60) as engine, ThreadPoolExecutor(1) as pool:
        query = Query(HOSTILE["a cartesian product counted"])
        answer = pool.submit(engine.answer, query, ROWS[0], GRAPHS[0])
        with pytest.raises(TimeoutError):
            answer.result(timeout=1)
        query.asker.leave()
        with pytest.raises(Busy):
            answer.result(timeout=20)
        assert rows(engine, COUNT) == [{"n": "77"}]


def suffered(engine: WorkersEngine, text: str) -> str:
    try:
        answer = engine.answer(Query(text), ROWS[0], GRAPHS[0])
    except MueangError as error:
        return f"{type(error).__name__}: {error.en}"
    with answer.file:
        return f"answered with {answer.length} bytes"


def hostile_run(engine: WorkersEngine, names: list[str]) -> dict[str, str]:
    """Each hostile query beside an ordinary client, all of whose questions must be answered rightly."""
    keeper = nursery_of(engine)
    before = proportional([keeper, *processes_below(keeper)])
    ordinary: list[list[dict[str, str]] | MueangError] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                ordinary.append(rows(engine, COUNT))
            except MueangError as error:
                ordinary.append(error)
            time.sleep(0.01)

    client = threading.Thread(target=ask)
    client.start()
    fates = {name: suffered(engine, HOSTILE[name]) for name in names}
    over.set()
    client.join()
    assert len(ordinary) > 20
    assert all(answer == [{"n": "77"}] for answer in ordinary), [
        one for one in ordinary if one != [{"n": "77"}]
    ]
    time.sleep(0.5)
    after = proportional([keeper, *processes_below(keeper)])
    assert after < before + (150 << 20), f"{before >> 20} MB before, {after >> 20} MB after"
    return fates


def told_in_words(fates: dict[str, str]) -> bool:
    return all(
        fate.startswith(("answered", "QueryBudgetExceeded", "MalformedQuery", "TooLarge"))
        for fate in fates.values()
    )


def test_hostile_queries_cost_their_sender_only(tight: WorkersEngine) -> None:
    fates = hostile_run(tight, QUICK)
    assert told_in_words(fates), fates


@pytest.mark.slow
def test_the_whole_hostile_suite_costs_its_senders_only(tight: WorkersEngine) -> None:
    assert len(HOSTILE) >= 40
    fates = hostile_run(tight, list(HOSTILE))
    for name, fate in fates.items():
        print(f"{name:45} {fate[:90]}")
    assert told_in_words(fates), fates


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("a path of 800 steps", "time"),
        ("a string doubled until it bursts", "memory"),
        ("a cartesian product listed", "size"),
    ],
)
def test_the_budget_that_bit_is_named(tight: WorkersEngine, name: str, budget: str) -> None:
    with pytest.raises(QueryBudgetExceeded) as raised:
        tight.answer(Query(HOSTILE[name]), ROWS[0], GRAPHS[0])
    assert raised.value.budget == budget


def test_a_timeout_may_lower_but_not_raise(tight: WorkersEngine) -> None:
    slow = HOSTILE["a cartesian product counted"]
    for asked, least, most in ((0.3, 0.2, 1.5), (3600.0, 1.8, 4.0)):
        start = time.monotonic()
        with pytest.raises(QueryBudgetExceeded):
            tight.answer(Query(slow, seconds=asked), ROWS[0], GRAPHS[0])
        assert least < time.monotonic() - start < most


def test_a_worker_has_no_way_out_even_past_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that names another server is refused on its text; were it not, the worker could open no socket."""
    monkeypatch.setattr("mueang.engine.evaluation.refuse_calls_out", lambda *_: None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        from pyoxigraph import Store

        from mueang.engine.budget import enforced
        from mueang.engine.evaluation import evaluate

        pid = os.fork()
        if not pid:
            with enforced(Budget(5, 1 << 30, 1 << 20)):
                try:
                    evaluate(
                        Store(), Query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"), ROWS[0], None
                    ).write(sys.stderr.buffer)
                except OSError:
                    os._exit(7)
            os._exit(0)
        with pytest.raises(TimeoutError):
            listener.accept()
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7


def test_an_asker_who_leaves_or_says_nothing_does_not_hold_a_worker(tight: WorkersEngine) -> None:
    idle = [tight._connected(tight.folder / "current") for _ in range(4)]
    start = time.monotonic()
    assert rows(tight, COUNT) == [{"n": "77"}]
    assert time.monotonic() - start < 4
    for connection in idle:
        connection.close()
    assert rows(tight, COUNT) == [{"n": "77"}]


def test_nobody_free_is_busy_in_words(tight: WorkersEngine) -> None:
    impatient = WorkersEngine(
        tight.folder, Budget(0.3, tight.most.memory, tight.most.result), tight.longest_query
    )
    slow = [
        threading.Thread(target=suffered, args=(tight, HOSTILE["a cartesian product counted"]))
        for _ in range(2)
    ]
    for one in slow:
        one.start()
    time.sleep(0.3)
    with pytest.raises(Busy):
        impatient.answer(COUNT, ROWS[0], None)
    for one in slow:
        one.join()


def test_a_nursery_that_dies_takes_its_workers_with_it(tmp_path: Path, contents: dict[str, bytes]) -> None:
    with answering(tmp_path, contents) as engine:
        keeper = nursery_of(engine)
        workers = processes_below(keeper)
        assert len(workers) == 2
        os.kill(keeper, signal.SIGKILL)
        os.waitpid(keeper, 0)
        time.sleep(0.2)
        assert not alive(workers)
        assert not engine.ready()


def test_an_older_generation_is_asked_on_demand_and_a_new_one_without_a_refused_query(tmp_path: Path) -> None:
    first = {"https://e.org/a": b"<a:a> <a:n> 1 .", "https://e.org/b": b"<a:a> <a:both> 1 ."}
    second = {"https://e.org/a": b"<a:a> <a:n> 2 .", "https://e.org/c": b"<a:a> <a:both> 1 , 2 ."}
    everything = "SELECT ?p ?o { ?s ?p ?o } ORDER BY ?p ?o"
    with answering(tmp_path, first) as engine:
        one = rows(engine, Query(everything))
        publish(tmp_path, second, reason="test", shapes="")
        until = time.monotonic() + 5
        while engine.generation == 1 and time.monotonic() < until:
            assert rows(engine, Query(everything))
        assert engine.generation == 2
        assert rows(engine, Query(everything)) == [
            {"p": "a:both", "o": "1"},
            {"p": "a:both", "o": "2"},
            {"p": "a:n", "o": "2"},
        ]
        assert (
            rows(engine, Query(everything, generation=1))
            == one
            == [{"p": "a:both", "o": "1"}, {"p": "a:n", "o": "1"}]
        )
        assert engine.answer(Query(everything, generation=1), ROWS[0], None).generation == 1
        assert rows(engine, Query(everything, generation=2)) == rows(engine, Query(everything))
        with pytest.raises(NotFound):
            engine.answer(Query(everything, generation=99), ROWS[0], None)
        for number in range(3, 8):
            publish(
                tmp_path, {"https://e.org/a": f"<a:a> <a:n> {number} .".encode()}, reason="test", shapes=""
            )
        time.sleep(0.5)
        for number in range(3, 8):
            assert rows(engine, Query(everything, generation=number))[-1]["o"] == str(number)
        keeper = nursery_of(engine)
        assert len(processes_below(keeper)) <= 2 + 2 * 2, (
            "two older generations at most, a keeper and a worker each"
        )


def test_what_was_published_is_answered_from_as_soon_as_it_is_asked_for(tmp_path: Path) -> None:
    everything = "SELECT ?o { ?s ?p ?o }"
    with answering(tmp_path, {"https://e.org/a": b"<a:a> <a:n> 0 ."}) as engine:
        for number in range(1, 10):
            content = f"<a:a> <a:n> {number} .".encode()
            publish(tmp_path, {"https://e.org/a": content}, reason="test", shapes="")
            engine.catch_up()
            assert rows(engine, Query(everything)) == [{"o": str(number)}]


def test_a_scratch_instance_has_a_default_graph_of_its_own(tmp_path: Path) -> None:
    default, named = "SELECT ?o { ?s ?p ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    with answering(tmp_path, {"": b"<a:a> <a:n> 1 .", "https://e.org/a": b"<a:a> <a:n> 2 ."}) as engine:
        assert (rows(engine, Query(default)), rows(engine, Query(named))) == ([{"o": "1"}], [{"o": "2"}])
        publish(
            tmp_path, {"": b"<a:a> <a:n> 3 .", "https://e.org/b": b"<a:a> <a:n> 4 ."}, reason="", shapes=""
        )
        engine.catch_up()
        assert (rows(engine, Query(default)), rows(engine, Query(named))) == ([{"o": "3"}], [{"o": "4"}])


def test_several_instances_keep_apart_and_leave_nothing(tmp_path: Path) -> None:
    homes = [tmp_path / "one", tmp_path / "two"]
    for number, home in enumerate(homes):
        publish(home, {"https://e.org/a": f"<a:a> <a:n> {number} .".encode()}, reason="test", shapes="")
    ask = Query("SELECT ?o { ?s ?p ?o }")
    with (
        nursery(Settings(home=homes[0], workers=1)) as one,
        nursery(Settings(home=homes[1], workers=1)) as two,
    ):
        assert (rows(one, ask), rows(two, ask)) == ([{"o": "0"}], [{"o": "1"}])
        below = [
            pid for engine in (one, two) for pid in (nursery_of(engine), *processes_below(nursery_of(engine)))
        ]
    assert not one.folder.exists()
    assert not two.folder.exists()
    assert not alive(below)


def test_the_disk_engine_gives_what_the_memory_engine_gives(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    with answering(tmp_path, contents, engine="disk", **TIGHT) as disk:
        assert rows(disk, COUNT) == [{"n": "77"}]
        assert rows(disk, Query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) != [{"n": "0"}]
        fates = {name: suffered(disk, HOSTILE[name]) for name in QUICK[:6]}
        assert told_in_words(fates), fates
        assert rows(disk, COUNT) == [{"n": "77"}]


MILLION = "".join(f'<https://e.org/{n}> <https://e.org/p{n % 50}> "{n % 9973}" .\n' for n in range(1_000_000))


@pytest.mark.slow
def test_workers_share_the_graph(tmp_path: Path) -> None:
    publish(tmp_path, {"https://e.org/g": MILLION.encode()}, reason="test", shapes="")
    ask = Query("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s <https://e.org/p7> ?o }")
    with nursery(Settings(home=tmp_path, workers=4)) as engine:
        keeper = nursery_of(engine)
        pages = int(Path(f"/proc/{keeper}/statm").read_text().split()[1])
        one_store = pages * os.sysconf("SC_PAGESIZE")
        sums = []
        for _ in range(40):
            assert rows(engine, ask)
            time.sleep(0.05)  # for a worker that has ended to be replaced
            sums.append(proportional([keeper, *processes_below(keeper)]))
    print(f"one store {one_store >> 20} MB; with four workers {min(sums) >> 20} to {max(sums) >> 20} MB")
    assert sorted(sums)[len(sums) // 2] <= 1.3 * one_store
    assert sums[-1] <= 1.3 * one_store


def test_publishing_under_load_refuses_and_mixes_nothing(tmp_path: Path) -> None:
    """Every generation says its own number in two graphs; no answer may hold two numbers."""

    def numbered(number: int) -> dict[str, bytes]:
        return {f"https://e.org/{name}": f"<a:{name}> <a:n> {number} .".encode() for name in "ab"}

    publish(tmp_path, numbered(1), reason="test", shapes="")
    ask = Query("SELECT ?a ?b { <a:a> <a:n> ?a . <a:b> <a:n> ?b }")
    wrong: list[object] = []
    seen: set[int] = set()
    over = threading.Event()
    with nursery(Settings(home=tmp_path, workers=4)) as engine:
        clients = [
            threading.Thread(target=ask_for_ever, args=(engine, ask, over, wrong, seen)) for _ in range(8)
        ]
        for one in clients:
            one.start()
        for number in range(2, 12):
            publish(tmp_path, numbered(number), reason="test", shapes="")
            time.sleep(0.3)
        over.set()
        for one in clients:
            one.join()
    assert not wrong, wrong[:3]
    assert len(seen) >= 8


def ask_for_ever(
    engine: WorkersEngine, ask: Query, over: threading.Event, wrong: list[object], seen: set[int]
) -> None:
    """Note what is refused, what mixes generations, and what goes back to an older one."""
    newest = 0
    while not over.is_set():
        try:
            answer = engine.answer(ask, ROWS[0], None)
        except MueangError as error:
            wrong.append(error)
            continue
        bindings = json.loads(answer.body)["results"]["bindings"]
        values = {int(term["value"]) for row in bindings for term in row.values()}
        if values != {answer.generation} or answer.generation < newest:
            wrong.append((values, answer.generation, newest))
        newest = answer.generation
        seen.add(newest)


def test_a_killed_command_leaves_no_process_and_no_socket(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from mueang.settings import Settings\n"
        "from mueang.engine.supervisor import nursery\n"
        "with nursery(Settings(home=Path(sys.argv[1]), workers=2)) as engine: print(engine.folder, flush=True); time.sleep(60)"
    )
    publish(tmp_path, {"https://e.org/a": b"<a:a> <a:n> 1 ."}, reason="test", shapes="")
    path = str(Path(__file__).resolve().parent.parent / "server")
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    below = processes_below(process.pid)
    assert len(below) == 3
    process.kill()
    process.wait()
    process.stdout.close()
    until = time.monotonic() + 5
    while time.monotonic() < until and (folder.exists() or alive(below)):
        time.sleep(0.05)
    assert not folder.exists()
    assert not alive(below)
