"""Takes the parts out of an XLSX package, however hostile it is: no bombs, no locks, no macros, no doctypes."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mueang.check.sheets.markup import damaged
from mueang.check.unread import ZIP, locked, open_document, refuse_by_bytes
from mueang.errors import MalformedData, TooLarge, UnknownFormat

MAX_UNPACKED = 128 * 1024 * 1024
_MAX_PARTS = 2_000
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, LookupError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


def opened(name: str, content: bytes) -> dict[str, bytes]:
    """The parts of the package by name, at most MAX_UNPACKED bytes. Raises UnknownFormat, MalformedData, TooLarge."""
    _refuse_what_is_no_package(name, content)
    try:
        with ZipFile(BytesIO(content)) as package:
            return _parts(name, package)
    except _BROKEN as error:
        raise damaged(name) from error


def _parts(name: str, package: ZipFile) -> dict[str, bytes]:
    members = [member for member in package.infolist() if not member.filename.endswith("/")]
    _refuse_odd_members(name, members)
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for member in members:
        with package.open(member) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise _too_large(name)
        parts[member.filename] = part
    _refuse_other_kinds(name, parts)
    for path, part in parts.items():
        if path.endswith((".xml", ".rels", ".vml")) and _has_doctype(part):
            raise damaged(name)
    return parts


def _refuse_what_is_no_package(name: str, content: bytes) -> None:
    if content.startswith(ZIP):
        return
    refuse_by_bytes(name, content)
    raise MalformedData(
        th=f"{name}: เนื้อหาแฟ้มไม่ใช่ Excel: เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx",
        en=f"{name}: this is no Excel workbook inside: open it in Excel or LibreOffice and save it as .xlsx",
    )


def _refuse_odd_members(name: str, members: list[ZipInfo]) -> None:
    if len(members) > _MAX_PARTS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _too_large(name)
    if any(member.flag_bits & 1 for member in members):
        raise locked(name)
    names = {member.filename.lower() for member in members}
    methods = {member.compress_type for member in members}
    if len(names) < len(members) or not methods <= {ZIP_STORED, ZIP_DEFLATED}:
        raise damaged(name)


def _refuse_other_kinds(name: str, parts: dict[str, bytes]) -> None:
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        raise open_document(name)
    if any(path.lower().endswith("vbaproject.bin") for path in parts):
        raise UnknownFormat(
            th=f"{name}: สมุดงานมีแมโคร: บันทึกเป็น .xlsx ที่ไม่มีแมโคร",
            en=f"{name}: the workbook has macros: save it as .xlsx without macros",
        )


def _has_doctype(part: bytes) -> bool:
    """Office writes none, in no encoding but UTF-8; a doctype is there only to define entities that explode."""
    return (
        part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:400] or bool(re.search(rb"<!DOCTYPE", part))
    )


def _too_large(name: str) -> TooLarge:
    most = MAX_UNPACKED // 1024 // 1024
    return TooLarge(
        th=f"{name}: สมุดงานคลายออกแล้วใหญ่เกิน {most} MB: ลบรูปภาพและแผ่นที่ไม่ใช้ หรือแบ่งเป็นหลายแฟ้ม",
        en=f"{name}: the workbook unpacks to more than {most} MB: take out pictures and sheets that are not "
        "needed, or split it into several files",
    )
