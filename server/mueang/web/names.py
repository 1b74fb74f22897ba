"""What a page calls the things on it: asked in one query, told in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mueang.engine.question import is_iri
from mueang.graph.names import BASE
from mueang.web.context import page_rows
from mueang.web.language import reader_language
from mueang.web.links import short

Row = Mapping[str, Any]
_MOST = 1000


@dataclass(frozen=True)
class Called:
    """A name and the language it is in; empty for an IRI that has none."""

    text: str
    language: str


class Names:
    """The names of some things: their own, else their kind with what they are about."""

    def __init__(self, iris: Iterable[str]) -> None:
        self._language = reader_language()
        self._called: dict[str, Called] = {}
        asked = sorted({iri for iri in iris if is_iri(iri)})[:_MOST]
        self._said: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for row in page_rows("labels", *asked) if asked else ():
            text = row["text"]
            words = self._said[row["thing"]["value"]][row["what"]["value"]]
            words.setdefault(text.get("xml:lang", ""), text["value"])

    def of(self, iri: str) -> Called:
        """What to call a thing in the reader's language."""
        if iri not in self._called:
            said = self._said.get(iri, {})
            own = self._chosen(said.get("name") or said.get("title") or {})
            self._called[iri] = own or self._composed(iri, said) or Called(short(iri), "")
        return self._called[iri]

    def kind(self, iri: str) -> Called | None:
        """What kind of thing it is, of several the first."""
        return self._chosen(self._said.get(iri, {}).get("kind", {}))

    def all_of(self, iri: str) -> dict[str, str]:
        """The names of a thing by language."""
        said = self._said.get(iri, {})
        return dict(said.get("name") or said.get("title") or {})

    def _chosen(self, words: Mapping[str, str]) -> Called | None:
        for one in (self._language, "en" if self._language == "th" else "th", "", *words):
            if one in words:
                return Called(words[one], one)
        return None

    def _composed(self, iri: str, said: Mapping[str, Mapping[str, str]]) -> Called | None:
        """The kind, the aspect and what it is about; the key where that is not known."""
        kind, about, aspect = (self._chosen(said.get(part, {})) for part in ("kind", "about", "aspect"))
        if kind is None or not iri.startswith(BASE):
            return None
        whole = f"{kind.text} ({aspect.text})" if aspect else kind.text
        return Called(f"{whole}: {about.text if about else iri.rpartition('/')[2]}", kind.language)


def iris_in(*tables: Iterable[Row]) -> set[str]:
    """Every IRI in these rows."""
    return {
        term["value"] for rows in tables for row in rows for term in row.values() if term["type"] == "uri"
    }
