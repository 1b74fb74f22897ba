"""Writes the workbook that people fill in: a sheet for each form, lists to choose from, and a page that explains."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell  # type: ignore[import-untyped]

from mueang.check.sheets.example import EXAMPLE
from mueang.check.sheets.form import Field, Form
from mueang.check.sheets.reference import References
from mueang.check.sheets.rows import BESIDE
from mueang.check.sheets.value import DECIMAL, INTEGER, shown
from mueang.errors import Language

_ROWS = 1000  # with drop-downs
_MADE = datetime(2026, 1, 1)  # the same graph gives the same bytes
_NOTE_HEIGHT = 62
_COLOURS = {"heading": "#DCE6F1", "required": "#FCE4D6", "note": "#F2F2F2"}
_GUIDE: dict[Language, tuple[str, ...]] = {
    "th": (
        "แบบกรอกข้อมูลเมืองอัจฉริยะ",
        "กรอกเฉพาะแผ่นที่มีข้อมูล หนึ่งแถวต่อหนึ่งรายการ เริ่มแถวที่ 4 (แถวที่ 3 เป็นตัวอย่าง ลบหรือปล่อยไว้ก็ได้ ระบบจะข้ามให้)",
        "หัวตารางที่มี * ต้องกรอก ช่องอื่นเว้นว่างได้ อย่าเปลี่ยนหัวตาราง ลำดับคอลัมน์สลับได้",
        "ช่องที่มีรายการให้เลือกจากลูกศรข้างช่อง พิมพ์ชื่อเต็ม รหัส หรือ IRI ก็ได้ ถ้าชื่อซ้ำกันให้ใช้แบบที่มีรหัสในวงเล็บ",
        "สิ่งที่กรอกไว้ในแผ่นอื่นของแฟ้มนี้ อ้างถึงได้ด้วยชื่อหรือรหัสเดียวกัน",
        "ช่องที่รับหลายค่า ให้คั่นด้วยเครื่องหมาย ;",
        "วันที่พิมพ์เป็น 9 พ.ย. 2565 หรือ 9/11/2565 (วัน/เดือน/ปี พ.ศ.) หรือ 2022-11-09 ก็ได้ ปีให้ครบสี่หลัก",
        "จำนวนให้เขียนเต็ม เช่น 20000000000 ใช้เลขไทยหรือมีจุลภาคคั่นหลักได้",
        "ตรวจแฟ้มก่อนส่งด้วย mueang validate แฟ้ม.xlsx หรือหน้า /validate ระบบจะบอกช่องที่ต้องแก้และวิธีแก้",
        "แผ่นในแฟ้มนี้",
    ),
    "en": (
        "Form for data on smart cities",
        "Fill in the sheets you have data for, one row for each thing, from row 4 on (row 3 is an example: take it out or "
        "leave it as it is, it is passed over).",
        "Columns marked * are required, others may stay empty. Keep the headings; the columns may change places.",
        "Where there is a list, choose from the arrow beside the cell, or type the full name, the code or the IRI. "
        "Where two things share a name, take the one with the key in brackets.",
        "What you describe on another sheet of this file is referred to by the same name or key.",
        "Where several values are taken, part them with ;",
        "Days: 2022-11-09, 9 Nov 2022, 9 พ.ย. 2565 or 9/11/2565 (day/month/year); years in four digits.",
        "Numbers in full, such as 20000000000; Thai digits and thousands separators are understood.",
        "Check the file before you send it: mueang validate FILE.xlsx, or the page /validate. It says which cell to mend, "
        "and how.",
        "The sheets",
    ),
}
_NOT_LISTED: dict[Language, tuple[str, str]] = {
    "th": ("ไม่มีในรายการ", "เลือกค่าจากรายการของช่องนี้"),
    "en": ("Not in the list", "Choose a value from the list of this cell."),
}


def template(forms: Sequence[Form], known: Store, language: Language) -> bytes:
    """The workbook, in Thai or English; what can be chosen is what is published."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"author": "mueang", "created": _MADE, "title": _GUIDE[language][0]})
        _Template(book, References(known), language).write(forms)
    return file.getvalue()


class _Template:
    """A workbook being written; the sheet of lists comes last and fills as columns ask for lists."""

    def __init__(self, book: Any, references: References, language: Language) -> None:
        self._book = book
        self._references = references
        self._language = language
        self._lists: dict[tuple[Any, ...], tuple[Field, list[str]]] = {}
        self._formats = {
            name: book.add_format({"bold": True, "bg_color": colour, "text_wrap": True, "valign": "top"})
            for name, colour in _COLOURS.items()
            if name != "note"
        }
        grey = {"bg_color": _COLOURS["note"], "text_wrap": True, "valign": "top", "font_size": 9}
        self._formats["note"] = book.add_format(grey)
        self._formats["example"] = book.add_format(
            {"italic": True, "font_color": "#595959", "num_format": "@"}
        )
        self._formats["text"] = book.add_format({"num_format": "@"})
        self._formats["title"] = book.add_format({"bold": True, "font_size": 14})
        self._formats["wrapped"] = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self, forms: Sequence[Form]) -> None:
        """The page that explains, the forms, the lists."""
        guide, lists = BESIDE[self._language]
        self._write_guide(self._book.add_worksheet(guide), forms)
        for form in forms:
            self._write_form(self._book.add_worksheet(form.title[self._language]), form, lists)
        self._write_lists(self._book.add_worksheet(lists))

    def _write_guide(self, sheet: Any, forms: Sequence[Form]) -> None:
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        title, *lines, sheets = _GUIDE[self._language]
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, title, self._formats["title"])
        for row, line in enumerate(lines, start=2):
            sheet.write_number(row, 0, row - 1, self._formats["wrapped"])
            sheet.write_string(row, 1, line, self._formats["wrapped"])
        start = len(lines) + 3
        sheet.write_string(start, 0, sheets, self._formats["heading"])
        for row, form in enumerate(forms, start=start + 1):
            name = form.title[self._language]
            sheet.write_url(row, 0, f"internal:'{name}'!A4", string=name)
            sheet.write_string(row, 1, form.note[self._language], self._formats["wrapped"])

    def _write_form(self, sheet: Any, form: Form, lists: str) -> None:
        sheet.freeze_panes(2, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_row(1, _NOTE_HEIGHT)
        for column, field in enumerate(form.columns):
            number = field.datatype in (INTEGER, DECIMAL)
            width = max(16, min(36, len(field.title[self._language]) + 4))
            sheet.set_column(column, column, width, None if number else self._formats["text"])
            heading = field.title[self._language] + " *" * field.required
            sheet.write_string(0, column, heading, self._formats["required" if field.required else "heading"])
            sheet.write_string(1, column, field.note[self._language], self._formats["note"])
            self._write_example(sheet, column, field, field is form.key)
            if field.is_link:
                self._offer(sheet, column, field, lists)

    def _write_example(self, sheet: Any, column: int, field: Field, is_key: bool) -> None:
        text = EXAMPLE[self._language] if is_key else self._example(field)
        if text and field.datatype in (INTEGER, DECIMAL):
            sheet.write_number(2, column, float(text), self._formats["example"])
        elif text:
            sheet.write_string(2, column, text, self._formats["example"])

    def _example(self, field: Field) -> str:
        """The example in the reader's language, else the one there is."""
        ours = [one for one in field.examples if getattr(one, "language", None) == self._language]
        for one in ours or field.examples:
            (triple,) = parse(f"<a:a> <a:a> {one.n3()} .", format=RdfFormat.TURTLE)
            term = triple.object
            if isinstance(term, NamedNode) and field.is_link:
                return self._references.written(field, term, self._language)
            if isinstance(term, NamedNode | Literal):
                return shown(term, self._language)
        return ""

    def _offer(self, sheet: Any, column: int, field: Field, lists: str) -> None:
        """A drop-down; what a closed list does not hold is refused as it is typed."""
        at, count = self._list(field)
        if not count:
            return
        letter = xl_col_to_name(at, col_abs=True)
        options: dict[str, Any] = {
            "validate": "list",
            "source": f"='{lists}'!{letter}$2:{letter}${count + 1}",
        }
        if (field.scheme or field.choices) and not field.separator:
            title, message = _NOT_LISTED[self._language]
            options |= {"error_title": title, "error_message": message}
        else:
            options |= {"show_error": False}
        sheet.data_validation(2, column, _ROWS + 2, column, options)

    def _list(self, field: Field) -> tuple[int, int]:
        """The column of the field's list on the sheet of lists, and how long it is."""
        wanted = (field.kinds, field.scheme, field.choices)
        if wanted not in self._lists:
            self._lists[wanted] = (field, list(self._choices(field)))
        return list(self._lists).index(wanted), len(self._lists[wanted][1])

    def _choices(self, field: Field) -> Iterator[str]:
        for node in self._references.things(field, self._language):
            yield self._references.written(field, node, self._language)

    def _write_lists(self, sheet: Any) -> None:
        for column, (field, choices) in enumerate(self._lists.values()):
            sheet.set_column(column, column, 32)
            heading = f"{BESIDE[self._language][1]}: {field.title[self._language]}"
            sheet.write_string(0, column, heading, self._formats["heading"])
            for row, choice in enumerate(choices, start=1):
                sheet.write_string(row, column, choice)
        if self._lists:
            sheet.freeze_panes(1, 0)
            sheet.set_selection(xl_rowcol_to_cell(0, 0))
