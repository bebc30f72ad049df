"""Proposes the best-scoring allocation of every component, and a second one of the remaining area; neither is binding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from eligibility.model.parallel import ParallelMap, releases_gil, serial_map
from eligibility.reconcile.allocation.problem import Choice, Prices, Problem, settings
from eligibility.reconcile.allocation.solve import METHODS, Solution, solve
from eligibility.reconcile.coverage import Coverage
from eligibility.reconcile.max_flow import connected_components
from eligibility.reconcile.papers import Line, Papers, Parcel
from eligibility.reconcile.positive_evidence import Candidates

ScoreFunction = Callable[[Line, str, list[Parcel]], int]
"""Returns the points of evidence between a line and those parcels of an approval."""


class ComponentSummary(NamedTuple):
    """How one component was solved; a row of `link.components`."""

    component: int
    agreements: int
    parcels: int
    edges: int
    method: str
    seconds_limit_hit: bool


@dataclass(slots=True)
class Proposals:
    """Result of the model.

    `links`: (line, approval key) → (first or second, area); `component`: line → its number; `components` in order.
    """

    links: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)
    component: dict[int, int] = field(default_factory=dict)
    components: list[ComponentSummary] = field(default_factory=list)


def propose(
    papers: Papers,
    possible: Candidates,
    covered: Mapping[int, Coverage],
    score: ScoreFunction,
    each: ParallelMap = serial_map,
) -> Proposals:
    """Solve every component of the admissible links twice: first the whole, then the remaining area at other prices."""
    components = _components(papers, possible, covered, score)
    proposals = Proposals()
    for number, (component, result) in enumerate(zip(components, each(allocate_component, components), strict=True)):
        proposals.links |= result.links
        proposals.component |= dict.fromkeys(component.lines, number)
        proposals.components.append(component.summary(number, result))
    return proposals


class AllocationResult(NamedTuple):
    """Result of both passes over one component: (line, approval key) → (first or second, area); the costlier method."""

    links: dict[tuple[int, str], tuple[str, int]]
    method: str
    seconds_limit_hit: bool


@releases_gil
def allocate_component(component: AllocationComponent) -> AllocationResult:
    """Run both passes over one component."""
    first, second = solve_component(component)
    method = max(first.method, second.method, key=METHODS.index)
    links = _links(second, "second") | _links(first, "first")
    return AllocationResult(links, method, first.seconds_limit_hit or second.seconds_limit_hit)


def solve_component(component: AllocationComponent) -> tuple[Solution, Solution]:
    """Return the solutions of the first and the second pass."""
    first = component.solve(settings().first_pass)
    return first, component.solve(settings().second_pass, after=first)


def _links(solution: Solution, word: str) -> dict[tuple[int, str], tuple[str, int]]:
    areas: dict[tuple[int, str], int] = defaultdict(int)
    for choice, area in solution.areas.items():
        areas[choice.line, choice.approval] += area
    return {link: (word, area) for link, area in areas.items()}


def _components(
    papers: Papers, possible: Candidates, covered: Mapping[int, Coverage], score: ScoreFunction
) -> list[AllocationComponent]:
    """Group the lines that are connected by parcels; a line without a parcel of positive area is a component of its own.

    The order of components and lines does not depend on the order of the input rows.
    """
    lines = {line.index: line for line in papers.lines}
    reach = {i: _reached(coverage, possible[i]) for i, coverage in covered.items()}
    reach = {i: parcels for i, parcels in reach.items() if parcels and lines[i].area}
    components = connected_components({i: [p.index for p in parcels] for i, parcels in reach.items()})
    components += [[i] for i, coverage in covered.items() if coverage.shares and i not in reach]

    def order(index: int) -> tuple[str, str, int]:
        return lines[index].key, lines[index].land_class or "", index

    return [
        AllocationComponent(
            {i: lines[i] for i in indices},
            {i: reach[i] for i in indices if i in reach},
            {i: covered[i] for i in indices},
            score,
        )
        for indices in sorted((sorted(each, key=order) for each in components), key=lambda indices: order(indices[0]))
    ]


@dataclass(frozen=True, slots=True)
class AllocationComponent:
    """Everything a worker needs to solve one component: its lines in order, and the parcels that each may draw on."""

    lines: dict[int, Line]
    reach: Candidates
    covered: dict[int, Coverage]
    score: ScoreFunction

    def solve(self, prices: Prices, after: Solution | None = None) -> Solution:
        """Return the best allocation; `after` a first pass, only new links, over the remaining area."""
        areas: dict[Choice, int] = {}
        drawing_lines = list(self.reach)
        capacities = {p.index: p.area + p.half_unit for i in drawing_lines for p in self.reach[i]}
        wants = {i: max(1, self.lines[i].area - self.lines[i].half_unit) for i in drawing_lines}
        linked: set[tuple[int, str]] = set()
        method, hit = "certain", False
        if after is None:
            areas = {
                choice: wants[choice.line] for choice in map(self._certain_choice, drawing_lines) if choice is not None
            }
        for choice, area in (after.areas if after else areas).items():
            capacities[choice.parcel] = max(0, capacities[choice.parcel] - area)
            wants[choice.line] -= area
            linked.add((choice.line, choice.approval))
        uncovered = {i: want for i, want in wants.items() if want > self.lines[i].half_unit}
        choices = tuple(
            c for i in uncovered for c in self._choices(i) if capacities[c.parcel] and (i, c.approval) not in linked
        )
        required = {} if after else {i: self._required(i) for i in uncovered if self._required(i)}
        for problem in Problem(uncovered, required, capacities, choices, prices).useful():
            solution = solve(problem, settings().limits)
            areas |= solution.areas
            method = max(method, solution.method, key=METHODS.index)
            hit |= solution.seconds_limit_hit
        return Solution(areas, method, hit)

    def _certain_choice(self, index: int) -> Choice | None:
        """Return the only choice of a line whose whole area is certain on one parcel."""
        coverage, parcels = self.covered[index], self.reach[index]
        whole = coverage.claim is not None and coverage.least == self.lines[index].area and len(parcels) == 1
        return Choice(index, parcels[0].index, parcels[0].approval, 0, True) if whole else None

    def _required(self, index: int) -> int:
        least = self.covered[index].least
        return max(0, least - self.lines[index].half_unit) if least else 0

    def _choices(self, index: int) -> list[Choice]:
        line, claim = self.lines[index], self.covered[index].claim
        claimed = {p.index for p in claim.parcels} if claim is not None else set()
        return [
            Choice(index, p.index, p.approval, self.score(line, p.approval, [p]), p.index in claimed)
            for p in self.reach[index]
        ]

    def summary(self, number: int, result: AllocationResult) -> ComponentSummary:
        """Return the row of `link.components`."""
        parcels = {p.index for drawn in self.reach.values() for p in drawn}
        edges = sum(map(len, self.reach.values()))
        return ComponentSummary(number, len(self.lines), len(parcels), edges, result.method, result.seconds_limit_hit)


def _reached(coverage: Coverage, possible: list[Parcel]) -> list[Parcel]:
    """Return the parcels of approvals that are not excluded for the line, in an order independent of the input."""
    keys = {key for key, (_, most) in coverage.shares.items() if most}
    return sorted(
        (p for p in possible if p.approval in keys),
        key=lambda p: (p.approval, p.community, sorted(p.groups), p.land_class or "", p.area, p.index),
    )
