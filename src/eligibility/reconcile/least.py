"""How much of each tied agreement line is covered for certain: what rival claims leave to it, whatever they take.

Two ways to be certain, and no third. *Closing as a set*: where all claims that bear on the same parcels can be satisfied
in full at once, an allocation that leaves one of them short contradicts positive evidence without need and is not
admissible, so each is covered. *The worst filling*: otherwise each line keeps only what its rivals cannot use up.
Both are judged within the rounding of what was printed (half the last digit of each figure).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from eligibility.reconcile.filling import greatest_filling, parts
from eligibility.reconcile.papers import Line
from eligibility.reconcile.ties import Tie


def certain_areas(lines: Mapping[int, Line], ties: Mapping[int, Tie]) -> dict[int, int]:
    """Line index → area certainly covered (micro-亩), for every line whose tie is binding."""
    field = _Field(lines, ties)
    # a citation is rivalled by citations and by names that could bind; a claim by name by everything
    closed = field.closing(lambda tie: tie.cited or tie.binding) & {i for i, tie in ties.items() if tie.cited}
    closed |= field.closing(lambda _: True)
    return {i: lines[i].area if i in closed else field.left(i) for i, tie in ties.items() if tie.binding}


class _Field:
    """Claims against each other on the same parcels."""

    def __init__(self, lines: Mapping[int, Line], ties: Mapping[int, Tie]) -> None:
        self.lines = lines
        self.ties = ties
        self.claimants: dict[int, list[int]] = defaultdict(list)
        for index, tie in ties.items():
            for parcel in tie.parcels:
                self.claimants[parcel.index].append(index)

    def closing(self, counts: Callable[[Tie], bool]) -> set[int]:
        """Lines of those claims that close as a set with all others that bear on the same parcels."""
        reach = {i: [p.index for p in tie.parcels] for i, tie in self.ties.items() if counts(tie)}
        return {i for part in parts(reach) if self._closes({i: reach[i] for i in part}) for i in part}

    def _closes(self, reach: Mapping[int, list[int]]) -> bool:
        """Whether all can be satisfied in full at once, each figure anywhere within its rounding."""
        demands = {i: max(0, self.lines[i].area - self.lines[i].half) for i in reach}
        capacities = {p.index: p.area + p.half for i in reach for p in self.ties[i].parcels}
        if sum(demands.values()) > sum(capacities.values()):
            return False
        if len(capacities) == 1:
            return True
        filled = greatest_filling(demands, reach, capacities)
        return all(sum(filled[i].values()) == demand for i, demand in demands.items())

    def left(self, index: int) -> int:
        """What the worst filling by rivals leaves to the line, at most its area."""
        line, tie = self.lines[index], self.ties[index]
        rivals = {i for p in tie.parcels for i in self.claimants[p.index] if i != index and _rivals(self.ties[i], tie)}
        mine = {p.index: p.area for p in tie.parcels}
        rounding = line.half + sum(p.half for p in tie.parcels) + sum(self.lines[i].half for i in rivals)
        left = sum(mine.values()) - sum(self.lines[i].area for i in rivals)
        if left + rounding < line.area and rivals:
            left = sum(mine.values()) - self._worst(rivals, mine)
        return line.area if left + rounding >= line.area else max(0, left)

    def _worst(self, rivals: set[int], mine: Mapping[int, int]) -> int:
        reach = {i: [p.index for p in self.ties[i].parcels if p.index in mine] for i in sorted(rivals)}
        filled = greatest_filling({i: self.lines[i].area for i in reach}, reach, mine)
        return sum(sum(amounts.values()) for amounts in filled.values())


def _rivals(other: Tie, tie: Tie) -> bool:
    return other.cited or other.binding or not tie.cited
