"""Review: somebody else lets a submission in beside what is published at that moment, or keeps it out."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from mueang.check.asking import Asked
from mueang.check.formats import FORMATS
from mueang.check.judge import check_whole
from mueang.check.shacl import Shapes
from mueang.errors import Language, Moved, NotAllowed, NotFound, WrongParameter
from mueang.graph.catalogue import JOURNAL
from mueang.graph.generation import current, publish
from mueang.graph.history import history, restore, verify
from mueang.graph.names import GRAPH, PREFIXES
from mueang.submissions import consideration, journal, review
from mueang.submissions.schema import opened, transaction
from mueang.submissions.wording import step_said
from submitting import PREFIXES as TURTLE
from submitting import Office, an_area, office

HAT_YAI = "https://w3id.org/mueang/id/area/hat-yai"
IN_PROVINCE = NamedNode(PREFIXES["tsc"] + "inProvince")


@pytest.fixture(scope="module")
def _office(tmp_path_factory: pytest.TempPathFactory, contents: Mapping[str, bytes]) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office"), contents) as found:
        yield found


@pytest.fixture
def at(_office: Office, contents: Mapping[str, bytes]) -> Office:
    """The office with nothing undecided, and the repository's graph alone published."""
    for one in journal.listed(_office.home):
        if not one.decided:
            review.withdraw(_office.home, one.number, _office.person(one.person))
    publish(_office.home, contents, reason="test", shapes="")
    return _office


def state(at: Office, number: int) -> str:
    return journal.submission(at.home, number).state


def test_what_somebody_else_accepts_is_a_graph_of_its_own_with_its_record(at: Office) -> None:
    one = at.submit(an_area("test-accepted"), note="ตามมติ")
    before = current(at.home)
    made = review.accept(at.home, at.desk, one.number, at.person("สมหญิง ใจดี"), "ถูกต้อง")
    assert before
    assert (made.parent, made.submission) == (before.number, one.number)
    assert made.reason == f"submission {one.number}, accepted by สมหญิง ใจดี"
    assert made.graphs.keys() - before.graphs.keys() == {one.graph, JOURNAL}
    after = journal.submission(at.home, one.number)
    assert (after.state, after.events[-1].person, after.events[-1].generation) == (
        "accepted",
        "สมหญิง ใจดี",
        made.number,
    )
    found = {
        (quad.predicate.value.rpartition("/")[2].rpartition("#")[2], str(quad.object))
        for quad in at.published().quads_for_pattern(None, None, None, NamedNode(JOURNAL))
    }
    assert ("textDigest", f'"sha256:{one.digest}"') in found
    assert ("comment", '"ถูกต้อง"') in found
    assert ("name", '"สมหญิง ใจดี"') in found
    assert ("name", '"somchai"') in found


def test_what_is_published_with_its_record_obeys_the_shapes(at: Office, shapes: Shapes) -> None:
    before = check_whole("data", at.published(), shapes).findings
    at.accept(at.submit(an_area("test-shaped")).number)
    found = {one.rule for one in check_whole("data", at.published(), shapes).findings if one not in before}
    assert found == set()


@pytest.mark.parametrize("person", ["somchai", "anan", "prani"])
def test_nobody_accepts_their_own_and_no_submitter_any(at: Office, person: str) -> None:
    one = at.submit(an_area("test-own"), by=person)
    with pytest.raises(NotAllowed):
        at.accept(one.number, by=person)
    with pytest.raises(NotAllowed):
        at.accept(one.number, by="malee")
    with pytest.raises(NotAllowed):
        review.reject(at.home, one.number, at.person(person), "เพราะ")
    assert state(at, one.number) == "waiting"
    assert at.graphs() == set()


def test_what_is_rejected_is_kept_out_for_a_reason(at: Office) -> None:
    one = at.submit(an_area("test-rejected"))
    with pytest.raises(WrongParameter):
        review.reject(at.home, one.number, at.person("anan"), "  ")
    last = review.reject(at.home, one.number, at.person("anan"), "ไม่มีแหล่งที่มา").events[-1]
    assert (last.state, last.person, last.note) == ("rejected", "anan", "ไม่มีแหล่งที่มา")
    assert at.graphs() == set()


def test_one_withdraws_what_one_handed_in_oneself_and_nothing_else(at: Office) -> None:
    one = at.submit(an_area("test-withdrawn"))
    for name in ("malee", "anan", "prani"):
        with pytest.raises(NotAllowed):
            review.withdraw(at.home, one.number, at.person(name))
    assert review.withdraw(at.home, one.number, at.person("somchai")).state == "withdrawn"


def test_what_is_decided_stays_decided_and_says_by_whom(at: Office) -> None:
    one = at.submit(an_area("test-decided"))
    at.accept(one.number)
    anan, somchai = at.person("anan"), at.person("somchai")
    told = f"submission {one.number} is decided already: accepted by anan"
    with pytest.raises(Moved, match=told):
        at.accept(one.number, by="prani")
    with pytest.raises(Moved, match=told):
        review.reject(at.home, one.number, anan, "เพราะ")
    with pytest.raises(Moved, match=told):
        review.withdraw(at.home, one.number, somchai)
    assert state(at, one.number) == "accepted"
    with pytest.raises(NotFound):
        at.accept(999_999)


def test_withdrawing_twice_is_told_in_the_words_and_the_era_of_the_reader(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = at.submit(an_area("test-twice"))
    monkeypatch.setattr(journal, "now", lambda: "2026-11-23T17:18:12+00:00")
    review.withdraw(at.home, one.number, at.person("somchai"))
    with pytest.raises(Moved) as raised:
        review.withdraw(at.home, one.number, at.person("somchai"))
    assert raised.value.th == (
        f"ข้อมูลที่ส่งมาเลขที่ {one.number} ตัดสินไปแล้ว: ผู้ส่งถอนคืน โดย somchai เมื่อ 24 พฤศจิกายน 2569 เวลา 00:18 น."
    )
    assert raised.value.en == (
        f"submission {one.number} is decided already: withdrawn by somchai on 24 November 2026, 00:18 (UTC+7)"
    )


def test_two_reviewers_at_once_one_wins_and_the_other_is_told(at: Office) -> None:
    one = at.submit(an_area("test-both"))

    def accept(by: str) -> str:
        try:
            return str(at.accept(one.number, by=by))
        except Moved as error:
            return error.en

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(accept, ["anan", "prani"]), key=len)
    assert said[0].isdigit()
    assert f"submission {one.number} is decided already: accepted by" in said[1]
    assert [each.number for each, _ in history(at.home) if each.submission == one.number] == [int(said[0])]


def test_what_breaks_a_shape_cannot_be_accepted(at: Office) -> None:
    one = at.submit(an_area("test-broken", province="TH-999"))
    with pytest.raises(review.BreaksShapes) as refusal:
        at.accept(one.number)
    assert (refusal.value.status, refusal.value.submission) == (422, one.number)
    assert state(at, one.number) == "checked"
    assert at.graphs() == set()


def test_what_was_fine_when_checked_is_checked_again_beside_what_is_published_now(at: Office) -> None:
    one = at.submit(an_area("test-moved", name="ชื่อเดียวกัน"), name="a.ttl")
    two = at.submit(an_area("test-too", name="ชื่อเดียวกัน"), name="b.ttl", by="malee")
    assert (one.state, two.state) == ("waiting", "waiting")
    number = at.accept(one.number)
    with pytest.raises(review.BreaksShapes):
        at.accept(two.number)
    later = journal.submission(at.home, two.number)
    assert (later.state, later.events[-1].generation) == ("checked", number)
    assert later.checked
    assert later.checked["violations"] > 0
    assert at.graphs() == {f"submission/{one.number}"}
    report = consideration.report(at.home, at.desk, later, "json", "en")
    assert report
    assert not json.loads(report.body)["accepted"]


def test_a_better_version_takes_the_place_of_what_was_accepted(at: Office) -> None:
    one = at.submit(an_area("test-better", name="ชื่อเดิม"))
    at.accept(one.number)
    two = at.submit(an_area("test-better", name="ชื่อใหม่"), supersedes=one.number)
    assert two.state == "waiting"
    assert state(at, one.number) == "accepted"
    found = consideration.difference(at.home, two)
    assert found
    assert (found["added"], found["removed"]) == (1, 1)
    assert found["words"]["en"] == "says more of 1 thing published already, takes out 1 statement"
    made = at.accept(two.number)
    assert at.graphs() == {f"submission/{two.number}"}
    assert state(at, one.number) == "superseded"
    assert journal.submission(at.home, one.number).events[-1].details == {"by": two.number}
    records = at.published().quads_for_pattern(NamedNode(one.graph), None, None, NamedNode(JOURNAL))
    assert list(records) == []
    assert current(at.home).number == made  # type: ignore[union-attr]


def test_a_version_that_leaves_out_what_others_rest_on_may_not_take_its_place(at: Office) -> None:
    one = at.submit(an_area("test-rested"))
    at.accept(one.number)
    rests = DECISION.replace("area:krabi", "area:test-rested")
    two = at.submit((TURTLE + rests).encode(), by="malee", name="rests.ttl")
    at.accept(two.number)
    three = at.submit(an_area("test-instead"), supersedes=one.number)
    assert three.state == "checked"
    found = consideration.difference(at.home, three)
    assert found
    assert [each["focus"]["term"] for each in found["elsewhere"]] == [
        "<https://w3id.org/mueang/id/decision/test-award>"
    ]
    with pytest.raises(review.BreaksShapes):
        at.accept(three.number)
    assert state(at, one.number) == "accepted"


def test_what_was_gone_back_from_can_be_handed_in_and_accepted_again(at: Office) -> None:
    before = current(at.home)
    assert before
    one = at.submit(an_area("test-restored"))
    at.accept(one.number)
    restore(at.home, before.number)
    assert at.graphs() == set()
    again = at.submit(an_area("test-restored"))
    assert again.number != one.number
    at.accept(again.number)
    assert at.graphs() == {f"submission/{again.number}"}


DECISION = """decision:test-award a tsc:Decision ;
    skos:prefLabel "การมอบตราสัญลักษณ์ (ตัวอย่าง)"@th ;
    tsc:takenAt <https://w3id.org/mueang/id/meeting/steering-1-2565> ;
    tsc:concerns area:krabi ;
    tsc:outcome <https://w3id.org/mueang/vocab/outcome/acknowledged> ;
    tsc:itemText "ที่ประชุมรับทราบ"@th .
"""
COHORT = "<https://w3id.org/mueang/id/cohort/round-2022> tsc:cohortMember area:test-extra .\n"


def test_the_difference_is_told_in_words(at: Office) -> None:
    two_areas = an_area("test-a") + an_area("test-b", name="เมืองอื่น")
    one = at.submit(two_areas + DECISION.encode(), name="plain.ttl")
    assert one.checked
    assert one.checked["words"] == {
        "th": "เพิ่มพื้นที่เมืองอัจฉริยะ 2 รายการ และมติ 1 รายการ ไม่เปลี่ยนสิ่งอื่น",
        "en": "adds 2 smart-city areas and 1 decision, changes nothing else",
    }
    upsets = at.submit(an_area("test-extra", "TH-81") + COHORT.encode(), name="upsets.ttl")
    assert upsets.checked
    assert upsets.checked["words"]["en"].startswith(
        "adds 1 smart-city area, says more of 1 thing published already; then found: "
    )
    assert "Area count differs from the list (4)" in upsets.checked["words"]["en"]
    known = at.submit((TURTLE + "area:krabi a tsc:SmartCityArea .").encode(), name="known.ttl")
    assert known.checked
    assert known.checked["words"]["en"] == "says nothing that is not published already"


def test_what_it_would_break_elsewhere_is_told_with_it(at: Office) -> None:
    source = "<https://w3id.org/mueang/id/source/article-2022-11-09>"
    day = '"2022-11-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    one = at.submit((TURTLE + f"{source} dcterms:issued {day} .").encode())
    found = consideration.difference(at.home, one)
    assert found
    assert {each["rule"] for each in found["elsewhere"]} == {"S07"}
    assert all(
        "/id/figure/" in each["focus"]["term"] and each["focus"]["labels"] for each in found["elsewhere"]
    )
    assert f"Stated after its source was issued ({len(found['elsewhere'])})" in found["words"]["en"]


def test_the_difference_shows_each_thing_with_what_is_said_of_it(at: Office) -> None:
    one = at.submit(
        an_area("test-shown", name="เมืองตัวอย่าง") + 'area:krabi skos:altLabel "กระบี่ตัวอย่าง"@th .'.encode()
    )
    found = consideration.difference(at.home, one)
    assert found
    new, known = found["entities"]
    assert (new["new"], new["entity"]["labels"], new["kinds"][0]["labels"]["en"]) == (
        True,
        {"th": "เมืองตัวอย่าง"},
        "smart-city area",
    )
    assert [(prop["labels"]["en"], value["labels"].get("en")) for prop, value in new["added"]][-1] == (
        "in province",
        "Rayong",
    )
    assert (known["new"], known["entity"]["labels"]["en"]) == (False, "Krabi Smart City")
    assert (found["added"], found["removed"], found["shown"]) == (4, 0, 4)


def test_a_long_difference_is_cut_and_says_how_long_it_is(at: Office) -> None:
    names = ", ".join(f'"ชื่อที่ {number}"@th' for number in range(6000))
    one = at.submit((TURTLE + f"area:krabi skos:altLabel {names} .").encode())
    found = consideration.difference(at.home, one)
    assert found
    assert (found["added"], found["shown"]) == (6000, 5000)


def test_what_a_file_says_of_its_graph_goes_into_the_record(at: Office) -> None:
    own = f"<{GRAPH}submission/municipality>"
    said = f"""{own} a <http://www.w3.org/ns/dcat#Dataset> ; dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
        dcterms:title "ข้อมูลของเทศบาล"@th ;
        tsc:reviewState <https://w3id.org/mueang/vocab/review-state/rejected> .
    """
    one = at.submit(an_area("test-licence") + said.encode(), name="municipality.ttl")
    at.accept(one.number)
    graph = at.published()
    content = {quad.subject.value for quad in graph.quads_for_pattern(None, None, None, NamedNode(one.graph))}
    assert content == {"https://w3id.org/mueang/id/area/test-licence"}

    def recorded(name: str) -> list[str]:
        prefix, _, local = name.partition(":")
        about = (NamedNode(one.graph), NamedNode(PREFIXES[prefix] + local), None, NamedNode(JOURNAL))
        return [quad.object.value for quad in graph.quads_for_pattern(*about)]

    assert recorded("dcterms:license") == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert recorded("dcterms:title") == ["ข้อมูลของเทศบาล"]
    assert recorded("tsc:reviewState") == [PREFIXES["vreviewstate"] + "accepted"]


def test_the_graphs_of_a_file_become_one_that_is_its_own(at: Office) -> None:
    body = an_area("test-graphs").decode().removeprefix(TURTLE)
    graphs = "".join(f"<{GRAPH}submission/{name}> {{ {body} }}\n" for name in ("a", "b"))
    one = at.submit((TURTLE + graphs).encode(), name="graphs.trig")
    at.accept(one.number)
    assert at.graphs() == {f"submission/{one.number}"}
    found = at.published().quads_for_pattern(None, IN_PROVINCE, None, NamedNode(one.graph))
    assert len(list(found)) == 1


@pytest.mark.parametrize(
    "graph",
    [
        "meta",
        "ontology",
        "vocab/outcome",
        "reference/provinces",
        "source/article-2022-11-09",
        "journal",
        "steward/x",
    ],
)
def test_the_graph_of_another_stays_as_it_is(at: Office, graph: str) -> None:
    body = an_area("test-other").decode().removeprefix(TURTLE)
    one = at.submit((TURTLE + f"<{GRAPH}{graph}> {{ {body} }}").encode(), name="other.trig")
    assert one.state == "checked"
    with pytest.raises(review.BreaksShapes):
        at.accept(one.number)


def test_nobody_writes_into_a_submission_that_is_published(at: Office) -> None:
    one = at.submit(an_area("test-first"))
    at.accept(one.number)
    body = an_area("test-second").decode().removeprefix(TURTLE)
    two = at.submit((TURTLE + f"<{one.graph}> {{ {body} }}").encode(), name="other.trig", by="malee")
    assert two.state == "checked"


def test_a_file_may_have_the_number_of_a_published_submission_as_its_name(at: Office) -> None:
    one = at.submit(an_area("test-numbered"))
    at.accept(one.number)
    two = at.submit(an_area("test-numbered-too"), name=f"{one.number}.ttl", by="malee")
    at.accept(two.number)
    assert at.graphs() == {f"submission/{one.number}", f"submission/{two.number}"}
    again = at.submit(an_area("test-numbered-3"), name=f"{one.number}.ttl", by="malee")
    assert again.state == "waiting"


@pytest.mark.parametrize("key", [one.key for one in FORMATS if one.key != "xlsx"])
def test_the_report_is_told_again_in_every_format(at: Office, key: str) -> None:
    one = at.submit(an_area("test-reported", province="TH-999"), name="reported.ttl")
    told = consideration.report(at.home, at.desk, one, key, "en")
    assert told
    assert not told.accepted
    assert b"TH-999" in told.body


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_report_on_a_table_that_is_kept_speaks_of_its_columns_as_the_first_did(
    at: Office, language: Language
) -> None:
    content = "Key,Name of the area (Thai),Province\nkept,ชื่อใหม่,ชนบุรี\n".encode()
    first = at.desk.validate(Asked("areas.csv", content, "text", language))
    assert b"areas.csv" in first.body
    assert "ชลบุรี" in first.body.decode()
    told = consideration.report(at.home, at.desk, at.submit(content, name="areas.csv"), "text", language)
    assert told
    assert told.body.decode() == first.body.decode()


def test_blank_nodes_are_published_as_they_were_handed_in(at: Office) -> None:
    one = at.submit(
        (TURTLE + 'area:krabi dcterms:relation [ dcterms:title "ก"@th ], [ dcterms:title "ข"@th ] .').encode()
    )
    at.accept(one.number)
    quads: list[Quad] = list(at.published().quads_for_pattern(None, None, None, NamedNode(one.graph)))
    assert len(quads) == 4


def test_what_a_crash_left_half_done_is_written_down_when_somebody_looks(at: Office) -> None:
    one, two = (
        at.submit(an_area("test-crash-1"), name="1.ttl"),
        at.submit(an_area("test-crash-2"), name="2.ttl"),
    )
    before = current(at.home)
    assert before
    made = at.accept(one.number)
    begun = journal.Step("waiting", "anan", "ดีแล้ว", made, {"parent": before.number})
    with opened(at.home) as connection, transaction(connection):
        for number in (one.number, two.number):
            journal.write(connection, number, begun)
    found = {each.number: each for each in journal.listed(at.home)}
    last = found[one.number].events[-1]
    assert (last.state, last.person, last.note, last.generation) == ("accepted", "anan", "ดีแล้ว", made)
    assert found[two.number].state == "waiting"
    assert found[two.number].begun is None
    at.accept(two.number)
    assert verify(at.home) == []


def test_the_story_of_a_submission_can_be_read(at: Office) -> None:
    one = at.submit(an_area("test-story"), note="ตามมติ")
    at.accept(one.number, note="ถูกต้อง")
    events = journal.submission(at.home, one.number).events
    assert [step_said(event, "en").split(" · ")[0] for event in events] == [
        "received, not checked yet",
        "checked, nothing to mend",
        "waits for review",
        "being taken in",
        "accepted",
    ]
    assert step_said(events[-1], "th") == f"รับแล้ว · โดย anan · รุ่นข้อมูล {events[-1].generation} · “ถูกต้อง”"


def test_there_is_no_submission_where_nobody_handed_any_in(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        journal.submission(tmp_path, 1)
