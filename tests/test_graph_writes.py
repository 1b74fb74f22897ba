"""Graph Store writes by stewards: a graph put, added to, deleted; read back as it was sent."""

from collections.abc import Iterator
from gzip import compress
from io import BytesIO

import pytest

from mueang.graph.generation import current
from mueang.graph.names import GRAPH
from stewards import STEWARD, TURTLE, Site, site_of

META = f"{GRAPH}meta"
PREFIXES = "@prefix area: <https://w3id.org/mueang/id/area/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
NAMED = PREFIXES + ' area:hat-yai skos:altLabel "{}"@en .\n'
BAD = "@prefix tsc: <https://w3id.org/mueang/def#> .\n<https://w3id.org/mueang/id/area/nowhere> a tsc:SmartCityArea .\n"


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Iterator[Site]:
    with site_of(tmp_path_factory.mktemp("home"), contents) as site:
        yield site


def test_a_graph_is_made_replaced_and_deleted_each_as_one_generation(changing: Site) -> None:
    graph, before = f"{STEWARD}life", changing.number()
    made, replaced = changing.put(graph, NAMED.format("first")), changing.put(graph, NAMED.format("second"))
    assert (made.status_code, replaced.status_code) == (201, 204)
    assert (
        changing.client.get(f"/graphs?graph={graph}", headers={"Accept": TURTLE}).text.count("altLabel") == 1
    )
    assert changing.asked("DELETE", f"/graphs?graph={graph}").status_code == 204
    assert changing.client.get(f"/graphs?graph={graph}").status_code == 404
    assert changing.asked("DELETE", f"/graphs?graph={graph}").status_code == 404
    assert changing.number() == before + 3


def test_a_generation_tells_who_wrote_to_which_graph(changing: Site) -> None:
    changing.put(f"{STEWARD}told", NAMED.format("told"))
    generation = current(changing.home)
    assert generation
    assert generation.reason == f"put {STEWARD}told, by the steward"


def test_turtle_is_kept_byte_for_byte(changing: Site) -> None:
    content = f"# ชื่อเรียกอื่น\n{NAMED.format('kept')}<urn:a:1>   <urn:p> 1.50 , 007 , [] .\n".encode()
    assert changing.put(f"{STEWARD}bytes", content).status_code == 201
    assert changing.text(f"{STEWARD}bytes").encode() == content


def test_the_same_graph_put_again_publishes_nothing(changing: Site) -> None:
    content = NAMED.format("again") + "<urn:a:1> <urn:p> [] ."
    changing.put(f"{STEWARD}again", content)
    before = changing.number()
    assert changing.put(f"{STEWARD}again", content).headers["Mueang-Generation"] == str(before)
    assert changing.number() == before


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/turtle", '<urn:a:1> <urn:p> "--05"^^<http://www.w3.org/2001/XMLSchema#gMonth>, "ไทย"@th .'),
        ("text/turtle; charset=utf-8", "<urn:a:1> <urn:p> 1 ."),
        ("application/n-triples", '<urn:a:1> <urn:p> "ไทย"@th .\n'),
        ("application/ld+json", '{"@id": "urn:a:1", "urn:p": [{"@value": "ไทย", "@language": "th"}]}'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:a:1"><u:p>ไทย</u:p></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_a_graph_comes_in_each_syntax(changing: Site, media_type: str, content: str) -> None:
    assert changing.put(f"{STEWARD}syntax", content, media_type).status_code in (201, 204)
    assert changing.ask(f"ASK {{ GRAPH <{STEWARD}syntax> {{ <urn:a:1> <urn:p> ?o }} }}")
    changing.asked("DELETE", f"/graphs?graph={STEWARD}syntax")


def test_a_packed_body_is_unpacked(changing: Site) -> None:
    response = changing.asked(
        "PUT",
        f"/graphs?graph={STEWARD}packed",
        data=compress(NAMED.format("packed").encode()),
        content_type=TURTLE,
        headers={"Content-Encoding": "gzip"},
    )
    assert response.status_code == 201
    assert changing.text(f"{STEWARD}packed") == NAMED.format("packed")


def test_what_is_posted_stands_beside_what_was_there_in_its_own_text(changing: Site) -> None:
    graph = f"{STEWARD}beside"
    changing.put(graph, "<urn:a:1> <urn:p> 1.50, [ <urn:p> 2.0 ] .")
    response = changing.asked(
        "POST", f"/graphs?graph={graph}", data="<urn:a:1> <urn:p> 3.00 .", content_type=TURTLE
    )
    assert response.status_code == 204
    text = changing.text(graph)
    assert [number in text for number in ("1.50", "2.0", "3.00")] == [True] * 3


def test_the_files_of_a_form_are_one_graph(changing: Site) -> None:
    files = {
        "one": (BytesIO(b"<urn:a:1> <urn:p> _:x ."), "one.ttl", TURTLE),
        "two": (BytesIO(b'{"@id": "urn:a:1", "urn:q": 2}'), "two.jsonld", "application/ld+json"),
    }
    response = changing.asked("POST", f"/graphs?graph={STEWARD}form", data=files)
    assert response.status_code == 201, response.text
    assert changing.ask(f"ASK {{ GRAPH <{STEWARD}form> {{ <urn:a:1> <urn:p> ?x ; <urn:q> 2 }} }}")


@pytest.mark.parametrize(
    ("header", "value", "absent", "there"),
    [
        ("If-None-Match", "*", 201, 412),
        ("If-Match", "*", 412, 204),
        ("If-Match", '"a-tag"', 412, 412),
        ("If-None-Match", '"a-tag"', 201, 204),
    ],
)
def test_a_write_may_depend_on_whether_the_graph_is_there(
    changing: Site, header: str, value: str, absent: int, there: int
) -> None:
    path = f"/graphs?graph={STEWARD}condition"
    for status, setting_up in ((absent, "DELETE"), (there, "PUT")):
        changing.asked(setting_up, path, data=NAMED.format("before"), content_type=TURTLE)
        response = changing.asked(
            "PUT", path, data=NAMED.format("after"), content_type=TURTLE, headers={header: value}
        )
        assert response.status_code == status, response.text


def test_a_new_graph_gets_a_name(changing: Site) -> None:
    response = changing.asked("POST", "/graphs", data=NAMED.format("new"), content_type=TURTLE)
    assert response.status_code == 201
    iri = response.headers["Location"]
    assert iri.startswith(STEWARD)
    assert changing.client.get("/graphs", query_string={"graph": iri}).status_code == 200


def test_a_graph_of_ours_is_written_by_its_address(changing: Site) -> None:
    assert (
        changing.asked(
            "PUT", "/graph/steward/direct", data=NAMED.format("direct"), content_type=TURTLE
        ).status_code
        == 201
    )
    assert changing.client.get("/graph/steward/direct.ttl").status_code == 200
    assert changing.asked("DELETE", "/graph/steward/direct.ttl").status_code == 204
    assert not changing.text(f"{STEWARD}direct")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/graphs?default", "default graph"),
        (f"/graphs?graph={META}", META),
        ("/graph/reference/provinces", f"{GRAPH}reference/provinces"),
        ("/graph/journal", f"{GRAPH}journal"),
        ("/graphs?graph=urn:x:mine", "urn:x:mine"),
        ("/graph/source/mine", f"{GRAPH}source/mine"),
    ],
)
def test_protected_graphs_are_refused_by_name(changing: Site, method: str, path: str, said: str) -> None:
    before = changing.number()
    body = {} if method == "DELETE" else {"data": NAMED.format("x"), "content_type": TURTLE}
    response = changing.asked(method, path, **body)
    assert (response.status_code, said in response.get_json()["detail"]) == (403, True), response.text
    assert changing.number() == before


def test_a_graph_that_breaks_a_rule_is_answered_with_the_report_and_its_lines(changing: Site) -> None:
    before = changing.number()
    response = changing.put(f"{STEWARD}bad", BAD)
    assert response.status_code == 422
    assert {finding["place"]["line"] for finding in response.get_json()["findings"] if finding["place"]} == {
        2
    }
    assert changing.number() == before


def test_a_dry_run_changes_nothing(changing: Site) -> None:
    before = changing.number()
    path = f"/graphs?graph={STEWARD}dry&dry-run=true"
    good = changing.asked("PUT", path, data=NAMED.format("dry"), content_type=TURTLE)
    bad = changing.asked("PUT", path, data=BAD, content_type=TURTLE)
    assert (good.status_code, bad.status_code) == (200, 422)
    assert changing.number() == before


@pytest.mark.parametrize(
    ("status", "media_type", "content"),
    [
        (400, "text/turtle", "<urn:a:1> <urn:p>"),
        (400, "text/turtle", b"<urn:a:1> <urn:p> '\xff\xfe' ."),
        (400, "application/ld+json", '{"@graph": ['),
        (400, "application/ld+json", '{"@id": "urn:g", "@graph": [{"@id": "urn:a:1", "urn:p": 1}]}'),
        (415, "application/n-quads", "<urn:a:1> <urn:p> <urn:o> <urn:g> .\n"),
        (415, "text/html", "<p>"),
        (415, "", "<urn:a:1> <urn:p> 1 ."),
    ],
)
def test_what_is_no_graph_is_refused(
    changing: Site, status: int, media_type: str, content: str | bytes
) -> None:
    assert changing.put(f"{STEWARD}odd", content, media_type).status_code == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/graphs", 400),
        ("DELETE", "/graphs", 400),
        ("PUT", f"/graphs?graph={STEWARD}x&default", 400),
        ("PUT", "/graphs?graph=relative", 400),
        ("PUT", f"/graphs?graph={STEWARD}a&graph={STEWARD}b", 400),
        ("PUT", f"/graphs?graph={STEWARD}x&dry-run=1", 400),
        ("PATCH", f"/graphs?graph={STEWARD}x", 405),
        ("PATCH", "/graph/steward/x", 405),
    ],
)
def test_the_protocol_is_kept(changing: Site, method: str, path: str, status: int) -> None:
    response = changing.asked(method, path, data=NAMED.format("x"), content_type=TURTLE)
    assert response.status_code == status
    if status == 405:
        assert {"GET", "PUT", "POST", "DELETE"} <= {
            one.strip() for one in response.headers["Allow"].split(",")
        }


@pytest.mark.parametrize(("role", "status"), [("", 401), ("submitter", 403), ("reviewer", 403)])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("path", [f"/graphs?graph={STEWARD}x", "/graph/steward/x"])
def test_only_stewards_write(changing: Site, method: str, path: str, role: str, status: int) -> None:
    assert (
        changing.asked(method, path, role, data=NAMED.format("x"), content_type=TURTLE).status_code == status
    )


def test_a_body_over_the_limit_is_refused(changing: Site) -> None:
    content = b"<urn:a:1> <urn:p> '" + b"x" * 20_000_000 + b"' ."
    assert changing.put(f"{STEWARD}large", content).status_code == 413


def test_a_deep_graph_costs_its_sender_only(changing: Site) -> None:
    nested = "[ <urn:p> " * 20_000 + "1" + "]" * 20_000
    assert changing.put(f"{STEWARD}deep", f"<urn:a:1> <urn:p> {nested} .").status_code in (201, 400, 422, 503)
    assert changing.put(f"{STEWARD}after", NAMED.format("after")).status_code == 201


def test_every_graph_that_came_in_has_its_record_and_none_that_is_gone(changing: Site) -> None:
    changing.put(f"{STEWARD}recorded", NAMED.format("recorded"))
    described = f"ASK {{ GRAPH <{GRAPH}journal> {{ <{STEWARD}recorded> a tsc:SourceGraph }} }}"
    assert changing.ask(described)
    changing.asked("DELETE", f"/graphs?graph={STEWARD}recorded")
    assert not changing.ask(described)
