"""Which of some names a misspelt one must mean."""

from functools import lru_cache


@lru_cache(maxsize=1000)
def nearest(name: str, known: frozenset[str]) -> str | None:
    """The one known name that is few slips away, if no other is as near."""
    most = min(3, max(1, len(name) // 4))
    near = sorted(
        (slips(name.casefold(), one.casefold()), one) for one in known if abs(len(one) - len(name)) <= most
    )
    if not near or near[0][0] > most or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return near[0][1]


def slips(one: str, other: str) -> int:
    """How many letters must be added, left out, changed or swapped with their neighbour to make one the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
