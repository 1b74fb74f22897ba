"""The one layout of our Turtle files: `python tests/turtle_layout.py FILE…` rewrites them in it."""

import sys
from pathlib import Path

import rdflib

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("ontology", "data", "shapes")


def turtle_files() -> list[Path]:
    """Every Turtle file of the repository that is kept in the layout."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.ttl"))


def laid_out(text: str) -> str:
    """The same graph in the one serialisation: sorted subjects and predicates, the file's own prefixes."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph(bind_namespaces="core")
        graph.parse(data=text, format="turtle")
        return str(graph.serialize(format="turtle")).rstrip("\n") + "\n"
    finally:
        rdflib.NORMALIZE_LITERALS = before


def main(arguments: list[str]) -> None:
    for path in [Path(name) for name in arguments] or turtle_files():
        text = path.read_text(encoding="utf-8")
        if (after := laid_out(text)) != text:
            path.write_text(after, encoding="utf-8")
            print(f"laid out {path}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
