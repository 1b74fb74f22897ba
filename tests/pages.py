"""Writes the same facts in every syntax, in a layout as messy as chance has it, and notes where each part stands."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

X = "https://example.org/x/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KINDS = ("iri", "th", "en", "date", "integer", "plain")
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
PREFIXES = f"@prefix x: <{X}> .\n@prefix xsd: <{XSD}> .\n"


@dataclass(frozen=True)
class Fact:
    """A statement of local names: `kind` says what the value is."""

    subject: str
    predicate: str
    value: str
    kind: str

    @property
    def terms(self) -> tuple[str, str, str]:
        """The statement as N-Triples has it."""
        return f"<{X}{self.subject}>", f"<{X}{self.predicate}>", self.object

    @property
    def object(self) -> str:
        """The value as N-Triples has it."""
        quoted = f'"{self.value.translate(ESCAPES)}"'
        match self.kind:
            case "iri":
                return f"<{X}{self.value}>"
            case "th" | "en":
                return f"{quoted}@{self.kind}"
            case "date" | "integer":
                return f"{quoted}^^<{XSD}{self.kind}>"
        return quoted


class Page:
    """A text that grows, and the line and column at which some parts of it begin."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.text = ""
        self.objects: dict[Fact, tuple[int, int]] = {}
        self.predicates: dict[Fact, tuple[int, int]] = {}
        self.subjects: dict[Fact, tuple[int, int]] = {}

    def put(self, text: str) -> None:
        self.text += text

    def gap(self, *more: str) -> None:
        self.put(self.chance.choice([" ", "  ", "\n", "\r\n", "\t", "\n\n  ", *more]))

    @property
    def here(self) -> tuple[int, int]:
        """Line and column of what comes next."""
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")


names = st.text("abcXYZ019_", min_size=1, max_size=5).map(lambda name: f"n{name}")
texts = st.text("ab เมืองกำ่้\"'\\<&>.;,#[](){}@^:|-\n\t😀é", max_size=12)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(KINDS))
    value = draw(names if kind == "iri" else texts)
    if kind == "date":
        value = draw(st.dates().map(str))
    if kind == "integer":
        value = draw(st.integers(0, 10**12).map(str))
    return Fact(draw(names), draw(names), value, kind)


def some_facts(most: int = 8) -> st.SearchStrategy[list[Fact]]:
    return st.lists(facts(), min_size=1, max_size=most, unique_by=lambda fact: fact.terms)


def grouped(found: Sequence[Fact]) -> dict[str, dict[str, list[Fact]]]:
    """The facts by subject and predicate, in the order of their first mention."""
    subjects: dict[str, dict[str, list[Fact]]] = {}
    for fact in found:
        subjects.setdefault(fact.subject, {}).setdefault(fact.predicate, []).append(fact)
    return subjects


def lines(found: Sequence[Fact], chance: Random, graph: str = "") -> Page:
    """N-Triples; with a graph N-Quads."""
    page = Page(chance)
    for fact in found:
        subject, predicate, value = fact.terms
        page.put(chance.choice(["", " ", "# ก \" < '\n", "\n"]))
        page.subjects[fact] = page.here
        page.put(f"{subject} ")
        page.predicates[fact] = page.here
        page.put(f"{predicate}{chance.choice(['', ' ', chr(9)])}")
        page.objects[fact] = page.here
        page.put(f"{value} {graph}.{chance.choice([chr(10), chr(13) + chr(10)])}")
    return page


def quads(found: Sequence[Fact], chance: Random) -> Page:
    return lines(found, chance, f"<{X}graph> ")


def turtle(found: Sequence[Fact], chance: Random) -> Page:
    page = Page(chance)
    page.put(PREFIXES)
    return _turtle_into(page, found)


def trig(found: Sequence[Fact], chance: Random) -> Page:
    page = Page(chance)
    page.put(f"{PREFIXES}{chance.choice(['GRAPH x:graph', '<graph>', ''])} {{")
    _turtle_into(page, found)
    page.put("}")
    return page


def _turtle_into(page: Page, found: Sequence[Fact]) -> Page:
    for subject, properties in grouped(found).items():
        page.gap("# \" ' < [ (\n")
        at_subject = page.here
        page.put(page.chance.choice([f"x:{subject}", f"<{X}{subject}>"]))
        for number, (name, values) in enumerate(properties.items()):
            if number:
                page.gap()
                page.put(";")
            page.gap()
            at_predicate = page.here
            page.put(page.chance.choice([f"x:{name}", f"<{X}{name}>"]))
            for index, fact in enumerate(values):
                page.put("," if index else "")
                page.gap("# ก \" ' < [ (\n")
                page.subjects[fact], page.predicates[fact], page.objects[fact] = (
                    at_subject,
                    at_predicate,
                    page.here,
                )
                page.put(_in_turtle(fact, page.chance))
        page.gap("# . ; ,\n")
        page.put(".")
    return page


def _in_turtle(fact: Fact, chance: Random) -> str:
    plain = fact.value.translate(ESCAPES)
    quoted = chance.choice([f'"{plain}"', f'"""{plain}"""'])
    raw = "".join(rf"\u{ord(letter):04X}" if ord(letter) < 0x10000 else letter for letter in fact.value)
    match fact.kind:
        case "iri":
            return chance.choice([f"x:{fact.value}", f"<{X}{fact.value}>"])
        case "th" | "en":
            return f"{chance.choice([quoted, chr(34) + raw + chr(34)])}@{fact.kind}"
        case "date":
            return chance.choice([f"{quoted}^^xsd:date", f"{quoted} ^^ <{XSD}date>"])
        case "integer":
            return chance.choice([fact.value, f"{quoted}^^xsd:integer"])
    return quoted


def rdfxml(found: Sequence[Fact], chance: Random) -> Page:
    page = Page(chance)
    page.put(chance.choice(['<?xml version="1.0"?>\n', ""]))
    page.put(f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:x="{X}">')
    for subject, properties in grouped(found).items():
        page.gap("<!-- > < -->")
        page.put("<rdf:Description rdf:about=")
        quote = chance.choice("\"'")
        page.put(quote)
        at_subject = page.here
        page.put(f"{X}{subject}{quote}>")
        for fact in [fact for values in properties.values() for fact in values]:
            page.gap("<!-- <x:y/> -->")
            page.put("<")
            page.subjects[fact], page.predicates[fact] = at_subject, page.here
            _into_element(page, fact)
        page.gap()
        page.put("</rdf:Description>")
    page.put("\n</rdf:RDF>\n")
    return page


def _into_element(page: Page, fact: Fact) -> None:
    page.put(f"x:{fact.predicate}")
    if fact.kind == "iri":
        page.put(" rdf:resource = '")
        page.objects[fact] = page.here
        page.put(f"{X}{fact.value}' />")
        return
    if fact.kind in ("th", "en"):
        page.put(f" xml:lang={quoteattr(fact.kind)}")
    elif fact.kind != "plain":
        page.put(f"\n rdf:datatype='{XSD}{fact.kind}'")
    page.put(">")
    page.objects[fact] = page.here if fact.value else page.predicates[fact]
    page.put(f"{escape(fact.value)}</x:{fact.predicate}>")


def jsonld(found: Sequence[Fact], chance: Random) -> Page:
    page = Page(chance)
    coerced = chance.choice(["", ', "date": {"@id": "x:date", "@type": "xsd:date"}'])
    page.put(f'{{"@context": {{"x": "{X}", "xsd": "{XSD}"{coerced}}}, "@graph": [')
    for number, (subject, properties) in enumerate(grouped(found).items()):
        page.put("," if number else "")
        page.gap()
        page.put('{"@id":')
        page.gap()
        at_subject = page.here
        page.put(json.dumps(chance.choice(["x:", X]) + subject))
        for name, values in properties.items():
            page.put(",")
            page.gap()
            at_predicate = page.here
            page.put(f"{json.dumps(chance.choice(['x:', X]) + name)}: [")
            for index, fact in enumerate(values):
                page.put("," if index else "")
                page.gap()
                page.subjects[fact], page.predicates[fact] = at_subject, at_predicate
                _into_value(page, fact)
            page.put("]")
        page.put("}")
    page.put("]}")
    return page


def _into_value(page: Page, fact: Fact) -> None:
    key, rest = "@value", ""
    value = json.dumps(fact.value, ensure_ascii=page.chance.choice([True, False]))
    match fact.kind:
        case "iri":
            key, value = "@id", json.dumps(f"x:{fact.value}")
        case "th" | "en":
            rest = f', "@language": "{fact.kind}"'
        case "date":
            rest = ', "@type": "xsd:date"'
        case "integer" if page.chance.choice([True, False]):
            value, rest = json.dumps(fact.value), f', "@type": "{XSD}integer"'
        case "integer":
            value = fact.value
    bare = not rest and key == "@value" and page.chance.choice([True, False])
    page.put("" if bare else f'{{"{key}":')
    page.gap()
    page.objects[fact] = page.here
    page.put(value if bare else f"{value}{rest}}}")


SYNTAXES: dict[str, Callable[[Sequence[Fact], Random], Page]] = {
    "a.ttl": turtle,
    "a.trig": trig,
    "a.nt": lines,
    "a.nq": quads,
    "a.rdf": rdfxml,
    "a.jsonld": jsonld,
}
