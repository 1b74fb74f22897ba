"""Reports: what a reader in Thai or English is told, and the same in SHACL's vocabulary."""

import unicodedata

import pytest
import rdflib
from pyoxigraph import Store
from rdflib.namespace import RDF, SH

from mueang.check.judge import check_submission
from mueang.check.reader import read_submission
from mueang.check.report import Report, Severity
from mueang.check.shacl import Shapes
from mueang.check.text import as_text
from mueang.check.turtle import as_turtle

BAD = """
@prefix tsc: <https://w3id.org/mueang/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/mueang/id/area/test-bad> a tsc:SmartCityArea ;
    skos:prefLabel "เมืองตัวอย่าง"@th ;
    tsc:inProvince <https://w3id.org/mueang/id/province/TH-99> .
"""


def checked(text: str, store: Store, shapes: Shapes) -> Report:
    return check_submission(read_submission("test.ttl", text.encode()), store, shapes)


@pytest.fixture
def bad(published: Store, shapes: Shapes) -> Report:
    return checked(BAD, published, shapes)


@pytest.mark.parametrize(("language", "word"), [("th", "ต้องแก้"), ("en", "violation")])
def test_a_text_report_says_the_outcome_the_thing_and_what_to_do(bad: Report, language, word: str) -> None:
    text = as_text(bad, language)
    assert text.splitlines()[0].startswith("test.ttl: ")
    assert word in text
    assert "area:test-bad (เมืองตัวอย่าง)" in text
    assert "province:TH-99" in text
    for finding in bad.findings:
        assert finding.message[language] in text


def test_a_clean_submission_is_said_to_be_clean(published: Store, shapes: Shapes) -> None:
    report = checked(BAD.replace("TH-99", "TH-21"), published, shapes)
    assert as_text(report, "en") == "test.ttl: nothing to mend"
    assert as_text(report, "th") == "test.ttl: ถูกต้อง"


def test_a_turtle_report_carries_every_finding_with_both_messages(bad: Report) -> None:
    graph = rdflib.Graph().parse(data=as_turtle(bad), format="turtle")
    results = list(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(bad.findings) > 0
    for result in results:
        assert {message.language for message in graph.objects(result, SH.resultMessage)} == {"th", "en"}
        assert graph.value(result, SH.focusNode)
        assert graph.value(result, SH.sourceShape)
    assert (None, SH.conforms, rdflib.Literal(False)) in graph


def test_a_blank_main_entity_is_found_too(published: Store, shapes: Shapes) -> None:
    text = BAD.replace("<https://w3id.org/mueang/id/area/test-bad>", "[]").replace("TH-99", "TH-21")
    report = checked(text, published, shapes)
    assert "F01" in {finding.rule for finding in report.findings}
    assert as_turtle(report)


def test_text_that_is_not_composed_is_found_by_the_program(published: Store, shapes: Shapes) -> None:
    decomposed = unicodedata.normalize("NFD", "Café")
    report = checked(
        BAD.replace("เมืองตัวอย่าง", f"เมือง {decomposed}").replace("TH-99", "TH-21"), published, shapes
    )
    assert [(finding.rule, finding.severity) for finding in report.findings] == [("F08", Severity.VIOLATION)]


def test_only_what_is_submitted_is_judged(published: Store, shapes: Shapes) -> None:
    published.extend(
        read_submission("elsewhere.ttl", BAD.replace("test-bad", "test-elsewhere").encode()).quads
    )
    report = checked(BAD.replace("TH-99", "TH-21").replace("ตัวอย่าง", "อื่น"), published, shapes)
    assert not report.findings
