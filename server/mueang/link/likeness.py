"""How alike two names are, and when a likeness is good enough to stand for certainty.

The graph does not know every place: what is one letter from a district or a province may be another district, or a
village. So a letter may be wrong only in the name of a thing of a list that is whole, and only in a long one; nothing
else may be nearly as near; and it may not be the first letter, nor a figure, nor may something stand before or after.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

_WORTH_SHOWING = 0.55
_LOOKED_AT = 24
_MARGIN = 2
_ONE_LETTER, _TWO_LETTERS = 8, 15


def likest(fold: str, folds: Sequence[str]) -> Iterator[tuple[int, float]]:
    """The places in a list of folded names of those that are like this one, with a score of at most 95, best first."""
    found = process.extract(
        fold, folds, scorer=Indel.normalized_similarity, limit=_LOOKED_AT, score_cutoff=_WORTH_SHOWING
    )
    for _, score, place in found:
        yield place, round(score * 95, 1)


def letters_off(fold: str, names: Sequence[str]) -> int:
    """How many letters are added, left out, changed or exchanged, at least, between this and one of the names."""
    return min(OSA.distance(fold, name) for name in names)


def is_near(key: str, names: Sequence[str]) -> bool:
    """Whether one letter makes this one of the names."""
    return letters_off(key, names) <= 1


def is_slip(fold: str, names: Sequence[str]) -> bool:
    """Whether this can only be one of a thing's names with letters wrong."""
    return any(_is_slip_of(fold, name) for name in names)


def is_clear(nearest: int, next_nearest: int) -> bool:
    """Whether the next name is so much further that it was not meant."""
    return next_nearest - nearest >= _MARGIN


def _is_slip_of(fold: str, name: str) -> bool:
    return (
        OSA.distance(fold, name) <= _allowed(min(len(fold), len(name)))
        and name not in fold
        and fold[:1] == name[:1]
        and _figures(fold) == _figures(name)
    )


def _allowed(length: int) -> int:
    return 0 if length < _ONE_LETTER else 1 if length < _TWO_LETTERS else 2


def _figures(fold: str) -> str:
    return "".join(letter for letter in fold if letter.isdigit())
