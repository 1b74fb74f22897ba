"""XML that stays XML: what a text may hold and XML may not (version 1.0, section 2.2) is replaced on its way out."""

import io
import re
from collections.abc import Callable, Iterable
from typing import Any

from mueang.errors import NotAcceptable

_UNFIT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()
_BEGUN = (b"\xef\xbf", b"\xef")
_NAME = re.compile(r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_.\-\x80-\U0010ffff]*$")

Write = Callable[[Any], object]


def well_formed(write: Write) -> Write:
    """What writes XML as `write` does, with carriage returns as references and without control characters."""

    def written(output: Any) -> None:
        fit = _Fit(output)
        write(fit)
        fit.finish()

    return written


def refuse_unnameable(properties: Iterable[str]) -> None:
    """Refuse a property whose IRI does not end in a name: RDF/XML has no way to write it (RDF 1.1 XML, section 2.2)."""
    for iri in properties:
        if not _NAME.search(iri):
            raise NotAcceptable(
                th=f"RDF/XML เขียนคุณสมบัติ <{iri}> ไม่ได้: ขอเป็น ttl หรือ jsonld",
                en=f"RDF/XML has no way to write the property <{iri}>: ask for ttl or jsonld",
            )


class _Fit(io.RawIOBase):
    """A file that passes on what it is given, made fit for XML; the beginning of a character waits for its end."""

    def __init__(self, output: Any) -> None:
        self._output = output
        self._held = b""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Pass on the data."""
        text = self._held + bytes(data)
        self._held = next((begun for begun in _BEGUN if text.endswith(begun)), b"")
        text = text[: len(text) - len(self._held)]
        self._output.write(_UNFIT.sub(_REPLACEMENT, text).replace(b"\r", b"&#xD;"))
        return len(data)

    def finish(self) -> None:
        """Pass on what still waits."""
        self._output.write(self._held)
