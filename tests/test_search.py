"""The search: Thai inside words, romanised names, codes; as a page and as JSON; near misses; nothing hostile."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from conftest import NOBODY_CHECKS, answering
from mueang.graph.generation import publish
from mueang.settings import Settings
from mueang.web.app import application

BASE = "https://w3id.org/mueang/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def _found(site: FlaskClient, words: str) -> list[str]:
    answer = site.get("/search", query_string={"q": words})
    assert answer.status_code == 200
    return [one["iri"].removeprefix(BASE) for one in answer.json["results"]]


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("ใหญ่เมืองอัจ", "id/area/hat-yai"),
        ("อัจฉริยะสีเขียว จ.สงขลา", "id/area/hat-yai"),
        ("อัจฉริยะสีเขียวจสงขลา", "id/area/hat-yai"),
        ("โคราช", "id/area/korat"),
        ("กทม", "id/province/TH-10"),
        ("chonburi", "id/province/TH-20"),
        ("CHON BURI", "id/city/chon-buri"),
        ("yai green", "id/area/hat-yai"),
        ("TH-83", "id/province/TH-83"),
        ("th83", "id/province/TH-83"),
        ("9011", "id/district/9011"),
        ("https://w3id.org/mueang/id/area/hat-yai", "id/area/hat-yai"),
        ("smart-city area", "def#SmartCityArea"),
    ],
)
def test_a_thing_is_found_by_a_part_of_a_name_or_a_code(site: FlaskClient, words: str, thing: str) -> None:
    assert thing in _found(site, words)[:8]


def test_what_fits_best_comes_first(site: FlaskClient) -> None:
    assert set(_found(site, "ภูเก็ต")[:2]) == {"id/province/TH-83", "id/city/phuket"}
    assert _found(site, "TH-83")[0] == "id/province/TH-83"
    assert _found(site, "TH-65")[0] == "id/province/TH-65"
    assert "id/province/TH-92" in _found(site, "TH65")[:2]


def test_several_words_may_stand_apart_and_in_several_names(site: FlaskClient) -> None:
    assert "id/area/hat-yai" in _found(site, "สีเขียว yai")


def test_a_name_misspelt_is_answered_with_those_like_it(site: FlaskClient) -> None:
    answer = site.get("/search", query_string={"q": "Chiang May"}).json
    assert answer["results"] == []
    assert f"{BASE}id/province/TH-50" in [one["iri"] for one in answer["suggestions"]]
    page = site.get("/search", query_string={"q": "Chiang May", "lang": "en"}, headers=BROWSER).text
    assert "The nearest are:" in page


def test_programs_are_told_names_kinds_and_addresses(site: FlaskClient) -> None:
    answer = site.get(
        "/search", query_string={"q": "หาดใหญ่เมือง", "lang": "en"}, headers={"Accept": "application/json"}
    )
    assert answer.mimetype == "application/json"
    [one] = answer.json["results"]
    assert one == {
        "iri": f"{BASE}id/area/hat-yai",
        "address": "/id/area/hat-yai?lang=en",
        "name": {"th": "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา", "en": "Hat Yai Green Smart City"},
        "kind": "smart-city area",
        "matched": "หาดใหญ่เมืองอัจฉริยะสีเขียว จ.สงขลา",
    }
    assert answer.json["count"] == 1


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_lists_what_was_found_and_saved_questions_too(site: FlaskClient, language: str) -> None:
    page = site.get("/search", query_string={"q": "หาดใหญ่", "lang": language}, headers=BROWSER).text
    assert f'href="/id/area/hat-yai?lang={language}"' in page
    asked = site.get("/search", query_string={"q": {"th": "ประธาน", "en": "chair"}[language], "lang": language}, headers=BROWSER).text  # fmt: skip
    assert "/questions/chair-of-a-meeting" in asked


@pytest.mark.parametrize(
    "words", ["", "   ", "...", "\u200b", "<script>alert(1)</script>", "\x00", "ก" * 5000, "%", "' OR 1=1", "(", "\\", "\ud800"]
)  # fmt: skip
def test_whatever_is_typed_is_answered(site: FlaskClient, words: str) -> None:
    typed = words.encode("utf-8", "surrogatepass")
    for headers in ({}, BROWSER):
        answer = site.get("/search", query_string={"q": typed}, headers=headers)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text or answer.mimetype == "application/json"


def test_many_hits_are_cut_and_said_to_be(site: FlaskClient) -> None:
    answer = site.get("/search", query_string={"q": "เมือง"}).json
    assert len(answer["results"]) == 50 < answer["count"]
    page = site.get("/search", query_string={"q": "เมือง", "lang": "en"}, headers=BROWSER).text
    assert "Only the first are shown" in page


def test_a_name_is_found_as_soon_as_it_is_published(tmp_path: Path, contents: dict[str, bytes]) -> None:
    graph = f"{BASE}graph/register/areas"
    renamed = contents[graph].replace(b"Hat Yai Green Smart City", b"Quokka Town")
    with answering(tmp_path, contents) as engine:
        site = application(engine, NOBODY_CHECKS, Settings(home=tmp_path)).test_client()
        assert _found(site, "quokka") == []
        publish(tmp_path, contents | {graph: renamed}, reason="renamed", shapes="")
        engine.catch_up()
        assert _found(site, "quokka") == ["id/area/hat-yai"]
        assert _found(site, "Hat Yai Green") == []
