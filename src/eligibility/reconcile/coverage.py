"""How much of each agreement line is covered: at least by positive evidence, at most by what is possible."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from eligibility.reconcile.graph import worst_fill
from eligibility.reconcile.papers import COVERABLE, Line, Papers, Parcel
from eligibility.reconcile.ties import Candidates, Tie, claims, compatible


@dataclass(frozen=True, slots=True)
class Coverage:
    """Covered area of one line as a range (micro-亩), the tie it rests on, and what each approval may give.

    `shares`: approval key → (least, most) area it gives, for every approval admissible for the line.
    """

    least: int
    most: int
    tie: Tie | None
    shares: dict[str, tuple[int, int]]

    @property
    def named(self) -> frozenset[str]:
        """Approvals that a readable citation names."""
        return self.tie.approvals if self.tie is not None and self.tie.cited else frozenset()


def candidates(papers: Papers) -> Candidates:
    """Line index → parcels possible for it by place and class; only for kinds that can be covered."""
    parcels = papers.parcels_by_community()
    return {
        line.index: [p for p in parcels.get(line.community, ()) if p.area > 0 and compatible(line, p)]
        for line in papers.lines
        if line.kind in COVERABLE
    }


def cover(papers: Papers, possible: Candidates) -> dict[int, Coverage]:
    """Coverage of every line that can be covered, by line index."""
    lines = {line.index: line for line in papers.lines}
    field = _Field(lines, claims(papers, possible))
    least = {index: field.least(index) for index, tie in field.ties.items() if tie.binding}
    ties = {i: field.ties[i] for i in least if field.ties[i].cited or least[i] == lines[i].area}
    least = {i: least[i] if i in ties else 0 for i in possible}
    room = _Room(ties, least)
    return {i: _coverage(lines[i], possible[i], least[i], ties.get(i), room) for i in possible}


class _Field:
    """Claims against each other on the same parcels."""

    def __init__(self, lines: dict[int, Line], ties: dict[int, Tie]) -> None:
        self.lines = lines
        self.ties = ties
        self.claimants: dict[int, list[int]] = defaultdict(list)
        for index, tie in ties.items():
            for parcel in tie.parcels:
                self.claimants[parcel.index].append(index)

    def least(self, index: int) -> int:
        """What rival claims leave to the line, at most its area; equality within the rounding of the print."""
        line, tie = self.lines[index], self.ties[index]
        rivals = {
            i: (self.lines[i].area, self.ties[i])
            for parcel in tie.parcels
            for i in self.claimants[parcel.index]
            if i != index and self._is_rival(self.ties[i], tie)
        }
        capacity = sum(p.area for p in tie.parcels)
        rounding = line.half + sum(p.half for p in tie.parcels) + sum(self.lines[i].half for i in rivals)
        left = capacity - sum(area for area, _ in rivals.values())
        if left + rounding < line.area and rivals:
            left = capacity - worst_fill(tie.parcels, rivals)
        return line.area if left + rounding >= line.area else max(0, left)

    @staticmethod
    def _is_rival(other: Tie, tie: Tie) -> bool:
        """Every claim rivals one by name; a citation is rivalled by citations and by names that could bind."""
        return other.cited or other.binding or not tie.cited


class _Room:
    """What certain coverage leaves on each parcel to the other lines."""

    def __init__(self, ties: dict[int, Tie], least: dict[int, int]) -> None:
        self.ties = ties
        self.least = least
        self.holders: dict[int, list[int]] = defaultdict(list)
        for index, tie in ties.items():
            if least[index]:
                for parcel in tie.parcels:
                    self.holders[parcel.index].append(index)

    def left(self, index: int, parcels: list[Parcel]) -> int:
        """Area of `parcels` less what the certain coverage of other lines must take from them."""
        inside = {p.index for p in parcels}
        holders = {i for p in parcels for i in self.holders[p.index] if i != index}
        forced = 0
        for holder in holders:
            elsewhere = sum(p.area for p in self.ties[holder].parcels if p.index not in inside)
            forced += max(0, self.least[holder] - elsewhere)
        return max(0, sum(p.area for p in parcels) - forced)


def _coverage(line: Line, possible: list[Parcel], least: int, tie: Tie | None, room: _Room) -> Coverage:
    if tie is not None and least == line.area:
        possible = list(tie.parcels)
    most = max(_fits(line, possible, line.area, room), least)
    by_approval: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in possible:
        by_approval[parcel.approval].append(parcel)
    shares = {}
    for approval, parcels in by_approval.items():
        low, high = _given(approval, line.area, least, tie)
        shares[approval] = (low, max(low, _fits(line, parcels, high, room)))
    named = tie.approvals if tie is not None and tie.cited else frozenset[str]()
    return Coverage(least, most, tie, {key: share for key, share in shares.items() if share[1] > 0 or key in named})


def _fits(line: Line, parcels: list[Parcel], wanted: int, room: _Room) -> int:
    """How much of `wanted` the parcels have room for; equality within the rounding of the print."""
    left = room.left(line.index, parcels)
    rounding = line.half + sum(parcel.half for parcel in parcels)
    return wanted if parcels and left + rounding >= wanted else min(left, wanted)


def _given(approval: str, area: int, least: int, tie: Tie | None) -> tuple[int, int]:
    """Least and most that one approval gives, before asking for room: the tied one at least what the others cannot."""
    if tie is None or approval not in tie.approvals:
        return 0, area - least
    elsewhere = sum(parcel.area for parcel in tie.parcels if parcel.approval != approval)
    return max(0, least - elsewhere), area
