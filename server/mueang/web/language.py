"""The language a reader is answered in: ?lang=, else Accept-Language, else Thai."""

from urllib.parse import urlencode

from flask import request

from mueang.errors import Language


def reader_language() -> Language:
    """`th` or `en`."""
    asked = request.args.get("lang") or request.accept_languages.best_match(["th", "en"], default="th")
    return "en" if asked == "en" else "th"


def say(th: str, en: str) -> str:
    """One of two texts, in the reader's language."""
    return en if reader_language() == "en" else th


def in_language(language: Language) -> str:
    """The query string of this page in another language."""
    return urlencode(
        [
            *((name, value) for name, value in request.args.items(multi=True) if name != "lang"),
            ("lang", language),
        ]
    )
