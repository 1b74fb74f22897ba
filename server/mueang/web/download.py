"""An answer that is kept as a file: its name, in any script (RFC 6266)."""

import unicodedata
from pathlib import PurePath
from urllib.parse import quote

from flask import Response

_LONGEST = 150


def as_file(response: Response, name: str) -> None:
    """Have it kept under this name: in ASCII for old clients, and in full where it is not ASCII (appendix D)."""
    stem, ending = PurePath(name).stem[:_LONGEST], PurePath(name).suffix[:_LONGEST]
    shown = "".join(letter for letter in stem if letter.isprintable())
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode().strip(" -_.") or "file"
    names = {"filename": plain + ending}
    if plain != shown:
        names["filename*"] = f"UTF-8''{quote(shown + ending, safe='')}"
    response.headers.set("Content-Disposition", "attachment", **names)
