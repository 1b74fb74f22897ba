"""Runs the W3C suites, and schemas of the services, against servers and shapes of our own: `make conformance REFERENCE=DIR`.

What DIR holds, docs/decisions.md says.

Prints counts and every failure; exit code 1 where a failure is not among those of known.yaml, or one of those passes.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

import catalogue
import description
import evaluation
import graphstore
import protocol
import reconciliation
import shacl
import updating
from instance import repository_contents, scratch, serving
from outcome import Outcome

KNOWN = yaml.safe_load((Path(__file__).parent / "known.yaml").read_text(encoding="utf-8"))


def main(reference: Path) -> int:
    """Run every suite that is there."""
    suites = reference / "w3c" / "sparql11"
    if not suites.is_dir():
        print(f"no W3C suites in {suites}: nothing was run (give REFERENCE=DIR)", file=sys.stderr)
        return 2
    contents = evaluation.contents(suites) | protocol.contents(suites)
    with (
        tempfile.TemporaryDirectory() as home,
        tempfile.TemporaryDirectory() as ours,
        serving(Path(home), contents) as address,
        serving(Path(ours), repository_contents()) as published,
        scratch() as writable,
    ):
        outcomes = [
            *protocol.outcomes(suites, address, writable),
            *graphstore.outcomes(suites, writable),
            *updating.outcomes(suites, writable),
            *description.outcomes(address),
            *evaluation.outcomes(suites, address),
            *shacl.outcomes(reference.resolve() / "w3c" / "shacl"),
            *catalogue.outcomes(reference.resolve(), published),
            *reconciliation.outcomes(reference / "reconciliation-schemas", published),
        ]
    return _reported(outcomes)


def _reported(outcomes: list[Outcome]) -> int:
    for suite in dict.fromkeys(one.suite for one in outcomes):
        counted = Counter(one.state for one in outcomes if one.suite == suite)
        print(f"{suite}: " + ", ".join(f"{number} {state}" for state, number in sorted(counted.items())))
    failed = {f"{one.suite}/{one.name}": one.why for one in outcomes if one.state == "failed"}
    for name, why in failed.items():
        print(f"  failed {name}: {KNOWN.get(name) or 'NOT KNOWN: ' + why}")
    for name in (gone := sorted(KNOWN.keys() - failed.keys())):
        print(f"  passes, but known.yaml says it fails: {name}")
    return int(bool(failed.keys() - KNOWN.keys() or gone))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path()))
