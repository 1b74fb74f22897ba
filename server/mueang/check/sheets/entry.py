"""The forms as plain values for pages to draw: each column with what may stand in it, and the lists to choose from."""

from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from mueang.check.sheets.form import Field, Form
from mueang.check.sheets.reference import References
from mueang.check.sheets.value import DATE, DECIMAL, INTEGER, shown
from mueang.errors import Language

_LONGEST_LIST = 500
_MARK = "#form-"


def told(forms: Sequence[Form], known: Store, language: Language) -> dict[str, Any]:
    """The forms in a language; what can be chosen is what is published, unless it is too much to show."""
    references = References(known)
    lists: dict[str, list[str]] = {}
    shown_forms = [_form(form, references, lists, language) for form in forms]
    return {"forms": shown_forms, "lists": lists}


def _form(
    form: Form, references: References, lists: dict[str, list[str]], language: Language
) -> dict[str, Any]:
    return {
        "name": form.iri.rpartition(_MARK)[2],
        "kind": form.kind,
        "title": form.title[language],
        "note": form.note[language],
        "columns": [_column(field, field is form.key, references, lists, language) for field in form.columns],
    }


def _column(
    field: Field, is_key: bool, references: References, lists: dict[str, list[str]], language: Language
) -> dict[str, Any]:
    return {
        "name": field.iri.rpartition("#")[2],
        "property": field.path,
        "title": field.title[language],
        "note": field.note[language],
        "required": field.required,
        "separator": field.separator,
        "is_key": is_key,
        "takes": _takes(field),
        "list": _list(field, references, lists, language) if field.is_link else "",
        "is_closed": bool(field.scheme or field.choices),
        "example": _example(field, references, language),
    }


def _takes(field: Field) -> str:
    """What is written in a column, in one word."""
    if field.is_link:
        return "link"
    if field.languages:
        return "text" if len(field.languages) == 1 else "prose"
    return {DATE: "date", INTEGER: "number", DECIMAL: "number"}.get(field.datatype, "plain")


def _list(field: Field, references: References, lists: dict[str, list[str]], language: Language) -> str:
    """The name of the list that a column chooses from; nothing where it is too long to be chosen from."""
    name = " ".join((field.scheme, *field.kinds, *field.choices))
    if name not in lists:
        things = references.things(field, language)
        few = things if len(things) <= _LONGEST_LIST else []
        lists[name] = [references.written(field, thing, language) for thing in few]
    return name if lists[name] else ""


def _example(field: Field, references: References, language: Language) -> str:
    """The example as it is written in the column, in the reader's language where it is in any."""
    for one in _own(field.examples, language):
        (triple,) = parse(f"<a:a> <a:a> {one.n3()} .", format=RdfFormat.TURTLE)
        term = triple.object
        if isinstance(term, NamedNode) and field.is_link:
            return references.written(field, term, language)
        if isinstance(term, NamedNode | Literal):
            return shown(term, language)
    return ""


def _own(examples: Iterable[Any], language: Language) -> list[Any]:
    found = list(examples)
    return [one for one in found if getattr(one, "language", None) == language] or found
