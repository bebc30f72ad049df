"""Computes the area of each agreement line with a claim that is covered for certain, whatever rival claims take.

There are two ways to be certain. *Closing as a set*: if all claims on the same parcels can be satisfied in full at once,
an allocation that leaves one of them short contradicts positive evidence without need and is not admissible, so each is
covered. *Worst case*: otherwise each line keeps only what its rivals cannot use up. Neither applies to a line that could
be left short when all expropriations, cited or not, are satisfied from all parcels that each could be of: in that case
the papers contradict each other, and it is unknown which of them is wrong.
All comparisons are within the rounding of the printed figures (`rounding.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from eligibility.reconcile.evidence import citation_keys
from eligibility.reconcile.max_flow import Flow, connected_components, max_flow
from eligibility.reconcile.papers import Line, Parcel
from eligibility.reconcile.positive_evidence import Candidates, Claim
from eligibility.reconcile.rounding import doubt, grace


@dataclass(frozen=True, slots=True)
class Certain:
    """Area certainly covered (micro-亩) by line index, for every line whose claim is binding.

    `overclaimed`: line → total area of the parcels that it and its rivals could be of, if too small for all of them.
    """

    areas: dict[int, int]
    overclaimed: dict[int, int]


def certain_areas(lines: Mapping[int, Line], claims: Mapping[int, Claim], open_to: Candidates) -> Certain:
    """Return what is certain of each line; `open_to`: line → every parcel it could be of, for accepted lines."""
    competition = _Competition(lines, claims, open_to)
    short = competition.short()
    # rivals of a citation are other citations and binding claims by name; rivals of a claim by name are all claims
    closed = competition.closing(lambda claim: claim.cited or claim.binding) & {
        i for i, claim in claims.items() if claim.cited
    }
    closed |= competition.closing(lambda _: True)
    closed -= short.keys()
    areas = {
        i: lines[i].area if i in closed else competition.left(i, short) for i, claim in claims.items() if claim.binding
    }
    return Certain(areas, short)


class _Competition:
    """Claims that compete for the same parcels."""

    def __init__(self, lines: Mapping[int, Line], claims: Mapping[int, Claim], open_to: Candidates) -> None:
        self.lines = lines
        self.claims = claims
        self.claimants = _by_parcel({i: claim.parcels for i, claim in claims.items()})
        self.wanted = _wanted(lines, claims, open_to)
        self.wanting = _by_parcel(self.wanted)

    def closing(self, counts: Callable[[Claim], bool]) -> set[int]:
        """Return the lines whose claims can all be satisfied together with all others on the same parcels."""
        reach = {i: claim.parcels for i, claim in self.claims.items() if counts(claim)}
        return {i for part in _independent(reach) if self._all_satisfied(self._flow(part)) for i in part}

    def short(self) -> dict[int, int]:
        """Return the lines that some maximum flow of all expropriations leaves short, with the area they compete for."""
        short: set[int] = set()
        for part in _independent({i: parcels for i, parcels in self.wanted.items() if self._needs(i)}):
            flow = self._flow(part)
            if not self._all_satisfied(flow):
                short |= _reached(flow, {i for i in part if sum(flow[i].values()) < self._needs(i)}, part)
        sets = _independent({i: self.wanted[i] for i in sorted(short)})
        return {
            i: sum({p.index: p.area for parcels in reach.values() for p in parcels}.values())
            for reach in sets
            for i in reach
        }

    def left(self, index: int, short: Collection[int]) -> int:
        """Return the area left to the line in the worst case of its rivals' use, at most its own area."""
        line, claim = self.lines[index], self.claims[index]
        rivals = {
            i for p in claim.parcels for i in self.claimants[p.index] if i != index and _rivals(self.claims[i], claim)
        }
        if index in short:
            rivals |= {i for p in claim.parcels for i in self.wanting[p.index] if i != index}
        mine = {p.index: max(0, p.area - doubt(p.half_unit)) for p in claim.parcels}
        rounding = grace(line.half_unit) + sum(grace(p.half_unit) for p in claim.parcels)
        rounding += sum(grace(self.lines[i].half_unit) for i in rivals)
        wanted = line.area + doubt(line.half_unit)
        left = sum(mine.values()) - sum(self._worst_area(i) for i in rivals)
        if left + rounding < wanted and rivals:
            left = sum(mine.values()) - self._worst(rivals, mine)
        return line.area if left + rounding >= wanted else max(0, left - doubt(line.half_unit))

    def _flow(self, reach: Mapping[int, Iterable[Parcel]]) -> Flow:
        needs = {i: self._needs(i) for i in reach}
        places = {p.index: p for parcels in reach.values() for p in parcels}
        capacities = {place: max(0, p.area + grace(p.half_unit) - doubt(p.half_unit)) for place, p in places.items()}
        return max_flow(needs, {i: [p.index for p in parcels] for i, parcels in reach.items()}, capacities)

    def _all_satisfied(self, flow: Flow) -> bool:
        return all(sum(amounts.values()) == self._needs(i) for i, amounts in flow.items())

    def _needs(self, index: int) -> int:
        line = self.lines[index]
        return max(0, line.area - grace(line.half_unit)) + doubt(line.half_unit)

    def _worst_area(self, index: int) -> int:
        return self.lines[index].area + doubt(self.lines[index].half_unit)

    def _worst(self, rivals: set[int], mine: Mapping[int, int]) -> int:
        drawn = {i: self.claims[i].parcels if i in self.claims else self.wanted[i] for i in sorted(rivals)}
        reach = {i: [p.index for p in parcels if p.index in mine] for i, parcels in drawn.items()}
        flow = max_flow({i: self._worst_area(i) for i in reach}, reach, mine)
        return sum(sum(amounts.values()) for amounts in flow.values())


def _rivals(other: Claim, claim: Claim) -> bool:
    return other.cited or other.binding or not claim.cited


def _wanted(
    lines: Mapping[int, Line], claims: Mapping[int, Claim], open_to: Candidates
) -> dict[int, tuple[Parcel, ...]]:
    """Return the parcels each line must be of if the papers are right: those cited or named, else any that could cover it.

    Only for expropriations and for lines with a citation. A line citing an unknown number belongs to that approval alone.
    """
    wanted = {i: claim.parcels for i, claim in claims.items() if claim.cited or lines[i].kind == "expropriation"}
    for i, parcels in open_to.items():
        if parcels and i not in claims and lines[i].kind == "expropriation" and not citation_keys(lines[i].cited):
            wanted[i] = tuple(parcels)
    return wanted


def _by_parcel(reach: Mapping[int, Iterable[Parcel]]) -> dict[int, list[int]]:
    lines: dict[int, list[int]] = defaultdict(list)
    for index, parcels in reach.items():
        for parcel in parcels:
            lines[parcel.index].append(index)
    return lines


def _independent(reach: Mapping[int, Iterable[Parcel]]) -> list[dict[int, Iterable[Parcel]]]:
    """Split lines into sets that share no parcel."""
    return [
        {i: reach[i] for i in part} for part in connected_components({i: [p.index for p in reach[i]] for i in reach})
    ]


def _reached(flow: Flow, short: set[int], reach: Mapping[int, Iterable[Parcel]]) -> set[int]:
    """Return the lines left short and all that could be short instead, because they hold parcels the former could use."""
    holders: dict[int, set[int]] = defaultdict(set)
    for index, amounts in flow.items():
        for place in amounts:
            holders[place].add(index)
    reached, queue, seen = set(short), list(short), set[int]()
    while queue:
        for parcel in reach[queue.pop()]:
            if parcel.index not in seen:
                seen.add(parcel.index)
                queue += holders[parcel.index] - reached
                reached |= holders[parcel.index]
    return reached
