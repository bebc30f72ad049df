"""Solves one component by the method its size allows; every method is bounded and deterministic across machines.

The solvers are imported only when a component needs one, because many districts need none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from eligibility.reconcile.allocation.problem import Choice, Limits, Problem

METHODS = ("certain", "separate", "milp", "flow", "best_first")
"""In order of cost: nothing to choose; the best choices of all lines fit together; exact; minimum-cost flow; greedy."""

_MAX_ENUMERATED = 8


class Solution(NamedTuple):
    """Area of each choice (micro-亩); the method, one of METHODS; whether the time limit was hit."""

    areas: dict[Choice, int]
    method: str
    seconds_limit_hit: bool = False


def solve(problem: Problem, limits: Limits) -> Solution:
    """Return a best allocation of the component, in whole micro-亩."""
    if problem.required == problem.wants and len(problem.links()) == len(problem.wants):
        return Solution(problem.allocate(problem.choices, problem.wants), "certain")
    if (separate := _separate(problem)) is not None:
        return Solution(separate, "separate")
    hit = False
    if len(problem.choices) <= limits.milp_choices:
        from eligibility.reconcile.allocation.milp_solver import solve_exactly

        shares = solve_exactly(problem, limits)
        if shares is not None:
            return Solution(_whole(problem, shares), "milp")
        hit = True
    if len(problem.choices) <= limits.flow_choices:
        from eligibility.reconcile.allocation.graph_flow import solve_as_flow

        return Solution(solve_as_flow(problem), "flow", hit)
    return Solution(_best_first(problem), "best_first", hit)


def _separate(problem: Problem) -> dict[Choice, int] | None:
    """Return the best choice of each line if all of them fit together, since no allocation is better; otherwise None.

    A line's best choice must hold its whole area. For a single line, every set of approvals is tried.
    """
    positive = all(problem.gain(choice) > 0 for choice in problem.choices)
    if (
        len(problem.wants) == 1
        and positive
        and (not problem.required or all(choice.claimed for choice in problem.choices))
    ):
        return _single_line(problem)
    if problem.required:
        return None
    best: dict[int, Choice] = {}
    for choice in problem.choices:
        if choice.line not in best or problem.gain(choice) > problem.gain(best[choice.line]):
            best[choice.line] = choice
    used: dict[int, int] = defaultdict(int)
    for choice in best.values():
        used[choice.parcel] += problem.wants[choice.line]
    if any(area > problem.capacities[parcel] for parcel, area in used.items()):
        return None
    return {choice: problem.wants[choice.line] for choice in best.values()}


def _single_line(problem: Problem) -> dict[Choice, int] | None:
    links = list(problem.links().values())
    if len(links) > _MAX_ENUMERATED:
        return None
    ((line, want),) = problem.wants.items()
    tried = []
    for bits in range(1 << len(links)):
        chosen = [choices for n, choices in enumerate(links) if bits >> n & 1]
        left, areas = want, {}
        for choice in sorted((c for choices in chosen for c in choices), key=problem.gain, reverse=True):
            areas[choice] = min(left, problem.capacities[choice.parcel])
            left -= areas[choice]
        if want - left < problem.required.get(line, 0):
            continue
        gain = sum(problem.gain(c) * area / want for c, area in areas.items()) - problem.prices.link * len(chosen)
        tried.append((gain, -bits, areas))
    return {choice: area for choice, area in max(tried, key=lambda option: option[:2])[2].items() if area}


def _whole(problem: Problem, shares: dict[Choice, float]) -> dict[Choice, int]:
    """Convert shares of lines to whole areas; rounding never exceeds a line or a parcel."""
    capacities, wants = dict(problem.capacities), dict(problem.wants)
    areas: dict[Choice, int] = {}
    for choice, share in shares.items():
        area = min(round(share * problem.wants[choice.line]), capacities[choice.parcel], wants[choice.line])
        if area:
            areas[choice] = area
            capacities[choice.parcel] -= area
            wants[choice.line] -= area
    return areas


def _best_first(problem: Problem) -> dict[Choice, int]:
    """Cover the required areas, then choose greedily by the best evidence; no search."""
    areas = problem.allocate(
        [c for c in problem.choices if c.claimed], {i: problem.required.get(i, 0) for i in problem.wants}
    )
    capacities, wants = dict(problem.capacities), dict(problem.wants)
    for choice, area in areas.items():
        capacities[choice.parcel] -= area
        wants[choice.line] -= area
    for choice in sorted(problem.choices, key=lambda choice: -problem.gain(choice)):
        area = min(wants[choice.line], capacities[choice.parcel])
        if area and problem.gain(choice) > problem.prices.link:
            areas[choice] = areas.get(choice, 0) + area
            capacities[choice.parcel] -= area
            wants[choice.line] -= area
    return areas
