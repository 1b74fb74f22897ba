"""The template offers what is known, explains itself, and is made anew from the same graph to the byte."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from pyoxigraph import NamedNode, Store

from conftest import Run
from filling import FIRST, Officials, form_named
from mueang.check.shacl import Shapes
from mueang.check.sheets.reference import References
from mueang.check.sheets.rows import BESIDE
from mueang.check.sheets.template import template
from mueang.errors import Language, MalformedData

LANGUAGES = ("th", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def officials(request: pytest.FixtureRequest, published: Store, shapes: Shapes) -> Officials:
    return Officials(published, shapes, request.param)


def book_of(officials: Officials) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(officials.empty))


def test_there_is_a_sheet_for_each_form_between_guide_and_lists(officials: Officials) -> None:
    guide, lists = BESIDE[officials.language]
    titles = [form.title[officials.language] for form in officials.forms]
    assert book_of(officials).sheetnames == [guide, *titles, lists]


def test_the_guide_names_every_sheet(officials: Officials) -> None:
    cells = {cell.value for row in book_of(officials).worksheets[0].iter_rows() for cell in row}
    assert {form.title[officials.language] for form in officials.forms} <= cells


def test_required_columns_are_marked(officials: Officials) -> None:
    book = book_of(officials)
    for form in officials.forms:
        headings = [cell.value for cell in book[form.title[officials.language]][1]]
        assert [heading.endswith(" *") for heading in headings] == [one.required for one in form.columns]


def test_every_column_of_things_has_a_list_and_every_choice_means_one_thing(officials: Officials) -> None:
    references = References(officials.known)
    book = book_of(officials)
    lists = book[BESIDE[officials.language][1]]
    for form in officials.forms:
        sheet = book[form.title[officials.language]]
        offered = {range_boundaries(str(one.sqref))[0]: one for one in sheet.data_validations.dataValidation}
        for number, field in enumerate(form.columns, start=1):
            things = references.things(field, officials.language) if field.is_link else []
            assert (number in offered) == bool(things)
            if things:
                rule = offered[number]
                assert range_boundaries(str(rule.sqref))[1] <= FIRST
                cells = lists[rule.formula1.rpartition("!")[2].replace("$", "")]
                meant = [references.meant(field, row[0].value) for row in cells]
                assert meant == [{thing} for thing in things]


def test_closed_lists_refuse_other_values_and_open_ones_do_not(officials: Officials) -> None:
    form = form_named(officials.forms, "event")
    sheet = book_of(officials)[form.title[officials.language]]
    strict = {
        form.columns[range_boundaries(str(one.sqref))[0] - 1].name: one.showErrorMessage
        for one in sheet.data_validations.dataValidation
    }
    assert strict["kind"]
    assert not strict["area"]
    assert not strict["decision"]


def test_lists_sort_thai_names_as_dictionaries_do(published: Store, shapes: Shapes) -> None:
    officials = Officials(published, shapes)
    provinces = next(
        field for field in form_named(officials.forms, "area").columns if field.name == "province"
    )
    references = References(published)
    names = [references.name(one, "th") for one in references.things(provinces, "th")]
    assert len(names) == 77
    assert names[:2] == ["กระบี่", "กรุงเทพมหานคร"]
    assert names.index("เชียงใหม่") < names.index("ตรัง")


def test_the_same_graph_gives_the_same_bytes(officials: Officials) -> None:
    again = template(officials.forms, officials.known, officials.language)
    assert again == officials.empty


def test_an_unfilled_template_says_that_nothing_is_filled_in(officials: Officials) -> None:
    with pytest.raises(MalformedData, match="no row is filled in"):
        officials.read("form.xlsx", officials.empty)


def test_the_template_needs_no_published_data(shapes: Shapes) -> None:
    officials = Officials(Store(), shapes)
    assert len(openpyxl.load_workbook(io.BytesIO(officials.empty)).sheetnames) == 12


def test_names_that_two_things_share_are_offered_with_their_keys(published: Store, shapes: Shapes) -> None:
    officials = Officials(published, shapes)
    units = next(field for field in form_named(officials.forms, "area").columns if field.name == "unit")
    references = References(published)
    written = [references.written(units, one, "th") for one in references.things(units, "th")]
    assert len(set(written)) == len(written)
    assert NamedNode("https://w3id.org/mueang/id/province/TH-21") in references.things(units, "th")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_writes_the_template(
    language: Language, mueang: Run, tmp_path: Path, shapes: Shapes, published: Store
) -> None:
    done = mueang("template", "--out", "form.xlsx", "--lang", language)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "form.xlsx").read_bytes() == Officials(published, shapes, language).empty


def test_a_file_that_cannot_be_written_is_one_line(mueang: Run) -> None:
    done = mueang("template", "--out", "missing/form.xlsx")
    assert done.returncode == 2
    assert done.stderr.startswith("mueang: missing/form.xlsx cannot be written")
