"""What a broken query is told: the place, the line with a caret, and words in both languages that say what to do."""

import random
import time
from collections.abc import Iterator
from itertools import chain

import pytest
from pyoxigraph import Store

from mueang.engine.evaluation import evaluate
from mueang.engine.formats import GRAPHS, ROWS
from mueang.engine.malformed import malformed
from mueang.engine.malformed.grammar import FUNCTIONS, KEYWORDS
from mueang.engine.malformed.lexer import Token, token_at
from mueang.engine.malformed.names import first_flaw
from mueang.engine.malformed.parser import grammar_tables, read
from mueang.engine.malformed.place import shown
from mueang.engine.malformed.scope import misuse
from mueang.engine.malformed.vocabulary import possible_words
from mueang.engine.query import Query
from mueang.errors import MalformedQuery
from mueang.files import files_below

STORE = Store()
QUESTIONS = sorted(files_below("queries", "*.rq"))
A_MEGABYTE = 1_000_000

# Each row: a query, the line and the column it is told, and how the words begin in English and in Thai.
BRACKETS_AND_QUOTES = [
    ("SELECT * {\n  ?s ?p ?o", 2, 11, "a closing } is missing: the { at line 1 is not closed", "ขาด } ปิดท้าย: { ที่บรรทัด 1 ยังไม่ปิด"),
    ("SELECT * {\n  ?s ?p ?o\n\n", 2, 11, "a closing } is missing: the { at line 1 is not closed", "ขาด } ปิดท้าย: { ที่บรรทัด 1 ยังไม่ปิด"),
    ("SELECT ?s WHERE { { ?s ?p ?o }", 1, 31, "a closing } is missing: the { at column 17 is not closed", "ขาด } ปิดท้าย: { ที่ตำแหน่ง 17 ยังไม่ปิด"),
    ("SELECT * { ?s ?p ?o FILTER(STRLEN(?o", 1, 37, "a closing ) is missing: the ( at column 34 is not closed (3 brackets are open: ) ) })", "ขาด ) ปิดท้าย: ( ที่ตำแหน่ง 34 ยังไม่ปิด (ต้องปิดทั้งหมด 3"),
    ("SELECT * {\n  ?s ?p ?o } }", 2, 14, "there is a } too many: no { is open here", "มี } เกินมา: ไม่มี { ที่เปิดอยู่ตรงนี้"),
    ("SELECT * {\n  ?s ?p ?o\n\n}}", 4, 2, "there is a } too many: no { is open here", "มี } เกินมา: ไม่มี { ที่เปิดอยู่ตรงนี้"),
    ("SELECT * { ?s ?p ?o ) }", 1, 21, "there is a ) too many: no ( is open here", "มี ) เกินมา: ไม่มี ( ที่เปิดอยู่ตรงนี้"),
    ("SELECT * { ?s ?p ?o ] }", 1, 21, "there is a ] too many: no [ is open here", "มี ] เกินมา: ไม่มี [ ที่เปิดอยู่ตรงนี้"),
    ("SELECT * { ?s ?p ?o FILTER(?o = 1 }", 1, 35, "a closing ) is missing before }: the ( at column 27 is not closed", "ขาด ) ก่อน }: ( ที่ตำแหน่ง 27 ยังไม่ปิด"),
    ('SELECT * { ?s ?p "} # {" . FILTER(1 = 1 }', 1, 41, "a closing ) is missing before }: the ( at column 34 is not closed", "ขาด ) ก่อน }: ( ที่ตำแหน่ง 34 ยังไม่ปิด"),
    ("SELECT * { ?s ?p [ a ?x }", 1, 25, "a closing ] is missing before }: the [ at column 18 is not closed", "ขาด ] ก่อน }: [ ที่ตำแหน่ง 18 ยังไม่ปิด"),
    ("SELECT * { ?s ?p ( 1 2 }", 1, 24, "a closing ) is missing before }: the ( at column 18 is not closed", "ขาด ) ก่อน }: ( ที่ตำแหน่ง 18 ยังไม่ปิด"),
    ("SELECT * { ?s ?p ?o # all }", 1, 27, "a closing } is missing: the one here is part of a comment, as # hides the rest of its line", "ขาด }: ตัวที่อยู่ตรงนี้เป็นหมายเหตุ เพราะ #"),
    ("SELECT * { ?s ?p ?o\n  FILTER(?o = 1 # one )\n}", 2, 23, "a closing ) is missing: the one here is part of a comment, as # hides the rest of its line", "ขาด ): ตัวที่อยู่ตรงนี้เป็นหมายเหตุ เพราะ #"),
    ("SELECT * { ?s ?p <http://a.b/c . ?x a ?y }", 1, 18, "the IRI that begins here is not closed: a > is missing", "IRI ที่เริ่มตรงนี้ไม่มี > ปิดท้าย"),
    ('SELECT * { ?s ?p "abc }', 1, 18, 'the text that " opens here is not closed on its line: a closing " is missing (a text of', 'ข้อความที่เปิดด้วย " ตรงนี้ยังไม่ปิดในบรรทัดเดียวกัน:'),
    ("SELECT * { ?s ?p 'abc\n  def' }", 1, 18, "the text that ' opens here is not closed on its line: a closing ' is missing (a text of", "ข้อความที่เปิดด้วย ' ตรงนี้ยังไม่ปิดในบรรทัดเดียวกัน:"),
    ('SELECT * {\n  ?s ?p """abc . ?x ?y ?z\n}', 2, 9, 'the text that """ opens here is not closed: a closing """ is missing', 'ข้อความที่เปิดด้วย """ ตรงนี้ยังไม่ปิด: ต้องมี """ ต่อท้าย'),
    ('SELECT * { ?s ?p "C:\\temp\\" }', 1, 18, 'the text that " opens here is not closed, since \\" is part of the text: write \\\\ for a', 'ข้อความที่เปิดด้วย " ตรงนี้ยังไม่ปิด เพราะ \\"'),
    ("SELECT * { ?s ?p 'it's' }", 1, 22, "the text ends before s: within a text ' is written \\'", "ข้อความจบแล้วก่อน s: เครื่องหมาย ' ภายในข้อความเขียนว่า \\'"),
    ('SELECT * {\n  ?s rdfs:label ?l FILTER(LANG(?l) = "th"\n  ?s a ?t }', 2, 42, "before ?s an operator or a closing ) is expected: the ( at column 26 is not closed", "ก่อน ?s ต้องเป็นตัวดำเนินการ หรือวงเล็บปิด ): ( ที่ตำแหน่ง"),
    ("SELECT (COUNT(?x AS ?n) { ?x a ?y }", 1, 18, "before AS an operator or a closing ) is expected: the ( at column 14 is not closed", "ก่อน AS ต้องเป็นตัวดำเนินการ หรือวงเล็บปิด ): ( ที่ตำแหน่ง"),
    ("SELECT * { ?s ?p ?o FILTER() }", 1, 27, "something is missing between ( and )", "ระหว่าง ( กับ ) ยังว่างอยู่: ต้องมีเนื้อหา"),
]  # fmt: skip
NAMES = [
    ("SELECT * {\n  ?s dct:title ?o }", 2, 6, "unknown prefix dct: (did you mean dcterms: <http://purl.org/dc/terms/>?)", "ไม่รู้จักคำนำหน้า dct: หมายถึง dcterms:"),
    ("SELECT * {\n  ?s zzzzz:title ?o }", 2, 6, "unknown prefix zzzzz: declare it at the beginning with PREFIX zzzzz: <https://…>", "ไม่รู้จักคำนำหน้า zzzzz: ประกาศไว้ต้นคำถามด้วย PREFIX"),
    ("SELECT * { ?s tcs:name ?o }", 1, 15, "unknown prefix tcs: (did you mean tsc: <https://w3id.org/mueang/def#>?)", "ไม่รู้จักคำนำหน้า tcs: หมายถึง tsc:"),
    ("PREFIX mine: <http://x/> SELECT * { ?s mien:name ?o }", 1, 40, "unknown prefix mien: (did you mean mine: <http://x/>?)", "ไม่รู้จักคำนำหน้า mien: หมายถึง mine: <http://x/> หรือไม่"),
    ("SELECT * { ?s Tsc:name ?o }", 1, 15, "unknown prefix Tsc: (did you mean tsc: <https://w3id.org/mueang/def#>? Upper and lower", "ไม่รู้จักคำนำหน้า Tsc: หมายถึง tsc:"),
    ("SELECT * { ?s ?p http://example.org/เมือง }", 1, 18, "an IRI stands between < and >: write <http://example.org/เมือง>", "IRI ต้องอยู่ระหว่าง < และ >: เขียน"),
    ("SELECT * { ?s ?p <http://example.org/a b> }", 1, 18, "an IRI between < and > holds no space: write %20", "ภายใน < > ต้องไม่มีช่องว่าง: เขียน %20 แทน"),
    ('SELECT * { ?s ?p <http://example.org/a"b> }', 1, 18, 'an IRI between < and > holds no ": write %22', 'ภายใน < > ต้องไม่มี ": เขียน %22 แทน'),
    ("SELECT * { ?s ?p <http://example.org/%zz> }", 1, 18, "<http://example.org/%zz> is no IRI", "<http://example.org/%zz> ไม่ใช่ IRI ที่ถูกต้อง"),
    ("SELECT * { ?s ?p tsc:a.b.c }", 1, 18, "a short name with several dots cannot be read here: write tsc:a.b.c as a whole IRI in < >", "ชื่อย่อที่มีจุดหลายจุดอ่านไม่ได้ที่นี่: เขียน tsc:a.b.c"),
    ('SELECT * { ?s ?p "x"@en_GB }', 1, 24, "a language tag has - and not _: write @en-GB", "ป้ายภาษาใช้ - ไม่ใช้ _: เขียน @en-GB"),
    ('SELECT * { ?s ?p "x"@ th }', 1, 21, "a language tag follows @ at once, such as @th or @en", "หลัง @ ต้องเป็นป้ายภาษาติดกัน เช่น @th หรือ @en"),
    ('SELECT * { ?s ?p "x"@abcdefghijk }', 1, 21, "@abcdefghijk is no language tag: write @th or @en", "@abcdefghijk ไม่ใช่ป้ายภาษา: เขียนเช่น @th หรือ @en"),
    ('SELECT * { ?s ?p "1"^xsd:integer }', 1, 21, "before a datatype stands ^^", "ก่อนชนิดข้อมูลต้องเป็น ^^"),
    ('SELECT * { ?s ?p "1"^^ }', 1, 24, "after ^^ a datatype is expected, such as xsd:date", "หลัง ^^ ต้องเป็นชนิดข้อมูล เช่น xsd:date"),
    ('SELECT * { ?s ?p ?o FILTER(REGEX(?o, "\\d+")) }', 1, 39, "a text holds no \\d: a backslash is written twice (\\\\d)", "ในข้อความไม่มี \\d: เครื่องหมาย \\ ต้องเขียนซ้ำสองตัว (\\\\d)"),
    ('SELECT * { ?s ?p "\\u12" }', 1, 19, "\\u takes the hexadecimal number of a character (four digits after \\u, eight after \\U)", "\\u ต้องตามด้วยรหัสฐานสิบหกของอักขระ (\\u สี่หลัก \\U แปดหลัก)"),
    ("SELECT * { ? ?p ?o }", 1, 12, "? must be followed at once by the name of a variable, as in ?city", "? ต้องตามด้วยชื่อตัวแปรติดกัน เช่น ?city"),
    ("SELECT * { ?s ?p $ }", 1, 18, "$ must be followed at once by the name of a variable, as in ?city", "$ ต้องตามด้วยชื่อตัวแปรติดกัน เช่น ?city"),
    ("SELECT * { ?s rdfs:label Bangkok }", 1, 26, "Bangkok is neither a variable (?Bangkok), nor a name (prefix:Bangkok), nor a text", "Bangkok ไม่ใช่ตัวแปร (?Bangkok) ชื่อ (prefix:Bangkok)"),
    ("SELECT * { ?s rdfs:label กรุงเทพ }", 1, 26, 'text stands in quotes: write "กรุงเทพ"@th (or ?กรุงเทพ, if it is a variable)', 'ข้อความต้องอยู่ในเครื่องหมายคำพูด: เขียน "กรุงเทพ"@th'),
    ("SELECT * { ?s ?p 2022-11-09 }", 1, 18, 'a date is written "2022-11-09"^^xsd:date', 'วันที่เขียนว่า "2022-11-09"^^xsd:date'),
    ("SELECT * { ?s ?p ?o FILTER(?o = TRUE) }", 1, 33, "write true in lower case", "เขียน true ด้วยตัวพิมพ์เล็ก"),
    ("PREFIX x <a:>\nSELECT * { x:s ?p ?o }", 1, 8, "PREFIX takes a prefix that ends in a colon, then an IRI: PREFIX x: <https://…>", "หลัง PREFIX เป็นคำนำหน้าที่ลงท้ายด้วย : แล้วตามด้วย IRI:"),
    ("PREFIX x: http://x/ SELECT * { x:a ?p ?o }", 1, 11, "an IRI in < > is expected here", "ตรงนี้ต้องเป็น IRI ใน < >"),
    ("PREFIX x: <http://x/> . SELECT * { x:a ?p ?o }", 1, 23, "no dot follows PREFIX or BASE in SPARQL: delete it", "ใน SPARQL ไม่มีจุดหลัง PREFIX หรือ BASE: ลบออก"),
    ("@prefix x: <http://x/> . SELECT * { x:a ?p ?o }", 1, 1, "in SPARQL this is PREFIX, without @ and without a dot at the end", "ใน SPARQL เขียน PREFIX โดยไม่มี @ และไม่มีจุดปิดท้าย"),
    ("x: <http://x/> SELECT * { x:a ?p ?o }", 1, 1, "PREFIX is missing before x:", "ขาด PREFIX ก่อน x:"),
    ("SELECT * { ?s ?p ?o FILTER(?o = <http://example.org/a)}", 1, 33, "the IRI that begins here is not closed: a > is missing", "IRI ที่เริ่มตรงนี้ไม่มี > ปิดท้าย"),
]  # fmt: skip
SIGNS = [
    ("SELECT * { ?s ?p “x” }", 1, 18, '“ (U+201C LEFT DOUBLE QUOTATION MARK) is no sign of SPARQL: write "', 'พบ “ (U+201C LEFT DOUBLE QUOTATION MARK): ใช้ " แทน'),
    ("SELECT * { ?s ?p ‘x’ }", 1, 18, "‘ (U+2018 LEFT SINGLE QUOTATION MARK) is no sign of SPARQL: write '", "พบ ‘ (U+2018 LEFT SINGLE QUOTATION MARK): ใช้ ' แทน"),
    ("SELECT * { ?s ?p ?o FILTER（?o > 1） }", 1, 27, "（ (U+FF08 FULLWIDTH LEFT PARENTHESIS) is no sign of SPARQL: write (", "พบ （ (U+FF08 FULLWIDTH LEFT PARENTHESIS): ใช้ ( แทน"),
    ("SELECT * { ?s ?p ?o FILTER(1 > ?o） }", 1, 34, "） (U+FF09 FULLWIDTH RIGHT PARENTHESIS) is no sign of SPARQL: write )", "พบ ） (U+FF09 FULLWIDTH RIGHT PARENTHESIS): ใช้ ) แทน"),
    ("SELECT * { ?s ?p –1 }", 1, 18, "– (U+2013 EN DASH) is no sign of SPARQL: write -", "พบ – (U+2013 EN DASH): ใช้ - แทน"),
    ("SELECT\u00a0* { ?s ?p ?o }", 1, 7, "there is a special space here (U+00A0 NO-BREAK SPACE): replace it by an ordinary space", "มีช่องว่างชนิดพิเศษตรงนี้ (U+00A0 NO-BREAK SPACE):"),
    ("SELECT *\u200b{ ?s ?p ?o }", 1, 9, "there is an invisible character here (U+200B ZERO WIDTH SPACE): delete it", "มีอักขระที่มองไม่เห็นตรงนี้ (U+200B ZERO WIDTH SPACE): ลบออก"),
    ("\ufeffSELECT * { ?s ?p ?o }", 1, 1, "there is an invisible character here (U+FEFF ZERO WIDTH NO-BREAK SPACE): delete it", "มีอักขระที่มองไม่เห็นตรงนี้ (U+FEFF ZERO WIDTH NO-BREAK"),
    ("SELECT * { ?s ?p ?o } LIMIT ๑๐", 1, 29, "numbers are written in Arabic digits: 10 instead of ๑๐", "ตัวเลขต้องเป็นเลขอารบิก: เขียน 10 แทน ๑๐"),
    ("SELECT * { ?s ?p ๒๕ }", 1, 18, "numbers are written in Arabic digits: 25 instead of ๒๕", "ตัวเลขต้องเป็นเลขอารบิก: เขียน 25 แทน ๒๕"),
    ("SELECT * { ?s ?p ?o & ?x }", 1, 21, "& is no sign of SPARQL outside quotes", "& ใช้ใน SPARQL ไม่ได้ นอกจากภายในเครื่องหมายคำพูด"),
    ("SELECT * { ?s ?p \x07 }", 1, 18, "there is a control character here (U+0007): delete it", "มีอักขระควบคุมตรงนี้ (U+0007): ลบออก"),
]  # fmt: skip
MISSPELT = [
    ("SELEC * {}", 1, 1, "SELEC is no word of SPARQL here: did you mean SELECT?", "ไม่รู้จักคำว่า SELEC ที่นี่: หมายถึง SELECT หรือไม่"),
    ("SELECT ?x WEHRE { ?x a ?y }", 1, 11, "WEHRE is no word of SPARQL here: did you mean WHERE?", "ไม่รู้จักคำว่า WEHRE ที่นี่: หมายถึง WHERE หรือไม่"),
    ("SELECT * { ?s ?p ?o FITLER(?o = 1) }", 1, 21, "FITLER is no word of SPARQL here: did you mean FILTER?", "ไม่รู้จักคำว่า FITLER ที่นี่: หมายถึง FILTER หรือไม่"),
    ("SELECT * { ?s ?p ?o OPTINAL { ?s a ?x } }", 1, 21, "OPTINAL is no word of SPARQL here: did you mean OPTIONAL?", "ไม่รู้จักคำว่า OPTINAL ที่นี่: หมายถึง OPTIONAL หรือไม่"),
    ("SELECT * { ?s ?p ?o } GRUOP BY ?s", 1, 23, "GRUOP is no word of SPARQL here: did you mean GROUP?", "ไม่รู้จักคำว่า GRUOP ที่นี่: หมายถึง GROUP หรือไม่"),
    ("SELECT * { ?s ?p ?o } ODER BY ?s", 1, 23, "ODER is no word of SPARQL here: did you mean ORDER?", "ไม่รู้จักคำว่า ODER ที่นี่: หมายถึง ORDER หรือไม่"),
    ("SELECT DISTICT ?x { ?x a ?y }", 1, 8, "DISTICT is no word of SPARQL here: did you mean DISTINCT?", "ไม่รู้จักคำว่า DISTICT ที่นี่: หมายถึง DISTINCT หรือไม่"),
    ("SELECT ?x { ?x a ?y } GROUP ?x", 1, 29, "after GROUP stands BY: GROUP BY …", "หลัง GROUP ต้องมี BY: GROUP BY …"),
    ("SELECT ?x { ?x a ?y } GROUP_BY ?x", 1, 23, "these are two words: GROUP BY", "เขียนแยกเป็นสองคำ: GROUP BY"),
    ("SELECT ?x { ?x a ?y } BY ?x", 1, 23, "before BY stands GROUP or ORDER", "ก่อน BY ต้องเป็น GROUP หรือ ORDER"),
    ("PREFX x: <http://x/> SELECT * {}", 1, 1, "PREFX is no word of SPARQL here: did you mean PREFIX?", "ไม่รู้จักคำว่า PREFX ที่นี่: หมายถึง PREFIX หรือไม่"),
]  # fmt: skip
TRIPLES = [
    ("SELECT * { ?s ?p ?o\n  ?s a ?x }", 1, 20, "the triple is complete with ?o: a . is missing before ?s (or ; to go on with the same", "ทริปเปิลครบแล้วที่ ?o: ขาด . ก่อน ?s (หรือ ;"),
    ("SELECT * { ?s a ?p ?o }", 1, 20, "the triple is complete with ?p: a . is missing before ?o (or ; to go on with the same", "ทริปเปิลครบแล้วที่ ?p: ขาด . ก่อน ?o (หรือ ;"),
    ("SELECT * {\n  ?s a\n}", 2, 7, "a triple has three parts, subject, predicate and object: after a the object is missing", "ทริปเปิลต้องมีสามส่วน (ประธาน ภาคแสดง กรรม): หลัง a"),
    ("SELECT * { ?s }", 1, 15, "a triple has three parts, subject, predicate and object: after ?s two are missing", "ทริปเปิลต้องมีสามส่วน (ประธาน ภาคแสดง กรรม): หลัง ?s"),
    ("SELECT * { ?s ?p ?o , }", 1, 21, "after a comma another object is expected: add it, or delete the comma", "หลัง , ต้องมีกรรมอีกตัว: เติม หรือลบ , ออก"),
    ("SELECT * { ?s ?p ?o ; ?q }", 1, 26, "a triple has three parts, subject, predicate and object: after ?q the object is missing", "ทริปเปิลต้องมีสามส่วน (ประธาน ภาคแสดง กรรม): หลัง ?q"),
    ("SELECT * { ?s a, tsc:City }", 1, 16, "a triple has three parts, subject, predicate and object: after a the object is missing", "ทริปเปิลต้องมีสามส่วน (ประธาน ภาคแสดง กรรม): หลัง a"),
    ("SELECT * { ?s ?p ?o . . ?a ?b ?c }", 1, 23, "there is no triple before this dot: delete it", "จุดนี้ไม่มีทริปเปิลอยู่ข้างหน้า: ลบออก"),
    ("SELECT * { ; ?s ?p ?o }", 1, 12, "; goes on with a triple, and none stands before it: delete it and begin with a subject", "ก่อน ; ต้องเป็นทริปเปิล: ลบ ; ออก"),
    ("SELECT * { ?s = ?o }", 1, 15, "= stands only in expressions: write FILTER(?s = …)", "= ใช้ได้เฉพาะในนิพจน์: เขียน FILTER(?s = …)"),
    ("SELECT * { ?s ?p ?o > 5 }", 1, 21, "> stands only in expressions: write FILTER(?o > …)", "> ใช้ได้เฉพาะในนิพจน์: เขียน FILTER(?o > …)"),
    ('SELECT * { ?s "p" ?o }', 1, 15, '"p" cannot be a predicate: a name, a variable or a is expected', '"p" เป็นภาคแสดงไม่ได้: ต้องเป็นชื่อ ตัวแปร หรือ a'),
    ("SELECT * { ?x ?y [ a tsc:City tsc:name ?n ] }", 1, 31, "a ; (or , or ]) is missing between tsc:City and tsc:name", "ระหว่าง tsc:City กับ tsc:name ขาด ; (หรือ , หรือ ])"),
    ("SELECT * { STRLEN(?s) = 1 }", 1, 12, "a function stands only in an expression: FILTER (STRLEN(…)) or BIND(STRLEN(…) AS ?x)", "ฟังก์ชันใช้ได้เฉพาะในนิพจน์: FILTER (STRLEN(…)) หรือ"),
    ("CONSTRUCT { ?s ?p ?o FILTER(?o = 1) } WHERE { ?s ?p ?o }", 1, 22, "the template of CONSTRUCT holds only triples: move FILTER to WHERE", "แม่แบบของ CONSTRUCT มีได้เฉพาะทริปเปิล: ย้าย FILTER ไปไว้ใน"),
    ("CONSTRUCT WHERE { ?s ?p ?o FILTER(?o = 1) }", 1, 28, "the short form CONSTRUCT WHERE { … } holds only triples: write CONSTRUCT { … } WHERE { … }", "รูปย่อ CONSTRUCT WHERE { … } มีได้เฉพาะทริปเปิล: เขียน"),
    ("CONSTRUCT { ?s a/tsc:x ?o } WHERE { ?s ?p ?o }", 1, 17, "property paths (/) stand only in WHERE, not in the template of CONSTRUCT", "ทางเดิน (/) ใช้ได้เฉพาะใน WHERE ไม่ใช่ในแม่แบบของ CONSTRUCT"),
    ("SELECT * { ?s tsc:p{1,3} ?o }", 1, 20, "SPARQL has no {n,m} in paths: write p/p, p* or p+", "SPARQL ไม่มี {n,m} ในทางเดิน: เขียน p/p หรือ p* หรือ p+"),
]  # fmt: skip
PATTERNS = [
    ("SELECT ?s WHERE ?s ?p ?o", 1, 17, "after WHERE a pattern in braces is expected: WHERE { … }", "หลัง WHERE ต้องเป็นวงเล็บปีกกา: WHERE { … }"),
    ("SELECT ?s ?p", 1, 13, "the pattern in braces is missing: WHERE { … }", "ขาดส่วนแบบแผนในวงเล็บปีกกา: WHERE { … }"),
    ("ASK", 1, 4, "the pattern in braces is missing: WHERE { … }", "ขาดส่วนแบบแผนในวงเล็บปีกกา: WHERE { … }"),
    ("SELECT * { ?s ?p ?o OPTIONAL ?s a ?x }", 1, 30, "after OPTIONAL a pattern in braces is expected: OPTIONAL { … }", "หลัง OPTIONAL ต้องเป็นวงเล็บปีกกา: OPTIONAL { … }"),
    ("SELECT * { ?s ?p ?o UNION ?a ?b ?c }", 1, 21, "both sides of UNION stand in braces: { … } UNION { … }", "ทั้งสองข้างของ UNION ต้องอยู่ในวงเล็บปีกกา: { … } UNION { …"),
    ("SELECT * { ?s ?p ?o } UNION { ?a ?b ?c }", 1, 23, "UNION stands within the braces of WHERE: { { … } UNION { … } }", "UNION อยู่ภายในวงเล็บปีกกาของ WHERE: { { … } UNION { … } }"),
    ("SELECT * { ?s ?p ?o FILTER NOT EXISTS (?s a ?x) }", 1, 39, "after EXISTS a pattern in braces is expected: EXISTS { … }", "หลัง EXISTS ต้องเป็นวงเล็บปีกกา: EXISTS { … }"),
    ("SELECT * { GRAPH { ?s ?p ?o } }", 1, 18, "after GRAPH the name of a graph is expected, such as GRAPH <https://…>", "หลัง GRAPH ต้องเป็นชื่อกราฟ เช่น GRAPH <https://…>"),
    ("SELECT * { GRAPH ?g ?s ?p ?o }", 1, 21, "after GRAPH ?g a pattern in braces is expected: GRAPH ?g { … }", "หลัง GRAPH ?g ต้องเป็นวงเล็บปีกกา: GRAPH ?g { … }"),
    ("SELECT * FROM { ?s ?p ?o }", 1, 15, "after FROM the name of a graph is expected, such as FROM <https://…>", "หลัง FROM ต้องเป็นชื่อกราฟ เช่น FROM <https://…>"),
    ("SELECT * { VALUES ?x (1 2) }", 1, 22, "the values of VALUES stand in braces: VALUES ?x { … }", "ค่าของ VALUES อยู่ในวงเล็บปีกกา: VALUES ?x { … }"),
    ("SELECT * { VALUES ?x { (1) (2) } }", 1, 24, "with one variable VALUES has no parentheses around its values: VALUES ?x { 1 2 3 }", "VALUES ตัวแปรเดียวไม่มีวงเล็บรอบค่า: VALUES ?x { 1 2 3 }"),
    ("SELECT * { VALUES (?x ?y) { 1 2 } }", 1, 29, "each row of VALUES stands in parentheses: VALUES (?x ?y) { (1 2) (3 4) }", "แต่ละแถวของ VALUES อยู่ในวงเล็บ: VALUES (?x ?y) { (1 2) (3"),
    ("SELECT * { VALUES ?x { 1, 2 } }", 1, 25, "no comma belongs here: a space is enough", "ไม่ต้องมี , ที่นี่: คั่นด้วยช่องว่าง"),
    ("SELECT * { VALUES ?x { ?y } }", 1, 24, "VALUES holds only fixed values or UNDEF, no variables", "VALUES มีได้เฉพาะค่าที่แน่นอนหรือ UNDEF ไม่ใช่ตัวแปร"),
    ("SELECT * { VALUES (?a ?b) { (1 2) (1) } }", 1, 35, "this row of VALUES holds 1 instead of 2 values: write UNDEF for a value that is not given", "แถวนี้ของ VALUES มี 1 ค่า แต่มี 2 ตัวแปร: ค่าที่ไม่มีเขียน"),
    ("SELECT * { VALUES (?a ?a) { (1 2) } }", 1, 23, "VALUES names ?a twice", "VALUES มี ?a ซ้ำ"),
    ("SELECT * { ?s ?p _:a { _:a ?p ?o } }", 1, 24, "_:a is used already in other braces, and a blank node belongs to one pair: use a variable", "_:a ใช้แล้วในวงเล็บปีกกาอื่น: ใช้ตัวแปรแทน"),
    ("SELECT * { ?s ?p ?o SELECT * { ?a ?b ?c } }", 1, 21, "a subquery stands in braces of its own: { SELECT … }", "คำถามย่อยต้องมีวงเล็บปีกกาของตัวเอง: { SELECT … }"),
]  # fmt: skip
CLAUSES = [
    ("", 1, 1, "the query is empty", "คำถามว่างเปล่า"),
    ("  # nothing but a comment", 1, 1, "the query is empty", "คำถามว่างเปล่า"),
    ("PREFIX x: <http://x/>", 1, 22, "there are only declarations: SELECT, ASK, CONSTRUCT or DESCRIBE must follow", "คำถามมีแต่ส่วนประกาศ: ต้องตามด้วย SELECT, ASK, CONSTRUCT"),
    ("เมือง", 1, 1, "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with เมือง", "คำถามขึ้นต้นด้วย SELECT, ASK, CONSTRUCT หรือ DESCRIBE"),
    ("SELECT { ?s ?p ?o }", 1, 8, "after SELECT variables are expected, or * for all of them", "หลัง SELECT ต้องมีตัวแปรอย่างน้อยหนึ่งตัว หรือ * (ทุกตัวแปร)"),
    ("SELECT DISTINCT WHERE { ?s ?p ?o }", 1, 17, "after DISTINCT variables are expected, or * for all of them", "หลัง DISTINCT ต้องมีตัวแปรอย่างน้อยหนึ่งตัว หรือ *"),
    ("SELECT ?a, ?b { ?a ?b ?c }", 1, 10, "no comma belongs here: a space is enough", "ไม่ต้องมี , ที่นี่: คั่นด้วยช่องว่าง"),
    ("SELECT COUNT(?s) AS ?n { ?s ?p ?o }", 1, 8, "an expression in SELECT stands in parentheses and has a name: (COUNT(?s) AS ?n)", "นิพจน์ใน SELECT ต้องอยู่ในวงเล็บและมีชื่อ: (COUNT(?s) AS ?n)"),
    ("SELECT COUNT(DISTINCT ?x) AS ?n { ?x a ?y }", 1, 8, "an expression in SELECT stands in parentheses and has a name: (COUNT(DISTINCT ?x) AS ?n)", "นิพจน์ใน SELECT ต้องอยู่ในวงเล็บและมีชื่อ: (COUNT(DISTINCT"),
    ("SELECT ?o AS ?x { ?s ?p ?o }", 1, 11, "an expression in SELECT stands in parentheses: (?o AS ?x)", "นิพจน์ใน SELECT ต้องอยู่ในวงเล็บ: (?o AS ?x)"),
    ("SELECT ?x + 1 AS ?y { ?x a ?y }", 1, 11, "an expression in SELECT stands in parentheses: (?x + … AS ?x)", "นิพจน์ใน SELECT ต้องอยู่ในวงเล็บ: (?x + … AS ?x)"),
    ("SELECT (?x + 1) AS ?y { ?x a ?z }", 1, 15, "AS stands within the parentheses: (… AS ?x)", "AS ต้องอยู่ในวงเล็บ: (… AS ?x)"),
    ("SELECT (COUNT(?s)) { ?s ?p ?o }", 1, 18, "this expression needs a name: (… AS ?x)", "นิพจน์นี้ต้องมีชื่อ: (… AS ?x)"),
    ("SELECT (AVG(?x) ?y) { ?x a ?y }", 1, 17, "AS is missing before ?y: (… AS ?y)", "ขาด AS ก่อน ?y: (… AS ?y)"),
    ("SELECT * ORDER BY ?s { ?s ?p ?o }", 1, 10, "ORDER BY comes after the braces of WHERE, not before them", "ORDER BY อยู่หลัง { … } ของ WHERE ไม่ใช่ก่อน"),
    ("SELECT * { ?s ?p ?o ORDER BY ?s }", 1, 21, "ORDER BY comes after the closing } of the pattern, not within it", "ORDER BY อยู่นอกวงเล็บปีกกา: ปิด } ก่อน"),
    ("SELECT * { ?s ?p ?o } LIMIT", 1, 28, "after LIMIT a whole number is expected, such as LIMIT 10", "หลัง LIMIT ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป เช่น LIMIT 10"),
    ("SELECT * { ?s ?p ?o } LIMIT ten", 1, 29, "after LIMIT a whole number is expected, such as LIMIT 10", "หลัง LIMIT ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป เช่น LIMIT 10"),
    ("SELECT * { ?s ?p ?o } LIMIT -1", 1, 29, "after LIMIT a whole number is expected, such as LIMIT 10", "หลัง LIMIT ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป เช่น LIMIT 10"),
    ("SELECT * { ?s ?p ?o } LIMIT 10, 20", 1, 31, "SPARQL writes LIMIT 20 OFFSET 10", "SPARQL เขียน LIMIT 20 OFFSET 10"),
    ("SELECT * { ?s ?p ?o } LIMIT 1 LIMIT 2", 1, 31, "LIMIT can be given only once", "มี LIMIT ได้ครั้งเดียว"),
    ("SELECT * { ?s ?p ?o } LIMIT 1 ORDER BY ?s", 1, 31, "ORDER BY stands before LIMIT (the order is GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET)", "ORDER BY อยู่ก่อน LIMIT (ลำดับคือ GROUP BY, HAVING, ORDER"),
    ("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999", 1, 29, "the number after LIMIT is too large", "จำนวนหลัง LIMIT มากเกินไป"),
    ("SELECT * { ?s ?p ?o } ORDER BY DESC ?s", 1, 32, "DESC takes parentheses: ORDER BY DESC(?s)", "DESC ต้องมีวงเล็บ: ORDER BY DESC(?s)"),
    ("SELECT * { ?s ?p ?o } ORDER BY ?s DESC", 1, 35, "DESC takes parentheses: ORDER BY DESC(?s)", "DESC ต้องมีวงเล็บ: ORDER BY DESC(?s)"),
    ("SELECT * { ?s ?p ?o } ORDER BY ?s, ?p", 1, 34, "no comma belongs here: a space is enough", "ไม่ต้องมี , ที่นี่: คั่นด้วยช่องว่าง"),
    ("SELECT * { ?s ?p ?o } ORDER BY", 1, 31, "the query ends too early; expected: a variable or a name, a function, an opening (, ASC", "คำถามจบเร็วไป: ต้องตามด้วยตัวแปรหรือชื่อ, ฟังก์ชัน,"),
    ("SELECT ?x { ?s ?p ?x } GROUP BY ?x HAVING COUNT(?s) > 1", 1, 53, "an expression after HAVING stands in parentheses: HAVING (…)", "นิพจน์หลัง HAVING ต้องอยู่ในวงเล็บ: HAVING (…)"),
    ("SELECT * { ?s ?p ?o } LIMIT 1 OFFSET 2 and more", 1, 40, "the query is complete before and: only VALUES can follow", "คำถามจบแล้วก่อน and: ต่อได้ด้วย VALUES เท่านั้น"),
    ("SELECT * { ?s ?p ?o } .", 1, 23, "the query is complete before .: delete what is left", "คำถามจบแล้วก่อน .: ลบส่วนที่เหลือ"),
    ("SELECT * { ?s ?p ?o } FILTER(?s = 1)", 1, 23, "the pattern is closed before FILTER: if this belongs to it, move the } behind it", "แบบแผนของคำถามปิดแล้วก่อน FILTER: ถ้าเป็นส่วนหนึ่งของแบบแผน"),
    ("SELECT * {} SELECT * {}", 1, 13, "the first query is complete before SELECT: one query is answered at a time", "คำถามแรกจบแล้วก่อน SELECT: ถามได้ครั้งละหนึ่งคำถาม"),
    ("DESCRIBE", 1, 9, "the query ends too early; expected: a variable or a name or *", "คำถามจบเร็วไป: ต้องตามด้วยตัวแปรหรือชื่อ หรือ *"),
]  # fmt: skip
SCOPE = [
    ("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", 1, 26, "?p is neither grouped by nor aggregated: add GROUP BY ?p behind the pattern, or write", "?p ไม่ได้อยู่ใน GROUP BY และไม่ได้อยู่ในฟังก์ชันรวม: เพิ่ม"),
    ("SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o } GROUP BY ?p", 1, 8, "?s is neither grouped by nor aggregated: add ?s to GROUP BY, or write (SAMPLE(?s) AS ?x)", "?s ไม่ได้อยู่ใน GROUP BY และไม่ได้อยู่ในฟังก์ชันรวม: เพิ่ม"),
    ("SELECT ?s (?o + SUM(?p) AS ?n) { ?s ?p ?o } GROUP BY ?s", 1, 12, "?o is neither grouped by nor aggregated: add ?o to GROUP BY, or write (SAMPLE(?o) AS ?x)", "?o ไม่ได้อยู่ใน GROUP BY และไม่ได้อยู่ในฟังก์ชันรวม: เพิ่ม"),
    ("SELECT ?s { ?s ?p ?o } HAVING (COUNT(?p) > 1)", 1, 8, "?s is neither grouped by nor aggregated: add GROUP BY ?s behind the pattern, or write", "?s ไม่ได้อยู่ใน GROUP BY และไม่ได้อยู่ในฟังก์ชันรวม: เพิ่ม"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, 8, "SELECT * cannot stand with GROUP BY or an aggregate: name the variables you want", "SELECT * ใช้กับ GROUP BY หรือฟังก์ชันรวมไม่ได้:"),
    ("SELECT * { ?s ?p ?o } HAVING (COUNT(?s) > 1)", 1, 8, "SELECT * cannot stand with GROUP BY or an aggregate: name the variables you want", "SELECT * ใช้กับ GROUP BY หรือฟังก์ชันรวมไม่ได้:"),
    ("ASK { ?s ?p ?o } GROUP BY ?s", 1, 18, "ASK does not group here: put GROUP BY into a subquery { SELECT … }", "ASK จัดกลุ่มไม่ได้ที่นี่: ใส่ GROUP BY ในคำถามย่อย { SELECT"),
    ("SELECT ?y { ?s ?p ?x } GROUP BY (?x AS ?y)", 1, 8, "GROUP BY does not rename a variable here: write (… AS ?y) in SELECT instead", "GROUP BY ที่นี่เปลี่ยนชื่อตัวแปรไม่ได้: เขียน (… AS ?y) ใน"),
    ("SELECT (SUM(?x) AS ?y) (?y + 1 AS ?z) { ?s ?p ?x }", 1, 25, "?y gets its value in this same SELECT, which a grouped query cannot use here: repeat its", "?y เพิ่งได้ค่าด้วย AS ใน SELECT เดียวกัน"),
    ("SELECT (1 AS ?s) { ?s ?p ?o }", 1, 14, "?s has a value already in the pattern: choose another name after AS", "?s มีค่าแล้วในแบบแผน: ตั้งชื่ออื่นหลัง AS"),
    ("SELECT * { ?s ?p ?o BIND(1 AS ?s) }", 1, 31, "?s has a value already before this BIND: choose another name after AS", "?s มีค่าแล้วก่อน BIND: ตั้งชื่ออื่นหลัง AS"),
    ("SELECT * { { SELECT ?s { ?s ?p ?o } } BIND(1 AS ?s) }", 1, 49, "?s has a value already before this BIND: choose another name after AS", "?s มีค่าแล้วก่อน BIND: ตั้งชื่ออื่นหลัง AS"),
    ("SELECT ?s ?s { ?s ?p ?o }", 1, 11, "SELECT names ?s twice", "SELECT มี ?s ซ้ำ"),
    ("SELECT * { ?s ?p ?o FILTER(COUNT(?s) > 1) }", 1, 28, "COUNT cannot stand in FILTER or BIND: it belongs in SELECT, HAVING or ORDER BY (or in a", "COUNT ใช้ใน FILTER หรือ BIND ไม่ได้: ใช้ใน SELECT, HAVING"),
    ("SELECT * { ?s ?p ?o BIND(SUM(?o) AS ?x) }", 1, 26, "SUM cannot stand in FILTER or BIND: it belongs in SELECT, HAVING or ORDER BY (or in a", "SUM ใช้ใน FILTER หรือ BIND ไม่ได้: ใช้ใน SELECT, HAVING"),
]  # fmt: skip
EXPRESSIONS = [
    ("SELECT * { ?s ?p ?o FILTER ?o = 1 }", 1, 28, "the condition of FILTER stands in parentheses: FILTER (…)", "เงื่อนไขหลัง FILTER ต้องอยู่ในวงเล็บ: FILTER (…)"),
    ("SELECT * { ?s ?p ?o FILTER !BOUND(?o) }", 1, 28, "the condition of FILTER stands in parentheses: FILTER (…)", "เงื่อนไขหลัง FILTER ต้องอยู่ในวงเล็บ: FILTER (…)"),
    ("SELECT * { ?s ?p ?o FILTER(?o = 1) && (?s = 2) }", 1, 36, "the whole condition of FILTER stands in one pair of parentheses: FILTER (… && …)", "เงื่อนไขทั้งหมดของ FILTER ต้องอยู่ในวงเล็บคู่เดียว: FILTER"),
    ('SELECT * { ?s ?p ?o FILTER REGEX(?o, "a") || REGEX(?o, "b") }', 1, 43, "the whole condition of FILTER stands in one pair of parentheses: FILTER (… || …)", "เงื่อนไขทั้งหมดของ FILTER ต้องอยู่ในวงเล็บคู่เดียว: FILTER"),
    ("SELECT * { ?s ?p ?o BIND(?o) }", 1, 28, "this expression needs a name: BIND(… AS ?x)", "นิพจน์นี้ต้องมีชื่อ: BIND(… AS ?x)"),
    ("SELECT * { ?s ?p ?o BIND ?o AS ?x }", 1, 26, "BIND takes parentheses: BIND(… AS ?x)", "BIND ต้องมีวงเล็บ: BIND(… AS ?x)"),
    ("SELECT * { ?s ?p ?o BIND(?o AS x) }", 1, 32, "after AS a variable is expected: AS ?x", "หลัง AS ต้องเป็นตัวแปร: AS ?x"),
    ("SELECT (COUNT * AS ?n) { ?x a ?y }", 1, 15, "COUNT takes parentheses: COUNT(*)", "COUNT ต้องมีวงเล็บ: COUNT(*)"),
    ("SELECT (COUNT(*, 1) AS ?n) { ?x a ?y }", 1, 16, "COUNT(*) takes nothing beside the star: write COUNT(*)", "COUNT(*) มีได้เฉพาะ *: เขียน COUNT(*)"),
    ("SELECT (COUNT() AS ?n) { ?x a ?y }", 1, 14, "COUNT needs what to count: COUNT(*) or COUNT(?x)", "COUNT ต้องรู้ว่านับอะไร: COUNT(*) หรือ COUNT(?x)"),
    ("SELECT (SUM(*) AS ?n) { ?x a ?y }", 1, 13, "only COUNT takes *: SUM takes an expression, such as SUM(?x)", "* ใช้ได้เฉพาะใน COUNT(*): SUM ต้องมีนิพจน์ เช่น SUM(?x)"),
    ("SELECT (SUM ?x AS ?n) { ?x a ?y }", 1, 13, "SUM takes parentheses: SUM(?x)", "SUM ต้องมีวงเล็บ: SUM(?x)"),
    ('SELECT (GROUP_CONCAT(?x, ", ") AS ?n) { ?x a ?y }', 1, 24, 'the separator of GROUP_CONCAT is written GROUP_CONCAT(…; SEPARATOR=", ")', "ตัวคั่นของ GROUP_CONCAT เขียนว่า GROUP_CONCAT(…;"),
    ('SELECT (CONTAIN(?s, "x") AS ?y) { ?s ?p ?o }', 1, 9, "SPARQL has no function CONTAIN (did you mean CONTAINS?)", "SPARQL ไม่มีฟังก์ชัน CONTAIN หมายถึง CONTAINS หรือไม่"),
    ("SELECT (LENGTH(?s) AS ?y) { ?s ?p ?o }", 1, 9, "SPARQL has no function LENGTH (did you mean STRLEN(…)?)", "SPARQL ไม่มีฟังก์ชัน LENGTH หมายถึง STRLEN(…) หรือไม่"),
    ("SELECT (SQRT(?s) AS ?y) { ?s ?p ?o }", 1, 9, "SPARQL has no function SQRT: others are called by a prefixed name, such as", "SPARQL ไม่มีฟังก์ชัน SQRT: ฟังก์ชันอื่นเรียกด้วยชื่อเต็ม"),
    ("SELECT (CONTAINS(?s) AS ?y) { ?s ?p ?o }", 1, 20, "CONTAINS takes 2 arguments", "CONTAINS รับอาร์กิวเมนต์ 2 ตัว"),
    ("SELECT (STR(?s, ?p) AS ?y) { ?s ?p ?o }", 1, 15, "STR takes 1 argument", "STR รับอาร์กิวเมนต์ 1 ตัว"),
    ("SELECT (REPLACE(?s, ?p) AS ?y) { ?s ?p ?o }", 1, 23, "REPLACE takes 3 or 4 arguments", "REPLACE รับอาร์กิวเมนต์ 3 หรือ 4 ตัว"),
    ("SELECT (NOW(?s) AS ?y) { ?s ?p ?o }", 1, 12, "NOW takes no arguments: write ()", "NOW ไม่รับอาร์กิวเมนต์: เขียน ()"),
    ("SELECT (STR() AS ?y) { ?s ?p ?o }", 1, 12, "STR takes 1 argument", "STR รับอาร์กิวเมนต์ 1 ตัว"),
    ('SELECT (CONCAT ("a", "b") AS ?y) {}', 1, 9, "here CONCAT and its parenthesis stand together, without a space: CONCAT(", "หลัง CONCAT ต้องเป็นวงเล็บติดกัน ไม่มีช่องว่าง: CONCAT("),
    ('SELECT * { ?s ?p ?o FILTER(BOUND("x")) }', 1, 34, "BOUND takes a variable: BOUND(?x)", "BOUND รับตัวแปรเดียว: BOUND(?x)"),
    ('SELECT * { ?s ?p ?o FILTER(CONTAINS(?o "a")) }', 1, 40, 'a comma or an operator is missing between ?o and "a"', 'ระหว่าง ?o กับ "a" ขาดจุลภาคหรือตัวดำเนินการ'),
    ('SELECT * { ?s ?p ?o FILTER(LANG(?o) "th") }', 1, 37, 'an operator is missing between ) and "th"', 'ระหว่าง ) กับ "th" ขาดตัวดำเนินการ'),
    ("SELECT * { ?s ?p ?o FILTER(?o > ) }", 1, 33, "after > a variable, a value or a function is missing", "หลัง > ขาดตัวแปร ค่า หรือฟังก์ชัน"),
    ('SELECT * { ?s ?p ?o FILTER(?o IN "a") }', 1, 34, 'after IN stands a list in parentheses: IN ("a", "b")', 'หลัง IN เป็นรายการในวงเล็บ: IN ("a", "b")'),
    ("SELECT * { ?s ?p ?o FILTER(NOT BOUND(?o)) }", 1, 32, "NOT stands only in NOT EXISTS and NOT IN: other conditions are denied by !", "NOT มีเฉพาะใน NOT EXISTS และ NOT IN: ปฏิเสธเงื่อนไขอื่นด้วย"),
    ("SELECT (xsd:intger(?s) AS ?y) { ?s ?p ?o }", 1, 9, "unknown function xsd:intger <http://www.w3.org/2001/XMLSchema#intger> (did you mean", "ไม่รู้จักฟังก์ชัน xsd:intger"),
    ("SELECT (xsd:int(?s) AS ?y) { ?s ?p ?o }", 1, 9, "unknown function xsd:int <http://www.w3.org/2001/XMLSchema#int> (did you mean", "ไม่รู้จักฟังก์ชัน xsd:int"),
    ("SELECT (geof:distanc(?s, ?p) AS ?y) { ?s ?p ?o }", 1, 9, "unknown function geof:distanc <http://www.opengis.net/def/function/geosparql/distanc>", "ไม่รู้จักฟังก์ชัน geof:distanc"),
    ("SELECT * {\n  ?s ?p ?o\n  FILTER(<http://f/x>(?s)) }", 3, 10, "unknown function <http://f/x>", "ไม่รู้จักฟังก์ชัน <http://f/x>"),
    ("SELECT (xsd:integer(1, 2) AS ?y) {}", 1, 9, "xsd:integer takes 1 argument, not 2", "xsd:integer รับอาร์กิวเมนต์ 1 ตัว ไม่ใช่ 2 ตัว"),
    ("SELECT (CAST(?x) AS ?y) { ?x a ?z }", 1, 9, "SPARQL has no function CAST (did you mean xsd:integer(…)?)", "SPARQL ไม่มีฟังก์ชัน CAST หมายถึง xsd:integer(…) หรือไม่"),
]  # fmt: skip
SQL_AND_UPDATE = [
    ("SELECT a FROM b WHERE c = 1", 1, 8, "variables begin with ?: write ?a", "ตัวแปรขึ้นต้นด้วย ?: เขียน ?a"),
    ("SELECT name, age FROM people", 1, 8, "variables begin with ?: write ?name", "ตัวแปรขึ้นต้นด้วย ?: เขียน ?name"),
    ("SELECT TOP 10 ?x { ?x a ?y }", 1, 8, "SPARQL has no TOP: write LIMIT at the end of the query", "SPARQL ไม่มี TOP: เขียน LIMIT ไว้ท้ายคำถาม"),
    ('SELECT * { ?s ?p ?o FILTER(?o LIKE "x") }', 1, 31, "LIKE is no operator of SPARQL: write CONTAINS(?o, …)", "LIKE ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน CONTAINS(?o, …)"),
    ("SELECT * { ?s ?p ?o FILTER(?o <> 1) }", 1, 31, "SPARQL has no <>: write !=", "SPARQL ไม่มีเครื่องหมาย <>: เขียน !="),
    ("SELECT * { ?s ?p ?o FILTER(?o == 1) }", 1, 31, "SPARQL has no ==: write =", "SPARQL ไม่มีเครื่องหมาย ==: เขียน ="),
    ("SELECT * { ?s ?p ?o FILTER(?o =< 1) }", 1, 31, "SPARQL has no =<: write <=", "SPARQL ไม่มีเครื่องหมาย =<: เขียน <="),
    ("SELECT * { ?s ?p ?o FILTER(?o = 1 AND ?s = 1) }", 1, 35, "AND is no operator of SPARQL: write &&", "AND ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน &&"),
    ("SELECT * { ?s ?p ?o FILTER(?o = 1 OR ?s = 1) }", 1, 35, "OR is no operator of SPARQL: write ||", "OR ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน ||"),
    ("SELECT * { ?s ?p ?o FILTER(?o = 1 & ?s = 1) }", 1, 35, "write && instead of &", "เขียน && แทน &"),
    ("SELECT * { ?s ?p ?o FILTER(?o IS NULL) }", 1, 31, "IS is no operator of SPARQL: write !BOUND(?o)", "IS ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน !BOUND(?o)"),
    ("SELECT * { ?s ?p ?o FILTER(?o IS NOT NULL) }", 1, 31, "IS is no operator of SPARQL: write BOUND(?o)", "IS ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน BOUND(?o)"),
    ("SELECT * { ?s ?p ?o FILTER(?o BETWEEN 1 AND 2) }", 1, 31, "BETWEEN is no operator of SPARQL: write ?o >= … && ?o <= …", "BETWEEN ใช้แบบนี้ไม่ได้ใน SPARQL: เขียน ?o >= … && ?o <= …"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", 1, 1, "INSERT is an update, not a query: updates go to /update, for stewards only, and not yet;", "INSERT เป็นคำสั่งแก้ไขข้อมูล (SPARQL Update) ไม่ใช่คำถาม:"),
    ("PREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }", 2, 1, "DELETE is an update, not a query: updates go to /update, for stewards only, and not yet;", "DELETE เป็นคำสั่งแก้ไขข้อมูล (SPARQL Update) ไม่ใช่คำถาม:"),
    ("LOAD <http://x/y>", 1, 1, "LOAD is an update, not a query: updates go to /update, for stewards only, and not yet;", "LOAD เป็นคำสั่งแก้ไขข้อมูล (SPARQL Update) ไม่ใช่คำถาม:"),
]  # fmt: skip
NOTHING_SPECIAL = [
    ("SELECT * { ?s ?p { } }", 1, 18, "{ cannot stand here; expected: a variable, a name or a value", "{ อยู่ตรงนี้ไม่ได้: ต้องเป็นตัวแปร ชื่อ หรือค่า"),
    ("SELECT * { ?s !1 ?o }", 1, 16, "1 cannot stand here; expected: the name of a property", "1 อยู่ตรงนี้ไม่ได้: ต้องเป็นชื่อของคุณสมบัติ"),
    ("SELECT * { ?s ?p ?o FILTER([] = 1) }", 1, 28, "[] cannot stand here; expected: a variable, a value or a function", "[] อยู่ตรงนี้ไม่ได้: ต้องเป็นตัวแปร ค่า หรือฟังก์ชัน"),
]  # fmt: skip
EVERYTHING = [
    *BRACKETS_AND_QUOTES,
    *NAMES,
    *SIGNS,
    *MISSPELT,
    *TRIPLES,
    *PATTERNS,
    *CLAUSES,
    *SCOPE,
    *EXPRESSIONS,
    *SQL_AND_UPDATE,
    *NOTHING_SPECIAL,
]


def told(text: str) -> MalformedQuery | None:
    """What is said of a query; None if the engine takes it."""
    try:
        evaluate(STORE, Query(text), ROWS[0], GRAPHS[0])
    except MalformedQuery as error:
        return error
    return None


def tokens_of(text: str) -> list[Token]:
    found, place = list[Token](), 0
    while (token := token_at(text, place)).kind != "END":
        found.append(token)
        place = token.end
    return found


@pytest.mark.parametrize(("text", "line", "column", "en", "th"), EVERYTHING, ids=lambda one: str(one)[:60])
def test_a_malformed_query_is_told_where_and_what_to_do(
    text: str, line: int, column: int, en: str, th: str
) -> None:
    error = told(text)
    assert error is not None
    assert (error.line, error.column) == (line, column)
    assert f"line {line}, column {column}: {en}" in error.en
    assert f"บรรทัด {line} ตำแหน่ง {column}: {th}" in error.th


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "2565-13-45"^^xsd:date , "๒๕๖๕"^^xsd:gYear , "31/02/2565"^^xsd:date }',
        "SELECT * { ?s ?p ?o ; ; . }",
        "SELECT * { ?ชื่อ ?p 'it\\'s' }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o&&?o>?s) }",
        "SELECT * { ?s <http://example.org/เมือง> ?o } # the end }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s tsc:a+/^tsc:b|!(a|^a) -1, +.5e3 }",
        'VERSION "1.2" SELECT * { <<?s ?p ?o ~ ?r>> ?q <<( ?s ?p 1 )>> {| a ?x |} }',
    ],
)
def test_a_query_that_can_be_asked_is_not_found_fault_with(text: str) -> None:
    assert told(text) is None
    assert not read(text).possible


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_grammar_reads_what_the_engine_reads(path) -> None:
    reading = read(path.read_text(encoding="utf-8"))
    assert reading.whole
    assert not reading.possible
    assert not first_flaw(reading)
    assert not misuse(reading)


def test_the_grammar_needs_one_token_to_choose() -> None:
    """LL(1): no two alternatives of a rule begin alike; else an error could be told too early."""
    tables = grammar_tables()

    def first(alternative: tuple[str, ...]) -> Iterator[str]:
        for symbol in alternative:
            yield from tables.first.get(symbol, {symbol})
            if symbol not in tables.empty:
                return

    for rule, alternatives in tables.rules.items():
        begins = list(chain.from_iterable(set(first(alternative)) for alternative in alternatives))
        assert len(begins) == len(set(begins)), rule
    tokens = {symbol for rule in tables.rules.values() for alternative in rule for symbol in alternative}
    assert tokens >= KEYWORDS | {function.kind for function in FUNCTIONS.values()}


def test_whatever_can_stand_somewhere_has_words() -> None:
    for first in grammar_tables().first.values():
        for possible in (first, *({kind} for kind in first)):
            assert all(possible_words(possible)), possible


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_without_one_of_its_tokens_is_told_within_its_text(path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens = tokens_of(text)
    chance = random.Random(path.stem)  # noqa: S311
    for lost in chance.sample(tokens, min(20, len(tokens))):
        broken = text[: lost.start] + text[lost.end :]
        if error := told(broken):
            assert_well_told(broken, error)
            if lost.kind not in "{}()[]" and lost.kind != "STRING":
                assert "too many" not in error.en, "no bracket was touched"
                assert "is not closed" not in error.en or "expected" in error.en


def assert_well_told(text: str, error: MalformedQuery) -> None:
    lines = text.split("\n")
    assert error.line is not None
    assert error.column is not None
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
    for words in (error.en, error.th):
        sentence, line, caret = words.split("\n")
        assert not any(sign in sentence for sign in ("\\u{", "[_]", "'0' ..=", "<unreported>"))
        assert len(sentence) <= 500
        assert len(line) <= 120
        assert caret.strip() == "^"


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_who_puts_a_dot_where_it_is_said_to_be_missing_gets_further(path) -> None:
    text = path.read_text(encoding="utf-8")
    for lost in [token for token in tokens_of(text) if token.kind == "."][:10]:
        broken = text[: lost.start] + text[lost.end :]
        error = told(broken)
        if error and "a . is missing" in error.en and error.line and error.column:
            lines = broken.split("\n")
            place = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
            assert told(broken[:place] + " . " + broken[place:]) is None


@pytest.mark.parametrize(
    ("line", "before", "caret"),
    [
        ("SELECT * { ?s ?p } ", 17, "  " + " " * 17 + "^"),
        ('  ?s rdfs:label "ที่นี่" foo', len('  ?s rdfs:label "ที่นี่" '), "  " + " " * len('  ?s rdfs:label "ทน" ') + "^"),
        ("\t?s\t?p\tfoo", 7, "  " + " " * 7 + "^"),
        ("?s ?p 「 foo", 8, "  " + " " * 9 + "^"),
    ],
)  # fmt: skip
def test_the_caret_stands_under_the_place_as_a_terminal_shows_it(line: str, before: int, caret: str) -> None:
    assert shown(f"SELECT\n{line}\n", len("SELECT\n") + before).split("\n")[1] == caret


def test_a_long_line_is_cut_around_the_place() -> None:
    text = f"SELECT * {{ ?s ?p {'ก่ ' * 100}}} foo {'x' * 500}"
    line, caret = shown(text, text.index("foo")).split("\n")
    assert line.startswith("  … ก่ ก่ ")
    assert line.endswith("x…")
    assert len(line) < 120
    assert line.replace("่", "")[len(caret) - 1 :].startswith("foo")


def test_what_nobody_sees_is_shown_as_a_dot() -> None:
    assert shown("ASK\u200b {}", 3) == "  ASK· {}\n     ^"


def test_the_last_line_may_end_in_a_carriage_return() -> None:
    error = told("SELECT *\r\n{ ?s ?p }\r\n")
    assert error is not None
    assert (error.line, error.column) == (2, 9)
    assert "\r" not in error.en


MONSTERS = {
    "braces": "SELECT * " + "{" * A_MEGABYTE,
    "parentheses": "SELECT * { FILTER(" + "(" * A_MEGABYTE,
    "quotes": "SELECT * { ?s ?p " + '"' * A_MEGABYTE,
    "an endless text": 'SELECT * { ?s ?p """' + '""a' * (A_MEGABYTE // 3),
    "less than": "SELECT * { FILTER(?x " + "<a" * (A_MEGABYTE // 2),
    "dots in names": "SELECT * { " + "a.b." * (A_MEGABYTE // 4),
    "colons": "SELECT * { ?s ?p x:" + ":" * A_MEGABYTE,
    "values": "SELECT * { VALUES ?x { " + "city:TH-21 " * (A_MEGABYTE // 11) + '"',
    "variables": "SELECT " + "?a " * (A_MEGABYTE // 3),
    "repeated names": "SELECT * { VALUES (" + "?a " * 9000 + ") {} }",
    "comments": "SELECT * { ?s ?p ?o " + "#{\n" * (A_MEGABYTE // 3),
    "lines": "SELECT * {" + "\n" * A_MEGABYTE,
    "escapes": 'SELECT * { ?s ?p "' + "\\" * A_MEGABYTE,
    "operators": "SELECT * { FILTER(" + "1+" * (A_MEGABYTE // 2),
    "prefixes": "".join(f"PREFIX abcdefghij{i:06}: <a:>\n" for i in range(3000))
    + "ASK { abcdefghij: ?p ?o }",
    "groups": "SELECT ?a { " + "{ ?s ?p ?o } " * 2000 + "} GROUP BY ?b",
    "thai": "SELECT * { ?s ?p " + "ก่" * (A_MEGABYTE // 2),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_megabyte_is_explained_without_getting_lost_in_it(name: str) -> None:
    """About 0.1 s of processor time; what is not linear would take minutes, so the bound need not be tight."""
    text = MONSTERS[name][:A_MEGABYTE]
    last = text.count("\n") + 1
    column = len(text) - text.rfind("\n")
    start = time.process_time()
    error = malformed(text, f"error at {last}:{column}: expected [_]")
    assert time.process_time() - start < 5
    assert_well_told(text, error)


@pytest.mark.parametrize(
    "said", ["error at 99:1: expected [_]", "error at 1:99: expected IRI parsing failed"]
)
def test_a_place_outside_the_text_is_no_crash(said: str) -> None:
    assert malformed("ASK {", said).line == 1
    assert malformed("ASK {}", said).line == 1


def test_what_else_the_engine_says_is_passed_on_in_short() -> None:
    error = malformed("ASK {}", "Some new reason " * 100)
    assert error.line is None
    assert error.en.startswith("this query cannot be answered: Some new reason")
    assert len(error.en) < 500
