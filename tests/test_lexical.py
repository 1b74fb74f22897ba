"""Literals are held to the grammar of XML Schema 1.1, on the text as it was handed in."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from mueang.check.judge import check
from mueang.check.lexical import GRAMMARS, XSD, badly_written
from mueang.check.reader import read_submission
from mueang.check.shacl import Shapes

LET_THROUGH = [
    ("2011-01-01", "dateTime"),
    ("2026-11-22 10:00:00", "dateTime"),
    (" 5 ", "integer"),
    ("๕", "integer"),
    ("1e3", "decimal"),
    ("NaN", "decimal"),
    ("inf", "double"),
    ("26", "gYear"),
    ("2569 BE", "gYear"),
]
"""What SHACL engines take for well written."""

RIGHT = {
    "string": ["", "สวัสดี\n\t", " a "],
    "normalizedString": ["", " a  b "],
    "token": ["", "a b", "ก ข"],
    "anyURI": ["", "https://example.org/ก?a b", "x"],
    "language": ["th", "th-TH", "x-verylong-1"],
    "NMTOKEN": ["1a", "-", "ก", "a:b"],
    "Name": ["a:b", "_1", "ชื่อ"],
    "NCName": ["a", "_-.1"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YWI=", "YQ==", "Y W I =", "YWJj"],
    "boolean": ["true", "false", "1", "0"],
    "decimal": ["1", "-1.", "+.5", "00.10"],
    "double": ["1", "-1.5E+3", ".5e-1", "INF", "-INF", "+INF", "NaN"],
    "float": ["1e0", "NaN"],
    "integer": ["0", "-007", "+1", "9" * 6000],
    "long": ["9223372036854775807", "-9223372036854775808"],
    "int": ["2147483647", "-2147483648"],
    "short": ["32767", "-32768"],
    "byte": ["127", "-128", "-0", "+000000000000000000000000000000000127"],
    "nonNegativeInteger": ["0", "-0", "9" * 50],
    "positiveInteger": ["1", "+1"],
    "nonPositiveInteger": ["0", "-1", "-" + "9" * 50],
    "negativeInteger": ["-1"],
    "unsignedLong": ["18446744073709551615"],
    "unsignedInt": ["4294967295"],
    "unsignedShort": ["65535"],
    "unsignedByte": ["255", "-0"],
    "date": ["2022-11-09", "2024-02-29", "2000-02-29Z", "-0004-02-29", "0000-02-29", "12022-01-01+14:00"],
    "dateTime": ["2022-11-09T00:00:00", "2022-11-09T24:00:00.0", "2022-11-09T23:59:59.123-13:59"],
    "dateTimeStamp": ["2022-11-09T10:00:00Z", "2022-11-09T10:00:00+07:00"],
    "time": ["10:00:00", "24:00:00", "23:59:59.9Z"],
    "gYear": ["2022", "-0001", "12022", "2022Z"],
    "gYearMonth": ["2022-11", "2022-11+07:00"],
    "gMonth": ["--11", "--01Z"],
    "gMonthDay": ["--02-29", "--12-31"],
    "gDay": ["---31", "---01Z"],
    "duration": ["P1Y", "-P1M", "P1Y2M3DT4H5M6.7S", "PT0.5S", "P3D"],
    "yearMonthDuration": ["P1Y2M", "-P3M"],
    "dayTimeDuration": ["P1DT2H", "PT1M1S"],
}
WRONG = {
    "normalizedString": ["a\tb", "a\n"],
    "token": [" a", "a ", "a  b", "a\nb"],
    "anyURI": [" https://example.org", "a\nb"],
    "language": ["", "ไทย", "th_TH", "abcdefghi"],
    "NMTOKEN": ["", "a b"],
    "Name": ["", "1a", "-a"],
    "NCName": ["a:b", "1"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["Y", "YWI", "YW=", "Y===", "YR==", "ก"],
    "boolean": ["True", "yes", "", "ใช่", " true"],
    "decimal": ["", ".", "1e3", "1,000", "INF", "๕", "5 บาท", "+-1"],
    "double": ["inf", "infinity", "1e", "e3", "1 "],
    "float": ["nan", "1.5f"],
    "integer": ["", "5.0", "1_000", "๕", "+"],
    "long": ["9223372036854775808"],
    "int": ["2147483648"],
    "short": ["32768"],
    "byte": ["128", "-129", "9" * 6000],
    "nonNegativeInteger": ["-1", "-" + "9" * 50],
    "positiveInteger": ["0", "-0"],
    "nonPositiveInteger": ["1", "9" * 50],
    "negativeInteger": ["0", "-0"],
    "unsignedLong": ["18446744073709551616", "-1"],
    "unsignedInt": ["4294967296"],
    "unsignedShort": ["65536"],
    "unsignedByte": ["256"],
    "date": ["2022-11-31", "2023-02-29", "1900-02-29", "22-11-09", "2022-1-9", "02022-01-01", "2022-11-09T00:00:00"],
    "dateTime": ["2022-11-09", "2022-11-09T24:00:01", "2022-11-09T10:00", "2022-11-09T10:00:60", "2022-11-31T00:00:00"],
    "dateTimeStamp": ["2022-11-09T10:00:00"],
    "time": ["10:00", "24:00:01", "25:00:00", "10.00"],
    "gYear": ["22", "๒๐๒๒", "02022"],
    "gYearMonth": ["2022-13", "2022-1"],
    "gMonth": ["11", "--13", "--11--"],
    "gMonthDay": ["--02-30", "--04-31"],
    "gDay": ["---32", "31"],
    "duration": ["", "P", "PT", "P1YT", "1Y", "P1S", "P-1Y", "P1M2Y"],
    "yearMonthDuration": ["P1D", "P"],
    "dayTimeDuration": ["P1Y", "P1DT"],
}  # fmt: skip


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


def cases(table: dict[str, list[str]]) -> list[object]:
    return [
        pytest.param(text, datatype, id=f"{datatype}-{number}")
        for datatype, texts in table.items()
        for number, text in enumerate(texts)
    ]


def test_every_datatype_that_rdf_takes_from_xml_schema_is_known_and_has_its_cases() -> None:
    assert set(RIGHT) == set(GRAMMARS)
    assert set(WRONG) == set(GRAMMARS) - {"string"}
    assert len(GRAMMARS) == 39


@pytest.mark.parametrize(("text", "datatype"), cases(RIGHT))
def test_what_the_grammar_allows_is_taken(text: str, datatype: str) -> None:
    assert badly_written(literal(text, datatype)) is None


@pytest.mark.parametrize(("text", "datatype"), cases(WRONG))
def test_what_the_grammar_does_not_allow_is_found(text: str, datatype: str) -> None:
    assert str(badly_written(literal(text, datatype))).startswith("L01")


@pytest.mark.parametrize("datatype", ["Date", "datetime", "QName", "ID", "anyType", "", "integer1"])
def test_a_datatype_that_is_not_there_is_found(datatype: str) -> None:
    assert badly_written(literal("1", datatype)) == "L02"


def test_texts_in_a_language_and_datatypes_of_others_are_left_alone() -> None:
    assert badly_written(Literal("ก", language="th")) is None
    assert badly_written(Literal("ก", datatype=NamedNode("https://example.org/count"))) is None


@pytest.mark.parametrize(("text", "datatype"), LET_THROUGH)
def test_what_shacl_engines_let_through_is_found_at_its_place(
    text: str, datatype: str, published: Store, shapes: Shapes
) -> None:
    lines = [
        "@prefix ex: <https://example.org/terms#> .",
        "<https://example.org/thing> ex:name 'a' ;",
        f'  ex:count "{text}"^^<{XSD}{datatype}> .',
    ]
    report = check(read_submission("a.ttl", "\n".join(lines).encode()), published, shapes)
    (finding,) = report.findings
    assert finding.rule == "L01"
    assert finding.place
    assert (finding.place.line, finding.place.column) == (3, 12)
    assert set(finding.message) == {"th", "en"}


@settings(derandomize=True, max_examples=200)
@given(st.dates())
def test_every_day_of_the_calendar_is_one_and_no_other_is(day: date) -> None:
    assert badly_written(literal(day.isoformat(), "date")) is None
    after = monthrange(day.year, day.month)[1] + 1
    assert badly_written(literal(f"{day.isoformat()[:8]}{after}", "date")) == "L01-day"


@settings(derandomize=True, max_examples=200)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_decimal_number_is_one_when_it_is_written_without_exponent(number: Decimal) -> None:
    assert badly_written(literal(f"{number:f}", "decimal")) is None


@settings(derandomize=True, max_examples=200)
@given(
    st.integers(min_value=-(2**70), max_value=2**70),
    st.sampled_from(["long", "int", "byte", "unsignedShort"]),
)
def test_a_whole_number_is_taken_exactly_within_its_bounds(number: int, datatype: str) -> None:
    bounds = {
        "long": (-(2**63), 2**63),
        "int": (-(2**31), 2**31),
        "byte": (-128, 128),
        "unsignedShort": (0, 65536),
    }
    least, after = bounds[datatype]
    assert (badly_written(literal(str(number), datatype)) is None) == (least <= number < after)


@settings(derandomize=True, max_examples=300)
@given(st.text(), st.sampled_from(sorted(GRAMMARS)))
def test_any_text_gets_an_answer(text: str, datatype: str) -> None:
    assert badly_written(literal(text, datatype)) in (None, "L01", "L01-number", "L01-day", "L01-truth")


@pytest.mark.parametrize("datatype", sorted(GRAMMARS))
@pytest.mark.parametrize("letter", ["9", " ", "a", "P9Y", "A ", "-"])
def test_a_very_long_literal_is_answered_as_a_short_one_is(datatype: str, letter: str) -> None:
    """A pattern that tries the same letters in many ways would not come to an end here."""
    short, long = (badly_written(literal(letter * count + "!", datatype)) for count in (20, 200_000))
    assert short == long
