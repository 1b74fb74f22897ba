"""`/feed.atom`: what was published, newest first; `/submissions.atom`: what became of submissions (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, request

from mueang.graph.difference import graphs_changed
from mueang.graph.generation import Generation, numbered
from mueang.graph.history import history
from mueang.graph.names import BASE, shortened
from mueang.graph.reasons import reason_said
from mueang.submissions import journal
from mueang.submissions.journal import Event, Submission
from mueang.submissions.people import Person
from mueang.submissions.wording import step_said, words_of
from mueang.web.context import served
from mueang.web.language import reader_language, say
from mueang.web.session import admit, requires
from mueang.web.told import address_of

blueprint = Blueprint("feed", __name__)
_ATOM = "application/atom+xml"
_MOST = 50
_NEVER = "1970-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class _Entry:
    """Something that happened: a name that nothing else ever has, when, where to read of it, and what it was."""

    name: str
    at: str
    address: str
    title: str
    text: str


@blueprint.get("/feed.atom")
def published() -> Response:
    """The generations that were published."""
    found = (one for one, state in history(served().settings.home) if state != "unused")
    entries = [_of_generation(one) for one in islice(found, _MOST)]
    title = say("เมือง: ข้อมูลที่เผยแพร่", "mueang: what was published")
    return _feed(title, "/feed.atom", entries)


@blueprint.get("/submissions.atom")
@requires("submitter")
def handed_in() -> Response:
    """The steps of submissions: of one's own, for reviewers of everybody's."""
    person = admit("submitter")
    title = say("เมือง: ข้อมูลที่ส่งมา", "mueang: submissions")
    return _feed(title, "/submissions.atom", _of_submissions(person))


def _of_generation(one: Generation) -> _Entry:
    title = f"{say('รุ่นข้อมูล', 'Generation')} {one.number}: {reason_said(one.reason, reader_language())}"
    return _Entry(
        f"generation/{one.tag}", one.made_at, f"/generations/{one.number}", title, _changes_said(one)
    )


def _changes_said(one: Generation) -> str:
    """What changed, graph by graph; of an accepted submission first what it brought."""
    home = served().settings.home
    lines = []
    if one.submission is not None:
        lines.append(words_of(journal.submission(home, one.submission), reader_language()))
    if one.parent is None:
        return "\n".join([*lines, f"{say('กราฟ', 'graphs')}: {len(one.graphs)}"])
    words = {
        "added": say("เพิ่ม", "added"),
        "removed": say("ลบ", "removed"),
        "changed": say("เปลี่ยน", "changed"),
    }
    changed = graphs_changed(numbered(home, one.parent), one)
    return "\n".join([*lines, *(f"{shortened(graph)} {words[how]}" for graph, how in changed.items())])


def _of_submissions(person: Person) -> list[_Entry]:
    """The newest steps of the submissions that this person may look at."""
    whose = None if person.may("reviewer") else person.name
    found = journal.listed(served().settings.home, person=whose, most=_MOST)
    steps = sorted(((event, one) for one in found for event in one.events), key=lambda step: -step[0].id)
    return [_of_step(event, one) for event, one in steps[:_MOST]]


def _of_step(event: Event, one: Submission) -> _Entry:
    language = reader_language()
    title = f"{say('ข้อมูลที่ส่งมาเลขที่', 'Submission')} {one.number}: {step_said(event, language)}"
    name = f"submission/{one.number}/{one.digest}/{event.id}/{event.at}"
    return _Entry(name, event.at, address_of(one), title, f"{one.name}\n{words_of(one, language)}".strip())


def _feed(title: str, path: str, entries: Iterable[_Entry]) -> Response:
    """The feed, or 304 for one who has it already."""
    entries, root = list(entries), served().settings.address
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": reader_language()})
    _say(feed, "id", _named(f"{root}{path}"))
    _say(feed, "title", title)
    _say(feed, "updated", max((one.at for one in entries), default=_NEVER))
    _say(SubElement(feed, "author"), "name", "mueang")
    SubElement(feed, "link", {"rel": "self", "type": _ATOM, "href": f"{root}{path}?lang={reader_language()}"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{root}/generations"})
    for one in entries:
        _into(SubElement(feed, "entry"), one, root)
    response = Response(tostring(feed, encoding="UTF-8", xml_declaration=True), content_type=_ATOM)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _into(entry: Element, one: _Entry, root: str) -> None:
    _say(entry, "id", _named(BASE + one.name))
    _say(entry, "title", one.title)
    _say(entry, "updated", one.at)
    SubElement(entry, "link", {"rel": "alternate", "href": root + one.address})
    _say(entry, "content", one.text)


def _say(parent: Element, name: str, text: str) -> None:
    """A child with this text, without the characters that XML 1.0 has no place for."""
    SubElement(parent, name).text = "".join(char for char in text if char.isprintable() or char in "\n\t")


def _named(address: str) -> str:
    return uuid5(NAMESPACE_URL, address).urn
