"""The matching of a run as one networkx graph: approvals with their parcels on one side, agreement lines on the other.

Components, GraphML files and pictures are derived from it. Example: agreement 协1 over 20 亩, which approval 云国土资复〔2013〕120号 certainly
covers, is an edge of certainty `certain` with `area_umu_min` = `area_umu_max` = 20,000,000.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, TypeAlias

import duckdb
import networkx as nx

Graph: TypeAlias = nx.Graph
"""Type of the result of `matching_graph`."""
Node = tuple[str, ...]
"""("approval", key) or ("agreement", key, land class, "" where none was read)."""


def matching_graph(con: duckdb.DuckDBPyConnection, component: int | None = None, agreement: str | None = None) -> Graph:
    """Return the graph of schemas `paper` and `link`: all, one component, or the uncoverable lines of one agreement.

    Areas are whole micro-亩 (10⁻⁶ 亩). The attribute `kind` of a node is `approval` or `agreement`. An approval has `no`, `approved_from`, `approved_to`, `project`,
    `batch`, `authority`, `area_umu` (of its land that is not the state's) and `parcels`: community, groups, ownership, land class and area of each.
    An agreement line has `no`, `place`, `agreement_kind`, `land_class`, `project`, `cited`, `community_key`, `signed_from`, `signed_to`, `area_umu`,
    `covered_umu_min`, `covered_umu_max`, `status`. An edge has `certainty` (certain, possible),
    `area_umu_min`, `area_umu_max`, `score`, `evidence` (item → weight), `proposed`, `proposed_umu`, `component`, `judged_by`. A line that no
    approval can cover is a node without edges.
    """
    graph = nx.Graph()
    arguments = {"component": component, "agreement": agreement}
    for key, land_class, *values in _rows(con, "graph_agreements", arguments):
        attributes = dict(zip(_LINE, values, strict=True))
        graph.add_node(_line(key, land_class), kind="agreement", land_class=land_class, **attributes)
    for key, *values in _rows(con, "graph_approvals", arguments):
        graph.add_node(("approval", key), kind="approval", **dict(zip(_APPROVAL, values, strict=True)))
    for key, land_class, approval, evidence, *values in _rows(con, "graph_links", arguments):
        attributes = dict(zip(_LINK, values, strict=True))
        graph.add_edge(("approval", approval), _line(key, land_class), evidence=weights(evidence), **attributes)
    return graph


def _line(key: str, land_class: str | None) -> Node:
    return "agreement", key, land_class or ""


def weights(evidence: str) -> dict[str, int]:
    """Return the weight of each item of evidence, in the order of the text.

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


def _rows(con: duckdb.DuckDBPyConnection, name: str, arguments: dict[str, Any]) -> list[tuple[Any, ...]]:
    text = files("eligibility.reconcile").joinpath(f"{name}.sql").read_text(encoding="utf-8")
    return con.execute(text, arguments).fetchall()
