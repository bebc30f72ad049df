"""Maximum flow of demands into capacities, and connected components, in whole micro-亩.

Plain Python, because a typical problem has two to ten nodes and is solved ten thousand times; a test compares the flow
with networkx.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from itertools import pairwise

Flow = dict[int, dict[int, int]]
"""Key → place → area assigned; zero areas are left out."""


def connected_components(reach: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """Group the keys of `reach` into sets that share no place with each other, in order of their smallest key.

    >>> connected_components({1: [7, 8], 2: [9], 3: [8]})
    [[1, 3], [2]]
    """
    root: dict[int, int] = {key: key for key in reach}
    first: dict[int, int] = {}
    for key, places in reach.items():
        for place in places:
            left, right = _root(root, key), _root(root, first.setdefault(place, key))
            root[max(left, right)] = min(left, right)
    components: dict[int, list[int]] = defaultdict(list)
    for key in sorted(reach):
        components[_root(root, key)].append(key)
    return [components[key] for key in sorted(components)]


def _root(root: dict[int, int], key: int) -> int:
    while root[key] != key:
        root[key] = root[root[key]]
        key = root[key]
    return key


def max_flow(demands: Mapping[int, int], reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]) -> Flow:
    """Return an assignment of as much of the demands as possible to the places that each key can reach.

    >>> max_flow({1: 5, 2: 5}, {1: [7, 8], 2: [7]}, {7: 6, 8: 3})
    {1: {7: 2, 8: 3}, 2: {7: 4}}
    """
    state = _State(reach, capacities)
    for key, demand in demands.items():
        left = demand
        for place in reach[key]:
            left -= state.put(key, place, min(left, state.free[place]))
        while left and (amount := state.augment(key, left)):
            left -= amount
    return {key: {place: area for place, area in state.assigned[key].items() if area} for key in demands}


class _State:
    def __init__(self, reach: Mapping[int, Iterable[int]], capacities: Mapping[int, int]) -> None:
        self.reach = reach
        self.free = dict(capacities)
        self.assigned: Flow = defaultdict(dict)
        self.holders: dict[int, set[int]] = defaultdict(set)

    def put(self, key: int, place: int, area: int) -> int:
        if area:
            self.free[place] -= area
            self._change(key, place, area)
        return area

    def augment(self, key: int, wanted: int) -> int:
        """Assign more of `key` along the shortest augmenting path; return the amount (0 if no more fits)."""
        path = self._path(key)
        if not path:
            return 0
        moved = [self.assigned[holder][place] for (_, place), (holder, _) in pairwise(path)]
        area = min(wanted, self.free[path[-1][1]], *moved)
        for (_, place), (holder, _) in pairwise(path):
            self._change(holder, place, -area)
        for holder, place in path:
            self._change(holder, place, area)
        self.free[path[-1][1]] -= area
        return area

    def _path(self, key: int) -> list[tuple[int, int]]:
        """Return [(key, place), (holder of that place, another place) …] to the nearest place with free capacity."""
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
        path: list[tuple[int, int]] = []
        while place is not None:
            mover, held = before[place]
            path.append((mover, place))
            place = held
        return path[::-1]

    def _change(self, key: int, place: int, area: int) -> None:
        total = self.assigned[key].get(place, 0) + area
        self.assigned[key][place] = total
        (self.holders[place].add if total else self.holders[place].discard)(key)
