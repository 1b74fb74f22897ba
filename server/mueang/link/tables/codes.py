"""Whether the numbers of a column are codes, or only number its rows."""

from collections.abc import Sequence

from mueang.link.tables.words import number_in

_DENSE = 0.9
"""Of the numbers from 0 or 1 on, the share that running numbers have though rows were taken out."""


def are_codes(texts: Sequence[str], certain: int, is_headed: bool, is_asked: bool) -> bool:
    """Whether these numbers, of which so many are codes of one kind, are codes with some among them that are wrong.

    Most two-digit numbers are the code of a province, so that running numbers look like codes too: most is enough only
    where the heading names the kind (`is_headed`) and the reader the column.
    """
    unknown = len(texts) - certain
    if not unknown:
        return True
    if not (is_headed or is_asked) or _are_running(texts, from_one=is_headed):
        return False
    nearly = unknown <= max(1, len(texts) // 10) and certain >= 3 * unknown
    return nearly or (is_headed and is_asked and certain >= unknown)


def _are_running(texts: Sequence[str], *, from_one: bool) -> bool:
    """Whether these number the rows: from 0 or 1 with few gaps; unless only those count, from anywhere with none."""
    numbers = {number for text in texts if (number := number_in(text)) is not None}
    if not numbers:
        return False
    span = max(numbers) - min(numbers) + 1
    begins = min(numbers) <= 1 and len(numbers) >= _DENSE * span
    return begins or (not from_one and len(numbers) == span)
