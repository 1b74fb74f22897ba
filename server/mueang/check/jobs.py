"""What a desk can be asked to do: each job is a function of what is known, what is asked and the content sent."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from mueang.check.asking import Asked, Done
from mueang.check.consider import considered, retold
from mueang.check.known import Known
from mueang.check.sheets.entry import told
from mueang.check.sheets.form import forms
from mueang.check.sheets.template import template as written_template
from mueang.check.updating import updated
from mueang.check.validation import validated
from mueang.check.writing import written

Job = Callable[[Known, Mapping[str, Any], bytes], Done]


def validate(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """Check a file; see `validation.Asked`, with `alone` to leave the published data out."""
    if asked["alone"]:
        known.forget_data()
    known.shapes.names = known.names
    wanted = Asked(asked["name"], content, asked["format"], asked["language"], asked["fix"])
    found = validated(wanted, known.store, known.shapes)
    said = {"accepted": found.accepted, "media_type": found.media_type, "changes": list(found.changes)}
    return Done(said, (found.body, found.mended))


def template(known: Known, asked: Mapping[str, Any], _: bytes) -> Done:
    """The workbook to fill in, in a language."""
    content = written_template(forms(known.shapes.graph), known.store, asked["language"])
    return Done({"generation": known.generation}, (content,))


def entries(known: Known, asked: Mapping[str, Any], _: bytes) -> Done:
    """The forms to fill in on a page, in a language: JSON."""
    content = json.dumps(told(forms(known.shapes.graph), known.store, asked["language"]), ensure_ascii=False)
    return Done({"generation": known.generation}, (content.encode(),))


def update(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """What the graphs would become by a SPARQL update."""
    return Done(*updated(known, asked, content))


def write(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """What the graphs would become by a Graph Store write."""
    return Done(*written(known, asked, content))


def consider(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """What would become of a submission; see `consider.considered`."""
    return Done(*considered(known, asked, content))


def retell(known: Known, asked: Mapping[str, Any], content: bytes) -> Done:
    """A report that was kept, in another format."""
    return Done(*retold(known, asked, content))


JOBS: dict[str, Job] = {
    "validate": validate,
    "template": template,
    "entries": entries,
    "update": update,
    "write": write,
    "consider": consider,
    "retell": retell,
}
