"""From an IRI to what a page shows: the address here, the short name."""

from urllib.parse import quote

from flask import request

from mueang.graph.names import BASE, shortened


def page_address(iri: str) -> str:
    """Where an IRI's page is: here for ours, keeping the reader's language; else the IRI itself."""
    if not iri.startswith(BASE):
        return iri if iri.startswith(("http://", "https://")) else "#"
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    language = request.args.get("lang")
    return (
        f"/{quote(path)}"
        + (f"?lang={quote(language)}" if language else "")
        + (f"#{quote(fragment)}" if fragment else "")
    )


def short(iri: str) -> str:
    """The IRI with a known prefix."""
    return shortened(iri)
