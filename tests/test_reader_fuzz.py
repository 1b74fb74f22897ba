"""Thousands of damaged and random files: each is read or refused in words, in time, and the process lives on."""

import multiprocessing
import resource
import signal
from random import Random

import pytest

from mueang.check.locator import as_triple
from mueang.check.mending import mended
from mueang.check.reader import Submission, read_submission
from mueang.check.report import Repair
from mueang.errors import MueangError
from pages import KINDS, SYNTAXES, Fact

SECONDS, MEMORY = 10, 4 << 30
SIGNS = [
    *"\"'<>[](){}@^:;,.#\\/&%=-_~|?!+\n\r\t\0 a0ก๕",
    *"\u200b\ufeff\u00a0",
    "'''",
    '"""',
    "<!--",
    "]]>",
    "<![CDATA[",
]
WORDS = [
    "@prefix",
    "x:a",
    "<a:b>",
    "_:b",
    "true",
    "1e5",
    "@th",
    "^^",
    "rdf:li",
    '"@id":',
    '"@context":',
    "xmlns:x='a:'",
]
NEVER = {
    "a.rdf": ("<?xml version='1.0'?><a>", "<b>"),
    "a.jsonld": ('{"a:b":', "["),
    "a.ttl": ("<a:a> <a:b> ", "[ <a:c> "),
}


def a_file(name: str, chance: Random) -> bytes:
    """A page with some damage, or a heap of tokens, or bytes."""
    match chance.randrange(10):
        case 0:
            return chance.randbytes(chance.randrange(200))
        case 1:
            return "".join(chance.choices(SIGNS + WORDS, k=chance.randrange(60))).encode()
        case 2:
            head, again = NEVER.get(name, ("", "<a:a> "))
            return (head + again * chance.choice([10, 1000, 20_000])).encode()
    content = bytearray(
        SYNTAXES[name]([a_fact(chance) for _ in range(chance.randrange(1, 6))], chance).text.encode()
    )
    for _ in range(chance.randrange(5)):
        damage(content, chance)
    return bytes(content)


def a_fact(chance: Random) -> Fact:
    kind = chance.choice(KINDS)
    value = str(chance.randrange(10**6)) if kind != "date" else "2022-11-09"
    return Fact(
        f"s{chance.randrange(3)}", f"p{chance.randrange(3)}", f"v{value}" if kind == "iri" else value, kind
    )


def damage(content: bytearray, chance: Random) -> None:
    start = chance.randrange(len(content) + 1)
    end = min(start + chance.choice([0, 1, 1, 3, 20]), len(content))
    match chance.randrange(4):
        case 0:
            del content[start:end]
        case 1:
            content[start:end] = chance.choice(SIGNS + WORDS).encode()
        case 2:
            content[start:start] = content[start:end] * chance.choice([1, 2, 50])
        case 3:
            content[start:end] = chance.randbytes(end - start)


def try_file(name: str, content: bytes) -> None:
    """Reads a file and, if it can be read, asks for every place and mends every statement."""
    try:
        submission = read_submission(name, content)
    except MueangError as error:
        if not (error.th and 0 < len(error.en) < 1000):
            raise AssertionError(content) from error
        return
    assert submission.spans, content
    if name != "a.jsonld":
        assert None not in submission.spans.all, content
    lines = submission.text.split("\n")
    for quad in submission.quads:
        place = submission.place_of(*as_triple(quad))
        assert place is None or place.column <= len(lines[place.line - 1]) + 1, content
    try_to_mend(submission, content)


def try_to_mend(submission: Submission, content: bytes) -> None:
    repairs = [
        Repair(as_triple(quad), "<a:mended>", f'"mended {number}"@th', {"th": "", "en": ""})
        for number, quad in enumerate(submission.quads)
    ]
    for some in (repairs[:1], repairs):
        copy, made = mended(submission, content, some)
        if made:
            assert len(read_submission(submission.name, copy).quads) == len(submission.quads), (content, copy)


def try_files(name: str, first: int, count: int) -> None:
    """Runs in a process of its own: what kills or stops it is a failure that names the file's number."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in range(first, first + count):
        print(f"file {number}", flush=True)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try_file(name, a_file(name, Random(number)))  # noqa: S311
    signal.setitimer(signal.ITIMER_PROF, 0)


def run(name: str, first: int, count: int) -> int | None:
    process = multiprocessing.get_context("spawn").Process(target=try_files, args=(name, first, count))
    process.start()
    process.join()
    return process.exitcode


@pytest.mark.parametrize("name", SYNTAXES)
def test_damaged_files_are_refused_in_words(name: str) -> None:
    assert run(name, 0, 150) == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", SYNTAXES)
def test_ten_thousand_damaged_files_are_refused_in_words(name: str) -> None:
    assert run(name, 1000, 10_000) == 0


@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize(
    "sign",
    [
        "<",
        '"',
        "'",
        "[",
        "(",
        "{",
        "{'a':",
        '\\"',
        "<!--",
        "<a b='",
        "1,",
        "a.",
        "@",
        "#\n",
        "\\u0e01",
        "<<( ",
    ],
)
def test_a_long_row_of_one_sign_costs_what_it_is_long(name: str, sign: str) -> None:
    """What took longer the longer the text, many times over, would not be done in ten seconds of work."""
    assert run_one(name, sign * (500_000 // len(sign))) == 0


def run_one(name: str, text: str) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=try_one, args=(name, text))
    process.start()
    process.join()
    return process.exitcode


def try_one(name: str, text: str) -> None:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try_file(name, text.encode())
