"""What of a query's text is outside comments, strings and IRIs; enough to guard and to explain, not a parser."""

import re

from mueang.errors import UnusableRequest

_SKIPPED = re.compile(
    r"""\\. | \#[^\n]* | (?P<iri><[^<>"{}|^`\\\s]*>)
      | '''(?:\\.|[^\\])*?''' | \"{3}(?:\\.|[^\\])*?\"{3} | '(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*\"""",
    re.DOTALL | re.VERBOSE,
)
_VARIABLE = re.compile(r"[?$]\w+")
_LOCAL_NAME = re.compile(r":[\w.\-%]*")


def outside_text(query: str) -> str:
    """The query with comments, strings, IRIs and escaped characters blanked out; places stay where they were."""
    return _SKIPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), query)


def refuse_calls_out(query: str) -> None:
    """Refuse a query that would have the engine call another server (SERVICE).

    Oxigraph reads `SERVICEex:x`, `1SERVICE <x>` and `FILTER(1<2)SERVICE?x#>`, where `<2)SERVICE?x#>` looks like
    an IRI. So the word is refused anywhere outside strings, comments, variables and local names, and in what
    looks like an IRI after a closing parenthesis.
    """
    words = _LOCAL_NAME.sub(" ", _VARIABLE.sub(" ", outside_text(query)))
    comparisons = (match["iri"].partition(")")[2] for match in _SKIPPED.finditer(query) if match["iri"])
    if any("service" in text.lower() for text in (words, *comparisons)):
        raise UnusableRequest(
            th="ที่นี่ไม่ส่งคำถามต่อไปยังเครื่องอื่น: ใช้ SERVICE ไม่ได้",
            en="queries are not passed on to other servers from here: SERVICE is refused",
        )
