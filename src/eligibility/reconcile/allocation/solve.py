"""One component solved by the method its size allows; every method is bounded and gives the same on every machine.

The solvers are imported when a component needs one: many districts need none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from eligibility.reconcile.allocation.problem import Choice, Limits, Problem

METHODS = ("certain", "separate", "milp", "flow", "best_first")
"""From the least to the most costly component: nothing to choose; each line's best fits beside the others'; exact;
a flow of least cost; too large even for that."""

_TRIED_ALONE = 8


class Solution(NamedTuple):
    """Choice → area (micro-亩); by which of METHODS; whether the fuse of the clock blew on the way."""

    areas: dict[Choice, int]
    method: str
    seconds_limit_hit: bool = False


def solve(problem: Problem, limits: Limits) -> Solution:
    """A best allocation of the component, as whole areas."""
    if problem.must == problem.wants and len(problem.links()) == len(problem.wants):
        return Solution(problem.laid(problem.choices, problem.wants), "certain")
    if (separate := _separate(problem)) is not None:
        return Solution(separate, "separate")
    hit = False
    if len(problem.choices) <= limits.milp_choices:
        from eligibility.reconcile.allocation.milp_cage import solve_exactly

        shares = solve_exactly(problem, limits)
        if shares is not None:
            return Solution(_whole(problem, shares), "milp")
        hit = True
    if len(problem.choices) <= limits.flow_choices:
        from eligibility.reconcile.allocation.graph_flow import solve_as_flow

        return Solution(solve_as_flow(problem), "flow", hit)
    return Solution(_best_first(problem), "best_first", hit)


def _separate(problem: Problem) -> dict[Choice, int] | None:
    """Each line's best, where all of them fit together: then no allocation can be better. None where they do not fit.

    A line's best is its best choice, if that can hold the whole of it; a lone line's is found by trying every set of approvals.
    """
    good = all(problem.gain(choice) > 0 for choice in problem.choices)
    if len(problem.wants) == 1 and good and (not problem.must or all(choice.tied for choice in problem.choices)):
        return _alone(problem)
    if problem.must:
        return None
    best: dict[int, Choice] = {}
    for choice in problem.choices:
        if choice.line not in best or problem.gain(choice) > problem.gain(best[choice.line]):
            best[choice.line] = choice
    used: dict[int, int] = defaultdict(int)
    for choice in best.values():
        used[choice.parcel] += problem.wants[choice.line]
    if any(area > problem.room[parcel] for parcel, area in used.items()):
        return None
    return {choice: problem.wants[choice.line] for choice in best.values()}


def _alone(problem: Problem) -> dict[Choice, int] | None:
    links = list(problem.links().values())
    if len(links) > _TRIED_ALONE:
        return None
    ((line, want),) = problem.wants.items()
    tried = []
    for bits in range(1 << len(links)):
        chosen = [of for n, of in enumerate(links) if bits >> n & 1]
        left, areas = want, {}
        for choice in sorted((c for of in chosen for c in of), key=problem.gain, reverse=True):
            areas[choice] = min(left, problem.room[choice.parcel])
            left -= areas[choice]
        if want - left < problem.must.get(line, 0):
            continue
        gain = sum(problem.gain(c) * area / want for c, area in areas.items()) - problem.prices.link * len(chosen)
        tried.append((gain, -bits, areas))
    return {choice: area for choice, area in max(tried, key=lambda one: one[:2])[2].items() if area}


def _whole(problem: Problem, shares: dict[Choice, float]) -> dict[Choice, int]:
    """Shares of lines as whole areas; what rounding would put beyond a line or a parcel is left off."""
    room, wants = dict(problem.room), dict(problem.wants)
    areas: dict[Choice, int] = {}
    for choice, share in shares.items():
        area = min(round(share * problem.wants[choice.line]), room[choice.parcel], wants[choice.line])
        if area:
            areas[choice] = area
            room[choice.parcel] -= area
            wants[choice.line] -= area
    return areas


def _best_first(problem: Problem) -> dict[Choice, int]:
    """What must be covered, then the best evidence first; no search."""
    areas = problem.laid([c for c in problem.choices if c.tied], {i: problem.must.get(i, 0) for i in problem.wants})
    room, wants = dict(problem.room), dict(problem.wants)
    for choice, area in areas.items():
        room[choice.parcel] -= area
        wants[choice.line] -= area
    for choice in sorted(problem.choices, key=lambda one: -problem.gain(one)):
        area = min(wants[choice.line], room[choice.parcel])
        if area and problem.gain(choice) > problem.prices.link:
            areas[choice] = areas.get(choice, 0) + area
            room[choice.parcel] -= area
            wants[choice.line] -= area
    return areas
