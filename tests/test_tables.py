"""Answers as tables for people: CSV for Excel and workbooks, with names, without formulas."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from conftest import ROOT, Run
from mueang.engine import tables
from mueang.engine.bindings import Solutions
from mueang.engine.cells import cell_text, day_in, harmless_text, number_in
from mueang.engine.formats import ROWS
from mueang.engine.query import Answer, Engine
from mueang.engine.tables import EXCEL_CSV, XLSX, table_answer
from mueang.engine.workbook import About
from mueang.errors import NotAcceptable, QueryBudgetExceeded, StoreFailed
from mueang.graph.generation import publish

XSD = "http://www.w3.org/2001/XMLSchema#"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ABOUT = About("SELECT …", "https://data.example/sparql", date(2026, 11, 23), "en")


def literal(value: str, datatype: str = "") -> dict[str, str]:
    return {"type": "literal", "value": value} | ({"datatype": XSD + datatype} if datatype else {})


def answer_of(*rows: dict[str, Any], variables: tuple[str, ...] = ("x",)) -> Answer:
    body = json.dumps(
        {"head": {"vars": variables}, "results": {"bindings": rows}}, ensure_ascii=False
    ).encode()
    return Answer(io.BytesIO(body), len(body), ROWS[0], 1)


def sheets(workbook: bytes) -> list[list[list[Any]]]:
    """The cells of each sheet: text, bool or float, None where there is none; a formula fails."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_cells(ElementTree.fromstring(parts.read(name))) for name in names]  # noqa: S314


def _cells(sheet: ElementTree.Element) -> list[list[Any]]:
    assert not list(sheet.iter(f"{MAIN}f")), "a formula"
    return [[_value(cell) for cell in row.iter(f"{MAIN}c")] for row in sheet.iter(f"{MAIN}row")]


def _value(cell: ElementTree.Element) -> Any:
    text = "".join(one.text or "" for kind in ("t", "v") for one in cell.iter(MAIN + kind))
    match cell.get("t"):
        case "inlineStr":
            return text
        case "b":
            return text == "1"
    return float(text)


def table(engine: Engine, answer: Answer, about: About = ABOUT) -> list[list[Any]]:
    with table_answer(engine, answer, XLSX, about).file as file:
        return sheets(file.read())[0]


RISKY = ["=1+1", "+66 2 123", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", " =1+1", "=HYPERLINK(\"http://e.org\")"]  # fmt: skip


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_might_take_for_a_formula_stays_text(engine: Engine, text: str) -> None:
    answer = answer_of({"x": literal(text)})
    with table_answer(engine, answer, EXCEL_CSV, ABOUT).file as file:
        rows = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))
    assert rows == [["x"], [f"'{text}"]]
    shown = text.replace("\r", "_x000D_")
    assert table(engine, answer_of({"x": literal(text)})) == [["x"], [shown]]


@pytest.mark.parametrize("text", ["-5", "+3.25", "-1.0E6", ".5", "ก", "a=b", "'x", ""])
def test_what_it_takes_for_a_number_or_text_is_left_alone(text: str) -> None:
    assert harmless_text(literal(text)) == text


def test_csv_for_excel_has_a_byte_order_mark_and_its_line_ends(site: FlaskClient) -> None:
    answer = site.get("/questions/round-totals.csv-excel", buffered=True)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=round-totals.csv"
    assert answer.data.count(b"\r\n") == len(site.get("/questions/round-totals.csv").text.splitlines())


@pytest.mark.parametrize(
    ("term", "number"),
    [
        (literal("5", "integer"), 5.0),
        (literal("-3.25", "decimal"), -3.25),
        (literal("1.0E6", "double"), 1e6),
        (literal("123456789012345", "integer"), 123456789012345.0),
        (literal("1234567890123456", "integer"), None),
        (literal("INF", "double"), None),
        (literal("NaN", "double"), None),
        (literal("1E999", "double"), None),
        (literal("๕", "integer"), None),
        (literal("x", "integer"), None),
        (literal("5"), None),
        (literal("10110", "string"), None),
    ],
)
def test_a_number_is_one_where_excel_keeps_its_digits(term: dict[str, str], number: float | None) -> None:
    assert number_in(term) == number


@pytest.mark.parametrize(
    ("term", "day"),
    [
        (literal("2022-11-09", "date"), date(2022, 11, 9)),
        (literal("1900-03-01", "date"), date(1900, 3, 1)),
        (literal("1900-02-28", "date"), None),
        (literal("2022-02-30", "date"), None),
        (literal("2022-11-09Z", "date"), None),
        (literal("-0044-03-15", "date"), None),
        (literal("2022-11-09T00:00:00Z", "dateTime"), None),
        (literal("2022-11-09"), None),
    ],
)
def test_a_day_is_one_where_excel_counts_it_right(term: dict[str, str], day: date | None) -> None:
    assert day_in(term) == day


def test_a_workbook_has_numbers_days_booleans_links_and_text_as_such(engine: Engine) -> None:
    row = {
        "n": literal("57", "integer"),
        "d": literal("2022-11-09", "date"),
        "b": literal("true", "boolean"),
        "i": {"type": "uri", "value": "https://e.org/ก?a=b&c"},
        "u": {"type": "uri", "value": "urn:x"},
        "k": {"type": "bnode", "value": "b0"},
        "t": {
            "type": "triple",
            "value": {name: literal(name[0]) for name in ("subject", "predicate", "object")},
        },
        "z": literal("10110"),
    }
    answer = answer_of(row, {}, variables=tuple(row))
    with table_answer(engine, answer, XLSX, ABOUT).file as file:
        workbook = file.read()
    cells = sheets(workbook)[0]
    days = (date(2022, 11, 9) - date(1899, 12, 30)) / timedelta(days=1)
    assert cells == [
        list(row), [57.0, days, True, "https://e.org/ก?a=b&c", "urn:x", "_:b0", "<<( s p o )>>", "10110"]
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        links = parts.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert 'Target="https://e.org/ก?a=b&amp;c"' in links
    assert "urn:x" not in links


@pytest.mark.parametrize(
    "text",
    ["<r><t>x</t></r>", "<r></r></is>", "a\x00b\x0b", "\ufffe", "_x0041_", " ก ", "😀", "]]>&<", "a\nb"],
)
def test_no_text_breaks_a_workbook(engine: Engine, text: str) -> None:
    iri = {"type": "uri", "value": f"https://e.org/{text}"}
    cells = table(engine, answer_of({"x": literal(text), "y": iri}, variables=("x", "y")))
    assert len(cells) == 2
    assert len(cells[1]) == 2


def test_the_second_sheet_says_where_the_table_is_from(site: FlaskClient) -> None:
    for language, words in (("th", ["ถามที่", "รุ่นข้อมูล", "วันที่ถาม", "สัญญาอนุญาต", "คำถาม"]), ("en", ["asked at", "generation", "asked on", "licence", "query"])):  # fmt: skip
        answer = site.get(
            "/sparql", query_string={"query": "ASK {}", "format": "xlsx", "lang": language}, buffered=True
        )
        result, origin = sheets(answer.data)
        assert [row[0] for row in origin] == words
        licence = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
        today = date.today().isoformat()
        assert [row[1] for row in origin] == ["http://127.0.0.1:8000/sparql", "1", today, licence, "ASK {}"]
        assert result == [["answer"], [True]]
        assert answer.headers["Cache-Control"] == "no-store"


def test_iris_have_their_names_beside_them_in_the_language_asked_for(site: FlaskClient) -> None:
    query = {
        "query": "SELECT ?p ?n { VALUES ?p { province:TH-21 } ?p tsc:isoCode ?n }",
        "format": "csv-excel",
    }
    thai = site.get("/sparql", query_string=query, buffered=True).data.decode("utf-8-sig")
    english = site.get("/sparql", query_string=query | {"lang": "en"}, buffered=True).data.decode("utf-8-sig")
    assert thai.splitlines() == ["p,p (ชื่อ),n", "https://w3id.org/mueang/id/province/TH-21,ระยอง,TH-21"]
    assert english.splitlines() == ["p,p (name),n", "https://w3id.org/mueang/id/province/TH-21,Rayong,TH-21"]


def test_a_query_that_names_its_iris_gets_no_further_names(site: FlaskClient) -> None:
    plain = site.get("/questions/areas-of-a-round.csv").text.splitlines()[0]
    table = site.get("/questions/areas-of-a-round.csv-excel", buffered=True).data.decode("utf-8-sig")
    assert table.splitlines()[0] == plain


def test_many_iris_are_named_in_several_rounds(site: FlaskClient) -> None:
    query = {"query": "SELECT DISTINCT ?x { ?x skos:prefLabel ?y } LIMIT 1200", "format": "csv-excel"}
    table = site.get("/sparql", query_string=query, buffered=True).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))[1:]
    assert len(rows) > 500
    assert all(name for _, name in rows)


def test_a_long_text_is_cut_and_says_how_long_it_was() -> None:
    cut = cell_text(literal("ก" * 40_000))
    assert len(cut) == 32_767
    assert cut.endswith("… [40,000]")
    assert len(cell_text(literal("ก" * 32_767))) == 32_767


def test_more_than_excel_takes_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"x": literal(str(number))} for number in range(4)]
    monkeypatch.setattr(tables, "_MOST_ROWS", 4)
    assert len(table(engine, answer_of(*rows))) == 5
    monkeypatch.setattr(tables, "_MOST_ROWS", 3)
    with pytest.raises(NotAcceptable, match="more than the 3 rows"):
        table(engine, answer_of(*rows))
    with pytest.raises(NotAcceptable, match="columns"):
        table(engine, answer_of(variables=tuple(f"v{number}" for number in range(16_385))))


def test_a_table_that_takes_too_long_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_SECONDS", -1)
    with pytest.raises(QueryBudgetExceeded, match="making the table") as raised:
        table(engine, answer_of({"x": literal("1")}))
    assert raised.value.budget == "time"


def test_a_column_of_more_links_than_excel_takes_is_text_from_there(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mueang.engine.workbook._MOST_LINKS", 2)
    rows = [{"x": {"type": "uri", "value": f"https://e.org/{number}"}} for number in range(4)]
    with table_answer(engine, answer_of(*rows), XLSX, ABOUT).file as file:
        workbook = file.read()
    assert len(sheets(workbook)[0]) == 5
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        assert parts.read("xl/worksheets/_rels/sheet1.xml.rels").count(b"Target=") == 2


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64])
def test_rows_are_read_whatever_their_bytes_come_in(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr("mueang.engine.bindings._LEAST", chunk)
    rows = [{"x": literal('กา "]}, {[ \\ \n')}, {}, {"y": literal("๛" * 50)}]
    solutions = Solutions(answer_of(*rows, variables=("x", "y")).file)
    assert solutions.variables == ["x", "y"]
    assert list(solutions) == list(solutions) == rows
    ask = Solutions(io.BytesIO(b'{"head":{},"boolean":false}'))
    assert [row["answer"]["value"] for row in ask] == ["false"]


def test_an_answer_that_ends_in_the_middle_is_never_a_whole_table(engine: Engine) -> None:
    body = answer_of({"x": literal("1")}, {"x": literal("2")}).body
    for end in range(40, len(body) - 3):
        with pytest.raises(StoreFailed):
            table(engine, Answer(io.BytesIO(body[:end]), end, ROWS[0], 1))


def test_a_construct_has_no_table(site: FlaskClient) -> None:
    query = {"query": "CONSTRUCT WHERE { ?s ?p ?o }", "format": "xlsx"}
    assert site.get("/sparql", query_string=query).status_code == 406


def test_the_command_line_writes_tables_too(mueang: Run, tmp_path: Path, contents: dict[str, bytes]) -> None:
    publish(tmp_path / ".mueang", contents, reason="test", shapes="")
    done = mueang("query", "--question", "round-totals", "--format", "csv-excel")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("\ufeff")
    none = mueang("query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "xlsx")
    assert (none.returncode, none.stdout) == (2, "")
    with (tmp_path / "a.xlsx").open("wb") as file:
        command = [sys.executable, "-m", "mueang", "query", "-e", "ASK {}", "--format", "xlsx"]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "server"), "LANG": "th_TH.UTF-8"}
        subprocess.run(command, cwd=tmp_path, env=environment, stdout=file, check=True)
    assert sheets((tmp_path / "a.xlsx").read_bytes())[0] == [["answer"], [True]]
