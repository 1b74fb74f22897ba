"""`/submit/<kind>`: a form for one thing, made from the shapes; it makes the row that the template would hold.

What is filled in is checked and told field by field, without being kept. Handing it in is left to `/submissions`,
to which the checked row goes on as a file, so that there is one way in.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from mueang.check.asking import Asked
from mueang.check.client import Checker
from mueang.check.wording import SEVERITIES
from mueang.errors import MueangError, NotFound, WrongParameter
from mueang.submissions.journal import LONGEST_NOTE
from mueang.web.context import served
from mueang.web.download import as_file
from mueang.web.kept import kept
from mueang.web.language import reader_language

Form = Mapping[str, Any]
_ROW = re.compile(r"([A-Z]+)2")
_NO_NAME = re.compile(r"[\s/\\:*?\"<>|.,;()'&%#=+-]+")
_LONGEST = 20_000
_LONGEST_NAME = 60
_LONGEST_ADDRESS = 2000
_BLANK = 2
"""How many empty boxes a field for several values offers beside what is filled in."""


@dataclass
class Entry:
    """What somebody filled in: the texts of each column, and what the check found, by column and beside."""

    texts: dict[str, list[str]]
    found: dict[str, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    beside: list[Mapping[str, Any]] = field(default_factory=list)
    is_checked: bool = False
    is_accepted: bool = False
    file: str = ""
    name: str = ""


def blueprint_over(desk: Checker) -> Blueprint:
    """The routes, with the desk that knows the forms and checks what is filled in."""
    blueprint = Blueprint("entry", __name__)

    @blueprint.get("/submit")
    def kinds() -> Response:
        """The forms there are."""
        return _page("entries.html", forms=_forms(desk)["forms"])

    @blueprint.get("/submit/<kind>")
    def empty(kind: str) -> Response:
        """An empty form, or one that the address fills in."""
        form = _form(desk, kind)
        return _entry_page(desk, form, Entry(_filled(form)))

    @blueprint.post("/submit/<kind>")
    def checked(kind: str) -> Response:
        """The form with what was filled in and what the check says of it; or the row as a file."""
        form = _form(desk, kind)
        entry = Entry(_filled(form))
        try:
            _check(desk, form, entry)
        except MueangError as error:
            return _entry_page(desk, form, entry, error)
        if request.form.get("as") == "csv":
            return _as_file(entry)
        return _entry_page(desk, form, entry)

    return blueprint


def _forms(desk: Checker) -> dict[str, Any]:
    """The forms and their lists in the reader's language, asked once for a generation."""
    language = reader_language()

    def asked() -> dict[str, Any]:
        told: dict[str, Any] = json.loads(desk.done({"job": "entries", "language": language}).parts[0])
        return told

    return kept(f"entries-{language}", asked)


def _form(desk: Checker, kind: str) -> Form:
    forms: Sequence[Form] = _forms(desk)["forms"]
    found = next((form for form in forms if form["name"] == kind), None)
    if found is None:
        names = ", ".join(form["name"] for form in forms)
        raise NotFound(th=f"ไม่มีแบบฟอร์ม {kind} (มี {names})", en=f"there is no form {kind} (there are {names})")
    return found


def _filled(form: Form) -> dict[str, list[str]]:
    """What stands in each column; line ends as a cell has them."""
    texts = {
        column["name"]: [
            text.strip().replace("\r\n", "\n")
            for text in request.values.getlist(column["name"])
            if text.strip()
        ]
        for column in form["columns"]
    }
    if any(len(text) > _LONGEST for values in texts.values() for text in values):
        raise WrongParameter(
            th=f"ข้อความในช่องหนึ่งยาวเกิน {_LONGEST:,} ตัวอักษร",
            en=f"a field holds more than {_LONGEST:,} characters",
        )
    return texts


def _check(desk: Checker, form: Form, entry: Entry) -> None:
    """Check the row as a file of its own and sort what is found by the column it is about."""
    if not any(entry.texts.values()):
        raise WrongParameter(th="ยังไม่ได้กรอกช่องใดเลย", en="no field is filled in")
    entry.file, entry.name = _row(form, entry), _name(form, entry)
    done = desk.validate(Asked(entry.name, entry.file.encode(), "json", reader_language()))
    report = json.loads(done.body)
    entry.is_checked, entry.is_accepted = True, report["accepted"]
    for finding in report["findings"]:
        column = _column_of(form, finding)
        (entry.found[column] if column else entry.beside).append(_told(finding))


def _row(form: Form, entry: Entry) -> str:
    """The headings and the row as CSV, as the template has them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column["title"] for column in form["columns"]])
    writer.writerow(
        [f"{column['separator'] or ' '} ".join(entry.texts[column["name"]]) for column in form["columns"]]
    )
    return text.getvalue()


def _name(form: Form, entry: Entry) -> str:
    """A file's name for the row: the same thing filled in again goes by the same name, another does not."""
    required = [column["name"] for column in form["columns"] if column["is_key"] or column["required"]]
    texts = [text for name in required for text in entry.texts[name]] or [form["name"]]
    first = texts[0] if entry.texts[required[0]] else "-".join(texts)
    key = _NO_NAME.sub("-", first)[:_LONGEST_NAME].strip("-")
    return f"{form['name']}-{key}.csv"


def _column_of(form: Form, finding: Mapping[str, Any]) -> str:
    """The column that a finding is about; nothing for one about something else."""
    cell = _ROW.fullmatch((finding["place"] or {}).get("cell", ""))
    if cell is None or finding["elsewhere"]:
        return ""
    place = 0
    for letter in cell[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return str(form["columns"][place - 1]["name"]) if place <= len(form["columns"]) else ""


def _told(finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """A finding in the reader's language."""
    language = reader_language()
    severities = {one.name.lower(): words[language] for one, words in SEVERITIES.items()}
    return {
        "rule": finding["rule"],
        "severity": finding["severity"],
        "weighs": severities[finding["severity"]],
        "message": finding["message"][language],
        "repair": finding["repair"]["said"][language] if finding["repair"] else "",
    }


def _as_file(entry: Entry) -> Response:
    response = Response("\ufeff" + entry.file, content_type="text/csv; charset=utf-8")
    as_file(response, entry.name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _entry_page(desk: Checker, form: Form, entry: Entry, error: MueangError | None = None) -> Response:
    response = _page(
        "entry.html",
        form=form,
        lists=_lists_of(form, _forms(desk)["lists"]),
        entry=entry,
        blank=_BLANK,
        come_back=_come_back(form, entry),
        longest_note=LONGEST_NOTE,
        error=error.said_in(reader_language()) if error else "",
    )
    response.status_code = error.status if error else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _come_back(form: Form, entry: Entry) -> str:
    """The address of the form with what is filled in; empty where that is too long for an address."""
    texts = [(name, text) for name, values in entry.texts.items() for text in values]
    back = f"/submit/{form['name']}?{urlencode([('lang', reader_language()), *texts])}"
    return back if len(back) <= _LONGEST_ADDRESS else ""


def _lists_of(form: Form, lists: Mapping[str, list[str]]) -> dict[str, tuple[str, list[str]]]:
    """The lists that a form chooses from, each with a name that a page can point at."""
    names = dict.fromkeys(column["list"] for column in form["columns"] if column["list"])
    return {name: (f"list-{number}", lists[name]) for number, name in enumerate(names)}


def _page(template: str, **shown: Any) -> Response:
    return make_response(render_template(template, generation=served().engine.generation, **shown))
