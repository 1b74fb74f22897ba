"""The documents tell the truth: commands exist, files named are there, limits of length are kept."""

import re
from pathlib import Path

import click
import pytest

from conftest import ROOT
from mueang.cli import main
from mueang.engine.question import question_named

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("docs/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_short_and_opens_with_a_thai_summary() -> None:
    lines = README.splitlines()
    assert len(lines) <= 120
    assert any("ก" <= letter <= "๛" for letter in "".join(lines[:6]))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_to_a_file_leads_to_one(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_command_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:^|`)(?:\.venv/bin/)?mueang ([a-z]+)", text, re.MULTILINE))
    assert commands <= set(main.list_commands(click.Context(main)))
    targets = set(re.findall(r"`make ([a-z]+)", text)) | set(
        re.findall(r"^make ([a-z]+)", text, re.MULTILINE)
    )
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in targets)


def test_the_questions_the_readme_asks_are_there() -> None:
    named = set(re.findall(r"--question ([a-z-]+)|/questions/([a-z-]+)", README))
    assert named
    for question in named:
        assert question_named("".join(question))


def test_the_makefile_is_short_enough_to_read() -> None:
    assert len((ROOT / "Makefile").read_text(encoding="utf-8").splitlines()) <= 50
