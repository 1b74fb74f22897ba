"""A generation written out whole: in any RDF syntax, and as compressed dumps that a home keeps for downloads.

The same generation gives the same bytes every time: graphs come sorted by name, statements as their file has them,
blank nodes are numbered, and gzip is told no time.
"""

import fcntl
import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, serialize

from mueang.errors import Busy, StoreFailed
from mueang.files import written_aside
from mueang.graph.generation import Generation, contents_of
from mueang.graph.names import PREFIXES
from mueang.graph.store import quads_of

_KEPT = 6
_PATIENCE = 5.0


def export(home: Path, generation: Generation, output: IO[bytes], syntax: RdfFormat) -> None:
    """Write a generation, one graph at a time: each under its name where the syntax has names, else their merge.

    Every content is read and matched with its digest first, so that a damaged one leaves nothing half written.
    """
    for _ in contents_of(home, generation):
        pass
    quads = _quads(home, generation)
    if syntax.supports_datasets:
        serialize(quads, output, format=syntax, prefixes=PREFIXES)
    else:
        serialize(_merged(quads), output, format=syntax, prefixes=PREFIXES)


@contextmanager
def compressed(output: IO[bytes]) -> Iterator[IO[bytes]]:
    """What is written to it goes to `output` as gzip, the same bytes for the same content."""
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=output, mtime=0) as packed:
        yield packed  # type: ignore[misc]


def kept_dump(home: Path, generation: Generation, syntax: RdfFormat) -> IO[bytes]:
    """A compressed dump, opened; built at the first request, and only the few built last are kept.

    Raises Busy where another dump is being built and does not come to an end soon.
    """
    path = home / "dumps" / f"{generation.tag}.{syntax.file_extension}.gz"
    try:
        with suppress(FileNotFoundError):
            return path.open("rb")
        return _built(home, generation, syntax, path)
    except OSError as error:
        raise StoreFailed(
            th=f"เขียน {path} ไม่ได้: {error.strerror}", en=f"{path} cannot be written: {error.strerror}"
        ) from error


def _built(home: Path, generation: Generation, syntax: RdfFormat, path: Path) -> IO[bytes]:
    path.parent.mkdir(exist_ok=True)
    with _one_at_a_time(path.parent):
        if not path.exists():
            with written_aside(path) as file, compressed(file) as packed:
                export(home, generation, packed, syntax)
            _clear(path.parent)
        return path.open("rb")


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Building takes a processor for a while: one at a time in one home, and nobody waits for long."""
    end = time.monotonic() + _PATIENCE
    with (folder / "lock").open("w") as lock:
        while not _taken(lock):
            if time.monotonic() > end:
                raise Busy(
                    th="กำลังสร้างแฟ้มดาวน์โหลดอื่นอยู่ ลองใหม่ในอีกสักครู่",
                    en="another download is being made: try again in a moment",
                )
            time.sleep(0.05)
        yield


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _clear(folder: Path) -> None:
    """Take away what a crash left aside, and all but the dumps built last."""
    for left in folder.glob("*.new"):
        left.unlink()
    dumps = sorted(folder.glob("*.gz"), key=lambda path: path.stat().st_mtime_ns)
    for older in dumps[:-_KEPT]:
        older.unlink()


def _quads(home: Path, generation: Generation) -> Iterator[Quad]:
    """Every statement once under its graph's name, blank nodes numbered within their graph."""
    for place, (graph, content) in enumerate(contents_of(home, generation)):
        numbered: dict[BlankNode, BlankNode] = {}
        for quad in dict.fromkeys(quads_of(graph, content, graph)):
            yield Quad(
                _numbered(quad.subject, numbered, place),
                quad.predicate,
                _numbered(quad.object, numbered, place),
                quad.graph_name,
            )


def _numbered(term: Any, numbered: dict[BlankNode, BlankNode], place: int) -> Any:
    if isinstance(term, BlankNode):
        return numbered.setdefault(term, BlankNode(f"g{place}b{len(numbered)}"))
    if isinstance(term, Triple):
        return Triple(*(_numbered(part, numbered, place) for part in term))
    return term


def _merged(quads: Iterator[Quad]) -> Iterator[Triple]:
    """Each statement once, however many graphs make it; only this needs the statements in memory."""
    seen: set[Triple] = set()
    for quad in quads:
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield quad.triple
