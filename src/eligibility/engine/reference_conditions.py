"""Reference evaluator of the conditions: the marks of one person from its facts, in exact Python integers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import NamedTuple, assert_never

from eligibility.model.formula import MOST_PRODUCT, Quotient, Rate, unset
from eligibility.model.policy import (
    AgeOn,
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    FactSpec,
    Formula,
    Holds,
    Linear,
    Named,
    Not,
    Operand,
    Policy,
    Readings,
    Shifted,
    Unknown,
    Within,
)
from eligibility.model.truth import Truth, conjunction, disjunction, negate
from eligibility.model.units import ValueFormatError, day_after

Point = int | date | str | bool | Fraction
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


def evaluate_condition(  # noqa: PLR0911 - one return a case
    formula: Formula, row: Row, facts: Mapping[str, FactSpec], papers: Row | None = None
) -> Truth:
    """Return the Kleene value of a condition's formula on one row of facts; `papers`: the row before it was read one way."""
    papers = row if papers is None else papers
    match formula:
        case Compare():
            return _compare(formula, row, facts)
        case Within(fact=fact, values=values):
            return _member(row[fact.id], values)
        case Holds(of=of):
            return _truth(of.value if isinstance(of, Constant) else row[of.id])
        case Unknown(fact=fact):
            return _truth(all(papers[column] is None for column in facts[fact.id].columns))
        case Not(of=inner):
            return negate(evaluate_condition(inner, row, facts, papers))
        case AllOf(of=parts):
            return conjunction(evaluate_condition(part, row, facts, papers) for part in parts)
        case AnyOf(of=parts):
            return disjunction(evaluate_condition(part, row, facts, papers) for part in parts)
        case Readings(values=values, of=inner):
            marks = {evaluate_condition(inner, world, facts, papers) for world in _worlds(values, row)}
            return marks.pop() if len(marks) == 1 else Truth.OPEN
        case Named():
            raise TypeError(f"a condition may not name another: {formula!r}")
        case _:
            assert_never(formula)


def _worlds(values: tuple[tuple[FactRef, tuple[str | bool, ...]], ...], row: Row) -> list[Row]:
    """The row with each unknown of these facts set to each value that it may have."""
    choices = [given if row[fact.id] is None else (row[fact.id],) for fact, given in values]
    names = [fact.id for fact, _ in values]
    return [{**row, **dict(zip(names, words, strict=True))} for words in product(*choices)]


def _compare(formula: Compare, row: Row, facts: Mapping[str, FactSpec]) -> Truth:  # noqa: PLR0911 - one return a case
    if unset(formula):
        return Truth.OPEN
    if isinstance(formula.left, Linear) or isinstance(formula.right, Linear):
        left, right = _balance(formula, row, facts), _Range(0, 0)
    else:
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


def _range(side: Operand | Quotient, row: Row, facts: Mapping[str, FactSpec]) -> _Range:
    match side:
        case Constant(value=tuple()):
            raise TypeError(f"{side.value!r} cannot stand in a comparison")
        case Constant(value=value):
            return _Range(value, value)  # type: ignore[arg-type]
        case FactRef(id=fact):
            columns = facts[fact].columns
            return _Range(row[columns[0]], row[columns[-1]])
        case Shifted():
            days = _range(side.day, row, facts)
            return _Range(*(_day_after(day, side) for day in days))
        case AgeOn(born=born, day=day):
            births, days = _range(born, row, facts), _range(day, row, facts)
            return _Range(_years(births.hi, days.lo), _years(births.lo, days.hi))
        case Quotient(of=of, by=by, times=times):
            above, below = _range(of, row, facts), _range(by, row, facts)
            if times is not None:
                count = _range(times, row, facts)
                above = _Range(_multiplied(above.lo, count.lo), _multiplied(above.hi, count.hi))
            return _Range(_ratio(above.lo, below.hi, side), _ratio(above.hi, below.lo, side))
    raise TypeError(f"a sum is compared as a whole: {side!r}")


def _day_after(day: Point | None, side: Shifted) -> Point | None:
    if not isinstance(day, date):
        return None
    try:
        return day_after(day, side.amount or 0, side.unit)
    except ValueFormatError:  # beyond the calendar
        return None


def _multiplied(quantity: Point | None, count: Point | None) -> Point | None:
    if not isinstance(quantity, int) or not isinstance(count, int) or quantity < 0 or count < 0:
        return None
    return quantity * count if quantity * count <= MOST_PRODUCT else None


def _ratio(above: Point | None, below: Point | None, side: Quotient) -> Point | None:
    if not isinstance(above, int) or not isinstance(below, int) or below <= 0 or above < 0:
        return None
    exact = Fraction(above * side.steps[0], below * side.steps[1])
    return {"down": floor(exact), "up": ceil(exact)}.get(side.rounding, floor(exact + Fraction(1, 2)))


def _years(born: Point | None, day: Point | None) -> Point | None:
    if not isinstance(born, date) or not isinstance(day, date):
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _balance(formula: Compare, row: Row, facts: Mapping[str, FactSpec]) -> _Range:
    """Left side minus right side: what is known of each quantity once, times all that it is multiplied with."""
    shares: dict[FactRef | AgeOn | Constant | Quotient, Fraction] = {}
    for side, sign in ((formula.left, 1), (formula.right, -1)):
        for term in side.terms if isinstance(side, Linear) else ((side, ()),):
            of, rates = term if isinstance(term, tuple) else (term.of, term.rates)
            if isinstance(of, Shifted | Linear):
                raise TypeError(f"{of!r} cannot be added")
            shares[of] = shares.get(of, Fraction(0)) + sign * _product(rates)
    low, high = Fraction(0), Fraction(0)
    ends = [(share, _range(of, row, facts)) for of, share in shares.items() if share]
    if any(None in (known.lo if share > 0 else known.hi,) for share, known in ends):
        lowest = None
    else:
        lowest = sum((share * (known.lo if share > 0 else known.hi) for share, known in ends), low)  # type: ignore[operator]
    if any(None in (known.hi if share > 0 else known.lo,) for share, known in ends):
        return _Range(lowest, None)
    return _Range(lowest, sum((share * (known.hi if share > 0 else known.lo) for share, known in ends), high))  # type: ignore[operator]


def _product(rates: tuple[Rate, ...]) -> Fraction:
    product = Fraction(1)
    for rate in rates:
        product *= rate.value or 0
    return product


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
