"""Three real files of Thai agencies (`make conformance`): right columns, nothing linked wrongly, no footers."""

import csv
import io
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from mueang.engine.client import WorkersEngine
from mueang.link.filling import filled
from mueang.link.names import Index, index_of
from mueang.link.order import Order
from mueang.link.tables.choice import Wanted, choose
from mueang.link.tables.file import source_of
from mueang.link.tables.joining import Joiner

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def index(engine: WorkersEngine) -> Index:
    return index_of(engine)


def linked(index: Index, path: Path) -> list[tuple[str, str, str]]:
    """Each row's state, text, and the label of what it is linked to."""
    source = source_of(path.name, partial(BytesIO, path.read_bytes()))
    chosen = choose(source, index, Wanted())
    results = Joiner(path.name, index, chosen).results(source.rows(chosen.sheet))
    return [
        (one.state, row.filled[chosen.column], one.thing.label["th"] if one.thing else "")
        for row, one in results
    ]


def test_livestock_by_subdistrict_is_linked_by_province_and_its_lines_of_commas_left_out(
    index: Index, ogd: Path
) -> None:
    path = ogd / "dld_livestock_by_tambon_head700.csv"
    said, body = filled(Order(path.name, "th", "csv"), path.read_bytes(), index)
    assert (said["column"], said["kinds"]) == ("สถานที่เลี้ยงสัตว์ จังหวัด", ["province"])
    assert (said["linked"], said["not_linked"], said["left_out"]) == (700, 0, {"blank": 5})
    assert all(text == label for state, text, label in linked(index, path) if state == "linked")
    before = path.read_bytes().split(b"\r\n" if b"\r\n" in path.read_bytes() else b"\n")
    after = body.split(b"\r\n" if b"\r\n" in body else b"\n")
    assert [new.startswith(old) for old, new in zip(before, after, strict=True)] == [True] * len(before)
    assert body.decode("cp874").splitlines()[1].count("https://w3id.org/mueang/id/province/TH-10") == 1


def test_registration_offices_are_no_districts_and_no_provinces(index: Index, ogd: Path) -> None:
    path = ogd / "dopa_bangkok_population.csv"
    said, body = filled(Order(path.name, "th", "csv"), path.read_bytes(), index)
    assert said["column"] == "พื้นที่"
    assert (said["linked"], said["not_linked"], said["left_out"]) == (0, 50, {"total": 1, "blank": 3})
    assert b"https://" not in body
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[1][:4] == ["ยอดรวมทั้งหมด", "2,554,230", "2,915,202", "5,469,432"]


def test_running_numbers_of_provinces_are_not_taken_for_their_codes(index: Index, ogd: Path) -> None:
    path = ogd / "provinces.xlsx"
    said, _ = filled(Order(path.name, "th", "page"), path.read_bytes(), index)
    assert (said["column"], said["linked"], said["not_linked"]) == ("name_th", 77, 0)
    found = [(text, label) for state, text, label in linked(index, path) if state == "linked"]
    assert all(text == label for text, label in found)
    assert len({label for _, label in found}) == 77
