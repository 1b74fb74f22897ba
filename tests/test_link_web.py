"""`/link`: a table sent from a page or by a program comes back joined; what is hostile costs only its sender."""

import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pyoxigraph import RdfFormat, parse

from mueang.check.client import Checker, checker
from mueang.cli.serve import LINKING
from mueang.engine.client import WorkersEngine
from mueang.settings import Settings
from mueang.web.app import application

TABLE = "จังหวัด,n\nภูเก็ต,1\nขอนแกน,2\nโรงพยาบาลขอนแก่น,3\nรวม,6\n".encode()
PAGE = {"Accept": "text/html"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def linking_desk(home: Path) -> Iterator[Checker]:
    with checker(Settings(home=home), LINKING) as found:
        yield found


@pytest.fixture
def client(engine: WorkersEngine, linking_desk: Checker, home: Path) -> FlaskClient:
    return application(engine, linking_desk, Settings(home=home, submission_mb=1)).test_client()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def test_the_page_says_what_it_does_in_both_languages(client: FlaskClient) -> None:
    thai, english = (client.get(f"/link?lang={language}", headers=PAGE).text for language in ("th", "en"))
    assert "เชื่อมตารางของคุณ" in thai
    assert "Link your table" in english
    assert '<option value="province">จังหวัด</option>' in thai
    assert '<option value="province">province</option>' in english
    assert "<script" not in thai + english


def test_an_uploaded_table_is_shown_linked_and_can_be_downloaded_from_there(client: FlaskClient) -> None:
    page = client.post("/link?lang=en", headers=PAGE, data={"file": (BytesIO(TABLE), "ตาราง.csv")})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "2 of 3 rows linked (left out: totals 1)" in page.text
    assert 'href="/id/province/TH-83?lang=en"' in page.text
    assert "โรงพยาบาลขอนแก่น" in page.text
    again = {"packed": field(page.text, "packed"), "name": field(page.text, "name"), "column": "", "kind": ""}
    table = client.post("/link?lang=en&format=csv", data=again, content_type="multipart/form-data")
    assert table.mimetype == "text/csv"
    assert "linked.csv" in table.headers["Content-Disposition"]
    assert table.data.startswith("จังหวัด,n,IRI,code".encode())
    workbook = client.post("/link?format=xlsx", data=again, content_type="multipart/form-data")
    assert load_workbook(BytesIO(workbook.data)).worksheets[0]["D2"].value == "83"
    report = client.post("/link?format=report&lang=en", data=again, content_type="multipart/form-data")
    assert report.data.decode("utf-8-sig").splitlines()[1].startswith("โรงพยาบาลขอนแก่น,1,4,")


def test_pasted_names_are_a_table(client: FlaskClient) -> None:
    done = client.post("/link?format=json", data={"text": "จังหวัด\r\nภูเก็ต\r\nกระบี่\r\n"})
    assert (done.status_code, done.get_json()["linked"]) == (200, 2)


def test_a_program_has_every_row_with_its_reason_in_both_languages(client: FlaskClient) -> None:
    done = client.post("/link?name=t.csv&kind=province&column=จังหวัด", data=TABLE, content_type="text/csv")
    said = done.get_json()
    assert done.mimetype == "application/json"
    assert done.headers["Mueang-Generation"] == "1"
    assert (said["linked"], said["not_linked"], said["left_out"]) == (2, 1, {"total": 1})
    assert [one["state"] for one in said["results"]] == ["linked", "linked", "unlinked", "total"]
    assert said["results"][1]["thing"]["id"].endswith("/province/TH-40")
    assert said["results"][1]["how"] not in ("name", "code")
    assert set(said["results"][2]["reason"]) == {"th", "en"}


def test_links_come_as_turtle(client: FlaskClient) -> None:
    done = client.post("/link", data=TABLE, content_type="text/csv", headers={"Accept": "text/turtle"})
    assert done.mimetype == "text/turtle"
    assert (
        sum("Match" in quad.predicate.value for quad in parse(input=done.data, format=RdfFormat.TURTLE)) == 2
    )


@pytest.mark.parametrize(
    ("address", "sent", "status", "words"),
    [
        ("/link?format=csv", {"data": b"", "content_type": "text/csv"}, 400, "no table to link"),
        ("/link?format=csv&column=x", {"data": TABLE, "content_type": "text/csv"}, 400, "no column x"),
        ("/link?format=csv&name=a.pdf", {"data": TABLE, "content_type": "text/csv"}, 400, ".pdf"),
        ("/link?format=pdf", {"data": TABLE, "content_type": "text/csv"}, 406, "text/csv"),
        (
            "/link?format=csv",
            {"data": b"x" * 1_100_000, "content_type": "text/csv"},
            413,
            "larger than the 1 MB",
        ),
        ("/link?format=csv", {"data": {"packed": "!", "name": "a.csv"}}, 400, "choose the file again"),
        ("/link?format=csv", {"data": b"x", "content_type": "image/png"}, 415, "image/png"),
    ],
    ids=["nothing", "no-column", "no-table", "no-format", "too-large", "broken-pack", "picture"],
)
def test_what_cannot_be_linked_is_a_problem_in_words(
    address: str, sent: dict[str, object], status: int, words: str, client: FlaskClient
) -> None:
    done = client.post(address, headers={"Accept-Language": "en"}, **sent)  # type: ignore[arg-type]
    assert (done.status_code, done.mimetype) == (status, "application/problem+json")
    assert words in json.loads(done.data)["detail"]


@pytest.mark.parametrize("accept", ["text/html", "text/csv"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("th", "ใหญ่เกิน 1 MB"), ("en", "larger than the 1 MB taken here")],
    ids=["th", "en"],
)
@pytest.mark.parametrize("size", [1_020_000, 1_200_000], ids=["file", "body"])
def test_a_table_that_is_too_large_is_told_the_limit(
    size: int, language: str, words: str, accept: str, client: FlaskClient
) -> None:
    head = '--b\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\n\r\n'
    done = client.post(
        f"/link?lang={language}",
        headers={"Accept": accept},
        data=head.encode() + b"x" * size + b"\r\n--b--\r\n",
        content_type="multipart/form-data; boundary=b",
    )
    assert done.status_code == 413
    assert words in done.text


@pytest.mark.parametrize("sort", ["empty-file", "no-file", "empty-body"])
@pytest.mark.parametrize(
    ("language", "words"), [("th", "ไม่มีตารางให้เชื่อม"), ("en", "there is no table to link")], ids=["th", "en"]
)
def test_where_there_is_no_table_it_is_said_of_linking(
    language: str, words: str, sort: str, client: FlaskClient
) -> None:
    sent = {"empty-file": {"file": (BytesIO(b""), "t.csv")}, "no-file": {"text": " "}, "empty-body": b""}[
        sort
    ]
    done = client.post(f"/link?lang={language}", headers=PAGE, data=sent)
    assert done.status_code == 400
    assert words in done.text


@pytest.mark.parametrize(
    ("codec", "mark", "charset"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("cp874", b"", "tis-620"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
    ],
)
def test_a_table_is_labelled_with_the_encoding_it_is_in(
    codec: str, mark: bytes, charset: str, client: FlaskClient
) -> None:
    sent = {"data": mark + TABLE.decode().encode(codec), "content_type": "text/csv"}
    done = client.post("/link?format=csv&name=t.csv", **sent)  # type: ignore[arg-type]
    assert done.headers["Content-Type"] == f"text/csv; charset={charset}"
    assert "โรงพยาบาลขอนแก่น" in done.data.decode(charset)
    report = client.post("/link?format=report&name=t.csv", **sent)  # type: ignore[arg-type]
    assert report.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("t.csv", "attachment; filename=t-linked.csv"),
        ("ตาราง.csv", f"attachment; filename=linked.csv; filename*=UTF-8''{quote('ตาราง-linked.csv')}"),
        (
            "ข้อมูล 2566.tsv",
            f"attachment; filename=2566-linked.tsv; filename*=UTF-8''{quote('ข้อมูล 2566-linked.tsv')}",
        ),
        ('a"\r\nb.csv', 'attachment; filename="a\\"b-linked.csv"'),
    ],
    ids=["ascii", "thai", "both", "quote-and-line-end"],
)
def test_a_download_is_named_after_the_table_in_any_script(
    name: str, header: str, client: FlaskClient
) -> None:
    done = client.post(f"/link?format=csv&name={quote(name)}", data=TABLE, content_type="text/csv")
    assert (done.status_code, done.headers["Content-Disposition"]) == (200, header)


def test_namesakes_are_told_apart_on_the_page(client: FlaskClient) -> None:
    sent = {"text": "ชื่อ,n\nภูเก็ต,1\nกระบี่,1\n", "kind": ["province", "city"]}
    page = client.post("/link?lang=en", headers=PAGE, data=sent)
    assert ">Phuket (city)</a>" in page.text
    assert ">Phuket (province TH-83)</a>" in page.text


def test_a_bomb_is_refused_on_the_page_too(client: FlaskClient) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"\0" * 200_000_000)
    done = client.post("/link?lang=en", headers=PAGE, data={"file": (BytesIO(bomb.getvalue()), "b.xlsx")})
    assert done.status_code == 413
    assert "unpacks to more than" in done.text


def test_what_a_table_says_is_text_on_the_page(client: FlaskClient) -> None:
    table = "จังหวัด<b>,n\nภูเก็ต,1\n<script>alert(1)</script>,2\n".encode()
    done = client.post("/link", headers=PAGE, data={"file": (BytesIO(table), "a<b>.csv")})
    assert done.status_code == 200
    assert "<script>" not in done.text
    assert "&lt;script&gt;" in done.text
    assert "<b>" not in done.text
