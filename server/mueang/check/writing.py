"""The desk's job `write`: puts, adds or deletes one graph in the child's store, and says what the graphs would become.

What is sent is read as a submission is (places, encodings, depth). It is an RDF graph: names of graphs are refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Any

from pyoxigraph import Quad

from mueang.check.changing import Changing, Said
from mueang.check.encoding import UTF_8
from mueang.check.known import Known
from mueang.check.reader import Submission, read_submission, submission_graph
from mueang.errors import MalformedData, NotFound, PreconditionFailed
from mueang.graph.store import OWN_DEFAULT, graph_name

_TURTLE = (".ttl", ".nt")


def written(known: Known, asked: Mapping[str, Any], content: bytes) -> Said:
    """What the graphs would become by writing to `graph`: `put` in place of it, `post` beside what it says, `delete`.

    `parts` lists the files that the content is made of, each with its name (the ending tells the syntax) and length.
    With `there` the graph must be there, or must not. Raises ProtectedGraph, PreconditionFailed and MalformedData, and
    NotFound for a graph to be deleted that is not there.
    """
    graph, changing = asked["graph"], Changing(known)
    changing.refuse([graph])
    existed = changing.holds(graph)
    if asked["there"] not in (None, existed):
        raise _not_so(graph, existed)
    if asked["method"] == "delete" and not existed and graph != OWN_DEFAULT:
        raise NotFound(th=f"ไม่มีกราฟ {graph}", en=f"there is no graph {graph}")
    files = [_read(name, part, graph) for name, part in _parts(asked["parts"], content) if part.strip()]
    quads = list(dict.fromkeys(chain.from_iterable(one.quads for one in files)))
    if asked["method"] == "post":
        changing.add(graph, quads)
    else:
        changing.replace(graph, quads, _text(files, content))
    source = files[0] if len(files) == 1 else Submission(asked["name"], ())
    said, parts = changing.done(asked, source)
    return said | {"existed": existed or asked["method"] == "delete"}, parts


def _not_so(graph: str, existed: bool) -> PreconditionFailed:
    if existed:
        return PreconditionFailed(th=f"มีกราฟ {graph} อยู่แล้ว", en=f"there is a graph {graph} already")
    return PreconditionFailed(th=f"ไม่มีกราฟ {graph}", en=f"there is no graph {graph}")


def _parts(listed: Sequence[tuple[str, int]], content: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, length in listed:
        yield name, content[start : start + length]
        start += length


def _read(name: str, content: bytes, graph: str) -> Submission:
    """A file whose statements are in the graph that is written to."""
    submission = read_submission(name, content)
    unnamed, target = submission_graph(name), graph_name(graph)
    for quad in submission.quads:
        if quad.graph_name != unnamed:
            raise MalformedData(
                th=f"{name}: ที่นี่เขียนได้ครั้งละหนึ่งกราฟ แต่แฟ้มนี้ระบุกราฟ {quad.graph_name}",
                en=f"{name}: one graph is written to here, but this file names the graph {quad.graph_name}",
            )
    quads = (Quad(quad.subject, quad.predicate, quad.object, target) for quad in submission.quads)
    return replace(submission, quads=tuple(quads))


def _text(files: Sequence[Submission], content: bytes) -> bytes | None:
    """The content as it was sent, where that is Turtle already and all of it."""
    if len(files) != 1 or PurePath(files[0].name).suffix not in _TURTLE or files[0].encoding != UTF_8:
        return None
    return content
