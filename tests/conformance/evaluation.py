"""The query suites over HTTP: each test's files are graphs of one server, its dataset is named by the protocol.

A result must be the expected one, and the one that pyoxigraph gives on the same data in this process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store, parse, serialize
from rdflib import RDF, Graph, URIRef

from instance import SPARQL, Address, Reply
from manifests import MF, QT, entries, file_of, folders, manifest
from outcome import Outcome, judged
from results import expected, of_answer, of_csv, of_results, of_triples, same

ACCEPTED = {
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
SYNTAX = {
    MF[name + version]: name
    for name in ("PositiveSyntaxTest", "NegativeSyntaxTest")
    for version in ("", "11")
}
EVALUATION = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
NOT_CLAIMED = {"entailment", "service", "syntax-fed"}
NO_GRAPH = "urn:no-graph"


@dataclass(frozen=True)
class Test:
    """One test: its query, the files of its dataset by their IRIs, and the file of its result or its kind of syntax."""

    suite: str
    name: str
    query: URIRef
    default: list[URIRef]
    named: list[URIRef]
    result: URIRef | None
    syntax: str


def contents(suites: Path) -> dict[str, bytes]:
    """Every file of data as N-Triples, under its IRI."""
    return {
        str(iri): _triples(file_of(suites, iri), str(iri))
        for test in _tests(suites)
        for iri in (*test.default, *test.named)
    }


def outcomes(suites: Path, address: Address) -> list[Outcome]:
    """Every test of evaluation and of syntax."""
    return [_outcome(suites, test, address) for test in _tests(suites)]


def _tests(suites: Path) -> Iterator[Test]:
    for folder in folders(suites):
        graph = manifest(suites, folder)
        for test in entries(graph):
            kind = graph.value(test, RDF.type)
            found = _test(graph, test, folder, SYNTAX.get(kind, ""))
            if (kind in EVALUATION or kind in SYNTAX) and str(found.query).endswith(".rq"):
                yield found


def _test(graph: Graph, test: URIRef, folder: str, syntax: str) -> Test:
    action = graph.value(test, MF.action)
    return Test(
        suite=folder,
        name=str(test).partition("#")[2],
        query=action if syntax else graph.value(action, QT.query),
        default=list(graph.objects(action, QT.data)),
        named=list(graph.objects(action, QT.graphData)),
        result=graph.value(test, MF.result),
        syntax=syntax,
    )


def _triples(path: Path, base: str) -> bytes:
    kind = RdfFormat.from_extension(path.suffix[1:])
    return (
        serialize(
            (quad.triple for quad in parse(path.read_bytes(), format=kind, base_iri=base)),
            format=RdfFormat.N_TRIPLES,
        )
        or b""
    )


def _outcome(suites: Path, test: Test, address: Address) -> Outcome:
    text = file_of(suites, test.query).read_text(encoding="utf-8")
    why = _syntax(test, text, address) if test.syntax else _evaluated(suites, test, text, address)
    if why and test.suite in NOT_CLAIMED:
        return Outcome(test.suite, test.name, "not claimed", why)
    return judged(test.suite, test.name, why)


def _syntax(test: Test, text: str, address: Address) -> str:
    reply = _asked(test, text, address, "application/sparql-results+json, text/turtle")
    right = reply.status == 200 if test.syntax == "PositiveSyntaxTest" else reply.status == 400
    here = _parses(text, test.query)
    if here is not (reply.status == 200):
        return f"status {reply.status}, in process {'accepted' if here else 'refused'}: {reply.body[:200]!r}"
    return "" if right else f"as pyoxigraph: status {reply.status}"


def _parses(text: str, base: str) -> bool:
    try:
        Store().query(text, base_iri=base)
    except (SyntaxError, RuntimeError, ValueError):
        return False
    return True


def _evaluated(suites: Path, test: Test, text: str, address: Address) -> str:
    if not test.result:
        return "no result is given"
    path = file_of(suites, test.result)
    accepted = ACCEPTED.get(path.suffix, "application/sparql-results+xml")
    reply = _asked(test, text, address, f"{accepted}, application/n-triples")
    if reply.status != 200:
        return f"status {reply.status} {reply.body[:300]!r}"
    found = _found(reply)
    wanted = expected(path, str(test.result))
    right, as_here = same(found, wanted), _as_in_process(suites, test, text, reply)
    if right and as_here:
        return ""
    return ("" if right else "not the expected result") + ("" if as_here else ", nor pyoxigraph's")


def _asked(test: Test, text: str, address: Address, accepted: str) -> Reply:
    form = [("query", f"BASE <{test.query}>\n{text}")]
    if not test.syntax and "FROM" not in text:
        form += [("default-graph-uri", str(iri)) for iri in test.default or [NO_GRAPH]]
        form += [("named-graph-uri", str(iri)) for iri in test.named or [NO_GRAPH]]
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accepted}
    return address.asked("POST", SPARQL, urlencode(form).encode(), headers)


def _found(reply: Reply) -> Graph | bool:
    if reply.media_type == "text/csv":
        return of_csv(reply.body.decode())
    if kind := QueryResultsFormat.from_media_type(reply.media_type):
        return of_results(reply.body, kind)
    return of_triples(quad.triple for quad in parse(reply.body, format=RdfFormat.N_TRIPLES))


def _as_in_process(suites: Path, test: Test, text: str, reply: Reply) -> bool:
    store = Store()
    for iri in test.default:
        store.load(_triples(file_of(suites, iri), str(iri)), format=RdfFormat.N_TRIPLES)
    for iri in test.named:
        store.load(
            _triples(file_of(suites, iri), str(iri)), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(str(iri))
        )
    answer = store.query(text, base_iri=str(test.query))
    if reply.media_type == "text/csv":
        return same(_found(reply), of_csv(answer.serialize(format=QueryResultsFormat.CSV).decode()))
    return same(_found(reply), of_answer(answer))
