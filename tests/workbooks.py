"""Workbooks for the tests, written part by part, so that a part can be anything."""

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts(
    cells: str = "", *, about: str = "", style: str = "0", dates: str = "", strings: str = ""
) -> dict[str, str]:
    """The parts of a workbook of one sheet, "S", with these rows; style 1 is the number format given."""
    formats = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{dates}"/></numFmts>' if dates else ""
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{about}<sheets><sheet name="S" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{formats}<cellXfs count="2"><xf numFmtId="0"/>'
        f'<xf numFmtId="{170 if dates else style}"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """These parts as a package."""
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as written:
        for path, part in members.items():
            written.writestr(path, part)
    return package.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with ZipFile(BytesIO(content)) as package:
        return {path: package.read(path) for path in package.namelist()}


def saved(workbook: Workbook) -> bytes:
    """The workbook as a file."""
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def usual() -> Workbook:
    """What an official's workbook may hold: text, numbers, days, formulas, errors, merged, hidden and empty cells."""
    workbook = Workbook()
    areas = workbook.active
    assert areas is not None
    areas.title = "พื้นที่ 1"
    rows = [
        ["ชื่อ", "จังหวัด", "วันที่", "งบ"],
        [],
        ["เมือง ก", "ขอนแก่น", date(2022, 11, 9), 1500000],
        ["เมือง ข", "๔๐", datetime(2022, 11, 9, 10, 30), 0.1 + 0.2],
        [" เมือง ค ", True, time(9, 30), "=D3*2"],
        ["เมือง\nง", None, "9 พ.ย. 65", "2565"],
    ]
    for row in rows:
        areas.append(row)
    areas["C3"].number_format = "[$-107041E]d mmm yyyy;@"
    areas["E5"] = "#REF!"
    areas["E5"].data_type = "e"
    areas.merge_cells("B5:B6")
    areas.row_dimensions[4].hidden = True
    hidden = workbook.create_sheet("ซ่อน")
    hidden["B2"] = "x"
    hidden.sheet_state = "hidden"
    workbook.create_sheet("ว่าง")
    return workbook
