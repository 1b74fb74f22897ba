"""One check from bytes to a written report."""

from pathlib import PurePath

from pyoxigraph import Store

from mueang.check.asking import Asked, Validated
from mueang.check.formats import report_format
from mueang.check.judge import check
from mueang.check.mending import mended
from mueang.check.reader import Submission, read_submission
from mueang.check.rendering import Checked, rendered
from mueang.check.report import Repair, Report
from mueang.check.shacl import Shapes
from mueang.check.sheets.form import forms
from mueang.check.sheets.grid import ENDINGS
from mueang.check.sheets.intake import read_tables
from mueang.check.sheets.repair import in_cells, mended_table
from mueang.check.sheets.rows import statements
from mueang.check.unread import ZIP
from mueang.check.wording import change_shown
from mueang.errors import Language, MalformedData

_ROUNDS = 5


def validated(asked: Asked, known: Store, shapes: Shapes) -> Validated:
    """The report on a file beside what is known, which is left as it was.

    Raises UnknownFormat, MalformedData and TooLarge for a file that cannot be read at all.
    """
    wanted = report_format(asked.format)
    checked = _checked(asked.name, asked.content, known, shapes)
    changes: list[str] = []
    if asked.fix:
        checked = _repaired(checked, asked.language, changes, known, shapes)
    return Validated(
        checked.report.accepted,
        wanted.media_type_for(checked.report.name),
        rendered(wanted, checked, asked.language),
        checked.content if asked.fix else b"",
        tuple(changes),
    )


def _repaired(
    checked: Checked, language: Language, changes: list[str], known: Store, shapes: Shapes
) -> Checked:
    """The file with every repair made, checked again: what one repair uncovers, the next round repairs."""
    for _ in range(_ROUNDS):
        offered = [one for one in checked.report.findings if one.repair and not one.elsewhere]
        repairs = [one.repair for one in offered if one.repair]
        content, made = _written(checked, repairs, language, known, shapes)
        if not made or content == checked.content:
            break
        statements_changed = {repair.statement for repair in made}
        said = (
            change_shown(one, language)
            for one in offered
            if one.repair and one.repair.statement in statements_changed
        )
        changes += dict.fromkeys(said)
        checked = _checked(checked.report.name, content, known, shapes)
    return checked


def _written(
    checked: Checked, repairs: list[Repair], language: Language, known: Store, shapes: Shapes
) -> tuple[bytes, list[Repair]]:
    """The file with these repairs in it, and those that could be written."""
    name = checked.submission.name
    if is_table(name):
        return mended_table(name, checked.content, forms(shapes.graph), known, repairs, language)
    return mended(checked.submission, checked.content, repairs)


def _checked(name: str, content: bytes, known: Store, shapes: Shapes) -> Checked:
    name = _named(name, content)
    if not is_table(name):
        submission = read_submission(name, content)
        return Checked(check(submission, known, shapes), submission, content)
    tables, columns = read_tables(name, content), forms(shapes.graph)
    submission = _filled(statements(tables, columns, known, name))
    report = in_cells(check(submission, known, shapes), tables, columns, known)
    return Checked(report, submission, content)


def read(name: str, content: bytes, known: Store, shapes: Shapes) -> Submission:
    """What a text file, or a table in the layout of the template, says; raises MalformedData and TooLarge."""
    name = _named(name, content)
    if is_table(name):
        return _filled(statements(read_tables(name, content), forms(shapes.graph), known, name))
    return read_submission(name, content)


def in_words_of_the_file(report: Report, name: str, content: bytes, known: Store, shapes: Shapes) -> Report:
    """A report on a table in the words of its columns and cells; one on a text as it is."""
    name = _named(name, content)
    if not is_table(name):
        return report
    return in_cells(report, read_tables(name, content), forms(shapes.graph), known)


def is_table(name: str) -> bool:
    """Whether a file of this name is read as a table."""
    return PurePath(name).suffix.lower() in ENDINGS


def _named(name: str, content: bytes) -> str:
    return f"{name}.xlsx" if not PurePath(name).suffix and content.startswith(ZIP) else name


def _filled(submission: Submission) -> Submission:
    if not submission.quads:
        raise MalformedData(
            th=f"{submission.name}: ยังไม่มีแถวที่กรอกข้อมูล: กรอกอย่างน้อยหนึ่งแถว",
            en=f"{submission.name}: no row is filled in: fill in one row at least",
        )
    return submission
