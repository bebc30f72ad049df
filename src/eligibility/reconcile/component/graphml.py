"""A component as GraphML, for any graph program: nodes and links with their areas and evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from eligibility.reconcile.component.nodes import Component


def write_graphml(component: Component, path: Path) -> None:
    """Write the component; areas in 亩, days as texts, what is not known as an empty text."""
    graph = nx.Graph(component=component.name)
    for node, told in component.graph.nodes(data=True):
        graph.add_node(" ".join(node).strip(), **_plain(told))
    for one, other, told in component.graph.edges(data=True):
        graph.add_edge(" ".join(one).strip(), " ".join(other).strip(), **_plain(told))
    nx.write_graphml(graph, path, encoding="utf-8", prettyprint=True)


def _plain(told: dict[str, Any]) -> dict[str, str | int | float]:
    """What a node or edge says as numbers and texts."""
    plain: dict[str, str | int | float] = {}
    for name, value in told.items():
        if "_umu" in name:
            plain[name.replace("_umu", "_mu")] = (value or 0) / 1e6
        elif isinstance(value, int | float):
            plain[name] = value
        else:
            plain[name] = _printable(_text(value))
    return plain


def _text(value: Any) -> str:
    """Evidence as item:weight, parcels as place, class and area, days as they are written, nothing as an empty text."""
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case dict():
            return ";".join(f"{name}:{weight}" for name, weight in value.items())
        case list():
            return "; ".join(
                f"{one['community'] or ''}{'、'.join(one['groups'] or [])} {one['land_class'] or ''} {(one['area_umu'] or 0) / 1e6:g}"
                for one in value
            )
        case _:
            return str(value)


def _printable(text: str) -> str:
    """Without control characters, which XML does not know."""
    return "".join(mark for mark in text if mark.isprintable())
