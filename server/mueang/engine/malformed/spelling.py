"""What somebody may have meant by a word that is not known."""

from collections.abc import Iterable
from itertools import islice

_LONGEST = 20
_MOST_KNOWN = 500


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that differs least from this one, whatever its case; None if all differ much."""
    written, most = word.lower(), _most_slips(len(word))
    best = None
    for one in islice(known, _MOST_KNOWN):
        if most < 0 or abs(len(one) - len(written)) > most:
            continue
        slips = _slips(written, one.lower())
        if slips <= most:
            best, most = one, slips - 1
    return best


def _most_slips(length: int) -> int:
    """How many slips of the pen a word of this length may have."""
    if not 2 <= length <= _LONGEST:
        return -1
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3


def _slips(one: str, other: str) -> int:
    """Letters changed, left out, added, or two neighbours swapped (optimal string alignment)."""
    before, last = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            slips = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                slips = min(slips, before[j - 2] + 1)
            row.append(slips)
        before, last = last, row
    return last[-1]
