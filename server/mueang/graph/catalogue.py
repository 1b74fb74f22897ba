"""Which file of the repository is which named graph; the graph's name follows from the path."""

from pathlib import Path

from mueang.files import files_below, folder
from mueang.graph.names import GRAPH

TESTS_ONLY = "axioms"
JOURNAL = f"{GRAPH}journal"
_GROWN = tuple(f"{GRAPH}{kind}/" for kind in ("submission", "dataset", "steward"))


def repository_graphs() -> dict[str, Path]:
    """The IRI of every named graph of the repository with its file, sorted by IRI."""
    ontology = {
        _ontology_graph(path): path for path in files_below("ontology", "*.ttl") if path.stem != TESTS_ONLY
    }
    data = {_data_graph(path): path for path in files_below("data", "*.ttl")}
    return dict(sorted((ontology | data).items()))


def is_grown(graph: str) -> bool:
    """Whether a graph comes in through the gate, not from a file of the repository."""
    return graph.startswith(_GROWN) or graph == JOURNAL


def shape_files() -> list[Path]:
    """The files that hold the shapes; they are never part of the graph that is asked."""
    return files_below("shapes", "*.ttl")


def _ontology_graph(path: Path) -> str:
    relative = path.relative_to(folder("ontology")).with_suffix("")
    if relative.parts[0] == "alignments":
        return f"{GRAPH}alignment/{relative.name}"
    if relative.parts[0] == "vocab":
        return f"{GRAPH}{relative.as_posix()}"
    return GRAPH + ("ontology" if relative.name == "tsc" else f"ontology/{relative.name}")


def _data_graph(path: Path) -> str:
    relative = path.relative_to(folder("data")).with_suffix("").as_posix()
    return GRAPH + ("meta" if relative == "catalog" else relative)
