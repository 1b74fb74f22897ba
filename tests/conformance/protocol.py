"""The SPARQL 1.1 Protocol tests: the requests of the manifest, as they stand there."""

from pathlib import Path
from typing import Any

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from rdflib import RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from instance import SPARQL, UPDATE, Address, Reply, Scratch
from manifests import MF, UT, entries, file_of, manifest
from outcome import Outcome, judged

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUS = "http://www.w3.org/2011/http-statusCodes#StatusCode"
STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
QUERY = "application/sparql-query"
SUITE = "protocol"


def contents(suites: Path) -> dict[str, bytes]:
    """The graphs that the tests ask, by the names they give them."""
    graph = manifest(suites, SUITE)
    return {
        str(graph.value(data, RDFS.label)): file_of(suites, graph.value(data, UT.graph)).read_bytes()
        for data in set(graph.objects(None, UT.graphData))
    }


def outcomes(suites: Path, address: Address, scratch: Scratch) -> list[Outcome]:
    """Every test, those of the update operation on a server that may be written to."""
    graph = manifest(suites, SUITE)
    return [_outcome(graph, test, scratch if _updates(test) else address) for test in entries(graph)]


def _updates(test: URIRef) -> bool:
    return "update" in str(test).partition("#")[2]


def _outcome(graph: Graph, test: URIRef, address: Address) -> Outcome:
    requests = Collection(graph, graph.value(graph.value(test, MF.action), HT.requests))
    whys = [_why_not(graph, request, address) for request in requests]
    return judged(SUITE, str(test).partition("#")[2], "; ".join(filter(None, whys)))


def _why_not(graph: Graph, request: Any, address: Address) -> str:
    asks = not isinstance(address, Scratch) or headers_of(graph, request).get("content-type") == QUERY
    path = str(graph.value(request, HT.absolutePath)).replace("/sparql/", SPARQL if asks else UPDATE, 1)
    method = str(graph.value(request, HT.methodName))
    reply = address.asked(method, path, body_of(graph, request), headers_of(graph, request))
    expected = graph.value(request, HT.resp)
    statuses = [str(one).removeprefix(STATUS)[0] for one in graph.objects(expected, MF.expectedStatus)]
    if str(reply.status)[0] not in statuses:
        return f"status {reply.status} {reply.body[:200]!r}"
    wanted = graph.value(expected, MF.expectedFormat)
    return _wrong_content(reply, wanted, graph.value(expected, MF.expectedBoolean)) if wanted else ""


def headers_of(graph: Graph, request: Any) -> dict[str, str]:
    """The headers of a request or a response."""
    listed = graph.value(request, HT.headers)
    return {
        str(graph.value(one, HT.fieldName)): str(graph.value(one, HT.fieldValue))
        for one in (Collection(graph, listed) if listed else ())
    }


def body_of(graph: Graph, request: Any) -> bytes | None:
    """The body of a request or a response, if it has one."""
    body = graph.value(request, HT.body)
    if body is None:
        return None
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))


def _wrong_content(reply: Reply, wanted: Literal, boolean: Literal | None) -> str:
    if str(wanted) == "RDF":
        found = RdfFormat.from_media_type(reply.media_type)
        return (
            ""
            if found and list(parse(reply.body, format=found)) is not None
            else f"no RDF: {reply.media_type}"
        )
    results = parse_query_results(reply.body, format=QueryResultsFormat.from_media_type(reply.media_type))
    if str(wanted) == "tabular":
        return "" if hasattr(results, "variables") else f"no table: {reply.body!r}"
    right = boolean is None or bool(results) is boolean.toPython()
    return "" if right and not hasattr(results, "variables") else f"{reply.body!r}"
