"""The matching graph of agreement lines and approval parcels (networkx): components and the flows on it.

Flows are between whole numbers (micro-亩), so they are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx

from eligibility.reconcile.papers import Line
from eligibility.reconcile.ties import Candidates


def matching_graph(lines: Iterable[Line], candidates: Candidates) -> nx.Graph:
    """Nodes ("agreement", index) and ("parcel", index) with their areas; an edge for each possible pair."""
    graph = nx.Graph()
    for line in lines:
        if line.index not in candidates:
            continue
        graph.add_node(("agreement", line.index), label=line.no, area_umu=line.area)
        for parcel in candidates[line.index]:
            graph.add_node(("parcel", parcel.index), label=parcel.approval, area_umu=parcel.area)
            graph.add_edge(("agreement", line.index), ("parcel", parcel.index))
    return graph


def components(graph: nx.Graph) -> dict[int, int]:
    """Line index → number of its connected component, numbered in input order of their first line."""
    found: dict[int, int] = {}
    parts = [sorted(i for kind, i in part if kind == "agreement") for part in nx.connected_components(graph)]
    for number, part in enumerate(sorted(parts)):
        found.update(dict.fromkeys(part, number))
    return found


def parts(reach: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """The keys of `reach` in sets that share no value with each other, in order of their smallest key."""
    graph = nx.Graph()
    for key, values in reach.items():
        graph.add_edges_from((("key", key), ("value", value)) for value in values)
    found = [sorted(i for kind, i in part if kind == "key") for part in nx.connected_components(graph)]
    return sorted(found)


def greatest_filling(
    demands: Mapping[int, int], reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]
) -> dict[int, dict[int, int]]:
    """A way to put as much of the demands as possible into what each can reach: key → place → amount (maximum flow).

    >>> greatest_filling({1: 5, 2: 5}, {1: [7, 8], 2: [7]}, {7: 6, 8: 3})[1]
    {8: 3, 7: 1}
    """
    if len(demands) == 1 or len(capacities) == 1:
        return _poured(demands, reach, capacities)
    network = nx.DiGraph()
    network.add_nodes_from(("source", "sink"))
    for key, demand in demands.items():
        network.add_edge("source", ("key", key), capacity=demand)
        for place in reach[key]:
            network.add_edge(("key", key), ("place", place), capacity=demand)
            network.add_edge(("place", place), "sink", capacity=capacities[place])
    _, flows = nx.maximum_flow(network, "source", "sink")
    return {key: {p: amount for (_, p), amount in flows["key", key].items() if amount} for key in demands}


def _poured(
    demands: Mapping[int, int], reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]
) -> dict[int, dict[int, int]]:
    """One after the other, which is best where there is one key or one place."""
    free = dict(capacities)
    poured: dict[int, dict[int, int]] = {}
    for key, demand in demands.items():
        left, poured[key] = demand, {}
        for place in reach[key]:
            if amount := min(left, free[place]):
                poured[key][place] = amount
                free[place] -= amount
                left -= amount
    return poured
