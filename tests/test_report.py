"""Reports: what a reader in Thai or English is told, and the same for programs and spreadsheets."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import RDF, SH

from mueang.check.excerpt import Lines, columns
from mueang.check.formats import FORMATS, FRAGMENT, report_format
from mueang.check.html import MOST_SHOWN, as_fragment, as_html
from mueang.check.listing import as_csv, joined
from mueang.check.place import Place
from mueang.check.plain import SCHEMA_TEXT, as_json, from_json
from mueang.check.reader import Submission
from mueang.check.rendering import Checked, rendered
from mueang.check.report import Report, Severity
from mueang.check.text import as_text
from mueang.check.turtle import as_turtle
from mueang.check.wording import in_reading_order, value_shown
from mueang.errors import UnknownFormat
from mueang.graph.catalogue import shape_files
from reports import COLUMN, DATED, NAMED, REPORT, REPORTS, TEXT

SCHEMA = jsonschema.Draft202012Validator(json.loads(SCHEMA_TEXT))
LANGUAGES = pytest.mark.parametrize("language", ["th", "en"])
EACH = settings(derandomize=True, max_examples=50, deadline=None)
THAI_MARKS = "\u0e31\u0e34\u0e35\u0e38\u0e48\u0e49"


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def table_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@LANGUAGES
def test_a_text_report_says_the_outcome_the_place_the_line_and_what_to_do(language) -> None:
    text = as_text(REPORT, language, TEXT)
    lines = text.splitlines()
    outcome = {
        "th": "ข้อมูล ใหม่.ttl: ต้องแก้ 1 ข้อ · ควรดู 1 ข้อ",
        "en": "ข้อมูล ใหม่.ttl: 1 violation, 1 warning",
    }
    assert lines[0] == outcome[language]
    for finding in REPORT.findings:
        assert finding.message[language] in unwrapped(text)
        assert finding.place.said_in(language) in text
        assert f"area:test ({finding.focus.labels[language]})" in text
    assert "2022-11-09" in text


def test_the_caret_stands_below_the_token_although_thai_marks_take_no_column() -> None:
    lines = as_text(REPORT, "th", TEXT).splitlines()
    quoted = next(number for number, line in enumerate(lines) if line.startswith("     2 | "))
    token, caret = '"2565-11-09"^^xsd:date', lines[quoted + 1]
    before = lines[quoted].partition(token)[0]
    assert any(mark in before for mark in THAI_MARKS)
    assert caret == f"       | {' ' * (columns(before) - 9)}{'^' * len(token)}"


def test_a_text_report_shows_the_value_where_it_has_no_line_to_show() -> None:
    text = as_text(REPORT, "en")
    assert 'value: "2565-11-09"^^xsd:date' in text
    assert "^^^" not in text


@LANGUAGES
def test_what_would_break_elsewhere_comes_last_under_a_heading_of_its_own(language) -> None:
    text = as_text(replace(REPORT, findings=(replace(DATED, elsewhere=True), NAMED, DATED)), language)
    heading = {"th": "ผลต่อข้อมูลที่เผยแพร่แล้ว:", "en": "What this would break in the published data:"}[language]
    own, _, elsewhere = text.partition(heading)
    assert own.count("F10") == 1
    assert elsewhere.count("F10") == elsewhere.count("F06") == 1


@LANGUAGES
def test_every_message_of_the_shapes_fits_80_columns(language) -> None:
    graph = rdflib.Graph()
    for path in shape_files():
        graph.parse(path)
    messages = [str(text) for text in graph.objects(None, SH.message) if text.language == language]
    for message in messages:
        report = Report("a.ttl", (replace(DATED, message={language: message}),))
        for line in as_text(report, language).splitlines():
            assert columns(line) <= 80 or " " not in line.strip()
    assert len(messages) > 100


def test_a_clean_submission_is_said_to_be_clean_and_one_with_warnings_to_have_no_violation() -> None:
    assert as_text(Report("a.ttl", ()), "en") == "a.ttl: nothing to mend"
    assert as_text(Report("a.ttl", ()), "th") == "a.ttl: ถูกต้อง"
    assert as_text(Report("a.ttl", (NAMED,)), "en").startswith("a.ttl: 1 warning, no violation\n")
    assert as_text(Report("a.ttl", (NAMED,)), "th").startswith("a.ttl: ควรดู 1 ข้อ · ไม่มีข้อต้องแก้\n")


def test_a_turtle_report_carries_every_finding_with_its_messages_place_and_repair() -> None:
    graph = rdflib.Graph().parse(data=as_turtle(REPORT), format="turtle")
    ours = rdflib.Namespace("https://w3id.org/mueang/shapes#")
    results = list(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == 2
    for result in results:
        assert {message.language for message in graph.objects(result, SH.resultMessage)} == {"th", "en"}
        assert graph.value(result, SH.focusNode)
        assert graph.value(result, SH.sourceShape)
    assert (None, SH.conforms, rdflib.Literal(False)) in graph
    assert {value.toPython() for value in graph.objects(None, ours.line)} == {2}
    assert {value.toPython() for value in graph.objects(None, ours.cell)} == {"B7"}
    assert {str(value) for value in graph.objects(None, ours.repair)} == {"2022-11-09"}


def test_people_read_the_worst_first_and_then_from_top_to_bottom() -> None:
    places = [Place(line=9), Place(sheet="a", cell="B10"), Place(sheet="a", cell="AA2"), Place(sheet="a", cell="C2"), Place(line=1), None]  # fmt: skip
    findings = tuple(replace(DATED, place=place) for place in places)
    report = Report("a.ttl", (NAMED, replace(NAMED, elsewhere=False), *findings))
    found = in_reading_order(report, elsewhere=False)
    assert [one.place for one in found] == [None, *(places[at] for at in (3, 2, 1, 4, 0)), NAMED.place]
    assert in_reading_order(report, elsewhere=True) == [NAMED]


def test_the_same_report_is_the_same_turtle() -> None:
    report = Report("a.ttl", tuple(replace(DATED, place=Place(line=line)) for line in range(1, 30)))
    assert as_turtle(report) == as_turtle(report)


@given(REPORTS)
@EACH
def test_a_json_report_follows_its_schema_and_is_read_back_as_it_was(report: Report) -> None:
    text = as_json(report)
    SCHEMA.validate(json.loads(text))
    assert from_json(text) == report


def test_a_json_report_of_another_shape_breaks_the_schema() -> None:
    written = json.loads(as_json(REPORT))
    written["findings"][0]["severity"] = "fatal"
    assert not SCHEMA.is_valid(written)


@LANGUAGES
def test_a_csv_report_opens_in_a_spreadsheet_with_a_row_for_each_finding(language) -> None:
    text = as_csv(REPORT, language)
    assert text.startswith("\ufeff")
    headings, dated, named = table_of(text)
    assert len(set(headings)) == len(headings) == len(dated) == len(named)
    assert dated[2:5] == ["F10", "2", str(COLUMN)]
    assert named[5:7] == ["พื้นที่", "B7"]
    assert DATED.message[language] in dated


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"], ids=repr)
def test_no_cell_of_a_csv_report_is_a_formula(start: str) -> None:
    risky = f"{start}HYPERLINK(1)"
    report = Report(risky, (replace(DATED, message={"th": risky, "en": risky}),))
    for cell in table_of(as_csv(report, "en"))[1]:
        assert not cell.startswith(start)


def test_csv_reports_on_several_files_share_one_row_of_headings() -> None:
    one, other = (as_csv(replace(REPORT, name=name), "en").encode() for name in ("a.ttl", "b.ttl"))
    rows = table_of(joined([one, other]).decode())
    assert [row[0] for row in rows] == ["file", "a.ttl", "a.ttl", "b.ttl", "b.ttl"]


class _Page(HTMLParser):
    """The tags of a page, whether they close in order, and its text."""

    VOID = ("meta", "link", "input", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, _) -> None:
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@LANGUAGES
def test_an_html_report_is_a_whole_page_with_the_line_and_its_token_marked(language) -> None:
    page = as_html(REPORT, language, TEXT)
    assert page.startswith(f'<!doctype html>\n<html lang="{language}">')
    assert "<mark>&#34;2565-11-09&#34;^^xsd:date</mark>" in page
    assert not re.search(r"(src|href)=", page), "it must need nothing from elsewhere"
    for finding in REPORT.findings:
        assert finding.message[language] in page
        assert finding.place.said_in(language).replace('"', "&#34;") in page


@given(REPORTS, st.sampled_from(["th", "en"]))
@EACH
def test_nothing_submitted_becomes_markup_in_an_html_report(report: Report, language) -> None:
    tags = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ol", "li", "strong", "span", "code", "pre", "mark"}  # fmt: skip
    page = _Page(as_html(report, language, TEXT))
    assert not page.open
    assert page.seen <= tags


def test_a_script_in_a_submission_is_shown_as_text() -> None:
    bad = "<script>alert(1)</script>"
    report = Report(bad, (replace(DATED, value=f'"{bad}"', message={"th": bad, "en": bad}, place=None),))
    assert "<script" not in as_html(report, "en")
    assert bad in _Page(as_html(report, "en")).text
    assert "<script" not in as_html(replace(REPORT, name=bad), "th", bad + "\n" + bad)


def test_a_page_shows_the_first_findings_and_says_how_many_more_there_are() -> None:
    page = as_fragment(Report("a.ttl", (DATED,) * (MOST_SHOWN + 1234)), "en")
    assert page.count("<li") == MOST_SHOWN
    assert "1,234 more" in page


@given(
    st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=200), min_size=1, max_size=4),
    st.data(),
)  # fmt: skip
@EACH
def test_an_excerpt_is_the_line_at_that_column_within_its_width(lines: list[str], data) -> None:
    number = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(lines[number - 1]) + 3))
    text = Lines("\n".join([*lines, "the end"]))
    found = text.at(Place(line=number, column=column), 40)
    whole = text.at(Place(line=number, column=column), 1000)
    assert columns(found.before + found.token + found.after) <= 40
    assert len(whole.before + whole.token + whole.after) == len(lines[number - 1].rstrip("\r"))
    assert len(whole.before) == min(column - 1, len(lines[number - 1].rstrip("\r")))


@pytest.mark.parametrize(
    "place", [None, Place(), Place(line=4), Place(line=1, sheet="a", cell="A1")], ids=repr
)
def test_a_place_outside_the_text_has_no_excerpt(place) -> None:
    assert Lines(TEXT).at(place, 60) is None


def test_what_could_steer_a_terminal_is_not_shown_as_it_is() -> None:
    found = Lines("a \x1b[31m \u202e \x07 b").at(Place(line=1, column=1), 60)
    assert "\x1b" not in found.after
    assert "\u202e" not in found.after
    assert found.after.startswith(" \ufffd[31m")


@pytest.mark.parametrize(
    "one", [one for one in (*FORMATS, FRAGMENT) if one.key != "xlsx"], ids=lambda one: one.key
)
@LANGUAGES
def test_every_format_is_written_in_both_languages_with_or_without_findings(one, language) -> None:
    for report in (REPORT, Report("a.ttl", ())):
        assert rendered(one, Checked(report, Submission(report.name, (), {}, TEXT), TEXT.encode()), language)


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match="json"):
        report_format("docx")


@pytest.mark.parametrize(
    ("value", "shown"),
    [('"TH-99"', "TH-99"), ('"a \\" b"', '"a \\" b"'), ('"5"^^<http://www.w3.org/2001/XMLSchema#integer>', "5"), ('"น้ำ"@th', "น้ำ"), (NAMED.focus.term, "")],
)  # fmt: skip
def test_the_value_of_a_cell_is_shown_as_the_cell_has_it(value: str, shown: str) -> None:
    assert value_shown(replace(NAMED, value=value)) == shown


def test_severities_count() -> None:
    assert (REPORT.count(Severity.VIOLATION), REPORT.count(Severity.WARNING), REPORT.accepted) == (
        1,
        1,
        False,
    )
