"""What Oxigraph says most often where no advice fits, in Thai."""

import re

_NAME = "เขียนชื่อที่มีคำนำหน้า หรือ IRI เต็มใน < >"
_XML_NAME = "ขึ้นต้นด้วยตัวอักษรหรือ _ และไม่มีช่องว่าง"
_SENTENCES = tuple(
    (re.compile(said, re.DOTALL), thai)
    for said, thai in (
        (r"(.+) is not allowed at the beginning of a prefix name", rf"ชื่อขึ้นต้นด้วย \1 ไม่ได้: {_NAME}"),
        (r"(.+) is not a valid predicate", rf"ตรงนี้ต้องเป็นคุณสมบัติ ไม่ใช่ \1: {_NAME}"),
        (r"(.+) is not a valid RDF object", rf"ตรงนี้ต้องเป็นค่า ไม่ใช่ \1: {_NAME} หรือข้อความในเครื่องหมายคำพูด"),
        (r"(.+) is not a valid RDF subject", rf"ตรงนี้ต้องเป็นชื่อของสิ่งที่กล่าวถึง ไม่ใช่ \1: {_NAME}"),
        (
            r"(.+) is not a valid subject or graph name",
            rf"ตรงนี้ต้องเป็นชื่อของสิ่งที่กล่าวถึงหรือชื่อกราฟ ไม่ใช่ \1: {_NAME}",
        ),
        (r"(.+) is not a valid graph name", rf"ตรงนี้ต้องเป็นชื่อกราฟ ไม่ใช่ \1: {_NAME}"),
        (r"A blank node ID cannot be empty", "หลัง _: ต้องมีชื่อติดกัน เช่น _:a"),
        (r"The BASE keyword should be followed by an IRI", "หลัง BASE ต้องเป็น IRI ใน < >"),
        (r"The GRAPH keyword should be followed .+", "หลัง GRAPH ต้องเป็นชื่อกราฟ แล้วตามด้วย { }"),
        (r"Anonymous blank node .+ graph name", f"ชื่อกราฟเป็น [ ] ไม่ได้: {_NAME}"),
        (r"Only a single triple or quad .+", "บรรทัดหนึ่งมีได้ประโยคเดียว: ขึ้นบรรทัดใหม่ก่อนตรงนี้"),
        (r"(?:A|The given language|If .+) subtag .+", "ป้ายภาษานี้ไม่ถูกต้อง: เขียนเช่น @th หรือ @en"),
        (r"escapes in IRIs should be .+", "% ในชื่อต้องตามด้วยเลขฐานสิบหกสองหลัก"),
        (r"The character that are allowed to be escaped .+", r"หลัง \\ ในชื่อต้องเป็นเครื่องหมาย เช่น \\, หรือ \\("),
        (r"A literal datatype must be an IRI", "หลัง ^^ ต้องเป็นชนิดข้อมูล เช่น xsd:date"),
        (r"Invalid IRI code point '(.+)'", r"ใน IRI มี \1 ไม่ได้"),
        (r"Invalid IRI percent encoding '(.+)'", r"\1: % ใน IRI ต้องตามด้วยเลขฐานสิบหกสองหลัก"),
        (r"Invalid port character '(.+)'", r"หลัง : ของชื่อเครื่องต้องเป็นเลขพอร์ต ไม่ใช่ \1"),
        (r"Invalid host .+", "ชื่อเครื่องใน IRI ไม่ถูกต้อง"),
        (r"Invalid property element tag name: .+[#/](.+)", r"ชื่อแท็กของคุณสมบัติเป็น rdf:\1 ตรงนี้ไม่ได้"),
        (r"(.+) is not a valid (rdf:ID|rdf:nodeID) value", rf"\2 เป็น \1 ไม่ได้: {_XML_NAME}"),
        (r".+[#/](.+) is not a valid attribute", r"ใช้ rdf:\1 เป็นแอตทริบิวต์ไม่ได้"),
        (r"Not both (\S+) and (\S+) could be set .+", r"แท็กหนึ่งมีทั้ง \1 และ \2 ไม่ได้: ลบออกหนึ่ง"),
        (r".*close tag `(.+)` does not match any open tag", r"แท็กปิด \1 ไม่มีแท็กเปิด: ลบออก"),
        (r"@list and @set must be the only keys .+", "ในวัตถุที่มี @list หรือ @set มีคีย์อื่นไม่ได้"),
        (r"@list must be the only key .+, (\S+) found", r"ในวัตถุที่มี @list มีคีย์อื่นไม่ได้: ลบ \1"),
        (r"Objects with @value cannot contain properties, (\S+) found", r"ในวัตถุที่มี @value มีคุณสมบัติไม่ได้: ลบ \1"),
        (r"Unsupported JSON-Ld keyword inside of a @value: (\S+)", r"ในวัตถุที่มี @value มี \1 ไม่ได้: ลบออก"),
        (r"@value and @id are incompatible", "วัตถุหนึ่งมีทั้ง @value และ @id ไม่ได้: ลบออกหนึ่ง"),
        (r"(\S+) value must be a string", r'ค่าของ \1 ต้องเป็นข้อความใน " "'),
        (r"(\S+) value must be a JSON object", r"ค่าของ \1 ต้องเป็นวัตถุใน { }"),
        (r"(\S+) value must be a boolean", r"ค่าของ \1 ต้องเป็น true หรือ false"),
        (r"(\S+) keyword can't be redefined in context", r"ใน @context ให้ความหมายใหม่แก่ \1 ไม่ได้"),
        (r"@reverse object value cannot contain any keyword, found (\S+)", r"ใน @reverse มี \1 ไม่ได้: ลบออก"),
        (r"@context must be the first key of an object", "@context ต้องเป็นคีย์แรกของวัตถุ"),
        (r"@included values must be node objects.+", "ค่าของ @included ต้องเป็นวัตถุใน { } ที่บอกถึงสิ่งหนึ่ง"),
        (r"(\S+) are not allowed inside of @included", "ค่าของ @included ต้องเป็นวัตถุใน { } ที่บอกถึงสิ่งหนึ่ง"),
    )
)


def in_thai(said: str) -> str:
    """A sentence of Oxigraph's in Thai, where one is known; else as it is."""
    for sentence, thai in _SENTENCES:
        if found := sentence.fullmatch(said):
            return found.expand(thai)
    return said
