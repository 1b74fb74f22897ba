"""The graph `journal`: what became a graph through the gate, from whom, under which licence, let in by whom.

It is written here alone, as paragraphs of Turtle that each say what one thing is, below a comment that names the
graph whose record it belongs to.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from mueang.graph.catalogue import JOURNAL
from mueang.graph.generation import digest
from mueang.graph.names import GRAPH, PREFIXES
from mueang.submissions.clock import now

LICENCE = "<https://creativecommons.org/licenses/by/4.0/>"
"""What is handed in comes under this licence, unless the file names another for its graph."""
_USED = ("dcat", "dcterms", "foaf", "prov", "rdfs", "tsc", "vreviewstate", "xsd")
_HEAD = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in _USED)
_PERSON = f"{JOURNAL}#person-"


@dataclass(frozen=True)
class Handed:
    """A submission as its record tells it; what the file itself says of its graph, in N-Triples terms, in `stated`."""

    number: int
    person: str
    name: str
    digest: str
    day: str
    stated: Mapping[str, list[str]]


@dataclass(frozen=True)
class Act:
    """Who publishes something, when, and why."""

    person: str
    note: str
    at: str


def recorded(
    journal: bytes, changes: Mapping[str, bytes | None], person: str, note: str, handed: Handed | None = None
) -> bytes:
    """The content of the journal's graph with the records of these changes in it."""
    paragraphs = _paragraphs(journal)
    act = Act(person, note, now())
    for graph, content in changes.items():
        own = [text for text in paragraphs if _graph_of(text) == graph]
        paragraphs = [text for text in paragraphs if text not in own]
        if content is not None:
            paragraphs += _of_graph(graph, content, own, act, handed)
    paragraphs = [text for text in paragraphs if _graph_of(text) != JOURNAL]
    return "\n".join([_HEAD, *sorted([*paragraphs, *_people(paragraphs)])]).encode()


def _paragraphs(journal: bytes) -> list[str]:
    """Those of a journal; no text in them has an empty line, as line ends are written as escapes."""
    return [f"{text.strip()}\n" for text in journal.decode().split("\n\n") if text.startswith("# ")]


def _graph_of(paragraph: str) -> str:
    """The graph whose record a paragraph belongs to."""
    return paragraph.partition("\n")[0].removeprefix("# ")


def _of_graph(graph: str, content: bytes, own: list[str], act: Act, handed: Handed | None) -> list[str]:
    """The record of a graph that came in, or with what is done to it now beside what was done before."""
    if handed:
        return _of_submission(graph, act, handed)
    changes = sum(_part(graph, "change-")[:-1] in text.splitlines()[1] for text in own)
    change = _part(graph, f"change-{changes + 1}")
    return [*(own or [_of_stewards(graph, act)]), _activity(change, graph, act, digested=digest(content))]


def _of_submission(graph: str, act: Act, handed: Handed) -> list[str]:
    file, review = _part(graph, "file"), _part(graph, "review")
    stated = handed.stated
    said = {
        "a": ["dcat:Dataset", "tsc:SourceGraph", "tsc:Submission"],
        "dcterms:title": stated.get("title")
        or _titles(f"ข้อมูลที่ส่งมาเลขที่ {handed.number}", f"Submission {handed.number}"),
        "dcterms:description": stated.get("description", []),
        "dcterms:license": stated.get("license") or [LICENCE],
        "prov:generatedAtTime": [_time(act.at)],
        "prov:wasAttributedTo": [_person(handed.person)],
        "prov:wasDerivedFrom": [file, *stated.get("sources", [])],
        "prov:wasGeneratedBy": [review],
        "tsc:reviewState": ["vreviewstate:accepted"],
        "tsc:submittedOn": [f'"{handed.day}"^^xsd:date'],
    }
    handed_in = {
        "a": ["prov:Entity"],
        "dcterms:title": [_text(handed.name)],
        "prov:wasAttributedTo": [_person(handed.person)],
        "tsc:textDigest": [_sha(handed.digest)],
    }
    return [
        _paragraph(graph, f"<{graph}>", said),
        _paragraph(graph, file, handed_in),
        _activity(review, graph, act, used=file),
    ]


def _of_stewards(graph: str, act: Act) -> str:
    key = graph.removeprefix(GRAPH)
    said = {
        "a": ["dcat:Dataset", "tsc:SourceGraph"],
        "dcterms:title": _titles(f"กราฟ {key} ของผู้ดูแล", f"Graph {key} of the stewards"),
        "dcterms:license": [LICENCE],
        "prov:generatedAtTime": [_time(act.at)],
        "prov:wasAttributedTo": [_person(act.person)],
        "prov:wasDerivedFrom": [_part(graph, "change-1")],
        "tsc:reviewState": ["vreviewstate:accepted"],
    }
    return _paragraph(graph, f"<{graph}>", said)


def _activity(subject: str, graph: str, act: Act, *, used: str = "", digested: str = "") -> str:
    """What somebody did: looked through a file and let it in, or changed a graph to what has this digest."""
    said = {
        "a": ["prov:Activity"],
        "prov:endedAtTime": [_time(act.at)],
        "prov:generated": [f"<{graph}>"],
        "prov:used": [used] if used else [],
        "prov:wasAssociatedWith": [_person(act.person)],
        "rdfs:comment": [_text(act.note)] if act.note else [],
        "tsc:textDigest": [_sha(digested)] if digested else [],
    }
    return _paragraph(graph, subject, said)


def _people(paragraphs: Iterable[str]) -> list[str]:
    """A paragraph for everybody that others speak of."""
    spoken_of = {name for text in paragraphs for name in re.findall(f"<{re.escape(_PERSON)}([^>]+)>", text)}
    return [_of_person(name) for name in spoken_of]


def _of_person(quoted: str) -> str:
    said = {"a": ["foaf:Agent", "prov:Agent"], "foaf:name": [_text(unquote(quoted))]}
    return _paragraph(JOURNAL, f"<{_PERSON}{quoted}>", said)


def _paragraph(graph: str, subject: str, said: Mapping[str, list[str]]) -> str:
    lines = [f"{predicate} {', '.join(values)}" for predicate, values in said.items() if values]
    said_so = " ;\n    ".join(lines)
    return f"# {graph}\n{subject} {said_so} .\n"


def _part(graph: str, name: str) -> str:
    """A part of a graph's record; the name of a graph may have a fragment already, and no IRI has two."""
    return f"<{graph}{'-' if '#' in graph else '#'}{name}>"


def _titles(th: str, en: str) -> list[str]:
    return [f"{_text(en)}@en", f"{_text(th)}@th"]


def _person(name: str) -> str:
    return f"<{_PERSON}{quote(name, safe='')}>"


def _time(moment: str) -> str:
    return f'"{moment}"^^xsd:dateTime'


def _sha(name: str) -> str:
    return f'"sha256:{name}"'


def _text(value: str) -> str:
    """A string as Turtle writes it; the escapes of JSON are among those of Turtle (section 2.5.1)."""
    return json.dumps(value, ensure_ascii=False)
