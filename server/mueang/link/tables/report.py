"""What came of linking a table, told to people and programs: the counts, and each text that was not linked."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from mueang.engine.cells import harmless_text
from mueang.errors import Language
from mueang.link.tables.choice import Chosen
from mueang.link.tables.joining import Missed, Tally
from mueang.link.thing import LANGUAGES, Thing

_HEADINGS: dict[Language, tuple[str, ...]] = {
    "th": ("ข้อความ", "จำนวนแถว", "แถวแรก", "เหตุผล", "อาจหมายถึง", "IRI"),
    "en": ("text", "rows", "first row", "reason", "may mean", "IRI"),
}
_LEFT_OUT: dict[str, dict[Language, str]] = {
    "total": {"th": "แถวรวม", "en": "totals"},
    "group": {"th": "กลุ่มหรือภาค", "en": "groups or regions"},
    "note": {"th": "หมายเหตุ", "en": "notes"},
    "repeated": {"th": "หัวตารางซ้ำ", "en": "repeated headings"},
    "blank": {"th": "แถวว่าง", "en": "empty rows"},
}


def summary(name: str, chosen: Chosen, tally: Tally) -> dict[str, Any]:
    """The counts and the choice, as values for programs."""
    return {
        "name": name,
        "sheet": chosen.sheet,
        "column": chosen.shown,
        "column_number": chosen.column + 1,
        "heading_row": chosen.line or None,
        "kinds": list(chosen.kinds),
        "other_kinds": list(chosen.others),
        "rows": tally.rows,
        "linked": tally.states["linked"],
        "not_linked": tally.not_linked,
        "left_out": {state: tally.states[state] for state in _LEFT_OUT if tally.states[state]},  # type: ignore[index]
        "missed": [_missed(one) for one in tally.missed.values()],
        "missed_more": tally.unnamed,
    }


def _missed(one: Missed) -> dict[str, Any]:
    return {
        "text": one.text,
        "rows": one.times,
        "first_row": one.row,
        "reason": one.reason,
        "suggestions": [_suggested(thing) for thing in one.suggestions],
    }


def _suggested(thing: Thing) -> dict[str, Any]:
    told = {language: thing.told_in(language) for language in LANGUAGES}
    return {"id": thing.iri, "label": thing.label, "told": told}


def sentences(
    said: dict[str, Any], language: Language, called: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """The summary in words: which column, how many rows, what was left out, what else stands in the column.

    Kinds go by their keys, which a command takes, or as they are `called`.
    """
    others = ", ".join(called.get(kind, kind) for kind in said["other_kinds"])
    kinds = ", ".join(called.get(kind, kind) for kind in said["kinds"]) or (
        "ทุกชนิด" if language == "th" else "any kind"
    )
    left = ", ".join(f"{_LEFT_OUT[state][language]} {count:,}" for state, count in said["left_out"].items())
    if language == "th":
        sheet = f" แผ่น {said['sheet']}" if said["sheet"] else ""
        yield f"{said['name']}{sheet}: คอลัมน์ {said['column']} เป็นชื่อชนิด {kinds}"
        yield f"เชื่อมได้ {said['linked']:,} จาก {said['rows']:,} แถว" + (f" (ไม่นับ {left})" if left else "")
        if said["other_kinds"]:
            yield f"คอลัมน์นี้มีชื่อที่เป็น {others} ด้วย ซึ่งยังไม่ได้เชื่อม: ถ้าต้องการให้ระบุชนิดเอง"
    else:
        sheet = f", sheet {said['sheet']}" if said["sheet"] else ""
        yield f"{said['name']}{sheet}: column {said['column']} holds names of {kinds}"
        yield f"{said['linked']:,} of {said['rows']:,} rows linked" + (f" (left out: {left})" if left else "")
        if said["other_kinds"]:
            yield f"other names in it are of {others} and were not linked: name the kinds to have those"


def as_text(said: dict[str, Any], language: Language, most: int | None = None) -> str:
    """The report for people; at most so many of the texts that were not linked."""
    lines = list(sentences(said, language))
    for one in said["missed"][:most]:
        lines.append(_line(one, language))
    more = said["missed_more"] + (len(said["missed"][most:]) if most is not None else 0)
    if more:
        lines.append(f"… และอีก {more:,}" if language == "th" else f"… and {more:,} more")
    return "\n".join(lines) + "\n"


def _line(one: dict[str, Any], language: Language) -> str:
    names = ", ".join(thing["told"][language] for thing in one["suggestions"])
    text = one["text"] or "—"
    if language == "th":
        return f"  แถว {one['first_row']} {text} ({one['rows']:,} แถว): {one['reason'].get('th', '')}" + (
            f" · อาจหมายถึง {names}" if names else ""
        )
    return f"  row {one['first_row']} {text} ({one['rows']:,} rows): {one['reason'].get('en', '')}" + (
        f"; it may mean {names}" if names else ""
    )


def as_json(said: dict[str, Any]) -> str:
    """The report for programs."""
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def as_csv(said: dict[str, Any], language: Language) -> str:
    """A row for each text that was not linked."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS[language])
    for one in said["missed"]:
        names = "; ".join(thing["told"][language] for thing in one["suggestions"])
        iris = " ".join(thing["id"] for thing in one["suggestions"])
        cells = (one["text"], one["rows"], one["first_row"], one["reason"].get(language, ""), names, iris)
        writer.writerow([harmless_text({"type": "literal", "value": str(cell)}) for cell in cells])
    return "\ufeff" + text.getvalue()


def written(said: dict[str, Any], ending: str, language: Language) -> bytes:
    """The report as the ending of its file says: .json, .csv, else text."""
    if ending == ".json":
        return as_json(said).encode()
    return (as_csv(said, language) if ending == ".csv" else as_text(said, language)).encode()
