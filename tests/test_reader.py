"""Submissions in every syntax, and the many things that are not one."""

import re
from itertools import product

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from mueang.check.place import Place
from mueang.check.reader import SYNTAXES, read_submission, submission_graph
from mueang.check.sheets.intake import read_tables
from mueang.check.slip.sentences import in_thai
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


def test_a_file_called_by_a_number_is_not_the_graph_of_that_submission() -> None:
    assert submission_graph("17.ttl").value.endswith("/submission/file-17")


P = "@prefix : <https://e.org/> .\n"
XML = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="https://e.org/">
<rdf:Description rdf:about="https://e.org/a">
%s
</rdf:Description></rdf:RDF>
"""

# Each row: a text, the line and the column it is told, and how the words begin in English and in Thai.
TURTLE_SLIPS = [
    (':a :b "x .\n:c :d "y" .', 2, 7, 'the text that " opens here is not closed on its line', 'ข้อความที่เปิดด้วย " ตรงนี้ยังไม่ปิดในบรรทัด'),
    (':a :b "x .', 2, 7, 'the text that " opens here is not closed', 'ข้อความที่เปิดด้วย " ตรงนี้ยังไม่ปิด'),
    (':a :b """เมือง" .\n', 2, 7, 'the text that """ opens here is not closed', 'ข้อความที่เปิดด้วย """ ตรงนี้ยังไม่ปิด'),
    (":a :b <https://e.org/c .\n:d :e :f .", 2, 7, "the IRI that begins here is not closed", "IRI ที่เริ่มตรงนี้ไม่มี >"),
    (':a :b "ก" # ข\n:c :d 1 .', 2, 10, "a . is missing before :c", "ขาด . ก่อน :c"),
    (':a :b "x"\n  :c 1 .', 2, 10, "a ; or . is missing before :c", "ขาด ; หรือ . ก่อน :c"),
    (":a :b 1 :c 2 .", 2, 9, "a ; or . is missing before :c", "ขาด ; หรือ . ก่อน :c"),
    (':a :b "x"', 2, 10, "a . is missing at the end", "ขาด . ปิดท้าย"),
    (':a :b "x" ;\n# end\n', 2, 11, "the file ends with ;: write . in its place", "แฟ้มจบด้วย ;"),
    (":a :b", 2, 6, "the file ends within a statement", "แฟ้มจบก่อนที่ประโยคจะครบ"),
    (":a :b 1 . .", 2, 11, "there is a . too many", "มี . เกินมา"),
    (":a :b ; :c 1 .", 2, 7, "a value is missing before ;", "ก่อน ; ยังขาดค่า"),
    (":a, :b 1 .", 2, 3, "a property and a value are missing before ,", "ก่อน , ยังขาดคุณสมบัติและค่า"),
    (':a :b "x" "y" .', 2, 11, "between two values stands a comma", "ระหว่างค่าต้องมี ,"),
    (':a "b" 1 .', 2, 4, 'a property is expected here, not "b"', "ตรงนี้ต้องเป็นคุณสมบัติ"),
    ('"a" :b 1 .', 2, 1, 'the name of a thing is expected here, not "a"', "ตรงนี้ต้องเป็นชื่อของสิ่งที่กล่าวถึง"),
    (":a :b [ :c 1 .", 2, 14, "a closing ] is missing", "ขาด ]"),
    (":a :b 1 ] .", 2, 9, "there is a ] too many", "มี ] เกินมา"),
    (":g { :a :b :c }", 2, 4, "Turtle has no { }", "ในแฟ้ม Turtle ไม่มี { }"),
    (":a tsc:b 1 .", 2, 4, "unknown prefix tsc: add this line at the beginning: @prefix tsc: <https://w3id.org/mueang/def#> .", "ไม่รู้จักคำนำหน้า tsc: เพิ่มบรรทัดนี้ต้นแฟ้ม: @prefix tsc:"),
    (":a skod:b 1 .", 2, 4, "unknown prefix skod: did you mean skos:", "ไม่รู้จักคำนำหน้า skod: หมายถึง skos:"),
    ("@prefix mine: <a:> .\n:a mien:b 1 .", 3, 4, "unknown prefix mien: did you mean mine:?", "ไม่รู้จักคำนำหน้า mien: หมายถึง mine: หรือไม่"),
    (":a zzzzzz:b 1 .", 2, 4, "unknown prefix zzzzzz: add this line at the beginning: @prefix zzzzzz: <https://…> .", "ไม่รู้จักคำนำหน้า zzzzzz:"),
    (":a :b https://e.org/c .", 2, 7, "an IRI stands between < and >: write <https://e.org/c>", "IRI ต้องอยู่ระหว่าง < และ >"),
    (":a :b <https://e.org/a b> .", 2, 7, "an IRI between < and > holds no space", "ภายใน < > ต้องไม่มีช่องว่าง"),
    (":a :b <https://e.org/%zz> .", 2, 7, "<https://e.org/%zz> is no IRI", "<https://e.org/%zz> ไม่ใช่ IRI"),
    (":a :b :c/d .", 2, 9, "a short name holds no /", "ชื่อย่อมี / ไม่ได้"),
    ("@prefix x <a:> .", 2, 9, "@prefix takes a prefix that ends in a colon", "หลัง @prefix เป็นคำนำหน้าที่ลงท้ายด้วย :"),
    ("@prefix x: <a:>\nx:a :b :c .", 2, 16, "the . at the end of @prefix is missing", "ขาด . ท้าย @prefix"),
    ("@Prefix x: <a:> .", 2, 1, "write @prefix in lower case", "เขียน @prefix ด้วยตัวพิมพ์เล็ก"),
    ("PREFIX x: <a:> .", 2, 16, "PREFIX without @ has no . at its end", "PREFIX ที่ไม่มี @ ไม่มี ."),
    (':a :b "it"s" .', 2, 11, 'the text ends before s": within a text " is written \\"', 'ข้อความจบแล้วก่อน s"'),
    (":a :b “x” .", 2, 7, 'write " in place of “', 'ใช้ " แทน “'),
    (':a\u00a0:b "x" .', 2, 3, "an invisible character (U+00A0)", "มีอักขระที่มองไม่เห็น (U+00A0)"),
    ("// comment", 2, 1, "a comment begins with #", "หมายเหตุขึ้นต้นด้วย #"),
    (":a :b 2022-11-09 .", 2, 7, 'a date is written "2022-11-09"^^xsd:date', 'วันที่เขียนว่า "2022-11-09"^^xsd:date'),
    (":a :b 09/11/2565 .", 2, 7, 'a date is written "2022-11-09"^^xsd:date', 'วันที่เขียนว่า "2022-11-09"^^xsd:date'),
    (":a :b ๑๕๐๐ .", 2, 7, "a number has Arabic digits: 1500", "ตัวเลขใช้เลขอารบิก: 1500"),
    (":a :b 1.5.2 .", 2, 10, "there is a point too many in this number", "ตัวเลขนี้มีจุดเกิน"),
    (":a :b 1e .", 2, 7, "this is no number", "ตัวเลขเขียนแบบนี้ไม่ได้"),
    (r':a :b "\d" .', 2, 8, r"a text holds no \d: a backslash is written \\", r"ในข้อความไม่มี \d"),
    (r':a :b "x\u12" .', 2, 9, r"\u takes the hexadecimal number of a character", r"\u ต้องตามด้วยรหัสฐานสิบหก"),
    (':a :b "x"@ th .', 2, 11, "a language tag follows @ at once", "หลัง @ ต้องเป็นป้ายภาษา"),
    (':a :b "x"@th_TH .', 2, 13, "a language tag has - and not _: write @th-TH", "ป้ายภาษาใช้ - ไม่ใช้ _"),
    (':a :b "x"th .', 2, 10, "a language tag begins with @: @th", "ก่อนป้ายภาษาต้องมี @"),
    (':a :b "1"^xsd:int .', 2, 10, "before a datatype stands ^^", "ก่อนชนิดข้อมูลต้องเป็น ^^"),
    (':a :b "1"^^ .', 2, 13, "after ^^ a datatype is expected", "หลัง ^^ ต้องเป็นชนิดข้อมูล"),
    (":a :b เมือง .", 2, 7, 'text stands in quotes: write "เมือง"@th', 'ข้อความต้องอยู่ในเครื่องหมายคำพูด: เขียน "เมือง"@th'),
    (":a :b True .", 2, 7, "write true in lower case", "เขียน true ด้วยตัวพิมพ์เล็ก"),
    (":a name :c .", 2, 4, "name is no name: a name has a prefix", "name ไม่ใช่ชื่อ"),
    (":a :b ?x .", 2, 7, "data has no variables", "ในข้อมูลไม่มีตัวแปร"),
    (":a :b << :a :b :c >> .", 2, 7, "<< belongs to RDF 1.2", "<< เป็นของ RDF 1.2"),
    (':a :b "x"@th--ltr .', 2, 13, "-- belongs to RDF 1.2", "-- เป็นของ RDF 1.2"),
]  # fmt: skip
OTHER_SLIPS = [
    ("a.ttl", '<?xml version="1.0"?>', 1, 1, "this file is RDF/XML: give it a name that ends in .rdf", "แฟ้มนี้เป็น RDF/XML"),
    ("a.ttl", '{"@id": "a"}', 1, 1, "this file is JSON-LD", "แฟ้มนี้เป็น JSON-LD"),
    ("a.ttl", "รหัส,ชื่อ,วันที่\n1,2,3\n", 1, 1, "this looks like a table", "แฟ้มนี้ดูเป็นตาราง"),
    ("a.nt", "<a:a> <a:b> x:c .", 1, 13, "N-Triples has no prefixes, bare numbers or a (x:c)", "N-Triples ไม่มีคำนำหน้า"),
    ("a.nt", '<a:a> <a:b>\n"d" .', 2, 1, "in N-Triples a statement stands on one line", "ใน N-Triples ประโยคหนึ่งอยู่ในบรรทัดเดียว"),
    ("a.nt", "<a> <a:b> <a:c> .", 1, 1, "an IRI is written in full here", "IRI ต้องเขียนเต็ม"),
    ("a.nq", '<a:a> <a:b> "c" <a:g>', 1, 22, "a . is missing at the end", "ขาด . ปิดท้าย"),
    ("a.rdf", XML % "<x:p>a</x:q>", 3, 7, "<x:p> is not closed before </x:q>", "แท็ก <x:p> ยังไม่ปิดก่อน </x:q>"),
    ("a.rdf", XML % "<tsc:p>a</tsc:p>", 3, 1, 'unknown prefix tsc: add xmlns:tsc="https://w3id.org/mueang/def#"', "ไม่รู้จักคำนำหน้า tsc:"),
    ("a.rdf", XML % "<x:p>a & b</x:p>", 3, 11, "within XML & is written &amp;", "เครื่องหมาย & ใน XML เขียนว่า &amp;"),
    ("a.rdf", XML % "เมือง", 4, 1, "there is text here that does not stand within the tag of a property", "ตรงนี้มีข้อความ"),
    ("a.rdf", XML.rstrip()[:-1] % "", 4, 19, "the file ends before every tag", "แฟ้มจบก่อนที่แท็ก"),
    ("a.rdf", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{XML % "&e;"}', 1, 1, "XML with a <!DOCTYPE is not read", "ไม่อ่าน XML ที่มี <!DOCTYPE"),
    ("a.rdf", "<a>" * 100_000, 1, 301, "the XML is nested too deeply", "XML ซ้อนกันลึกเกิน"),
    ("a.rdf", "<a " + "x:b='c' " * 100_000 + "/>", 1, 1, "this tag is longer than", "แท็กนี้ยาวเกิน"),
    ("a.jsonld", '{"@id": "a:a",\n "a:b" "c"}', 2, 8, ': is missing before "c"}', "ขาด : ก่อน"),
    ("a.jsonld", '{"@id": "a:a"\n "a:b": 1}', 1, 14, ', is missing before "a:b": 1}', "ขาด , ก่อน"),
    ("a.jsonld", '{"@id": "a:a",}', 1, 14, "there is a comma too many before }", "มี , เกินก่อน }"),
    ("a.jsonld", '{"@id": "a:a"', 1, 14, "the file ends too early: a closing } is missing", "แฟ้มจบเร็วไป: ขาด }"),
    ("a.jsonld", '{"@id": "a:a}', 1, 9, 'the text that " opens here is not closed', 'ข้อความที่เปิดด้วย "'),
    ("a.jsonld", "{'@id': 'a:a'}", 1, 2, "JSON has \" in place of '", "ใช้ \" แทน '"),
    ("a.jsonld", '{"a:b": เมือง}', 1, 9, 'text stands in quotes: write "เมือง"', "ข้อความต้องอยู่ในเครื่องหมายคำพูด"),
    ("a.jsonld", '{"a:b": 01}', 1, 10, "this is no number", "ตัวเลขเขียนแบบนี้ไม่ได้"),
    ("a.jsonld", '{"a:b": NaN}', 1, 9, "NaN is no value of JSON", "NaN ไม่ใช่ค่าของ JSON"),
    ("a.jsonld", '{"a:b": True}', 1, 9, "write true in lower case", "เขียน true ด้วยตัวพิมพ์เล็ก"),
    ("a.jsonld", '{} // end', 1, 4, "the JSON is complete before this", "JSON จบแล้วก่อนตรงนี้"),
    ("a.jsonld", "# head\n{}", 1, 1, "JSON has no comments", "JSON ไม่มีหมายเหตุ"),
    ("a.jsonld", '{"a:b": "\\d"}', 1, 10, "within a text \\ is followed by", "หลัง \\ ในข้อความของ JSON"),
    ("a.jsonld", '{"a:b": 1, "a:b": 2}', 1, 12, 'the key "a:b" is there twice', 'มีคีย์ "a:b" ซ้ำ'),
    ("a.jsonld", '{"@context": "http://127.0.0.1:9/c", "@id": "a:a", "name": "x"}', 1, 14, "no @context or @import is fetched from elsewhere", "ไม่อ่าน @context หรือ @import จากที่อื่น"),
    ("a.jsonld", '{"@context": [{}, "file:///etc/passwd"], "@id": "a:a"}', 1, 19, "no @context or @import is fetched", "ไม่อ่าน @context"),
    ("a.jsonld", '{"@context": {"@import": "http://127.0.0.1:9/c"}, "@id": "a:a"}', 1, 26, "no @context or @import is fetched", "ไม่อ่าน @context"),
    ("a.jsonld", '{"@id": "a:a", "name": "x"}', 1, 16, 'the key "name" means nothing', 'คีย์ "name" ไม่มีความหมาย'),
    ("a.jsonld", '{"@id": "a b:", "a:b": "x"}', 1, 9, "a b: is no IRI", "a b: ไม่ใช่ IRI"),
    ("a.jsonld", '{"@id": 5, "a:b": 1}', 1, 9, "this cannot be the value of @id", "ค่าของ @id เป็นแบบนี้ไม่ได้"),
    ("a.jsonld", "[" * 100_000, 1, 101, "the JSON is nested too deeply", "JSON ซ้อนกันลึกเกิน"),
    ("a.jsonld", '{"a:b":' * 50_000 + "1" + "}" * 50_000, 1, 701, "the JSON is nested too deeply", "JSON ซ้อนกันลึกเกิน"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "en", "th"),
    [*(("a.ttl", P + text, *told) for text, *told in TURTLE_SLIPS), *OTHER_SLIPS],
    ids=range(len(TURTLE_SLIPS) + len(OTHER_SLIPS)),
)
def test_a_slip_is_told_where_it_is_and_what_to_do(
    name: str, text: str, line: int, column: int, en: str, th: str
) -> None:
    with pytest.raises(MalformedData) as raised:
        read_submission(name, text.encode())
    told = raised.value
    assert (told.line, told.column) == (line, column)
    assert told.en.startswith(f"{name}, line {line}, column {column}: {en}")
    assert told.th.startswith(f"{name} บรรทัด {line} ตำแหน่ง {column}: {th}")
    assert told.en.splitlines()[-1].strip() == "^"
    assert len(told.en) < 600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ttl", b"", "no statement"),
        ("a.ttl", b"# only a comment\n", "no statement"),
        ("a.jsonld", b"[]", "no statement"),
        ("a.ttl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "line 1: byte 0x89 is not UTF-8"),
        ("a.ttl", b"<a:a> <a:b> \n 'x\xe0\xb8'", "line 2: byte 0xE0 is not UTF-8"),
        ("a.ttl", b"<a:a> <a:b> 'caf\xe9' .", "byte 0xE9 is not UTF-8"),
        ("a.ttl", "<a:a> <a:b> 'เมืองอัจฉริยะ' .".encode().replace(b"\xb9", b"\xff", 1), "byte 0xE0 is not UTF-8"),
        ("a.ttl", b"\xff\xfe<\0a\0\x00", "is not UTF-16"),
        ("a.ttl", "<a:a> <a:b> 1 .".encode("utf-16-le"), "line 1, column 2: control character U+0000"),
        ("a.ttl", b"<a:a> <a:b> '\x00' .", "line 1, column 14: control character U+0000"),
        ("a.ttl", b"[" * 1_000_000, "line 1, column 2"),
        ("a.ttl", b"<a:a> <a:b> " + b"(" * 100_000, "the file ends within a statement"),
        ("a.ttl", b"#" * 17_000_000, "longer than 16 MB"),
        ("a.nt", b'<a:a> <a:b> "' + b"x" * 17_000_000, "longer than 16 MB"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_submission_is_told_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(MalformedData) as raised:
        read_submission(name, content)
    assert words in raised.value.en
    assert raised.value.th.startswith(name)
    assert len(raised.value.en) < 500


ENCODED = "<a:a> <a:b> 'เมืองอัจฉริยะ แม่เมาะ เก่งน้ำ ๒๕๖๕' ."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp874", "tis-620"])
def test_thai_is_read_in_every_encoding_it_is_written_in(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    content = mark + ENCODED.encode(encoding)
    submission = read_submission("a.ttl", content)
    assert submission.text == ENCODED
    assert submission.quads[0].object.value == ENCODED.split("'")[1]
    assert submission.encoding.mark + submission.text.encode(submission.encoding.codec) == content


def test_xml_may_name_its_encoding() -> None:
    text = '<?xml version="1.0" encoding="TIS-620"?>\n' + XML % "<x:p>เมือง</x:p>"
    submission = read_submission("a.rdf", text.encode("tis-620"))
    assert submission.quads[0].object.value == "เมือง"
    assert submission.place_of("<https://e.org/a>", "<https://e.org/p>", '"เมือง"') == Place(4, 6)


def test_what_json_ld_names_by_its_context_is_read_and_nothing_is_lost() -> None:
    text = '{"@context": {"@vocab": "https://e.org/", "id": "@id", "at": "@index"}, "id": "a", "b": 1, "at": "x"}'
    (quad,) = read_submission("a.jsonld", text.encode()).quads
    assert str(quad.predicate) == "<https://e.org/b>"


@pytest.mark.parametrize("name", ["a.docx", "a.png", "a.TTL.zip", "a.txt", "a.pdf"])
def test_an_unknown_ending_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownFormat) as raised:
        read_submission(name, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3")
    known = ".ttl .trig .nt .nq .rdf .jsonld .csv .tsv .xlsx"
    assert f"({known} are)" in raised.value.en
    assert f"(รับ {known})" in raised.value.th


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
ODS = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK\x03\x04"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *product(["a.xls", "a.ods", "a.ttl", "a.csv", "a"], [OLE, ODS]),
        *product(["a.xls", "a.ods", "a.XLSM", "a.xlsb"], [b"<table><tr><td>1", b"a\tb", b"PK\x03\x04"]),
    ],
    ids=range(22),
)
def test_a_spreadsheet_that_is_not_read_is_to_be_saved_as_one_that_is(name: str, content: bytes) -> None:
    with pytest.raises(UnknownFormat) as raised:
        read_tables(name, content) if name == "a.csv" else read_submission(name, content)
    assert raised.value.en.endswith("open it in Excel or LibreOffice and save it as .xlsx")
    assert raised.value.th.endswith("เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx")


def test_a_workbook_under_the_name_of_a_text_is_to_be_named_as_one() -> None:
    with pytest.raises(UnknownFormat, match=r"a workbook inside, not \.ttl: name it \.xlsx"):
        read_submission("a.ttl", b"PK\x03\x04" + bytes(200))


# Each row: a text that only Oxigraph knows to be wrong, and how that is said in Thai.
SENTENCES = [
    ("a.ttl", "<a:a> <a:b> [[[[", "ตรงนี้ต้องเป็นคุณสมบัติ ไม่ใช่ [: เขียนชื่อ"),
    ("a.ttl", "<a:a> <a:b> <a:c> . \\", "ชื่อขึ้นต้นด้วย '\\' ไม่ได้"),
    ("a.ttl", "<a:a> <a:b> !", "ตรงนี้ต้องเป็นค่า ไม่ใช่ !"),
    ("a.trig", "<a:a> <a:b> <a:c> . | <a:b> <a:c> .", "ตรงนี้ต้องเป็นชื่อของสิ่งที่กล่าวถึงหรือชื่อกราฟ ไม่ใช่ |"),
    ("a.trig", 'GRAPH "x"@th', 'ตรงนี้ต้องเป็นชื่อกราฟ ไม่ใช่ "x"'),
    ("a.ttl", "_: <a:b> <a:c> .", "หลัง _: ต้องมีชื่อติดกัน"),
    ("a.ttl", "BASE ;", "หลัง BASE ต้องเป็น IRI"),
    ("a.nt", "<a:a> <a:b> <a:c> . <a:d> <a:b> <a:c> .", "บรรทัดหนึ่งมีได้ประโยคเดียว"),
    ("a.ttl", "<http://e.org/%zz> <a:b> <a:c> .", "% ใน IRI ต้องตามด้วยเลขฐานสิบหกสองหลัก"),
    ("a.ttl", "<http://e.org/a{b> <a:b> <a:c> .", "ใน IRI มี { ไม่ได้"),
    ("a.rdf", XML % '<rdf:Description rdf:ID="a"/>', "ชื่อแท็กของคุณสมบัติเป็น rdf:Description ตรงนี้ไม่ได้"),
    ("a.rdf", XML % '<x:b rdf:nodeID="1 2"/>', "rdf:nodeID เป็น 1 2 ไม่ได้"),
    ("a.jsonld", '{"https://e.org/p": {"@value": 1, "https://e.org/q": 2}}', "ในวัตถุที่มี @value มีคุณสมบัติไม่ได้"),
    ("a.jsonld", '{"https://e.org/p": {"@list": [1], "@id": "https://e.org/q"}}', "มีคีย์อื่นไม่ได้"),
    ("a.jsonld", '{"@reverse": 1, "https://e.org/p": 1}', "ค่าของ @reverse ต้องเป็นวัตถุ"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "thai"), SENTENCES, ids=range(len(SENTENCES)))
def test_what_only_the_parser_explains_is_explained_in_thai_too(name: str, text: str, thai: str) -> None:
    with pytest.raises(MalformedData) as raised:
        read_submission(name, text.encode())
    said = raised.value.th.splitlines()[0]
    assert thai in said
    assert not re.search(r"[a-z]{3,} (?:is|not|be|must|a|the|should)\b", said)


def test_a_sentence_that_nobody_translated_stays_as_it_is() -> None:
    assert in_thai("Something new is amiss") == "Something new is amiss"
