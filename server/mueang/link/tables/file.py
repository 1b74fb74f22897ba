"""Opens a table file by its ending: a CSV to be gone through, or a workbook."""

from collections.abc import Callable
from typing import IO

from mueang.check.sheets.intake import kind_of
from mueang.files import too_large
from mueang.link.tables.output import AnySource
from mueang.link.tables.separated import SeparatedSource
from mueang.link.tables.workbook import WorkbookSource

_MOST_WORKBOOK = 128_000_000


def source_of(name: str, opened: Callable[[], IO[bytes]]) -> AnySource:
    """The table in a .csv, .tsv or .xlsx file. Raises UnknownFormat, MalformedData and TooLarge."""
    with opened() as file:
        if kind_of(name, file.read(8)) != ".xlsx":
            return SeparatedSource(name, opened)
        file.seek(0)
        content = file.read(_MOST_WORKBOOK + 1)
    if len(content) > _MOST_WORKBOOK:
        raise too_large(name, _MOST_WORKBOOK)
    return WorkbookSource(name, content)
