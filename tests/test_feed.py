"""The feeds: what was published, for all; what became of submissions, for those whose they are."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient

from conftest import answering
from mueang.check.client import checker
from mueang.graph.history import restore
from mueang.settings import Settings
from mueang.submissions.people import further_token
from mueang.web.app import application
from submitting import Office, an_area, peopled

NAMES = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]
) -> Iterator[tuple[FlaskClient, Office]]:
    """A site in which one submission was accepted, one rejected, and all of it taken back."""
    home = tmp_path_factory.mktemp("feed")
    settings = Settings(home=home, public_url="https://mueang.example")
    with answering(home, contents) as engine, checker(settings) as desk:
        peopled(home, contents)
        office = Office(home, desk)
        office.accept(office.submit(an_area("fed"), note="<b>ข่าว</b>").number)
        office.submit(an_area("waiting"), by="malee", name="<i>.ttl")
        restore(home, 1)
        yield application(engine, desk, settings).test_client(), office


def _feed(client: FlaskClient, path: str = "/feed.atom", **headers: str) -> Element:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml"), answer.text
    return fromstring(answer.data)  # noqa: S314  (ours)


def _said(entry: Element, name: str) -> str:
    return entry.findtext(f"atom:{name}", "", NAMES)


def _valid(feed: Element) -> list[Element]:
    """The entries of a feed that has all that RFC 4287 asks for (sections 4.1.1 and 4.1.2)."""
    entries = feed.findall("atom:entry", NAMES)
    for one in [feed, *entries]:
        assert _said(one, "id").startswith("urn:uuid:")
        assert _said(one, "title")
        assert datetime.fromisoformat(_said(one, "updated")).tzinfo
        links = [link.attrib for link in one.findall("atom:link", NAMES)]
        assert links
        assert all(link["href"].startswith("https://mueang.example/") for link in links)
    assert _said(feed, "author/atom:name") == "mueang"
    assert len({_said(one, "id") for one in entries}) == len(entries)
    assert _said(feed, "updated") == max(_said(one, "updated") for one in entries)
    return entries


def test_what_was_published_is_told_newest_first_with_what_it_changed(
    place: tuple[FlaskClient, Office],
) -> None:
    client, _ = place
    back, taken_in, first = _valid(_feed(client, "/feed.atom?lang=en"))
    assert [_said(one, "title") for one in (back, taken_in, first)] == [
        "Generation 3: restore of 1",
        "Generation 2: submission 1, accepted by anan",
        "Generation 1: test",
    ]
    assert _said(taken_in, "content").startswith("adds 1 smart-city area, changes nothing else\n")
    assert "https://w3id.org/mueang/graph/submission/1 added" in _said(taken_in, "content")
    assert "removed" in _said(back, "content")
    link = taken_in.find("atom:link", NAMES)
    assert link is not None
    assert link.attrib["href"] == "https://mueang.example/generations/2"


def test_the_feed_speaks_the_readers_language(place: tuple[FlaskClient, Office]) -> None:
    client, _ = place
    assert "รุ่นข้อมูล 3" in client.get("/feed.atom").text
    assert _feed(client, "/feed.atom?lang=en").attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"


def test_a_reader_who_has_the_feed_is_not_sent_it_again(place: tuple[FlaskClient, Office]) -> None:
    client, _ = place
    tag = client.get("/feed.atom").headers["ETag"]
    again = client.get("/feed.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/feed.atom?lang=en", headers={"If-None-Match": tag}).status_code == 200


def test_the_steps_of_submissions_are_told_to_whom_they_concern(place: tuple[FlaskClient, Office]) -> None:
    client, office = place
    assert client.get("/submissions.atom").status_code == 401

    def titles(name: str) -> list[str]:
        bearer = f"Bearer {further_token(office.home, name)}"
        found = _valid(_feed(client, "/submissions.atom?lang=en", Authorization=bearer))
        return [_said(one, "title") for one in found]

    assert titles("anan") == titles("malee") + titles("somchai")
    assert titles("malee")[0].startswith("Submission 2: waits for review")
    assert titles("somchai")[0].startswith("Submission 1: accepted · by anan · generation 2")
    assert titles("somchai")[-1].startswith("Submission 1: received")


def test_an_empty_home_has_an_empty_feed(tmp_path: Path, place: tuple[FlaskClient, Office]) -> None:
    site = application(
        place[0].application.extensions["mueang"].engine, place[1].desk, Settings(home=tmp_path)
    )
    assert _feed(site.test_client()).findall("atom:entry", NAMES) == []
