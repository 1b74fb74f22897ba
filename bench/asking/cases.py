"""What is asked of both servers, and whether they answer alike."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote

from load import FRESH, Asking
from mueang.engine.question import Question, question_named, questions

_QUESTION = "round-totals"
_PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX tsc: <https://w3id.org/mueang/def#> "
_CODES = range(30, 50)
_LONGEST = 7_400  # oxigraph serve refuses more than 8 kB of headers


class Wrong(Exception):
    """An answer that is not what it should be: no figure means anything then."""


@dataclass(frozen=True)
class Case:
    """A row of the table: the same question to both, and the ratio of speeds that is aimed at."""

    name: str
    aim: str
    mueang: Asking
    oxigraph: Asking


def cases(mueang: int, oxigraph: int) -> list[Case]:
    """Every row, for servers on these ports."""
    text = _bare(question_named(_QUESTION))
    question = Asking(mueang, (f"/questions/{_QUESTION}.json",))
    same = Asking(oxigraph, (_query("/query", text),))
    return [
        Case("one question", ">= 1", question, same),
        _both("50 queries", ">= 1", mueang, oxigraph, _texts()),
        Case("unchanged?", "", Asking(mueang, question.addresses, _tag(question)), same),
        _both("ASK {}", "", mueang, oxigraph, ["ASK {}"]),
        _both(
            "50 queries, never the same",
            ">= 0.1",
            mueang,
            oxigraph,
            [f"{one}\n# {FRESH}" for one in _texts()],
        ),
        _both("a name, never the same", "", mueang, oxigraph, [_name("TH-21", FRESH)]),
    ]


def check(case: Case) -> None:
    """Raise Wrong unless both servers give the same rows, more than once, and 304 for a tag that is held."""
    for ours, theirs in zip(case.mueang.addresses, case.oxigraph.addresses, strict=True):
        expected = _rows(_got(case.oxigraph.port, theirs)[1])
        for _ in range(2):
            if _rows(_got(case.mueang.port, ours)[1]) != expected:
                raise Wrong(f"{case.name}: {ours[:300]} is answered differently")
    if case.mueang.held:
        response, body = _got(case.mueang.port, case.mueang.addresses[0], {"If-None-Match": case.mueang.held})
        if (response.status, body) != (304, b""):
            raise Wrong(f"{case.name}: {response.status} where 304 was due")


def _both(name: str, aim: str, mueang: int, oxigraph: int, texts: list[str]) -> Case:
    ours = Asking(mueang, tuple(_query("/sparql", text) for text in texts))
    return Case(name, aim, ours, Asking(oxigraph, tuple(_query("/query", text) for text in texts)))


def _texts() -> list[str]:
    saved = [text for text in map(_bare, questions()) if len(_query("/sparql", text)) < _LONGEST]
    return [*saved, *(_name(f"TH-{code}", "") for code in _CODES)][:50]


def _bare(question: Question) -> str:
    """The text of a question without the lines about it."""
    return "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))


def _name(code: str, other: str) -> str:
    return (
        f"{_PREFIXES} SELECT ?name {{ <https://w3id.org/mueang/id/province/{code}> skos:prefLabel ?name "
        f'FILTER(STR(?name) != "{other}") }}'
    )


def _query(path: str, text: str) -> str:
    return f"{path}?query={quote(text, safe='')}"


def _tag(asking: Asking) -> str:
    return _got(asking.port, asking.addresses[0])[0].headers["ETag"]


def _got(port: int, address: str, more: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Accept": "application/sparql-results+json"} | (more or {}))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status not in (200, 304):
        raise Wrong(f"{address[:300]}: {response.status}")
    return response, body


def _rows(body: bytes) -> list[str]:
    answer = json.loads(body)
    rows: Iterator[object] = iter(
        answer["results"]["bindings"] if "results" in answer else [answer["boolean"]]
    )
    return sorted(json.dumps(row, sort_keys=True) for row in rows)
