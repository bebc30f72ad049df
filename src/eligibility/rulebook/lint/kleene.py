"""The mark of a formula on one row of facts, for the checks: which rows a person might have does not matter here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Named,
    Not,
    Readings,
    Unknown,
    Within,
)
from eligibility.model.truth import Truth, conjunction, disjunction, negate

Row = Mapping[str, Any]
"""Fact id → its range (lo, hi), either end None where it is not bounded, or its value, None where not known; and
`@` with a parameter id → the value that the parameter is taken to have."""


def mark_of(formula: Formula, row: Row) -> Truth:  # noqa: PLR0911 - one return a case
    """The Kleene value of a formula on `row`; a condition named in it has its mark in `row`."""
    match formula:
        case Named(id=condition):
            return Truth(row[condition])
        case Not(of=inner):
            return negate(mark_of(inner, row))
        case AllOf(of=parts):
            return conjunction(mark_of(part, row) for part in parts)
        case AnyOf(of=parts):
            return disjunction(mark_of(part, row) for part in parts)
        case Holds(of=of):
            return _truth(_value(of, row))
        case Readings(of=inner):
            return mark_of(inner, row)
        case Unknown(fact=fact):
            return _truth(row[fact.id] in (None, (None, None)))
        case Within(fact=fact, values=values):
            word, words = row[fact.id], _value(values, row)
            return Truth.OPEN if word is None or words is None else _truth(word in words)
        case Compare():
            return _compare(formula, row)
        case _:
            assert_never(formula)


def _value(of: FactRef | Constant, row: Row) -> Any:
    if isinstance(of, FactRef):
        return row[of.id]
    return of.value if of.moved or not of.parameter else row.get(f"@{of.parameter}", of.value)


def _compare(formula: Compare, row: Row) -> Truth:
    if not isinstance(formula.left, FactRef | Constant) or not isinstance(formula.right, FactRef | Constant):
        raise TypeError(f"sums, ages and shifted days have no few values that matter: {formula!r}")
    left, right = _range(formula.left, row), _range(formula.right, row)
    if left is None or right is None:
        return Truth.OPEN
    op = formula.op
    if op in (">", ">="):
        left, right, op = right, left, {">": "<", ">=": "<="}[op]
    (low, high), (least, most) = left, right
    less, more = _lower(high, least), _lower(most, low)
    match op:
        case "<":
            return _mark(less, more or _same(most, low))
        case "<=":
            return _mark(less or _same(high, least), more)
        case "<?":
            return _mark(less, more)
    equal = low is not None and low == high == least == most
    return _mark(equal, less or more) if op == "=" else _mark(less or more, equal)


def _range(side: FactRef | Constant, row: Row) -> tuple[Any, Any] | None:
    """Both ends; None for a number that the law does not give. A choice is compared by its place in no order: equal or not."""
    value = _value(side, row)
    if isinstance(value, tuple):
        return value
    if isinstance(side, Constant):
        return None if value is None else (value, value)
    return (value, value)


def _lower(value: Any, other: Any) -> bool:
    return value is not None and other is not None and bool(value < other)


def _same(value: Any, other: Any) -> bool:
    return value is not None and value == other


def _mark(proven: bool, refuted: bool) -> Truth:  # noqa: FBT001 - the two rails
    return Truth.PROVEN if proven else Truth.REFUTED if refuted else Truth.OPEN


def _truth(value: Any) -> Truth:
    return Truth.OPEN if value is None else Truth.PROVEN if value else Truth.REFUTED
