"""`/shapes`: the rules that data is checked by, each with what it looks at and a file that keeps it and one that does not."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request

from mueang.check.wording import SEVERITIES
from mueang.engine.formats import GRAPHS
from mueang.engine.rulebook import rulebook_rows, shapes_as_written, shapes_in
from mueang.errors import NotFound
from mueang.files import folder
from mueang.graph.catalogue import shape_files
from mueang.graph.names import BASE
from mueang.web.context import served
from mueang.web.glossary import terms_in
from mueang.web.language import reader_language, say
from mueang.web.names import Names
from mueang.web.negotiation import required, wants_page

blueprint = Blueprint("rules", __name__)
_SHAPES = f"{BASE}shapes#"
_CASES = "tests/cases"
_MOST_CASES = 3
_BLANK = re.compile(r"\{[?$](\w+)\}")
_TTL = GRAPHS[0]


@dataclass(frozen=True)
class Example:
    """A file that keeps a rule or breaks it, without the line in which it says so to the tests."""

    name: str
    text: str


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def shapes(suffix: str | None = None) -> Response:
    """The rules: as a page, as their files have them, or in another RDF syntax."""
    if suffix == "html" or (suffix is None and wants_page()):
        return _all_rules()
    chosen = required(GRAPHS, suffix)
    content = shapes_as_written() if chosen is _TTL else shapes_in(chosen)
    return Response(content, content_type=chosen.content_type)


@blueprint.get("/shapes/<name>")
def rule(name: str) -> Response:
    """A rule on a page of its own, its parts among it; programs are sent to where all rules are."""
    whole, dash, _ = name.partition("-")
    if dash and any(one["part"]["value"] == f"{_SHAPES}{name}" for one in rulebook_rows("rule-parts")):
        return make_response(redirect(f"/shapes/{whole}?lang={reader_language()}#{name}", 303))
    row = next((row for row in rulebook_rows("rules") if row["id"]["value"] == name), None)
    if row is None:
        raise NotFound(th=f"ไม่มีกฎ {name}: ดูทั้งหมดที่ /shapes", en=f"there is no rule {name}: /shapes lists them")
    if not wants_page():
        return make_response(redirect("/shapes", 303))
    parts = [one for one in rulebook_rows("rule-parts") if one["id"]["value"] == name]
    looks = _looks_at(name)
    named = set().union(
        *(terms_in(one["query"]["value"]) for one in parts if "query" in one), *looks.values()
    )
    return _page(
        "rule.html",
        rule=row,
        parts=parts,
        looks=looks,
        terms=sorted(iri for iri in named if iri.startswith(BASE)),
        called=Names(named | {one["path"]["value"] for one in parts if "path" in one}),
        good=_examples("valid", name),
        bad=_examples("broken", name),
        written=_written(name),
        neighbours=_neighbours(name),
        severities=_severities(),
    )


def _all_rules() -> Response:
    asked = request.args.get("q", "").strip()[:100]
    severity = request.args.get("severity", "")
    rows = [row for row in rulebook_rows("rules") if _says(row, asked) and severity in ("", _severity(row))]
    looks = {row["id"]["value"]: _looks_at(row["id"]["value"]) for row in rows}
    return _page(
        "shapes.html",
        rules=[(row, _severity(row)) for row in rows],
        looks=looks,
        called=Names(iri for kinds in looks.values() for iris in kinds.values() for iri in iris),
        asked=asked,
        severity=severity,
        severities=_severities(),
        whole=len(rulebook_rows("rules")),
    )


def _told(message: str) -> str:
    """What a rule says, with words where a finding has what was found."""
    words = {
        "value": say("‹ค่าที่พบ›", "‹the value found›"),
        "path": say("‹คุณสมบัติ›", "‹the property›"),
        "this": say("‹สิ่งที่กล่าวถึง›", "‹the thing›"),
    }
    return _BLANK.sub(lambda found: words.get(found[1], "…"), message)


def _severities() -> dict[str, str]:
    """The severities by their names in SHACL, in the reader's words."""
    return {one.name.capitalize(): words[reader_language()] for one, words in SEVERITIES.items()}


def _severity(row: dict[str, Any]) -> str:
    return str(row["severity"]["value"].rpartition("#")[2])


def _says(row: dict[str, Any], asked: str) -> bool:
    language = reader_language()
    texts = [row[name]["value"] for name in ("id", f"label_{language}", f"message_{language}") if name in row]
    texts += [iri.rpartition("#")[2] for iris in _looks_at(row["id"]["value"]).values() for iri in iris]
    return not asked or any(asked.casefold() in text.casefold() for text in texts)


@cache
def _looks_at(name: str) -> dict[str, list[str]]:
    """What a rule is put to and what it follows from there, by how."""
    found: dict[str, list[str]] = {}
    for row in rulebook_rows("rule-terms"):
        if row["id"]["value"] == name:
            found.setdefault(row["how"]["value"], []).append(row["term"]["value"])
    return found


def _examples(kind: str, name: str) -> list[Example]:
    """The files of the tests that keep or break a rule: what is shown is what is tested."""
    found = sorted(folder(f"{_CASES}/{kind}").glob(f"{name}-*"))
    return [Example(path.name, _without_tests_words(path)) for path in found[:_MOST_CASES]]


def _without_tests_words(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("# breaks:", "# tells:"))).strip()


@cache
def _written(name: str) -> str:
    """A rule and its parts as their files have them, without the prefixes."""
    block = re.compile(rf'^tsh:{name}(?:-\S+)? (?:"""[\s\S]*?"""|[^"]|"(?!""))*?\.$', re.MULTILINE)
    return "\n\n".join(
        found for path in shape_files() for found in block.findall(path.read_text(encoding="utf-8"))
    )


def _neighbours(name: str) -> tuple[str, str]:
    """The rules before and after, by their identifiers; empty at the ends."""
    names = ["", *(row["id"]["value"] for row in rulebook_rows("rules")), ""]
    place = names.index(name)
    return names[place - 1], names[place + 1]


def _page(template: str, **shown: Any) -> Response:
    return make_response(
        render_template(template, formats=GRAPHS, generation=served().engine.generation, told=_told, **shown)
    )
