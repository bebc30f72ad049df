"""Residual capacity of parcels after certain allocations; gives the exact upper bound of every coverage range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from eligibility.reconcile.max_flow import connected_components, max_flow
from eligibility.reconcile.papers import Parcel
from eligibility.reconcile.positive_evidence import Claim


class ResidualCapacity:
    """Parcels to which the certain areas of lines are assigned once, for repeated queries of the remaining capacity.

    Any assignment serves, because the query may reassign lines to other parcels of theirs, so that its result does not
    depend on the assignment. If rounding makes the certain areas larger than the parcels, as much as fits is assigned.
    """

    def __init__(self, held: Mapping[int, int], claims: Mapping[int, Claim], *, widened: bool = False) -> None:
        """`held`: line → certain area; `widened`: use the upper end of the rounding of every parcel."""
        self._widened = widened
        self._capacity = {p.index: self._area(p) for i in held for p in claims[i].parcels}
        self._reach = {i: [p.index for p in claims[i].parcels] for i in held}
        self._assigned = self._assign(held)
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._free = dict(self._capacity)
        for holder, amounts in self._assigned.items():
            for place, amount in amounts.items():
                self._holders[place].append(holder)
                self._free[place] -= amount

    def left(self, parcels: Iterable[Parcel], wanted: int, *, without: int | None = None) -> int:
        """Return how much of `wanted` fits into `parcels` beside all lines (except `without`), reassigned as needed."""
        inside = {p.index: self._area(p) for p in parcels}
        own = self._assigned.get(without, {}) if without is not None else {}
        free = sum(self._free.get(place, area) + own.get(place, 0) for place, area in inside.items())
        if free < wanted and any(map(self._mobile, inside)):
            free += self._moved(inside, own, without)
        return min(wanted, free)

    def _mobile(self, place: int) -> bool:
        return any(len(self._reach[holder]) > 1 for holder in self._holders.get(place, ()))

    def _moved(self, inside: Mapping[int, int], own: Mapping[int, int], without: int | None) -> int:
        """Return how much of the area assigned inside can be moved outside, by reassigning the lines reached from inside."""
        near = self._near(inside, without)
        outside = {place: self._free[place] + own.get(place, 0) for i in near for place in self._reach[i]}
        for holder in near:
            for place, amount in self._assigned[holder].items():
                outside[place] = outside.get(place, 0) + amount
        before = sum(sum(self._assigned[i].get(place, 0) for place in inside) for i in near)
        demands = {i: sum(self._assigned[i].values()) for i in near}
        reach = {i: [place for place in self._reach[i] if place not in inside] for i in near}
        flow = max_flow(demands, reach, {p: c for p, c in outside.items() if p not in inside})
        stay = sum(demands.values()) - sum(sum(amounts.values()) for amounts in flow.values())
        return before - stay

    def _near(self, inside: Iterable[int], without: int | None) -> list[int]:
        """Return the lines connected with the places inside."""
        connected: set[int] = set()
        places = list(inside)
        seen = set(places)
        while places:
            for holder in self._holders.get(places.pop(), ()):
                if holder != without and holder not in connected:
                    connected.add(holder)
                    fresh = [place for place in self._reach[holder] if place not in seen]
                    seen.update(fresh)
                    places += fresh
        return sorted(connected)

    def _assign(self, held: Mapping[int, int]) -> dict[int, dict[int, int]]:
        assigned: dict[int, dict[int, int]] = {}
        for part in connected_components(self._reach):
            reach = {i: self._reach[i] for i in part}
            capacities = {place: self._capacity[place] for places in reach.values() for place in places}
            assigned |= max_flow({i: held[i] for i in part}, reach, capacities)
        return assigned

    def _area(self, parcel: Parcel) -> int:
        return parcel.area + parcel.half_unit * self._widened
