"""Every kind of page is valid HTML, in both languages (html-validate, from npm)."""

import json
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from from_npm import HERE, package
from page_kinds import KINDS
from test_link_web import client, linking_desk

__all__ = ["client", "linking_desk"]

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_kind_of_page_is_valid_html(client: FlaskClient, tmp_path: Path, language: str) -> None:  # noqa: F811
    validator = package("html-validate") / "bin" / "html-validate.mjs"
    faults = []
    for number, kind in enumerate(KINDS):
        answer = client.open(
            kind.address(language),
            method="POST" if kind.sent else "GET",
            data=kind.sent or None,
            headers=BROWSER,
        )
        if (answer.status_code, answer.mimetype) != (kind.status, "text/html"):
            faults.append(f"{kind.name}: {answer.status}")
        (tmp_path / f"{number}.html").write_bytes(answer.data)
    report = tmp_path / "report.json"
    pages = sorted(tmp_path.glob("*.html"))
    command = [
        "node",
        validator,
        "--config",
        HERE / "html-validate.json",
        "--formatter",
        f"json={report}",
        *pages,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert report.exists(), done.stderr
    faults += [
        _fault(page, one)
        for page in json.loads(report.read_text(encoding="utf-8"))
        for one in page["messages"]
    ]
    assert not faults, "\n".join(faults)


def _fault(page: dict[str, str], one: dict[str, str]) -> str:
    kind = KINDS[int(Path(page["filePath"]).stem)]
    return f"{kind.name}:{one['line']}: {one['ruleId']}: {one['message']}"
