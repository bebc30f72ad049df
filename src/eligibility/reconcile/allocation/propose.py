"""The best-scoring allocation of every component, and a second one over what it leaves: what is proposed, never accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from eligibility.domain.each import Each, in_turn, lets_go
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


def propose(
    papers: Papers, possible: Candidates, covered: Mapping[int, Coverage], worth: Worth, each: Each = in_turn
) -> Proposals:
    """Solve every component of the admissible links twice: as it is, and what is left over at other prices."""
    pieces = _pieces(papers, possible, covered, worth)
    proposals = Proposals()
    for number, (piece, settled) in enumerate(zip(pieces, each(settle_piece, pieces), strict=True)):
        proposals.links |= settled.links
        proposals.component |= dict.fromkeys(piece.lines, number)
        proposals.components.append(piece.record(number, settled))
    return proposals


class Settled(NamedTuple):
    """What both passes made of one component: (line, approval key) → (first or second, area), the more costly method."""

    links: dict[tuple[int, str], tuple[str, int]]
    method: str
    seconds_limit_hit: bool


@lets_go
def settle_piece(piece: Piece) -> Settled:
    """Both passes over one component."""
    first, second = solve_piece(piece)
    method = max(first.method, second.method, key=METHODS.index)
    made = _links(second, "second") | _links(first, "first")
    return Settled(made, method, first.seconds_limit_hit or second.seconds_limit_hit)


def solve_piece(piece: Piece) -> tuple[Solution, Solution]:
    """The two passes, each by itself."""
    first = piece.solve(settings().first_pass)
    return first, piece.solve(settings().second_pass, after=first)


def _links(solution: Solution, word: str) -> dict[tuple[int, str], tuple[str, int]]:
    areas: dict[tuple[int, str], int] = defaultdict(int)
    for choice, area in solution.areas.items():
        areas[choice.line, choice.approval] += area
    return {link: (word, area) for link, area in areas.items()}


def _pieces(papers: Papers, possible: Candidates, covered: Mapping[int, Coverage], worth: Worth) -> list[Piece]:
    """Lines connected by the parcels they may draw on; a line whose links have no parcel with room stands alone.

    Their order, and that of the lines in each, does not depend on that of the input rows.
    """
    lines = {line.index: line for line in papers.lines}
    reach = {i: _reached(coverage, possible[i]) for i, coverage in covered.items()}
    reach = {i: parcels for i, parcels in reach.items() if parcels and lines[i].area}
    found = parts({i: [p.index for p in parcels] for i, parcels in reach.items()})
    found += [[i] for i, coverage in covered.items() if coverage.shares and i not in reach]

    def order(index: int) -> tuple[str, str, int]:
        return lines[index].key, lines[index].land_class or "", index

    return [
        Piece(
            {i: lines[i] for i in part},
            {i: reach[i] for i in part if i in reach},
            {i: covered[i] for i in part},
            worth,
        )
        for part in sorted((sorted(part, key=order) for part in found), key=lambda part: order(part[0]))
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """One component, all that one worker needs to solve it: its lines in order, the parcels that each may draw on."""

    lines: dict[int, Line]
    reach: Candidates
    covered: dict[int, Coverage]
    worth: Worth

    def solve(self, prices: Prices, after: Solution | None = None) -> Solution:
        """The best allocation; `after` a first pass, only links that it did not make, into what it left."""
        areas: dict[Choice, int] = {}
        drawing = list(self.reach)
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

    def record(self, number: int, settled: Settled) -> Component:
        """The account of the component."""
        parcels = {p.index for drawn in self.reach.values() for p in drawn}
        edges = sum(map(len, self.reach.values()))
        return Component(number, len(self.lines), len(parcels), edges, settled.method, settled.seconds_limit_hit)


def _reached(coverage: Coverage, possible: list[Parcel]) -> list[Parcel]:
    """Parcels of the approvals that are not excluded for the line, in an order of their own."""
    keys = {key for key, (_, most) in coverage.shares.items() if most}
    return sorted(
        (p for p in possible if p.approval in keys),
        key=lambda p: (p.approval, p.community, sorted(p.groups), p.land_class or "", p.area, p.index),
    )
