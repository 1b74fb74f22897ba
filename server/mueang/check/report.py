"""What a check found: findings with rule, severity, place and a message in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from mueang.check.place import Place
from mueang.errors import Language


class Severity(IntEnum):
    """How much a finding weighs; only a violation keeps a submission out."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3


@dataclass(frozen=True)
class Thing:
    """A node as a reader is shown it: the term in N-Triples form, and its labels where it has any."""

    term: str
    labels: Mapping[Language, str]

    def named_in(self, language: Language) -> str:
        """The label in the reader's language, else in the other one, else nothing."""
        return self.labels.get(language) or next(iter(self.labels.values()), "")


@dataclass(frozen=True)
class Repair:
    """The one way to mend a finding: the statement as it was handed in, and the predicate and object to write instead.

    Terms are in N-Triples form; `said` is what to write, in words. Where there are two ways, there is no repair.
    """

    statement: tuple[str, str, str]
    predicate: str
    value: str
    said: Mapping[Language, str]


@dataclass(frozen=True)
class Finding:
    """One broken rule at one node: `rule` is its id (F02), `shape` the IRI of the shape that found it.

    `place` is where in the submission; `elsewhere` marks a finding that the submission would cause on what is
    published already, at a node it does not describe.
    """

    rule: str
    severity: Severity
    focus: Thing
    path: Thing | None
    value: str | None
    message: Mapping[Language, str]
    shape: str
    component: str
    place: Place | None = None
    repair: Repair | None = None
    elsewhere: bool = False


@dataclass(frozen=True)
class Report:
    """All findings on what was checked, worst first."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether nothing found is a violation."""
        return not self.count(Severity.VIOLATION)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)
