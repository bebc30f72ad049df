"""Where everything of a picture stands: approvals left, agreements right, bands between them as wide as their area."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TypeVar

from eligibility.reconcile.component import Component, MatchEdge
from eligibility.reconcile.component.nodes import LineKey

Key = TypeVar("Key", str, LineKey)

WIDTH = 1160
BAR = 18
LEFT, RIGHT = 330, 830
TOP, GAP, LABEL = 96, 14, 46
_BANDS = 460  # pixels that the larger side may take for its areas together


@dataclass(frozen=True, slots=True)
class Box:
    """The bar of one paper: top and height of its area."""

    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """One link between two bars: where it starts on either side and how wide its least and its most are."""

    link: MatchEdge
    left: float
    right: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed; `order` of either side from top to bottom."""

    approvals: dict[str, Box]
    agreements: dict[LineKey, Box]
    bands: tuple[Band, ...]
    height: int


def place(component: Component) -> Layout:
    """Bars in an order that crosses few bands: approvals by day, agreements by the approvals they draw on."""
    links = component.links
    rank = {a.key: n for n, a in enumerate(sorted(component.approvals, key=lambda a: (a.day_lo, a.key)))}
    reach: dict[LineKey, list[int]] = defaultdict(list)
    for link in links:
        reach[link.line].append(rank[link.approval])
    lines = sorted(
        component.agreements, key=lambda one: (_mean(reach[one.line]), one.place, one.no, one.land_class or "")
    )
    places = {one.line: n for n, one in enumerate(lines)}
    scale = _BANDS / max(*_sums(component), 1)
    given = {a: max(_area(component, a), _most(links, approval=a)) * scale for a in rank}
    taken = {one.line: max(one.area_umu, _most(links, line=one.line)) * scale for one in lines}
    left, left_end = _stack(sorted(rank, key=rank.__getitem__), given)
    right, right_end = _stack([one.line for one in lines], taken)
    bands = _bands(links, left, right, (rank, places), scale)
    return Layout(left, right, bands, round(max(left_end, right_end)) + 40)


def _mean(ranks: list[int]) -> float:
    return sum(ranks) / len(ranks) if ranks else -1.0


def _sums(component: Component) -> tuple[int, int]:
    lines = sum(max(one.area_umu, _most(component.links, line=one.line)) for one in component.agreements)
    return lines, sum(max(one.area_umu, _most(component.links, approval=one.key)) for one in component.approvals)


def _area(component: Component, approval: str) -> int:
    return next(one.area_umu for one in component.approvals if one.key == approval)


def _most(links: tuple[MatchEdge, ...], *, approval: str = "", line: LineKey | None = None) -> int:
    return sum(one.most_micro_mu for one in links if one.approval == approval or one.line == line)


def _stack(keys: list[Key], heights: dict[Key, float]) -> tuple[dict[Key, Box], float]:
    boxes, top = {}, float(TOP)
    for key in keys:
        boxes[key] = Box(round(top, 2), round(max(heights[key], 3), 2))
        top += max(heights[key], LABEL) + GAP
    return boxes, top


def _bands(
    links: tuple[MatchEdge, ...],
    left: dict[str, Box],
    right: dict[LineKey, Box],
    order: tuple[dict[str, int], dict[LineKey, int]],
    scale: float,
) -> tuple[Band, ...]:
    rank, places = order
    starts: dict[MatchEdge, float] = {}
    ends: dict[MatchEdge, float] = {}
    used: dict[object, float] = defaultdict(float)
    for link in sorted(links, key=lambda one: (rank[one.approval], places[one.line])):
        starts[link] = left[link.approval].top + used[link.approval]
        used[link.approval] += link.most_micro_mu * scale
    for link in sorted(links, key=lambda one: (places[one.line], rank[one.approval])):
        ends[link] = right[link.line].top + used[link.line]
        used[link.line] += link.most_micro_mu * scale
    return tuple(
        Band(
            one,
            round(starts[one], 2),
            round(ends[one], 2),
            round(one.least_micro_mu * scale, 2),
            round(max(one.most_micro_mu * scale, 1), 2),
        )
        for one in links
    )
