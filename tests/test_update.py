"""Updates by stewards: tried beside what is published, judged as the graphs would become, published or refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mueang.check.operations import operations
from mueang.graph.catalogue import JOURNAL
from mueang.graph.generation import current, digest
from mueang.graph.names import GRAPH
from stewards import STEWARD, Site, site_of

NAMED = 'area:hat-yai skos:altLabel "{}"@en'
META = f"{GRAPH}meta"


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Iterator[Site]:
    with site_of(tmp_path_factory.mktemp("home"), contents) as site:
        yield site


def test_an_update_is_published_as_one_generation_and_answered_from_at_once(changing: Site) -> None:
    before = changing.number()
    response = changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}one> {{ {NAMED.format('one')} }} }}")
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Mueang-Generation"] == str(before + 1) == str(changing.number())
    assert changing.ask(f"ASK {{ GRAPH <{STEWARD}one> {{ {NAMED.format('one')} }} {NAMED.format('one')} }}")


def test_a_generation_tells_who_made_it_by_what(changing: Site) -> None:
    changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}who> {{ {NAMED.format('who')} }} }}")
    generation = current(changing.home)
    assert generation
    assert generation.reason == "update, by the steward"


def test_statements_that_an_update_leaves_keep_their_text(changing: Site) -> None:
    changing.put(
        f"{STEWARD}text",
        '<urn:a:1> <urn:p> 1.50, [ <urn:p> "2.0"^^<http://www.w3.org/2001/XMLSchema#decimal> ], 007 .',
    )
    response = changing.update(
        f"""DELETE DATA {{ GRAPH <{STEWARD}text> {{ <urn:a:1> <urn:p> 7 }} }} ;
        INSERT {{ GRAPH <{STEWARD}text> {{ ?inner <urn:q> "new" }} }} WHERE {{ GRAPH <{STEWARD}text> {{ ?inner <urn:p> 2.0 }} }}"""
    )
    assert response.status_code == 204
    text = changing.text(f"{STEWARD}text")
    assert "1.50" in text
    assert "2.0" in text
    assert "007" not in text
    assert changing.ask(
        f'ASK {{ GRAPH <{STEWARD}text> {{ <urn:a:1> <urn:p> [ <urn:p> 2.0 ; <urn:q> "new" ] }} }}'
    )


def test_graphs_that_an_update_leaves_keep_their_bytes(changing: Site) -> None:
    content = "# a remark\n@prefix x: <urn:x:> .\nx:a   x:p 1.50 ; x:q [] .\n"
    changing.put(f"{STEWARD}still", content)
    changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}other> {{ {NAMED.format('other')} }} }}")
    assert changing.text(f"{STEWARD}still") == content


def test_an_update_that_changes_nothing_publishes_nothing(changing: Site) -> None:
    text = f"INSERT DATA {{ GRAPH <{STEWARD}twice> {{ {NAMED.format('twice')} }} }}"
    changing.update(text)
    before = changing.number()
    response = changing.update(text)
    assert (response.status_code, response.headers["Mueang-Generation"]) == (204, str(before))
    assert changing.number() == before


def test_a_graph_without_statements_is_gone(changing: Site) -> None:
    changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}gone> {{ {NAMED.format('gone')} }} }}")
    assert changing.update(f"CLEAR GRAPH <{STEWARD}gone>").status_code == 204
    generation = current(changing.home)
    assert generation
    assert f"{STEWARD}gone" not in generation.graphs


@pytest.mark.parametrize(
    ("text", "graph"),
    [
        ("INSERT DATA { <urn:a:1> <urn:p> 1 }", "the default graph"),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "the default graph"),
        (f"INSERT DATA {{ GRAPH <{META}> {{ <urn:a:1> <urn:p> 1 }} }}", META),
        (f"DELETE WHERE {{ GRAPH <{META}> {{ ?s ?p ?o }} }}", META),
        (f"WITH <{GRAPH}ontology> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", f"{GRAPH}ontology"),
        (f"DROP GRAPH <{GRAPH}reference/provinces>", f"{GRAPH}reference/provinces"),
        (f"INSERT DATA {{ GRAPH <{JOURNAL}> {{ <urn:a:1> <urn:p> 1 }} }}", JOURNAL),
        ("INSERT DATA { GRAPH <urn:x:mine> { <urn:a:1> <urn:p> 1 } }", "urn:x:mine"),
        (f"COPY <{META}> TO <{GRAPH}source/new>", f"{GRAPH}source/new"),
        (f"MOVE <{META}> TO <{STEWARD}moved>", META),
        ("DROP NAMED", GRAPH),
        ("DROP ALL", "the default graph"),
        (
            f"INSERT DATA {{ GRAPH <{STEWARD}x> {{ {NAMED.format('x')} }} }} ; CLEAR DEFAULT",
            "the default graph",
        ),
    ],
)
def test_protected_graphs_are_refused_by_name_and_nothing_changes(
    changing: Site, text: str, graph: str
) -> None:
    before = changing.number()
    response = changing.update(text)
    assert response.status_code == 403, response.text
    assert response.get_json()["type"].endswith("/protected-graph")
    assert graph in response.get_json()["detail"]
    assert changing.number() == before


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("LOAD <http://127.0.0.1:1/>", "LOAD"),
        (f"LOAD <file:///etc/passwd> INTO GRAPH <{STEWARD}load>", "LOAD"),
        (
            f"INSERT {{ GRAPH <{STEWARD}s> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
            "SERVICE",
        ),
        (
            f"INSERT {{ GRAPH <{STEWARD}s> {{ ?s ?p ?o }} }} WHERE {{ SERVICE SILENT <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
            "SERVICE",
        ),
        (f"DROP GRAPH <{STEWARD}never>", "does not exist"),
        (
            f"INSERT {{ GRAPH <{STEWARD}f> {{ ?s <urn:p> ?x }} }} WHERE {{ ?s ?p ?o BIND(<urn:f>(?o) AS ?x) }}",
            "<urn:f>",
        ),
        (
            f"INSERT DATA {{ GRAPH <{STEWARD}t> {{ <urn:a:1> <urn:p> <<( <urn:a:1> <urn:p> 1 )>> }} }}",
            "RDF 1.2",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_words(changing: Site, text: str, word: str) -> None:
    before = changing.number()
    response = changing.update(text)
    assert (response.status_code, word in response.get_json()["detail"]) == (400, True), response.text
    assert changing.number() == before


def test_a_silent_load_does_nothing(changing: Site) -> None:
    before = changing.number()
    assert changing.update(f"LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <{STEWARD}load>").status_code == 204
    assert changing.number() == before


def test_an_update_that_breaks_a_rule_is_answered_with_the_report_and_changes_nothing(changing: Site) -> None:
    before = changing.number()
    response = changing.update(
        f"INSERT DATA {{ GRAPH <{STEWARD}bad> {{ area:nowhere a tsc:SmartCityArea }} }}"
    )
    assert (response.status_code, response.mimetype) == (422, "application/json")
    assert {finding["rule"] for finding in response.get_json()["findings"]} >= {"F02", "P01"}
    assert response.headers["Mueang-Generation"] == str(before) == str(changing.number())


@pytest.mark.parametrize(
    ("accept", "start"),
    [("text/plain", b""), ("text/csv", b""), ("text/turtle", b"@prefix"), ("application/sarif+json", b"{")],
)
def test_the_report_comes_in_the_format_asked_for(changing: Site, accept: str, start: bytes) -> None:
    response = changing.update(
        f"INSERT DATA {{ GRAPH <{STEWARD}bad> {{ area:nowhere a tsc:SmartCityArea }} }}", Accept=accept
    )
    assert (response.status_code, response.mimetype) == (422, accept)
    assert response.data.startswith(start)
    assert b"nowhere" in response.data


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("T02", 'tsc:SmartCityArea rdfs:label "other"@en'),
        ("T03", 'province:TH-10 skos:prefLabel "Other"@en'),
        ("T04", "area:hat-yai owl:sameAs area:phuket"),
        ("T05", "area:hat-yai rdfs:seeAlso <javascript:alert(1)>"),
    ],
)
def test_a_steward_may_touch_no_more_than_a_submission(changing: Site, rule: str, statement: str) -> None:
    response = changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}touch> {{ {statement} }} }}")
    assert response.status_code == 422
    assert rule in {finding["rule"].partition("-")[0] for finding in response.get_json()["findings"]}


def test_taking_away_what_others_need_is_a_finding_elsewhere(changing: Site) -> None:
    district = 'district:TH-9999 a tsc:District ; skos:prefLabel "ทดลอง"@th, "Trial"@en ; tsc:partOfUnit province:TH-90'
    placed = "area:hat-yai rdfs:seeAlso district:TH-9999"
    assert changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}place> {{ {district} }} }}").status_code == 204
    assert changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}user> {{ {placed} }} }}").status_code == 204
    response = changing.update(f"DROP GRAPH <{STEWARD}place>")
    assert response.status_code == 422, response.text
    found = response.get_json()["findings"]
    assert any(one["elsewhere"] and "hat-yai" in one["focus"]["term"] for one in found)
    assert changing.update(f"DROP GRAPH <{STEWARD}user> ; DROP GRAPH <{STEWARD}place>").status_code == 204


def test_a_dry_run_tells_what_would_be_and_changes_nothing(changing: Site) -> None:
    before = changing.number()
    good = changing.update(
        f"INSERT DATA {{ GRAPH <{STEWARD}dry> {{ {NAMED.format('dry')} }} }}", "?dry-run=true"
    )
    bad = changing.update(
        f"INSERT DATA {{ GRAPH <{STEWARD}dry> {{ area:dry a tsc:SmartCityArea }} }}", "?dry-run=true"
    )
    assert (good.status_code, good.get_json()["accepted"]) == (200, True)
    assert (bad.status_code, bad.get_json()["accepted"]) == (422, False)
    assert (
        good.headers["Mueang-Generation"]
        == bad.headers["Mueang-Generation"]
        == str(before)
        == str(changing.number())
    )
    assert changing.update("CLEAR SILENT GRAPH <urn:x>", "?dry-run=yes").status_code == 400


def test_the_default_graph_is_the_merge_of_all_as_each_operation_finds_it(changing: Site) -> None:
    response = changing.update(
        f"""INSERT DATA {{ GRAPH <{STEWARD}merge> {{ {NAMED.format("Hat Yai City")} }} }} ;
        INSERT {{ GRAPH <{STEWARD}merge> {{ ?area skos:hiddenLabel ?kind }} }}
        WHERE {{ ?area skos:altLabel "Hat Yai City"@en ; a ?type . BIND(STR(?type) AS ?kind) FILTER(?type = tsc:SmartCityArea) }}"""
    )
    assert response.status_code == 204, response.text
    assert "hiddenLabel" in changing.text(f"{STEWARD}merge")


def test_the_protocols_dataset_is_what_an_update_looks_at(changing: Site) -> None:
    changing.update(f"INSERT DATA {{ GRAPH <{STEWARD}using> {{ {NAMED.format('using')} }} }}")
    text = f"INSERT {{ GRAPH <{STEWARD}used> {{ ?s skos:hiddenLabel ?o }} }} WHERE {{ ?s skos:altLabel ?o }}"
    assert changing.update(text, f"?using-graph-uri={STEWARD}using").status_code == 204
    assert changing.text(f"{STEWARD}used").count("hiddenLabel") == 1
    delete = f"DELETE WHERE {{ GRAPH <{STEWARD}used> {{ ?s ?p ?o }} }}"
    changing.update(delete, f"?using-named-graph-uri={STEWARD}using")
    assert changing.text(f"{STEWARD}used")
    changing.update(delete, f"?using-named-graph-uri={STEWARD}used")
    assert not changing.text(f"{STEWARD}used")


@pytest.mark.parametrize(
    "text",
    [
        f"WITH <{STEWARD}x> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ GRAPH <{STEWARD}x> {{ ?s ?p ?o }} }} USING <{STEWARD}x> WHERE {{ ?s ?p ?o }}",
    ],
)
def test_two_datasets_are_one_too_many(changing: Site, text: str) -> None:
    response = changing.update(text, f"?using-graph-uri={STEWARD}using")
    assert (response.status_code, "using-graph-uri" in response.get_json()["detail"]) == (400, True)


def test_a_malformed_update_is_told_its_place(changing: Site) -> None:
    response = changing.update("INSERT DATA {\n  GRAPH <urn:x> { <urn:a> <urn:b> } }")
    problem = response.get_json()
    assert (response.status_code, problem["line"]) == (400, 2)
    assert "line 2" in problem["detail"]


@pytest.mark.parametrize(
    ("status", "given"),
    [
        (415, {"data": "CLEAR ALL", "content_type": "text/plain"}),
        (415, {"data": "update=CLEAR+ALL"}),
        (
            415,
            {
                "data": "CLEAR ALL".encode("utf-16"),
                "content_type": "application/sparql-update; charset=utf-16",
            },
        ),
        (400, {"data": b"INSERT DATA { <a> <b> '\xff' }", "content_type": "application/sparql-update"}),
        (400, {"data": {"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}}),
        (400, {"data": {"query": "ASK {}", "update": "CLEAR ALL"}}),
        (400, {"data": {"query": "ASK {}"}}),
        (400, {"data": {"update": "CLEAR ALL", "using-graph-uri": "no iri"}}),
        (403, {"data": {"update": "CLEAR ALL"}}),
    ],
)
def test_the_protocol_is_kept(changing: Site, status: int, given: dict[str, object]) -> None:
    assert changing.asked("POST", "/update", **given).status_code == status


def test_updates_are_posted(changing: Site) -> None:
    response = changing.asked("GET", "/update?update=CLEAR%20ALL")
    assert (response.status_code, "POST" in response.headers["Allow"]) == (405, True)


@pytest.mark.parametrize(
    ("role", "status"), [("", 401), ("submitter", 403), ("reviewer", 403), ("steward", 204)]
)
def test_only_stewards_update(changing: Site, role: str, status: int) -> None:
    data = {"update": f"CLEAR SILENT GRAPH <{STEWARD}nothing>"}
    assert changing.asked("POST", "/update", role, data=data).status_code == status


def test_no_update_of_several_at_once_is_lost(changing: Site) -> None:
    def insert(number: int) -> int:
        text = f"INSERT DATA {{ GRAPH <{STEWARD}many> {{ {NAMED.format(f'many {number}')} }} }}"
        return changing.update(text).status_code

    before = changing.number()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(insert, range(8))) == {204}
    text = changing.text(f"{STEWARD}many")
    assert [f"many {number}" in text for number in range(8)] == [True] * 8
    assert changing.number() == before + 8


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <urn:x> " + "{" * 20_000,
        f"INSERT {{ GRAPH <{STEWARD}deep> {{ <urn:a:1> <urn:p> ?x }} }} WHERE {{ BIND({'(' * 20_000}1{')' * 20_000} AS ?x) }}",
        f"INSERT {{ GRAPH <{STEWARD}deep> {{ <urn:a:1> <urn:p> ?x }} }} WHERE {{ {'{' * 5_000} BIND(1 AS ?x) {'}' * 5_000} }}",
    ],
)
def test_a_deep_update_costs_its_sender_only(changing: Site, text: str) -> None:
    assert changing.update(text, "?dry-run=true").status_code in (200, 400, 403, 422, 503)
    assert changing.update("CLEAR SILENT GRAPH <urn:x>").status_code == 204


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("# nothing", 0),
        ("PREFIX a: <urn:a>", 0),
        ("CLEAR ALL", 1),
        ("CLEAR ALL ;", 1),
        ("PREFIX a: <urn:a> CLEAR ALL ; PREFIX b: <urn:b> DROP ALL", 2),
        ("INSERT DATA { <urn:a> <urn:b> 1 ; <urn:c> 2 } ; DELETE WHERE { ?s ?p ';' }", 2),
        ("# CLEAR ALL ;\nDROP ALL", 1),
        ("PREFIX insert: <urn:x> INSERT DATA { insert:a insert:b 'DELETE' }", 1),
    ],
)
def test_an_update_is_cut_into_its_operations(text: str, count: int) -> None:
    assert len(list(operations(text))) == count


def test_each_operation_knows_the_prologue_before_it() -> None:
    first, second = operations("PREFIX a: <urn:a> CLEAR ALL ; PREFIX b: <urn:b> INSERT DATA { a:x b:x 1 }")
    assert "PREFIX b:" not in first.prologue
    assert second.prologue.split() == ["PREFIX", "a:", "<urn:a>", "PREFIX", "b:", "<urn:b>"]
    assert second.text == "INSERT DATA { a:x b:x 1 }"


def test_the_repositorys_own_graphs_are_as_they_were(changing: Site, contents: dict[str, bytes]) -> None:
    generation = current(changing.home)
    assert generation
    assert {graph: generation.graphs[graph] for graph in contents} == {
        graph: digest(content) for graph, content in contents.items()
    }
