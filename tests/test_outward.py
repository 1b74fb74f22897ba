"""SERVICE to the servers an operator lists: they are reached, and nothing else is."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qsl
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import NamedNode, Quad, Store

from mueang.engine.address import is_public
from mueang.engine.budget import Budget, exceeded
from mueang.engine.outward import Outward, allowed_origins
from mueang.engine.tokens import refuse_calls_out
from mueang.errors import (
    CallFailed,
    MalformedQuery,
    QueryBudgetExceeded,
    StoreFailed,
    UnusableRequest,
    WrongSetting,
)
from servers import Misbehaving, closing, missing, oxigraph, response, saying, silent, trickling
from test_engine import CALLS_OUT

ROW = response(b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:s"}}]}}')
OUT: list[Outward] = []


def anywhere(_: str) -> bool:
    """In place of `is_public`, since the tests' servers are on 127.0.0.1."""
    return True


def outward(
    allowed: str, public: Callable[[str], bool] = anywhere, seconds: float = 5, most: int = 100_000
) -> Outward:
    OUT.append(Outward(allowed, seconds, most, public))
    return OUT[-1]


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    """Every way out closed at the end, each of which takes half a second."""
    yield
    with ThreadPoolExecutor(100) as threads:
        list(threads.map(Outward.close, OUT))


def origin(server: Misbehaving) -> str:
    return f"http://127.0.0.1:{server.port}"


def asked(way_out: Outward, text: str, store: Store | None = None) -> list[set[str]]:
    """What is in each row that an engine in this process gives, with its failures turned into ours."""
    with way_out.prepared(text) as prepared:
        refuse_calls_out(prepared.text, prepared.through)
        try:
            return [{term.value for term in row if term} for row in (store or Store()).query(prepared.text)]
        except (OSError, RuntimeError, SyntaxError) as error:
            said = str(error)  # the error itself would keep rows of another thread
        raise StoreFailed(th=said, en=said)


def test_a_real_second_engine_takes_part_in_a_query(tmp_path: Path) -> None:
    there = {"g:there": "<c:rayong> <a:name> 'ระยอง' . <c:phuket> <a:name> 'ภูเก็ต' .".encode()}
    with oxigraph(there, tmp_path) as url:
        text = f"SELECT ?n {{ VALUES ?c {{ <c:rayong> }} SERVICE <{url}> {{ ?c <a:name> ?n }} }}"
        assert asked(outward(url.removesuffix("/query")), text) == [{"ระยอง"}]


def test_a_call_is_a_form_with_the_query_and_nothing_of_ours() -> None:
    with Misbehaving(ROW) as server:
        text = f"SELECT * {{ SERVICE <{server.url}?a=b> {{ ?s <a:p> 'ก' SERVICE SILENT <{origin(server)}/2> {{ ?s ?p ?o }} }} }}"
        assert asked(outward(origin(server)), text) == [{"a:s"}]
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        [(name, query)] = parse_qsl(body.decode())
    assert head.startswith(b"POST /sparql?a=b HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n".encode() in head
    assert name == "query"
    assert f"SERVICE SILENT <{origin(server)}/2>" in query, "a call within the call is told as it was written"


def test_only_the_places_of_calls_are_rewritten() -> None:
    here, text = outward("http://one.example, http://two.example:8080"), (
        "# SERVICE <http://one.example/>\n"
        "SELECT ?service ('SERVICE <http://one.example/>' AS ?x) { # <http://one.example/>\n"
        "  SERVICE <http://one.example/a> { ?s <http://one.example/a> \"\"\"<'\"\"\" }\n"
        "  service#>\n silent <http://two.example:8080> {?s ?p ?o}.SERVICE<HTTP://ONE.example/a>{} }"
    )  # fmt: skip
    with here.prepared(text) as prepared:
        back = prepared.text
        for number, iri in enumerate(
            ["http://one.example/a", "http://two.example:8080", "HTTP://ONE.example/a"]
        ):
            assert f"<{prepared.through}{number}/>" in back
            back = back.replace(f"{prepared.through}{number}/", iri)
        assert back == text
        refuse_calls_out(prepared.text, prepared.through)
        for through in ("", "http://one.example/"):
            with pytest.raises(UnusableRequest):
                refuse_calls_out(prepared.text, through)


def test_a_query_that_calls_nobody_stays_as_it_is() -> None:
    before = threading.enumerate()
    with outward("").prepared("SELECT ?service { ?service ?p 'SERVICE' }") as prepared:
        assert (prepared.text, prepared.through) == ("SELECT ?service { ?service ?p 'SERVICE' }", "")
    assert set(threading.enumerate()) <= set(before)


@pytest.mark.parametrize("pattern", CALLS_OUT)
def test_nothing_that_is_not_listed_is_reached(pattern: str) -> None:
    with Misbehaving(ROW) as server:
        text = f"PREFIX ex: <{server.url}> SELECT * {{ {pattern.format(server.url)} }}"
        with pytest.raises(UnusableRequest):
            asked(outward("https://query.wikidata.org"), text)
        time.sleep(0.02)
        assert server.connections == 0


@pytest.mark.parametrize(
    "called",
    ["?x", "$x", "ex:x", "ex:", "<x>", "</sparql>", "<//second.example/>", "<https://second.example/>", "<http://second.example:81/>",
     "<http://second.example.evil.example/>", "<http://second.example@evil.example/>", "<http://a:b@second.example/>",
     "<http://evil.example/#http://second.example/>", "<http://second.example#@evil.example/>", "<http://second.example%2eevil.example/>",
     "<http://evil.example?http://second.example/>", "<ftp://second.example/>", "<file:///etc/passwd>", "<http://second.example:x/>",
     "<http://SECOND.example.:80/>", "<\\u0068ttp://second.example/>", "<http://[::1]/>", "<http://second.example\u3002evil.example/>"],
)  # fmt: skip
def test_an_address_that_only_looks_like_a_listed_one_is_refused(called: str) -> None:
    text = f"PREFIX ex: <http://second.example/> SELECT * {{ BIND(<http://second.example/> AS ?x) SERVICE {called} {{ ?s ?p ?o }} }}"
    with pytest.raises(UnusableRequest), outward("http://second.example").prepared(text):
        pass


def test_one_call_that_is_not_listed_keeps_the_others_in() -> None:
    with Misbehaving(ROW) as server, Misbehaving(ROW) as other:
        text = f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} SERVICE <{other.url}> {{ ?s ?p ?o }} }}"
        with pytest.raises(
            UnusableRequest, match=f"not passed on .* to {origin(other)} .*allowed: {origin(server)}"
        ):
            asked(outward(origin(server)), text)
        assert server.connections == other.connections == 0


def test_a_redirect_leads_nowhere() -> None:
    with Misbehaving(ROW) as other, Misbehaving(response(b"", "302 Found", Location=other.url)) as server:
        with pytest.raises(CallFailed, match="redirects"):
            asked(
                outward(f"{origin(server)},{origin(other)}"),
                f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} }}",
            )
        assert other.connections == 0


def test_a_listed_server_at_home_is_not_reached() -> None:
    with Misbehaving(ROW) as server:
        for host in ("127.0.0.1", "localhost"):
            url = f"http://{host}:{server.port}"
            with pytest.raises(CallFailed, match="open internet") as raised:
                asked(outward(url, is_public), f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
            assert raised.value.status == 502
        assert server.connections == 0


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Have second.example resolve to these; the list of the times it was looked up."""
    looked_up, real = [], socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *given: int, **named: int) -> list[object]:
        if host != "second.example":
            return list(real(host, port, *given, **named))
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return looked_up


def test_a_name_is_looked_up_once_and_that_very_address_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with Misbehaving(ROW) as server:
        looked_up, judged = resolving(monkeypatch, "127.0.0.1"), []
        way_out = outward(f"http://second.example:{server.port}", lambda ip: judged.append(ip) is None)
        text = f"SELECT * {{ SERVICE <http://second.example:{server.port}/sparql> {{ ?s ?p ?o }} }}"
        assert len(asked(way_out, text)) == 1
        assert (looked_up, judged) == (["second.example"], ["127.0.0.1"])
        assert f"\r\nHost: second.example:{server.port}\r\n".encode() in server.requests[0]


def test_a_name_with_one_address_at_home_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    with Misbehaving(ROW) as server:
        resolving(monkeypatch, "127.0.0.1", "10.0.0.1")
        way_out = outward(f"http://second.example:{server.port}", lambda ip: ip != "10.0.0.1")
        with pytest.raises(CallFailed, match="open internet"):
            asked(way_out, f"SELECT * {{ SERVICE <http://second.example:{server.port}/> {{ ?s ?p ?o }} }}")
        assert server.connections == 0


def test_over_tls_the_name_is_asked_for_and_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        missing("openssl", "apt-get install openssl")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "key", "-out",
         "certificate", "-days", "2", "-subj", "/CN=second.example", "-addext", "subjectAltName=DNS:second.example"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    context, names = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), list[str]()
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    context.sni_callback = lambda _, name, __: names.append(name)
    resolving(monkeypatch, "127.0.0.1")
    with Misbehaving(ROW, tls=context) as server:
        url = f"https://second.example:{server.port}"
        text = f"SELECT * {{ SERVICE <{url}/> {{ ?s ?p ?o }} }}"
        with pytest.raises(CallFailed):
            asked(outward(url), text)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate"))
        assert len(asked(outward(url), text)) == 1
        other = f"https://127.0.0.1:{server.port}"
        with pytest.raises(CallFailed):
            asked(outward(other), f"SELECT * {{ SERVICE <{other}/> {{ ?s ?p ?o }} }}")
    assert "second.example" in names
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (silent, "took too long"),
        (trickling(ROW), "took too long"),
        (closing, "cannot be reached"),
        (saying(response(b"{", length=100)), "broke off"),
        (response(b"x" * 200_000), "too large"),
        (response(b"<html>", Content_Type="text/html"), "not SPARQL results"),
        (
            response(b"no\nmemory", "500 Internal Server Error", Content_Type="text/plain"),
            "HTTP 500 no memory",
        ),
    ],
)
def test_a_call_that_fails_is_told_as_such(reply, words: str) -> None:
    with Misbehaving(reply) as server:
        way_out, call = outward(origin(server), seconds=0.4), f"<{server.url}> {{ ?s ?p ?o }}"
        with pytest.raises(CallFailed, match=words) as raised:
            asked(way_out, f"SELECT * {{ SERVICE {call} }}")
        assert f"to {origin(server)} failed" in raised.value.en
        assert origin(server) in raised.value.th
        assert asked(way_out, f"SELECT * {{ SERVICE SILENT {call} }}") == [set()]


def test_results_that_are_none_are_the_engines_error_told_with_the_askers_address() -> None:
    with Misbehaving(response(b'{"head":{}')) as server, pytest.raises(StoreFailed) as raised:
        asked(outward(origin(server)), f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} }}")
    assert not isinstance(raised.value, CallFailed)


def test_the_calls_of_one_query_are_counted() -> None:
    with Misbehaving(ROW) as server:
        store = Store()
        store.extend(Quad(NamedNode(f"a:{n}"), NamedNode("a:p"), NamedNode("a:o")) for n in range(300))
        text = f"SELECT * {{ ?x ?y ?z LATERAL {{ SERVICE <{server.url}> {{ ?s ?p ?x }} }} }}"
        with pytest.raises(CallFailed, match="too many calls"):
            asked(outward(origin(server)), text, store)
        assert len(server.requests) == 100
        many = "SERVICE <http://127.0.0.1> {} " * 101
        with pytest.raises(UnusableRequest), outward("http://127.0.0.1").prepared(f"SELECT * {{ {many} }}"):
            pass


def test_a_budget_that_bit_is_told_even_where_a_silent_call_failed() -> None:
    with Misbehaving(closing) as server:
        text = f"SELECT * {{ SERVICE SILENT <{server.url}> {{ ?s ?p ?o }} }}"
        with pytest.raises(QueryBudgetExceeded), outward(origin(server)).prepared(text) as prepared:
            raise exceeded("time", Budget(len(list(Store().query(prepared.text))), 0, 0))


def test_an_error_is_told_with_the_addresses_of_the_asker() -> None:
    text = "SELECT * { SERVICE <http://second.example/a> {} SERVICE <http://second.example/b> {} "
    with pytest.raises(MalformedQuery) as raised, outward("http://second.example").prepared(text) as prepared:
        raise MalformedQuery(th=prepared.text, en=prepared.text, line=1, column=2)
    assert raised.value.th == raised.value.en == str(raised.value) == text


def status(url: str, query: bytes | None = b"ASK {}") -> int:
    try:
        with urlopen(Request(url, query), timeout=5) as found:  # noqa: S310
            return int(found.status)
    except HTTPError as error:
        with error:
            return error.code


def test_the_forwarder_serves_holders_of_a_ticket_while_their_query_lasts() -> None:
    with Misbehaving(ROW) as server:
        way_out = outward(origin(server))
        with way_out.prepared(f"SELECT * {{ SERVICE <{server.url}> {{}} }}") as prepared:
            base = prepared.through.rsplit("/", 2)[0]
            assert status(f"{prepared.through}0/") == 200
            for path in ("/", "/x/0/", "//0/", "/0/"):
                assert status(base + path) == 404
            for number in ("", "1", "-1", "x", "%D9%A0", "0" * 5000 + "1"):
                assert status(f"{prepared.through}{number}/") == 404
            assert status(f"{prepared.through}0/", None) == 501
        assert status(f"{prepared.through}0/") == 404
    assert len(server.requests) == 1


def test_the_forwarder_takes_no_endless_query() -> None:
    with outward("http://127.0.0.1").prepared("SELECT * { SERVICE <http://127.0.0.1> {} }") as prepared:
        host, port = prepared.through.split("/")[2].split(":")
        for length in (b"Content-Length: 99999999999", b"Content-Length: x", b"X: y"):
            with socket.create_connection((host, int(port)), timeout=5) as connection:
                path = prepared.through.partition(f":{port}")[2].encode()
                connection.sendall(b"POST " + path + b"0/ HTTP/1.1\r\nHost: a\r\n" + length + b"\r\n\r\n")
                assert b" 404 " in connection.recv(1000)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", set()),
        (" , ", set()),
        ("https://query.wikidata.org", {"https://query.wikidata.org"}),
        (
            "HTTPS://Query.Wikidata.org:443/ , http://e.org:8890",
            {"https://query.wikidata.org", "http://e.org:8890"},
        ),
        ("http://[2001:DB8::1]:80", {"http://[2001:db8::1]"}),
    ],
)
def test_origins_are_read_from_a_list(text: str, origins: set[str]) -> None:
    assert allowed_origins(text) == origins


@pytest.mark.parametrize(
    "text", ["*", "wikidata.org", "https://*", "ftp://e.org", "https://e.org/sparql", "https://e.org?x", "https://u:p@e.org", "https://e.org,x",
             "https://e.org#a", "https://e.org https://f.org"]
)  # fmt: skip
def test_more_or_less_than_an_origin_is_a_wrong_setting(text: str) -> None:
    with pytest.raises(WrongSetting, match="service_allow") as raised:
        outward(text)
    assert "service_allow" in raised.value.th


NOT_PUBLIC = """\
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8
192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1
fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
PUBLIC = "1.1.1.1 8.8.8.8 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 203.150.1.1 2001:4860:4860::8888 2606:4700::1111 2620:0:862:ed1a::1"


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_an_address_at_home_or_for_other_uses_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)
