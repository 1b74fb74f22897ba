"""The workbook by which a portal of the Thai government data catalogue takes datasets in all at once.

Its form is the portals' own (their extension of CKAN, version 2): sheets by the kind of data, field names on row 4, a
row that explains them, then a row for each dataset or resource; days in the Buddhist era; values from closed lists.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mueang.engine.formats import ROWS
from mueang.engine.query import Engine, Query
from mueang.engine.question import page_query
from mueang.errors import WrongParameter
from mueang.graph.names import GRAPH

Row = dict[str, str]

_COMMON = """name d_type title owner_org maintainer maintainer_email tag_string notes objective update_frequency_unit
 update_frequency_interval geo_coverage data_source data_format data_category license_id accessible_condition"""
_RECORD = """ created_date last_updated_date url data_support data_collect data_language high_value_dataset
 reference_data"""
_RESOURCE = "dataset_name resource_name resource_url description resource_accessible_condition resource_last_updated_date format"
_OF_RECORD = " resource_created_date resource_data_collect"
RECORDS, RESOURCES = "Temp2_Meta_Record", "Temp3_Resource_Record"
SHEETS: Mapping[str, Sequence[str]] = {
    name: fields.split()
    for name, fields in {
        RECORDS: _COMMON + _RECORD,
        "Temp2_Meta_Stat": _COMMON
        + """ first_year_of_data last_year_of_data data_release_calendar last_updated_date
 disaggregate unit_of_measure unit_of_multiplier calculation_method standard url data_language official_statistics""",
        "Temp2_Meta_GIS": _COMMON
        + """ geographic_data_set equivalent_scale west_bound_longitude east_bound_longitude
 north_bound_longitude south_bound_longitude positional_accuracy reference_period last_updated_date
 data_release_calendar data_release_date url data_language""",
        "Temp2_Meta_Multi": _COMMON + _RECORD,
        "Temp2_Meta_Other": _COMMON.replace("d_type", "data_type_other") + _RECORD,
        RESOURCES: _RESOURCE + _OF_RECORD,
        "Temp3_Resource_Stat": _RESOURCE
        + """ resource_first_year_of_data resource_last_year_of_data
 resource_data_release_calendar resource_disaggregate resource_unit_of_measure resource_unit_of_multiplier
 resource_official_statistics""",
        "Temp3_Resource_GIS": _RESOURCE
        + """ resource_equivalent_scale resource_geographic_data_set
 resource_created_date resource_data_release_date resource_positional_accuracy""",
        "Temp3_Resource_Multi": _RESOURCE + _OF_RECORD,
        "Temp3_Resource_Other": _RESOURCE + _OF_RECORD,
    }.items()
}
"""The sheets with their fields in order; the importer counts columns and does not read their names."""

MANDATORY: Mapping[str, str] = {
    "d_type": "ประเภทข้อมูล",
    "title": "ชื่อชุดข้อมูล",
    "owner_org": "องค์กร",
    "maintainer": "ชื่อผู้ติดต่อ",
    "maintainer_email": "อีเมลผู้ติดต่อ",
    "tag_string": "คำสำคัญ",
    "notes": "รายละเอียด",
    "objective": "วัตถุประสงค์",
    "update_frequency_unit": "หน่วยความถี่ของการปรับปรุงข้อมูล",
    "geo_coverage": "ขอบเขตเชิงภูมิศาสตร์หรือเชิงพื้นที่",
    "data_source": "แหล่งที่มา",
    "data_format": "รูปแบบการเก็บข้อมูล",
    "data_category": "หมวดหมู่ข้อมูลตามธรรมาภิบาลข้อมูลภาครัฐ",
    "license_id": "สัญญาอนุญาต",
}
"""The fourteen items that every dataset must have, with their names in Thai."""

_LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": "Creative Commons Attributions",
    "https://creativecommons.org/licenses/by-sa/4.0/": "Creative Commons Attribution Share-Alike",
    "https://creativecommons.org/publicdomain/mark/1.0/": "Public Domain Mark 1.0",
    "https://opendatacommons.org/licenses/by/1-0/": "Open Data Common",
}
_KINDS = ("reference", "register", "link", "dataset")
_ALWAYS = {
    "d_type": "ข้อมูลระเบียน",
    "objective": "เพื่อการให้บริการประชาชน",
    "update_frequency_unit": "เมื่อมีข้อมูลใหม่",
    "geo_coverage": "ประเทศ",
    "data_format": "RDF",
    "data_category": "ข้อมูลสาธารณะ",
    "accessible_condition": "ไม่มี",
    "data_language": "ไทย",
    "high_value_dataset": "ไม่ใช่",
    "reference_data": "ไม่ใช่",
    "tag_string": "เมืองอัจฉริยะ,ข้อมูลเชื่อมโยง",
}
_DOWNLOADS = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_HEADING, _FIRST = 3, 4


@dataclass(frozen=True)
class Contact:
    """Who answers for the datasets, and the organisation that they belong to on the portal."""

    organisation: str
    name: str
    email: str


def write_portal_workbook(engine: Engine, address: str, contact: Contact, file: IO[bytes]) -> int:
    """Write the workbook of the datasets at a public address; how many they are. Raises WrongParameter."""
    _refuse_incomplete(contact)
    rows = json.loads(engine.answer(Query(page_query("catalog-datasets")), ROWS[0], None).body)
    found = [
        {name: term["value"] for name, term in row.items()}
        for row in rows["results"]["bindings"]
        if row["graph"]["value"].removeprefix(GRAPH).startswith(_KINDS)
    ]
    records = [_record(one, address, contact) for one in found]
    resources = [resource for one in found for resource in _resources(one, address)]
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"author": "mueang"})
        filled = {RECORDS: records, RESOURCES: resources}
        for name, fields in SHEETS.items():
            _write(book.add_worksheet(name), fields, filled.get(name, []))
    return len(records)


def _refuse_incomplete(contact: Contact) -> None:
    if not contact.name.strip() or not _EMAIL.fullmatch(contact.email) or not contact.organisation.strip():
        raise WrongParameter(
            th="บัญชีข้อมูลภาครัฐต้องมีองค์กร ชื่อผู้ติดต่อ และอีเมล: ระบุ --organisation --contact และ --email",
            en="the government data catalogue demands an organisation, a contact and an email address: give "
            "--organisation, --contact and --email",
        )


def _record(one: Mapping[str, str], address: str, contact: Contact) -> Row:
    day = _buddhist(one.get("modified", ""))
    title = one.get("title_th") or one.get("title_en") or one["graph"]
    own = {
        "name": _key(one),
        "title": title,
        "owner_org": contact.organisation,
        "maintainer": contact.name,
        "maintainer_email": contact.email,
        "notes": one.get("about_th") or one.get("about_en") or title,
        "data_source": one.get("sources") or one.get("publisher_th") or title,
        "license_id": _LICENCES.get(one.get("licence", ""), one.get("licence") or "License not specified"),
        "created_date": day,
        "last_updated_date": day,
        "url": _page(one, address),
    }
    return _ALWAYS | own


def _resources(one: Mapping[str, str], address: str) -> Iterator[Row]:
    day = _buddhist(one.get("modified", ""))
    for suffix, name in _DOWNLOADS.items():
        yield {
            "dataset_name": _key(one),
            "resource_name": name,
            "resource_url": f"{_page(one, address)}.{suffix}",
            "description": f"{one.get('title_th') or one['graph']} ({name})",
            "resource_accessible_condition": "ไม่มี",
            "resource_last_updated_date": day,
            "format": "RDF",
            "resource_created_date": day,
        }


def _key(one: Mapping[str, str]) -> str:
    """The name the portal knows a dataset by: small letters, digits and hyphens."""
    return "mueang-" + re.sub(r"[^a-z0-9]+", "-", one["graph"].removeprefix(GRAPH).lower())[:90]


def _page(one: Mapping[str, str], address: str) -> str:
    return f"{address}/graph/{one['graph'].removeprefix(GRAPH)}"


def _buddhist(day: str) -> str:
    """A day of the Common Era as the importer reads it: the year of the Buddhist era, month, day."""
    return f"{int(day[:4]) + 543}{day[4:]}" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII) else ""


def _write(sheet: Any, fields: Sequence[str], rows: Sequence[Row]) -> None:
    sheet.write_string(0, 0, sheet.get_name())
    sheet.set_column(0, len(fields) - 1, 24)
    for column, field in enumerate(fields):
        sheet.write_string(_HEADING, column, field)
        sheet.write_string(_FIRST, column, MANDATORY.get(field, field))
    for number, row in enumerate(rows, start=_FIRST + 1):
        for column, field in enumerate(fields):
            if text := row.get(field, ""):
                sheet.write_string(number, column, text[:32_767])
