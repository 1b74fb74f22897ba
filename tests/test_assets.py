"""What the pages need from npm comes by name, version and digest, and its absence harms nobody."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from conftest import ROOT
from mueang.web import vendor
from mueang.web.vendor import Editor

BROWSER = {"Accept": "text/html"}
LOCK = json.loads((ROOT / "assets/package-lock.json").read_text())["packages"]
NPM = """#!/bin/sh
folder=node_modules/@zazuko/yasgui
mkdir -p $folder/build
printf 'editor' > $folder/build/yasgui.min.js
printf 'style' > $folder/build/yasgui.min.css
printf '{"name": "@zazuko/yasgui", "version": "4.6.2", "license": "MIT"}' > $folder/package.json
printf 'its own words' > $folder/LICENSE
"""


@pytest.fixture
def fetch() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch", ROOT / "assets/fetch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def machine(folder: Path, npm: str | None) -> dict[str, str]:
    """The environment of a machine with this npm, or without one, and no way to a package index."""
    folder.mkdir()
    if npm:
        (folder / "npm").write_text(npm)
        (folder / "npm").chmod(0o755)
    tools = f"{folder}:/usr/bin:/bin" if npm else str(folder)
    return {"PATH": tools, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": "/dev/null"}


def test_every_package_is_locked_by_version_and_digest_and_no_registry_is_named() -> None:
    wanted = json.loads((ROOT / "assets/package.json").read_text())["dependencies"]
    assert LOCK[""]["dependencies"] == wanted
    for path, entry in LOCK.items():
        if path:
            assert entry["integrity"].startswith("sha512-"), path
            assert "resolved" not in entry, path
    assert "--hash=sha256:" in (ROOT / "assets/node.txt").read_text()


def test_what_is_fetched_comes_with_its_licences_and_is_not_fetched_twice(
    fetch: ModuleType, tmp_path: Path
) -> None:
    target = tmp_path / "vendor"
    target.mkdir()
    (target / "old.js").write_text("of a lock before")
    assert fetch.fetched_into(target, machine(tmp_path / "tools", NPM)) == ""
    assert {one.name for one in target.iterdir()} == {*fetch.FILES, fetch.NOTICES, fetch.STATE}
    assert "@zazuko/yasgui 4.6.2 · MIT" in (target / fetch.NOTICES).read_text()
    assert "its own words" in (target / fetch.NOTICES).read_text()
    assert fetch.state_of(target)["lock"] == fetch.digest(fetch.LOCK)


@pytest.mark.parametrize(
    ("npm", "why"),
    [
        (None, "no-npm"),
        ("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2; exit 1\n", "not-fetched"),
        ("#!/bin/sh\necho 'npm error code EINTEGRITY' >&2; exit 1\n", "wrong-digest"),
    ],
)
def test_what_cannot_be_fetched_leaves_a_note_of_why(
    fetch: ModuleType, tmp_path: Path, npm: str | None, why: str
) -> None:
    assert fetch.fetched_into(tmp_path / "vendor", machine(tmp_path / "tools", npm)) == why
    assert fetch.state_of(tmp_path / "vendor") == {"why": why}


def test_the_build_goes_on_where_nothing_is_fetched(
    fetch: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fetch, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(fetch, "fetched_into", lambda _: "no-npm")
    fetch.main()
    assert "make assets" in capsys.readouterr().err


@pytest.mark.parametrize("why", ["no-npm", "not-fetched", "wrong-digest", ""])
def test_without_the_editor_the_page_has_a_plain_field_and_says_why(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr(sys.modules["mueang.web.editor"], "editor", lambda: Editor("", why))
    page = site.get("/sparql?lang=en", headers=BROWSER).text
    assert "<textarea" in page
    assert "plain text field" in page
    assert "vendor" not in page
    assert site.get("/sparql?query=ASK{}&lang=en", headers=BROWSER).status_code == 200


def test_the_note_of_the_build_is_read_once_and_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor, "_FOLDER", tmp_path)
    for text, found in (("", Editor("", "")), ('{"lock": "0123456789abcdef"}', Editor("0123456789ab", ""))):
        (tmp_path / "state.json").write_text(text)
        vendor.editor.cache_clear()
        assert vendor.editor() == found
    vendor.editor.cache_clear()
