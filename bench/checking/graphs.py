"""What is checked, and beside what: submissions of areas, and the published graph many times over."""

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from mueang.graph.catalogue import repository_graphs
from mueang.graph.names import BASE
from mueang.graph.store import named_store

LETTERS = "กขคงจฉชซณดตถทธนบปผพภมยรลวสหอ"
PROVINCES = (10, *range(12, 28), *range(30, 50), *range(50, 59), *range(70, 78), *range(80, 87))
COPIED = (f"{BASE}graph/source/", f"{BASE}graph/register/", f"{BASE}graph/link/")
PREFIXES = "".join(
    f"@prefix {name}: <{namespace}> .\n"
    for name, namespace in {
        "area": f"{BASE}id/area/",
        "province": f"{BASE}id/province/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "tsc": f"{BASE}def#",
        "unit": f"{BASE}id/unit/",
    }.items()
)


def areas(count: int) -> str:
    """New areas with nothing wrong, as Turtle."""
    return PREFIXES + "\n".join(_area(number, f'"Test {number}"@en') for number in range(count))


def wrong_areas(count: int) -> str:
    """New areas with four faults each, as Turtle."""
    faults = " ;\n tsc:inProvince province:TH-99 ; tsc:inProvnce 5 ; tsc:withinUnit unit:none"
    return PREFIXES + "\n".join(_area(number, f'"ทดสอบ {number}"@en', faults) for number in range(count))


def _area(number: int, english: str, more: str = "") -> str:
    name = f"เมืองทดสอบ{_in_letters(number)}"
    province = PROVINCES[number % len(PROVINCES)]
    return (
        f'area:test-{number} a tsc:SmartCityArea ; skos:prefLabel "{name}"@th, {english} ;'
        f" tsc:inProvince province:TH-{province}{more} ."
    )


def _in_letters(number: int) -> str:
    return "".join(LETTERS[int(digit)] for digit in str(number))


def published() -> Store:
    """The graphs of the repository."""
    return named_store((graph, path.read_bytes()) for graph, path in repository_graphs().items())


def larger(store: Store, times: int) -> Store:
    """A store with so many times the data: what sources, registers and links tell of their own things, under other keys.

    Things, graphs (with what is recorded of them) and Thai names are told apart by a number; the ontology, its lists and
    the country's provinces, districts and bodies, of which there cannot be more, stay as they are.
    """
    found = Store()
    found.extend(store)
    own = {quad.subject for quad in store if _is_copied(quad.graph_name)}
    own -= {quad.subject for quad in store if not _is_copied(quad.graph_name)}
    graphs = {quad.graph_name for quad in store if _is_copied(quad.graph_name)}
    copied = [quad for quad in store if quad.subject in own | graphs]
    for number in range(times - 1):
        found.extend(_again(quad, number, own | graphs) for quad in copied)
    return found


def _is_copied(graph: object) -> bool:
    return isinstance(graph, NamedNode) and graph.value.startswith(COPIED)


def _again(quad: Quad, number: int, names: set[object]) -> Quad:
    def other(term: Any) -> Any:
        match term:
            case NamedNode(value=value) if term in names:
                return NamedNode(f"{value}-{number}")
            case BlankNode(value=value):
                return BlankNode(f"{value}x{number}")
            case Literal(value=value, language="th"):
                return Literal(value + _in_letters(number), language="th")
        return term

    return Quad(other(quad.subject), quad.predicate, other(quad.object), other(quad.graph_name))
