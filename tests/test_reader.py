"""Submissions in every syntax, and the many things that are not one."""

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from mueang.check.reader import SYNTAXES, read_submission
from mueang.errors import MalformedData, UnknownFormat

TURTLE = '<https://e.org/a> <https://e.org/b> "ค่า"@th .'


def in_syntax(syntax: RdfFormat) -> bytes:
    return serialize(parse(TURTLE, format=RdfFormat.TURTLE), format=syntax) or b""


@pytest.mark.parametrize(("ending", "syntax"), SYNTAXES.items())
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_the_same_statements_come_from_every_syntax(ending: str, syntax: RdfFormat, bom: bytes) -> None:
    submission = read_submission(f"a{ending}", bom + in_syntax(syntax))
    assert [(str(quad.subject), str(quad.object)) for quad in submission.quads] == [
        ("<https://e.org/a>", '"ค่า"@th')
    ]
    assert submission.quads[0].graph_name.value == "https://w3id.org/mueang/graph/submission/a"


@pytest.mark.parametrize(
    "syntax", [RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES]
)
def test_standard_input_tells_its_syntax_by_its_text(syntax: RdfFormat) -> None:
    assert len(read_submission("-", in_syntax(syntax)).quads) == 1


def test_a_named_graph_of_the_file_is_kept() -> None:
    submission = read_submission("a.trig", b"<https://e.org/g> { <a:a> <a:b> <a:c> }")
    assert submission.quads[0].graph_name.value == "https://e.org/g"


def test_a_thai_file_name_gives_an_ascii_graph() -> None:
    submission = read_submission("ข้อมูล ใหม่.ttl", TURTLE.encode())
    assert submission.quads[0].graph_name.value == "https://w3id.org/mueang/graph/submission/unnamed"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ttl", b"", "no statement"),
        ("a.ttl", b"# only a comment\n", "no statement"),
        ("a.ttl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "line 1: byte 0x89 is not UTF-8"),
        ("a.ttl", b"<a:a> <a:b> \n 'x\xe0\xb8'", "line 2: byte 0xE0 is not UTF-8"),
        ("a.ttl", "เมือง".encode("cp874"), "is not UTF-8"),
        ("a.ttl", b"[" * 1_000_000, "malformed"),
        ("a.ttl", b"<a:a> <a:b> " + b"(" * 100_000, "malformed"),
        ("a.ttl", b"<a:a> <a:b> <a:c> .\n<a:a> <a:b> nonsense .", "line 2"),
        ("a.nt", b"<a:a> <a:b> .", "line 1"),
        ("a.rdf", b"<rdf:RDF", "malformed"),
        ("a.rdf", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "malformed"),
        ("a.jsonld", b'{"@id": "a:a",\n "a:b" "c"}', "line 2, column 8"),
        ("a.jsonld", b"[" * 100_000, "nested too deeply"),
        ("a.jsonld", b'{"a:b":' * 50_000 + b"1" + b"}" * 50_000, "nested too deeply"),
        ("a.jsonld", b'{"@context": "http://127.0.0.1:9/c", "@id": "a:a", "name": "x"}', "malformed"),
    ],
)
def test_what_is_no_submission_is_told_where_and_what(name: str, content: bytes, words: str) -> None:
    with pytest.raises(MalformedData) as raised:
        read_submission(name, content)
    assert words in raised.value.en
    assert raised.value.th.startswith(name)
    assert len(raised.value.en) < 500


@pytest.mark.parametrize("name", ["a.docx", "a.png", "a.TTL.zip"])
def test_an_unknown_ending_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownFormat, match=r"\.ttl"):
        read_submission(name, b"")
