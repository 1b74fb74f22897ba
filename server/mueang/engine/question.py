"""The saved questions: a SPARQL file each, whose `#+` lines hold titles, description and parameters in YAML.

A parameter `date` stands in the text as `VALUES ?date { … }`; a given value replaces what is between the
braces, written by Oxigraph's own serialiser, so that the file runs as it stands in any engine.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from mueang.errors import Language, NotFound, WrongParameter
from mueang.files import files_below, folder
from mueang.graph.names import BASE

_XSD = "http://www.w3.org/2001/XMLSchema#"
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question: its name, its type, for IRIs the kind of thing, and its default as shown to people."""

    name: str
    type: str
    kind: str
    title: Mapping[Language, str]
    default: str


@dataclass(frozen=True)
class Question:
    """A saved question as its file has it; `number` orders the lists (those without one come last), `tags` group them."""

    name: str
    number: int
    summary: str
    title: Mapping[Language, str]
    description: Mapping[Language, str]
    parameters: tuple[Parameter, ...]
    text: str
    tags: tuple[str, ...] = ()

    def asked_with(self, values: Mapping[str, str]) -> str:
        """The query's text with these values for its parameters; raises WrongParameter."""
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := sorted(set(values) - set(known)):
            names = ", ".join(known) or "-"
            raise WrongParameter(
                th=f"คำถาม {self.name} ไม่มีพารามิเตอร์ {', '.join(unknown)} (มี: {names})",
                en=f"the question {self.name} has no parameter {', '.join(unknown)} (it has: {names})",
            )
        today = {name: date.today().isoformat() for name, one in known.items() if one.default == "today"}
        return with_values(
            self.text, {name: _term(known[name], value) for name, value in (today | {**values}).items()}
        )

    def things_named(self, values: Mapping[str, str]) -> dict[str, str]:
        """The IRIs that these values name, by parameter."""
        named = [
            (one, values[one.name]) for one in self.parameters if one.type == "iri" and one.name in values
        ]
        return {one.name: _iri(one, value).value for one, value in named}


def questions() -> list[Question]:
    """Every saved question, by number and name."""
    found = [read_question(path) for path in files_below("queries/questions", "*.rq")]
    return sorted(found, key=lambda one: (one.number, one.name))


def question_named(name: str) -> Question:
    """The saved question of that name; raises NotFound with the nearest names."""
    path = folder("queries/questions") / f"{name}.rq"
    if not _KEY.fullmatch(name) or not path.is_file():
        raise NotFound(
            th=f"ไม่มีคำถามชื่อ {name}: ดูรายชื่อด้วย mueang questions หรือที่ /questions",
            en=f"there is no question named {name}: see `mueang questions` or /questions",
        )
    return read_question(path)


def read_question(path: Path) -> Question:
    """A question from its file, which is read again when it has changed."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _read(path: Path, _: int) -> Question:
    text = path.read_text(encoding="utf-8")
    head = yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#+"))) or {}
    return Question(
        name=path.stem,
        number=head.get("cq", 1000),
        summary=head.get("summary", ""),
        title=head.get("title", {}),
        description=head.get("description", {}),
        parameters=tuple(_parameter(entry, text) for entry in head.get("parameters", [])),
        text=text,
        tags=tuple(head.get("tags", ())),
    )


def tags() -> dict[str, Mapping[Language, str]]:
    """What the tags of the questions are called, in the order in which they are shown."""
    return _called("tags")


def columns() -> dict[str, Mapping[Language, str]]:
    """What the columns of the questions are called, by variable; of a name in two languages by its stem."""
    return _called("columns")


@lru_cache(maxsize=2)
def _called(what: str) -> dict[str, Mapping[Language, str]]:
    found: dict[str, Mapping[Language, str]] = yaml.safe_load(
        (folder("queries/questions") / f"{what}.yaml").read_text(encoding="utf-8")
    )
    return found


def page_query(name: str, *things: str) -> str:
    """The query queries/pages/<name>.rq, about the things of these IRIs; raises NotFound for what is no IRI."""
    text = (folder("queries/pages") / f"{name}.rq").read_text(encoding="utf-8")
    if not things:
        return text
    for thing in things:
        if not is_iri(thing):
            raise NotFound(th=f"{thing} ไม่ใช่ IRI", en=f"{thing} is not an IRI")
    return _with_terms(text, "thing", [NamedNode(thing) for thing in things])


def is_iri(text: str) -> bool:
    """Whether a query can name this."""
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


def with_values(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """The query with each `VALUES ?name { … }` holding the given term."""
    for name, term in values.items():
        text = _with_terms(text, name, [term])
    return text


def _with_terms(text: str, name: str, terms: Sequence[NamedNode | Literal]) -> str:
    before, *after = _values_block(name).split(text)
    if not after:
        raise LookupError(f"the query has no VALUES ?{name} block")
    return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}".join([before, *after])


def _values_block(name: str) -> re.Pattern[str]:
    return re.compile(r"VALUES \?" + re.escape(name) + r" \{[^{}]*\}")


def _parameter(entry: Mapping[str, Any], text: str) -> Parameter:
    block = _values_block(entry["name"]).search(text)
    written = block[0].split("{", 1)[1].rstrip("}").strip() if block else ""
    return Parameter(
        name=entry["name"],
        type=entry["type"],
        kind=entry.get("kind", ""),
        title=entry.get("title", {}),
        default=str(entry.get("default", "")) or _plain(written, entry.get("kind", "")),
    )


def _plain(written: str, kind: str) -> str:
    """A term of the file as people write it: the key of an IRI, the text of a literal."""
    if written.startswith("<"):
        return written[1:-1].removeprefix(f"{BASE}id/{kind}/" if kind else "\0")
    literal = re.match(r'"([^"]*)"', written)
    return literal[1] if literal else written


def _term(parameter: Parameter, value: str) -> NamedNode | Literal:
    match parameter.type:
        case "iri":
            return _iri(parameter, value)
        case "date":
            return Literal(_date(parameter, value), datatype=NamedNode(_XSD + "date"))
        case "integer":
            return Literal(_integer(parameter, value), datatype=NamedNode(_XSD + "integer"))
        case "language":
            return Literal(_language(parameter, value))
    return Literal(value)


def _iri(parameter: Parameter, value: str) -> NamedNode:
    iri = f"{BASE}id/{parameter.kind}/{value}" if parameter.kind and _KEY.fullmatch(value) else value
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise _wrong(
            parameter,
            value,
            th="ต้องเป็นรหัส เช่น rayong หรือ IRI เต็ม",
            en="must be a key such as rayong, or a whole IRI",
        ) from error


def _date(parameter: Parameter, value: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    raise _wrong(
        parameter,
        value,
        th="ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น 2022-11-09",
        en="must be a date such as 2022-11-09 (year of the Common Era)",
    )


def _integer(parameter: Parameter, value: str) -> str:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise _wrong(parameter, value, th="ต้องเป็นจำนวนเต็ม", en="must be a whole number")
    return str(int(value))


def _language(parameter: Parameter, value: str) -> str:
    if value not in ("th", "en"):
        raise _wrong(parameter, value, th="ต้องเป็น th หรือ en", en="must be th or en")
    return value


def _wrong(parameter: Parameter, value: str, *, th: str, en: str) -> WrongParameter:
    shown = value if len(value) <= 80 else value[:80] + "…"
    return WrongParameter(
        th=f"พารามิเตอร์ {parameter.name} = {shown!r}: {th}", en=f"parameter {parameter.name} = {shown!r}: {en}"
    )
