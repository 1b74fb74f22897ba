"""The commands about generations as a user runs them: list, compare, go back, prove, write out."""

import gzip
import json
import os
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from conftest import Run
from mueang.graph.generation import digest, publish

A = "https://w3id.org/mueang/graph/source/a"
B = "https://w3id.org/mueang/graph/source/b"
TEXT = """
PREFIX area: <https://w3id.org/mueang/id/area/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
area:x skos:prefLabel "หาดใหญ่"@th .
"""
FIRST = {A: TEXT.encode(), B: b"<a:a> <a:b> 1, '2022-11-09'^^<http://www.w3.org/2001/XMLSchema#date> ."}
SECOND = {A: TEXT.replace("หาดใหญ่", "ยะลา\u001b[31m").encode()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home the commands find by themselves, with two generations."""
    folder = tmp_path / ".mueang"
    publish(folder, FIRST, reason="first", shapes="s")
    publish(folder, SECOND, reason="second", shapes="s")
    return folder


@pytest.mark.usefixtures("home")
def test_a_query_asks_the_generation_it_names(mueang: Run) -> None:
    asked = ("query", "-e", "SELECT ?name { area:x skos:prefLabel ?name }", "--format", "csv")
    now, before = mueang(*asked).stdout, mueang(*asked, "--generation", "1").stdout
    assert ("ยะลา" in now, before.split()) == (True, ["name", "หาดใหญ่"])
    assert mueang(*asked, "--generation", "2").stdout == now


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("number", "said"), [("9", "no generation 9"), ("x", "goes by its number"), ("-1", "goes by its number")])  # fmt: skip
def test_a_query_of_a_generation_that_is_not_kept_is_refused(mueang: Run, number: str, said: str) -> None:
    done = mueang("query", "-e", "ASK {}", "--generation", number)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    assert "รุ่นข้อมูล" in mueang("--lang", "th", "query", "-e", "ASK {}", "--generation", number).stderr


@pytest.mark.usefixtures("home")
def test_generations_are_listed_newest_first(mueang: Run) -> None:
    done = mueang("generations")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["number", "time", "reason", "graphs"]
    assert [(line[0], *line[2:]) for line in lines[1:]] == [
        ("2", "second", "1", "current"),
        ("1", "first", "2"),
    ]
    assert "ปัจจุบัน" in mueang("--lang", "th", "generations").stdout


def test_generations_for_a_script(mueang: Run, home: Path) -> None:
    (home / "current").write_text("1")
    listed = json.loads(mueang("generations", "--json").stdout)
    assert [(one["number"], one["parent"], one["state"]) for one in listed] == [
        (2, 1, "unused"),
        (1, None, "current"),
    ]
    assert listed[1]["graphs"] == {graph: digest(content) for graph, content in FIRST.items()}


def test_a_record_that_cannot_be_read_is_left_out_and_said_to_be(mueang: Run, home: Path) -> None:
    (home / "generations" / "000001.json").write_text("garbage")
    done = mueang("generations")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert done.stderr == "1 cannot be read and is left out: see `mueang verify`\n"


def test_nothing_published_is_an_empty_list_and_says_so(mueang: Run) -> None:
    done = mueang("generations")
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing is published" in done.stderr
    assert mueang("generations", "--json").stdout == "[]\n"


@pytest.mark.usefixtures("home")
def test_a_difference_opens_in_words_and_shows_terms_short(mueang: Run) -> None:
    done = mueang("diff", "1", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "1 graph changed, 1 graph removed; 1 statement added, 3 removed\n"
        "\nhttps://w3id.org/mueang/graph/source/a (changed)\n"
        '- area:x skos:prefLabel "หาดใหญ่"@th .\n'
        '+ area:x skos:prefLabel "ยะลา\\u001B[31m"@th .\n'
        "\nhttps://w3id.org/mueang/graph/source/b (removed)\n"
        '- <a:a> <a:b> "1"^^xsd:integer .\n'
        '- <a:a> <a:b> "2022-11-09"^^xsd:date .\n'
    )
    assert mueang("diff", "2", "2").stdout == "no graph differs\n"
    assert mueang("--lang", "th", "diff", "1", "2").stdout.startswith(
        "กราฟ: เปลี่ยน 1 ลบ 1 · ข้อความ: เพิ่ม 1 ลบ 3\n"
    )


@pytest.mark.usefixtures("home")
def test_a_restore_prints_the_number_that_is_current_now(mueang: Run) -> None:
    mueang("user", "add", "anan", "--role", "reviewer")
    done = mueang("restore", "1", "--as", "anan", "--note", "ผิด\nกราฟ")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")
    again = mueang("restore", "1", "--as", "anan")
    assert (again.returncode, again.stdout) == (0, "3\n")
    assert "nothing changed" in again.stderr
    assert "restore of 1: ผิด กราฟ, by anan" in mueang("generations", COLUMNS="200").stdout
    listed = json.loads(mueang("generations", "--json").stdout)
    assert listed[0]["reason"] == "restore of 1: ผิด กราฟ, by anan"


def test_verify_exits_0_when_whole_and_3_naming_each_fault(mueang: Run, home: Path) -> None:
    done = mueang("verify")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 generations: all whole\n", "")
    (home / "contents" / digest(FIRST[B])).write_bytes(b"")
    (home / "current").write_text("7")
    for language, words in (("en", "damaged"), ("th", "เสียหาย")):
        done = mueang("--lang", language, "verify")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, "", 2)
        assert words in done.stderr


FORMATS = {"nq": 3, "trig": 3, "jsonld": 3, "ttl": 3, "nt": 3, "rdf": 3, "turtle": 3}


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.usefixtures("home")
def test_an_export_is_on_stdout_in_the_format_asked_for(mueang: Run, style: str) -> None:
    done = mueang("export", "--generation", "1", "--format", style)
    assert (done.returncode, done.stderr) == (0, "")
    syntax = RdfFormat.TURTLE if style == "turtle" else RdfFormat.from_extension(style)
    quads = list(pyoxigraph.parse(done.stdout, format=syntax))
    assert len(quads) == FORMATS[style]
    assert any(quad.object.value == "หาดใหญ่" for quad in quads)


@pytest.mark.usefixtures("home")
def test_an_export_without_options_is_the_current_generation_as_nquads(mueang: Run) -> None:
    assert mueang("export").stdout == (
        "<https://w3id.org/mueang/id/area/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "
        f'"ยะลา\\u001B[31m"@th <{A}> .\n'
    )


@pytest.mark.usefixtures("home")
def test_an_export_into_a_file_takes_its_format_from_the_name(mueang: Run, tmp_path: Path) -> None:
    (tmp_path / "linked.ttl").symlink_to("real.ttl")
    for name in ("a.nt", "a.ttl", "a.nq.gz", "linked.ttl", "plain"):
        done = mueang("export", "--out", name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    nquads = mueang("export").stdout.encode()
    assert (tmp_path / "plain").read_bytes() == nquads
    assert gzip.decompress((tmp_path / "a.nq.gz").read_bytes()) == nquads
    assert (tmp_path / "linked.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_bytes() == (tmp_path / "a.ttl").read_bytes()
    assert not list(tmp_path.glob("*.new"))


def test_a_failed_export_leaves_the_file_that_was_there(mueang: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "old.nq").write_text("old")
    (home / "contents" / digest(FIRST[B])).unlink()
    done = mueang("export", "--generation", "1", "--out", "old.nq")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("mueang: ")
    assert (tmp_path / "old.nq").read_text() == "old"
    assert mueang("export", "--generation", "1").stdout == ""


@pytest.mark.usefixtures("home")
def test_an_export_to_a_pipe_goes_into_the_pipe(mueang: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert mueang("export", "--out", "pipe").returncode == 0
    assert os.read(reading, 10_000).decode() == mueang("export").stdout
    os.close(reading)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["restore", "9"], "there is no generation 9"),
        (["restore", "two"], "there is no generation 'two'"),
        (["restore", "٢"], "a generation goes by its number"),
        (["diff", "1", "9" * 5000], "a generation goes by its number"),
        (["diff", "0", "1"], "there is no generation 0"),
        (["export", "--generation", "9"], "there is no generation 9"),
        (["export", "--generation", ""], "a generation goes by its number"),
        (["export", "--format", "docx"], "unknown format docx"),
        (["export", "--out", "a.csv"], "unknown format csv"),
        (["export", "--out", "no/such/folder.nq"], "cannot be written"),
        (["export", "--format", "nq", "--out", "."], "cannot be written"),
        (["export", "--home", "nowhere"], "run `mueang build` first"),
        (["restore", "1", "--home", "nowhere"], "run `mueang build` first"),
        (["verify", "--home", "nowhere"], "there is no folder nowhere"),
    ],
)
@pytest.mark.usefixtures("home")
def test_an_unusable_request_is_one_clear_line(mueang: Run, arguments: list[str], words: str) -> None:
    done = mueang(*arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("mueang: ")
    assert words in done.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "arguments", ["restore two", "export --out .", "export --format docx", "verify --home nowhere"]
)
def test_an_unusable_request_is_told_a_thai_reader_in_thai(mueang: Run, arguments: str) -> None:
    done = mueang("--lang", "th", *arguments.split())
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert any("ก" <= letter <= "๛" for letter in done.stderr)


@pytest.mark.parametrize("command", ["generations", "diff", "restore", "verify", "export"])
def test_every_command_about_generations_has_help(mueang: Run, command: str) -> None:
    done = mueang(command, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5
