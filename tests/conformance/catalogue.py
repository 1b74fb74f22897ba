"""The catalogue judged by the shapes of DCAT-AP 3, as every syntax has it."""

from pathlib import Path

import pyshacl
from rdflib import Graph

from instance import Address
from outcome import Outcome, judged

SUITE = "dcat-ap"
SHAPES = "dcat-ap_3_shacl_shapes.ttl"
SYNTAXES = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}


def outcomes(reference: Path, address: Address) -> list[Outcome]:
    """One for each syntax; nothing where the shapes are not there."""
    path = reference / "dcat-ap" / SHAPES
    if not path.is_file():
        return []
    shapes = Graph().parse(path, format="turtle")
    return [
        judged(SUITE, media, _wrong(address, media, syntax, shapes)) for media, syntax in SYNTAXES.items()
    ]


def _wrong(address: Address, media: str, syntax: str, shapes: Graph) -> str:
    reply = address.asked("GET", "/catalog", None, {"Accept": media})
    if reply.status != 200 or reply.media_type != media:
        return f"{reply.status} {reply.media_type}"
    catalogue = Graph().parse(data=reply.body, format=syntax)
    conforms, _, report = pyshacl.validate(catalogue, shacl_graph=shapes, inplace=True)
    return "" if conforms and len(catalogue) > 1000 else report[:2000]
