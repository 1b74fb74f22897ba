"""`/sitemap.xml` and `/robots.txt`: the pages that search engines may read, each in both languages (sitemaps.org 0.9)."""

from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from mueang.engine.foreign import NO_GENERATION
from mueang.engine.question import questions
from mueang.errors import NotFound
from mueang.graph.generation import numbered
from mueang.graph.history import as_number
from mueang.graph.names import BASE
from mueang.web.context import page_rows, served
from mueang.web.kept import kept
from mueang.web.links import page_address

blueprint = Blueprint("sitemap", __name__)
_MOST = 10_000
_FIRST = ("/", "/catalog", "/questions", "/graphs", "/def", "/generations", "/sparql")
_UNREAD = ("/submissions", "/login", "/validate", "/update", "/sparql?query=", "/reconcile")
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page; where there are too many for one file an index of parts, each by `?part=`."""
    pages = kept("sitemap", _pages)
    if "part" in request.args:
        return _xml(_part(pages, as_number(request.args["part"])))
    return _xml(_urls(pages) if len(pages) <= _MOST else _index(pages))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Where search engines may go, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _UNREAD),
        f"Sitemap: {_address()}/sitemap.xml",
    ]
    return Response("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _pages() -> list[str]:
    """The paths of all pages, those of the site itself first."""
    things = (row["page"]["value"] for row in page_rows("sitemap"))
    graphs = (row["graph"]["value"] for row in page_rows("graphs") if row["graph"]["value"].startswith(BASE))
    asked = (f"/questions/{one.name}" for one in questions())
    return [*_FIRST, *asked, *(page_address(iri).partition("?")[0] for iri in (*graphs, *things))]


def _part(pages: list[str], number: int) -> str:
    found = pages[(number - 1) * _MOST : number * _MOST] if number else []
    if not found:
        raise NotFound(th=f"แผนผังไซต์ไม่มีส่วนที่ {number}", en=f"the sitemap has no part {number}")
    return _urls(found)


def _urls(pages: list[str]) -> str:
    day = _day()
    return (
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">'
        + "".join(_url(page, day) for page in pages)
        + "</urlset>"
    )


def _url(page: str, day: str) -> str:
    address = escape(_address() + page)
    languages = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}?lang={language}"/>'
        for language in ("th", "en")
    )
    return f"<url><loc>{address}</loc>{day}{languages}</url>\n"


def _index(pages: list[str]) -> str:
    parts = range(1, -(-len(pages) // _MOST) + 1)
    listed = (
        f"<sitemap><loc>{escape(_address())}/sitemap.xml?part={part}</loc>{_day()}</sitemap>\n"
        for part in parts
    )
    return f'<sitemapindex xmlns="{_SITEMAP}">' + "".join(listed) + "</sitemapindex>"


def _day() -> str:
    """When what is served was published; unknown of another server's graph."""
    number = served().engine.generation
    if number == NO_GENERATION:
        return ""
    return f"<lastmod>{numbered(served().settings.home, number).made_at[:10]}</lastmod>"


def _address() -> str:
    return served().settings.address


def _xml(text: str) -> Response:
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', content_type="application/xml; charset=utf-8"
    )
