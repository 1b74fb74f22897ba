"""An official's afternoon: the template filled in with LibreOffice, checked, and mended by the report alone."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from conftest import ROOT
from filling import Officials
from mueang.check.judge import check
from mueang.check.report import Report, Severity
from mueang.check.shacl import Shapes
from mueang.check.sheets.repair import mended_table

pytestmark = pytest.mark.slow
OFFICE, PYTHON = shutil.which("soffice"), "/usr/bin/python3"
Typed = list[tuple[str, str, str]]


def has_uno() -> bool:
    return (
        Path(PYTHON).exists()
        and subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    )


@pytest.fixture
def office() -> None:
    if not OFFICE or not has_uno():
        message = "LibreOffice is not here: apt-get install libreoffice-calc python3-uno"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


@pytest.fixture
def officials(published: Store, shapes: Shapes) -> Iterator[Officials]:
    return Officials(published, shapes)


def typed_in(folder: Path, content: bytes, cells: Typed) -> tuple[bytes, list[tuple[str, list[str]]]]:
    """The workbook as LibreOffice saves it after somebody has typed, and what they saw."""
    source, target, pipe = folder / "in.xlsx", folder / "out.xlsx", f"typist{os.getpid()}"
    source.write_bytes(content)
    arguments = [
        "--headless", "--norestore", "--nologo", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"--accept=pipe,name={pipe};urp;",
    ]  # fmt: skip
    with subprocess.Popen(
        [str(OFFICE), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            done = subprocess.run(
                [PYTHON, str(ROOT / "tests" / "typist.py"), str(source), str(target), pipe],
                input=json.dumps(cells),
                capture_output=True,
                text=True,
                timeout=180,
                check=False,
            )
        finally:
            running.terminate()
    assert done.returncode == 0, done.stderr
    return target.read_bytes(), [tuple(one) for one in json.loads(done.stdout)]


def cells_of(officials: Officials, form: str, row: int, values: dict[str, str]) -> Typed:
    places = {column: officials.place(form, column, row) for column in values}
    return [(places[column].sheet, places[column].cell, text) for column, text in values.items()]


def report_on(officials: Officials, content: bytes) -> Report:
    return check(officials.read("form.xlsx", content), officials.known, officials.shapes)


@pytest.mark.usefixtures("office")
def test_a_template_filled_in_with_libreoffice_is_checked_and_mended(
    officials: Officials, tmp_path: Path
) -> None:
    typed = [
        *cells_of(officials, "source", 4, {
            "name-th": "รายงานการประชุมเทศบาลตัวอย่าง", "name-en": "Minutes of Example municipality",
            "type": "เอกสารทางการ", "issued": "9 พฤศจิกายน พ.ศ. ๒๕๖๕",
        }),
        *cells_of(officials, "area", 4, {
            "name-th": "เมืองทดลองอัจฉริยะ", "name-en": "Trial Smart City", "province": "ระยองง",
            "point": "101.28, 12.68", "dimension": "พลังงานอัจฉริยะ; พลเมืองอัจฉริยะ",
            "submitted": "1/6/2565", "source": "รายงานการประชุมเทศบาลตัวอย่าง",
        }),
        *cells_of(officials, "event", 4, {
            "area": "เมืองทดลองอัจฉริยะ", "kind": "การมอบ",
            "scheme": "การรับรองพื้นที่เมืองอัจฉริยะด้วยตราสัญลักษณ์", "on": "31/11/2565",
            "decision": "การมอบตราสัญลักษณ์แก่ 15 พื้นที่ใน 14 จังหวัด",
        }),
        *cells_of(officials, "meeting", 4, {
            "name-th": "การประชุมคณะกรรมการขับเคลื่อน ครั้งที่ 7/2566",
            "body": "คณะกรรมการขับเคลื่อนการพัฒนาเมืองอัจฉริยะ", "number": "7", "year": "2023", "held": "9/11/2566",
        }),
    ]  # fmt: skip
    content, seen = typed_in(tmp_path, officials.empty, typed)
    assert [text for text, _ in seen] == [text for _, _, text in typed], (
        "LibreOffice must keep what was typed"
    )
    lists = {(sheet, cell): offered for (sheet, cell, _), (_, offered) in zip(typed, seen, strict=True)}
    kind, province = officials.place("event", "kind"), officials.place("area", "province")
    assert "การมอบ" in lists[kind.sheet, kind.cell]
    assert len(lists[province.sheet, province.cell]) == 77

    report = report_on(officials, content)
    found = {(one.rule, one.place) for one in report.findings if one.severity is Severity.VIOLATION}
    assert found == {
        ("P01", province),
        ("P06", officials.place("area", "point")),
        ("F10", officials.place("event", "on")),
        ("F11", officials.place("meeting", "year")),
        ("G03", officials.place("meeting", "held")),
    }
    repairs = [one.repair for one in report.findings if one.repair]
    content, made = mended_table(
        "form.xlsx", content, officials.forms, officials.known, repairs, officials.language
    )
    by_hand = {
        province: "ระยอง",
        officials.place("event", "on"): "30/11/2565",
        officials.place("meeting", "year"): "2566",
    }
    assert made
    content, _ = typed_in(tmp_path, content, [(at.sheet, at.cell, text) for at, text in by_hand.items()])
    report = report_on(officials, content)
    assert report.accepted, [(one.rule, one.place, one.value) for one in report.findings]
