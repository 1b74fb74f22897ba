"""What a writer of repairs is given and gives back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from mueang.check.span import Span, Stretch

Term = NamedNode | Literal
Changes = Mapping[Stretch, str]


class Written(NamedTuple):
    """A predicate and an object as they should be."""

    predicate: NamedNode
    object: Term


class Writer(ABC):
    """Knows how a text says things, and how to say them otherwise."""

    def __init__(self, text: str) -> None:
        self.text = text

    @abstractmethod
    def changes(self, span: Span, old: Quad, new: Written) -> Changes:
        """New words by the stretches they replace; none if this cannot be written there."""


def same_kind(old: object, new: Term) -> bool:
    """Whether two literals differ in nothing but their text."""
    if not isinstance(old, Literal) or not isinstance(new, Literal):
        return False
    return (old.datatype, old.language) == (new.datatype, new.language)
