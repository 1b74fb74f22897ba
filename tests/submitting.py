"""Shared by the tests of submissions: a home with people in it, files to hand in, what is published after."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Store

from mueang.check.client import Checker, checker
from mueang.graph.generation import contents_of, current, publish
from mueang.graph.names import GRAPH
from mueang.graph.store import named_store
from mueang.settings import Settings
from mueang.submissions import intake, people, review
from mueang.submissions.journal import Submission
from mueang.submissions.people import Person

PREFIXES = """@prefix area: <https://w3id.org/mueang/id/area/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix decision: <https://w3id.org/mueang/id/decision/> .
@prefix province: <https://w3id.org/mueang/id/province/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tsc: <https://w3id.org/mueang/def#> .
"""
ROLES = {
    "somchai": "submitter",
    "malee": "submitter",
    "สมหญิง ใจดี": "reviewer",
    "anan": "reviewer",
    "prani": "steward",
}


def an_area(key: str = "test-one", province: str = "TH-21", name: str = "") -> bytes:
    """A file that adds one area; its name is its own unless one is given."""
    name = name or "เมือง" + "".join(chr(0x0E50 + ord(letter) % 10) for letter in key)
    said = f'area:{key} a tsc:SmartCityArea ; skos:prefLabel "{name}"@th ; tsc:inProvince province:{province} .\n'
    return (PREFIXES + said).encode()


@dataclass(frozen=True)
class Office:
    """A home with people in it, and a desk that checks beside what is published there."""

    home: Path
    desk: Checker

    def person(self, name: str) -> Person:
        return people.known(self.home, name, "submitter")

    def submit(
        self,
        content: bytes,
        by: str = "somchai",
        name: str = "new.ttl",
        note: str = "",
        supersedes: int | None = None,
    ) -> Submission:
        offer = intake.Offer(name, content, note, supersedes)
        return intake.submit(self.home, self.desk, offer, self.person(by))

    def accept(self, number: int, by: str = "anan", note: str = "") -> int:
        return review.accept(self.home, self.desk, number, self.person(by), note).number

    def published(self) -> Store:
        """What is published now, graph by graph."""
        now = current(self.home)
        assert now
        return named_store(contents_of(self.home, now))

    def graphs(self) -> set[str]:
        """The graphs that came in through the gate, by the end of their names."""
        now = current(self.home)
        assert now
        return {one.removeprefix(GRAPH) for one in now.graphs if one.startswith(f"{GRAPH}submission/")}


def peopled(home: Path, contents: Mapping[str, bytes]) -> None:
    """Publish the contents in a home and make people known there."""
    publish(home, contents, reason="test", shapes="")
    for name, role in ROLES.items():
        people.add(home, name, role)


@contextmanager
def office(home: Path, contents: Mapping[str, bytes]) -> Iterator[Office]:
    """A home of its own with these contents, people, and a desk."""
    peopled(home, contents)
    with checker(Settings(home=home)) as desk:
        yield Office(home, desk)


@contextmanager
def mounted(folder: Path, *command: str) -> Iterator[None]:
    """What a mount command puts at this place, for as long as the block lasts."""
    if subprocess.run(["mount", *command, str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here: run the tests as root")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def disk_of(folder: Path, size: str) -> Iterator[None]:
    """A disk of this size at this place."""
    folder.mkdir()
    with mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        yield


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The place as it is, but nothing can be written."""
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
