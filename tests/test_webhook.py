"""The webhook: signed, sent until it is taken, to listed servers of the open internet only, nothing forgotten."""

import hmac
import json
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import NOBODY_CHECKS
from mueang.engine.address import is_public, read_address
from mueang.errors import WrongSetting
from mueang.settings import Settings
from mueang.submissions import intake, people, review
from mueang.submissions.schema import opened
from mueang.submissions.webhook import MOST_ATTEMPTS, Messenger, messengers, signature, waits
from servers import Misbehaving, closing, free_port, response, silent, trickling
from submitting import an_area, peopled

KEY = bytes(range(32))
SECRET = f"whsec_{b64encode(KEY).decode()}"
TAKEN = response(status="204 No Content")
PAST = "2020-01-01T00:00:00+00:00"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with people in it; nobody checks there, so that what is handed in is received."""
    peopled(tmp_path, {"https://w3id.org/mueang/graph/source/a": b""})
    return tmp_path


def _hand_in(home: Path, key: str) -> int:
    offer = intake.Offer(f"{key}.ttl", an_area(key), "<b>note</b>")
    return intake.submit(home, NOBODY_CHECKS, offer, people.known(home, "somchai", "submitter")).number


def _reject(home: Path, number: int) -> None:
    review.reject(home, number, people.known(home, "anan", "reviewer"), "มีอยู่แล้ว")


def _messenger(home: Path, url: str, public: Callable[[str], bool] = lambda _: True) -> Messenger:
    found = Messenger(home, read_address(url), KEY, "https://mueang.example", public)
    found.seconds = 2.0
    return found


def _begun(home: Path, url: str) -> Messenger:
    """A messenger that tells of all that happens from now on."""
    _hand_in(home, "before")
    found = _messenger(home, url)
    assert found.tell() == 0
    return found


def _parts(request: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return first, {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}, body


def _rows(home: Path) -> list[dict[str, Any]]:
    with opened(home) as connection:
        rows = connection.execute("SELECT * FROM delivery WHERE outcome <> 'begun' ORDER BY id")
        return [dict(row) for row in rows]


def _make_due(home: Path) -> None:
    with opened(home) as connection:
        connection.execute("UPDATE delivery SET due_at = ?", (PAST,))


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    key = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    found = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_every_change_of_state_is_told_once_signed_and_in_order(home: Path) -> None:
    with Misbehaving(TAKEN) as server:
        messenger = _begun(home, f"http://127.0.0.1:{server.port}/hooks?a=b")
        number = _hand_in(home, "one")
        _reject(home, number)
        assert messenger.tell() == 2
        assert messenger.tell() == 0
    told = []
    for request in server.requests:
        first, headers, body = _parts(request)
        assert first == "POST /hooks?a=b HTTP/1.1"
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = b64encode(hmac.new(KEY, signed, "sha256").digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
        assert headers["content-type"] == "application/json"
        told.append(json.loads(body))
    assert [one["type"] for one in told] == ["submission.received", "submission.rejected"]
    assert {one["data"]["address"] for one in told} == {f"https://mueang.example/submissions/{number}"}
    assert "มีอยู่แล้ว" in told[1]["data"]["said"]["th"]
    assert len({_parts(one)[1]["webhook-id"] for one in server.requests}) == 2


def test_what_was_before_the_first_start_is_not_told_and_what_was_between_two_is(home: Path) -> None:
    with Misbehaving(TAKEN) as server:
        url = f"http://127.0.0.1:{server.port}/"
        _begun(home, url)
        _hand_in(home, "while-nobody-served")
        assert _messenger(home, url).tell() == 1
    assert json.loads(_parts(server.requests[0])[2])["data"]["submission"] == 2


@pytest.mark.parametrize(
    "reply",
    [
        response(status="500 Internal Server Error"),
        response(status="302 Found", Location="http://127.0.0.1:1/"),
        response(status="404 Not Found"),
        b"not http\r\n\r\n",
        closing,
        silent,
        trickling(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 100),
    ],
    ids=["failed", "redirected", "not found", "garbage", "closed", "silent", "trickling"],
)
def test_what_was_not_taken_is_sent_again_under_the_same_name(home: Path, reply: Any) -> None:
    with Misbehaving(reply, TAKEN) as server:
        messenger = _begun(home, f"http://127.0.0.1:{server.port}/")
        messenger.seconds = 0.5
        _hand_in(home, "one")
        assert messenger.tell() == 1
        (row,) = _rows(home)
        assert (row["attempts"], row["done_at"]) == (1, None)
        assert row["outcome"].startswith("it ")
        assert messenger.tell() == 0
        _make_due(home)
        assert messenger.tell() == 1
        (row,) = _rows(home)
        assert (row["attempts"], row["outcome"], bool(row["done_at"])) == (2, "delivered", True)
        _make_due(home)
        assert messenger.tell() == 0
    first, second = (_parts(one)[1] for one in server.requests)
    assert first["webhook-id"] == second["webhook-id"]


def test_it_is_given_up_after_two_days(home: Path) -> None:
    messenger = _begun(home, f"http://127.0.0.1:{free_port()}/")
    _hand_in(home, "one")
    for _ in range(MOST_ATTEMPTS):
        assert messenger.tell() == 1
        _make_due(home)
    assert messenger.tell() == 0
    (row,) = _rows(home)
    assert (row["attempts"], bool(row["done_at"])) == (MOST_ATTEMPTS, True)
    spans = [waits(number) for number in range(1, MOST_ATTEMPTS)]
    assert spans[:4] == [10, 40, 160, 640]
    assert 36 * 3600 < sum(spans) < 60 * 3600


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "[::]"])
def test_nothing_but_the_open_internet_is_called(home: Path, host: str) -> None:
    with Misbehaving(TAKEN) as server:
        url = f"http://{host}:{server.port}/"
        _begun(home, url)
        _hand_in(home, "one")
        assert _messenger(home, url, is_public).tell() == 1
        assert server.connections == 0
    (row,) = _rows(home)
    assert row["outcome"] in ("it is not on the open internet", "there is no server of that name")


def test_two_processes_of_a_home_tell_it_once(home: Path) -> None:
    with Misbehaving(TAKEN) as server:
        url = f"http://127.0.0.1:{server.port}/"
        _begun(home, url)
        for number in range(20):
            _hand_in(home, f"n-{number}")
        threads = [threading.Thread(target=_messenger(home, url).tell) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.requests) == 20
    assert len({_parts(one)[1]["webhook-id"] for one in server.requests}) == 20


def test_each_server_is_told_by_itself(home: Path) -> None:
    with Misbehaving(TAKEN) as good:
        dead = _begun(home, f"http://127.0.0.1:{free_port()}/")
        alive = _messenger(home, f"http://127.0.0.1:{good.port}/")
        assert alive.tell() == 0
        _hand_in(home, "one")
        assert (dead.tell(), alive.tell()) == (1, 1)
    assert len(good.requests) == 1
    assert sorted(row["outcome"] == "delivered" for row in _rows(home)) == [False, True]


@pytest.mark.parametrize(
    ("urls", "allowed", "secret", "words"),
    [
        ("https://a.example/x", "", SECRET, "https://a.example is not among webhook_allow"),
        ("https://a.example:8443/x", "https://a.example", SECRET, "not among webhook_allow"),
        ("http://a.example/x", "https://a.example", SECRET, "not among webhook_allow"),
        ("ftp://a.example/x", "ftp://a.example", SECRET, "setting webhook_urls"),
        ("https://me:pass@a.example/", "https://a.example", SECRET, "setting webhook_urls"),
        ("https://a.example/x", "https://a.example", "", "webhook_secret must be whsec_"),
        ("https://a.example/x", "https://a.example", "whsec_c2hvcnQ=", "webhook_secret must be whsec_"),
        ("https://a.example/x", "https://a.example", "hunter2", "webhook_secret must be whsec_"),
    ],
)
def test_a_setting_that_will_not_do_is_refused_in_words(
    tmp_path: Path, urls: str, allowed: str, secret: str, words: str
) -> None:
    settings = Settings(home=tmp_path, webhook_urls=urls, webhook_allow=allowed, webhook_secret=secret)
    with pytest.raises(WrongSetting) as raised:
        messengers(settings)
    assert words in raised.value.en
    assert raised.value.th
    assert not secret or secret not in raised.value.en + raised.value.th


def test_listed_servers_are_told_and_without_any_no_secret_is_needed(tmp_path: Path) -> None:
    both = "https://a.example/x, https://b.example/y"
    settings = Settings(home=tmp_path, webhook_urls=both, webhook_allow=both, webhook_secret=SECRET)
    assert len(messengers(settings)) == 2
    assert messengers(Settings(home=tmp_path)) == []
