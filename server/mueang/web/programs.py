"""A question as code to copy: for curl, Python, R, JavaScript and Excel, each in the quoting of its language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote
from urllib.parse import urlencode


@dataclass(frozen=True)
class Program:
    """Code that asks a question: what runs it, and its text."""

    name: str
    text: str


def programs(address: str, asked: Mapping[str, str]) -> list[Program]:
    """Code that takes the answer from an address, with these parameters, as a table."""
    return [
        Program("curl", _curl(address, asked)),
        Program("Python", _python(address, asked)),
        Program("R", _r(address, asked)),
        Program("JavaScript", _javascript(address, asked)),
        Program("Excel", _excel(address, asked)),
    ]


def _curl(address: str, asked: Mapping[str, str]) -> str:
    given = "".join(f" \\\n  --data-urlencode {quote(f'{name}={value}')}" for name, value in asked.items())
    return f"curl --get {quote(address)} \\\n  -H 'Accept: text/csv'{given}"


def _python(address: str, asked: Mapping[str, str]) -> str:
    given = "".join(
        f"    {name!r}: {_in_python(value)},\n" for name, value in {**asked, "format": "csv"}.items()
    )
    return (
        "import pandas, urllib.parse\n\n"
        f"asked = {{\n{given}}}\n"
        f'table = pandas.read_csv({address!r} + "?" + urllib.parse.urlencode(asked))\n'
        "print(table)"
    )


def _in_python(text: str) -> str:
    simple = "\n" in text and "\\" not in text and '"""' not in text and not text.endswith('"')
    return f'"""{text}"""' if simple else repr(text)


def _r(address: str, asked: Mapping[str, str]) -> str:
    given = ",\n".join(f"  {name} = {_quoted(value)}" for name, value in {**asked, "format": "csv"}.items())
    return (
        f"asked <- list(\n{given}\n)\n"
        'pairs <- paste0(names(asked), "=", sapply(asked, URLencode, reserved = TRUE))\n'
        f'table <- read.csv(paste0({_quoted(address)}, "?", paste(pairs, collapse = "&")), encoding = "UTF-8")\n'
        "print(table)"
    )


def _javascript(address: str, asked: Mapping[str, str]) -> str:
    given = json.dumps({**asked, "format": "json"}, ensure_ascii=False, indent=2)
    return (
        f"const asked = {given};\n"
        f'const answer = await fetch({_quoted(address)} + "?" + new URLSearchParams(asked));\n'
        "const { results } = await answer.json();\n"
        "console.table(results.bindings.map(row =>\n"
        "  Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]))));"
    )


def _excel(address: str, asked: Mapping[str, str]) -> str:
    """Power Query: Data, From Web, Advanced Editor. One address that Excel can ask again, in its own quoting."""
    whole = f"{address}?{urlencode({**asked, 'format': 'csv'})}"
    return (
        "let\n"
        f'  Source = Csv.Document(Web.Contents("{whole}"), [Delimiter=",", Encoding=65001, QuoteStyle=QuoteStyle.Csv]),\n'
        "  Table = Table.PromoteHeaders(Source, [PromoteAllScalars=true])\n"
        "in\n  Table"
    )


def _quoted(text: str) -> str:
    """A string of JSON, which R and JavaScript read too."""
    return json.dumps(text, ensure_ascii=False)
