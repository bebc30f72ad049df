"""Finds a component by its number, or by an agreement or approval in it; suggests similar numbers if there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.resources import files
from typing import Any

import duckdb
from rapidfuzz import process

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.document_number import normal_form
from eligibility.model.names import squeeze
from eligibility.reconcile.component.nodes import AgreementNode, ApprovalNode, Component, LineKey, MatchEdge
from eligibility.reconcile.graph import Graph, Node, matching_graph

_MOST_NEAR = 3


def component_of(con: duckdb.DuckDBPyConnection, wanted: str) -> Component:
    """Return the component of that number, or the one that contains the agreement or approval of that number.

    Raises:
        InputError: there is none; the message suggests similar numbers.

    """
    number = _numbered(con, wanted)
    if number is None:
        agreement = agreement_key(con, wanted)
        if agreement is None:
            raise InputError(_unknown(con, wanted))
        return _read(con, None, agreement)
    return _read(con, number, None)


def agreement_key(con: duckdb.DuckDBPyConnection, wanted: str) -> str | None:
    """Return the key of the agreement of that number, normalised as in intake; None if there is none."""
    row = con.execute(
        "SELECT agreement_key FROM link.coverage WHERE agreement_no = ? OR agreement_key = ? LIMIT 1",
        [wanted, squeeze(wanted)],
    ).fetchone()
    return None if row is None else str(row[0])


def similar_agreements(con: duckdb.DuckDBPyConnection, wanted: str) -> list[str]:
    """Return the most similar agreement numbers."""
    names = [name for (name,) in con.execute("SELECT DISTINCT agreement_no FROM link.coverage ORDER BY 1").fetchall()]
    return [match[0] for match in process.extract(wanted, names, limit=_MOST_NEAR)]


def query(name: str) -> str:
    """Return the text of `<name>.sql` of this package."""
    return files("eligibility.reconcile.component").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _numbered(con: duckdb.DuckDBPyConnection, wanted: str) -> int | None:
    plain = squeeze(wanted)
    digits = plain if plain.isdecimal() and plain.isascii() and len(plain) < 9 else None
    row = con.execute(
        "SELECT component FROM link.links WHERE component = ?::INTEGER OR agreement_no = ? OR agreement_key = ?"
        " OR approval_key = ? ORDER BY component = ?::INTEGER DESC, component LIMIT 1",
        [digits, wanted, plain, normal_form(wanted), digits],
    ).fetchone()
    return None if row is None else int(row[0])


def _read(con: duckdb.DuckDBPyConnection, number: int | None, agreement: str | None) -> Component:
    graph = matching_graph(con, number, agreement)
    lines, approvals = _nodes(graph, "agreement"), _nodes(graph, "approval")
    communities = {line["community_key"] for line in lines.values()}
    return Component(
        number,
        tuple(_approved(node[1], approval, communities) for node, approval in approvals.items()),
        tuple(_agreed(node[1], line) for node, line in lines.items()),
        tuple(
            _drawn((line[1], graph.nodes[line]["land_class"]), approval[1], link)
            for approval, line, link in _links(graph)
        ),
        graph,
    )


def _nodes(graph: Graph, kind: str) -> dict[Node, dict[str, Any]]:
    return {node: attributes for node, attributes in graph.nodes(data=True) if attributes["kind"] == kind}


def _links(graph: Graph) -> Iterator[tuple[Node, Node, dict[str, Any]]]:
    """Every edge as approval, line and attributes, ordered by line and approval."""
    edges = [(max(pair), min(pair), link) for *pair, link in graph.edges(data=True)]  # "approval" > "agreement"
    yield from sorted(edges, key=lambda edge: (edge[1], edge[0]))


def _approved(key: str, approval: dict[str, Any], communities: Collection[str]) -> ApprovalNode:
    parcels = [parcel for parcel in approval["parcels"] if parcel["community_key"] in communities]
    area = sum(parcel["area_umu"] or 0 for parcel in parcels if parcel["ownership"] != "state")
    names = ("no", "approved_from", "approved_to", "project", "batch", "authority")
    return ApprovalNode(key, *(*(approval[name] for name in names), area))


def _agreed(key: str, line: dict[str, Any]) -> AgreementNode:
    names = ("land_class", "no", "place", "agreement_kind", "project", "cited", "signed_from", "signed_to", "area_umu",
             "covered_umu_min", "covered_umu_max", "status")  # fmt: skip
    return AgreementNode(key, *(line[name] for name in names))


def _drawn(line: LineKey, approval: str, link: dict[str, Any]) -> MatchEdge:
    certain = link["certainty"] == "certain"
    return MatchEdge(
        line, approval, link["area_umu_min"], link["area_umu_max"], certain, link["score"], link["evidence"]
    )


def _unknown(con: duckdb.DuckDBPyConnection, wanted: str) -> Diagnostic:
    row = con.execute("SELECT min(component), max(component) FROM link.links").fetchone()
    numbers = f"{row[0]}–{row[1]}" if row is not None and row[0] is not None else "—"
    near = "、".join(similar_agreements(con, wanted)) or "—"
    return Diagnostic(
        "component_unknown",
        SourceLocation(wanted),
        Bilingual("没有这个关联组、协议或批文", "there is no such component, agreement or approval"),
        Bilingual(
            f"关联组编号为 {numbers}；相近的协议：{near}；可执行 eligibility reconcile list",
            f"components are {numbers}; agreements written alike: {near}; see: eligibility reconcile list",
        ),
    )
