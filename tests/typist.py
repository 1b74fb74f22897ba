"""Types into a workbook with LibreOffice, as a person at the keyboard: run by the Python that has LibreOffice's `uno`.

`python3 typist.py IN.xlsx OUT.xlsx PIPE < typed.json`: a list of [sheet, cell, text]; prints what each cell then shows
and the drop-down that it offers.
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def main() -> None:
    source, target, pipe = sys.argv[1:]
    desktop = connected(pipe)
    book = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (option("Hidden", True),))
    shown = []
    for sheet, name, text in json.load(sys.stdin):
        cell = book.Sheets.getByName(sheet).getCellRangeByName(name)
        cell.FormulaLocal = text
        shown.append([cell.String, offered(book, cell)])
    book.calculateAll()
    book.storeToURL(Path(target).as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
    book.close(True)
    desktop.terminate()
    json.dump(shown, sys.stdout)


def connected(pipe: str) -> object:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            office = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
        else:
            return office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    raise SystemExit("LibreOffice did not answer")


def option(name: str, value: object) -> PropertyValue:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def offered(book: object, cell: object) -> list[str]:
    """The values of the drop-down of a cell."""
    formula = cell.Validation.getFormula1()
    if cell.Validation.Type.value != "LIST" or "$" not in formula:
        return []
    sheet, _, area = formula.lstrip("$").replace("'", "").rpartition(".")
    cells = book.Sheets.getByName(sheet or formula).getCellRangeByName(area.replace("$", ""))
    return [row[0] for row in cells.DataArray]


if __name__ == "__main__":
    main()
