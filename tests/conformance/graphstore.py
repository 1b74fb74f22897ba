"""The Graph Store Protocol tests: the requests of the two manifests, as they stand there, each test on an emptied server."""

from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse
from rdflib import Graph
from rdflib.collection import Collection

from instance import DIRECT, GRAPHS, Reply, Scratch
from manifests import MF
from outcome import Outcome, judged
from protocol import HT, STATUSES, body_of, headers_of
from results import of_triples, same

SUITE = "graph-store-protocol"
PLACE = "/gsp"
LOCATION = "$LOCATION$"


def outcomes(suites: Path, scratch: Scratch) -> list[Outcome]:
    """Every test of direct and of indirect identification; those in both manifests once for each."""
    found = []
    for manner in ("direct", "indirect"):
        graph = Graph().parse(
            suites / SUITE / f"manifest-{manner}.ttl", format="turtle", publicID=f"urn:{manner}"
        )
        for listed in graph.objects(None, MF.entries):
            for test in Collection(graph, listed):
                name = f"{manner}/{str(test).partition('#')[2]}"
                found.append(judged(SUITE, name, _why_not(graph, test, scratch)))
    return found


def _why_not(graph: Graph, test: Any, scratch: Scratch) -> str:
    scratch.emptied()
    location = ""
    requests = Collection(graph, graph.value(graph.value(test, MF.action), HT.requests))
    for number, request in enumerate(requests, 1):
        reply = _reply(graph, request, scratch, location)
        location = reply.location or location
        if why := _wrong(graph, graph.value(request, HT.resp), reply):
            return f"request {number}: {why}"
    return ""


def _reply(graph: Graph, request: Any, scratch: Scratch, location: str) -> Reply:
    path = str(graph.value(request, HT.absolutePath)).replace(LOCATION, location)
    method = str(graph.value(request, HT.methodName))
    return scratch.asked(method, _here(path), body_of(graph, request), headers_of(graph, request))


def _here(path: str) -> str:
    """Where the tests' Graph Store is with us."""
    return (
        path.replace(f"{PLACE}/", f"{DIRECT}/", 1)
        if path.startswith(f"{PLACE}/")
        else path.replace(PLACE, GRAPHS, 1)
    )


def _wrong(graph: Graph, expected: Any, reply: Reply) -> str:
    statuses = {str(one).rpartition("#")[2] for one in graph.objects(expected, MF.expectedStatus)}
    if reply.status not in {STATUSES[one] for one in statuses}:
        return f"status {reply.status}, not {' or '.join(sorted(statuses))}: {reply.body[:200]!r}"
    if graph.value(expected, MF.expectedLocation) and not reply.location:
        return "no Location"
    wanted = {name.lower(): value for name, value in headers_of(graph, expected).items()}
    media_type = wanted.get("content-type", "").partition(";")[0]
    if media_type and reply.media_type != media_type:
        return f"Content-Type {reply.media_type}, not {media_type}"
    body = body_of(graph, expected)
    return (
        ""
        if body is None or same(_triples(reply.body, media_type), _triples(body, media_type))
        else f"{reply.body!r}"
    )


def _triples(body: bytes, media_type: str) -> Graph:
    return of_triples(quad.triple for quad in parse(body, format=RdfFormat.from_media_type(media_type)))
