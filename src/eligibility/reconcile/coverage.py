"""How much of each agreement line is covered: at least by positive evidence, at most by what is possible.

An allocation is *admissible* when it puts no more into a parcel than the parcel has, no more under an agreement line
than the line has, only into possible parcels, and gives every tied line at least its certain area (`least.py`) from the
parcels it is tied to. Every range here is the least and the greatest over all admissible allocations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eligibility.domain.each import Each, in_turn
from eligibility.reconcile.filling import parts
from eligibility.reconcile.least import certain_areas
from eligibility.reconcile.misplaced import cited_elsewhere, with_rivals
from eligibility.reconcile.papers import COVERABLE, Line, Papers, Parcel
from eligibility.reconcile.room import Room
from eligibility.reconcile.ties import Candidates, Tie, claims, compatible, same_class


@dataclass(frozen=True, slots=True)
class Coverage:
    """Covered area of one line as a range (micro-亩), the tie it rests on, and what each approval may give.

    `shares`: approval key → (least, most) area it gives, for every approval admissible for the line. `overclaimed`: what the
    parcels hold for which it competes with others, where that is less than all of them need; else None.
    """

    least: int
    most: int
    tie: Tie | None
    shares: dict[str, tuple[int, int]]
    overclaimed: int | None = None

    @property
    def named(self) -> frozenset[str]:
        """Approvals that a readable citation names."""
        return self.tie.approvals if self.tie is not None and self.tie.cited else frozenset()


def candidates(papers: Papers) -> Candidates:
    """Line index → parcels possible for it by place and class; only for kinds that can be covered."""
    return _possible(papers.lines, papers.parcels_by_community())


@dataclass(frozen=True, slots=True)
class Part:
    """Lines and parcels that share nothing with any other part: all that one worker needs to cover them."""

    lines: dict[int, Line]
    ties: dict[int, Tie]
    possible: Candidates
    lost: Candidates


def cover(possible: Candidates, parts: list[Part], each: Each = in_turn) -> dict[int, Coverage]:
    """Coverage of every line that can be covered, by line index."""
    covered: dict[int, Coverage] = {}
    for done in each(cover_part, parts):
        covered |= done
    return {index: covered[index] for index in possible}


def cover_part(part: Part) -> dict[int, Coverage]:
    """Coverage of the lines of one part."""
    open_to = {i: [*parcels, *part.lost.get(i, ())] for i, parcels in part.possible.items()}
    certain = certain_areas(part.lines, part.ties, open_to)
    least = certain.areas
    # a claim by name counts only if it closes
    ties = {i: part.ties[i] for i in least if part.ties[i].cited or least[i] == part.lines[i].area}
    survey = _Survey({i: least[i] for i in ties}, ties, part.lost)
    found = {i: survey.coverage(part.lines[i], parcels) for i, parcels in part.possible.items()}
    return {i: replace(one, overclaimed=certain.overclaimed.get(i)) for i, one in found.items()}


def divide(papers: Papers, possible: Candidates) -> list[Part]:
    """Lines belong together that may draw on the same parcel, kept or set aside; last, those that may draw on none."""
    lines = {line.index: line for line in (*papers.lines, *papers.lost_lines)}
    open_to = possible | _possible(papers.lost_lines, papers.parcels_by_community())
    elsewhere = cited_elsewhere(papers)
    ties = with_rivals(claims(papers, open_to), elsewhere, papers)
    lost = _possible(papers.lines, _lost_by_community(papers))
    for i, parcels in elsewhere.items():
        lost[i] = [*lost.get(i, ()), *(p for p in parcels if p.area > 0 and same_class(lines[i], p))]
    reach = {i: [p.index for p in (*parcels, *lost.get(i, ()))] for i, parcels in open_to.items()}
    alone = [i for i, drawn in reach.items() if not drawn]
    return [
        Part(
            {i: lines[i] for i in part},
            {i: ties[i] for i in part if i in ties},
            {i: possible[i] for i in part if i in possible},
            {i: lost[i] for i in part if i in lost},
        )
        for part in [*parts(reach), alone]
    ]


def _possible(lines: Iterable[Line], parcels: dict[str, list[Parcel]]) -> Candidates:
    anywhere = [p for found in parcels.values() for p in found]
    return {
        line.index: [
            p
            for p in (parcels.get(line.community, ()) if line.community else anywhere)
            if p.area > 0 and compatible(line, p) and p.approval not in line.rejected
        ]
        for line in lines
        if line.kind in COVERABLE
    }


def _lost_by_community(papers: Papers) -> dict[str, list[Parcel]]:
    """Set-aside parcels, those of an unknown community under every community."""
    placed = papers.by_community(papers.lost_parcels)
    anywhere = placed.pop("", [])
    return {
        community: [*placed.get(community, ()), *anywhere] for community in {line.community for line in papers.lines}
    }


class _Survey:
    """Asks for each line what the certain areas of the others leave to it."""

    def __init__(self, least: dict[int, int], ties: dict[int, Tie], lost: Candidates) -> None:
        self.least = least
        self.ties = ties
        self.lost = lost
        held = {i: area for i, area in least.items() if area}
        self.exact = Room(held, ties)
        self.widened = Room(held, ties, widened=True)

    def coverage(self, line: Line, possible: list[Parcel]) -> Coverage:
        """The ranges of one line; a wholly covered one has nothing left for parcels it is not tied to."""
        least, tie = self.least.get(line.index, 0), self.ties.get(line.index)
        whole = tie is not None and least == line.area
        reached = list(tie.parcels) if tie is not None and whole else [*possible, *self.lost.get(line.index, ())]
        by_approval: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in reached:
            by_approval[parcel.approval].append(parcel)
        shares = {key: self._share(line, key, parcels) for key, parcels in by_approval.items()}
        named = tie.approvals if tie is not None and tie.cited else frozenset[str]()
        shown = {key: share for key, share in shares.items() if share[1] > 0 or key in named}
        return Coverage(least, line.area if whole else self._fits(line, reached, line.area, own=False), tie, shown)

    def _share(self, line: Line, approval: str, parcels: list[Parcel]) -> tuple[int, int]:
        """Least and most that one approval gives; the tied ones at least what the others cannot."""
        tie, least = self.ties.get(line.index), self.least.get(line.index, 0)
        if tie is None or approval not in tie.approvals:
            return 0, self._fits(line, parcels, line.area - least, own=True)
        others = [p for p in tie.parcels if p.approval != approval]
        low = least - self._fits(line, others, least, own=False)
        return low, max(low, self._fits(line, parcels, line.area, own=False))

    def _fits(self, line: Line, parcels: list[Parcel], wanted: int, *, own: bool) -> int:
        """How much of `wanted` the parcels have room for, beside the line's `own` certain area or with that freed.

        Equality is judged within the rounding of the print.
        """
        without = None if own else line.index
        left = self.exact.left(parcels, wanted, without=without)
        if left < wanted and parcels:
            enough = max(0, wanted - line.half)
            if self.widened.left(parcels, enough, without=without) == enough:
                return wanted
        return left
