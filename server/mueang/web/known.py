"""What can be named in a question: every term and thing with its names, found by part of a name or of the short IRI."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from mueang.graph.names import BASE, shortened
from mueang.web.context import page_rows
from mueang.web.kept import kept

_MOST = 20


@dataclass(frozen=True)
class Known:
    """A term or thing: its IRI, how a query may write it, and its names."""

    iri: str
    short: str
    th: str
    en: str

    def called(self, language: str) -> str:
        """Its name in the reader's language, else in the other one."""
        return (self.th or self.en) if language == "th" else (self.en or self.th)

    def rank(self, part: str) -> int | None:
        """How well a part of a name fits, best first; None where it does not."""
        names = [
            name.casefold() for name in (self.th, self.en, self.short, self.short.partition(":")[2]) if name
        ]
        if part in names:
            return 0
        if any(name.startswith(part) for name in names):
            return 1
        return 2 if any(part in name for name in names) else None


def everything_known() -> Sequence[Known]:
    """Every named term and thing of the current generation, terms first."""
    return kept("known", _asked)


def names_known() -> Mapping[str, Known]:
    """The same by IRI."""
    return kept("known-by-iri", lambda: {one.iri: one for one in everything_known()})


def found(part: str) -> list[Known]:
    """What is named so, at most twenty, best first."""
    sought = part.strip().casefold()
    ranked = [
        (rank, place, one)
        for place, one in enumerate(everything_known())
        if (rank := one.rank(sought)) is not None
    ]
    return [one for _, _, one in sorted(ranked, key=lambda entry: entry[:2])[:_MOST]]


def of_kind(kind: str) -> list[Known]:
    """The things of a kind, as `/id/<kind>/…` has them, by Thai name."""
    namespace = f"{BASE}id/{kind}/"
    return sorted(
        (one for one in everything_known() if one.iri.startswith(namespace)), key=lambda one: one.th or one.en
    )


def near(written: str) -> list[Known]:
    """What somebody may have meant who wrote a name that is not there."""
    by_name = {one.short.casefold(): one for one in everything_known()}
    short = shortened(written).casefold()
    same_end = [one for one in by_name if one.partition(":")[2] == short.partition(":")[2]]
    return [
        by_name[name] for name in dict.fromkeys([*same_end, *get_close_matches(short, by_name, 3, 0.75)])
    ][:3]


def as_json(ones: Iterable[Known]) -> str:
    """For the editor."""
    return json.dumps([{"short": one.short, "th": one.th, "en": one.en} for one in ones], ensure_ascii=False)


def _asked() -> list[Known]:
    rows = page_rows("known")
    return [
        Known(iri, _written(iri), _text(row, "th"), _text(row, "en"))
        for row in rows
        for iri in [row["thing"]["value"]]
    ]


def _written(iri: str) -> str:
    short = shortened(iri)
    return short if short != iri else f"<{iri}>"


def _text(row: dict[str, Any], name: str) -> str:
    return str(row[name]["value"]) if name in row else ""
