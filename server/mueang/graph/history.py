"""The history of a home: which generations were published, going back to one, and the proof that all is whole.

Every published generation is the parent of the one published after it, so a record that its successor does not
name as parent was left by a crash before `current` came to name it: nobody was told of it, and nobody is shown it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from mueang.errors import MueangError, NotFound, StoreFailed
from mueang.graph.generation import Generation, content_of, contents_of, current, numbered, numbers, publish

State = Literal["current", "earlier", "unused"]


def as_number(text: str) -> int:
    """The number of a generation as somebody wrote it; raises NotFound for what cannot be one."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise NotFound(
            th=f"ไม่มีรุ่นข้อมูล {text[:40]!r}: ระบุเป็นเลขรุ่น",
            en=f"there is no generation {text[:40]!r}: a generation goes by its number",
        )
    return int(text)


def history(home: Path, before: int | None = None) -> Iterator[tuple[Generation, State]]:
    """Every generation that can be read, newest first, with its state; `verify` names those that cannot.

    `before` leaves out this number and those above it.
    """
    pointer = current(home)
    known = [number for number in numbers(home) if before is None or number < before]
    for number in reversed(known):
        try:
            yield numbered(home, number), _state(home, number, pointer)
        except StoreFailed:
            continue


def published(home: Path, number: int | None = None) -> Generation:
    """The generation published under this number, or the current one; raises NotFound where there is none."""
    pointer = current(home)
    if pointer is None:
        raise NotFound(
            th=f"ยังไม่มีข้อมูลเผยแพร่ใน {home}: สั่ง mueang build ก่อน",
            en=f"nothing is published in {home} yet: run `mueang build` first",
        )
    if number is None:
        return pointer
    found = numbered(home, number)
    if _state(home, number, pointer) == "unused":
        raise NotFound(
            th=f"รุ่นข้อมูล {number} ไม่เคยเผยแพร่ (ค้างจากการทำงานที่หยุดกลางคัน)",
            en=f"generation {number} was never published (left by a crash)",
        )
    return found


def restore(home: Path, number: int, *, person: str = "", note: str = "") -> Generation:
    """Go back to an older generation by publishing its graphs anew; the current one, where it has just these.

    Its record says who did that, and why, where they are named.
    """
    older = published(home, number)
    why = f": {note}" if note else ""
    by = f", by {person}" if person else ""
    return publish(
        home,
        dict(contents_of(home, older)),
        reason=f"restore of {number}{why}{by}",
        shapes=older.shapes,
        built=published(home).built,
    )


def verify(home: Path) -> list[MueangError]:
    """What is wrong in a home: unreadable records, missing or damaged contents, a pointer to nothing.

    What a crash may leave is harmless and not named: files aside (`*.new`), records never published, contents that
    no record lists, and a first record without a pointer.
    """
    known = numbers(home)
    found = [*_damages(home, known), *_lost_pointer(home, known)]
    return list({fault.en: fault for fault in found}.values())


def _state(home: Path, number: int, pointer: Generation | None) -> State:
    if pointer is None or number > pointer.number:
        return "unused"
    if number == pointer.number:
        return "current"
    try:
        return "earlier" if numbered(home, number + 1).parent == number else "unused"
    except MueangError:
        return "earlier"


def _damages(home: Path, known: list[int]) -> Iterator[MueangError]:
    checked: set[str] = set()
    for number in known:
        try:
            generation = numbered(home, number)
        except MueangError as error:
            yield error
        else:
            yield from _damaged_contents(home, generation, checked)
            yield from _lost_parent(generation, known)


def _damaged_contents(home: Path, generation: Generation, checked: set[str]) -> Iterator[MueangError]:
    for graph, expected in generation.graphs.items():
        if expected in checked:
            continue
        checked.add(expected)
        try:
            content_of(home, generation, graph)
        except StoreFailed as error:
            yield error


def _lost_parent(generation: Generation, known: list[int]) -> Iterator[MueangError]:
    if generation.parent and generation.parent not in known:
        yield StoreFailed(
            th=f"ไม่มีบันทึกของรุ่นข้อมูล {generation.parent} ซึ่งรุ่น {generation.number} สืบจาก",
            en=f"the record of generation {generation.parent}, the parent of {generation.number}, is missing",
        )


def _lost_pointer(home: Path, known: list[int]) -> Iterator[MueangError]:
    """A pointer that cannot be followed, or that is gone although a later generation shows that there was one."""
    try:
        pointer = current(home)
    except StoreFailed as error:
        yield error
        return
    if pointer is None and _has_successor(home, known):
        yield StoreFailed(
            th=f"{home / 'current'} หายไป จึงไม่รู้ว่ารุ่นข้อมูลใดเป็นปัจจุบัน",
            en=f"{home / 'current'} is missing, so that no generation is current",
        )


def _has_successor(home: Path, known: list[int]) -> bool:
    for number in known:
        try:
            if numbered(home, number).parent:
                return True
        except MueangError:
            continue
    return False
