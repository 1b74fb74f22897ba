"""`mueang links`: where the graph's links lead, and whether a sample of them still leads somewhere."""

import json
import random
import sys
import time
from collections import Counter
from dataclasses import replace

import click
from rich.progress import track

from mueang.cli.terminal import Terminal, home_option, say, settings_with
from mueang.engine.address import read_address
from mueang.engine.formats import ROWS
from mueang.engine.query import Query
from mueang.engine.question import page_query
from mueang.engine.supervisor import engine_of, is_remote
from mueang.engine.visit import Visit, visited
from mueang.errors import CallFailed
from mueang.graph.history import published
from mueang.settings import Settings

_PAUSE = 0.5


@click.command()
@click.option(
    "--check", "number", type=click.IntRange(1, 1000), metavar="N", help="Visit this many of them, by chance."
)
@click.option("--seed", type=int, default=None, help="Choose the same ones again.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@home_option
@click.pass_obj
def links(terminal: Terminal, number: int | None, seed: int | None, as_json: bool, home: str | None) -> None:
    """List the links that lead out of the graph by where they lead; with --check visit a sample.

    Exit code 0: fine; 1: a visited link is gone; 3: nothing could be reached, as without a network.
    """
    found = _links(settings_with(home=home))
    if number is None:
        _list(found, as_json)
        return
    chosen = random.Random(seed).sample(found, min(number, len(found)))  # noqa: S311  (a sample, no secret)
    visits = _visits(chosen, terminal)
    _report(visits, terminal, as_json)
    if all(one.state == "unreached" for one in visits):
        raise _no_network(len(visits))
    sys.exit(1 if any(one.state == "gone" for one in visits) else 0)


def _links(settings: Settings) -> list[str]:
    """Each link once."""
    if not is_remote(settings):
        published(settings.home)
    with engine_of(replace(settings, workers=1)) as engine:
        answer = engine.answer(Query(page_query("outward-links")), ROWS[0], None)
        with answer.file:
            rows = json.loads(answer.body)["results"]["bindings"]
    return list(dict.fromkeys(row["link"]["value"] for row in rows))


def _list(found: list[str], as_json: bool) -> None:
    counted = Counter(read_address(link.partition("#")[0]).origin for link in found)
    if as_json:
        click.echo(json.dumps(dict(counted.most_common()), ensure_ascii=False))
        return
    for origin, number in counted.most_common():
        click.echo(f"{number:6}  {origin}")


def _visits(chosen: list[str], terminal: Terminal) -> list[Visit]:
    """One after another with a pause between them: these are other people's servers."""
    done: list[Visit] = []
    words = "กำลังเปิดดูลิงก์" if terminal.language == "th" else "visiting links"
    for link in track(chosen, words, disable=not sys.stderr.isatty(), transient=True):
        if done:
            time.sleep(_PAUSE)
        done.append(visited(link))
        if len(done) >= 3 and all(one.state == "unreached" for one in done):
            break
    return done


def _report(visits: list[Visit], terminal: Terminal, as_json: bool) -> None:
    if as_json:
        found = [{"link": one.link, "state": one.state, "words": one.words} for one in visits]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for one in visits:
        click.echo(f"{one.state:9}  {one.link}  {one.words[terminal.language]}")
    counted = Counter(one.state for one in visits)
    say(", ".join(f"{number} {state}" for state, number in sorted(counted.items())))


def _no_network(number: int) -> CallFailed:
    return CallFailed(
        th=f"เปิดลิงก์ไม่ได้เลยทั้ง {number} ลิงก์ที่ลอง เครื่องนี้อาจไม่มีเครือข่าย จึงบอกไม่ได้ว่าลิงก์เสียหรือไม่",
        en=f"none of the {number} links tried could be reached; there may be no network here, so this says nothing "
        "about the links",
    )
