"""Whether a link leads somewhere: one request to the open internet, a few redirects at most, nothing of the body read."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Literal
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError

from mueang.engine.address import Address, is_public, read_address
from mueang.errors import Language, UnusableRequest

State = Literal["alive", "gone", "unclear", "unreached"]

_SECONDS = 15.0
_MOST_REDIRECTS = 5
_GONE = (404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {"Accept": "*/*", "User-Agent": "mueang link check (+https://w3id.org/mueang/)"}


@dataclass(frozen=True)
class Visit:
    """What became of a visit, and why in words.

    `gone`: its server says that there is nothing; `unclear`: it answers, but neither yes nor no (a login, an error of
    its own, too many redirects); `unreached`: no answer, which says nothing about the link where there is no network.
    """

    link: str
    state: State
    words: dict[Language, str]


def visited(link: str, public: Callable[[str], bool] = is_public) -> Visit:
    """What a link leads to; `public` tells whether an IP address may be connected to."""
    address = link.partition("#")[0]
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            status, location = _asked(read_address(address), public)
        except UnusableRequest as error:
            return Visit(link, "unclear", {"th": error.th, "en": error.en})
        except (OSError, HTTPError, HTTPException) as error:
            return _said(link, "unreached", "ไม่มีคำตอบ", "no answer", type(error).__name__)
        if status not in _REDIRECTS or not location:
            return _judged(link, status)
        address = urljoin(address, location).partition("#")[0]
    return _said(link, "unclear", "เปลี่ยนเส้นทางไม่รู้จบ", "too many redirects", address[:200])


def _asked(address: Address, public: Callable[[str], bool]) -> tuple[int, str]:
    """The status and where it redirects to; connects only to the very IP address that was looked at."""
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0][4][0]
    if not public(str(found)):
        raise UnusableRequest(
            th=f"{address.host} ไม่ใช่ที่อยู่บนอินเทอร์เน็ตสาธารณะ", en=f"{address.host} is not on the open internet"
        )
    connection = address.connection(_SECONDS, str(found))
    try:
        headers = _HEADERS | {"Host": address.authority}
        connection.request("GET", address.target, headers=headers, preload_content=False)
        response = connection.getresponse()
        return response.status, response.headers.get("Location") or ""
    finally:
        connection.close()


def _judged(link: str, status: int) -> Visit:
    if status < 300:
        return _said(link, "alive", "ใช้ได้", "fine", str(status))
    if status in _GONE:
        return _said(link, "gone", "ไม่มีแล้ว", "gone", str(status))
    return _said(link, "unclear", "ตอบไม่ชัด", "unclear", str(status))


def _said(link: str, state: State, th: str, en: str, more: str) -> Visit:
    return Visit(link, state, {"th": f"{th} ({more})", "en": f"{en} ({more})"})
