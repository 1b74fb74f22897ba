"""People at work in one home, each a process that says what was acknowledged to it, to be killed at any moment.

Run with a home and the folder of a desk. For each `start N` on standard input a process is forked that works, with
luck of its own, until it is killed; for each `bury PID` its death is awaited.
"""

import os
import random
import sys
from pathlib import Path

from mueang.check.becoming import worked_out
from mueang.check.client import Checker
from mueang.engine.budget import Budget
from mueang.errors import Busy, Moved
from mueang.graph.history import published, restore
from mueang.submissions import gate, journal
from mueang.submissions.people import Person
from submitting import Office, an_area

UPDATE = {"job": "update", "using": [], "using_named": [], "format": "json", "language": "en"}


def say(line: str) -> None:
    """One line, in one write: several processes share the pipe."""
    os.write(1, f"{line}\n".encode())


class Clerk:
    """Somebody who hands in, accepts, updates and goes back, and says each time what was acknowledged."""

    def __init__(self, office: Office, number: int) -> None:
        self.office = office
        self.number = number
        self.luck = random.Random(number)  # noqa: S311  (moments, not secrets)
        self.made = 0

    def work(self) -> None:
        while True:
            step = self.luck.choices((self.submit, self.accept, self.update, self.go_back), (4, 6, 2, 1))[0]
            try:
                say(step())
            except (Moved, Busy):
                continue

    def submit(self) -> str:
        self.made += 1
        key = f"clerk-{self.number}-{self.made}"
        one = self.office.submit(an_area(key, name=f"เมือง {self.number} {self.made}"), name=f"{key}.ttl")
        return f"submitted {one.number} {one.digest}"

    def accept(self) -> str:
        waiting = journal.listed(self.office.home, "waiting")
        if not waiting:
            return self.submit()
        number = self.luck.choice(waiting).number
        return f"accepted {number} {self.office.accept(number)}"

    def update(self) -> str:
        self.made += 1
        key = f"clerk-{self.number}-{self.made}"
        text = f"INSERT DATA {{ GRAPH <https://w3id.org/mueang/graph/steward/{key}> {{ <https://w3id.org/mueang/id/province/TH-21> <http://www.w3.org/2004/02/skos/core#altLabel> 'เมือง {key}'@th }} }}"
        made = gate.publish(
            self.office.home,
            lambda: worked_out(self.office.desk, UPDATE, text.encode()),
            person="prani",
            note="update",
        )
        return f"published {made.number} steward/{key}"

    def go_back(self) -> str:
        now = published(self.office.home).number
        return f"restored {restore(self.office.home, self.luck.randint(max(1, now - 3), now)).number}"


class Known(Office):
    """An office that knows its people without asking the journal each time."""

    def person(self, name: str) -> Person:
        return Person(name, "steward")


def main(home: str, folder: str) -> None:
    office = Known(Path(home), Checker(Path(folder), Budget(60, 2 << 30, 256 << 20)))
    for line in sys.stdin:
        word, number = line.split()
        if word == "bury":
            os.waitpid(int(number), 0)
            say(f"dead {number}")
        elif pid := os.fork():
            say(f"started {pid}")
        else:
            Clerk(office, int(number)).work()


if __name__ == "__main__":
    main(*sys.argv[1:])
