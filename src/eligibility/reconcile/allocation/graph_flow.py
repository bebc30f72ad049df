"""The only other module that meets networkx: one component as a flow of least cost, in whole numbers (network simplex)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx

from eligibility.reconcile.allocation.problem import Choice, Problem

_SCALE = 10**13
"""Points a micro-亩 become whole numbers of this fraction: floating weights can make network simplex loop for ever."""


def least_cost_flow(network: nx.DiGraph) -> tuple[int, dict[Hashable, dict[Hashable, int]]]:
    """Cost and flows of least cost, for whole capacities, weights and demands (`network_simplex`)."""
    cost, flows = nx.network_simplex(network)
    return int(cost), flows


def solve_as_flow(problem: Problem) -> dict[Choice, int]:
    """Choice → area, best by evidence net of the price of a link; here a link costs its price by the share it covers."""
    network = nx.DiGraph()
    for line, want in problem.wants.items():
        must = problem.must.get(line, 0)
        network.add_node(("must", line), demand=-must)
        network.add_node(("may", line), demand=must - want)
        network.add_edge(("may", line), "sink", weight=0)
    for parcel, room in problem.room.items():
        network.add_edge(("parcel", parcel), "sink", weight=0, capacity=room)
    network.add_node("sink", demand=sum(problem.wants.values()))
    for choice in problem.choices:
        weight = -int((problem.gain(choice) - problem.prices.link) * _SCALE / max(1, problem.wants[choice.line]))
        ends: list[Any] = [("may", choice.line)] + [("must", choice.line)] * choice.tied
        network.add_edges_from((end, ("parcel", choice.parcel), {"weight": weight}) for end in ends)
    _, flows = least_cost_flow(network)
    areas = {
        c: sum(flows[end, c.line].get(("parcel", c.parcel), 0) for end in ("must", "may")) for c in problem.choices
    }
    return {choice: area for choice, area in areas.items() if area}
