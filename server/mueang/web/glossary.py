"""What is told of each term of ours: the ontology's own words, what the axioms, rules, questions and data make of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from mueang.engine.question import Question, questions
from mueang.engine.rulebook import rulebook_rows
from mueang.graph.names import BASE, PREFIXES
from mueang.web.context import page_rows

DEF = f"{BASE}def#"
_CLASS = "http://www.w3.org/2002/07/owl#Class"
_DECLARED = re.compile(r"PREFIX\s+([A-Za-z0-9_-]*):\s*<([^<>]+)>", re.IGNORECASE)
_SHORT = re.compile(r"(?<![\w?$:/<-])([A-Za-z][\w-]*):([A-Za-z][\w-]*)")
_WHOLE = re.compile(r"<(https?://[^<>\s]+)>")


@dataclass
class Term:
    """A class or property. `words` are texts by what they say and by language, `links` IRIs by what they say."""

    iri: str
    part: str
    words: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sources: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    one_value: bool = False
    lists: list[str] = field(default_factory=list)
    uses: int = 0
    example: str = ""
    alignments: list[tuple[str, str, str]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name within the ontology, which is its place on the page."""
        return self.iri.removeprefix(DEF)

    @property
    def is_class(self) -> bool:
        """Whether it is a class, else it is a property."""
        return _CLASS in self.links["type"]

    @property
    def is_deprecated(self) -> bool:
        """Whether something else is to be used from now on."""
        return "true" in self.words.get("deprecated", {}).values()


def glossary() -> dict[str, Term]:
    """Every term of ours by its IRI, as the current generation and these files have it."""
    found = _worded()
    for row in rulebook_rows("term-ends"):
        if term := found.get(row["term"]["value"]):
            (term.sources if row["end"]["value"] == "from" else term.values).append(row["class"]["value"])
            term.one_value = "one" in row
    for row in page_rows("term-uses"):
        if term := found.get(row["term"]["value"]):
            term.uses, term.example = int(row["uses"]["value"]), row["example"]["value"]
    for row in page_rows("term-alignments"):
        if term := found.get(row["term"]["value"]):
            term.alignments.append(
                (row["relation"]["value"], row["outside"]["value"], row["alignment"]["value"])
            )
    _add_users(found)
    return found


def terms_in(text: str) -> set[str]:
    """The IRIs that a query names, in full or by a prefix that it declares or everybody knows."""
    spaces = PREFIXES | dict(_DECLARED.findall(text))
    short = {spaces[prefix] + name for prefix, name in _SHORT.findall(text) if prefix in spaces}
    return short | set(_WHOLE.findall(text))


@cache
def rules_by_term() -> Mapping[str, tuple[str, ...]]:
    """The identifiers of the rules that name each IRI: as what they are put to, on a path, or in a query."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rulebook_rows("rule-terms"):
        found[row["term"]["value"]].add(row["id"]["value"])
    for row in rulebook_rows("rule-parts"):
        for iri in terms_in(row["query"]["value"]) if "query" in row else ():
            found[iri].add(row["id"]["value"])
    return {iri: tuple(sorted(rules)) for iri, rules in found.items()}


@cache
def questions_by_term() -> Mapping[str, tuple[Question, ...]]:
    """The saved questions that name each IRI, in their order."""
    found: dict[str, list[Question]] = defaultdict(list)
    for question in questions():
        for iri in terms_in(question.text):
            found[iri].append(question)
    return {iri: tuple(asking) for iri, asking in found.items()}


def lists_by_property() -> dict[str, list[str]]:
    """The lists that a property takes its values from."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rulebook_rows("property-lists"):
        found[row["property"]["value"]].append(row["list"]["value"])
    return found


def _worded() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for row in page_rows("term-words"):
        iri, value, says = row["term"]["value"], row["value"], row["says"]["value"]
        term = found.setdefault(iri, Term(iri, row["part"]["value"]))
        if value["type"] == "uri":
            term.links[says].append(value["value"])
        else:
            term.words[says][value.get("xml:lang", "")] = value["value"]
    return found


def _add_users(terms: Mapping[str, Term]) -> None:
    rules, asked, lists = rules_by_term(), questions_by_term(), lists_by_property()
    for iri, term in terms.items():
        term.rules, term.questions = list(rules.get(iri, ())), list(asked.get(iri, ()))
        term.lists = lists.get(iri, [])


def iris_of(terms: Iterable[Term]) -> set[str]:
    """Everything that has to be called by a name where these terms are shown."""
    found: set[str] = set()
    for term in terms:
        found |= {
            term.iri,
            *term.links["above"],
            *term.links["replacement"],
            *term.sources,
            *term.values,
            *term.lists,
        }
        found |= {iri for relation, outside, _ in term.alignments for iri in (relation, outside)}
        found |= {term.example} - {""}
    return found
