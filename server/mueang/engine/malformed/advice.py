"""All explanations in the order they are tried: what is certain first, what the grammar alone says last."""

from mueang.engine.malformed import (
    brackets,
    characters,
    clauses,
    expressions,
    habits,
    patterns,
    triples,
    words,
)
from mueang.engine.malformed.stop import Advice, Stop, clipped, first_advice
from mueang.engine.malformed.vocabulary import possible_words

ADVISERS = (
    *characters.ADVISERS,
    *habits.ADVISERS,
    *clauses.EARLY,
    *brackets.ADVISERS,
    *expressions.ADVISERS,
    *clauses.ADVISERS,
    *patterns.ADVISERS,
    *words.ADVISERS,
    *habits.LATER,
    *triples.ADVISERS,
    *characters.LAST,
    *clauses.LAST,
    *words.LAST,
)


def advise(stop: Stop) -> Advice:
    """What to do at a stop: an explanation if one fits, else what could stand there."""
    return first_advice(stop, ADVISERS) or _plain(stop)


def _plain(stop: Stop) -> Advice:
    th, en = possible_words(stop.reading.possible)
    if stop.found.kind == "END":
        return Advice(f"คำถามจบเร็วไป: ต้องตามด้วย{th}", f"the query ends too early; expected: {en}")
    found = clipped(stop.found.text)
    return Advice(f"{found} อยู่ตรงนี้ไม่ได้: ต้องเป็น{th}", f"{found} cannot stand here; expected: {en}")
