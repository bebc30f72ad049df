"""How much of each tied agreement line is covered for certain: what rival claims leave to it, whatever they take.

Two ways to be certain, and no third. *Closing as a set*: where all claims that bear on the same parcels can be satisfied
in full at once, an allocation that leaves one of them short contradicts positive evidence without need and is not
admissible, so each is covered. *The worst filling*: otherwise each line keeps only what its rivals cannot use up.
Neither holds for a line that could be left short where all expropriations are to be satisfied, cited or not, each from
whatever it could be of: then the papers contradict each other, and which of them is wrong nobody can say.
All is judged within the rounding of what was printed, as `rounding.py` bounds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from eligibility.reconcile.evidence import citation_keys
from eligibility.reconcile.filling import Filling, greatest_filling, parts
from eligibility.reconcile.papers import Line, Parcel
from eligibility.reconcile.rounding import doubt, grace
from eligibility.reconcile.ties import Candidates, Tie


@dataclass(frozen=True, slots=True)
class Certain:
    """Line index → area certainly covered (micro-亩), for every line whose tie is binding.

    `overclaimed`: line → what all parcels hold that it and its rivals could be of, where that is too little for them.
    """

    areas: dict[int, int]
    overclaimed: dict[int, int]


def certain_areas(lines: Mapping[int, Line], ties: Mapping[int, Tie], open_to: Candidates) -> Certain:
    """What is certain of each line; `open_to`: line → every parcel it could be of, for the lines that were kept."""
    field = _Field(lines, ties, open_to)
    short = field.short()
    # a citation is rivalled by citations and by names that could bind; a claim by name by everything
    closed = field.closing(lambda tie: tie.cited or tie.binding) & {i for i, tie in ties.items() if tie.cited}
    closed |= field.closing(lambda _: True)
    closed -= short.keys()
    areas = {i: lines[i].area if i in closed else field.left(i, short) for i, tie in ties.items() if tie.binding}
    return Certain(areas, short)


class _Field:
    """Claims against each other on the same parcels."""

    def __init__(self, lines: Mapping[int, Line], ties: Mapping[int, Tie], open_to: Candidates) -> None:
        self.lines = lines
        self.ties = ties
        self.claimants = _by_parcel({i: tie.parcels for i, tie in ties.items()})
        self.wanted = _wanted(lines, ties, open_to)
        self.wanting = _by_parcel(self.wanted)

    def closing(self, counts: Callable[[Tie], bool]) -> set[int]:
        """Lines of those claims that close as a set with all others that bear on the same parcels."""
        reach = {i: tie.parcels for i, tie in self.ties.items() if counts(tie)}
        return {i for part in _parted(reach) if self._all_satisfied(self._filled(part)) for i in part}

    def short(self) -> dict[int, int]:
        """Lines that some greatest filling by all expropriations leaves short, each drawing on what it could be of.

        With each goes what all the parcels hold for which it competes.
        """
        found: set[int] = set()
        for part in _parted({i: parcels for i, parcels in self.wanted.items() if self._needs(i)}):
            filled = self._filled(part)
            if not self._all_satisfied(filled):
                found |= _reached(filled, {i for i in part if sum(filled[i].values()) < self._needs(i)}, part)
        sets = _parted({i: self.wanted[i] for i in sorted(found)})
        return {i: sum({p.index: p.area for of in one.values() for p in of}.values()) for one in sets for i in one}

    def left(self, index: int, short: Collection[int]) -> int:
        """What the worst filling by rivals leaves to the line, at most its area."""
        line, tie = self.lines[index], self.ties[index]
        rivals = {i for p in tie.parcels for i in self.claimants[p.index] if i != index and _rivals(self.ties[i], tie)}
        if index in short:
            rivals |= {i for p in tie.parcels for i in self.wanting[p.index] if i != index}
        mine = {p.index: max(0, p.area - doubt(p.half)) for p in tie.parcels}
        rounding = grace(line.half) + sum(grace(p.half) for p in tie.parcels)
        rounding += sum(grace(self.lines[i].half) for i in rivals)
        wanted = line.area + doubt(line.half)
        left = sum(mine.values()) - sum(self._worst_area(i) for i in rivals)
        if left + rounding < wanted and rivals:
            left = sum(mine.values()) - self._worst(rivals, mine)
        return line.area if left + rounding >= wanted else max(0, left - doubt(line.half))

    def _filled(self, reach: Mapping[int, Iterable[Parcel]]) -> Filling:
        needs = {i: self._needs(i) for i in reach}
        places = {p.index: p for parcels in reach.values() for p in parcels}
        room = {place: max(0, p.area + grace(p.half) - doubt(p.half)) for place, p in places.items()}
        return greatest_filling(needs, {i: [p.index for p in parcels] for i, parcels in reach.items()}, room)

    def _all_satisfied(self, filled: Filling) -> bool:
        return all(sum(amounts.values()) == self._needs(i) for i, amounts in filled.items())

    def _needs(self, index: int) -> int:
        line = self.lines[index]
        return max(0, line.area - grace(line.half)) + doubt(line.half)

    def _worst_area(self, index: int) -> int:
        return self.lines[index].area + doubt(self.lines[index].half)

    def _worst(self, rivals: set[int], mine: Mapping[int, int]) -> int:
        drawn = {i: self.ties[i].parcels if i in self.ties else self.wanted[i] for i in sorted(rivals)}
        reach = {i: [p.index for p in parcels if p.index in mine] for i, parcels in drawn.items()}
        filled = greatest_filling({i: self._worst_area(i) for i in reach}, reach, mine)
        return sum(sum(amounts.values()) for amounts in filled.values())


def _rivals(other: Tie, tie: Tie) -> bool:
    return other.cited or other.binding or not tie.cited


def _wanted(lines: Mapping[int, Line], ties: Mapping[int, Tie], open_to: Candidates) -> dict[int, tuple[Parcel, ...]]:
    """What each line must be of, if the papers are right: what it cites or names, else anything that could cover it.

    That is asked of expropriations and of everything that cites. One that cites a number which is not here is of that.
    """
    wanted = {i: tie.parcels for i, tie in ties.items() if tie.cited or lines[i].kind == "expropriation"}
    for i, parcels in open_to.items():
        if parcels and i not in ties and lines[i].kind == "expropriation" and not citation_keys(lines[i].cited):
            wanted[i] = tuple(parcels)
    return wanted


def _by_parcel(reach: Mapping[int, Iterable[Parcel]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for index, parcels in reach.items():
        for parcel in parcels:
            found[parcel.index].append(index)
    return found


def _parted(reach: Mapping[int, Iterable[Parcel]]) -> list[dict[int, Iterable[Parcel]]]:
    """Lines that share no parcel with those of another part."""
    return [{i: reach[i] for i in part} for part in parts({i: [p.index for p in reach[i]] for i in reach})]


def _reached(filled: Filling, short: set[int], reach: Mapping[int, Iterable[Parcel]]) -> set[int]:
    """The lines that were left short, and all that could be so in their stead, for they hold what these could take."""
    holders: dict[int, set[int]] = defaultdict(set)
    for index, amounts in filled.items():
        for place in amounts:
            holders[place].add(index)
    found, queue, seen = set(short), list(short), set[int]()
    while queue:
        for parcel in reach[queue.pop()]:
            if parcel.index not in seen:
                seen.add(parcel.index)
                queue += holders[parcel.index] - found
                found |= holders[parcel.index]
    return found
