"""Where the repository's folders are: beside this package when it is installed, else in the checkout."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mueang.errors import TooLarge, UnreadableFile

_PACKED = Path(__file__).resolve().parent / "_graph"
_CHECKOUT = Path(__file__).resolve().parents[2]


def folder(name: str) -> Path:
    """The folder `ontology`, `data`, `shapes`, `queries` or, for examples, one of `tests/cases`."""
    return (_PACKED if _PACKED.is_dir() else _CHECKOUT) / name


def files_below(name: str, pattern: str) -> list[Path]:
    """The files of a folder that match a pattern, sorted by path."""
    return sorted(folder(name).rglob(pattern))


def read_bounded(path: Path, most_bytes: int) -> bytes:
    """The bytes of a user's file, or one clear error; never more than `most_bytes` are read."""
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except IsADirectoryError as error:
        raise UnreadableFile(
            th=f"{path} เป็นโฟลเดอร์ ไม่ใช่แฟ้ม: ระบุแฟ้มในโฟลเดอร์นั้น",
            en=f"{path} is a folder, not a file: name a file in it",
        ) from error
    except FileNotFoundError as error:
        raise UnreadableFile(th=f"ไม่พบแฟ้ม {path}", en=f"there is no file {path}") from error
    except OSError as error:
        raise UnreadableFile(
            th=f"อ่านแฟ้ม {path} ไม่ได้ ({error.strerror})", en=f"{path} cannot be read ({error.strerror})"
        ) from error
    if len(content) > most_bytes:
        raise too_large(str(path), most_bytes)
    return content


@contextmanager
def written_aside(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when it is whole and on the disk; a failure leaves `path` as it was."""
    aside = path.with_name(path.name + ".new")
    try:
        with aside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def too_large(name: str, most_bytes: int) -> TooLarge:
    """The error for a file or body over the limit, with the limit in MB."""
    limit = f"{most_bytes / 1_000_000:g} MB"
    return TooLarge(th=f"{name} ใหญ่เกิน {limit} ที่รับได้", en=f"{name} is larger than the {limit} taken here")
