"""The address of another server: read once, told apart by origin, and connected to as it was read."""

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from mueang.errors import UnusableRequest

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
# Beyond what Python 3.11 knows: protocol assignments, relays, tunnels with an address inside, documentation.
_FOR_OTHER_USES = [
    ip_network(one)
    for one in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
_INTERNET = [ip_network("0.0.0.0/0"), ip_network("2000::/3")]


@dataclass(frozen=True)
class Address:
    """An http(s) address in its parts; `target` is its path with its query string."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What a Host header says: the host, in brackets if IPv6, and a port that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Its scheme, host and port (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    def connection(self, seconds: float, at: str = "") -> HTTPConnection:
        """A connection, not yet open, whose every step may take so long; to this very IP address where one is given."""
        if self.scheme == "https":
            return HTTPSConnection(at or self.host, self.port, timeout=seconds, server_hostname=self.host)
        return HTTPConnection(at or self.host, self.port, timeout=seconds)


def read_address(text: str) -> Address:
    """The address in this text; raises UnusableRequest for one that is not plain http(s)."""
    try:
        parts = parse_url(text.strip())
    except LocationParseError as error:
        raise _unusable(text, th="ไม่ใช่ที่อยู่", en="is not an address") from error
    host = parts.host or ""
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
        raise _unusable(text, th="ต้องเป็น http://… หรือ https://…", en="must be http://… or https://…")
    if parts.auth is not None or parts.fragment is not None:
        raise _unusable(
            text,
            th="ต้องไม่มีชื่อผู้ใช้ รหัสผ่าน หรือ #",
            en="may not have a user, a password or a fragment",
        )
    return Address(parts.scheme, host.strip("[]"), parts.port or _PORTS[parts.scheme], parts.request_uri)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet; not loopback, private, link-local, mapped, and so on."""
    ip = ip_address(address)
    if not any(ip in network for network in _INTERNET) or any(ip in network for network in _FOR_OTHER_USES):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _unusable(text: str, *, th: str, en: str) -> UnusableRequest:
    shown = repr(text if len(text) <= 80 else text[:80] + "…")
    return UnusableRequest(th=f"ที่อยู่ {shown} {th}", en=f"the address {shown} {en}")
