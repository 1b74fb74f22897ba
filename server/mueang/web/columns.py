"""Which columns of a result a reader is shown: of a name in two languages only theirs, joined to its IRI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mueang.engine.question import columns
from mueang.errors import Language
from mueang.web.language import reader_language

_ENDINGS: dict[Language, str] = {"th": "Th", "en": "En"}


@dataclass(frozen=True)
class Column:
    """A column of a page: its heading, the variable of the term, and those of its label, best first."""

    heading: str
    term: str
    labels: tuple[str, ...]


def column_said(variable: str) -> str:
    """What a column of a saved question is called in the reader's language; nothing for one that has no words."""
    words: Mapping[Language, str] = columns().get(variable, {})
    return words.get(reader_language(), "")


def columns_shown(variables: Sequence[str], language: Language) -> list[Column]:
    """The columns for a reader: `area`, `areaTh`, `areaEn` become one, an `x` linked under its name."""
    pairs = {one[:-2] for one in variables if one.endswith("Th") and one[:-2] + "En" in variables}
    own, other = _ENDINGS[language], _ENDINGS["en" if language == "th" else "th"]
    shown: dict[str, Column] = {}
    for variable in variables:
        base = variable[:-2] if variable[-2:] in (own, other) and variable[:-2] in pairs else variable
        labels = (base + own, base + other) if base in pairs else ()
        shown.setdefault(base, Column(base, base if base in variables else "", labels))
    return list(shown.values())
