"""The drawing of a comparison: old outcomes on the left, new ones on the right, persons who change as bands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from eligibility.reporting.impact import Turn

HEIGHT = 320
"""Height of the drawing."""
ROOM = 26
"""Room between two blocks, for their labels."""
LEFT, RIGHT, THICK = 0, 1000, 14


@dataclass(frozen=True, slots=True)
class Block:
    """One outcome on one side: where it stands and how many persons leave or reach it."""

    outcome: str
    x: int
    y: float
    height: float
    persons: int


@dataclass(frozen=True, slots=True)
class Band:
    """Persons from one outcome to another, as the path of an SVG."""

    before: str
    after: str
    persons: int
    path: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole drawing, in units of its own."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    bands: tuple[Band, ...]


def flow(turns: Mapping[Turn, int], outcomes: list[str]) -> Flow:
    """Draw the turns; blocks in the order of `outcomes`, heights in proportion to persons."""
    leaving: Counter[str] = Counter()
    reaching: Counter[str] = Counter()
    for (before, after), persons in turns.items():
        leaving[before] += persons
        reaching[after] += persons
    blocks = max(len(leaving), len(reaching), 1)
    scale = (HEIGHT - ROOM * blocks) / max(sum(turns.values()), 1)
    left, right = _column(leaving, outcomes, LEFT, scale), _column(reaching, outcomes, RIGHT - THICK, scale)
    return Flow(left, right, _bands(turns, left, right, scale))


def _column(persons: Mapping[str, int], outcomes: list[str], x: int, scale: float) -> tuple[Block, ...]:
    blocks, y = [], float(ROOM)
    for outcome in [o for o in outcomes if persons.get(o)]:
        height = max(persons[outcome] * scale, 2.0)
        blocks.append(Block(outcome, x, round(y, 1), round(height, 1), persons[outcome]))
        y += height + ROOM
    return tuple(blocks)


def _bands(
    turns: Mapping[Turn, int], left: tuple[Block, ...], right: tuple[Block, ...], scale: float
) -> tuple[Band, ...]:
    tops = {block.outcome: block.y for block in left}
    ends = {block.outcome: block.y for block in right}
    bands = []
    for start in left:
        for end in right:
            persons = turns.get((start.outcome, end.outcome), 0)
            if persons:
                thick = persons * scale
                path = _path(tops[start.outcome], ends[end.outcome], thick)
                bands.append(Band(start.outcome, end.outcome, persons, path))
                tops[start.outcome] += thick
                ends[end.outcome] += thick
    return tuple(bands)


def _path(top: float, end: float, thick: float) -> str:
    """A band of even thickness, curved in the middle."""
    x0, x1, mid = LEFT + THICK, RIGHT - THICK, (LEFT + RIGHT) // 2
    thick = max(thick, 1.0)
    upper = f"M{x0},{top:.1f} C{mid},{top:.1f} {mid},{end:.1f} {x1},{end:.1f}"
    lower = f"L{x1},{end + thick:.1f} C{mid},{end + thick:.1f} {mid},{top + thick:.1f} {x0},{top + thick:.1f} Z"
    return f"{upper} {lower}"
