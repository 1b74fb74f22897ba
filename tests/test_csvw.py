"""The metadata beside the CSV of a question: found from it, and true of its columns."""

import csv
import io
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from mueang.engine.question import questions

SITE = "http://127.0.0.1:8000"
TYPES = {
    "integer": int,
    "decimal": float,
    "date": date.fromisoformat,
    "gYear": int,
    "anyURI": lambda text: re.fullmatch(r"[a-z]+:\S+", text)[0],
    "boolean": {"true": True, "false": False}.__getitem__,
    "string": str,
}
ASKED = ["round-totals", "status-of-an-area", "stated-and-counted-figures", "areas-of-a-round"]


@pytest.mark.parametrize("name", ASKED)
def test_a_table_names_metadata_that_is_true_of_it(site: FlaskClient, name: str) -> None:
    with site.get(f"/questions/{name}.csv") as table:
        link = re.fullmatch(
            r'<(\S+)>; rel="describedby"; type="application/csvm\+json"', table.headers["Link"]
        )
        rows = list(csv.DictReader(io.StringIO(table.text)))
    assert link
    answer = site.get(link[1].removeprefix(SITE))
    assert (answer.status_code, answer.mimetype) == (200, "application/csvm+json")
    found = answer.get_json(force=True)
    assert found["@context"][0] == "http://www.w3.org/ns/csvw"
    assert found["url"] == f"{SITE}/questions/{name}.csv"
    columns = found["tableSchema"]["columns"]
    assert rows
    assert [one["name"] for one in columns] == list(rows[0])
    for one in columns:
        assert one["titles"] == {"und": one["name"]}
        cells = [row[one["name"]] for row in rows]
        assert not one.get("required") or all(cells)
        for cell in filter(None, cells):
            TYPES[one["datatype"]](cell)
        if one["name"].endswith(("Th", "En")):
            assert one["lang"] == one["name"][-2:].lower()


def test_types_are_more_than_text(site: FlaskClient) -> None:
    found = {
        column["datatype"]
        for name in ASKED
        for column in site.get(f"/questions/{name}.csv-metadata.json").get_json(force=True)["tableSchema"][
            "columns"
        ]
    }
    assert {"integer", "date", "anyURI", "string"} <= found


def test_parameters_go_with_the_table(site: FlaskClient) -> None:
    with site.get("/questions/status-of-an-area.csv?area=phuket&lang=en") as table:
        target = table.headers["Link"].partition(">")[0].removeprefix("<")
    assert urlsplit(target).query == "area=phuket"
    found = site.get(target.removeprefix(SITE)).get_json(force=True)
    assert found["url"] == f"{SITE}/questions/status-of-an-area.csv?area=phuket"


def test_only_the_plain_table_has_metadata(site: FlaskClient) -> None:
    for suffix in ("csv-excel", "xlsx", "json", "tsv"):
        with site.get(f"/questions/round-totals.{suffix}") as answer:
            assert "Link" not in answer.headers
    with site.get("/questions/round-totals", headers={"Accept": "text/csv"}) as answer:
        assert "describedby" in answer.headers["Link"]


def test_what_has_no_table_has_no_metadata(site: FlaskClient) -> None:
    asks = [one.name for one in questions() if re.search(r"^ASK\b", one.text, re.MULTILINE)]
    for name in (*asks, "no-such-question"):
        assert site.get(f"/questions/{name}.csv-metadata.json").status_code == 404
    assert site.get("/questions/round-totals.csv-metadata.json?nonsense=1").status_code == 400
