"""Generations: immutable lists of (graph, digest of its content), and the pointer to the current one.

A home holds `contents/<sha256>` (each content once), `generations/<number>.json` and `current`. A file is
written aside, brought to the disk and renamed, so that a crash at any point leaves the old or the new one.
A record is never overwritten: where a crash left one that `current` never came to name, its number stays used
up, the next generation takes the one after it, and `history` tells the two apart.
"""

import errno
import fcntl
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mueang.errors import Moved, NotFound, OutOfSpace, StoreFailed
from mueang.files import written_aside

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NUMBER = re.compile(r"[0-9]{6,9}")


@dataclass(frozen=True)
class Generation:
    """One published state of the graph: which content each named graph has, and by which shapes it was checked.

    `built` is a digest of the repository's files that went in last, here or in a generation before; `submission` the
    number of the submission whose acceptance made this one.
    """

    number: int
    parent: int | None
    made_at: str
    reason: str
    graphs: dict[str, str]
    shapes: str
    built: str = ""
    submission: int | None = None

    @property
    def tag(self) -> str:
        """A name no other generation has, here or in another home: the number and a digest of its graphs."""
        return f"{self.number}-{digest(json.dumps(self.graphs).encode())[:12]}"

    def holds(self, contents: Mapping[str, bytes], shapes: str) -> bool:
        """Whether it has just these contents, checked by the shapes of this digest."""
        return self.shapes == shapes and self.graphs == _digests(contents)


def digest(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def current(home: Path) -> Generation | None:
    """The generation the home's pointer names, or None where nothing was published yet."""
    try:
        number = int((home / "current").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _failed(home / "current", error) from error
    return _read(home, number)


def numbered(home: Path, number: int) -> Generation:
    """The generation with this number, published or left by a crash; raises NotFound where there is none."""
    if not _record(home, number).is_file():
        raise NotFound(th=f"ไม่มีรุ่นข้อมูล {number}", en=f"there is no generation {number}")
    return _read(home, number)


def numbers(home: Path) -> list[int]:
    """The numbers of all records, lowest first."""
    try:
        paths = list((home / "generations").iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _failed(home / "generations", error) from error
    return sorted(int(path.stem) for path in paths if path.suffix == ".json" and _NUMBER.fullmatch(path.stem))


def publish(
    home: Path, contents: Mapping[str, bytes], *, reason: str, shapes: str, built: str = ""
) -> Generation:
    """Make the contents the current generation; the same contents under the same shapes are not published twice."""
    with _locked(home):
        before = current(home)
        if before and before.holds(contents, shapes) and before.built == built:
            return before
        after = Generation(
            number=_next_number(home),
            parent=before.number if before else None,
            made_at=_now(),
            reason=reason,
            graphs=_digests(contents),
            shapes=shapes,
            built=built,
        )
        _put_in_place(home, after, contents.values())
        return after


def advance(
    home: Path,
    parent: Generation,
    changes: Mapping[str, bytes | None],
    *,
    reason: str,
    submission: int | None = None,
) -> Generation:
    """Publish `parent` with some graphs added, replaced or, where the content is None, taken out.

    Raises Moved where another generation was published since: what was checked beside `parent` is to be checked anew.
    """
    contents = {graph: content for graph, content in changes.items() if content is not None}
    graphs = {graph: one for graph, one in parent.graphs.items() if graph not in changes} | _digests(contents)
    with _locked(home):
        if current(home) != parent:
            raise Moved(
                th="มีข้อมูลรุ่นใหม่เผยแพร่ระหว่างนี้: ต้องตรวจใหม่ก่อน",
                en="another generation was published meanwhile: this has to be checked again first",
            )
        after = replace(
            parent,
            number=_next_number(home),
            parent=parent.number,
            made_at=_now(),
            reason=reason,
            graphs=dict(sorted(graphs.items())),
            submission=submission,
        )
        _put_in_place(home, after, contents.values())
        return after


def keep(home: Path, content: bytes) -> str:
    """Keep a content beside those of the generations, on the disk when this returns; its digest."""
    with _locked(home):
        name = digest(content)
        _keep(home / "contents" / name, content)
        return name


def _next_number(home: Path) -> int:
    return max(numbers(home), default=0) + 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _put_in_place(home: Path, generation: Generation, contents: Iterable[bytes]) -> None:
    for content in contents:
        _keep(home / "contents" / digest(content), content)
    _write(_record(home, generation.number), json.dumps(asdict(generation), indent=1).encode())
    _write(home / "current", str(generation.number).encode())


def contents_of(home: Path, generation: Generation) -> Iterator[tuple[str, bytes]]:
    """Each graph of a generation with its content, which must match its digest."""
    for graph in generation.graphs:
        yield graph, content_of(home, generation, graph)


def content_of(home: Path, generation: Generation, graph: str) -> bytes:
    """The content of one graph of a generation, which must match its digest."""
    path = home / "contents" / generation.graphs[graph]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _failed(path, error) from error
    if digest(content) != path.name:
        raise StoreFailed(
            th=f"เนื้อหาของ {graph} ใน {path} เสียหาย (ค่าแฮชไม่ตรง)",
            en=f"the content of {graph} in {path} is damaged (its digest differs)",
        )
    return content


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {graph: digest(content) for graph, content in sorted(contents.items())}


def _record(home: Path, number: int) -> Path:
    return home / "generations" / f"{number:06}.json"


def _read(home: Path, number: int) -> Generation:
    path = _record(home, number)
    try:
        return _parsed(path.read_bytes(), number)
    except OSError as error:
        raise _failed(path, error) from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise StoreFailed(
            th=f"{path} เสียหาย: ไม่ใช่บันทึกของรุ่นข้อมูล {number}",
            en=f"{path} is damaged: it is not the record of generation {number}",
        ) from error


def _parsed(text: bytes, number: int) -> Generation:
    """A record as it must be: of this number, after its parent, made at a time, each graph with a digest."""
    found = Generation(**json.loads(text))
    datetime.fromisoformat(found.made_at)
    whole = all(_DIGEST.fullmatch(value) for value in found.graphs.values())
    if found.number != number or not 0 <= (found.parent or 0) < number or not whole:
        raise ValueError(number)
    return found


def size_of(home: Path, generation: Generation, graphs: Iterable[str]) -> int:
    """How many bytes the contents of these graphs have, leaving out those the generation lacks."""
    paths = [home / "contents" / generation.graphs[graph] for graph in graphs if graph in generation.graphs]
    try:
        return sum(path.stat().st_size for path in paths)
    except OSError as error:
        raise _failed(home / "contents", error) from error


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """One writer at a time in one home; the kernel frees the lock of a process that dies."""
    try:
        for folder in (home / "contents", home / "generations"):
            folder.mkdir(parents=True, exist_ok=True)
        with (home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise _failed(home, error) from error


def _keep(path: Path, content: bytes) -> None:
    """Write a content unless it is there whole; what a crash or a fault left damaged is written anew."""
    if not path.exists() or digest(path.read_bytes()) != path.name:
        _write(path, content)


def _write(path: Path, content: bytes) -> None:
    with written_aside(path) as file:
        file.write(content)


def _failed(path: Path, error: Exception) -> StoreFailed:
    why = getattr(error, "strerror", None) or str(error)
    full = getattr(error, "errno", None) in _FULL
    return (OutOfSpace if full else StoreFailed)(
        th=f"ใช้ {path} ไม่ได้: {why}", en=f"{path} cannot be used: {why}"
    )
