"""Writes a component as GraphML: nodes and links with their areas and evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from eligibility.reconcile.component.nodes import Component
from eligibility.reconcile.graph import Node


def write_graphml(component: Component, path: Path) -> None:
    """Write the component; areas in 亩, dates as text, unknown values as empty text."""
    graph = nx.Graph(component=component.name)
    for node, attributes in component.graph.nodes(data=True):
        graph.add_node(_name(node), **_plain(attributes))
    for node, other, attributes in component.graph.edges(data=True):
        graph.add_edge(_name(node), _name(other), **_plain(attributes))
    nx.write_graphml(graph, path, encoding="utf-8", prettyprint=True)


def _name(node: Node) -> str:
    return " ".join(node).strip()


def _plain(attributes: dict[str, Any]) -> dict[str, str | int | float]:
    """Return the attributes of a node or edge as numbers and texts."""
    plain: dict[str, str | int | float] = {}
    for name, value in attributes.items():
        if "_umu" in name:
            plain[name.replace("_umu", "_mu")] = (value or 0) / 1e6
        elif isinstance(value, int | float):
            plain[name] = value
        else:
            plain[name] = _printable(_text(value))
    return plain


def _text(value: Any) -> str:
    """Format evidence as item:weight, parcels as place, class and area, dates as ISO; None as empty text."""
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case dict():
            return ";".join(f"{name}:{weight}" for name, weight in value.items())
        case list():
            return "; ".join(
                f"{parcel['community'] or ''}{'、'.join(parcel['groups'] or [])} {parcel['land_class'] or ''} {(parcel['area_umu'] or 0) / 1e6:g}"
                for parcel in value
            )
        case _:
            return str(value)


def _printable(text: str) -> str:
    """Remove control characters, which XML does not allow."""
    return "".join(character for character in text if character.isprintable())
