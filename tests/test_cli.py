"""The commands as a user runs them: results on stdout, the rest on stderr, the exit codes of the interface."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run

CASES = ROOT / "tests" / "cases"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home with the repository's data published by the command itself."""
    folder = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "-m", "mueang", "build", "--home", str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "server")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr
    return str(folder)


def test_building_again_publishes_nothing_new(mueang: Run, home: str) -> None:
    done = mueang("build", "--home", home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_an_answer_is_on_stdout_and_exits_0(mueang: Run, home: str) -> None:
    done = mueang(
        "query", "-e", "SELECT (COUNT(*) AS ?n) { ?s a tsc:Province }", "--format", "csv", "--home", home
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["n", "77"], "")


def test_no_answer_exits_1(mueang: Run, home: str) -> None:
    assert mueang("query", "-e", "ASK { ?s tsc:noSuchTerm ?o }", "--home", home).returncode == 1
    assert mueang("query", "-e", "SELECT * { ?s tsc:noSuchTerm ?o }", "--home", home).returncode == 1


def test_this_round_certified_15_areas_in_14_provinces_counted_not_stored(mueang: Run, home: str) -> None:
    done = mueang("query", "--question", "round-totals", "--format", "csv", "--home", home)
    assert done.returncode == 0
    assert {"15", "14"} <= set(done.stdout.splitlines()[1].split(","))


@pytest.mark.parametrize(
    ("city", "day", "member"),
    [
        ("chachoengsao", "2022-11-09", False),
        ("chachoengsao", "2023-08-01", False),
        ("chachoengsao", "2099-12-31", False),
        ("chiang-mai", "2022-11-09", False),
        ("chiang-mai", "2023-08-01", True),
    ],
)
def test_membership_is_asked_as_of_a_day(mueang: Run, home: str, city: str, day: str, member: bool) -> None:
    done = mueang(
        "query",
        "--question",
        "is-a-city-a-member",
        "--set",
        f"city={city}",
        "--set",
        f"date={day}",
        "--home",
        home,
    )
    assert (done.returncode, done.stdout.strip()) == ((0, "true") if member else (1, "false"))


def test_a_city_that_nobody_tells_of_is_no_answer(mueang: Run, home: str) -> None:
    asked = ("--question", "is-a-city-a-member", "--set", "city=chiangmai", "--set", "date=2023-08-01")
    done = mueang("query", *asked, "--home", home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean chiang-mai?" in done.stderr


def test_the_usual_home_is_built_and_one_that_was_named_has_to_be_there(mueang: Run, tmp_path: Path) -> None:
    for command in (("query", "-e", "ASK {}"), ("link", "table.csv")):
        (tmp_path / "table.csv").write_text("จังหวัด\nระยอง\n", encoding="utf-8")
        done = mueang(*command, "--home", "misspelt")
        assert (done.returncode, "nothing is published in misspelt" in done.stderr) == (2, True), done.stderr
        assert not (tmp_path / "misspelt").exists()
    assert mueang("query", "-e", "ASK {}").returncode == 0
    assert (tmp_path / ".mueang").is_dir()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["query"], "give one of"),
        (["query", "-e", "ASK {}", "--question", "round-totals"], "give one of"),
        (["query", "-e", "SELECT * {"], "a closing } is missing"),
        (["query", "-e", "ASK {}", "--format", "docx"], "unknown format docx"),
        (["query", "-e", "ASK {}", "--set", "a=b"], "--set goes with --question"),
        (["query", "--question", "nonsense"], "no question named nonsense"),
        (["query", "--question", "round-totals", "--set", "colour=red"], "no parameter colour"),
        (["query", "--question", "is-a-city-a-member", "--set", "date=9 Nov"], "must be a date"),
        (["query", "--question", "round-totals", "--set", "cohort"], "must be NAME=VALUE"),
        (["query", "no-such-file.rq"], "there is no file"),
        (["query", "."], "is a folder"),
        (["validate", "no-such-file.ttl"], "there is no file"),
        (["validate", "."], "is a folder"),
        (["serve", "--port", "70000"], "setting port"),
    ],
)
def test_an_unusable_request_is_one_clear_line_and_exits_2(
    mueang: Run, home: str, arguments: list[str], words: str
) -> None:
    done = mueang(*arguments, "--home", home)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mueang: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


GARBAGE = {
    "empty.ttl": b"",
    "picture.ttl": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 50,
    "brackets.ttl": b"[" * 50_000_000,
    "parentheses.ttl": b"<a:a> <a:b> " + b"(" * 50_000_000,
    "broken.ttl": b"<a:a> <a:b> '\xff\xfe' .",
    "broken.jsonld": b"{" * 1_000_000,
    "name.docx": b"PK",
    "deep.rq": b"{" * 50_000_000,
    "broken.rq": b"\xff\xfe",
    "empty.rq": b"",
}


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("language", ["en_US.UTF-8", "th_TH.UTF-8"])
def test_garbage_is_one_clear_line_in_the_readers_language(
    mueang: Run, home: str, tmp_path: Path, name: str, language: str
) -> None:
    (tmp_path / name).write_bytes(GARBAGE[name])
    command = "query" if name.endswith(".rq") else "validate"
    done = mueang(command, name, "--home", home, LANG=language)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mueang: ")
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 600
    assert any("ก" <= letter <= "๛" for letter in done.stderr) is language.startswith("th")


def test_validate_tells_bad_from_good_by_its_exit_code(mueang: Run, home: str) -> None:
    bad = sorted((CASES / "broken").glob("kind-01-*"))[0]
    good = sorted((CASES / "valid").glob("kind-01-*"))[0]
    assert mueang("validate", str(good), "--home", home).returncode == 0
    done = mueang("validate", str(bad), "--lang", "th", "--home", home)
    assert done.returncode == 1
    assert "ต้องแก้" in done.stdout
    both = mueang("validate", str(good), str(bad), "--format", "turtle", "--home", home)
    assert both.returncode == 1
    assert "sh:ValidationReport" in both.stdout


def test_an_impossible_day_is_a_finding_without_a_librarys_traceback(mueang: Run, home: str) -> None:
    bad = sorted((CASES / "broken").glob("kind-03-*"))[0]
    done = mueang("validate", str(bad), "--home", home)
    assert (done.returncode, done.stderr) == (1, "")
    assert '"2022-11-31"^^xsd:date' in done.stdout


def test_validate_works_alone_and_before_anything_is_published(mueang: Run) -> None:
    good = sorted((CASES / "valid").glob("kind-01-*"))[0]
    done = mueang("validate", str(good))
    assert (done.returncode, "nothing is published" in done.stderr) == (0, True), done.stdout
    assert mueang("validate", "--alone", str(good)).returncode in (0, 1)


def test_the_saved_questions_are_listed_with_their_parameters(mueang: Run) -> None:
    done = mueang("questions")
    assert done.returncode == 0
    assert "is-a-city-a-member" in done.stdout
    assert "city=" in done.stdout
    assert any("ก" <= letter <= "๛" for letter in mueang("--lang", "th", "questions").stdout)


def test_settings_say_where_each_value_came_from(mueang: Run) -> None:
    done = mueang("settings", MUEANG_PORT="9999")
    assert done.returncode == 0
    assert "MUEANG_PORT" in done.stdout
    assert "environment" in done.stdout
    assert mueang("settings", MUEANG_PROT="9999").returncode == 2


@pytest.mark.parametrize("command", ["", "build", "query", "questions", "serve", "settings", "validate"])
def test_every_command_has_help(mueang: Run, command: str) -> None:
    done = mueang(*command.split(), "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5
