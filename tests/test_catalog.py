"""`/catalog`: in every syntax the same DCAT-AP graph, true of what can be had, and a page that search engines read."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store

from conftest import NOBODY_CHECKS, ROOT, answering
from mueang.engine.question import questions
from mueang.engine.tokens import calls_out
from mueang.graph.catalogue import repository_graphs
from mueang.settings import Settings
from mueang.web.app import application
from mueang.web.schemaorg import thing_data

DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
SPDX = "http://spdx.org/rdf/terms#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SITE = "http://127.0.0.1:8000"
META = "https://w3id.org/mueang/graph/meta"


@pytest.fixture
def catalogue(site: FlaskClient) -> Store:
    return _read(site.get("/catalog.nt").data, RdfFormat.N_TRIPLES)


def _read(body: bytes, syntax: RdfFormat) -> Store:
    store = Store()
    store.load(body, format=syntax)
    return store


def _of(store: Store, kind: str) -> set[str]:
    return {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, NamedNode(kind))}


def _values(store: Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
    return {quad.object.value for quad in found}


def test_every_syntax_says_the_same(site: FlaskClient, catalogue: Store) -> None:
    for path, media in (
        ("/catalog.ttl", "text/turtle"),
        ("/catalog.rdf", "application/rdf+xml"),
        ("/catalog.jsonld", "application/ld+json"),
        ("/catalog?format=nt", "application/n-triples"),
    ):
        answer = site.get(path)
        assert (answer.status_code, answer.mimetype) == (200, media)
        assert answer.headers["Mueang-Generation"] == "1"
        syntax = RdfFormat.from_media_type(media)
        assert syntax
        assert set(_read(answer.data, syntax)) == set(catalogue)
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        assert site.get("/catalog", headers={"Accept": accept}).mimetype == accept


def test_the_catalogue_names_every_graph_with_a_record_every_question_and_the_whole(catalogue: Store) -> None:
    listed = _values(catalogue, META, DCAT + "dataset")
    graphs = {
        graph for graph in repository_graphs() if re.search("/graph/(link|reference|register|source)/", graph)
    }
    tables = {f"https://w3id.org/mueang/questions/{one.name}" for one in questions()}
    assert listed == graphs | tables | {f"{META}#all"}
    assert listed == _of(catalogue, DCAT + "Dataset")
    assert _values(catalogue, META, DCAT + "service") == {
        f"{SITE}/{path}" for path in ("sparql", "graphs", "questions", "reconcile")
    }


def test_what_dcat_ap_demands_is_said_in_both_languages(catalogue: Store) -> None:
    for one in _of(catalogue, DCAT + "Dataset") | {META}:
        for term in ("title", "description"):
            found = catalogue.quads_for_pattern(NamedNode(one), NamedNode(DCTERMS + term), None)
            assert {"th", "en"} <= {quad.object.language for quad in found}, (one, term)
        assert _values(catalogue, one, DCTERMS + "publisher"), one
        assert _values(catalogue, one, DCTERMS + "license"), one


def test_every_download_that_is_told_is_there_in_its_media_type(site: FlaskClient, catalogue: Store) -> None:
    downloads = {}
    for distribution in _of(catalogue, DCAT + "Distribution"):
        (media,) = _values(catalogue, distribution, DCAT + "mediaType") or {""}
        for address in _values(catalogue, distribution, DCAT + "downloadURL"):
            downloads[address] = media.removeprefix("https://www.iana.org/assignments/media-types/")
    assert len(downloads) > 250
    of_graphs = sorted(one for one in downloads if "/graph/" in one)
    of_tables = sorted(one for one in downloads if "/questions/" in one)
    for address in (*of_graphs[::20], *of_tables[::15]):
        with site.get(address.removeprefix(SITE)) as answer:
            assert (answer.status_code, answer.mimetype) == (200, downloads[address]), address


def test_a_dump_has_the_size_and_digest_that_are_told(site: FlaskClient, catalogue: Store) -> None:
    for key in ("nq", "trig"):
        one = f"{META}#all-{key}"
        (address,) = _values(catalogue, one, DCAT + "downloadURL")
        with site.get(address.removeprefix(SITE)) as answer:
            body = answer.data
        assert _values(catalogue, one, DCAT + "byteSize") == {str(len(body))}
        (checksum,) = _values(catalogue, one, SPDX + "checksum")
        assert _values(catalogue, checksum, SPDX + "checksumValue") == {hashlib.sha256(body).hexdigest()}
        assert gzip.decompress(body)


def test_a_format_that_is_not_there_is_said_so(site: FlaskClient) -> None:
    assert site.get("/catalog.pdf").status_code == 404
    assert site.get("/catalog", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_carries_its_datasets_for_search_engines(site: FlaskClient, language: str) -> None:
    page = site.get(f"/catalog?lang={language}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert len(found) == 1
    assert page.text.count("<script") == 1
    data = json.loads(found[0])
    assert (data["@context"], data["@type"]) == ("https://schema.org", "DataCatalog")
    (whole,) = data["dataset"]
    assert {one["@id"] for one in whole["hasPart"]} == {
        graph for graph in repository_graphs() if re.search("/graph/(link|reference|register)/", graph)
    }
    for one in (whole, *whole["hasPart"]):
        assert one["name"]
        assert one["description"]
        assert one["license"].startswith("https://creativecommons.org/")
        assert one["distribution"]
    assert (
        whole["name"]
        == {
            "th": "กราฟความรู้เมืองอัจฉริยะของประเทศไทย",
            "en": "Knowledge graph of Thailand's smart cities",
        }[language]
    )


GROWN = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/mueang/id/dataset/people> a dcat:Dataset ;
    dcterms:title "ประชากร"@th, "People {VALUES ?thing { <x> }} </script>"@en ;
    dcterms:publisher <https://example.org/nso> ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "2022-01-01"^^xsd:date ] .
<https://example.org/nso> a foaf:Agent ; foaf:name "สำนักงานสถิติ"@th .
"""
RECORD = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/mueang/graph/dataset/people> a dcat:Dataset ; dcterms:title "ส่งเข้ามา"@th .
"""


@pytest.fixture
def grown(tmp_path: Path, contents: dict[str, bytes]) -> Iterator[FlaskClient]:
    """A site over the repository's graphs and a dataset that came in through the gate."""
    graph = "https://w3id.org/mueang/graph/"
    more = {f"{graph}dataset/people": GROWN.encode(), f"{graph}journal": RECORD.encode()}
    with answering(tmp_path, contents | more) as engine:
        yield application(engine, NOBODY_CHECKS, Settings(home=tmp_path)).test_client()


def test_a_dataset_that_came_in_is_listed_once_with_its_own_publisher_and_period(grown: FlaskClient) -> None:
    store = _read(grown.get("/catalog.nt").data, RdfFormat.N_TRIPLES)
    one, graph = "https://w3id.org/mueang/id/dataset/people", "https://w3id.org/mueang/graph/dataset/people"
    listed = _values(store, META, DCAT + "dataset")
    assert one in listed
    assert graph not in listed
    assert graph not in _of(store, DCAT + "Dataset")
    assert _values(store, one, DCTERMS + "publisher") == {"https://example.org/nso"}
    assert _values(store, one, DCAT + "landingPage") == {f"{SITE}/graph/dataset/people"}
    (period,) = _values(store, one, DCTERMS + "temporal")
    starts = store.quads_for_pattern(None, NamedNode(DCAT + "startDate"), None)
    assert [(quad.subject.value, quad.object.value) for quad in starts] == [(period, "2022-01-01")]
    assert len(_values(store, one, DCAT + "distribution")) == 3


def test_a_title_cannot_end_the_block_of_data(grown: FlaskClient) -> None:
    page = grown.get("/catalog?lang=en", headers={"Accept": "text/html"}).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    names = [one["name"] for one in json.loads(found)["dataset"][0]["hasPart"]]
    assert "People {VALUES ?thing { <x> }} </script>" in names
    assert "?thing { <x> }} </script>" not in page


def test_a_thing_is_told_in_the_words_of_schema_org(site: FlaskClient) -> None:
    def told(path: str, language: str) -> dict[str, object]:
        with cast(Flask, site.application).test_request_context(f"{path}?lang={language}"):
            return thing_data(f"https://w3id.org/mueang{path}")

    area = told("/id/area/phuket", "en")
    assert (area["@context"], area["@type"], area["name"]) == (
        "https://schema.org",
        "Place",
        "Phuket Smart City",
    )
    assert area["containedInPlace"] == "https://w3id.org/mueang/id/province/TH-83"
    assert area["mainEntityOfPage"] == f"{SITE}/id/area/phuket"
    assert told("/id/area/phuket", "th")["name"] == "ภูเก็ตเมืองอัจฉริยะ"
    province = told("/id/province/TH-65", "en")
    assert "AdministrativeArea" in province["@type"]
    assert set(province["sameAs"]) == {
        "http://www.wikidata.org/entity/Q275781",
        "https://sws.geonames.org/1607707/",
    }
    assert told("/id/nothing/here", "en")["@type"] == "Thing"


def test_the_documented_query_to_another_server_can_be_asked(site: FlaskClient) -> None:
    text = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", text, re.DOTALL)
    ((start, end),) = calls_out(query)
    assert query[start:end] == "https://query.wikidata.org/sparql"
    refused = site.get("/sparql", query_string={"query": query})
    assert refused.status_code == 400
    assert "SERVICE" in refused.get_json(force=True)["detail"]
    here = re.sub(r"SERVICE <[^>]*> \{ .* \}", "BIND(1 AS ?population)", query)
    with site.get("/sparql", query_string={"query": here}, headers={"Accept": "application/json"}) as answer:
        assert len(answer.get_json(force=True)["results"]["bindings"]) > 10
