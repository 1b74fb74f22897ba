"""What the page of a thing is made of: its statements in reading order, each with who says so and in which words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from mueang.graph.names import BASE, GRAPH
from mueang.web.context import page_rows
from mueang.web.drawings import drawing_of, drawn
from mueang.web.language import reader_language
from mueang.web.names import Names, Row, iris_in

GROUPS = ("names", "facts", "evidence", "codes")
_SHOWN = 12
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_REPLACED = ("http://purl.org/dc/terms/isReplacedBy", "http://www.w3.org/2002/07/owl#deprecated")
_FROM_SOURCE = f"{GRAPH}source/"


@dataclass(frozen=True)
class Value:
    """One statement's value, the graphs that state it, and the claims whose words it rests on."""

    term: dict[str, str]
    graphs: tuple[str, ...]
    claims: tuple[Row, ...]


@dataclass(frozen=True)
class Property:
    """A property with its values, those in the reader's language first."""

    iri: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Mention:
    """A property by which other things point here: some of them, and how many there are."""

    iri: str
    things: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Description:
    """All that a page shows of one thing; each graph with its sources."""

    iri: str
    groups: dict[str, list[Property]]
    mentions: list[Mention]
    claims: list[Row]
    graphs: dict[str, list[str]]
    names: Names
    drawing: str | None = None
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    replaced_by: tuple[str, ...] = ()
    deprecated: bool = False

    @property
    def loose_claims(self) -> list[Row]:
        """The claims that no statement on the page shows."""
        shown = [
            claim["claim"]
            for properties in self.groups.values()
            for one in properties
            for value in one.values
            for claim in value.claims
        ]
        return [claim for claim in self.claims if claim["claim"] not in shown]

    def number_of(self, graph: str) -> int:
        """The number by which the page refers to a graph."""
        return list(self.graphs).index(graph) + 1


def description(iri: str, statements: Sequence[Row]) -> Description:
    """The description of a thing of which these statements are made."""
    claims = page_rows("claims", iri)
    mentions = _mentions(page_rows("mentions", iri))
    drawing = drawing_of(_values(statements, _TYPE))
    parts = drawn(drawing, iri) if drawing else {}
    graphs = _graphs(
        [row["g"]["value"] for rows in (statements, *parts.values()) for row in rows if "g" in row]
    )
    named = iris_in(statements, claims, *parts.values())
    told = _with_all_words(claims)
    named |= {source for sources in graphs.values() for source in sources}
    named |= {iri} | {one for mention in mentions for one in (mention.iri, *mention.things)}
    return Description(
        iri=iri,
        groups=_grouped(statements, [one for one in told if one["subject"]["value"] == iri]),
        mentions=mentions,
        claims=told,
        graphs=graphs,
        names=Names(named),
        drawing=drawing,
        parts=parts,
        replaced_by=_values(statements, _REPLACED[0]),
        deprecated=any(_values(statements, one) for one in _REPLACED),
    )


def source_of(graph: str) -> str | None:
    """The source whose words a graph holds, where it holds those of one source."""
    return f"{BASE}id/source/{graph.removeprefix(_FROM_SOURCE)}" if graph.startswith(_FROM_SOURCE) else None


def _values(statements: Sequence[Row], property_: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["o"]["value"] for row in statements if row["p"]["value"] == property_))


def _graphs(named: Sequence[str]) -> dict[str, list[str]]:
    """Each graph once, those of one source first, with the sources it was put together from."""
    in_order = sorted(set(named), key=lambda graph: (not graph.startswith(_FROM_SOURCE), graph))
    of_several = [graph for graph in in_order if not source_of(graph)]
    sources: dict[str, list[str]] = {
        graph: [source] if (source := source_of(graph)) else [] for graph in in_order
    }
    for row in page_rows("derived", *of_several) if of_several else ():
        sources[row["graph"]["value"]].append(row["source"]["value"])
    return sources


def _grouped(statements: Sequence[Row], claims: Sequence[Row]) -> dict[str, list[Property]]:
    groups: dict[str, list[Property]] = {}
    for iri, rows in groupby(statements, key=lambda row: row["p"]["value"]):
        found = list(rows)
        group = found[0]["group"]["value"] if "group" in found[0] else "facts"
        groups.setdefault(group, []).append(Property(iri, tuple(_valued(iri, found, claims))))
    return {group: groups[group] for group in GROUPS if group in groups}


def _valued(iri: str, rows: Sequence[Row], claims: Sequence[Row]) -> Iterator[Value]:
    graphs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    terms: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        key = tuple(row["o"].get(part, "") for part in ("value", "xml:lang", "datatype", "type"))
        graphs[key].append(row["g"]["value"])
        terms[key] = row["o"]
    for key in sorted(terms, key=_reading_order):
        yield Value(
            terms[key], tuple(graphs[key]), tuple(claim for claim in claims if _is_of(claim, iri, terms[key]))
        )


def _reading_order(key: tuple[str, ...]) -> tuple[bool, str, str]:
    language = key[1]
    return bool(language) and language != reader_language(), language, key[0]


def _is_of(claim: Row, iri: str, term: dict[str, str]) -> bool:
    """Whether a claim is about a statement of this property and value; one without a value is about each."""
    if "property" not in claim or claim["property"]["value"] != iri:
        return False
    return "object" not in claim or claim["object"]["value"] == term["value"]


def _with_all_words(rows: Sequence[Row]) -> list[Row]:
    """Each claim once, with all its quotes and retellings."""
    claims: dict[str, dict[str, Any]] = {}
    for row in rows:
        claim = claims.setdefault(row["claim"]["value"], {**row, "quotes": [], "retellings": []})
        for one, many in (("quote", "quotes"), ("retold", "retellings")):
            if one in row and row[one] not in claim[many]:
                claim[many].append(row[one])
    return list(claims.values())


def _mentions(rows: Sequence[Row]) -> list[Mention]:
    return [
        Mention(iri, tuple(things[:_SHOWN]), len(things))
        for iri, found in groupby(rows, key=lambda row: row["p"]["value"])
        for things in [[row["s"]["value"] for row in found]]
    ]
