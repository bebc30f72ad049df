"""The only module that meets scipy: one component as a mixed-integer program (HiGHS), within bounds.

The search is bounded by a number of nodes, which is the same on every machine; the clock is only a fuse, and what it
cuts off is thrown away (the caller then solves the component as a flow).
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from eligibility.reconcile.allocation.problem import Choice, Limits, Problem
from eligibility.reconcile.allocation.silence import silent_output

_TIME_LIMIT = 1
_WHOLE = 1e-6
"""A share of a line below this is none: HiGHS is exact to so much."""


def solve_exactly(problem: Problem, limits: Limits) -> dict[Choice, float] | None:
    """Choice → share of its line's area, of a best allocation; None where nothing was found within the bounds.

    Variables: a share for each choice, and whether a line is linked with an approval.
    """
    model = _Model(problem)
    with silent_output():
        found = milp(
            model.costs,
            integrality=model.integrality,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(model.matrix(), -np.inf, np.array(model.tops)),
            options={"node_limit": limits.nodes, "time_limit": limits.seconds, "mip_rel_gap": 1e-6},
        )
    timed_out = found.status == _TIME_LIMIT and "Time limit" in found.message
    if found.x is None or timed_out:
        return None
    shares = found.x[: len(problem.choices)]
    return {c: float(share) for c, share in zip(problem.choices, shares, strict=True) if share > _WHOLE}


class _Model:
    """Rows `sum of coefficients <= top`."""

    def __init__(self, problem: Problem) -> None:
        choices, price = problem.choices, problem.prices.link
        links = problem.links()
        numbers = {choice: n for n, choice in enumerate(choices)}
        self._entries: list[tuple[int, int, float]] = []
        self._width = len(choices) + len(links)
        self.tops: list[float] = []
        self.costs = np.array([*(-problem.gain(c) for c in choices), *[price] * len(links)])
        self.integrality = np.array([0] * len(choices) + [1] * len(links))
        self._areas(problem, numbers)
        for column, of in enumerate(links.values(), len(choices)):
            self._row([*((numbers[c], 1.0) for c in of), (column, -1.0)], 0.0)

    def _areas(self, problem: Problem, numbers: dict[Choice, int]) -> None:
        of_line, of_parcel = defaultdict(list), defaultdict(list)
        for choice, n in numbers.items():
            of_line[choice.line].append((n, choice.tied))
            of_parcel[choice.parcel].append((n, problem.wants[choice.line] / problem.room[choice.parcel]))
        for line, terms in of_line.items():
            self._row([(n, 1.0) for n, _ in terms], 1.0)
            if must := problem.must.get(line, 0):
                self._row([(n, -1.0) for n, tied in terms if tied], -must / problem.wants[line])
        for drawn in of_parcel.values():
            self._row(drawn, 1.0)

    def _row(self, terms: list[tuple[int, float]], top: float) -> None:
        self._entries += [(len(self.tops), column, value) for column, value in terms]
        self.tops.append(top)

    def matrix(self) -> csr_array:
        """All rows."""
        rows, columns, values = zip(*self._entries, strict=True)
        return coo_array((values, (rows, columns)), shape=(len(self.tops), self._width)).tocsr()
