"""Advice on words: keywords misspelt or in the wrong case, and words that are no names."""

from mueang.engine.malformed.grammar import FUNCTIONS, KEYWORDS
from mueang.engine.malformed.spelling import nearest
from mueang.engine.malformed.stop import Advice, Stop, clipped

_LONGEST_WORD = 30


def misspelt(stop: Stop) -> Advice | None:
    """A word that is nearly a keyword which could stand here."""
    if stop.found.kind != "WORD":
        return None
    word = stop.found.text
    if word.lower() in ("true", "false") and stop.can("BOOLEAN"):
        return Advice(f"เขียน {word.lower()} ด้วยตัวพิมพ์เล็ก", f"write {word.lower()} in lower case")
    right = nearest(word, _keywords(stop))
    if not right:
        return None
    return Advice(
        f"ไม่รู้จักคำว่า {clipped(word)} ที่นี่: หมายถึง {right} หรือไม่",
        f"{clipped(word)} is no word of SPARQL here: did you mean {right}?",
    )


def joined(stop: Stop) -> Advice | None:
    """Two words without a space between them: `ORDERBY`, `FILTERSTR(…)`, `GROUP_BY`."""
    if stop.found.kind != "WORD":
        return None
    word = stop.found.text.upper()
    for cut in range(2, min(len(word), _LONGEST_WORD)):
        first, second = word[:cut], word[cut:].lstrip("_")
        if first in KEYWORDS and stop.can(first) and (second in KEYWORDS or second in FUNCTIONS):
            return Advice(
                f"เขียนแยกเป็นสองคำ: {first} {second}",
                f"these are two words: {first} {second}",
                stop.found.start,
            )
    return None


def _keywords(stop: Stop) -> list[str]:
    possible = stop.reading.possible
    found = sorted(possible & KEYWORDS - {"SERVICE"})
    if stop.following.kind in ("(", "NIL"):
        found += [name for name, function in FUNCTIONS.items() if function.kind in possible]
    return found


def bare_word(stop: Stop) -> Advice | None:
    """A word where a variable, a name or a text belongs."""
    if stop.found.kind not in ("WORD", "a") or not stop.can("VAR"):
        return None
    word = clipped(stop.found.text)
    if stop.can("STRING"):
        return Advice(
            f'{word} ไม่ใช่ตัวแปร (?{word}) ชื่อ (prefix:{word}) หรือข้อความ ("{word}")',
            f'{word} is neither a variable (?{word}), nor a name (prefix:{word}), nor a text ("{word}")',
        )
    return Advice(
        f"{word} ไม่ใช่ตัวแปร (?{word}) หรือชื่อ (prefix:{word})",
        f"{word} is neither a variable (?{word}) nor a name (prefix:{word})",
    )


ADVISERS = (joined, misspelt)
LAST = (bare_word,)
