"""Tables in CSV and XLSX as cells with places, and the many files that are no table."""

import csv
import io
import random
import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.check.sheets import grid, markup, package
from mueang.check.sheets.grid import Cell, cell_name, squared
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.workbook import number_text
from mueang.errors import MalformedData, MueangError, TooLarge, UnknownFormat, UnusableRequest
from workbooks import packed, parts, saved, unpacked, usual

EACH = settings(derandomize=True, max_examples=100, deadline=None)


def texts(content: bytes, name: str = "a.csv") -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_tables(name, content)[0].rows]


def only(cells: str, **about: str) -> Cell:
    """The one cell of a workbook."""
    rows = read_tables("a.xlsx", packed(parts(f'<row r="1">{cells}</row>', **about)))[0].rows
    assert len(rows) == len(rows[0]) == 1
    return rows[0][0]


def test_every_kind_of_cell_has_its_text_its_kind_its_value_and_its_place() -> None:
    tables = read_tables("a.xlsx", saved(usual()))
    assert [(table.sheet, table.hidden) for table in tables] == [
        ("พื้นที่ 1", False),
        ("ซ่อน", True),
        ("ว่าง", False),
    ]
    rows = tables[0].rows
    assert [len(row) for row in rows] == [5] * 6
    assert [(cell.text, cell.kind, cell.value) for cell in rows[2]] == [
        ("เมือง ก", "text", "เมือง ก"),
        ("ขอนแก่น", "text", "ขอนแก่น"),
        ("2022-11-09", "date", date(2022, 11, 9)),
        ("1500000", "number", 1500000.0),
        ("", "empty", None),
    ]
    assert [(cell.text, cell.kind, cell.value) for cell in rows[3]][1:4] == [
        ("๔๐", "text", "๔๐"),
        ("2022-11-09T10:30:00", "date", datetime(2022, 11, 9, 10, 30)),
        ("0.3", "number", 0.3),
    ]
    assert [(cell.text, cell.kind, cell.value) for cell in rows[4]] == [
        (" เมือง ค ", "text", " เมือง ค "),
        ("TRUE", "boolean", True),
        ("09:30:00", "text", "09:30:00"),
        ("=D3*2", "formula-without-value", None),
        ("#REF!", "error", None),
    ]
    assert [(cell.text, cell.kind) for cell in rows[5]][2:4] == [("9 พ.ย. 65", "text"), ("2565", "text")]
    assert rows[2][1].place.said_in("en") == 'sheet "พื้นที่ 1", cell B3'


def test_an_empty_row_keeps_its_place_and_a_hidden_one_its_cells() -> None:
    rows = read_tables("a.xlsx", saved(usual()))[0].rows
    assert {cell.kind for cell in rows[1]} == {"empty"}
    assert rows[3][0].text == "เมือง ข"
    assert [[cell.place.cell for cell in row] for row in rows] == [
        [cell_name(row, column) for column in range(5)] for row in range(6)
    ]


def test_a_merged_range_says_its_value_once_and_names_the_cell_where_it_stands() -> None:
    rows = read_tables("a.xlsx", saved(usual()))[0].rows
    assert (rows[4][1].text, rows[4][1].covered_by) == ("TRUE", "")
    assert (rows[5][1].text, rows[5][1].kind, rows[5][1].covered_by) == ("", "empty", "B5")


@pytest.mark.parametrize(
    "dates",
    [
        "d/m/yyyy",
        "d/m/bbbb",
        "[$-107041E]d mmm yyyy;@",
        "[$-41E]D MMM BBBB",
        "[$-th-TH,107]d/m/yy;@",
        "yyyy-mm-dd",
    ],
)
def test_a_day_is_the_same_day_whatever_era_it_is_shown_in(dates: str) -> None:
    cell = only('<c r="A1" s="1"><v>44874</v></c>', dates=dates)
    assert (cell.kind, cell.value) == ("date", date(2022, 11, 9))


@pytest.mark.parametrize("style", [str(number) for number in [14, 15, *range(71, 82)]])
def test_the_built_in_dates_of_excel_and_of_thai_excel_are_days(style: str) -> None:
    assert only('<c r="A1" s="1"><v>44874</v></c>', style=style).value == date(2022, 11, 9)


@pytest.mark.parametrize("style", ["14", "71"])
def test_days_of_workbooks_that_count_from_1904_are_right(style: str) -> None:
    about = '<workbookPr date1904="1"/>'
    assert only('<c r="A1" s="1"><v>43412</v></c>', style=style, about=about).text == "2022-11-09"


@pytest.mark.parametrize(
    ("cell", "text", "kind"),
    [
        ("<f>1+1</f><v>2</v>", "2", "number"),
        ("<f>1+1</f>", "=1+1", "formula-without-value"),
        ("<f>1+1</f><v/>", "=1+1", "formula-without-value"),
        ("<f>1+1</f><v></v>", "=1+1", "formula-without-value"),
    ],
)
def test_a_formula_is_its_value_or_if_never_calculated_itself(cell: str, text: str, kind: str) -> None:
    found = only(f'<c r="A1">{cell}</c>')
    assert (found.text, found.kind) == (text, kind)


def test_a_formula_that_gives_no_text_is_an_empty_cell() -> None:
    content = packed(parts('<row><c t="str"><f>""</f><v></v></c><c><v>1</v></c></row>'))
    assert [cell.kind for cell in read_tables("a.xlsx", content)[0].rows[0]] == ["empty", "number"]


def test_the_pieces_of_a_shared_text_are_put_together_without_what_helps_its_pronunciation() -> None:
    strings = "<si><r><t>ขอน</t></r><r><t>แก่น</t></r><rPh><t>x</t></rPh></si>"
    assert only('<c r="A1" t="s"><v>0</v></c>', strings=strings).text == "ขอนแก่น"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "1" + "0" * 20),
        (-2.5, "-2.5"),
        (1e-7, "0.0000001"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_is_told_in_digits(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(0, 0, "A1"), (6, 1, "B7"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (9, 702, "AAA10")],
)
def test_cells_are_named_as_in_excel(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name
    assert markup.spot("a.xlsx", name) == (row, column)


THAI = "จังหวัด,วันที่\r\nขอนแก่น,9 พ.ย. 65\r\n"


@pytest.mark.parametrize(
    "content",
    [THAI.encode(), THAI.encode("utf-8-sig"), THAI.encode("cp874"), THAI.encode("utf-16")]
    + ["\ufeff".encode("utf-16-be") + THAI.encode("utf-16-be")]
    + [THAI.replace("\r\n", end).replace(",", mark).encode() for end in ("\n", "\r") for mark in ",;\t"]
    + [f"sep=;\r\n{THAI.replace(',', ';')}".encode(), THAI.rstrip().encode()],
    ids=str,
)
def test_a_table_is_read_in_every_encoding_and_with_every_separator(content: bytes) -> None:
    assert texts(content) == [["จังหวัด", "วันที่"], ["ขอนแก่น", "9 พ.ย. 65"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\nx, y, z;1\nu, v, w, t;2\n", [["a", "b"], ["x, y, z", "1"], ["u, v, w, t", "2"]]),
        ("รายชื่อ, ปี 2565\na;b\nc;d\n", [["รายชื่อ, ปี 2565", ""], ["a", "b"], ["c", "d"]]),
        ("a\nb; c\n", [["a", ""], ["b", " c"]]),
        ("a\n1,5\n", [["a", ""], ["1", "5"]]),
        ("a\nb\n", [["a"], ["b"]]),
    ],
)
def test_the_separator_is_what_cuts_the_rows_alike(text: str, rows: list[list[str]]) -> None:
    assert texts(text.encode()) == rows


def test_cells_of_a_text_tell_their_name_and_the_line_on_which_their_row_begins() -> None:
    rows = read_tables("a.csv", 'ก,"ข\r\nค"\r\n"ง ""จ""",ฉ\r\n'.encode())[0].rows
    assert [[cell.text for cell in row] for row in rows] == [["ก", "ข\r\nค"], ['ง "จ"', "ฉ"]]
    assert [cell.place.said_in("en") for cell in rows[1]] == ["cell A2, line 3", "cell B2, line 3"]


def test_ragged_rows_are_made_even_and_the_empty_rest_is_left_out() -> None:
    assert texts(b"a\n\nb,c,d,\n,,,\n\n") == [["a", "", ""], ["", "", ""], ["b", "c", "d"]]
    assert read_tables("a.csv", b"a\n\nb,c\n")[0].rows[0][1].place.said_in("en") == "cell B1, line 1"
    assert texts(b"") == texts(b"\n\n") == texts(b",,\n") == []
    assert squared([]) == ()


@EACH
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\r\n\t")
            ),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(",;\t"),
)
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]], separator: str) -> None:
    rows = [["ก", "ข", "ค", "ง", "จ", "ฉ"], *rows]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    read = texts(written.getvalue().encode())
    assert [row[: len(known)] for row, known in zip(read, rows, strict=False)] == rows[: len(read)]
    assert not any("".join(row) for row in rows[len(read) :])


SHEET = "xl/worksheets/sheet1.xml"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def with_part(path: str, part: str) -> bytes:
    return packed(parts(ONE) | {path: part})


def without_part(path: str) -> bytes:
    return packed({name: part for name, part in parts(ONE).items() if name != path})


def doubled(path: str) -> bytes:
    return packed(parts(ONE) | {path.upper(): "x"})


def locked(content: bytes) -> bytes:
    """The package with the flag that says its parts are encrypted."""
    for start in (rb"PK\x03\x04..", rb"PK\x01\x02...."):
        content = re.sub(rb"(" + start + rb").", b"\\g<1>\x01", content, flags=re.DOTALL)
    return content


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
SHEETS = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="r{number}"/>' for number in range(1, 60))
LINKED = "".join(
    f'<Relationship Id="r{number}" Type="x/worksheet" Target="worksheets/sheet{number}.xml"/>'
    for number in range(1, 60)
)


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("a.xls", OLE, UnknownFormat, "save it as .xlsx"),
        ("a.xlsm", packed(parts(ONE)), UnknownFormat, ".xlsm are not read"),
        ("a.ods", b"PK\x03\x04", UnknownFormat, ".ods are not read"),
        ("a", b"a,b", UnknownFormat, "ending in nothing"),
        ("a.csv", packed(parts(ONE)), UnknownFormat, "name it .xlsx"),
        ("a.xlsx", b"a,b\n1,2\n", MalformedData, "no Excel workbook"),
        ("a.xlsx", b"", MalformedData, "no Excel workbook"),
        ("a.xlsx", OLE, UnknownFormat, "of the old kind"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), UnknownFormat, "password"),
        ("a.xlsx", locked(packed(parts(ONE))), UnknownFormat, "password"),
        (
            "a.xlsx",
            with_part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            UnknownFormat,
            "OpenDocument",
        ),
        ("a.xlsx", with_part("xl/vbaProject.bin", "x"), UnknownFormat, "macros"),
        ("a.xlsx", packed({"word/document.xml": "<x/>"}), MalformedData, "damaged"),
        ("a.xlsx", packed(parts(ONE))[:-30], MalformedData, "damaged"),
        ("a.xlsx", packed(parts(ONE))[:200], MalformedData, "damaged"),
        ("a.xlsx", without_part("xl/workbook.xml"), MalformedData, "damaged"),
        ("a.xlsx", without_part(SHEET), MalformedData, "damaged"),
        ("a.xlsx", without_part("_rels/.rels"), MalformedData, "damaged"),
        ("a.xlsx", doubled(SHEET), MalformedData, "damaged"),
        ("a.xlsx", with_part(SHEET, "<worksheet><sheetData>"), MalformedData, "damaged"),
        ("a.xlsx", with_part(SHEET, f"{ENTITIES}<worksheet/>"), MalformedData, "damaged"),
        ("a.xlsx", with_part("docProps/core.xml", f"{ENTITIES}<x>&b;</x>"), MalformedData, "damaged"),
        ("a.xlsx", packed(parts('<row r="1"><c r="AAAAAAA1"><v>1</v></c></row>')), MalformedData, "damaged"),
        ("a.xlsx", packed(parts('<row r="x"><c><v>1</v></c></row>')), MalformedData, "damaged"),
        ("a.xlsx", packed(parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), MalformedData, "damaged"),
        ("a.xlsx", packed(parts('<row><c r="XFD1"><v>1</v></c></row>')), TooLarge, "column 16,384"),
        ("a.xlsx", packed(parts('<row><c r="A1048576"><v>1</v></c></row>')), TooLarge, "row 1,048,576"),
        ("a.xlsx", packed(parts('<row r="1048576"><c><v>1</v></c></row>')), TooLarge, "row 1,048,576"),
        ("a.xlsx", packed(parts('<row><c r="NN19000"><v>1</v></c></row>')), TooLarge, "400,000 cells"),
        ("a.csv", b"a\n" * (grid.MAX_ROWS + 1), TooLarge, "row 20,001"),
        ("a.csv", b"," * grid.MAX_COLUMNS, TooLarge, "column 501"),
        ("a.csv", b"a\0b", MalformedData, "control character"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MalformedData, "UTF-8"),
        ("a.csv", b"\xff\xfea", MalformedData, "UTF-8"),
        ("a.csv", 'ก,ข\nค,"ง'.encode(), MalformedData, "line 2, column 3"),
        ("a.csv", 'ก,ข\nค,"ง"จ\n'.encode(), MalformedData, "line 2, column 3"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_in_words(
    name: str, content: bytes, error: type[MueangError], words: str
) -> None:
    with pytest.raises(error, match=re.escape(words)) as caught:
        read_tables(name, content)
    assert caught.value.th.startswith(name)


def test_more_sheets_than_are_read_are_refused() -> None:
    members = parts(ONE) | {f"xl/worksheets/sheet{number}.xml": "<worksheet/>" for number in range(1, 60)}
    for path, old, new in (
        ("xl/workbook.xml", "<sheets>", f"<sheets>{SHEETS}"),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", f"{LINKED}</Relationships>"),
    ):
        members[path] = members[path].replace('<sheet name="S" sheetId="1" r:id="r1"/>', "").replace(old, new)
    with pytest.raises(TooLarge, match="more than 50 sheets"):
        read_tables("a.xlsx", packed(members))


def test_a_text_told_very_often_is_refused() -> None:
    cell = '<c t="s"><v>0</v></c>'
    content = packed(parts(f"<row>{cell * 500}</row>", strings=f"<si><t>{'ก' * 50_000}</t></si>"))
    with pytest.raises(TooLarge, match="too much"):
        read_tables("a.xlsx", content)


def test_very_many_cells_with_nothing_in_them_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed(parts(f"<row>{'<c/>' * 2000}</row>"))
    assert read_tables("a.xlsx", content)[0].rows == ()
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 1000)
    with pytest.raises(TooLarge, match="too much"):
        read_tables("a.xlsx", content)


@pytest.mark.parametrize("declared", [None, 10])
def test_a_bomb_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch, declared: int | None
) -> None:
    size = 4_000_000
    content = with_part("xl/media/image.png", "0" * size)
    if declared:
        content = content.replace(size.to_bytes(4, "little"), declared.to_bytes(4, "little"))
    monkeypatch.setattr(package, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(MueangError, match="unpacks to more" if not declared else "damaged"):
        read_tables("a.xlsx", content)


def test_a_link_to_another_file_is_not_followed() -> None:
    members = parts(ONE)
    rels = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = rels.replace(
        'Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1:9/x.xml" TargetMode="External"'
    )
    with pytest.raises(MalformedData):
        read_tables("a.xlsx", packed(members))


@pytest.mark.parametrize(
    "ranges",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "<mergeCells>" + '<mergeCell ref="A1:Z1000"/>' * 20 + "</mergeCells>",
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
    ids=["merged", "merged often", "linked"],
)
def test_ranges_of_very_many_cells_are_refused(ranges: str) -> None:
    members = parts(ONE)
    members[SHEET] = members[SHEET].replace("</worksheet>", f"{ranges}</worksheet>")
    with pytest.raises(TooLarge, match="too much"):
        read_tables("a.xlsx", packed(members))


def flipped(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changed, cut out, doubled or cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) or 1)
        length = chance.choice([1, 1, 2, 8, 100])
        piece = chance.choice(
            [
                b"",
                chance.randbytes(length),
                bytes(changed[at : at + length]) * 3,
                b"<",
                b'"',
                b"\0",
                b"1048576",
                b"-1",
                b"&x;",
            ]
        )
        changed[at : at + length] = piece
    return bytes(changed)


def mutated_package(chance: random.Random) -> bytes:
    """The usual workbook with one of its parts changed, or all of it."""
    if chance.random() < 0.2:
        return flipped(USUAL, chance)
    members = dict(unpacked(USUAL))
    path = chance.choice(list(members))
    members[path] = flipped(members[path], chance)
    return packed(members)


def mutated_text(chance: random.Random) -> bytes:
    text = chance.choice([THAI, 'a;"b\n""c"""\n' * 3, "sep=;\na;b\n"])
    return flipped(text.encode(chance.choice(["utf-8", "cp874", "utf-16"])), chance)


USUAL = saved(usual())


def read_or_refused(name: str, make: Callable[[random.Random], bytes], seed: int) -> None:
    content = make(random.Random(seed))  # noqa: S311
    try:
        tables = read_tables(name, content)
    except UnusableRequest:
        return
    assert all(isinstance(cell.text, str) for table in tables for row in table.rows for cell in row), seed


@pytest.mark.parametrize(
    ("name", "make"), [("a.xlsx", mutated_package), ("a.csv", mutated_text)], ids=["xlsx", "csv"]
)
def test_any_file_is_read_or_refused(name: str, make: Callable[[random.Random], bytes]) -> None:
    for seed in range(200):
        read_or_refused(name, make, seed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"), [("a.xlsx", mutated_package), ("a.csv", mutated_text)], ids=["xlsx", "csv"]
)
def test_any_of_ten_thousand_files_is_read_or_refused(
    name: str, make: Callable[[random.Random], bytes]
) -> None:
    for seed in range(1000, 11_000):
        read_or_refused(name, make, seed)


@EACH
@given(
    st.binary(max_size=200),
    st.sampled_from(["a.xlsx", "a.csv", "a.tsv"]),
    st.sampled_from([b"", package.ZIP]),
)
def test_random_bytes_are_read_or_refused(content: bytes, name: str, start: bytes) -> None:
    read_or_refused(name, lambda _: start + content, 0)
