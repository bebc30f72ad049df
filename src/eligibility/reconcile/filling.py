"""Putting areas into places: sets that share places, and the most that fits (a maximum flow), in whole micro-亩.

Plain Python, because almost every question is of two to ten nodes and asked ten thousand times; a test holds the flow against
networkx.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from itertools import pairwise

Filling = dict[int, dict[int, int]]
"""Key → place → area put there; nothing stands for 0."""


def parts(reach: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """The keys of `reach` in sets that share no place with each other, in order of their smallest key.

    >>> parts({1: [7, 8], 2: [9], 3: [8]})
    [[1, 3], [2]]
    """
    root: dict[int, int] = {key: key for key in reach}
    first: dict[int, int] = {}
    for key, places in reach.items():
        for place in places:
            one, other = _root(root, key), _root(root, first.setdefault(place, key))
            root[max(one, other)] = min(one, other)
    found: dict[int, list[int]] = defaultdict(list)
    for key in sorted(reach):
        found[_root(root, key)].append(key)
    return [found[key] for key in sorted(found)]


def _root(root: dict[int, int], key: int) -> int:
    while root[key] != key:
        root[key] = root[root[key]]
        key = root[key]
    return key


def greatest_filling(
    demands: Mapping[int, int], reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]
) -> Filling:
    """A way to put as much of the demands as possible into what each can reach.

    >>> greatest_filling({1: 5, 2: 5}, {1: [7, 8], 2: [7]}, {7: 6, 8: 3})
    {1: {7: 2, 8: 3}, 2: {7: 4}}
    """
    state = _State(reach, capacities)
    for key, demand in demands.items():
        left = demand
        for place in reach[key]:
            left -= state.put(key, place, min(left, state.free[place]))
        while left and (amount := state.make_room(key, left)):
            left -= amount
    return {key: {place: area for place, area in state.laid[key].items() if area} for key in demands}


class _State:
    def __init__(self, reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]) -> None:
        self.reach = reach
        self.free = dict(capacities)
        self.laid: Filling = defaultdict(dict)
        self.holders: dict[int, set[int]] = defaultdict(set)

    def put(self, key: int, place: int, area: int) -> int:
        if area:
            self.free[place] -= area
            self._change(key, place, area)
        return area

    def make_room(self, key: int, wanted: int) -> int:
        """Put some more of `key`, along the shortest chain of others that move aside; how much (0: nothing more fits)."""
        chain = self._chain(key)
        if not chain:
            return 0
        moved = [self.laid[holder][place] for (_, place), (holder, _) in pairwise(chain)]
        area = min(wanted, self.free[chain[-1][1]], *moved)
        for (_, place), (holder, _) in pairwise(chain):
            self._change(holder, place, -area)
        for holder, place in chain:
            self._change(holder, place, area)
        self.free[chain[-1][1]] -= area
        return area

    def _chain(self, key: int) -> list[tuple[int, int]]:
        """[(key, place), (holder of it, another place) …] to the nearest place with room."""
        before: dict[int, tuple[int, int | None]] = {}
        seen: set[int] = {key}
        queue: deque[tuple[int, int | None]] = deque([(key, None)])
        while queue:
            mover, held = queue.popleft()
            for place in self.reach[mover]:
                if place in before:
                    continue
                before[place] = (mover, held)
                if self.free[place]:
                    return self._back(place, before)
                for holder in sorted(self.holders[place] - seen):
                    seen.add(holder)
                    queue.append((holder, place))
        return []

    @staticmethod
    def _back(place: int | None, before: dict[int, tuple[int, int | None]]) -> list[tuple[int, int]]:
        chain: list[tuple[int, int]] = []
        while place is not None:
            mover, held = before[place]
            chain.append((mover, place))
            place = held
        return chain[::-1]

    def _change(self, key: int, place: int, area: int) -> None:
        now = self.laid[key].get(place, 0) + area
        self.laid[key][place] = now
        (self.holders[place].add if now else self.holders[place].discard)(key)
