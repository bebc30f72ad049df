"""The flow by which areas are put into parcels, held against networkx."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reconcile.max_flow import connected_components, max_flow

REACH = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 5), unique=True, max_size=4), max_size=8)


@settings(max_examples=300, deadline=None)
@given(REACH, st.data())
def test_as_much_is_put_as_a_maximum_flow_puts_and_no_place_overflows(reach: dict[int, list[int]], data) -> None:
    demands = {key: data.draw(st.integers(0, 9)) for key in reach}
    capacities = {place: data.draw(st.integers(0, 9)) for place in range(6)}
    flow = max_flow(demands, reach, capacities)
    network = nx.DiGraph()
    network.add_nodes_from(("source", "sink"))
    for key, places in reach.items():
        network.add_edge("source", ("key", key), capacity=demands[key])
        network.add_edges_from((("key", key), ("place", place)) for place in places)
    network.add_edges_from((("place", place), "sink", {"capacity": area}) for place, area in capacities.items())
    assert sum(sum(one.values()) for one in flow.values()) == nx.maximum_flow_value(network, "source", "sink")
    for key, one in flow.items():
        assert sum(one.values()) <= demands[key]
        assert set(one) <= set(reach[key])
        assert min(one.values(), default=1) > 0
    for place, area in capacities.items():
        assert sum(one.get(place, 0) for one in flow.values()) <= area


@settings(max_examples=100, deadline=None)
@given(REACH)
def test_parts_are_the_connected_components(reach: dict[int, list[int]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(("key", key) for key in reach)
    graph.add_edges_from((("key", key), ("place", place)) for key, places in reach.items() for place in places)
    found = [sorted(key for kind, key in part if kind == "key") for part in nx.connected_components(graph)]
    assert connected_components(reach) == sorted(part for part in found if part)
