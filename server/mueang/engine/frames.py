"""How the two ends of a worker's socket speak: frames of one letter, a length and a payload.

A conversation is one query: the asker sends `Q` (JSON); the worker sends `H` (who it is), then `F` (the
answer's format), any number of `D` (its bytes) and `E`, or `X` (an error of ours). A conversation that ends
without `E` or `X` is a worker that died.
"""

import json
import socket
import struct
from collections.abc import Iterator
from typing import Any

from mueang import errors
from mueang.errors import MueangError

ASKED, HELLO, FORMAT, DATA, END, ERROR = b"Q", b"H", b"F", b"D", b"E", b"X"
_HEAD = struct.Struct("!cI")
Frame = tuple[bytes, bytes]


def send(connection: socket.socket, letter: bytes, payload: bytes = b"") -> None:
    """Send one frame."""
    connection.sendall(_HEAD.pack(letter, len(payload)) + payload)


def send_json(connection: socket.socket, letter: bytes, payload: Any) -> None:
    """Send one frame that carries JSON."""
    send(connection, letter, json.dumps(payload).encode())


def received(connection: socket.socket) -> Iterator[Frame]:
    """The frames that arrive, until the other end closes; a cut frame counts as closed."""
    while head := _exactly(connection, _HEAD.size):
        letter, length = _HEAD.unpack(head)
        payload = _exactly(connection, length)
        if payload is None:
            return
        yield letter, payload


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(min(length - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


def described(error: MueangError) -> dict[str, Any]:
    """An error as JSON that `raised_again` makes an error again."""
    return {"kind": type(error).__name__, "said": {"th": error.th, "en": error.en} | vars(error)}


def raised_again(described: dict[str, Any]) -> MueangError:
    """The error that the other end described."""
    kind = getattr(errors, described["kind"])
    error: MueangError = kind(**described["said"])
    return error
