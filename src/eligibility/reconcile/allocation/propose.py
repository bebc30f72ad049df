"""The best-scoring allocation of every component, and a second one over what it leaves: what is proposed, never accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from eligibility.reconcile.allocation.problem import Choice, Prices, Problem, settings
from eligibility.reconcile.allocation.solve import METHODS, Solution, solve
from eligibility.reconcile.coverage import Coverage
from eligibility.reconcile.filling import parts
from eligibility.reconcile.papers import Line, Papers, Parcel
from eligibility.reconcile.ties import Candidates

Worth = Callable[[Line, str, list[Parcel]], int]
"""Points of evidence between a line and those parcels of an approval."""


class Component(NamedTuple):
    """How one component was solved; the fields of `link.components`."""

    component: int
    agreements: int
    parcels: int
    edges: int
    method: str
    seconds_limit_hit: bool


@dataclass(slots=True)
class Proposals:
    """`links`: (line, approval key) → (first or second, area); `component`: line → its number; `components` in order."""

    links: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)
    component: dict[int, int] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)


def propose(papers: Papers, possible: Candidates, covered: Mapping[int, Coverage], worth: Worth) -> Proposals:
    """Solve every component of the admissible links twice: as it is, and what is left over at other prices."""
    desk = _Desk(papers, possible, covered, worth)
    proposals = Proposals()
    for number, lines in enumerate(desk.components()):
        first = desk.solve(lines, settings().first_pass)
        second = desk.solve(lines, settings().second_pass, after=first)
        proposals.links |= _links(second, "second") | _links(first, "first")
        proposals.component |= dict.fromkeys(lines, number)
        proposals.components.append(desk.record(number, lines, (first, second)))
    return proposals


def _links(solution: Solution, word: str) -> dict[tuple[int, str], tuple[str, int]]:
    areas: dict[tuple[int, str], int] = defaultdict(int)
    for choice, area in solution.areas.items():
        areas[choice.line, choice.approval] += area
    return {link: (word, area) for link, area in areas.items()}


class _Desk:
    """The papers laid out for solving, in an order that does not depend on that of the input rows."""

    def __init__(self, papers: Papers, possible: Candidates, covered: Mapping[int, Coverage], worth: Worth) -> None:
        self.lines = {line.index: line for line in papers.lines}
        self.covered = covered
        self.worth = worth
        self.reach = {i: _reached(coverage, possible[i]) for i, coverage in covered.items()}
        self.reach = {i: parcels for i, parcels in self.reach.items() if parcels and self.lines[i].area}

    def components(self) -> list[list[int]]:
        """Lines connected by the parcels they may draw on; a line whose links have no parcel with room stands alone."""
        found = parts({i: [p.index for p in parcels] for i, parcels in self.reach.items()})
        found += [[i] for i, coverage in self.covered.items() if coverage.shares and i not in self.reach]
        return sorted((sorted(part, key=self._order) for part in found), key=lambda part: self._order(part[0]))

    def _order(self, index: int) -> tuple[str, str, int]:
        line = self.lines[index]
        return line.key, line.land_class or "", index

    def solve(self, lines: list[int], prices: Prices, after: Solution | None = None) -> Solution:
        """The lines of a component; `after` a first pass, only links that it did not make, into what it left."""
        areas: dict[Choice, int] = {}
        drawing = [i for i in lines if i in self.reach]
        room = {p.index: p.area + p.half for i in drawing for p in self.reach[i]}
        wants = {i: max(1, self.lines[i].area - self.lines[i].half) for i in drawing}
        made: set[tuple[int, str]] = set()
        method, hit = "certain", False
        if after is None:
            areas = {choice: wants[choice.line] for choice in map(self._only, drawing) if choice is not None}
        for choice, area in (after.areas if after else areas).items():
            room[choice.parcel] = max(0, room[choice.parcel] - area)
            wants[choice.line] -= area
            made.add((choice.line, choice.approval))
        short = {i: want for i, want in wants.items() if want > self.lines[i].half}
        choices = tuple(c for i in short for c in self._choices(i) if room[c.parcel] and (i, c.approval) not in made)
        must = {} if after else {i: self._must(i) for i in short if self._must(i)}
        for problem in Problem(short, must, room, choices, prices).useful():
            solution = solve(problem, settings().limits)
            areas |= solution.areas
            method = max(method, solution.method, key=METHODS.index)
            hit |= solution.seconds_limit_hit
        return Solution(areas, method, hit)

    def _only(self, index: int) -> Choice | None:
        """The one choice of a line that is wholly certain on one parcel."""
        coverage, parcels = self.covered[index], self.reach[index]
        whole = coverage.tie is not None and coverage.least == self.lines[index].area and len(parcels) == 1
        return Choice(index, parcels[0].index, parcels[0].approval, 0, True) if whole else None

    def _must(self, index: int) -> int:
        least = self.covered[index].least
        return max(0, least - self.lines[index].half) if least else 0

    def _choices(self, index: int) -> list[Choice]:
        line, tie = self.lines[index], self.covered[index].tie
        tied = {p.index for p in tie.parcels} if tie is not None else set()
        return [
            Choice(index, p.index, p.approval, self.worth(line, p.approval, [p]), p.index in tied)
            for p in self.reach[index]
        ]

    def record(self, number: int, lines: list[int], passes: tuple[Solution, ...]) -> Component:
        """The account of one component."""
        parcels = {p.index for i in lines for p in self.reach.get(i, ())}
        edges = sum(len(self.reach.get(i, ())) for i in lines)
        method = max((one.method for one in passes), key=METHODS.index)
        return Component(number, len(lines), len(parcels), edges, method, any(one.seconds_limit_hit for one in passes))


def _reached(coverage: Coverage, possible: list[Parcel]) -> list[Parcel]:
    """Parcels of the approvals that are not excluded for the line, in an order of their own."""
    keys = {key for key, (_, most) in coverage.shares.items() if most}
    return sorted(
        (p for p in possible if p.approval in keys),
        key=lambda p: (p.approval, p.community, sorted(p.groups), p.land_class or "", p.area, p.index),
    )
