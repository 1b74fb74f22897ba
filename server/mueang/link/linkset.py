"""Writes what was linked as a linkset: a concept for each name of the column, its match, and what is known of that."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO
from urllib.parse import quote

from mueang.errors import Language
from mueang.graph.names import BASE
from mueang.link.tables.joining import Linked
from mueang.link.tables.row import Row
from mueang.link.tables.words import plain

EXACT = ("name", "romanised", "alternative", "abbreviation", "code")
"""Ways of finding a thing that leave no doubt that this is its name; the others make a close match."""

_PREFIXES = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_METHOD: dict[Language, str] = {
    "th": "เทียบชื่อในคอลัมน์กับชื่อและรหัสในกราฟ แต่ละลิงก์มีคะแนนและเหตุผลของตัวเอง",
    "en": "The names in the column were compared with the names and codes in the graph; each link has its score and reason.",
}


@dataclass
class Linkset:
    """Written as the rows go by: each name once. `base` is the address that the table goes by."""

    base: str
    column: str
    file: IO[bytes]
    made: date
    _seen: set[str] = field(default_factory=set)
    _exact: int = 0

    def __post_init__(self) -> None:
        """Write the prefixes."""
        self.file.write(_PREFIXES.encode())

    def noting(self, results: Iterable[tuple[Row, Linked]], column: int) -> Iterator[tuple[Row, Linked]]:
        """The same results, each new name among them written."""
        for row, linked in results:
            if linked.thing is not None and (name := plain(row.filled[column])) not in self._seen:
                self._seen.add(name)
                self._write(name, linked)
            yield row, linked

    def end(self) -> None:
        """Write what the links are all together; no more come."""
        close = len(self._seen) - self._exact
        for predicate, count in (("exactMatch", self._exact), ("closeMatch", close)):
            if count:
                self.file.write(self._together(predicate, count).encode())

    def _together(self, predicate: str, count: int) -> str:
        return (
            f"\n<{self.base}#{predicate}> a void:Linkset ;\n"
            f"  rdfs:label {_text(f'ลิงก์ของชื่อในคอลัมน์ {self.column}')}@th ,"
            f" {_text(f'links of the names in column {self.column}')}@en ;\n"
            f"  dcterms:description {_text(_METHOD['th'])}@th , {_text(_METHOD['en'])}@en ;\n"
            f"  void:subjectsTarget <{self.base}> ; void:objectsTarget <{BASE}> ;\n"
            f"  void:linkPredicate skos:{predicate} ; void:triples {count} ;\n"
            f'  dcterms:created "{self.made.isoformat()}"^^xsd:date .\n'
        )

    def _write(self, name: str, linked: Linked) -> None:
        exact = linked.how in EXACT
        self._exact += exact
        predicate = "skos:exactMatch" if exact else "skos:closeMatch"
        subject = f"<{self.base}#name={quote(name, safe='')}>"
        target = f"<{linked.thing.iri if linked.thing else ''}>"
        reason = " ; ".join(
            f"rdfs:comment {_text(text)}@{language}" for language, text in (linked.reason or {}).items()
        )
        self.file.write(
            f"\n{subject} a skos:Concept ; skos:prefLabel {_text(name)} ; {predicate} {target} .\n"
            f"[] a owl:Axiom ; owl:annotatedSource {subject} ; owl:annotatedProperty {predicate} ;\n"
            f"  owl:annotatedTarget {target} ; sssom:mapping_justification semapv:LexicalMatching ;\n"
            f"  sssom:confidence {linked.score / 100:.3f} ; {reason} .\n".encode()
        )


def _text(text: str) -> str:
    """A string of Turtle; the escapes of JSON are among its own."""
    return json.dumps(text, ensure_ascii=False)


def named_by_digest(digest: bytes) -> str:
    """The address of a table that has none on the web: the digest of its bytes (RFC 6920)."""
    return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"
