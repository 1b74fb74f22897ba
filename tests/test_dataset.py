"""Tables of others become datasets beside the graph: linked, checked, let in by another, asked with it, taken away."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from sqlite3 import connect

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from pyoxigraph import Store

from conftest import ROOT
from mueang.check.judge import check
from mueang.check.reader import read_submission
from mueang.check.report import Report, Severity
from mueang.check.shacl import Shapes
from mueang.cli import main
from mueang.engine.client import WorkersEngine
from mueang.engine.question import question_named
from mueang.errors import MalformedData, WrongParameter
from mueang.graph.generation import contents_of, current, numbered
from mueang.graph.names import BASE, GRAPH
from mueang.graph.store import asked_store
from mueang.link.about import read_about
from mueang.link.dataset import Made, made
from mueang.link.lists import Lists, lists_of
from mueang.link.names import index_of
from mueang.link.tables.file import source_of
from mueang.submissions import intake, journal, schema
from submitting import Office, office, peopled

DOCUMENT = (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8")
KEY = "people-2019"
ABOUT = f"""key: {KEY}
title: {{th: จำนวนประชากร, en: Population}}
publisher: {{th: สำนักตัวอย่าง, en: Example office}}
licence: https://creativecommons.org/licenses/by/4.0/
period: {{from: 2560, to: 2562}}
place: {{column: จังหวัด, kind: province}}
time: {{column: ปี}}
measures:
  - key: people
    column: จำนวน
    title: {{th: ประชากร, en: people}}
    unit: คน
    indicator: registered-population
"""
TABLE = 'จังหวัด,ปี,จำนวน\nระยอง,2562,"734,753"\nจ.ชลบุรี,2562,1558301\n'
LISTED = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix vocab: <https://w3id.org/mueang/vocab/> .
vocab:unit\\/person skos:inScheme vocab:unit ; skos:prefLabel "คน"@th .
vocab:indicator\\/registered-population skos:inScheme vocab:indicator ; skos:notation "registered-population" .
<https://w3id.org/mueang/id/province/TH-21> skos:prefLabel "ระยอง"@th ."""
OBSERVED = """SELECT ?place ?time ?value WHERE {
  ?measure a <http://purl.org/linked-data/cube#MeasureProperty> . ?observation ?measure ?value ;
  <http://purl.org/linked-data/sdmx/2009/dimension#refArea> ?place ;
  <http://purl.org/linked-data/sdmx/2009/dimension#refPeriod> ?time } ORDER BY ?place ?time ?value"""


@pytest.fixture(scope="session")
def lists(engine: WorkersEngine) -> Lists:
    """What a dataset may name, of the repository's graph."""
    return lists_of(engine, index_of(engine))


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory, contents: Mapping[str, bytes]) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("datasets"), contents) as found:
        yield found


def dataset(lists: Lists, table: str | bytes = TABLE, about: str = ABOUT, name: str = "table.csv") -> Made:
    content = table.encode() if isinstance(table, str) else table
    source = source_of(name, partial(BytesIO, content))
    return made(read_about("about.yaml", about.encode()), source, content, None, lists)


def judged(one: Made, published: Store, shapes: Shapes) -> Report:
    return check(read_submission(f"{one.key}.trig", one.content), published, shapes)


def observed(content: bytes) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(read_submission("a.trig", content).quads)
    rows = store.query(OBSERVED, use_default_graph_as_union=True)
    return [tuple(term.value.removeprefix(f"{BASE}id/") for term in row) for row in rows]


def hand_in(gate: Office, one: Made, by: str = "somchai") -> int:
    offer = intake.Offer(f"{one.key}.trig", one.content, dataset=one.key)
    found = intake.submit(gate.home, gate.desk, offer, gate.person(by))
    assert found.state == "waiting"
    return found.number


def test_a_table_becomes_observations_of_places_that_the_graph_knows(
    lists: Lists, published: Store, shapes: Shapes
) -> None:
    one = dataset(lists)
    assert observed(one.content) == [
        ("province/TH-20", "2019", "1558301"),
        ("province/TH-21", "2019", "734753"),
    ]
    report = judged(one, published, shapes)
    assert report.accepted
    assert not report.findings


def test_an_office_table_gives_its_rows_and_no_title_footer_or_total(
    lists: Lists, published: Store, shapes: Shapes
) -> None:
    table = (
        "ตารางที่ 1 จำนวนประชากร,,\nจังหวัด,ปี,จำนวน\nรวมทั้งประเทศ,2562,2293054\nภาคตะวันออก,2562,2293054\n"
        "ระยอง,2562,734753\nชลบุรี,2562,1558301\nอุบลรัตน์,2562,1\nน่าน,2562,-\n,,\nหมายเหตุ: ณ สิ้นปี,,\n,,\n,,\n"
    )
    one = dataset(lists, table.encode("cp874"))
    assert [place for place, *_ in observed(one.content)] == ["province/TH-20", "province/TH-21"]
    assert [(row.row, row.text) for row in one.left_out] == [
        (3, "รวมทั้งประเทศ"),
        (4, "ภาคตะวันออก"),
        (7, "อุบลรัตน์"),
        (8, "น่าน"),
    ]
    assert [one.left_out[at].reason["en"] for at in (0, 1, 3)] == [
        "a total, not one place",
        "a group of places, not one place",
        "no measure has a value in this row",
    ]
    assert all(row.reason["th"] for row in one.left_out)
    assert [finding.rule for finding in judged(one, published, shapes).findings] == ["D09"]


def test_a_workbook_with_merged_places_and_months_is_read(
    lists: Lists, published: Store, shapes: Shapes
) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet("ข้อมูล")
        sheet.write_row(0, 0, ["จังหวัด", "ปี", "จำนวน"])
        sheet.merge_range(1, 0, 2, 0, "ระยอง")
        sheet.write_row(1, 1, ["ม.ค. 2562", 100])
        sheet.write_row(2, 1, ["ก.พ. 2562", 101.5])
    one = dataset(lists, content.getvalue(), name="table.xlsx")
    assert observed(one.content) == [
        ("province/TH-21", "2019-01", "100"),
        ("province/TH-21", "2019-02", "101.5"),
    ]
    assert judged(one, published, shapes).accepted


def test_a_further_column_tells_rows_apart_and_a_multiplier_is_heeded(
    lists: Lists, published: Store, shapes: Shapes
) -> None:
    more = "dimensions:\n  - {key: sex, column: เพศ, title: {th: เพศ, en: sex}}\n"
    table = "จังหวัด,ปี,เพศ,จำนวน\nระยอง,2549/50,ชาย,1.5\nระยอง,2549/50,หญิง,2\n"
    about = ABOUT.replace("{from: 2560, to: 2562}", "2549/50").replace(
        "    unit: คน\n", "    unit: คน\n    times: 1000\n"
    )
    one = dataset(lists, table, about + more)
    assert observed(one.content) == [
        ("province/TH-21", "2006/2007", "1500"),
        ("province/TH-21", "2006/2007", "2000"),
    ]
    assert not judged(one, published, shapes).findings
    with pytest.raises(MalformedData, match="rows 2, 3 are all ระยอง at one time"):
        dataset(lists, table, about)


def test_without_a_column_of_times_every_row_is_about_the_period(lists: Lists) -> None:
    about = ABOUT.replace("{from: 2560, to: 2562}", "31 ธ.ค. 2562").replace("time: {column: ปี}\n", "")
    assert {time for _, time, _ in observed(dataset(lists, about=about).content)} == {"2019-12-31"}


def test_a_publisher_that_the_graph_knows_is_named_by_its_own_iri(
    lists: Lists, published: Store, shapes: Shapes
) -> None:
    about = ABOUT.replace("{th: สำนักตัวอย่าง, en: Example office}", "สำนักงานส่งเสริมเศรษฐกิจดิจิทัล")
    one = dataset(lists, about=about)
    assert b"dcterms:publisher <https://w3id.org/mueang/id/body/depa>" in one.content
    assert judged(one, published, shapes).accepted


def test_texts_of_the_table_are_written_as_texts(lists: Lists, published: Store, shapes: Shapes) -> None:
    table = 'จังหวัด,ปี,จำนวน\nระยอง,2562,1\n"\\"" . } <x> ""\n""",2562,3\n'
    one = dataset(lists, table, name='a:ta"ble ๑\\.csv')
    assert not judged(one, published, shapes).count(Severity.VIOLATION)
    assert [row.text for row in one.left_out] == ['\\" . } <x> "\n"']
    assert len(observed(one.content)) == 1


@pytest.mark.parametrize(
    ("row", "about", "told"),
    [
        ("ระยอง,2562,12 คน", "", "row 4: จำนวน '12 คน' is no number"),
        ("ระยอง,2562,=1+1", "", "is no number"),
        ("น่าน,60,5", "", "row 4: '60' cannot be read as a time: the short year 60 can mean several years"),
        ("น่าน,2554,5", "", "the time 2554 (2011) is outside of 2017–2019"),
        ("น่าน,2019,5", "", "years of both eras (Buddhist in row 2, Common in row 4)"),
        ("น่าน,2019,5", "time: {column: ปี, era: be}", "row 4: 2019 is no year of the Buddhist era"),
        ("น่าน,2562,5", "time: {column: ปี, era: ce}", "row 2: 2562 is no year of the Common Era"),
        ("Rayong,2562,5", "", "rows 2, 4 are all ระยอง at one time"),
        ("น่าน,2562,5", "place: {column: อำเภอ}", "has 0 columns อำเภอ, one is wanted: such as"),
        ("น่าน,2562,5", "    unit: ไมล์", "line 12: the unit ไมล์ is not known (known: animal, area, baht"),
        ("น่าน,2562,5", "    indicator: births", "line 13: the indicator births is not known"),
        ("น่าน,2562,5", "publisher: กรมไม่มีจริง", "line 3: publisher: the body กรมไม่มีจริง is not known"),
        ("น่าน,2562,5", "place: {column: จังหวัด, kind: district}", "no row has a place that is known"),
    ],
)
def test_what_is_to_be_mended_first_is_told_with_its_row_or_line(
    lists: Lists, row: str, about: str, told: str
) -> None:
    lines = ABOUT.splitlines()
    key = about.partition(":")[0]
    changed = [about if about and line.startswith(f"{key}:") else line for line in lines]
    with pytest.raises(MalformedData) as found:
        dataset(lists, f"{TABLE}{row}\n", "\n".join(changed))
    assert told in found.value.en
    assert found.value.th != found.value.en


def test_a_workbook_of_several_sheets_asks_which(lists: Lists) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        for name in ("หนึ่ง", "สอง"):
            workbook.add_worksheet(name).write_row(0, 0, ["จังหวัด", "ปี", "จำนวน"])
    with pytest.raises(MalformedData, match="--sheet"):
        dataset(lists, content.getvalue(), name="table.xlsx")


def test_a_dataset_is_let_in_by_another_and_gives_way_to_the_next_of_its_key(
    gate: Office, lists: Lists
) -> None:
    number = hand_in(gate, dataset(lists))
    assert journal.submission(gate.home, number).graph == f"{GRAPH}dataset/{KEY}"
    gate.accept(number)
    later = hand_in(gate, dataset(lists, TABLE.replace("734,753", "734,754")), by="malee")
    gate.accept(later)
    now = numbered(gate.home, current(gate.home).number)  # type: ignore[union-attr]
    assert [graph for graph in now.graphs if "/submission/" in graph] == []
    found = observed(dict(contents_of(gate.home, now))[f"{GRAPH}dataset/{KEY}"])
    assert ("province/TH-21", "2019", "734754") in found
    assert len(found) == 2


def test_the_question_tells_a_dataset_beside_the_reference_figures_and_leaves_split_ones_out(
    contents: dict[str, bytes], lists: Lists
) -> None:
    split = (
        ABOUT.replace(KEY, "split") + "dimensions:\n  - {key: sex, column: เพศ, title: {th: เพศ, en: sex}}\n"
    )
    by_sex = "จังหวัด,ปี,เพศ,จำนวน\nระยอง,2562,รวม,2\nระยอง,2562,ชาย,1\n"
    graphs = {
        f"{GRAPH}dataset/{one.key}": one.content for one in (dataset(lists), dataset(lists, by_sex, split))
    }
    store = asked_store(contents.items())
    for content in graphs.values():
        store.extend(quad for quad in read_submission("a.trig", content).quads)
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    rows = list(store.query(question_named("registered-population-of-provinces").asked_with({})))
    told = {
        (row["graph"].value.removeprefix(GRAPH), row["certified"].value): row["people"].value for row in rows
    }
    assert told == {
        (f"dataset/{KEY}", "true"): "2293054",
        ("reference/province-figures", "false"): "35721231",
        ("reference/province-figures", "true"): "30837704",
    }


def test_a_file_that_names_the_graph_of_a_dataset_does_not_become_it(gate: Office, lists: Lists) -> None:
    one = dataset(lists, about=ABOUT.replace(KEY, "stolen"))
    found = gate.submit(one.content, name="stolen.trig")
    assert found.graph == f"{GRAPH}submission/{found.number}"


@pytest.mark.parametrize("key", ["", "A", "a/b", "../journal", "a--b", "a" * 61, "ก"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(WrongParameter):
        journal.graph_of(key)


def test_a_journal_from_before_datasets_is_brought_up_to_date(tmp_path: Path) -> None:
    with connect(tmp_path / schema.NAME) as old:
        old.executescript(f"{schema._MIGRATIONS[0]} PRAGMA user_version = 1;")
        old.execute("INSERT INTO person (name, likeness, role, added_at) VALUES ('a', 'a', 'submitter', '')")
        old.execute(
            "INSERT INTO submission (person, name, digest, size, note) VALUES ('a', 'a.ttl', '0', 1, '')"
        )
        old.execute("INSERT INTO event (submission, state, at) VALUES (1, 'received', '')")
    one = journal.submission(tmp_path, 1)
    assert (one.dataset, one.graph) == (None, f"{GRAPH}submission/1")


def mueang(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *arguments, "--home", str(home)])


def test_a_dataset_is_added_listed_and_removed_without_a_trace(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    home, table, about = tmp_path / "home", tmp_path / "table.csv", tmp_path / "about.yaml"
    peopled(home, contents)
    table.write_text(TABLE + "อุบลรัตน์,2562,1\n", encoding="cp874")
    about.write_text(ABOUT, encoding="utf-8")
    added = mueang(home, "dataset", "add", str(table), "--about", str(about), "--as", "somchai")
    assert (added.exit_code, added.stdout) == (0, "1\n")
    assert "2 rows are observations, 1 are left out" in added.stderr
    assert "4  'อุบลรัตน์': " in added.stderr
    assert mueang(home, "review", "1", "--accept", "--as", "anan").stdout == "2\n"
    (listed,) = map(json.loads, mueang(home, "dataset", "list", "--json").stdout.splitlines())
    assert (listed["key"], listed["observations"], listed["titleTh"]) == (KEY, "2", "จำนวนประชากร")
    assert "anan" in mueang(home, "dataset", "remove", KEY, "--as", "anan").stderr
    removed = mueang(home, "dataset", "remove", KEY, "--as", "prani", "--note", "ตัวเลขผิด")
    assert (removed.exit_code, removed.stdout) == (0, "3\n")
    assert not any(KEY.encode() in content for _, content in contents_of(home, numbered(home, 3)))
    assert any(KEY.encode() in content for _, content in contents_of(home, numbered(home, 2)))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "table.csv", "--about", "about.yaml"], "--as NAME"),
        (["add", "table.csv", "--about", "missing.yaml", "--as", "somchai"], "there is no file missing.yaml"),
        (["add", "table.csv", "--about", "about.yaml", "--as", "somchai"], "there is no file table.csv"),
        (["add", "about.yaml", "--about", "about.yaml", "--as", "somchai"], "tables ending in .yaml"),
        (
            ["add", "small.csv", "--about", "about.yaml", "--out", "no/folder.trig"],
            "no/folder.trig cannot be written",
        ),
        (["add", "empty.csv", "--about", "about.yaml", "--as", "somchai"], "there is nothing in this table"),
        (["remove", KEY, "--as", "prani"], f"there is no dataset {KEY}"),
        (["remove", "../journal", "--as", "prani"], "the key of a dataset"),
    ],
    ids=[
        "nobody",
        "no-about",
        "no-table",
        "no-kind-of-table",
        "no-folder",
        "nothing",
        "no-dataset",
        "no-key",
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    peopled(tmp_path / "home", {"https://example.org/a": LISTED.encode()})
    (tmp_path / "small.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "empty.csv").write_text("\n", encoding="utf-8")
    (tmp_path / "about.yaml").write_text(ABOUT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = mueang(tmp_path / "home", "dataset", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_the_example_of_the_document_is_one(lists: Lists, published: Store, shapes: Shapes) -> None:
    about = DOCUMENT.partition("```yaml\n")[2].partition("```")[0]
    asked = DOCUMENT.partition("```sparql\n")[2].partition("```")[0]
    rows = published.query(asked, use_default_graph_as_union=True)
    table = "\n".join(
        [
            ",".join(variable.value for variable in rows.variables),
            *(",".join(c.value for c in row) for row in rows),
        ]
    )
    one = dataset(lists, table, about)
    assert one.observations == 77
    assert not one.left_out
    assert judged(one, published, shapes).accepted


@pytest.mark.reference
def test_real_tables_become_datasets_or_say_why_not(
    lists: Lists, published: Store, shapes: Shapes, ogd: Path
) -> None:
    """Of two real tables one names provinces among other columns, the other registration offices only."""
    column = "จำนวนรวม โคเนื้อ ทั้งสิ้น (ตัว)"
    about = ABOUT.replace("time: {column: ปี}\n", "").replace("{from: 2560, to: 2562}", "2564")
    about = about.replace("column: จังหวัด", "column: สถานที่เลี้ยงสัตว์ จังหวัด").replace(
        "column: จำนวน", f'column: "{column}"'
    )
    about = about.replace("unit: คน\n    indicator: registered-population", "unit: ตัว")
    more = "".join(
        f"  - {{key: {key}, column: สถานที่เลี้ยงสัตว์ {name}, title: {{th: {name}, en: {key}}}}}\n"
        for key, name in (("district", "อำเภอ"), ("subdistrict", "ตำบล"))
    )
    cattle = dataset(
        lists, (ogd / "dld_livestock_by_tambon_head700.csv").read_bytes(), f"{about}dimensions:\n{more}"
    )
    assert (cattle.observations, len(cattle.left_out)) == (700, 0)
    assert judged(cattle, published, shapes).accepted
    people = ABOUT.replace("time: {column: ปี}\n", "").replace("{from: 2560, to: 2562}", "2567")
    people = people.replace("column: จังหวัด", "column: พื้นที่").replace("column: จำนวน", "column: รวม")
    with pytest.raises(MalformedData, match="no row has a place that is known"):
        dataset(lists, (ogd / "dopa_bangkok_population.csv").read_bytes(), people)
