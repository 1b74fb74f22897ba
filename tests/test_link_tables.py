"""Tables as offices make them: the column of names is found, what is no name is left out, the rest stays as it was."""

import csv
import io
from collections.abc import Sequence
from functools import partial
from io import BytesIO

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as with_any
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mueang.engine.client import WorkersEngine
from mueang.errors import Language, MalformedData, MueangError, TooLarge, UnknownFormat, WrongParameter
from mueang.link.filling import filled
from mueang.link.names import Index, index_of
from mueang.link.order import Order, Wish
from mueang.link.tables.choice import Wanted, choose
from mueang.link.tables.file import source_of
from mueang.link.tables.joining import Joiner
from mueang.link.tables.report import as_text
from mueang.link.tables.words import aside, headed_kind

PLAIN = "จังหวัด,จำนวน\nภูเก็ต,5\nจ.ขอนแก่น,6\nChiang Mai,7\n"
OFFICE = """\
ตารางที่ 1 จำนวนบ้านแยกตามจังหวัด,,
,,
จังหวัด,พ.ศ. 2549,พ.ศ. 2550
Province,2006,2007
,(หลัง),(หลัง)
ทั่วราชอาณาจักร,"1,000","1,100"
ภาคเหนือ,400,500
เชียงใหม่,100,110
 เชียงราย,90,95
ภาคตะวันออกเฉียงเหนือ,300,310
   ขอนแก่น,150,160
เพชรบูรณ์,1,2
เพชรบุรี,3,4
รวมภาคตะวันออกเฉียงเหนือ,300,310
,,
หมายเหตุ: ปี 2549/50 เป็นปีการผลิต,,
"ที่มา: สำนักงานปกครอง, กรุงเทพมหานคร",,
"""


@pytest.fixture(scope="module")
def index(engine: WorkersEngine) -> Index:
    return index_of(engine)


def states(index: Index, content: bytes, name: str = "t.csv", wanted: Wanted | None = None) -> list[str]:
    source = source_of(name, partial(BytesIO, content))
    chosen = choose(source, index, wanted or Wanted())
    joiner = Joiner(name, index, chosen)
    return [linked.state for _, linked in joiner.results(source.rows(chosen.sheet))]


def given(
    index: Index, content: bytes | str, wish: Wish = "csv", name: str = "t.csv", **order: object
) -> tuple[dict[str, object], bytes]:
    sent = content.encode() if isinstance(content, str) else content
    return filled(Order(name=name, language="en", wish=wish, **order), sent, index)  # type: ignore[arg-type]


def rows_of(body: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode(encoding), newline=""), delimiter=delimiter))


def sheet(rows: Sequence[Sequence[object]], merged: Sequence[str] = (), title: str = "Data") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_table_comes_back_with_iri_code_and_official_names(index: Index) -> None:
    said, body = given(index, PLAIN)
    rows = rows_of(body)
    assert rows[0][2:] == [
        "IRI",
        "code",
        "official name (Thai)",
        "official name (English)",
        "score",
        "reason",
    ]
    assert [row[3] for row in rows[1:]] == ["83", "40", "50"]
    assert rows[2][2:6] == ["https://w3id.org/mueang/id/province/TH-40", "40", "ขอนแก่น", "Khon Kaen"]
    assert (said["column"], said["kinds"], said["linked"]) == ("จังหวัด", ["province"], 3)


def test_titles_heads_units_totals_regions_notes_and_empty_rows_are_left_out(index: Index) -> None:
    assert states(index, OFFICE.encode()) == [
        *["head"] * 5, "total", "group", "linked", "linked", "group", "linked", "linked", "linked", "total",
        "blank", "note", "note",
    ]  # fmt: skip
    said, body = given(index, OFFICE)
    assert said["column"] == "จังหวัด Province"
    assert said["left_out"] == {"total": 2, "group": 2, "note": 2, "blank": 1}
    assert said["not_linked"] == 0
    linked = [row[4] for row in rows_of(body) if row[3:4] and row[3].startswith("http")]
    assert linked == ["50", "57", "40", "67", "76"]


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp874", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
    ids=["utf-8", "utf-8-bom", "cp874", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_byte_that_was_there_is_there_again_in_its_encoding(
    codec: str, mark: bytes, end: str, index: Index
) -> None:
    text = 'ชื่อ,"จังหวัด",x\n"ก ""ข""\nค",ภูเก็ต,  1 \n=1+1,กระบี่,"a,b"\n'.replace("\n", end)
    body = given(index, mark + text.encode(codec))[1]
    assert body.startswith(mark)
    back = body[len(mark) :].decode(codec)
    parts = text.split(end)
    assert [part in back for part in parts] == [True] * len(parts)
    assert [row[:3] for row in rows_of(body[len(mark) :], codec)] == rows_of(text.encode(codec), codec)
    assert back.count(end) == text.count(end)


@pytest.mark.parametrize("separator", list(",;\t|"), ids=["comma", "semicolon", "tab", "bar"])
def test_whatever_separates_the_cells_separates_the_added_ones(separator: str, index: Index) -> None:
    body = given(index, PLAIN.replace(",", separator))[1]
    assert [row[3] for row in rows_of(body, delimiter=separator)] == ["code", "83", "40", "50"]


def test_a_line_that_names_the_separator_stays(index: Index) -> None:
    body = given(index, "sep=;\r\nจังหวัด;n\r\nภูเก็ต;1,5\r\n")[1]
    assert body.decode().splitlines()[0] == "sep=;"
    assert body.decode().splitlines()[2].startswith("ภูเก็ต;1,5;https://")


def test_a_short_row_is_filled_up_and_a_row_of_commas_stays_as_wide_as_the_rest(index: Index) -> None:
    body = given(index, "จังหวัด,a,b\nภูเก็ต\nกระบี่,1,2\nตรัง,1,2,,\n,,\n\n")[1]
    rows = rows_of(body)
    assert [len(row) for row in rows] == [9, 9, 9, 9, 9, 0]
    assert [row[4] for row in rows[1:4]] == ["83", "81", "92"]


def test_a_table_without_a_heading_is_linked_from_its_first_row(index: Index) -> None:
    assert states(index, "ภูเก็ต,เกาะ\nกระบี่,เมือง\n".encode()) == ["linked", "linked"]
    assert states(index, "ภูเก็ต,10\nกระบี่,20\n".encode()) == ["linked", "linked"]


def test_a_single_column_of_names_is_a_table(index: Index) -> None:
    assert states(index, "จังหวัด\nภูเก็ต\nกระบี่\n".encode()) == ["head", "linked", "linked"]


def test_the_right_one_of_more_than_a_hundred_columns_is_found(index: Index) -> None:
    heads = ["id", "เขต", "จังหวัด", *(f"จำนวน {n} (ตัว)" for n in range(120))]
    lines = [[str(n), f"ปศุสัตว์เขต {n}", name, *["0"] * 120] for n, name in enumerate(["ภูเก็ต", "กระบี่"])]
    content = "\n".join(",".join(line) for line in [heads, *lines, [""] * 123, [""] * 123])
    said, _ = given(index, content.encode("cp874"))
    assert (said["column"], said["linked"], said["left_out"]) == ("จังหวัด", 2, {"blank": 2})


def test_running_numbers_are_not_taken_for_codes(index: Index) -> None:
    lines = "".join(f"{n},{name}\n" for n, name in enumerate(["ภูเก็ต", "กระบี่", "ตรัง"], start=10))
    said, body = given(index, f"id,name\n{lines}")
    assert said["column"] == "name"
    assert [row[3] for row in rows_of(body)[1:]] == ["83", "81", "92"]
    with pytest.raises(WrongParameter, match="no column of names"):
        given(index, "id,n\n10,5\n11,6\n")


def test_codes_are_linked_where_the_heading_says_so_or_the_reader(index: Index) -> None:
    said, body = given(index, "รหัสจังหวัด,n\n83,5\n81,6\nรวม,11\n")
    assert (said["linked"], said["left_out"]) == (2, {"total": 1})
    assert [row[4] for row in rows_of(body)[1:3]] == ["ภูเก็ต", "กระบี่"]
    assert given(index, "a,n\n83,5\n81,6\n", column="a")[0]["linked"] == 2


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("รหัสจังหวัด", {}),
        ("province code", {}),
        ("รหัสจังหวัด", {"column": "รหัสจังหวัด", "kinds": ("province",)}),
        ("a", {"column": "a"}),
    ],
    ids=["found", "found-in-english", "named", "named-by-a-letter"],
)
def test_a_code_that_is_not_known_is_told_and_the_others_are_linked(
    heading: str, wanted: dict[str, object], index: Index
) -> None:
    said, body = given(index, f"{heading},n\n81,1\n82,1\n83,2\n99,3\nรวม,7\n", **wanted)
    assert (said["kinds"], said["linked"], said["not_linked"]) == (["province"], 3, 1)
    assert isinstance(said["missed"], list)
    assert [(one["text"], one["first_row"], one["reason"]["en"]) for one in said["missed"]] == [
        ("99", 5, "this is no code known here")
    ]
    assert [row[3] for row in rows_of(body)[1:]] == ["81", "82", "83", "", ""]


@pytest.mark.parametrize(
    "codes", [["81", "82", "98", "99"], ["00", "95", "96", "97"], ["81", "ไม่ระบุ", "83", "-"]]
)
def test_a_named_column_of_codes_needs_no_more_than_most_to_be_known(codes: list[str], index: Index) -> None:
    content = "รหัสจังหวัด,n\n" + "".join(f"{code},5\n" for code in codes)
    assert given(index, content, column="รหัสจังหวัด")[0]["linked"] == 2


RUNNING = {
    "the ids of provinces": [*range(1, 78)],
    "ids with some taken out": [number for number in range(1, 78) if number not in (5, 40, 66)],
    "ids that begin at ten": [*range(10, 31)],
}


@pytest.mark.parametrize("numbers", RUNNING.values(), ids=RUNNING)
@pytest.mark.parametrize("heading", ["id", "รหัส", "code"])
def test_running_numbers_are_no_codes_though_most_look_like_some(
    heading: str, numbers: list[int], index: Index
) -> None:
    content = f"{heading},n\n" + "".join(f"{number},5\n" for number in reversed(numbers))
    with pytest.raises(WrongParameter, match="no column of names"):
        given(index, content)
    with pytest.raises(WrongParameter, match="holds numbers, and not all"):
        given(index, content, column=heading)


def test_running_numbers_are_no_codes_though_the_heading_says_so(index: Index) -> None:
    content = "รหัสจังหวัด,n\n" + "".join(f"{number},5\n" for number in range(1, 78) if number != 7)
    with pytest.raises(WrongParameter, match="no column of names"):
        given(index, content)
    with pytest.raises(WrongParameter, match=r"not all .* \(63 of 76\)"):
        given(index, content, column="รหัสจังหวัด")


def test_a_column_of_numbers_that_are_no_codes_is_refused_in_words(index: Index) -> None:
    with pytest.raises(WrongParameter, match=r"holds numbers, and not all .*\(1 of 3\)"):
        given(index, "จังหวัด,n\nภูเก็ต,1\nกระบี่,2\nตรัง,83\n", column="n")


def test_a_column_that_is_not_there_is_told_with_those_that_are(index: Index) -> None:
    with pytest.raises(WrongParameter, match=r"no column province \(there are: จังหวัด, จำนวน\)"):
        given(index, PLAIN, column="province")


@pytest.mark.parametrize("column", ["Province", "จังหวัด", "จังหวัด Province", " จังหวัด ", "A"])
def test_a_column_goes_by_a_line_of_its_heading_by_all_of_it_or_by_its_letter(
    column: str, index: Index
) -> None:
    assert given(index, OFFICE, column=column)[0]["linked"] == 5


def test_kinds_and_sheets_that_are_not_there_are_told_with_those_that_are(index: Index) -> None:
    with pytest.raises(WrongParameter, match=r"no kind planet \(known: .*province"):
        given(index, PLAIN, kinds=("planet",))
    with pytest.raises(WrongParameter, match=r"no sheet Two \(there are: Data\)"):
        given(index, sheet([["จังหวัด"], ["ภูเก็ต"]]), name="t.xlsx", sheet="Two")


def test_mixed_kinds_are_told_and_only_the_asked_ones_linked(index: Index) -> None:
    content = "ชื่อ,n\n" + "".join(
        f"{name},1\n" for name in ("ภูเก็ต", "จ.กระบี่", "จ.ตรัง", "อำเภอเมืองภูเก็ต", "อ.เมืองขอนแก่น")
    )
    said, _ = given(index, content)
    assert (said["kinds"], said["linked"], said["not_linked"]) == (["province"], 3, 2)
    assert "district" in str(said["other_kinds"])
    both, _ = given(index, content, kinds=("province", "district"))
    assert both["linked"] == 5


def test_what_is_not_linked_is_told_once_with_reason_place_and_suggestions(index: Index) -> None:
    said, _ = given(
        index, "จังหวัด,n\nภูเก็ต,1\nโรงพยาบาลขอนแก่น,2\nโรงพยาบาลขอนแก่น,3\nกระบี่,3\n,4\n12,5\n", column="จังหวัด"
    )
    assert isinstance(said["missed"], list)
    first, unnamed, number = said["missed"]
    assert (first["text"], first["rows"], first["first_row"]) == ("โรงพยาบาลขอนแก่น", 2, 3)
    assert first["reason"]["th"]
    assert first["suggestions"][0]["label"]["en"] == "Khon Kaen"
    assert (unnamed["text"], unnamed["first_row"], unnamed["reason"]["en"]) == (
        "",
        6,
        "there is no name in this row",
    )
    assert (number["text"], number["reason"]["en"]) == ("12", "a number, not a name")
    assert said["not_linked"] == 4


@pytest.mark.parametrize("text", ["–", "-", "...", "?", "***"])
def test_marks_alone_are_no_name_and_no_number(text: str, index: Index) -> None:
    said, _ = given(index, f"จังหวัด,n\nภูเก็ต,1\n{text},2\n", column="จังหวัด")
    assert isinstance(said["missed"], list)
    assert said["not_linked"] == 1
    assert said["missed"][0]["reason"] == {"th": "ไม่มีชื่อในแถวนี้", "en": "there is no name in this row"}


def test_namesakes_are_told_apart_by_what_they_are_and_by_code(index: Index) -> None:
    content = "ชื่อ,n\nภูเก็ต,1\nกระบี่,1\n"
    kinds = ("province", "city")
    said, _ = given(index, content, kinds=kinds)
    assert "may mean Phuket (city), Phuket (province TH-83)" in as_text(said, "en")
    assert "อาจหมายถึง ภูเก็ต (เมือง), ภูเก็ต (จังหวัด TH-83)" in as_text(said, "th")
    report = given(index, content, wish="report", kinds=kinds)[1].decode("utf-8-sig")
    assert "Phuket (city); Phuket (province TH-83)" in report


def test_scores_are_numbers_in_a_workbook(index: Index) -> None:
    table = [["จังหวัด", "n"], ["ภูเก็ต", 1], ["ขอนแกน", 2], ["โรงพยาบาล", 3]]
    text = "\n".join(f"{name},{number}" for name, number in table)
    for content, name in ((text.encode(), "t.csv"), (sheet(table), "t.xlsx")):
        page = load_workbook(BytesIO(given(index, content, "xlsx", name)[1])).worksheets[0]
        scores = [page.cell(row, 7) for row in range(1, 5)]
        assert [one.value for one in scores] == ["score", 100, 96, None]
        assert [one.data_type for one in scores[1:3]] == ["n", "n"]
        assert (page["D2"].value, page["D2"].data_type) == (
            "83",
            "s" if name == "t.csv" else page["C2"].data_type,
        )


def test_names_of_which_none_is_known_are_all_reported_and_none_is_linked(index: Index) -> None:
    offices = ["ท้องถิ่นเขตพระนคร", "ท้องถิ่นเขตดุสิต", "ท้องถิ่นเขตบางรัก"]
    lines = "".join(f'{name},"19,381"\n' for name in offices)
    said, body = given(index, f'\ufeffพื้นที่,ชาย\nยอดรวมทั้งหมด,"2,554,230"\n{lines},\n')
    assert (said["column"], said["linked"], said["not_linked"]) == ("พื้นที่", 0, 3)
    assert b"https://" not in body


def test_a_heading_repeated_on_the_next_printed_page_is_no_name(index: Index) -> None:
    assert states(index, "จังหวัด,n\nภูเก็ต,1\nจังหวัด,n\nกระบี่,1\n".encode())[2] == "repeated"


@pytest.mark.parametrize("rows", [3, 3000], ids=["early", "late"])
def test_a_value_beyond_the_last_heading_is_refused_with_its_row(rows: int, index: Index) -> None:
    lines = "ภูเก็ต,1\n" * rows
    with pytest.raises(MalformedData, match=rf"row {rows + 2}: 3 cells in a table of 2 columns") as found:
        given(index, f"จังหวัด,n\n{lines}กระบี่,1,234\n")
    assert found.value.line == rows + 2


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        ("จังหวัด\nภูเก็ต\n".encode() + b"\xff\xfe\xc0\n", MalformedData, "line 3: byte 0xFF"),
        (b"PK\x03\x04 not a csv", UnknownFormat, "workbook inside"),
        (b"\x00\x01\x02", MalformedData, "control character"),
        (b"a" * 5_000_000, TooLarge, "line of more than 4 MB"),
        (b",".join(b"x" for _ in range(10_000)), TooLarge, "10,000 columns"),
        ('จังหวัด,n\n"ภูเก็ต,1\nกระบี่,2\n'.encode(), MalformedData, "quote is not closed"),
        (b"", MalformedData, "nothing in this table"),
        (b",,,\n,,,\n", MalformedData, "nothing in this table"),
    ],
    ids=["bytes", "zip", "control", "endless-line", "10,000-columns", "open-quote", "empty", "commas-only"],
)
def test_what_is_no_table_is_an_error_in_words(
    content: bytes, kind: type[MueangError], words: str, index: Index
) -> None:
    with pytest.raises(kind, match=words):
        given(index, content)


def test_wrong_bytes_far_into_a_file_are_found_before_anything_is_given(index: Index) -> None:
    with pytest.raises(MalformedData, match="after line") as found:
        given(index, "จังหวัด\n".encode() + "ภูเก็ต\n".encode() * 100_000 + b"\xff\xfe\xc0\n")
    assert found.value.line == 100_002


def test_thai_in_the_old_encoding_is_told_though_it_begins_late(index: Index) -> None:
    content = b"name,province\n" + b"x,Phuket\n" * 200_000 + "x,กระบี่\n".encode("cp874")
    said, body = given(index, content)
    assert said["linked"] == 200_001
    assert body.splitlines()[-1].startswith("x,กระบี่,https://".encode("cp874"))


def test_added_cells_are_never_formulas_and_own_cells_stay(index: Index) -> None:
    content = "จังหวัด,n\n=HYPERLINK(1),1\nภูเก็ต,=1+1\n"
    rows = rows_of(given(index, content)[1])
    assert rows[2][:2] == ["ภูเก็ต", "=1+1"]
    assert not [cell for row in rows for cell in row[2:] if cell.startswith(("=", "+", "-", "@"))]
    report = given(index, content, wish="report")[1].decode("utf-8-sig")
    assert report.splitlines()[1].startswith("'=HYPERLINK(1)")


def test_a_workbook_keeps_all_it_had_and_gets_its_columns(index: Index) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["รายงาน", None], ["จังหวัด", "n"], ["ภูเก็ต", 1], ["จ.กระบี่", "=B3+1"], ["รวม", "=SUM(B3:B4)"]):
        page.append(row)
    page.column_dimensions["A"].width = 33
    page.merge_cells("A1:B1")
    book.create_sheet("Other").append(["x", "y"])
    file = BytesIO()
    book.save(file)
    said, body = given(index, file.getvalue(), wish="xlsx", name="t.xlsx")
    back = load_workbook(BytesIO(body))
    own = back.worksheets[0]
    assert [own.cell(row, 3).value for row in range(1, 6)] == [
        None, "IRI", "https://w3id.org/mueang/id/province/TH-83", "https://w3id.org/mueang/id/province/TH-81", None,
    ]  # fmt: skip
    assert (own["B4"].value, own["D4"].value, own["H5"].value) == ("=B3+1", "81", "a total, not a name")
    assert own.column_dimensions["A"].width == 33
    assert [str(area) for area in own.merged_cells.ranges] == ["A1:B1"]
    assert back.worksheets[1]["B1"].value == "y"
    assert said["linked"] == 2


def test_a_merged_cell_names_all_the_rows_it_spans(index: Index) -> None:
    rows = [["จังหวัด", "อำเภอ", "n"], ["ภูเก็ต", "ก", 1], [None, "ข", 2], [None, "ค", 3], ["กระบี่", "ง", 4]]
    content = sheet(rows, ["A2:A4"])
    assert states(index, content, "t.xlsx", Wanted("จังหวัด")) == ["head", *["linked"] * 4]
    assert states(index, sheet(rows), "t.xlsx", Wanted("จังหวัด"))[2:4] == ["empty", "empty"]


def test_the_sheet_with_the_names_is_found_and_a_named_one_is_taken(index: Index) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["คำอธิบาย"])
    first.append(["ตารางนี้มีข้อมูลรายจังหวัด"])
    second = book.create_sheet("รายจังหวัด")
    for row in (["จังหวัด", "n"], ["ภูเก็ต", 1]):
        second.append(row)
    file = BytesIO()
    book.save(file)
    said, _ = given(index, file.getvalue(), name="t.xlsx")
    assert (said["sheet"], said["linked"]) == ("รายจังหวัด", 1)


def test_a_csv_can_be_had_as_a_workbook_of_texts_and_a_workbook_as_csv(index: Index) -> None:
    body = given(index, "จังหวัด,n\nภูเก็ต,=1+1\nกระบี่,007\n", wish="xlsx")[1]
    page = load_workbook(BytesIO(body)).worksheets[0]
    assert [page["B2"].value, page["B2"].data_type, page["B3"].value, page["D2"].value] == [
        "=1+1",
        "s",
        "007",
        "83",
    ]
    back = given(index, sheet([["จังหวัด", "n"], ["ภูเก็ต", 7]]), wish="csv", name="t.xlsx")[1]
    assert rows_of(back, "utf-8-sig")[1][:4] == [
        "ภูเก็ต",
        "7",
        "https://w3id.org/mueang/id/province/TH-83",
        "83",
    ]


@pytest.mark.parametrize(
    "text",
    ["รวม", "ยอดรวมทั้งหมด", "รวมทั้งสิ้น", "ทั่วราชอาณาจักร", "ทั้งประเทศ", "Total", "Grand Total", "Whole Kingdom", "ภาคเหนือ", "ภาคกลาง",
     "Northeastern Region", "กรุงเทพมหานครและปริมณฑล", "หมายเหตุ", "ที่มา: กรมการปกครอง", "Source: NSO", "1/ ข้อมูลเบื้องต้น",
     "* ข้อมูลเบื้องต้น", "2549/50", "๒๕๖๔", "1,234", "-", "(ก", " ", "\u200b"],
)  # fmt: skip
def test_words_of_offices_are_no_names(text: str) -> None:
    assert aside(text) is not None or text == "(ก"


def test_no_name_in_the_graph_is_taken_for_an_office_word(index: Index) -> None:
    kinds = {"province", "district", "subdistrict", "city", "area", "body", "local-authority"}
    names = [name.text for thing in index.things.values() if kinds & set(thing.kinds) for name in thing.names]
    assert len(names) > 500
    assert [name for name in names if aside(name)] == []


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("สถานที่เลี้ยงสัตว์ จังหวัด", "province"), ("Province", "province"), ("province_name", "province"), ("รหัสจังหวัด", ""), ("อำเภอ", "district"),
     ("Sub-district", "subdistrict"), ("District", "district"), ("จำนวน", ""), ("หน่วยงาน", "body")],
)  # fmt: skip
def test_a_heading_promises_a_kind(heading: str, kind: str) -> None:
    assert headed_kind(heading) == kind


def test_what_is_said_is_said_in_both_languages(index: Index) -> None:
    for language, words in (("th", "ชื่อทางการ (ไทย)"), ("en", "official name (Thai)")):
        asked: Language = language  # type: ignore[assignment]
        body = filled(Order("t.csv", asked, "csv"), PLAIN.encode(), index)[1]
        assert words in body.decode()


NAMES = st.sampled_from(["ภูเก็ต", "กระบี่", "จ.ตรัง", "ไม่มีชื่อนี้", "รวม", "", "12"])
CELLS = st.text(st.sampled_from('กา1 ,;|\t"\r\n=-x'), max_size=8)


@settings(
    max_examples=80,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@with_any(
    rows=st.lists(st.tuples(CELLS, NAMES, CELLS), min_size=1, max_size=8),
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "cp874", "utf-16"]),
)
def test_whatever_the_cells_hold_they_come_back_as_they_were(
    rows: list[tuple[str, str, str]], separator: str, end: str, codec: str, index: Index
) -> None:
    text = io.StringIO(newline="")
    # Python's writer leaves a lone \r or \n bare unless the lines end in it.
    bare = any(sign in cell for row in rows for cell in row for sign in "\r\n")
    quoting = csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([("ก", "จังหวัด", "ข"), ("", "ภูเก็ต", "1"), *rows])
    sent = text.getvalue().encode(codec)
    source = source_of("t.csv", partial(BytesIO, sent))
    assert source.separator == separator  # type: ignore[union-attr]
    body = given(index, sent, column="จังหวัด")[1]
    own, back = rows_of(sent, codec, separator), rows_of(body, codec, separator)
    assert [row[:3] for row in back] == own
    assert {len(row) for row in back} == {9}
