"""What is wrong with single tokens of a text that may otherwise be a query: prefixes, escapes, names, function IRIs."""

import re
from collections.abc import Iterator, Mapping, Sequence

from mueang.engine.malformed.characters import bare_iri
from mueang.engine.malformed.lexer import Token
from mueang.engine.malformed.parser import Reading
from mueang.engine.malformed.spelling import nearest
from mueang.engine.malformed.stop import Advice, clipped
from mueang.graph.names import PREFIXES, shortened

_ALSO_CALLED = {
    "dct": "dcterms",
    "dc": "dcterms",
    "sdo": "schema",
    "gsp": "geo",
    "shacl": "sh",
    "rdfschema": "rdfs",
}
_BAD_ESCAPE = re.compile(
    r"(?:[^\\]|\\(?:[tbnrf\"'\\]|u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}|U00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}))*+(?P<escape>\\.?)",
    re.DOTALL,
)
_DOTTED_TWICE = re.compile(r"[^:]*+:[^.]*+\.++[^.]++\.")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_GEOF = "http://www.opengis.net/def/function/geosparql/"
_CASTS = (
    "boolean date dateTime dayTimeDuration decimal double duration float gDay gMonth gMonthDay gYear gYearMonth integer "
    "string time yearMonthDuration"
)
_GEO_FUNCTIONS = (
    "area asGeoJSON centroid convexHull coordinateDimension difference dimension distance ehContains ehCoveredBy ehCovers "
    "ehDisjoint ehEquals ehInside ehMeet ehOverlap envelope getSRID intersection isEmpty isSimple length perimeter rcc8dc "
    "rcc8ec rcc8eq rcc8ntpp rcc8ntppi rcc8po rcc8tpp rcc8tppi relate sfContains sfCrosses sfDisjoint sfEquals "
    "sfIntersects sfOverlaps sfTouches sfWithin spatialDimension symDifference union"
)
_INTEGERS = (
    "byte int long negativeInteger nonNegativeInteger nonPositiveInteger positiveInteger short unsignedByte unsignedInt "
    "unsignedLong unsignedShort"
)
_WHOLE_NUMBERS = frozenset(_XSD + name for name in _INTEGERS.split())
FUNCTION_IRIS = [
    *(_XSD + name for name in _CASTS.split()),
    *(_GEOF + name for name in _GEO_FUNCTIONS.split()),
]


def first_flaw(reading: Reading) -> Advice | None:
    """The first token before the stop that is wrong by itself."""
    tokens = reading.tokens[:-1] if reading.possible else reading.tokens
    declared = declared_prefixes(tokens)
    for index, token in enumerate(tokens):
        if token.kind in ("PNAME_LN", "PNAME_NS"):
            flaw = _name_flaw(reading.text, tokens, index, declared)
        elif token.kind == "STRING":
            flaw = _escape(token)
        elif token.kind == "LANGTAG":
            flaw = _language(token)
        elif token.kind in ("CALL_0_ANY", "CALL_0_1"):
            flaw = _space_before_parenthesis(tokens, index)
        else:
            continue
        if flaw:
            return flaw
    return None


def declared_prefixes(tokens: Sequence[Token]) -> dict[str, str]:
    """The prefixes known to a query: those declared for everybody, and its own."""
    own = {
        tokens[index + 1].text[:-1]: tokens[index + 2].text[1:-1]
        for index, token in enumerate(tokens[:-2])
        if token.kind == "PREFIX"
    }
    return own | {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in own}


def _name_flaw(text: str, tokens: Sequence[Token], index: int, declared: Mapping[str, str]) -> Advice | None:
    token = tokens[index]
    prefix = token.text.partition(":")[0]
    if index and tokens[index - 1].kind == "PREFIX":
        return None
    if prefix not in declared:
        return bare_iri(token, text) or unknown_prefix(prefix, declared, token.start)
    if _DOTTED_TWICE.match(token.text):
        return Advice(
            f"ชื่อย่อที่มีจุดหลายจุดอ่านไม่ได้ที่นี่: เขียน {clipped(token.text)} เป็น IRI เต็มใน < >",
            f"a short name with several dots cannot be read here: write {clipped(token.text)} as a whole IRI in < >",
            token.start,
        )
    return None


def unknown_prefix(prefix: str, declared: Mapping[str, str], place: int) -> Advice:
    """A prefix that nobody declared, with the one that was meant if that can be guessed."""
    meant = _ALSO_CALLED.get(prefix.lower()) or (nearest(prefix, declared) if len(prefix) > 1 else None)
    name = clipped(prefix)
    if not meant:
        return Advice(
            f"ไม่รู้จักคำนำหน้า {name}: ประกาศไว้ต้นคำถามด้วย PREFIX {name}: <https://…>",
            f"unknown prefix {name}: declare it at the beginning with PREFIX {name}: <https://…>",
            place,
        )
    iri = clipped(declared.get(meant, ""), 100)
    case = meant.lower() == prefix.lower()
    return Advice(
        f"ไม่รู้จักคำนำหน้า {name}: หมายถึง {meant}: <{iri}> หรือไม่{' (ตัวพิมพ์เล็กใหญ่ถือว่าต่างกัน)' if case else ''}",
        f"unknown prefix {name}: (did you mean {meant}: <{iri}>?{' Upper and lower case differ.' if case else ''})",
        place,
    )


def _escape(token: Token) -> Advice | None:
    found = _BAD_ESCAPE.match(token.text) if "\\" in token.text else None
    if not found:
        return None
    escape = found["escape"]
    if escape in ("\\u", "\\U"):
        return Advice(
            f"{escape} ต้องตามด้วยรหัสฐานสิบหกของอักขระ (\\u สี่หลัก \\U แปดหลัก)",
            f"{escape} takes the hexadecimal number of a character (four digits after \\u, eight after \\U)",
            token.start + found.start("escape"),
        )
    return Advice(
        f"ในข้อความไม่มี {escape}: เครื่องหมาย \\ ต้องเขียนซ้ำสองตัว (\\{escape})",
        f"a text holds no {escape}: a backslash is written twice (\\{escape})",
        token.start + found.start("escape"),
    )


def _language(token: Token) -> Advice | None:
    """A language tag with parts that are too long (RFC 5646)."""
    first, *others = token.text[1:].partition("--")[0].split("-")
    if (2 <= len(first) <= 8 or first.lower() in ("i", "x")) and all(len(other) <= 8 for other in others):
        return None
    tag = clipped(token.text)
    return Advice(
        f"{tag} ไม่ใช่ป้ายภาษา: เขียนเช่น @th หรือ @en", f"{tag} is no language tag: write @th or @en", token.start
    )


def _space_before_parenthesis(tokens: Sequence[Token], index: int) -> Advice | None:
    name, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.start == name.end or (name.kind == "CALL_0_1" and after.kind != "NIL"):
        return None
    return Advice(
        f"หลัง {name.text} ต้องเป็นวงเล็บติดกัน ไม่มีช่องว่าง: {name.text}(",
        f"here {name.text} and its parenthesis stand together, without a space: {name.text}(",
        name.start,
    )


def unknown_function(reading: Reading, iri: str) -> Advice:
    """A function called by an IRI that the engine does not know."""
    token = next(_calls(reading.tokens, iri), None)
    meant = _similar_function(iri)
    written, known = clipped(token.text if token else shortened(iri)), shortened(meant) if meant else ""
    names = (
        f"{written} <{clipped(iri, 100)}>" if token and token.kind != "IRIREF" else f"<{clipped(iri, 100)}>"
    )
    return Advice(
        f"ไม่รู้จักฟังก์ชัน {names}" + (f": หมายถึง {known} หรือไม่" if known else ""),
        f"unknown function {names}" + (f" (did you mean {known}?)" if known else ""),
        token.start if token else None,
    )


def wrong_arguments(reading: Reading, iri: str, least: str, most: str, given: str) -> Advice:
    """A function called by its IRI with too few or too many arguments."""
    token = next(_calls(reading.tokens, iri), None)
    name = clipped(token.text if token else shortened(iri))
    th, en = (least, least) if least == most else (f"{least} ถึง {most}", f"{least} to {most}")
    return Advice(
        f"{name} รับอาร์กิวเมนต์ {th} ตัว ไม่ใช่ {given} ตัว",
        f"{name} takes {en} argument{'s' if most != '1' else ''}, not {given}",
        token.start if token else None,
    )


def _similar_function(iri: str) -> str | None:
    """The nearest function in the same namespace."""
    if iri in _WHOLE_NUMBERS:
        return _XSD + "integer"
    namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    among = (
        {one.removeprefix(namespace): one for one in FUNCTION_IRIS if one.startswith(namespace)}
        if namespace
        else {}
    )
    near = nearest(iri.removeprefix(namespace), among)
    return among[near] if near else None


def _calls(tokens: Sequence[Token], iri: str) -> Iterator[Token]:
    """The tokens that call the function of this IRI."""
    declared = declared_prefixes(tokens)
    for token, after in zip(tokens, tokens[1:], strict=False):
        if after.kind in ("(", "NIL") and _iri_of(token, declared) == iri:
            yield token


def _iri_of(token: Token, declared: Mapping[str, str]) -> str | None:
    if token.kind == "IRIREF":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    if not token.kind.startswith("PNAME") or not colon:
        return None
    return declared.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
