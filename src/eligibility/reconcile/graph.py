"""The matching of a run as one networkx graph: approvals with their parcels on one side, agreement lines on the other.

Components, GraphML and pictures are taken from it. Example: agreement 协1 over 20 亩, which approval 云国土资复〔2013〕120号 certainly
covers, is an edge of certainty `certain` with `area_umu_min` = `area_umu_max` = 20,000,000.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, TypeAlias

import duckdb
import networkx as nx

Graph: TypeAlias = nx.Graph
"""What `matching_graph` gives."""
Node = tuple[str, ...]
"""("approval", key) or ("agreement", key, land class, "" where none was read)."""


def matching_graph(con: duckdb.DuckDBPyConnection, component: int | None = None, agreement: str | None = None) -> Graph:
    """The graph of schemas `paper` and `link`; of one component of it; or the lines of one agreement that no approval can cover.

    Areas are whole micro-亩 (10⁻⁶ 亩). Every node says in `kind` what it is. An approval has `no`, `approved_from`, `approved_to`, `project`,
    `batch`, `authority`, `area_umu` (of its land that is not the state's) and `parcels`: community, groups, ownership, land class and area of each.
    An agreement line has `no`, `place`, `agreement_kind`, `land_class`, `project`, `cited`, `community_key`, `signed_from`, `signed_to`, `area_umu`,
    `covered_umu_min`, `covered_umu_max`, `status`. An edge has `certainty` (certain, possible),
    `area_umu_min`, `area_umu_max`, `score`, `evidence` (item → weight), `proposed`, `proposed_umu`, `component`, `judged_by`. A line that no
    approval can cover is a node without edges.
    """
    graph = nx.Graph()
    asked = {"component": component, "agreement": agreement}
    for key, land_class, *values in _rows(con, "graph_agreements", asked):
        attributes = dict(zip(_LINE, values, strict=True))
        graph.add_node(_line(key, land_class), kind="agreement", land_class=land_class, **attributes)
    for key, *values in _rows(con, "graph_approvals", asked):
        graph.add_node(("approval", key), kind="approval", **dict(zip(_APPROVAL, values, strict=True)))
    for key, land_class, approval, evidence, *values in _rows(con, "graph_links", asked):
        attributes = dict(zip(_LINK, values, strict=True))
        graph.add_edge(("approval", approval), _line(key, land_class), evidence=weights(evidence), **attributes)
    return graph


def _line(key: str, land_class: str | None) -> Node:
    return "agreement", key, land_class or ""


def weights(evidence: str) -> dict[str, int]:
    """Item of evidence → its weight, in the order of the evidence.

    >>> weights("citation_same:90;group_same:10")
    {'citation_same': 90, 'group_same': 10}
    """
    pairs = (item.rpartition(":") for item in evidence.split(";") if item)
    return {name: int(weight) for name, _, weight in pairs}


_LINE = (
    "no",
    "place",
    "agreement_kind",
    "project",
    "cited",
    "community_key",
    "signed_from",
    "signed_to",
    "area_umu",
    "covered_umu_min",
    "covered_umu_max",
    "status",
)
_APPROVAL = ("no", "approved_from", "approved_to", "project", "batch", "authority", "area_umu", "parcels")
_LINK = ("certainty", "area_umu_min", "area_umu_max", "score", "proposed", "proposed_umu", "component", "judged_by")


def _rows(con: duckdb.DuckDBPyConnection, name: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    text = files("eligibility.reconcile").joinpath(f"{name}.sql").read_text(encoding="utf-8")
    return con.execute(text, asked).fetchall()
