"""The things of the graph as linking knows them: what they are called, their codes, and how a text was found to mean one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mueang.errors import Language

Both = Mapping[Language, str]
LANGUAGES: tuple[Language, Language] = ("th", "en")


class Row(NamedTuple):
    """One row of queries/link/names.rq: a name, a code, a class or the place of a thing."""

    thing: str
    kind: str
    role: str
    scheme: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a thing: its role (preferred, alternative, misspelt, abbreviated) and language."""

    text: str
    role: str
    language: str

    @property
    def how(self) -> str:
        """What finding it by this name is called."""
        if self.language == "th-latn":
            return "romanised"
        return {"preferred": "name", "abbreviated": "abbreviation", "misspelt": "spelling"}.get(
            self.role, self.role
        )


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A thing that has a name: its IRI, its kinds, what its classes are called, labels, descriptions, names, codes by scheme."""

    iri: str
    kinds: tuple[str, ...]
    label: dict[Language, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    sort: dict[Language, str] = field(default_factory=dict)
    description: dict[Language, str] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)

    def is_a(self, kinds: Collection[str]) -> bool:
        """Whether it is of one of these kinds; of no kinds everything is."""
        return not kinds or any(kind in kinds for kind in self.kinds)

    @property
    def is_listed(self) -> bool:
        """Whether it stands in a list that is whole (ISO 3166), so that no thing unknown here may be meant instead."""
        return "iso" in self.codes

    def label_in(self, language: Language) -> str:
        """Its label in this language, else in the other, else its IRI."""
        return self.label.get(language) or self.label.get("en") or self.label.get("th") or self.iri

    def told_in(self, language: Language) -> str:
        """Its label with what sort of thing it is and its official code: what tells namesakes apart."""
        code = self.codes.get("iso") or self.codes.get("dopa", "")
        words = " ".join(filter(None, (self.sort.get(language, ""), code)))
        return f"{self.label_in(language)} ({words})" if words else self.label_in(language)


def things_of(rows: Iterable[Row]) -> dict[str, Thing]:
    """The named things among these rows, by IRI."""
    things: dict[str, Thing] = {}
    told: dict[str, dict[tuple[str, str], list[str]]] = {}
    for row in rows:
        thing = things.setdefault(row.thing, Thing(row.thing, (row.kind,)))
        if row.role == "code":
            thing.codes.setdefault(row.scheme, row.name)
        elif row.role in ("class", "within"):
            told.setdefault(row.thing, {}).setdefault((row.role, row.language), []).append(row.name)
        else:
            thing.names.append(Name(row.name, row.role, row.language))
    named = {iri: thing for iri, thing in things.items() if thing.names}
    for thing in named.values():
        _describe(thing, told.get(thing.iri, {}))
    return named


def _describe(thing: Thing, told: Mapping[tuple[str, str], list[str]]) -> None:
    for language in LANGUAGES:
        label = next(
            (name.text for name in thing.names if name.role == "preferred" and name.language == language), ""
        )
        if label:
            thing.label[language] = label
        thing.sort[language], within = (
            ", ".join(told.get((one, language), ())) for one in ("class", "within")
        )
        thing.description[language] = " · ".join(filter(None, (thing.sort[language], within)))
