"""What became of one test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A test of a suite: `passed`, `failed`, or `not claimed` (of a feature this service does not say it has)."""

    suite: str
    name: str
    state: str
    why: str = ""


def judged(suite: str, name: str, why_not: str) -> Outcome:
    """Passed where nothing speaks against it."""
    return Outcome(suite, name, "failed" if why_not else "passed", why_not)
