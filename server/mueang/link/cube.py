"""Writes a table of observations as an RDF Data Cube with its DCAT record: one named graph in TriG.

A row is one observation, named after its number in the table, with a value for each measure; the unit belongs to the
measure. Rows that were left out are listed with their reason as rows of a CSVW table.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from mueang.errors import Language
from mueang.graph.names import BASE, GRAPH
from mueang.link.about import About, Dimension, Measure, Words
from mueang.link.moment import Moment

_PREFIXES = {
    "csvw": "http://www.w3.org/ns/csvw#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "tsc": f"{BASE}def#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in _PREFIXES.items())
_PLACE, _TIME, _UNIT = "sdmx-dimension:refArea", "sdmx-dimension:refPeriod", "sdmx-attribute:unitMeasure"
Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Observation:
    """A row that was taken: its number, its place, its time, its values by the key of the measure or dimension."""

    row: int
    place: str
    time: Moment
    values: Mapping[str, Decimal]
    told_apart: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was not taken: its number, what it says for its place, and why."""

    row: int
    text: str
    reason: Mapping[Language, str]


@dataclass(frozen=True)
class Cube:
    """All that is to be written; `units` and `indicators` are IRIs by the key of the measure, `body` a publisher's IRI."""

    about: About
    table: str
    digest: str
    body: str
    units: Mapping[str, str]
    indicators: Mapping[str, str]
    observations: Sequence[Observation]
    left_out: Sequence[LeftOut]


def graph_of(key: str) -> str:
    """The IRI of the graph of the dataset with this key."""
    return f"{GRAPH}dataset/{key}"


def written(cube: Cube) -> bytes:
    """The graph of a cube."""
    body = "\n".join(f"{subject} {_said(said)} .\n" for subject, said in _paragraphs(cube))
    return f"{_HEAD}\nGRAPH <{graph_of(cube.about.key)}> {{\n{body}}}\n".encode()


def _paragraphs(cube: Cube) -> Iterator[tuple[str, Said]]:
    """Each thing with what is said of it."""
    yield from _record(cube)
    yield from _structure(cube)
    key = cube.about.key
    for one in cube.observations:
        yield _iri("observation", key, one.row), _observation(key, one)
    for row in cube.left_out:
        yield (
            _iri("row", key, row.row),
            {
                "a": ["csvw:Row"],
                "csvw:rownum": [str(row.row)],
                "csvw:title": [_text(row.text)],
                "rdfs:comment": _texts(row.reason),
            },
        )


def _record(cube: Cube) -> Iterator[tuple[str, Said]]:
    about = cube.about
    key, graph = about.key, f"<{graph_of(about.key)}>"
    source = [f"<{about.source}>"] if about.source else []
    names = {"dcterms:title": _texts(about.title), "dcterms:description": _texts(about.description)}
    licence = {"dcterms:license": [f"<{about.licence}>"]}
    yield graph, {**names, **licence, "prov:wasDerivedFrom": source}
    yield (
        _iri("dataset", key),
        {
            "a": ["dcat:Dataset", "qb:DataSet"],
            **names,
            **licence,
            "dcterms:identifier": [_text(key)],
            "dcterms:issued": [f'"{about.issued}"^^xsd:date'] if about.issued else [],
            "dcterms:publisher": [f"<{cube.body}>" if cube.body else _iri("agent", key)],
            "dcterms:temporal": [_iri("period", key)],
            "dcat:landingPage": source,
            "foaf:isPrimaryTopicOf": [graph],
            "prov:wasDerivedFrom": [_iri("table", key)],
            "qb:structure": [_iri("structure", key)],
        },
    )
    if not cube.body:
        yield _iri("agent", key), {"a": ["foaf:Agent"], "foaf:name": _texts(about.publisher)}
    yield _iri("period", key), _period(*about.period)
    yield _iri("table", key), _table(cube)


def _period(first: Moment, last: Moment) -> Said:
    """Two years running begin with the first and end with the second."""
    start, end = first.text.partition("/")[0], last.text.rpartition("/")[2]
    return {
        "a": ["dcterms:PeriodOfTime"],
        "dcat:startDate": [_time(Moment(start, "gYear" if "/" in first.text else first.datatype))],
        "dcat:endDate": [_time(Moment(end, "gYear" if "/" in last.text else last.datatype))],
    }


def _table(cube: Cube) -> Said:
    return {
        "a": ["csvw:Table"],
        "csvw:row": [_iri("row", cube.about.key, row.row) for row in cube.left_out],
        "csvw:url": [f"{_text(quote(cube.table))}^^xsd:anyURI"],
        "schema:numberOfItems": [str(len(cube.observations) + len(cube.left_out))],
        "tsc:textDigest": [_text(f"sha256:{cube.digest}")],
    }


def _structure(cube: Cube) -> Iterator[tuple[str, Said]]:
    about, key = cube.about, cube.about.key
    own: list[Dimension | Measure] = [*about.dimensions, *about.measures]
    parts = {"place": {"qb:dimension": [_PLACE]}, "time": {"qb:dimension": [_TIME]}}
    parts |= {one.key: {"qb:dimension": [_iri("observed", key, one.key)]} for one in about.dimensions}
    parts |= {one.key: {"qb:measure": [_iri("observed", key, one.key)]} for one in about.measures}
    parts["unit"] = {"qb:attribute": [_UNIT], "qb:componentAttachment": ["qb:MeasureProperty"]}
    yield (
        _iri("structure", key),
        {
            "a": ["qb:DataStructureDefinition"],
            "qb:component": [_iri("component", key, name) for name in parts],
        },
    )
    for order, (name, said) in enumerate(parts.items(), 1):
        yield (
            _iri("component", key, name),
            {"a": ["qb:ComponentSpecification"], **said, "qb:order": [str(order)]},
        )
    for one in own:
        is_measure = one.key in cube.units
        yield (
            _iri("observed", key, one.key),
            {
                "a": ["qb:MeasureProperty" if is_measure else "qb:DimensionProperty"],
                "rdfs:label": _texts(one.title),
                "rdfs:range": ["xsd:decimal" if is_measure else "xsd:string"],
                "qb:concept": _iris(cube.indicators.get(one.key)),
                _UNIT: _iris(cube.units.get(one.key)),
            },
        )


def _observation(key: str, one: Observation) -> Said:
    return {
        "a": ["qb:Observation"],
        "qb:dataSet": [_iri("dataset", key)],
        _PLACE: [f"<{one.place}>"],
        _TIME: [_time(one.time)],
        **{_iri("observed", key, name): [_text(text)] for name, text in one.told_apart.items()},
        **{_iri("observed", key, name): [f"{value:f}"] for name, value in one.values.items()},
    }


def _said(said: Said) -> str:
    return " ;\n    ".join(f"{name} {', '.join(values)}" for name, values in said.items() if values)


def _iri(kind: str, *parts: object) -> str:
    """What belongs to a dataset goes by its key: id/observation/population-2019-12."""
    return f"<{BASE}id/{kind}/{'-'.join(map(str, parts))}>"


def _iris(iri: str | None) -> list[str]:
    return [f"<{iri}>"] if iri else []


def _time(time: Moment) -> str:
    return _text(time.text) + ("" if time.datatype == "string" else f"^^xsd:{time.datatype}")


def _texts(words: Words) -> list[str]:
    return [f"{_text(text)}@{language}" for language, text in words.items()]


def _text(value: str) -> str:
    """A string as Turtle writes it; the escapes of JSON are among those of Turtle (section 2.5.1)."""
    return json.dumps(value, ensure_ascii=False)
