"""Whatever stands in the cells, reading it ends in statements or in one clear error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse, serialize

from filling import Officials
from mueang.check.place import Place
from mueang.check.shacl import Shapes
from mueang.check.sheets.grid import Cell, Table
from mueang.check.sheets.rows import statements
from mueang.check.sheets.table import rows
from mueang.errors import MueangError

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
ODD = [
    "http://[", "https://x/%zz", "area:", "area:..", "x (area:a b)", "(((", ";;;", " ; ", "{key}", "http://a/\u202e",
    "\u200b", "=1+1", "POINT(1 2", "POINT(. .)", "1,2,3", "9 พ.ย. 65", "2565-02-30", "ตัวอย่าง", "example", "\\1", "a" * 5000,
]  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cs"])


@pytest.fixture(scope="session")
def officials(published: Store, shapes: Shapes) -> Officials:
    return Officials(published, shapes)


def tables_of(officials: Officials) -> st.SearchStrategy[list[Table]]:
    headings = [title for form in officials.forms for one in form.columns for title in one.title.values()]
    text = st.sampled_from(headings) | st.sampled_from(ODD) | st.text(CHARACTERS, max_size=20) | st.just("")

    def table(form: int, extra: list[str], lines: list[list[str]], sheet: str) -> Table:
        columns = [one.title["th"] for one in officials.forms[form].columns] + extra
        width = max([len(columns), *map(len, lines)])
        return Table(
            sheet,
            tuple(
                tuple(
                    Cell(
                        one,
                        "text" if one else "empty",
                        one or None,
                        Place(sheet=sheet, cell=f"{row}-{column}"),
                    )
                    for column, one in enumerate(line + [""] * (width - len(line)))
                )
                for row, line in enumerate([columns, *lines])
            ),
        )

    one = st.builds(
        table,
        st.integers(0, len(officials.forms) - 1),
        st.lists(text, max_size=2),
        st.lists(st.lists(text, max_size=14), max_size=3),
        st.sampled_from(["แผ่น1", "มติ", "", "Lists"]),
    )
    return st.lists(one, min_size=1, max_size=3)


def reads_or_refuses(officials: Officials, tables: list[Table]) -> None:
    try:
        found = statements(tables, officials.forms, officials.known, "form.xlsx")
    except MueangError:
        return
    written = serialize(found.quads, format=RdfFormat.N_QUADS)
    assert len(list(parse(written, format=RdfFormat.N_QUADS))) == len(found.quads)
    assert all((str(q.subject), str(q.predicate), str(q.object)) in found.places for q in found.quads)
    rows(found.quads, officials.forms, officials.known, "en")


def fuzz(officials: Officials, examples: int) -> None:
    @settings(derandomize=True, max_examples=examples, deadline=None, suppress_health_check=QUIET)
    @given(tables_of(officials))
    def holds(tables: list[Table]) -> None:
        reads_or_refuses(officials, tables)

    holds()


def test_any_cells_are_read_or_refused(officials: Officials) -> None:
    fuzz(officials, 150)


@pytest.mark.slow
def test_ten_thousand_tables_are_read_or_refused(officials: Officials) -> None:
    fuzz(officials, 10_000)
