"""What a graph would change in what is published: statement by statement, thing by thing, and in words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple
from rdflib import Literal as Text
from rdflib.namespace import DCTERMS, RDFS

from mueang.check.merge import merged
from mueang.check.report import Finding, Report, Severity
from mueang.check.shacl import Shapes
from mueang.errors import Language

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABELS = (
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
)
_MOST_SHOWN = 5_000
_Words = dict[Language, str]


@dataclass(frozen=True)
class Change:
    """The statements that would come and go; what another graph says too neither comes nor goes.

    Of what is `fresh` nothing was said before.
    """

    added: Sequence[Triple]
    removed: Sequence[Triple]
    fresh: Collection[Any]

    @property
    def subjects(self) -> list[Any]:
        """What they are about, each once."""
        return list(dict.fromkeys(triple.subject for triple in (*self.added, *self.removed)))


def change(store: Store, before: Collection[Quad], after: Collection[Quad]) -> Change:
    """What comes and goes where `after` takes the place of `before`, which the store does not hold any more."""
    old, new = ({quad.triple: None for quad in quads} for quads in (before, after))
    added = [one for one in new if one not in old and not _said(store, one)]
    removed = [one for one in old if one not in new and not _said(store, one)]
    known = {one.subject for one in old}
    return Change(
        added, removed, {node for node in {one.subject for one in added} - known if _is_new(store, node)}
    )


def consequence(
    store: Store, found: Change, after: Iterable[Quad], report: Report, shapes: Shapes
) -> dict[str, Any]:
    """The change as a reader is shown it: in words, by thing with labels, and what would be found elsewhere."""
    with merged(store, after) as then:
        shown = _Shown(then)
        entities = list(shown.entities(found))
        words = _in_words(shown, found, report, shapes)
    return {
        "words": words,
        "added": len(found.added),
        "removed": len(found.removed),
        "shown": sum(len(one["added"]) + len(one["removed"]) for one in entities),
        "entities": entities,
        "elsewhere": [_elsewhere(one, shapes) for one in report.findings if one.elsewhere],
    }


class _Shown:
    """Terms of a store as a reader is shown them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._things: dict[Any, dict[str, Any]] = {}

    def thing(self, term: Any) -> dict[str, Any]:
        """A term with its labels."""
        if term not in self._things:
            self._things[term] = {"term": str(term), "labels": dict(self._labels(term))}
        return self._things[term]

    def kinds(self, node: Any) -> list[Any]:
        """The classes of a thing, those that have a name first."""
        found = {quad.object for quad in self._store.quads_for_pattern(node, _TYPE, None)}
        return sorted(found, key=lambda kind: (not self.thing(kind)["labels"], str(kind)))

    def entities(self, found: Change) -> Iterator[dict[str, Any]]:
        """Each thing with what would be said of it and no longer be said, up to so many statements."""
        added, removed = _by_subject(found.added), _by_subject(found.removed)
        left = _MOST_SHOWN
        for node in found.subjects:
            come = added[node][:left]
            go = removed[node][: left - len(come)]
            left -= len(come) + len(go)
            if come or go:
                yield {
                    "entity": self.thing(node),
                    "kinds": [self.thing(kind) for kind in self.kinds(node)],
                    "new": node in found.fresh,
                    "added": [self._statement(one) for one in come],
                    "removed": [self._statement(one) for one in go],
                }

    def _statement(self, triple: Triple) -> list[dict[str, Any]]:
        return [self.thing(triple.predicate), self.thing(triple.object)]

    def _labels(self, term: Any) -> Iterator[tuple[Language, str]]:
        for predicate in reversed(_LABELS) if isinstance(term, NamedNode) else ():
            for quad in self._store.quads_for_pattern(term, predicate, None):
                match quad.object:
                    case Literal(value=text, language="th" | "en" as language):
                        yield language, text


def _said(store: Store, triple: Triple) -> bool:
    return next(store.quads_for_pattern(*triple), None) is not None


def _is_new(store: Store, node: Any) -> bool:
    return next(store.quads_for_pattern(node, None, None), None) is None


def _by_subject(triples: Iterable[Triple]) -> defaultdict[Any, list[Triple]]:
    found: defaultdict[Any, list[Triple]] = defaultdict(list)
    for one in triples:
        found[one.subject].append(one)
    return found


def _elsewhere(one: Finding, shapes: Shapes) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "label": _label_of_rule(one.rule, shapes),
        "severity": one.severity.name.lower(),
        "focus": {"term": one.focus.term, "labels": dict(one.focus.labels)},
        "message": dict(one.message),
    }


def _in_words(shown: _Shown, found: Change, report: Report, shapes: Shapes) -> _Words:
    """One sentence in each language."""
    named = [node for node in found.subjects if isinstance(node, NamedNode)]
    kinds = Counter(_kind(shown, node) for node in named if node in found.fresh)
    touched = [node for node in named if node not in found.fresh]
    new = [(dict(labels), count) for labels, count in sorted(kinds.items(), key=lambda one: -one[1])]
    rules = Counter(one.rule for one in report.findings if one.severity is not Severity.INFO)
    faults = [(_label_of_rule(rule, shapes), count) for rule, count in sorted(rules.items())]
    return {
        "th": _in_thai(new, len(touched), len(found.removed), faults),
        "en": _in_english(new, len(touched), len(found.removed), faults),
    }


def _kind(shown: _Shown, node: Any) -> tuple[tuple[Language, str], ...]:
    """What kind of thing it is, by its labels; nothing where no class of it has any."""
    kinds = [shown.thing(kind)["labels"] for kind in shown.kinds(node)]
    return tuple(sorted(kinds[0].items())) if kinds else ()


_Counted = Sequence[tuple[Mapping[Language, str], int]]


def _in_english(new: _Counted, touched: int, removed: int, faults: _Counted) -> str:
    came = [f"{count} {_plural(kind.get('en') or 'other thing', count)}" for kind, count in new]
    parts = [f"adds {_listed(came)}"] if came else []
    if touched:
        parts.append(f"says more of {touched} {_plural('thing', touched)} published already")
    if removed:
        parts.append(f"takes out {removed} {_plural('statement', removed)}")
    if not parts:
        parts.append("says nothing that is not published already")
    elif not touched and not removed:
        parts.append("changes nothing else")
    then = f"; then found: {_with_counts(faults, 'en')}" if faults else ""
    return ", ".join(parts) + then


def _in_thai(new: _Counted, touched: int, removed: int, faults: _Counted) -> str:
    came = [f"{kind.get('th') or 'สิ่งอื่น'} {count} รายการ" for kind, count in new]
    parts = [f"เพิ่ม{' และ'.join([' '.join(came[:-1]), came[-1]] if came[1:] else came)}"] if came else []
    if touched:
        parts.append(f"กล่าวเพิ่มเติมเกี่ยวกับสิ่งที่เผยแพร่อยู่แล้ว {touched} รายการ")
    if removed:
        parts.append(f"ถอนข้อความออก {removed} ข้อความ")
    if not parts:
        parts.append("ไม่มีข้อความใดที่ยังไม่ได้เผยแพร่")
    elif not touched and not removed:
        parts.append("ไม่เปลี่ยนสิ่งอื่น")
    then = f" เมื่อรับแล้วจะพบ: {_with_counts(faults, 'th')}" if faults else ""
    return " ".join(parts) + then


def _with_counts(faults: _Counted, language: Language) -> str:
    return ", ".join(f"{label[language]} ({count})" for label, count in faults)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _label_of_rule(rule: str, shapes: Shapes) -> _Words:
    """What breaking the rule is called; its identifier where the shapes have no name for it."""
    node = shapes.graph.value(predicate=DCTERMS.identifier, object=Text(rule))
    found: _Words = {"th": rule, "en": rule}
    for label in shapes.graph.objects(node, RDFS.label) if node is not None else ():
        match getattr(label, "language", None):
            case "th" | "en" as language:
                found[language] = str(label)
    return found
