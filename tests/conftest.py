"""Shared by the tests: the repository's graph as a store, its shapes, a home of its own, a site over it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store

from mueang.check.client import Checker, checker
from mueang.check.shacl import Shapes
from mueang.engine.budget import Budget
from mueang.engine.client import WorkersEngine
from mueang.engine.supervisor import nursery
from mueang.graph.catalogue import repository_graphs, shape_files
from mueang.graph.generation import publish
from mueang.graph.store import named_store
from mueang.settings import Settings
from mueang.web.app import application

ROOT = Path(__file__).resolve().parent.parent
NOBODY_CHECKS = Checker(Path("/nowhere"), Budget(1, 1, 1))
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def contents() -> dict[str, bytes]:
    """Every named graph of the repository with its content."""
    return {graph: path.read_bytes() for graph, path in repository_graphs().items()}


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    return Shapes(path.read_bytes() for path in shape_files())


@pytest.fixture(scope="session")
def published(contents: dict[str, bytes]) -> Iterator[Store]:
    """The named graphs of the repository, for reading: no test leaves anything in it."""
    store = named_store(contents.items())
    before = set(store)
    yield store
    assert set(store) == before


@pytest.fixture
def copied(contents: dict[str, bytes]) -> Store:
    """The same graphs in a store that a test may write to."""
    return named_store(contents.items())


@pytest.fixture(scope="session")
def ogd() -> Path:
    """The real tables of REFERENCE, which carry no licence to be kept here."""
    return Path(os.environ["REFERENCE"]) / "ogd"


@contextmanager
def answering(home: Path, contents: Mapping[str, bytes], **settings: Any) -> Iterator[WorkersEngine]:
    """An engine with real workers over these contents, published in this home."""
    publish(home, contents, reason="test", shapes="")
    with nursery(Settings(home=home, workers=2, **settings)) as engine:
        yield engine


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Path:
    """A home in which the repository's graph is generation 1."""
    home = tmp_path_factory.mktemp("home")
    publish(home, contents, reason="test", shapes="")
    return home


@pytest.fixture(scope="session")
def engine(home: Path, contents: dict[str, bytes]) -> Iterator[WorkersEngine]:
    with answering(home, contents, query_kb=1000) as found:
        yield found


@pytest.fixture(scope="session")
def desk(home: Path) -> Iterator[Checker]:
    """A desk that checks beside the repository's graph."""
    with checker(Settings(home=home)) as found:
        yield found


@pytest.fixture
def site(engine: WorkersEngine, desk: Checker, home: Path) -> FlaskClient:
    """A client of the whole site over the repository's graph."""
    return application(engine, desk, Settings(home=home)).test_client()


@pytest.fixture
def mueang(tmp_path: Path) -> Run:
    """Runs `mueang …` in an empty folder with a home of its own, in English unless LANG says otherwise."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MUEANG_", "LC_", "LANG"))
        }
        return subprocess.run(
            [sys.executable, "-m", "mueang", *arguments],
            cwd=tmp_path,
            env=kept | {"PYTHONPATH": str(ROOT / "server"), "PYTHONUTF8": "1"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def processes_below(pid: int) -> list[int]:
    """The pids of everything this process started, and of what that started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:  # it ended since it was listed
        return []
    return [one for child in map(int, children) for one in (child, *processes_below(child))]


def alive(pids: list[int]) -> list[int]:
    """Those that still run; one that has ended and is not yet buried has."""
    stats = {pid: Path(f"/proc/{pid}/stat") for pid in pids}
    return [
        pid
        for pid, stat in stats.items()
        if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    ]
