"""Why an answer may be empty: a name nobody has, a text in another language, a day before the first, a year of the other era.

It reads the question's own words, not the data behind each part: what it says is likely, and said as such.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from mueang.engine.malformed.lexer import Token, token_at
from mueang.engine.malformed.names import declared_prefixes
from mueang.engine.question import is_iri
from mueang.graph.names import PREFIXES
from mueang.web.context import page_rows
from mueang.web.era import day_said
from mueang.web.kept import kept
from mueang.web.known import Known, everything_known, near
from mueang.web.language import reader_language, say

_MOST_TOKENS = 5000
_MOST_NAMES = 100
_MOST_SAID = 5
_NOT_OURS = tuple(PREFIXES[prefix] for prefix in ("xsd", "geof"))
_YEAR = re.compile(r"[\"']?([12][0-9]{3})(?:-[0-9]{2}(?:-[0-9]{2})?)?\b")
_BUDDHIST = range(2400, 2700)


def reasons(query: str) -> list[str]:
    """What may be the reason that a question has no answer, in the reader's language, likeliest first."""
    tokens = list(islice(_tokens(query), _MOST_TOKENS))
    found = [*_unknown_names(tokens), *_years(tokens), *_texts(tokens), *_languages(tokens)]
    return list(dict.fromkeys(found))[:_MOST_SAID]


def iris_named(query: str) -> list[str]:
    """The IRIs that a query names, in full or by a prefix, in order."""
    return _iris(list(islice(_tokens(query), _MOST_TOKENS)))


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while (token := token_at(text, place)).kind != "END":
        yield token
        place = token.end


def _iris(tokens: Sequence[Token]) -> list[str]:
    declared = declared_prefixes([*tokens, Token("END", "", 0), Token("END", "", 0)])
    found = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind == "IRIREF" and not (before and before.kind in ("PNAME_NS", "BASE")):
            found.append(token.text[1:-1])
        elif token.kind == "PNAME_LN":
            prefix, _, local = token.text.partition(":")
            found.append(declared.get(prefix, f"{prefix}:") + local.replace("\\", ""))
    return list(dict.fromkeys(filter(is_iri, found)))


def _unknown_names(tokens: Sequence[Token]) -> Iterator[str]:
    named = [iri for iri in _iris(tokens) if not iri.startswith(_NOT_OURS)][:_MOST_NAMES]
    for row in page_rows("presence", *named) if named else ():
        iri = row["thing"]["value"]
        written = next(
            (one.text for one in tokens if one.kind == "PNAME_LN" and _iris([one]) == [iri]), f"<{iri}>"
        )
        meant = [_named(one) for one in near(iri)]
        yield say(f"ในกราฟไม่มี {written}", f"there is no {written} in the graph") + (
            say(" หมายถึง ", ": did you mean ") + say(" หรือ ", " or ").join(meant) + say(" หรือไม่", "?")
            if meant
            else ""
        )


def _named(one: Known) -> str:
    name = one.called(reader_language())
    return f"{one.short} ({name})" if name else one.short


def _years(tokens: Sequence[Token]) -> Iterator[str]:
    years = [
        int(found[1])
        for one in tokens
        if one.kind in ("STRING", "INTEGER") and (found := _YEAR.match(one.text))
    ]
    for year in years:
        if year in _BUDDHIST:
            yield say(
                f"ปีในกราฟเป็น ค.ศ.: {year} น่าจะเป็น {year - 543}",
                f"years in the graph are of the Common Era: {year} may be meant as {year - 543}",
            )
    days = kept("days", lambda: page_rows("days"))
    first, last = (days[0][name]["value"] if days and name in days[0] else "" for name in ("first", "last"))
    common = [year for year in years if year not in _BUDDHIST]
    if first and any(1800 < year <= int(first[:4]) for year in common):
        yield say(
            f"ข้อเท็จจริงในกราฟเริ่มที่ {day_said(first)} ก่อนหน้านั้นไม่มีข้อมูล",
            f"the facts in the graph begin on {day_said(first)}; there is nothing before",
        )
    if last and any(year > int(last[:4]) for year in common):
        yield say(f"ข้อเท็จจริงในกราฟมีถึง {day_said(last)}", f"the facts in the graph end on {day_said(last)}")


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    """A name written without its language, or with the wrong one; part of a name where the whole is needed."""
    for token, after in zip(tokens, [*tokens[1:], Token("END", "", 0)], strict=True):
        text = token.text.strip("\"'")
        if token.kind != "STRING" or len(text) < 2:
            continue
        tag = after.text.lower() if after.kind == "LANGTAG" else ""
        if right := _tag_of(text, tag):
            yield say(f'ในกราฟชื่อนี้เขียนว่า "{text}"{right}', f'the graph has this name as "{text}"{right}')
        elif tag and (one := next((one for one in everything_known() if text in one.called(tag[1:3])), None)):
            yield say(
                f'ไม่มีชื่อ "{text}" ทั้งคำ แต่มีชื่อที่มีคำนี้ เช่น “{one.called("th")}”: ใช้ FILTER(CONTAINS(STR(?name), "{text}"))',
                f'nothing is called just "{text}", but “{one.called("en")}” has it in its name: use FILTER(CONTAINS(STR(?name), "{text}"))',
            )


def _tag_of(text: str, tag: str) -> str:
    """The language tag that a name has in the graph, where it is not the one that was written."""
    tags = {"@th" for one in everything_known() if one.th == text} | {
        "@en" for one in everything_known() if one.en == text
    }
    return "" if not tags or tag in tags else min(tags)


def _languages(tokens: Sequence[Token]) -> Iterator[str]:
    asked = {one.text.lower().strip("\"'@") for one in tokens if one.kind in ("STRING", "LANGTAG")}
    unsaid = {tag: sum(not getattr(one, tag) for one in everything_known()) for tag in ("th", "en")}
    if "en" in asked and unsaid["en"]:
        yield say(
            f'มี {unsaid["en"]} อย่างที่มีชื่อภาษาไทยเท่านั้น: ลองถามชื่อภาษาไทย ("th")',
            f'{unsaid["en"]} things have a name in Thai only: try "th"',
        )
    if "th" in asked and unsaid["th"]:
        yield say(
            f'มี {unsaid["th"]} อย่างที่มีชื่อภาษาอังกฤษเท่านั้น: ลองถามชื่อภาษาอังกฤษ ("en")',
            f'{unsaid["th"]} things have a name in English only: try "en"',
        )
    if strange := sorted(one for one in asked if re.fullmatch(r"[a-z]{2}-[a-z]{2}", one)):
        yield say(
            f"ป้ายภาษาในกราฟมีแค่ th กับ en ไม่มี {strange[0]}",
            f"the graph tags texts th and en only, not {strange[0]}",
        )
