"""What is wrong with RDF/XML that cannot be read, and what to do about it."""

import re

from mueang.check.flaw import Flaw
from mueang.check.slip.sentences import in_thai
from mueang.engine.malformed.stop import clipped
from mueang.graph.names import PREFIXES

_SLIPS = (
    ("&", "เครื่องหมาย & ใน XML เขียนว่า &amp;", "within XML & is written &amp;"),
    ("entity", "เครื่องหมาย & ใน XML เขียนว่า &amp;", "within XML & is written &amp;"),
    (
        "not closed",
        "แฟ้มจบก่อนที่แท็ก หมายเหตุ หรือเครื่องหมายคำพูดจะปิดครบ",
        "the file ends before every tag, comment or quotation mark is closed",
    ),
    (
        "Unexpected text",
        "ตรงนี้มีข้อความที่ไม่ได้อยู่ในแท็กของคุณสมบัติ",
        "there is text here that does not stand within the tag of a property",
    ),
    (
        "namespaces are required",
        "ชื่อแท็กต้องมีคำนำหน้าที่ประกาศด้วย xmlns และ < ในข้อความเขียนว่า &lt;",
        "a tag's name has a prefix that xmlns declares; and within a text < is written &lt;",
    ),
    (
        "parsing IRI",
        "IRI ในแท็กนี้ไม่ถูกต้อง (เช่น มีช่องว่าง)",
        "an IRI in this tag is not one: it holds a space, say",
    ),
    (
        "parsing attribute",
        'แอตทริบิวต์ในแท็กนี้ผิดรูปแบบ: เขียน ชื่อ="ค่า"',
        'an attribute of this tag is malformed: write name="value"',
    ),
    (
        "language tag",
        "ป้ายภาษาใน xml:lang ไม่ถูกต้อง: เขียนเช่น th หรือ en",
        "xml:lang takes a language tag: th or en",
    ),
)


def rdfxml_slip(last: int, error: SyntaxError) -> Flaw:
    """What to do about RDF/XML that Oxigraph could not read beyond some tag."""
    said = str(error.msg)
    if found := re.search(r"Unknown prefix (\S*?):", said):
        return Flaw(
            last,
            th=f"ไม่รู้จักคำนำหน้า {found[1]}: เพิ่ม {_declaration(found[1])} ในแท็กแรก",
            en=f"unknown prefix {found[1]}: add {_declaration(found[1])} to the first tag",
        )
    if found := re.search(r"expected `</(.*?)>`, but `</(.*?)>` was found", said):
        return Flaw(
            last,
            th=f"แท็ก <{found[1]}> ยังไม่ปิดก่อน </{found[2]}>: เติม </{found[1]}>",
            en=f"<{found[1]}> is not closed before </{found[2]}>: add </{found[1]}>",
        )
    for words, th, en in _SLIPS:
        if words in said:
            return Flaw(last, th=th, en=en)
    return Flaw(
        last,
        th=f"RDF/XML ผิดรูปแบบ: {clipped(in_thai(said), 150)}",
        en=f"malformed RDF/XML: {clipped(said, 150)}",
    )


def _declaration(prefix: str) -> str:
    return f'xmlns:{prefix}="{PREFIXES.get(prefix, "https://…")}"'
