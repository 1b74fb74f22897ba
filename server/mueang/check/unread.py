"""Files that are not read: told by their first bytes or by how their names end, with what to do about them."""

from pathlib import PurePath

from mueang.check.sheets.grid import ENDINGS
from mueang.errors import UnknownFormat

ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OPEN_DOCUMENT = (
    b"mimetypeapplication/vnd.oasis.opendocument"  # the first entry, stored (ODF 1.3 part 2, 3.3)
)
_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xlt", ".ods", ".fods", ".numbers")


def refuse_by_bytes(name: str, content: bytes) -> None:
    """Refuse what is an office file inside, whatever its name says. Raises UnknownFormat."""
    if content.startswith(_OLE):
        raise locked(name) if "EncryptedPackage".encode("utf-16-le") in content else _old(name)
    if content.startswith(ZIP) and _OPEN_DOCUMENT in content[:200]:
        raise open_document(name)


def refuse_workbook(name: str, content: bytes) -> None:
    """Refuse a workbook whose name says that it is something else. Raises UnknownFormat."""
    if content.startswith(ZIP):
        ending = PurePath(name).suffix.lower() or "RDF"
        raise UnknownFormat(
            th=f"{name}: เนื้อหาแฟ้มเป็นสมุดงาน ไม่ใช่ {ending}: เปลี่ยนนามสกุลเป็น .xlsx",
            en=f"{name}: this is a workbook inside, not {ending}: name it .xlsx",
        )


def by_ending(name: str, *texts: str) -> UnknownFormat:
    """The error for a name that ends in none of what is read: these endings of texts, and those of tables."""
    ending = PurePath(name).suffix.lower()
    if ending in _SPREADSHEETS:
        return UnknownFormat(
            th=f"{name}: ไม่อ่านตารางชนิด {ending}: เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx",
            en=f"{name}: tables ending in {ending} are not read: open it in Excel or LibreOffice and save it as .xlsx",
        )
    endings = " ".join(texts if ending in ENDINGS else [*texts, *ENDINGS])
    return UnknownFormat(
        th=f"{name}: ไม่รู้จักแฟ้มชนิด {ending} (รับ {endings})",
        en=f"{name}: files ending in {ending} are not read ({endings} are)",
    )


def open_document(name: str) -> UnknownFormat:
    """The error for an OpenDocument file."""
    return UnknownFormat(
        th=f"{name}: แฟ้มนี้เป็น OpenDocument (.ods): เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx",
        en=f"{name}: this is an OpenDocument file (.ods): open it in Excel or LibreOffice and save it as .xlsx",
    )


def locked(name: str) -> UnknownFormat:
    """The error for a workbook that nobody opens without its password."""
    return UnknownFormat(
        th=f"{name}: สมุดงานล็อกด้วยรหัสผ่าน: เอารหัสผ่านออกแล้วบันทึกใหม่เป็น .xlsx",
        en=f"{name}: the workbook is locked with a password: take the password off and save it again as .xlsx",
    )


def _old(name: str) -> UnknownFormat:
    return UnknownFormat(
        th=f"{name}: แฟ้มนี้เป็น Excel แบบเก่า (.xls): เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx",
        en=f"{name}: this is an Excel file of the old kind (.xls): open it in Excel or LibreOffice and save it as .xlsx",
    )
