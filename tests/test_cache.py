"""The memory of answers in front of the application: what it may answer, and what it must not."""

import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from conftest import NOBODY_CHECKS
from mueang.engine.foreign import NO_GENERATION
from mueang.engine.query import Answer, Engine, Query
from mueang.engine.tokens import changes_by_itself
from mueang.errors import Busy
from mueang.settings import Settings
from mueang.web import cache
from mueang.web.app import application
from mueang.web.cache import LARGEST_BODY, LARGEST_FORM, LONGEST_KEY, Remembering
from mueang.web.serving import site as served_site

SELECT = "SELECT ?code { province:TH-21 tsc:isoCode ?code }"
ALL = "CONSTRUCT WHERE { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"
HTML = {"Accept": "text/html"}


def asking(text: str, **more: str) -> str:
    return "/sparql?query=" + quote(text) + "".join(f"&{name}={value}" for name, value in more.items())


class Counting:
    """The real engine, counting what it is asked; it can be away, and at generation 2 with the same contents."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked = 0
        self.announced = self.answering = engine.generation
        self.away = False

    @property
    def generation(self) -> int:
        if self.away:
            raise Busy(th="ไม่ว่าง", en="busy")
        return self.announced

    def ready(self) -> bool:
        return not self.away

    def answer(self, query: Query, *formats: Any) -> Answer:
        self.asked += 1
        if self.away:
            raise Busy(th="ไม่ว่าง", en="busy")
        real = replace(query, generation=None) if query.generation in (1, 2) else query
        return replace(self._engine.answer(real, *formats), generation=query.generation or self.answering)


@pytest.fixture
def counted(engine: Engine) -> Counting:
    return Counting(engine)


@pytest.fixture
def layer(counted: Counting, home: Path) -> Remembering:
    return Remembering(application(counted, NOBODY_CHECKS, Settings(home=home)), counted, 2_000_000)


@pytest.fixture
def client(layer: Remembering) -> Client:
    return Client(layer, use_cookies=False)


@pytest.fixture
def asked(counted: Counting) -> Callable[[], int]:
    """How often the engine was asked since the last call."""
    before = 0

    def since() -> int:
        nonlocal before
        new, before = counted.asked - before, counted.asked
        return new

    return since


def test_the_server_remembers(counted: Counting, home: Path, asked: Callable[[], int]) -> None:
    client = Client(served_site(counted, NOBODY_CHECKS, Settings(home=home)), use_cookies=False)
    first, second = client.get(asking(SELECT)), client.get(asking(SELECT))
    assert (first.data, asked()) == (second.data, 1)
    assert b"TH-21" in first.data


def test_what_is_remembered_is_known_without_asking_and_nothing_else_is(
    layer: Remembering, client: Client, asked: Callable[[], int]
) -> None:
    headers = {"host": "localhost"}

    def known(address: str, method: str = "GET", **more: str) -> cache.Known | None:
        path, _, query = address.partition("?")
        return layer.known(method, path, query, (headers | more).get)

    assert (known(asking(SELECT)), known("/health/live"), asked()) == (None, None, 0)
    whole = client.get(asking(SELECT))
    status, sent, body = known(asking(SELECT)) or (0, [], b"")
    assert (status, body) == (200, whole.data)
    assert ("etag", whole.headers["ETag"]) in sent
    assert known(asking(SELECT), "HEAD") == (200, sent, b"")
    assert (known(asking(SELECT), **{"if-none-match": "*"}) or [0])[0] == 304
    assert known(asking(SELECT), cookie="a=b") is None
    assert asked() == 1


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (asking(SELECT), {}),
        (asking(SELECT), HTML),
        ("/questions/round-totals", {}),
        ("/questions/round-totals.csv", {}),
        ("/questions/round-totals", HTML),
        ("/questions/is-a-city-a-member.json?city=chiang-mai&date=2023-08-01", {}),
        ("/id/province/TH-21", {}),
        ("/id/province/TH-21?lang=en", HTML),
        ("/vocab/outcome", {}),
        ("/def", HTML),
        ("/def.ttl", {}),
        ("/graphs", {}),
        ("/graph/vocab/outcome", {}),
    ],
)
def test_what_is_asked_twice_is_answered_once(
    client: Client, asked: Callable[[], int], address: str, headers: dict[str, str]
) -> None:
    first = client.get(address, headers=headers)
    assert first.status_code == 200, first.text
    assert asked() > 0
    second = client.get(address, headers=headers)
    assert asked() == 0
    assert second.data == first.data
    assert first.headers["Server-Timing"].startswith("app;dur=")
    del first.headers["Server-Timing"]
    assert list(second.headers) == list(first.headers)
    assert second.headers["ETag"][0] == second.headers["ETag"][-1] == '"'
    assert second.headers["Cache-Control"] == "public, no-cache"
    assert second.headers["Mueang-Generation"] == "1"
    assert {"Accept", "Accept-Language"} == set(second.vary)


def test_everything_an_answer_depends_on_makes_another_answer(
    client: Client, asked: Callable[[], int]
) -> None:
    requests = [
        {"path": asking(SELECT)},
        {"path": asking(SELECT + " ")},
        {"path": asking(SELECT), "headers": {"Accept": "text/csv"}},
        {"path": asking(SELECT), "headers": {"Accept-Language": "en"}},
        {"path": asking(SELECT), "base_url": "https://graph.example.org"},
    ]
    tags = [client.get(**request).headers["ETag"] for request in requests]
    assert (len(set(tags)), asked()) == (len(requests), len(requests))
    assert [client.get(**request).headers["ETag"] for request in requests] == tags
    assert asked() == 0


def test_a_tag_is_of_one_start_of_the_server(counted: Counting, home: Path) -> None:
    tags = {
        Client(served_site(counted, NOBODY_CHECKS, Settings(home=home))).get(asking(SELECT)).headers["ETag"]
        for _ in range(2)
    }
    assert len(tags) == 2


@pytest.mark.parametrize(
    "held", ["{tag}", "W/{tag}", '"a", {tag}', '{tag},"b"', 'W/"x" , W/{tag} ,', "*", " * "]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", [asking(SELECT), asking(ALL)], ids=["small", "large"])
def test_what_the_asker_holds_is_not_sent_again(
    client: Client, asked: Callable[[], int], method: str, held: str, address: str
) -> None:
    whole = client.get(address)
    assert asked() == 1
    answer = client.open(
        address, method=method, headers={"If-None-Match": held.format(tag=whole.headers["ETag"])}
    )
    assert (answer.status_code, answer.data, asked()) == (304, b"", 0)
    kept = {"ETag", "Cache-Control", "Vary", "Mueang-Generation", "Access-Control-Allow-Origin"}
    assert {name: answer.headers[name] for name in kept} == {name: whole.headers[name] for name in kept}
    assert not {"Content-Length", "Content-Type"} & set(answer.headers.keys())


@pytest.mark.parametrize(
    "held",
    ['"other"', 'W/"other"', "", ",", '"', '""', "W/", "**", '"*"', "other", '"' * 1000, "ÿ", "\x00\x7f"],
)
def test_another_or_a_malformed_tag_gets_the_whole_answer(client: Client, held: str) -> None:
    for _ in range(2):
        answer = client.get(asking(SELECT), headers={"If-None-Match": held})
        assert (answer.status_code, b"TH-21" in answer.data) == (200, True)


def test_an_address_never_asked_before_is_asked_before_it_is_said_to_be_unchanged(
    client: Client, asked: Callable[[], int]
) -> None:
    assert client.get(asking(SELECT), headers={"If-None-Match": "*"}).status_code == 304
    assert asked() == 1
    assert client.get(asking(SELECT)).status_code == 200
    assert asked() == 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (asking("SELECT"), 400),
        ("/sparql?query=", 400),
        ("/id/province/nowhere", 404),
        ("/questions/none", 404),
        (asking(SELECT, generation="99999"), 404),
        (asking(SELECT, format="turtle"), 406),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_error_is_never_remembered_nor_unchanged(
    client: Client, method: str, address: str, status: int
) -> None:
    for _ in range(2):
        answer = client.open(address, method=method, headers={"If-None-Match": "*"})
        assert answer.status_code == status
        assert "ETag" not in answer.headers
        assert bool(answer.data) == (method == "GET")


def test_an_engine_that_is_away_is_told_by_the_application(client: Client, counted: Counting) -> None:
    client.get(asking(SELECT))
    counted.away = True
    away = client.get(asking(SELECT), headers={"If-None-Match": "*"})
    assert (away.status_code, away.headers["Content-Type"]) == (503, "application/problem+json")
    counted.away = False
    assert client.get(asking(SELECT)).status_code == 200


@pytest.mark.parametrize("address", [asking(SELECT), asking(ALL), "/id/province/TH-21"])
@pytest.mark.parametrize("headers", [{}, HTML], ids=["data", "page"])
def test_head_has_the_headers_of_get(client: Client, address: str, headers: dict[str, str]) -> None:
    fresh, get, head = (
        client.open(address, method=method, headers=headers) for method in ("HEAD", "GET", "HEAD")
    )
    assert fresh.status_code == get.status_code == head.status_code == 200
    assert fresh.data == head.data == b""
    for answer in (fresh, get):
        answer.headers.pop("Server-Timing", None)
    assert list(fresh.headers) == list(get.headers) == list(head.headers)
    assert int(head.headers["Content-Length"]) == len(get.data)


def test_head_is_enough_to_remember(client: Client, asked: Callable[[], int]) -> None:
    client.head(asking(SELECT))
    assert asked() == 1
    assert b"TH-21" in client.get(asking(SELECT)).data
    assert asked() == 0


def test_a_large_answer_is_tagged_but_not_remembered(client: Client, asked: Callable[[], int]) -> None:
    first, second = client.get(asking(ALL)), client.get(asking(ALL))
    assert asked() == 2
    assert len(first.data) == len(second.data) > LARGEST_BODY
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("call", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()", "rand # c\n ( )"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_of_chance_or_clock_is_not_kept_by_anybody(
    client: Client, asked: Callable[[], int], method: str, call: str
) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    sent: dict[str, Any] = (
        {"path": asking(query)} if method == "GET" else {"path": "/sparql", "data": {"query": query}}
    )
    for _ in range(2):
        answer = client.open(method=method, headers={"If-None-Match": "*"}, **sent)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "ETag" not in answer.headers
    assert asked() == 2


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("NOW()" AS ?now) {}',
        "SELECT ?rand { ?rand a <http://e.org/UUID()> } # RAND()",
        "ASK { FILTER(tsc:now (1) ) }",
        "SELECT * { ?s tsc:now ?bnode }",
        "ASK { FILTER(STRAFTERNOW(1)) }",
        'SELECT ("SERVICE <http://e.org/>" AS ?service) {}',
    ],
)
def test_the_names_alone_change_nothing(query: str) -> None:
    assert not changes_by_itself(query)


def test_an_answer_from_another_server_may_change() -> None:
    assert changes_by_itself("SELECT * { SERVICE <https://e.org/sparql> { ?s ?p ?o } }")


def test_what_a_foreign_engine_answers_has_no_generation_and_is_not_remembered(
    client: Client, counted: Counting, asked: Callable[[], int]
) -> None:
    counted.announced = counted.answering = NO_GENERATION
    for _ in range(2):
        answer = client.get(asking(SELECT), headers={"If-None-Match": "*"})
        assert (answer.status_code, asked()) == (200, 1)
        assert "ETag" not in answer.headers


def test_another_generation_has_other_answers(
    client: Client, counted: Counting, asked: Callable[[], int]
) -> None:
    tags = []
    for generation in (1, 2):
        counted.announced = counted.answering = generation
        held = {"If-None-Match": tags[-1]} if tags else {}
        for expected in (1, 0):
            answer = client.get(asking(SELECT), headers=held)
            assert (answer.status_code, asked()) == (200, expected)
            assert answer.headers["Mueang-Generation"] == str(generation)
        tags.append(answer.headers["ETag"])
    assert tags[0] != tags[1]


@pytest.mark.parametrize(("announced", "answering"), [(1, 2), (2, 1)])
@pytest.mark.parametrize("headers", [{}, HTML], ids=["data", "page"])
def test_an_answer_of_another_generation_than_asked_is_passed_on_only(
    client: Client, counted: Counting, announced: int, answering: int, headers: dict[str, str]
) -> None:
    counted.announced, counted.answering = announced, answering
    answer = client.get(asking(SELECT), headers=headers | {"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["Mueang-Generation"]) == (200, str(answering))
    assert "ETag" not in answer.headers
    counted.announced = answering
    assert "Server-Timing" in client.get(asking(SELECT), headers=headers).headers


def test_a_page_made_of_two_generations_is_not_kept(client: Client, counted: Counting) -> None:
    real = counted.answer

    def turning(query: Query, *formats: Any) -> Answer:
        counted.answering = counted.answering % 2 + 1
        return real(query, *formats)

    counted.answer = turning
    answer = client.get("/id/province/TH-21", headers=HTML)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert not {"ETag", "Mueang-Generation"} & set(answer.headers.keys())


def test_data_of_a_numbered_generation_lasts_for_ever(
    client: Client, counted: Counting, asked: Callable[[], int]
) -> None:
    for current in (1, 2):
        counted.announced = counted.answering = current
        answer = client.get(asking(SELECT, generation="1"))
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asked() == 1
    assert (
        client.get(asking(SELECT, generation="2"), headers=HTML).headers["Cache-Control"]
        == "public, no-cache"
    )
    twice = client.get(asking(SELECT) + "&gener%61tion=2")
    assert twice.headers["Cache-Control"] == "public, no-cache"


def test_a_question_is_asked_again_the_next_day(
    client: Client, asked: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls(2100, 1, 1)

    client.get("/questions/round-totals.csv")
    client.get(asking(SELECT))
    asked()
    monkeypatch.setattr(cache, "date", Tomorrow)
    client.get(asking(SELECT))
    assert asked() == 0
    client.get("/questions/round-totals.csv")
    assert asked() == 1


@pytest.mark.parametrize("headers", [{"Cookie": "a=b"}, {"Authorization": "Bearer x"}])
def test_what_comes_with_a_login_is_left_alone(
    client: Client, asked: Callable[[], int], headers: dict[str, str]
) -> None:
    client.get(asking(SELECT))
    answer = client.get(asking(SELECT), headers=headers | {"If-None-Match": "*"})
    assert (answer.status_code, asked()) == (200, 2)
    assert "ETag" not in answer.headers


def test_other_addresses_and_methods_are_left_alone(client: Client) -> None:
    assert client.get("/health/live").json == {"status": "alive"}
    assert "ETag" not in client.get("/").headers
    assert client.put("/sparql", data=b"x").status_code == 405
    assert client.options(asking(SELECT)).status_code == 200
    assert client.post("/id/province/TH-21").status_code == 405


def test_a_small_form_is_remembered(client: Client, asked: Callable[[], int]) -> None:
    for body, media in (({"query": SELECT}, FORM), (SELECT, "application/sparql-query")):
        answers = [client.post("/sparql", data=body, content_type=media) for _ in range(2)]
        assert asked() == 1
        assert answers[0].data == answers[1].data
        assert all("ETag" not in one.headers and one.status_code == 200 for one in answers)
    held = client.post("/sparql", data={"query": SELECT}, headers={"If-None-Match": "*"})
    assert (held.status_code, asked()) == (200, 0)
    assert client.post("/sparql", data=SELECT, content_type="text/plain").status_code == 415
    assert client.post(asking(SELECT)).status_code == 415


@pytest.mark.parametrize("length", [LARGEST_FORM, 2 * LARGEST_FORM])
def test_a_large_form_still_reaches_the_application_whole(
    client: Client, asked: Callable[[], int], length: int
) -> None:
    for _ in range(2):
        body = SELECT + " " * length
        assert client.post("/sparql", data=body, content_type="application/sparql-query").status_code == 200
    assert asked() == 2


class Saying:
    """An application that says what it is told to, and counts."""

    def __init__(self, headers: list[tuple[str, str]], *body: bytes | Exception) -> None:
        self.headers = [("Content-Type", "text/plain"), ("Mueang-Generation", "1"), *headers]
        self.body = body
        self.called = self.closed = 0

    def __call__(self, _: Any, start_response: Any) -> "Saying":
        self.called += 1
        start_response("200 OK", list(self.headers))
        return self

    def __iter__(self) -> Iterator[bytes]:
        for part in self.body:
            if isinstance(part, Exception):
                raise part
            yield part

    def close(self) -> None:
        self.closed += 1


WHOLE = ("Content-Length", "4")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([], (b"ab", b"cd")),
        ([("Content-Length", "5")], (b"ab", b"cd")),
        ([("Content-Length", "3")], (b"ab", b"cd")),
        ([("Content-Length", "-4")], (b"ab", b"cd")),
        ([WHOLE, ("Vary", "Accept"), ("Vary", "Origin")], (b"abcd",)),
        ([WHOLE, ("Vary", "*")], (b"abcd",)),
        ([WHOLE, ("Set-Cookie", "a=b")], (b"abcd",)),
        ([WHOLE, ("Cache-Control", "private")], (b"abcd",)),
        ([WHOLE, ("ETag", '"its own"')], (b"abcd",)),
        ([WHOLE, ("Content-Encoding", "gzip")], (b"abcd",)),
        ([WHOLE, ("Mueang-Generation", "2")], (b"abcd",)),
    ],
)
def test_an_answer_that_is_cut_streamed_or_somebodys_is_passed_on_as_it_is(
    counted: Counting, headers: list[tuple[str, str]], body: tuple[bytes, ...]
) -> None:
    app = Saying(headers, *body)
    client = Client(Remembering(app, counted, 1_000_000), use_cookies=False)
    for _ in range(2):
        answer = client.get("/sparql", headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.data) == (200, b"abcd")
        assert list(answer.headers)[:-1] == app.headers
        answer.close()
    assert (app.called, app.closed) == (2, 2)


def test_an_answer_that_breaks_off_breaks_off(counted: Counting) -> None:
    app = Saying([WHOLE], b"ab", OSError("gone"))
    client = Client(Remembering(app, counted, 1_000_000), use_cookies=False)
    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            client.get("/sparql")
    assert (app.called, app.closed) == (2, 2)


def test_every_body_is_closed(counted: Counting) -> None:
    for length in (10, LARGEST_BODY + 1):
        app = Saying([("Content-Length", str(length))], b"x" * length)
        client = Client(Remembering(app, counted, 1_000_000), use_cookies=False)
        for method, held in (("GET", ""), ("HEAD", ""), ("GET", "*"), ("GET", "")):
            client.open("/def", method=method, headers={"If-None-Match": held}).close()
        assert app.closed == app.called == (1 if length == 10 else 2)


@pytest.mark.parametrize("length", [10, 5_000, 200_000])
def test_the_memory_is_bounded_and_the_least_recently_asked_goes_first(
    counted: Counting, length: int
) -> None:
    most = 1_000_000
    app = Saying([("Content-Length", str(length))], b"x" * length)
    client = Client(Remembering(app, counted, most))
    client.get("/def?first").close()
    tracemalloc.start()
    for number in range(500):
        client.get(f"/def?{number}").close()
        client.get("/def?first").close()
    held = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, cache.__file__)])
    tracemalloc.stop()
    assert sum(one.size for one in held.statistics("filename")) <= most
    assert app.called == 501
    client.get("/def?0").close()
    assert app.called == 502


def test_threads_get_their_own_answers(layer: Remembering) -> None:
    codes = ["TH-10", "TH-21", "TH-50", "TH-83"] * 15
    wrong: list[str] = []

    def ask(mine: list[str]) -> None:
        client = Client(layer, use_cookies=False)
        for code in mine:
            answer = client.get(asking(f"SELECT ?c {{ province:{code} tsc:isoCode ?c }}"))
            if answer.status_code != 200 or code not in answer.text:
                wrong.append(f"{code}: {answer.text}")

    threads = [
        threading.Thread(target=ask, args=[order]) for order in (codes, codes[::-1], codes, codes[::-1])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (asking(SELECT + "#" + "x" * LONGEST_KEY), {}),
        (asking(SELECT), {"Accept": "a/b, " * 40_000 + "*/*"}),
        (asking(SELECT), {"Accept-Language": "th," * 50_000}),
        (asking(SELECT), {"Host": "x" * 50_000 + ".example.org"}),
        (asking(SELECT), {"If-None-Match": '"a", ' * 200_000}),
        (asking(SELECT), {"If-None-Match": "*," * 200_000}),
        (asking(SELECT) + "&generation=" * 20_000, {}),
        (asking(SELECT) + "&generation=" + "9" * 100_000, {}),
        ("/id/" + "%00%0a%ff" * 10_000, {}),
        ("/questions/" + "../" * 10_000, {}),
        ("/sparql?query=%E0%B8&\udcff", {}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_flood_breaks_nothing(client: Client, address: str, headers: dict[str, str]) -> None:
    for _ in range(2):
        answer = client.get(address.encode("utf-8", "replace").decode(), headers=headers)
        assert answer.status_code in (200, 400, 404, 406)
    assert client.get(asking(SELECT)).status_code == 200


def test_a_key_that_is_too_long_is_not_remembered(client: Client, asked: Callable[[], int]) -> None:
    for _ in range(2):
        client.get(asking(SELECT + "#" + "x" * LONGEST_KEY))
    assert asked() == 2
