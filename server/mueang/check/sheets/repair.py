"""Says what was found in the words of the form, and writes repairs of statements into their cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import BlankNode, Quad, RdfFormat, Store, parse

from mueang.check.calendar import why_not
from mueang.check.place import Place
from mueang.check.repairs.spelling import nearest
from mueang.check.report import Finding, Repair, Report
from mueang.check.sheets.form import Field, Form
from mueang.check.sheets.grid import Table
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.meaning import Item
from mueang.check.sheets.patch import patched
from mueang.check.sheets.reference import References
from mueang.check.sheets.rows import Said, read
from mueang.check.sheets.table import Lines
from mueang.check.sheets.value import DATE
from mueang.errors import Language


def mended_table(
    name: str,
    content: bytes,
    forms: Sequence[Form],
    known: Store,
    repairs: Iterable[Repair],
    language: Language,
) -> tuple[bytes, list[Repair]]:
    """A CSV file or workbook with these repairs made in its cells, and those of them that were made.

    A statement for which there are two different repairs is left as it is.
    """
    texts, places = _new_texts(read_tables(name, content), forms, known, _agreeing(repairs), language)
    mended, done = patched(name, content, texts)
    return mended, [repair for repair, at in places if at <= done]


def in_cells(report: Report, tables: Sequence[Table], forms: Sequence[Form], known: Store) -> Report:
    """The report as somebody reads it who has the sheet before them: what the column takes, repairs as cells."""
    reading = read(tables, forms, known, report.name)
    said = {_statement(one.quad): one for one in reading.said}
    nearby = _Nearby(References(known))
    findings = []
    for one in report.findings:
        column, text = reading.columns.get(one.place or Place(), (None, ""))
        message = one.message if column is None else _of_column(one, column, text, nearby)
        findings.append(replace(one, message=message, repair=_as_cell(one.repair, said, forms, known)))
    return replace(report, findings=tuple(findings))


class _Nearby:
    """Which name a misspelt cell must mean, for so many cells as people will read of."""

    def __init__(self, references: References, most: int = 100) -> None:
        self._references = references
        self._most = most
        self._names: dict[tuple[str, Language], frozenset[str]] = {}

    def name(self, column: Field, text: str, language: Language) -> str:
        """The one name that is few slips away, or nothing."""
        if not self._most:
            return ""
        self._most -= 1
        key = (column.iri, language)
        if key not in self._names:
            things = self._references.things(column, language)
            self._names[key] = frozenset(self._references.name(one, language) for one in things)
        return nearest(text, self._names[key]) or ""


def _of_column(finding: Finding, column: Field, text: str, nearby: _Nearby) -> dict[Language, str]:
    """Why a cell could not be read, else the rule's own words; then what the column takes."""
    unread = (finding.value or "").startswith('"') and (column.is_link or column.datatype == DATE)
    found: dict[Language, str] = {}
    for language, message in finding.message.items():
        reason = _why_unread(column, text, language, nearby) if unread else ""
        found[language] = f"{reason or message} ({column.title[language]}: {column.note[language]})"
    return found


def _why_unread(column: Field, text: str, language: Language, nearby: _Nearby) -> str:
    if column.datatype == DATE:
        return why_not(text, language)
    meant = nearby.name(column, text, "en" if text.isascii() else "th")
    if language == "th":
        asked = f" หมายถึง {meant} หรือไม่" if meant else ""
        return f"ไม่พบ {text} เป็นชื่อ รหัส หรือ IRI ของสิ่งเดียวที่ช่องนี้รับได้{asked}"
    asked = f" Did you mean {meant}?" if meant else ""
    return f"{text} is not the name, code or IRI of exactly one thing that this column takes.{asked}"


def _as_cell(
    repair: Repair | None, said: Mapping[tuple[str, str, str], Said], forms: Sequence[Form], known: Store
) -> Repair | None:
    if repair is None or repair.statement not in said:
        return repair
    one = said[repair.statement]
    words: dict[Language, str] = {
        language: _repaired(one, repair, forms, Lines([], References(known), language), language)
        for language in ("th", "en")
    }
    return replace(repair, said=words)


def _agreeing(repairs: Iterable[Repair]) -> dict[tuple[str, str, str], Repair]:
    found: dict[tuple[str, str, str], list[Repair]] = defaultdict(list)
    for repair in repairs:
        found[repair.statement].append(repair)
    return {
        statement: same[0]
        for statement, same in found.items()
        if len({(one.predicate, one.value) for one in same}) == 1
    }


def _new_texts(
    tables: Sequence[Table],
    forms: Sequence[Form],
    known: Store,
    wanted: Mapping[tuple[str, str, str], Repair],
    language: Language,
) -> tuple[dict[Place, str], list[tuple[Repair, set[Place]]]]:
    """The new text of each cell, several repairs of one made together; and the cells of each repair."""
    written = Lines([], References(known), language)
    parts: dict[Place, list[tuple[Item, str]]] = defaultdict(list)
    cells: dict[tuple[str, str, str], set[Place]] = defaultdict(set)
    for one in read(tables, forms, known, "").said:
        statement = _statement(one.quad)
        if statement in wanted and one.item:
            parts[one.place].append((one.item, _repaired(one, wanted[statement], forms, written, language)))
            cells[statement].add(one.place)
    texts = {place: _spliced(items) for place, items in parts.items()}
    return texts, [(wanted[statement], at) for statement, at in cells.items()]


def _statement(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def _repaired(said: Said, repair: Repair, forms: Sequence[Form], written: Lines, language: Language) -> str:
    """The text to put in place of a value; for a heading that the form does not have, the right heading."""
    (triple,) = parse(f"<a:a> <a:a> {repair.value} .", format=RdfFormat.N_TRIPLES)
    if said.column and not isinstance(triple.object, BlankNode):
        return written.cell(said.column, triple.object)
    headings = (
        column.title[language]
        for form in forms
        for column in form.columns
        if f"<{column.path}>" == repair.predicate
    )
    return next(headings, said.item.text if said.item else "")


def _spliced(parts: list[tuple[Item, str]]) -> str:
    """The cell's text with its values replaced, from the last to the first so that the others stay in place."""
    whole = parts[0][0].cell.text
    for item, text in sorted(parts, key=lambda part: -part[0].start):
        whole = whole[: item.start] + text + whole[item.start + len(item.text) :]
    return whole
