"""Computes the covered area of each agreement line as a range: at least by positive evidence, at most by possibility.

An allocation is *admissible* if it uses no more of a parcel than the parcel's area, no more than the line's area, only
possible parcels, and gives every line with a claim at least its certain area (`lower_bounds.py`) from the claimed
parcels. Every range is the minimum and the maximum over all admissible allocations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eligibility.model.parallel import ParallelMap, serial_map
from eligibility.reconcile.lower_bounds import certain_areas
from eligibility.reconcile.max_flow import connected_components
from eligibility.reconcile.misplaced import cited_elsewhere, with_rivals
from eligibility.reconcile.papers import COVERABLE, Line, Papers, Parcel
from eligibility.reconcile.positive_evidence import Candidates, Claim, compatible, find_claims, same_class
from eligibility.reconcile.residual_capacity import ResidualCapacity


@dataclass(frozen=True, slots=True)
class Coverage:
    """Covered area of one line as a range (micro-亩), the claim it is based on, and the share of each approval.

    `shares`: approval key → (least, most) area, for every approval admissible for the line. `overclaimed`: total area of
    the parcels for which the line competes with others, if that is less than all of them need; otherwise None.
    """

    least: int
    most: int
    claim: Claim | None
    shares: dict[str, tuple[int, int]]
    overclaimed: int | None = None

    @property
    def named(self) -> frozenset[str]:
        """Approvals named by a readable citation."""
        return self.claim.approvals if self.claim is not None and self.claim.cited else frozenset()


def candidates(papers: Papers) -> Candidates:
    """Return for each line, by index, the parcels possible by place and class; only for kinds that can be covered."""
    return _possible(papers.lines, papers.parcels_by_community())


@dataclass(frozen=True, slots=True)
class Subproblem:
    """Lines and parcels independent of all other subproblems: everything a worker needs to compute their coverage."""

    lines: dict[int, Line]
    claims: dict[int, Claim]
    possible: Candidates
    rejected: Candidates


def cover(possible: Candidates, subproblems: list[Subproblem], each: ParallelMap = serial_map) -> dict[int, Coverage]:
    """Return the coverage of every line that can be covered, by line index."""
    covered: dict[int, Coverage] = {}
    for coverage in each(cover_subproblem, subproblems):
        covered |= coverage
    return {index: covered[index] for index in possible}


def cover_subproblem(subproblem: Subproblem) -> dict[int, Coverage]:
    """Return the coverage of the lines of one subproblem."""
    open_to = {i: [*parcels, *subproblem.rejected.get(i, ())] for i, parcels in subproblem.possible.items()}
    certain = certain_areas(subproblem.lines, subproblem.claims, open_to)
    least = certain.areas
    # a claim by name counts only if it closes
    claims = {
        i: subproblem.claims[i] for i in least if subproblem.claims[i].cited or least[i] == subproblem.lines[i].area
    }
    bounds = _Bounds({i: least[i] for i in claims}, claims, subproblem.rejected)
    covered = {i: bounds.coverage(subproblem.lines[i], parcels) for i, parcels in subproblem.possible.items()}
    return {i: replace(coverage, overclaimed=certain.overclaimed.get(i)) for i, coverage in covered.items()}


def divide(papers: Papers, possible: Candidates) -> list[Subproblem]:
    """Group lines that may draw on the same parcel, accepted or rejected; the last group may draw on none."""
    lines = {line.index: line for line in (*papers.lines, *papers.rejected_lines)}
    open_to = possible | _possible(papers.rejected_lines, papers.parcels_by_community())
    elsewhere = cited_elsewhere(papers)
    claims = with_rivals(find_claims(papers, open_to), elsewhere, papers)
    rejected = _possible(papers.lines, _rejected_by_community(papers))
    for i, parcels in elsewhere.items():
        rejected[i] = [*rejected.get(i, ()), *(p for p in parcels if p.area > 0 and same_class(lines[i], p))]
    reach = {i: [p.index for p in (*parcels, *rejected.get(i, ()))] for i, parcels in open_to.items()}
    alone = [i for i, drawn in reach.items() if not drawn]
    return [
        Subproblem(
            {i: lines[i] for i in indices},
            {i: claims[i] for i in indices if i in claims},
            {i: possible[i] for i in indices if i in possible},
            {i: rejected[i] for i in indices if i in rejected},
        )
        for indices in [*connected_components(reach), alone]
    ]


def _possible(lines: Iterable[Line], parcels: dict[str, list[Parcel]]) -> Candidates:
    anywhere = [p for in_community in parcels.values() for p in in_community]
    return {
        line.index: [
            p
            for p in (parcels.get(line.community, ()) if line.community else anywhere)
            if p.area > 0 and compatible(line, p) and p.approval not in line.rejected
        ]
        for line in lines
        if line.kind in COVERABLE
    }


def _rejected_by_community(papers: Papers) -> dict[str, list[Parcel]]:
    """Return the rejected parcels by community; those of an unknown community appear under every community."""
    placed = papers.by_community(papers.rejected_parcels)
    anywhere = placed.pop("", [])
    return {
        community: [*placed.get(community, ()), *anywhere] for community in {line.community for line in papers.lines}
    }


class _Bounds:
    """Computes the range of each line, given the certain areas of all others."""

    def __init__(self, least: dict[int, int], claims: dict[int, Claim], rejected: Candidates) -> None:
        self.least = least
        self.claims = claims
        self.rejected = rejected
        held = {i: area for i, area in least.items() if area}
        self.exact = ResidualCapacity(held, claims)
        self.widened = ResidualCapacity(held, claims, widened=True)

    def coverage(self, line: Line, possible: list[Parcel]) -> Coverage:
        """Return the ranges of one line; if it is wholly covered, only the claimed parcels can contribute."""
        least, claim = self.least.get(line.index, 0), self.claims.get(line.index)
        whole = claim is not None and least == line.area
        reached = (
            list(claim.parcels) if claim is not None and whole else [*possible, *self.rejected.get(line.index, ())]
        )
        by_approval: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in reached:
            by_approval[parcel.approval].append(parcel)
        shares = {key: self._share(line, key, parcels) for key, parcels in by_approval.items()}
        named = claim.approvals if claim is not None and claim.cited else frozenset[str]()
        shown = {key: share for key, share in shares.items() if share[1] > 0 or key in named}
        return Coverage(least, line.area if whole else self._fits(line, reached, line.area, own=False), claim, shown)

    def _share(self, line: Line, approval: str, parcels: list[Parcel]) -> tuple[int, int]:
        """Return the least and most area of one approval; a claimed approval gives at least what the others cannot."""
        claim, least = self.claims.get(line.index), self.least.get(line.index, 0)
        if claim is None or approval not in claim.approvals:
            return 0, self._fits(line, parcels, line.area - least, own=True)
        others = [p for p in claim.parcels if p.approval != approval]
        low = least - self._fits(line, others, least, own=False)
        return low, max(low, self._fits(line, parcels, line.area, own=False))

    def _fits(self, line: Line, parcels: list[Parcel], wanted: int, *, own: bool) -> int:
        """Return how much of `wanted` the parcels can hold, with the line's `own` certain area in place or freed.

        Equality is tested within the rounding of the printed figures.
        """
        without = None if own else line.index
        left = self.exact.left(parcels, wanted, without=without)
        if left < wanted and parcels:
            enough = max(0, wanted - line.half_unit)
            if self.widened.left(parcels, enough, without=without) == enough:
                return wanted
        return left
