"""Solves one component as a mixed-integer program (HiGHS); the only module that imports scipy.

The search is bounded by a number of nodes, which is the same on every machine. The time limit is only a safeguard: a
result cut off by it is discarded, and the caller solves the component as a flow.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from eligibility.reconcile.allocation.problem import Choice, Limits, Problem
from eligibility.reconcile.allocation.stdout_suppression import suppress_stdout

_TIME_LIMIT = 1
_WHOLE = 1e-6
"""Shares below this count as zero: the precision of HiGHS."""


def solve_exactly(problem: Problem, limits: Limits) -> dict[Choice, float] | None:
    """Return for each choice its share of the line's area in a best allocation; None if none was found within the limits.

    Variables: a share for each choice, and whether a line is linked with an approval.
    """
    model = _Model(problem)
    with suppress_stdout():
        result = milp(
            model.costs,
            integrality=model.integrality,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(model.matrix(), -np.inf, np.array(model.tops)),
            options={"node_limit": limits.nodes, "time_limit": limits.seconds, "mip_rel_gap": 1e-6},
        )
    timed_out = result.status == _TIME_LIMIT and "Time limit" in result.message
    if result.x is None or timed_out:
        return None
    shares = result.x[: len(problem.choices)]
    return {c: float(share) for c, share in zip(problem.choices, shares, strict=True) if share > _WHOLE}


class _Model:
    """Constraint matrix of rows `sum of coefficients <= top`."""

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
        for column, linked in enumerate(links.values(), len(choices)):
            self._row([*((numbers[c], 1.0) for c in linked), (column, -1.0)], 0.0)

    def _areas(self, problem: Problem, numbers: dict[Choice, int]) -> None:
        of_line, of_parcel = defaultdict(list), defaultdict(list)
        for choice, n in numbers.items():
            of_line[choice.line].append((n, choice.claimed))
            of_parcel[choice.parcel].append((n, problem.wants[choice.line] / problem.capacities[choice.parcel]))
        for line, terms in of_line.items():
            self._row([(n, 1.0) for n, _ in terms], 1.0)
            if required := problem.required.get(line, 0):
                self._row([(n, -1.0) for n, claimed in terms if claimed], -required / problem.wants[line])
        for drawn in of_parcel.values():
            self._row(drawn, 1.0)

    def _row(self, terms: list[tuple[int, float]], top: float) -> None:
        self._entries += [(len(self.tops), column, value) for column, value in terms]
        self.tops.append(top)

    def matrix(self) -> csr_array:
        """Return the matrix in CSR form."""
        rows, columns, values = zip(*self._entries, strict=True)
        return coo_array((values, (rows, columns)), shape=(len(self.tops), self._width)).tocsr()
