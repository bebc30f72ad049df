"""A component as GraphML, for any graph program: nodes and links with their areas and evidence."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from eligibility.reconcile.component.nodes import Component


def write_graphml(component: Component, path: Path) -> None:
    """Write the component; areas in 亩, what is not known as an empty text."""
    graph = nx.Graph(component=component.name)
    for given in component.approvals:
        graph.add_node(
            f"approval {given.key}", kind="approval", label=given.no, area_mu=given.area_umu / 1e6, project=given.project,
            batch=given.batch, day_from=given.day_lo.isoformat(), day_to=given.day_hi.isoformat(),
        )  # fmt: skip
    for line in component.agreements:
        graph.add_node(
            _node(line.key, line.land_class), kind="agreement", label=line.no, land_class=line.land_class or "", place=line.place,
            area_mu=line.area_umu / 1e6, covered_mu_min=line.least_umu / 1e6, covered_mu_max=line.most_umu / 1e6,
            status=line.status, project=line.project, cited=line.cited,
        )  # fmt: skip
    for link in component.links:
        graph.add_edge(
            f"approval {link.approval}", _node(*link.line), certainty="certain" if link.certain else "possible",
            area_mu_min=link.least_umu / 1e6, area_mu_max=link.most_umu / 1e6, score=link.score, evidence=link.evidence,
        )  # fmt: skip
    for _, told in (*graph.nodes(data=True), *((None, data) for *_, data in graph.edges(data=True))):
        told |= {name: _printable(value) for name, value in told.items()}
    nx.write_graphml(graph, path, encoding="utf-8", prettyprint=True)


def _printable(value: object) -> object:
    """Without control characters, which XML does not know."""
    return "".join(mark for mark in value if mark.isprintable()) if isinstance(value, str) else value


def _node(key: str, land_class: str | None) -> str:
    return f"agreement {key} {land_class or ''}".strip()
