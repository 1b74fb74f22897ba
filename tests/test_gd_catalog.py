"""The workbook for the Thai government data catalogue, read the way its importer reads it: by place, as text."""

import re
import warnings
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from conftest import Run
from mueang.cli import main
from mueang.engine.client import WorkersEngine
from mueang.engine.gdcatalog import MANDATORY, RECORDS, RESOURCES, SHEETS, Contact, write_portal_workbook
from mueang.errors import WrongParameter
from mueang.graph.catalogue import repository_graphs

SITE = "https://mueang.example"
CONTACT = Contact("สำนักงานตัวอย่าง", "ฝ่ายข้อมูล", "data@example.go.th")


@pytest.fixture(scope="module")
def workbook(engine: WorkersEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("portal") / "gd.xlsx"
    with path.open("wb") as file:
        assert write_portal_workbook(engine, SITE, CONTACT, file) == 15
    return path


def _rows(path: Path, sheet: str) -> list[dict[str, str]]:
    """What the importer makes of a sheet: names on row 4, the row below passed over, the rest as text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = pd.read_excel(path, header=[3], sheet_name=sheet, dtype=str, engine="calamine").drop(0)
    assert len(found.columns) == len(SHEETS[sheet])
    found.columns = pd.Index(SHEETS[sheet])
    return found.fillna("").to_dict("records")


def test_every_sheet_that_the_importer_opens_is_there_and_only_records_have_rows(workbook: Path) -> None:
    assert CalamineWorkbook.from_path(workbook).sheet_names == list(SHEETS)
    kinds = ("Record", "Stat", "GIS", "Multi", "Other")
    assert list(SHEETS) == [
        *(f"Temp2_Meta_{one}" for one in kinds),
        *(f"Temp3_Resource_{one}" for one in kinds),
    ]
    for sheet in SHEETS:
        assert bool(_rows(workbook, sheet)) == (sheet in (RECORDS, RESOURCES))


def test_every_dataset_has_the_fourteen_items(workbook: Path) -> None:
    assert len(MANDATORY) == 14
    rows = _rows(workbook, RECORDS)
    kinds = "https://w3id.org/mueang/graph/(reference|register|link)/"
    graphs = [graph for graph in repository_graphs() if re.match(kinds, graph)]
    assert sorted(row["url"] for row in rows) == [
        graph.replace("https://w3id.org/mueang", SITE) for graph in graphs
    ]
    for row in rows:
        assert all(row[item] for item in MANDATORY), row["name"]
        assert re.fullmatch(r"[a-z0-9-]{2,100}", row["name"])
        assert re.search("[ก-๙]", row["title"])
        assert (row["owner_org"], row["maintainer"], row["maintainer_email"]) == (
            CONTACT.organisation,
            CONTACT.name,
            CONTACT.email,
        )
    assert len({row["name"] for row in rows}) == len(rows)
    licences = {row["name"]: row["license_id"] for row in rows}
    assert licences["mueang-reference-boundaries"] == "Public Domain Mark 1.0"
    assert licences["mueang-register-areas"] == "Creative Commons Attributions"


def test_days_are_of_the_buddhist_era_as_text(workbook: Path) -> None:
    days = {row["last_updated_date"] for row in _rows(workbook, RECORDS)}
    assert days == {"2569-11-22"}
    for sheet in CalamineWorkbook.from_path(workbook).sheet_names:
        cells = CalamineWorkbook.from_path(workbook).get_sheet_by_name(sheet).to_python()
        assert {type(cell) for row in cells for cell in row} == {str}


def test_each_resource_is_of_a_dataset_and_has_a_public_address(workbook: Path) -> None:
    names = {row["name"] for row in _rows(workbook, RECORDS)}
    resources = _rows(workbook, RESOURCES)
    assert {row["dataset_name"] for row in resources} == names
    assert len(resources) == 3 * len(names)
    for row in resources:
        assert row["resource_url"].startswith(f"{SITE}/graph/")
        assert row["resource_name"]
        assert row["format"] == "RDF"


@pytest.mark.parametrize(
    "wrong", [Contact("", "ก", "a@b.c"), Contact("ก", "", "a@b.c"), Contact("ก", "ข", "a.b.c")]
)
def test_without_somebody_to_ask_nothing_is_written(
    engine: WorkersEngine, tmp_path: Path, wrong: Contact
) -> None:
    with (tmp_path / "x").open("wb") as file, pytest.raises(WrongParameter, match="--contact"):
        write_portal_workbook(engine, SITE, wrong, file)
    assert not (tmp_path / "x").read_bytes()


def test_the_command_writes_it_and_says_when_its_addresses_are_local(
    mueang: Run, home: Path, tmp_path: Path
) -> None:
    who = ("--organisation", "ก", "--contact", "ข", "--email", "a@b.go.th", "--home", str(home))
    done = mueang("export", "--for", "gd-catalog", "--out", "gd.xlsx", *who)
    assert done.returncode == 0, done.stderr
    assert "15 datasets" in done.stderr
    assert "MUEANG_PUBLIC_URL" in done.stderr
    assert (tmp_path / "gd.xlsx").is_file()
    failed = mueang("export", "--for", "gd-catalog", "--out", "two.xlsx", "--home", str(home))
    assert (failed.returncode, failed.stdout) == (2, "")
    assert not (tmp_path / "two.xlsx").exists()
    wrong = CliRunner().invoke(main, ["export", "--for", "gd-catalog", "--out", "x.nq"])
    assert wrong.exit_code != 0
