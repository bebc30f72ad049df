"""What the certain coverage of other lines leaves on parcels at most, exactly: the greatest end of every range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from eligibility.reconcile.filling import greatest_filling, parts
from eligibility.reconcile.papers import Parcel
from eligibility.reconcile.ties import Tie


class Room:
    """Parcels with the certain areas of lines laid into them once; asked again and again what else would fit.

    Any way of laying them serves, because what else fits does not depend on it: the answer lets holders move to
    other parcels of theirs. Where rounding makes the certain areas larger than the parcels, as much as fits is laid.
    """

    def __init__(self, held: Mapping[int, int], ties: Mapping[int, Tie], *, widened: bool = False) -> None:
        """`held`: line → certain area; `widened`: every figure of a parcel at the upper end of its rounding."""
        self._widened = widened
        self._capacity = {p.index: self._area(p) for i in held for p in ties[i].parcels}
        self._reach = {i: [p.index for p in ties[i].parcels] for i in held}
        self._laid = self._lay(held)
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._free = dict(self._capacity)
        for holder, amounts in self._laid.items():
            for place, amount in amounts.items():
                self._holders[place].append(holder)
                self._free[place] -= amount

    def left(self, parcels: Iterable[Parcel], wanted: int, *, without: int | None = None) -> int:
        """How much of `wanted` fits into `parcels` beside the holders (`without` one of them), moved as need be."""
        inside = {p.index: self._area(p) for p in parcels}
        own = self._laid.get(without, {}) if without is not None else {}
        free = sum(self._free.get(place, area) + own.get(place, 0) for place, area in inside.items())
        if free < wanted and any(map(self._mobile, inside)):
            free += self._moved(inside, own, without)
        return min(wanted, free)

    def _mobile(self, place: int) -> bool:
        return any(len(self._reach[holder]) > 1 for holder in self._holders.get(place, ()))

    def _moved(self, inside: Mapping[int, int], own: Mapping[int, int], without: int | None) -> int:
        """How much of what lies inside can be moved outside: holders reached from inside are laid anew around it."""
        near = self._near(inside, without)
        outside = {place: self._free[place] + own.get(place, 0) for i in near for place in self._reach[i]}
        for holder in near:
            for place, amount in self._laid[holder].items():
                outside[place] = outside.get(place, 0) + amount
        before = sum(sum(self._laid[i].get(place, 0) for place in inside) for i in near)
        demands = {i: sum(self._laid[i].values()) for i in near}
        reach = {i: [place for place in self._reach[i] if place not in inside] for i in near}
        filled = greatest_filling(demands, reach, {p: c for p, c in outside.items() if p not in inside})
        stay = sum(demands.values()) - sum(sum(amounts.values()) for amounts in filled.values())
        return before - stay

    def _near(self, inside: Iterable[int], without: int | None) -> list[int]:
        """Holders connected with the places inside."""
        found: set[int] = set()
        places = list(inside)
        seen = set(places)
        while places:
            for holder in self._holders.get(places.pop(), ()):
                if holder != without and holder not in found:
                    found.add(holder)
                    fresh = [place for place in self._reach[holder] if place not in seen]
                    seen.update(fresh)
                    places += fresh
        return sorted(found)

    def _lay(self, held: Mapping[int, int]) -> dict[int, dict[int, int]]:
        laid: dict[int, dict[int, int]] = {}
        for part in parts(self._reach):
            reach = {i: self._reach[i] for i in part}
            room = {place: self._capacity[place] for places in reach.values() for place in places}
            laid |= greatest_filling({i: held[i] for i in part}, reach, room)
        return laid

    def _area(self, parcel: Parcel) -> int:
        return parcel.area + parcel.half * self._widened
