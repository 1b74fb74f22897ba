"""The settings: option over environment over default, read once and passed on."""

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mueang.errors import WrongSetting

PREFIX = "MUEANG_"


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True)
class Settings:
    """Everything an operator may set; each field's help text is its documentation."""

    home: Path = _setting(Path(".mueang"), "the folder that holds the published generations")
    host: str = _setting("127.0.0.1", "the address the server listens on")
    port: int = _setting(8000, "the port the server listens on (1 to 65535)")
    public_url: str = _setting("", "the address users reach the server by; empty: the one it listens on")
    engine: str = _setting("memory", "what answers: memory, disk, or the address of a SPARQL endpoint")
    workers: int = _setting(4, "how many queries are answered at once")
    query_seconds: int = _setting(10, "the longest a query may take, in seconds")
    query_memory_mb: int = _setting(1024, "the memory one query may use, in MB")
    result_mb: int = _setting(256, "the largest answer, in MB")
    query_kb: int = _setting(1024, "the longest query text that is answered, in kB")
    service_allow: str = _setting(
        "", "origins that a query may call with SERVICE, separated by commas; empty: none"
    )
    submission_mb: int = _setting(20, "the largest file that is checked, in MB")
    check_seconds: int = _setting(60, "the longest that checking one file may take, in seconds")
    webhook_urls: str = _setting(
        "", "addresses told when a submission changes its state, separated by commas; empty: none"
    )
    webhook_allow: str = _setting("", "origins that may be told so, separated by commas; empty: none")
    webhook_secret: str = _setting("", "the key that what is told is signed with; never shown")
    check_memory_mb: int = _setting(2048, "the memory that checking one file may use, in MB")

    @property
    def address(self) -> str:
        """The address to show to users, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


@dataclass(frozen=True)
class Origin:
    """A setting's value and where it came from: `option`, `environment` or `default`."""

    value: Any
    came_from: str


def read_settings(options: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force; unknown `MUEANG_` names and impossible values are refused."""
    return Settings(**{name: origin.value for name, origin in origins(options, environment).items()})


def origins(options: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> dict[str, Origin]:
    """Each setting's value with where it came from."""
    environment = os.environ if environment is None else environment
    _refuse_unknown(environment)
    return {known.name: _origin(known, options, environment) for known in fields(Settings)}


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {PREFIX + setting.name.upper() for setting in fields(Settings)}
    if unknown := sorted(name for name in environment if name.startswith(PREFIX) and name not in known):
        raise WrongSetting(
            th=f"ไม่รู้จักค่าตั้ง {', '.join(unknown)}: ดูรายชื่อด้วย mueang settings",
            en=f"unknown setting {', '.join(unknown)}: see the list with `mueang settings`",
        )


def _origin(known: Field[Any], options: Mapping[str, Any], environment: Mapping[str, str]) -> Origin:
    given = options.get(known.name)
    if given is not None:
        return Origin(_valid(known.name, known.type, str(given)), "option")
    if text := environment.get(PREFIX + known.name.upper()):
        return Origin(_valid(known.name, known.type, text), "environment")
    return Origin(known.default, "default")


def _valid(name: str, kind: Any, text: str) -> Any:
    if kind is int:
        return _number(name, text)
    if name == "engine" and text not in ("memory", "disk") and urlsplit(text).scheme not in ("http", "https"):
        raise _wrong(
            name, text, th="ต้องเป็น memory, disk หรือที่อยู่ http", en="must be memory, disk or an http address"
        )
    if name == "public_url":
        _refuse_public_url(text)
    return kind(text)


def _refuse_public_url(text: str) -> None:
    """Refuse what is no whole address of a server: the links on pages begin at its root."""
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that hold no IPv6 address
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong(
            "public_url",
            text,
            th="ต้องขึ้นต้นด้วย http:// หรือ https:// ตามด้วยชื่อเครื่อง",
            en="must begin with http:// or https:// and the name of a server",
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        origin = f"{parts.scheme}://{parts.netloc}"
        raise _wrong(
            "public_url",
            text,
            th=f"หลังชื่อเครื่องต้องไม่มีอะไรต่อ เพราะลิงก์ทุกหน้าเริ่มที่ราก: ใช้ {origin} หรือให้ชื่อเครื่องของตัวเอง",
            en="nothing may follow the name of the server, since the links on pages begin at its root: "
            f"use {origin}, or a name of its own",
        )


def _number(name: str, text: str) -> int:
    most = 65535 if name == "port" else 1_000_000
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise _wrong(
            name, text, th=f"ต้องเป็นจำนวนเต็ม 1 ถึง {most}", en=f"must be a whole number from 1 to {most}"
        )
    return int(text)


def _wrong(name: str, text: str, *, th: str, en: str) -> WrongSetting:
    return WrongSetting(th=f"ค่าตั้ง {name} = {text!r} ใช้ไม่ได้: {th}", en=f"setting {name} = {text!r}: {en}")
