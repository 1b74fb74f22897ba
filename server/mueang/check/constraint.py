"""sh:sparql and sh:property as pySHACL judges them, but for many focus nodes at once.

pySHACL asks a query for one focus node after the other, at half a millisecond each, and does the same with property
shapes. Here a query gets its focus nodes together wherever that cannot change what it finds; pySHACL makes the results
from the rows. Data that is not in Oxigraph is left to pySHACL.
"""

from typing import Any

from pyshacl import shape as shape_module
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.graph_abstraction import to_ox
from rdflib import URIRef
from rdflib.namespace import SH

from mueang.check import everything
from mueang.check.everything import Everything, to_rdf
from mueang.check.together import Together
from mueang.graph.names import BASE

AMONG_NAMESAKES = URIRef(f"{BASE}shapes#amongNamesakes")
"""Says of a query that it finds nothing about things whose preferred labels, spaces apart, nothing else has."""
TOGETHER = 256
"""Focus nodes of one query: an inner group goes through all of them for each row of the outer one."""


def install() -> None:
    """Makes pySHACL use these constraints in place of its own, on data as it is here."""
    everything.install()
    CONSTRAINT_PARAMETERS_MAP[SH.sparql] = ManyNodesSPARQL
    CONSTRAINT_PARAMETERS_MAP[SH.property] = ManyNodesProperty
    ConstraintComponent.make_v_result_description = _no_text  # type: ignore[method-assign]
    # looked up by hash instead of by comparing with each of forty
    vars(shape_module)["CONSTRAINT_PARAMS"] = CONSTRAINT_PARAMETERS_MAP, CONSTRAINT_PARAMETERS_MAP


def _no_text(*_: Any, **__: Any) -> str:
    """A report has its own words; those of pySHACL take longer than the result, and keep blank nodes in memory."""
    return ""


class ManyNodesProperty(PropertyConstraintComponent):
    """sh:property of a node shape: its value nodes are its focus nodes, and go to the property shape together."""

    def _evaluate_property_shape(self, executor: Any, shape: Any, graph: Any, nodes: Any, *rest: Any) -> Any:
        recursive, path = rest
        found: Any = self.shape.get_other_shape(shape)  # type: ignore[no-untyped-call]
        if recursive or self.shape.is_property_shape or not found or not found.is_property_shape:
            return super()._evaluate_property_shape(executor, shape, graph, nodes, *rest)  # type: ignore[no-untyped-call]
        conforms, results = found.validate(executor, graph, focus=list(nodes), _evaluation_path=path[:])
        return not conforms, results


class ManyNodesSPARQL(SPARQLBasedConstraint):
    """sh:sparql: one query for all focus nodes that have an IRI; blank nodes, which VALUES cannot name, go alone."""

    def __init__(self, shape: Any) -> None:
        ConstraintComponent.__init__(self, shape)
        read = vars(shape.sg).setdefault("sparql_constraints_read", {})
        if shape.node not in read:  # a millisecond of prefixes, for each shape in each check
            super().__init__(shape)
            read[shape.node] = self.sparql_constraints
        self.sparql_constraints = read[shape.node]

    def _evaluate_sparql_constraint(self, constraint: Any, graph: Any, nodes: Any) -> Any:
        named = [node for node in nodes if isinstance(node, URIRef)]
        together = _together(constraint, named[0]) if named else None
        if not together or not isinstance(graph, Everything):
            return super()._evaluate_sparql_constraint(constraint, graph, nodes)  # type: ignore[no-untyped-call]
        alone = {node: nodes[node] for node in nodes if not isinstance(node, URIRef)}
        broken, results = super()._evaluate_sparql_constraint(constraint, graph, alone)  # type: ignore[no-untyped-call]
        if (constraint.node, AMONG_NAMESAKES, None) in self.shape.sg.graph:
            named = [node for node in named if graph.may_have_namesake(node)]
        found = [self._made(constraint, graph, row) for row in _rows(together, graph, named)]
        return broken or bool(found), [*results, *found]

    def _made(self, constraint: Any, graph: Any, row: dict[str, Any]) -> Any:
        """The result of a row (SHACL, section 5.3.2): a node shape's value is its focus node where none is selected."""
        own = None if self.shape.is_property_shape else row["this"]
        return self.make_v_result(
            graph,
            row["this"],
            value_node=row.get("value", own),
            result_path=row.get("path"),
            source_constraint=constraint.node,
        )


def _together(constraint: Any, node: URIRef) -> Together:
    if "together" not in vars(constraint):
        _, text = constraint.pre_bind_variables(node)
        constraint.together = Together(constraint.apply_prefixes(text))
    found: Together = constraint.together
    return found


def _rows(together: Together, graph: Everything, nodes: list[URIRef]) -> list[dict[str, Any]]:
    """What the query finds, each row once."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for begin in range(0, len(nodes), TOGETHER):
        asked = [str(to_ox(node)) for node in nodes[begin : begin + TOGETHER]]
        solutions: Any = graph.query_oxigraph(together.about(asked))
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = {
                name: to_rdf(term) for name, term in zip(names, solution, strict=True) if term is not None
            }
            found[tuple(bound.items())] = bound
    return list(found.values())
