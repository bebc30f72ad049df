"""The matching graph of agreement lines and approval parcels (networkx): components and the flow of rival claims."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from eligibility.reconcile.papers import Line, Parcel
from eligibility.reconcile.ties import Candidates, Tie


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


def worst_fill(parcels: Iterable[Parcel], rivals: dict[int, tuple[int, Tie]]) -> int:
    """The most of `parcels` (micro-亩) that rival claims could use up: a maximum flow of their areas into them.

    `rivals`: line index → (area, what it claims).
    """
    mine = {parcel.index: parcel.area for parcel in parcels}
    network = nx.DiGraph()
    network.add_nodes_from(("source", "sink"))
    for number, capacity in mine.items():
        network.add_edge(("parcel", number), "sink", capacity=capacity)
    for index, (area, tie) in rivals.items():
        network.add_edge("source", ("agreement", index), capacity=area)
        for parcel in tie.parcels:
            if parcel.index in mine:
                network.add_edge(("agreement", index), ("parcel", parcel.index), capacity=area)
    return int(nx.maximum_flow_value(network, "source", "sink"))
