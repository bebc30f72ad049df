"""Every comparison on every small range, against the plainest meaning there is: try every value in the range."""

from __future__ import annotations

import operator
from datetime import timedelta
from itertools import product

import pytest

from eligibility.engine import evaluate_persons
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.model.policy import Compare, Constant, FactRef, Kind, Named
from eligibility.model.truth import Truth
from support.engine_invent import COLUMNS, DAY, clause, condition, database, make_policy

OPS = {
    "<": [operator.lt],
    "<=": [operator.le],
    ">": [operator.gt],
    ">=": [operator.ge],
    "=": [operator.eq],
    "!=": [operator.ne],
    "<?": [operator.lt, operator.le],  # whether the line itself counts is unset: true in every reading, or open
}
ENDS = [None, 0, 1, 2]
RANGES = [(lo, hi) for lo, hi in product(ENDS, ENDS) if lo is None or hi is None or lo <= hi]


def values(lo, hi):
    """All values of a range; without a bound it reaches well past every line that is asked about."""
    return range(-3 if lo is None else lo, 6 if hi is None else hi + 1)


def meaning(op, left, right):
    found = {test(a, b) for test in OPS[op] for a in values(*left) for b in values(*right)}
    return Truth.OPEN if len(found) == 2 else Truth.PROVEN if found.pop() else Truth.REFUTED


def scaled(fact, value):
    return None if value is None else value if fact == "area" else DAY + timedelta(days=value)


@pytest.mark.parametrize(("one", "other"), [("area", "heads"), ("approved", "born")])
def test_every_comparison_on_every_small_range_means_what_trying_every_value_says(one, other):
    line = Constant(scaled(one, 1))
    sides = {"f_line": (FactRef(one), line), "line_f": (line, FactRef(one)), "f_g": (FactRef(one), FactRef(other))}
    names = {f"q{i}": key for i, key in enumerate(product(OPS, sides))}
    conditions = [condition(name, Compare(op, *sides[side])) for name, (op, side) in names.items()]
    policy = make_policy(conditions, [clause("k", Kind.REQUIREMENT, Named("q0"))])
    cases = list(product(RANGES, RANGES))
    rows = [
        dict.fromkeys(COLUMNS)
        | {f"{one}_lo": scaled(one, f[0]), f"{one}_hi": scaled(one, f[1])}
        | {f"{other}_lo": scaled(one, g[0]), f"{other}_hi": scaled(one, g[1])}
        for f, g in cases
    ]
    con = database(rows)
    evaluate_persons(con, policy, sample=0)
    columns = ", ".join(names)
    found = con.execute(
        f"SELECT {columns} FROM verdict.persons JOIN verdict.profiles USING (profile_id) ORDER BY row_id"
    ).fetchall()
    for (f, g), row, marks in zip(cases, rows, found, strict=True):
        ranges = {"f_line": (f, (1, 1)), "line_f": ((1, 1), f), "f_g": (f, g)}
        expected = [meaning(op, *ranges[side]) for op, side in names.values()]
        assert list(marks) == expected
        assert list(evaluate_conditions(policy, row).values()) == expected
