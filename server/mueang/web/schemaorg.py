"""What pages tell search engines about themselves, in the words of schema.org, as JSON-LD beside the page's text.

It stands in a `<script type="application/ld+json">`: a block of data, which is not run, so that the page's policy
(Content-Security-Policy without `script-src`) has nothing to refuse.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mueang.graph.names import BASE
from mueang.web.context import page_rows, served
from mueang.web.language import reader_language, say
from mueang.web.links import page_address

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_CONTEXT = "https://schema.org"
_SCHEMA = _CONTEXT + "/"


def thing_data(iri: str) -> dict[str, Any]:
    """A thing with its kinds, names and links; of a text in several languages the reader's, else what there is."""
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in page_rows("schema-org", iri):
        said[row["property"]["value"]].append(row["value"])
    page = served().settings.address + "/" + iri.removeprefix(BASE)
    own = {"@context": _CONTEXT, "@id": iri, "@type": "Thing", "mainEntityOfPage": page}
    return own | {name: _values(terms) for name, terms in said.items()}


def catalogue_data(datasets: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The catalogue with its datasets, as search engines for data want them; what was read from one source is left to its page."""
    address, generation = served().settings.address, served().engine.generation
    whole = {
        "@type": "Dataset",
        "@id": f"{BASE}graph/meta#all",
        "name": say("กราฟความรู้เมืองอัจฉริยะของประเทศไทย", "Knowledge graph of Thailand's smart cities"),
        "description": say(
            "พื้นที่เมืองอัจฉริยะที่ได้รับการรับรอง เมืองที่ถูกเสนอและเป็นสมาชิกเครือข่ายอาเซียน พร้อมแหล่งที่มาของทุกข้อความ",
            "Certified smart-city areas, and cities put forward to or in the ASEAN network, with a source for each statement",
        ),
        "license": _LICENCE,
        "version": str(generation),
        "isAccessibleForFree": True,
        "inLanguage": ["th", "en"],
        "spatialCoverage": {"@type": "Country", "name": say("ประเทศไทย", "Thailand")},
        "distribution": [_download(f"{address}/generations/{generation}/dump.nq.gz", "application/gzip")]
        if generation
        else [],
        "url": f"{address}/catalog",
        "hasPart": [_dataset(one, address) for one in datasets if one["group"] != "source"],
    }
    return {
        "@context": _CONTEXT,
        "@type": "DataCatalog",
        "@id": f"{BASE}graph/meta",
        "name": "mueang",
        "url": f"{address}/catalog",
        "dataset": [whole],
    }


def _dataset(one: dict[str, Any], address: str) -> dict[str, Any]:
    """A dataset as search engines for data want it: with a description of at least fifty characters where we have one."""
    language = reader_language()
    page = address + page_address(one["graph"]).partition("?")[0]
    name = one["title"][language] or one["title"]["th"] or one["title"]["en"] or one["graph"]
    return {
        "@type": "Dataset",
        "@id": one["dataset"],
        "name": name,
        "description": one["about"][language] or one["about"]["th"] or one["about"]["en"] or name,
        "license": one.get("licence", _LICENCE),
        "url": page,
        "distribution": [
            _download(f"{page}.ttl", "text/turtle"),
            _download(f"{page}.jsonld", "application/ld+json"),
        ],
    } | ({"dateModified": one["modified"]} if one.get("modified") else {})


def _download(address: str, media_type: str) -> dict[str, str]:
    return {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type}


def _values(terms: Sequence[dict[str, Any]]) -> Any:
    own = [term for term in terms if term.get("xml:lang") in (None, reader_language())]
    values = list(dict.fromkeys(_value(term) for term in own or terms))
    return values if len(values) > 1 else values[0]


def _value(term: dict[str, Any]) -> str:
    text: str = term["value"]
    return text.removeprefix(_SCHEMA) if term["type"] == "uri" else text
