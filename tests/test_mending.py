"""Repaired copies of text files: the new words stand in place of the old ones and nothing else has changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.check.locator import as_triple
from mueang.check.mending import mended
from mueang.check.reader import read_submission
from mueang.check.report import Repair
from pages import SYNTAXES, Fact, Page, facts, some_facts

RUNS = settings(derandomize=True, deadline=None, max_examples=60)
Write = Callable[[Sequence[Fact], Random], Page]
syntaxes = pytest.mark.parametrize(("name", "write"), SYNTAXES.items(), ids=SYNTAXES)
SAYS_PREDICATE_ONCE = {"a.ttl", "a.trig", "a.jsonld"}
SAID = {"th": "", "en": ""}
XSD = "http://www.w3.org/2001/XMLSchema#"


def triples(name: str, content: bytes) -> set[tuple[str, str, str]]:
    return {as_triple(quad) for quad in read_submission(name, content).quads}


def repaired(old: Fact, new: Fact) -> Repair:
    return Repair(old.terms, new.terms[1], new.terms[2], SAID)


def offset(text: str, place: tuple[int, int]) -> int:
    return sum(len(line) + 1 for line in text.split("\n")[: place[0] - 1]) + place[1] - 1


@syntaxes
@RUNS
@given(found=some_facts(6), new=facts(), chance=st.randoms(use_true_random=False), data=st.data())
def test_another_value_is_written_and_nothing_else(
    name: str, write: Write, found: list[Fact], new: Fact, chance: Random, data: st.DataObject
) -> None:
    page = write(found, chance)
    content = page.text.encode(data.draw(st.sampled_from(["utf-8-sig", "utf-8", "utf-16"])))
    old = data.draw(st.sampled_from(found))
    new = replace(new, subject=old.subject, predicate=old.predicate)
    copy, made = mended(read_submission(name, content), content, [repaired(old, new)])
    assert made == [repaired(old, new)]
    assert triples(name, copy) == ({fact.terms for fact in found} - {old.terms}) | {new.terms}
    text = read_submission(name, copy).text
    same_start = next(
        (at for at, pair in enumerate(zip(page.text, text, strict=False)) if pair[0] != pair[1]),
        min(len(page.text), len(text)),
    )
    for fact in found:
        at = offset(page.text, page.objects[fact])
        assert at < same_start or at >= offset(page.text, page.objects[old]) or fact == old
        if at > offset(page.text, page.objects[old]):
            assert text.endswith(page.text[at:])


@syntaxes
@RUNS
@given(found=some_facts(6), chance=st.randoms(use_true_random=False), data=st.data())
def test_another_property_is_written_wherever_it_is_said(
    name: str, write: Write, found: list[Fact], chance: Random, data: st.DataObject
) -> None:
    content = write(found, chance).text.encode()
    old = data.draw(st.sampled_from(found))
    new = replace(old, predicate="other")
    copy, made = mended(read_submission(name, content), content, [repaired(old, new)])
    assert made == [repaired(old, new)]
    alike = [old]
    if name in SAYS_PREDICATE_ONCE:
        alike = [fact for fact in found if (fact.subject, fact.predicate) == (old.subject, old.predicate)]
    renamed = {replace(fact, predicate="other").terms for fact in alike}
    assert triples(name, copy) == {fact.terms for fact in found if fact not in alike} | renamed


@syntaxes
@RUNS
@given(found=some_facts(6), chance=st.randoms(use_true_random=False))
def test_without_repairs_the_copy_is_the_file(
    name: str, write: Write, found: list[Fact], chance: Random
) -> None:
    content = write(found, chance).text.encode()
    assert mended(read_submission(name, content), content, []) == (content, [])


def mend(
    name: str, text: str, *repairs: tuple[tuple[str, str, str], str, str], encoding: str = "utf-8"
) -> str:
    content = text.encode(encoding)
    made = [Repair(statement, predicate, value, SAID) for statement, predicate, value in repairs]
    return mended(read_submission(name, content), content, made)[0].decode(encoding)


SIZE = ("<a:a>", "<a:size>", f'"07"^^<{XSD}integer>')
WHEN = ("<a:a>", "<a:when>", f'"2565-11-09"^^<{XSD}date>')
RIGHT = f'"2022-11-09"^^<{XSD}date>'


def test_two_repairs_of_one_statement_that_differ_are_not_made() -> None:
    text = f'<a:a> <a:when> "2565-11-09"^^<{XSD}date> .\n'
    assert mend("a.ttl", text, (WHEN, WHEN[1], RIGHT), (WHEN, WHEN[1], '"2022"')) == text
    assert mend("a.ttl", text, (WHEN, WHEN[1], RIGHT), (WHEN, WHEN[1], RIGHT)) == text.replace("2565", "2022")


def test_a_repair_of_a_statement_that_is_not_there_is_not_made() -> None:
    assert mend("a.ttl", "<a:a> <a:b> 1 .", (WHEN, WHEN[1], RIGHT)) == "<a:a> <a:b> 1 ."


def test_a_statement_that_is_there_twice_is_mended_twice() -> None:
    line = f'<a:a> <a:when> "2565-11-09"^^<{XSD}date> .\n'
    assert mend("a.nt", line * 2, (WHEN, WHEN[1], RIGHT)) == (line * 2).replace("2565", "2022")


def test_a_bare_number_stays_bare_and_a_date_keeps_its_short_datatype() -> None:
    text = f'@prefix xsd: <{XSD}> .\r\n<a:a> <a:size> 07 ; <a:when> "2565-11-09"^^xsd:date .\r\n'
    expected = text.replace("07", "7").replace("2565", "2022")
    seven = f'"7"^^<{XSD}integer>'
    assert mend("a.ttl", text, (SIZE, SIZE[1], seven), (WHEN, WHEN[1], RIGHT)) == expected


def test_a_prefix_that_is_declared_only_later_or_in_a_comment_is_not_used() -> None:
    text = '# @prefix x: <a:> .\n<a:a> <a:b> "1" .\n@prefix x: <a:> .\n<a:a> <a:c> "1" .\n'
    one, other = ("<a:a>", "<a:b>", '"1"'), ("<a:a>", "<a:c>", '"1"')
    assert mend("a.ttl", text, (one, one[1], "<a:x>"), (other, other[1], "<a:x>")) == text.replace(
        '<a:b> "1"', "<a:b> <a:x>"
    ).replace('<a:c> "1"', "<a:c> x:x")


def test_a_file_in_tis_620_stays_in_it() -> None:
    text = '<a:a> <a:b> "เมือง"@en .'
    statement = ("<a:a>", "<a:b>", '"เมือง"@en')
    assert mend("a.ttl", text, (statement, "<a:b>", '"เมืองใหม่"@th'), encoding="cp874") == text.replace(
        '"เมือง"@en', '"เมืองใหม่"@th'
    )
    assert mend("a.ttl", text, (statement, "<a:b>", '"é"@th'), encoding="cp874") == text


def test_a_text_in_a_map_by_language_keeps_its_place_or_is_left_alone() -> None:
    text = '{"@context": {"b": {"@id": "a:b", "@container": "@language"}}, "@id": "a:a", "b": {"th": "x "}}'
    statement = ("<a:a>", "<a:b>", '"x "@th')
    assert mend("a.jsonld", text, (statement, "<a:b>", '"x"@th')) == text.replace("x ", "x")
    assert mend("a.jsonld", text, (statement, "<a:b>", '"x"@en')) == text


def test_a_key_is_not_given_a_name_that_its_object_has() -> None:
    text = '{"@id": "a:a", "a:one": 1, "a:two": 2}'
    one, two = ("<a:a>", "<a:one>", f'"1"^^<{XSD}integer>'), ("<a:a>", "<a:two>", f'"2"^^<{XSD}integer>')
    assert mend("a.jsonld", text, (one, "<a:two>", one[2])) == text
    assert mend("a.jsonld", text, (one, "<a:new>", one[2]), (two, "<a:new>", two[2])) == text.replace(
        "a:one", "a:new"
    )


XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="https://e.org/" xml:lang="en">'
    '<x:Wrong rdf:about="a:a" x:b="c"><x:near><x:Wrong rdf:about="a:b"/></x:near><x:empty/></x:Wrong></rdf:RDF>'
)
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
WRONG = ("<a:a>", TYPE, "<https://e.org/Wrong>")


@pytest.mark.parametrize(
    ("statement", "predicate", "value", "old", "new"),
    [
        (WRONG, TYPE, "<https://e.org/Right>", XML[XML.index("<x:Wr") :], None),
        (WRONG, TYPE, "<https://elsewhere.org/Right>", "", ""),
        (("<a:a>", "<https://e.org/b>", '"c"@en'), "<https://e.org/b>", '"d\\"<"@en', '"c"', '"d&quot;&lt;"'),
        (("<a:a>", "<https://e.org/b>", '"c"@en'), "<https://e.org/d>", '"c"@en', "x:b=", "x:d="),
        (("<a:a>", "<https://e.org/b>", '"c"@en'), "<https://e.org/b>", '"c"@th', "", ""),
        (
            ("<a:a>", "<https://e.org/near>", "<a:b>"),
            "<https://e.org/far>",
            "<a:b>",
            "x:near>",
            "x:far>",
        ),
        (
            ("<a:a>", "<https://e.org/empty>", '""@en'),
            "<https://e.org/empty>",
            '"full"',
            "<x:empty/>",
            f'<x:empty rdf:datatype="{XSD}string">full</x:empty>',
        ),
    ],
    ids=["class", "class-elsewhere", "attribute", "attribute-name", "attribute-language", "nested", "empty"],
)
def test_rdf_xml_is_mended_in_its_elements_and_attributes(
    statement: tuple[str, str, str], predicate: str, value: str, old: str, new: str | None
) -> None:
    if new is None:
        tail = "".join(old.rsplit("Wrong", 1)[0].replace("Wrong", "Right", 1)) + "Right></rdf:RDF>"
        assert mend("a.rdf", XML, (statement, predicate, value)) == XML.replace(old, tail)
        return
    assert mend("a.rdf", XML, (statement, predicate, value)) == XML.replace(old, new)
