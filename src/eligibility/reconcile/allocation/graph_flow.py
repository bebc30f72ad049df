"""Solves one component as a minimum-cost flow in integers (network simplex of networkx)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import networkx as nx

from eligibility.reconcile.allocation.problem import Choice, Problem

_SCALE = 10**13
"""Scale of points per micro-亩 to integers: with floating weights, network simplex can loop for ever."""


def least_cost_flow(network: nx.DiGraph) -> tuple[int, dict[Hashable, dict[Hashable, int]]]:
    """Return cost and flows of a minimum-cost flow; capacities, weights and demands must be integers."""
    cost, flows = nx.network_simplex(network)
    return int(cost), flows


def solve_as_flow(problem: Problem) -> dict[Choice, int]:
    """Return the area of each choice in a best allocation; the price of a link is charged in proportion to its share."""
    network = nx.DiGraph()
    for line, want in problem.wants.items():
        required = problem.required.get(line, 0)
        network.add_node(("must", line), demand=-required)
        network.add_node(("may", line), demand=required - want)
        network.add_edge(("may", line), "sink", weight=0)
    for parcel, capacity in problem.capacities.items():
        network.add_edge(("parcel", parcel), "sink", weight=0, capacity=capacity)
    network.add_node("sink", demand=sum(problem.wants.values()))
    for choice in problem.choices:
        weight = -int((problem.gain(choice) - problem.prices.link) * _SCALE / max(1, problem.wants[choice.line]))
        ends: list[Any] = [("may", choice.line)] + [("must", choice.line)] * choice.claimed
        network.add_edges_from((end, ("parcel", choice.parcel), {"weight": weight}) for end in ends)
    _, flows = least_cost_flow(network)
    areas = {
        c: sum(flows[end, c.line].get(("parcel", c.parcel), 0) for end in ("must", "may")) for c in problem.choices
    }
    return {choice: area for choice, area in areas.items() if area}
