"""OpenRefine itself, without a screen: a table taken in, its names reconciled, columns added, the result taken out."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3

from mueang.graph.generation import publish
from mueang.graph.names import BASE
from servers import free_port, missing
from test_serve import start, until_ready

pytestmark = pytest.mark.slow
FOLDER = Path("/usr/share/openrefine")
PROVINCE = BASE + "id/province/"
NAMES = {
    "ภูเก็ต": "TH-83",
    "จ.ขอนแก่น": "TH-40",
    "Chiang Mai Province": "TH-50",
    "จังหวัดบึงกาฬ": "TH-38",
    "กทม.": "TH-10",
    "NAKHON RATCHASIMA": "TH-30",
    "อุบลรัตน์": None,
    "โรงพยาบาลขอนแก่น": None,
    "ทั่วราชอาณาจักร": None,
    "รวม": None,
}
EVERYTHING = json.dumps({"facets": [], "mode": "row-based"})


@dataclass(frozen=True)
class OpenRefine:
    """A running OpenRefine, by the commands its own pages give."""

    address: str
    pool: urllib3.PoolManager

    def said(self, command: str, **parameters: str) -> Any:
        reply = self.pool.request("GET", f"{self.address}/command/core/{command}", fields=parameters)
        return reply.json()

    def told(self, command: str, project: str, **fields: str) -> bytes:
        token = self.said("get-csrf-token")["token"]
        reply = self.pool.request(
            "POST",
            f"{self.address}/command/core/{command}?project={project}",
            fields=fields | {"csrf_token": token},
            encode_multipart=False,
        )
        assert reply.status == 200
        return reply.data

    def done(self, command: str, project: str, **fields: str) -> None:
        """Have something done that takes a while."""
        reply = json.loads(self.told(command, project, **fields))
        assert reply["code"] in ("ok", "pending"), reply
        for _ in range(600):
            if not self.said("get-processes", project=project)["processes"]:
                return
            time.sleep(0.1)
        raise AssertionError(f"{command} has not ended in a minute")

    def project_of(self, table: str) -> str:
        """A project made from a table, as when a file is uploaded."""
        token = self.said("get-csrf-token")["token"]
        options = {"separator": ",", "encoding": "UTF-8", "headerLines": 1, "guessCellValueTypes": False}
        reply = self.pool.request(
            "POST",
            f"{self.address}/command/core/create-project-from-upload?csrf_token={token}",
            fields={
                "project-file": ("table.csv", table.encode(), "text/csv"),
                "project-name": "table",
                "format": "text/line-based/*sv",
                "options": json.dumps(options),
            },
            redirect=False,
        )
        return parse_qs(urlsplit(reply.headers["Location"]).query)["project"][0]

    def reconciled(
        self, project: str, column: str, service: str, config: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """What became of each cell of a column."""
        manifest = self.pool.request("GET", service).json()
        fields = {
            "mode": "standard-service",
            "service": service,
            "autoMatch": True,
            "limit": 0,
            "columnDetails": [],
        }
        spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
        self.done(
            "reconcile",
            project,
            columnName=column,
            engine=EVERYTHING,
            config=json.dumps(fields | spaces | config),
        )
        found = self.said("get-rows", project=project, start="0", limit="100")
        return [found["pool"]["recons"][row["cells"][0]["r"]] for row in found["rows"]]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes]) -> Iterator[str]:
    """The address of our service, on a server of its own."""
    home = tmp_path_factory.mktemp("reconciling")
    publish(home, contents, reason="test", shapes="")
    port = free_port()
    process = start(home, port)
    try:
        until_ready(port)
        yield f"http://127.0.0.1:{port}/reconcile"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def openrefine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    if not shutil.which("java") or not (FOLDER / "refine").exists():
        missing("OpenRefine", "apt-get install openrefine")
    home, port = tmp_path_factory.mktemp("openrefine"), free_port()
    options = [
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        "-d",
        str(home),
        "-m",
        "512M",
        "-x",
        "refine.headless=true",
    ]
    process = subprocess.Popen(  # the script becomes Java (exec), so that this is whom the signal ends
        [str(FOLDER / "refine"), *options],
        cwd=FOLDER,
        env=os.environ | {"HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        found = OpenRefine(f"http://127.0.0.1:{port}", urllib3.PoolManager(retries=False, timeout=60))
        _await(found)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _await(openrefine: OpenRefine) -> None:
    for _ in range(1200):
        try:
            openrefine.said("get-version")
        except (urllib3.exceptions.HTTPError, ValueError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("OpenRefine did not answer in two minutes")


def _table(**columns: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([list(columns), *zip(*columns.values(), strict=True)])
    return text.getvalue()


def test_a_column_of_thai_names_is_reconciled_extended_and_taken_out(
    openrefine: OpenRefine, service: str
) -> None:
    project = openrefine.project_of(_table(place=list(NAMES), number=[str(n) for n in range(len(NAMES))]))
    kind = {"type": {"id": "province", "name": "จังหวัด"}}
    judged = openrefine.reconciled(project, "place", service, kind)
    assert [one.get("m", {}).get("id") for one in judged] == [
        PROVINCE + code if code else None for code in NAMES.values()
    ]
    added = [{"id": one, "name": one} for one in ("tsc:isoCode", f"{BASE}vocab/region6", "schema:latitude")]
    spaces = {"identifierSpace": BASE + "id/", "schemaSpace": BASE + "def#"}
    openrefine.done(
        "extend-data",
        project,
        engine=EVERYTHING,
        baseColumnName="place",
        endpoint=service,
        extension=json.dumps({"properties": added}),
        columnInsertIndex="1",
        **spaces,
    )
    exported = openrefine.told("export-rows", project, engine=EVERYTHING, format="csv").decode()
    heads, *table = csv.reader(io.StringIO(exported))
    assert heads == ["place", "รหัส ISO 3166-2", "การแบ่งหกภาค", "ละติจูด", "number"]
    assert [line[1] or None for line in table] == list(NAMES.values())
    assert [line[2] for line in table[:4]] == ["ภาคใต้", "ภาคตะวันออกเฉียงเหนือ", "ภาคเหนือ", "ภาคตะวันออกเฉียงเหนือ"]
    assert table[1][3].startswith("16.5")
    assert table[-1] == ["รวม", "", "", "", str(len(NAMES) - 1)]


def test_a_second_column_tells_which_of_several_is_meant(openrefine: OpenRefine, service: str) -> None:
    names, provinces = ["Khon Kaen", "Khon Kaen"], ["TH-40", ""]
    project = openrefine.project_of(_table(place=names, code=provinces))
    details = [{"column": "code", "propertyName": "ISO", "propertyID": "tsc:isoCode"}]
    judged = openrefine.reconciled(project, "place", f"{service}?lang=en", {"columnDetails": details})
    assert judged[0]["m"]["id"] == PROVINCE + "TH-40"
    assert judged[1]["j"] == "none"


def test_openrefine_learns_the_types_from_a_sample(openrefine: OpenRefine, service: str) -> None:
    project = openrefine.project_of(_table(place=["ขอนแก่น", "ระยอง", "สุรินทร์", "เลย"]))
    found = json.loads(openrefine.told("guess-types-of-column", project, columnName="place", service=service))
    assert "province" in [one["id"] for one in found["types"]]
