"""Writes new texts into cells of a table file and leaves everything else in it as it was."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from io import BytesIO
from typing import NamedTuple
from xml.parsers.expat import ParserCreate
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mueang.check.encoding import Encoding
from mueang.check.place import Place
from mueang.check.sheets.grid import Cell, Table
from mueang.check.sheets.intake import kind_of
from mueang.check.sheets.markup import Spot, spot
from mueang.check.sheets.separated import written
from mueang.check.sheets.workbook import open_workbook, read_workbook

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(rb"<([^\s/>]*?)c[\s/>]")
_NOT_YET_ASKED = re.compile(rb"<((?:\w+:)?calcPr)\b(?![^>]*fullCalcOnLoad)")


class Span(NamedTuple):
    """Where a cell's element begins and ends in its part, and its attributes; whether it holds a formula."""

    start: int
    end: int
    attributes: Mapping[str, str]
    formula: bool


def patched(name: str, content: bytes, changes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    """The file with these texts at these places, and the places where they were written.

    A cell with a formula is left alone: what is wrong stands somewhere else. So is a cell that does not exist.
    Raises UnknownFormat, MalformedData and TooLarge.
    """
    if kind_of(name, content) == ".xlsx":
        return _patched_workbook(name, content, changes)
    return _patched_text(name, content, changes)


def _patched_text(name: str, content: bytes, changes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    source = written(name, content)
    done: set[Place] = set()
    pieces, at = [], 0
    for place, (row, column) in sorted(_spots(name, changes), key=lambda found: found[1]):
        if row >= len(source.rows) or column >= len(source.rows[row]):
            continue
        field = source.rows[row][column]
        pieces += [source.text[at : field.start], quoted(changes[place], source.separator)]
        at = field.end
        done.add(place)
    return _encoded("".join([*pieces, source.text[at:]]), source.encoding), done


def _spots(name: str, changes: Mapping[Place, str]) -> Iterator[tuple[Place, Spot]]:
    return ((place, spot(name, place.cell)) for place in changes)


def quoted(text: str, separator: str) -> str:
    """The text as a CSV cell."""
    # Also where it has one of the other separators: the file should not look as if it were cut by that one.
    plain = not re.search(rf'["\r\n,;\t{re.escape(separator)}]', text)
    return text if plain else '"' + text.replace('"', '""') + '"'


def _encoded(text: str, encoding: Encoding) -> bytes:
    try:
        return encoding.mark + text.encode(encoding.codec)
    except UnicodeEncodeError:  # cp874 cannot say everything
        return BOM_UTF8 + text.encode("utf-8", "replace")


def _patched_workbook(name: str, content: bytes, changes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    workbook = open_workbook(name, content)
    tables = read_workbook(name, content)
    parts = dict(workbook.parts)
    done: set[Place] = set()
    for sheet, table in zip(workbook.sheets, tables, strict=True):
        wanted = {place: text for place, text in changes.items() if place.sheet == sheet.name}
        if wanted:
            parts[sheet.path], written_at = _patched_sheet(
                name, parts[sheet.path], _new_contents(name, wanted, table, workbook.from_1904)
            )
            done |= {place for place, at in _spots(name, wanted) if at in written_at}
    parts[workbook.path] = _NOT_YET_ASKED.sub(rb'<\1 fullCalcOnLoad="1"', parts[workbook.path])
    return _packed(parts), done


def _new_contents(
    name: str, wanted: Mapping[Place, str], table: Table, from_1904: bool
) -> dict[Spot, tuple[str, str]]:
    """The type and the content of each cell's element."""
    return {
        (row, column): _content(wanted[place], table.rows[row][column], from_1904)
        for place, (row, column) in _spots(name, wanted)
        if row < len(table.rows) and column < len(table.rows[row])
    }


def _content(text: str, cell: Cell, from_1904: bool) -> tuple[str, str]:
    """A number stays a number and a day a day, where the new text is one; anything else becomes text."""
    if cell.kind == "number" and _NUMBER.fullmatch(text):
        return "n", f"<v>{text}</v>"
    if cell.kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        return "n", f"<v>{(date.fromisoformat(text) - epoch).days}</v>"
    return "inlineStr", f'<is><t xml:space="preserve">{escape(_UNWRITABLE.sub("", text))}</t></is>'


def _patched_sheet(name: str, part: bytes, contents: dict[Spot, tuple[str, str]]) -> tuple[bytes, set[Spot]]:
    pieces, at = [], 0
    done: set[Spot] = set()
    for place, span in _cells(name, part):
        if place in contents and not span.formula and place not in done:
            pieces += [part[at : span.start], _element(part, span, *contents[place])]
            at = span.end
            done.add(place)
    return b"".join([*pieces, part[at:]]), done


def _element(part: bytes, span: Span, kind: str, content: str) -> bytes:
    tag = _TAG.match(part, span.start)
    prefix = tag[1].decode() if tag else ""
    kept = "".join(f' {key}="{escape(span.attributes[key])}"' for key in ("r", "s") if key in span.attributes)
    inner = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", content)
    # References in place of letters: they are right whatever encoding the part declares.
    return f'<{prefix}c{kept} t="{kind}">{inner}</{prefix}c>'.encode("ascii", "xmlcharrefreplace")


def _cells(name: str, part: bytes) -> list[tuple[Spot, Span]]:
    found: list[tuple[Spot, Span]] = []
    row, column, start = -1, -1, -1
    current: dict[str, str] = {}
    formula = False
    parser = ParserCreate()

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, start, current, formula
        local = tag.rpartition(":")[2]
        if start >= 0:
            formula = formula or local == "f"
        elif local == "row":
            row, column = int(attributes.get("r", row + 2)) - 1, -1
        elif local == "c":
            row, column = spot(name, attributes["r"]) if "r" in attributes else (row, column + 1)
            start, current, formula = parser.CurrentByteIndex, attributes, False

    def finish(tag: str) -> None:
        nonlocal start
        if start >= 0 and tag.rpartition(":")[2] == "c":
            end = part.index(b">", parser.CurrentByteIndex) + 1
            found.append(((row, column), Span(start, end, current, formula)))
            start = -1

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.Parse(part, True)
    return found


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for path, part in parts.items():
            info = ZipInfo(path)  # without the time of day: the same file in gives the same file out
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, part)
    return packed.getvalue()
