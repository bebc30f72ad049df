"""Reference evaluator of the conditions: the marks of one person from its facts, in exact Python integers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, assert_never

from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    FactSpec,
    Formula,
    Holds,
    Named,
    Not,
    Policy,
    Unknown,
    Within,
)
from eligibility.model.truth import Truth, conjunction, disjunction, negate

Point = int | date | str | bool
Row = Mapping[str, Point | None]


class _Range(NamedTuple):
    """All values from `lo` to `hi`; None means unbounded on that side."""

    lo: Point | None
    hi: Point | None


def evaluate_conditions(policy: Policy, row: Row) -> dict[str, Truth]:
    """Return the mark of every condition for one row of fact.persons (column → value)."""
    return {
        condition.id: evaluate_condition(condition.expression, row, policy.facts)
        for condition in policy.conditions.values()
    }


def evaluate_condition(formula: Formula, row: Row, facts: Mapping[str, FactSpec]) -> Truth:  # noqa: PLR0911 - one return a case
    """Return the Kleene value of a condition's formula on one row of facts."""
    match formula:
        case Compare():
            return _compare(formula, row, facts)
        case Within(fact=fact, values=values):
            return _member(row[fact.id], values)
        case Holds(of=of):
            return _truth(of.value if isinstance(of, Constant) else row[of.id])
        case Unknown(fact=fact):
            return _truth(all(row[column] is None for column in facts[fact.id].columns))
        case Not(of=inner):
            return negate(evaluate_condition(inner, row, facts))
        case AllOf(of=parts):
            return conjunction(evaluate_condition(part, row, facts) for part in parts)
        case AnyOf(of=parts):
            return disjunction(evaluate_condition(part, row, facts) for part in parts)
        case Named():
            raise TypeError(f"a condition may not name another: {formula!r}")
        case _:
            assert_never(formula)


def _compare(formula: Compare, row: Row, facts: Mapping[str, FactSpec]) -> Truth:  # noqa: PLR0911 - one return a case
    if any(isinstance(side, Constant) and side.value is None for side in (formula.left, formula.right)):
        return Truth.OPEN
    left, right = _range(formula.left, row, facts), _range(formula.right, row, facts)
    below, above = _before(left.hi, right.lo), _before(right.hi, left.lo)
    match formula.op:
        case "<":
            return _mark(proven=below, refuted=_not_after(right.hi, left.lo))
        case "<=":
            return _mark(proven=_not_after(left.hi, right.lo), refuted=above)
        case ">":
            return _mark(proven=above, refuted=_not_after(left.hi, right.lo))
        case ">=":
            return _mark(proven=_not_after(right.hi, left.lo), refuted=below)
        case "<?":
            return _mark(proven=below, refuted=above)
        case "=":
            return _mark(proven=_same_point(left, right), refuted=below or above)
        case "!=":
            return _mark(proven=below or above, refuted=_same_point(left, right))
        case _:
            raise TypeError(f"unknown comparison {formula.op!r}")


def _range(side: FactRef | Constant, row: Row, facts: Mapping[str, FactSpec]) -> _Range:
    if isinstance(side, Constant):
        if isinstance(side.value, tuple):
            raise TypeError(f"{side.value!r} cannot stand in a comparison")
        return _Range(side.value, side.value)
    columns = facts[side.id].columns
    return _Range(row[columns[0]], row[columns[-1]])


def _before(left: Point | None, right: Point | None) -> bool:
    return left is not None and right is not None and left < right  # type: ignore[operator]


def _not_after(left: Point | None, right: Point | None) -> bool:
    return left is not None and right is not None and left <= right  # type: ignore[operator]


def _same_point(left: _Range, right: _Range) -> bool:
    return left.lo is not None and left.lo == left.hi == right.lo == right.hi


def _member(value: Point | None, values: Constant) -> Truth:
    if value is None or values.value is None:
        return Truth.OPEN
    if not isinstance(values.value, tuple):
        raise TypeError(f"a list of words is wanted: {values!r}")
    return _truth(value in values.value)


def _truth(value: object) -> Truth:
    return Truth.OPEN if value is None else Truth.PROVEN if value else Truth.REFUTED


def _mark(*, proven: bool, refuted: bool) -> Truth:
    return Truth.PROVEN if proven else Truth.REFUTED if refuted else Truth.OPEN
