"""Which things have a drawing of their own: a query `kind-<name>` that names its classes, and a template of that name."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import yaml

from mueang.files import files_below
from mueang.web.context import page_rows

_PREFIX = "kind-"


def drawing_of(classes: Iterable[str]) -> str | None:
    """The name of the drawing for a thing of these classes, None where there is none."""
    known = _drawings()
    return next((known[one] for one in classes if one in known), None)


def drawn(name: str, iri: str) -> dict[str, list[dict[str, Any]]]:
    """What the query of a drawing answers for a thing, row by row under the name of its part."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in page_rows(_PREFIX + name, iri):
        parts.setdefault(row["part"]["value"], []).append(row)
    return parts


@lru_cache(maxsize=1)
def _drawings() -> dict[str, str]:
    """The drawing for each class that has one."""
    return {
        one: path.stem.removeprefix(_PREFIX)
        for path in files_below("queries/pages", f"{_PREFIX}*.rq")
        for one in _classes(path.read_text(encoding="utf-8"))
    }


def _classes(text: str) -> list[str]:
    head = "\n".join(line[2:] for line in text.splitlines() if line.startswith("#+"))
    found: list[str] = yaml.safe_load(head)["classes"]
    return found
