"""Ends of the sides of a comparison as SQL: shifted days, ages, sums. Built from nodes that every dialect has."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from sqlglot import exp

from eligibility.model.formula import MOST_PRODUCT, AgeOn, Compare, Constant, FactRef, Quotient, Shifted
from eligibility.model.linear import MOST, difference
from eligibility.model.policy import FactSpec

Ends = tuple[exp.Expr, exp.Expr]
"""Least and greatest value; NULL where there is none."""

_WIDE = "DECIMAL(19, 0)"
_FACTOR = "DECIMAL(18, 0)"
_MONTHS = {"年": 12, "月": 1}


def shifted(side: Shifted, facts: dict[str, FactSpec]) -> Ends:
    """The ends of a day some time after another; NULL where it would lie outside the calendar."""
    low, high = _day_ends(side.day, facts)
    return _moved(low, side), _moved(high, side)


def age(side: AgeOn, facts: dict[str, FactSpec]) -> Ends:
    """The ends of the full years of a person on a day."""
    born = _columns(facts[side.born.id])
    day = shifted(side.day, facts) if isinstance(side.day, Shifted) else _day_ends(side.day, facts)
    return _full_years(born[1], day[0]), _full_years(born[0], day[1])


def difference_ends(formula: Compare, facts: dict[str, FactSpec]) -> Ends:
    """The ends of the left side minus the right side, times a positive whole number, exactly.

    Raises TypeError where a factor is beyond what a column holds.
    """
    balance = difference(formula)
    if balance is None:
        return exp.null(), exp.null()
    if any(abs(factor) > MOST for _, factor in balance.factors):
        raise TypeError(f"a factor of more than 18 digits: {formula!r}")
    low: exp.Expr = _wide(exp.convert(balance.added))
    high: exp.Expr = low.copy()
    for of, factor in balance.factors:
        ends = _ends(of, facts)
        first, last = ends if factor > 0 else ends[::-1]
        low, high = (exp.Add(this=total, expression=_times(end, factor)) for total, end in ((low, first), (high, last)))
    return exp.paren(low), exp.paren(high)


def _ends(of: FactRef | AgeOn | Quotient, facts: dict[str, FactSpec]) -> Ends:
    if isinstance(of, FactRef):
        return _columns(facts[of.id])
    return age(of, facts) if isinstance(of, AgeOn) else quotient(of, facts)


def quotient(side: Quotient, facts: dict[str, FactSpec]) -> Ends:
    """The ends of a rounded quotient; NULL where the divisor may be nothing."""
    above = _columns(facts[side.of.id])
    if side.times is not None:
        counts = _columns(facts[side.times.id])
        above = _multiplied(above[0], counts[0]), _multiplied(above[1], counts[1])
    if isinstance(side.by, Constant):
        literal = exp.Literal.number(str(side.by.value)) if isinstance(side.by.value, int) else exp.null()
        below: Ends = (literal, literal.copy())
    else:
        below = _columns(facts[side.by.id])
    return _rounded(above[0], below[1], side), _rounded(above[1], below[0], side)


def _multiplied(quantity: exp.Expr, count: exp.Expr) -> exp.Expr:
    """A product that fits a column; NULL where it does not, or one of the two is negative."""
    product = exp.Mul(this=exp.cast(quantity.copy(), _WIDE), expression=exp.cast(count.copy(), _WIDE))
    nothing = exp.Literal.number(0)
    fits = exp.and_(
        exp.GTE(this=quantity.copy(), expression=nothing),
        exp.GTE(this=count.copy(), expression=nothing.copy()),
        exp.LTE(this=product, expression=exp.cast(exp.Literal.number(MOST_PRODUCT), "DECIMAL(38, 0)")),
    )
    return exp.paren(exp.case().when(fits, exp.cast(product.copy(), "BIGINT"), copy=False))


def _rounded(above: exp.Expr, below: exp.Expr, side: Quotient) -> exp.Expr:
    """Whole numbers only: ⌊(2a + b) / 2b⌋ rounds halves up, ⌊(a + b − 1) / b⌋ up."""
    first, second = side.steps
    a: exp.Expr = exp.Mul(this=exp.cast(above.copy(), "BIGINT"), expression=exp.Literal.number(first))
    b: exp.Expr = exp.Mul(this=exp.cast(below.copy(), "BIGINT"), expression=exp.Literal.number(second))
    two = exp.Literal.number(2)
    match side.rounding:
        case "half_up":
            a = exp.Add(this=exp.Mul(this=exp.paren(a), expression=two), expression=b.copy())
            b = exp.Mul(this=exp.paren(b), expression=two.copy())
        case "up":
            a = exp.Sub(this=exp.Add(this=a, expression=b.copy()), expression=exp.Literal.number(1))
    divided = exp.IntDiv(this=exp.paren(a), expression=exp.paren(b))
    positive = exp.and_(
        exp.GT(this=below.copy(), expression=exp.Literal.number(0)),
        exp.GTE(this=above.copy(), expression=exp.Literal.number(0)),
    )
    return exp.case().when(positive, divided, copy=False)


def _wide(number: exp.Expr) -> exp.Expr:
    return exp.cast(number, "DECIMAL(38, 0)")


def _times(number: exp.Expr, factor: int) -> exp.Expr:
    literal = exp.Literal.number(abs(factor))
    by = exp.cast(exp.Neg(this=literal) if factor < 0 else literal, _FACTOR)
    return exp.Mul(this=exp.cast(number.copy(), _WIDE), expression=by)


def _columns(spec: FactSpec) -> Ends:
    return exp.column(spec.columns[0], quoted=True), exp.column(spec.columns[-1], quoted=True)


def _day_ends(day: FactRef | Constant, facts: dict[str, FactSpec]) -> Ends:
    if isinstance(day, FactRef):
        return _columns(facts[day.id])
    if not isinstance(day.value, date):
        raise TypeError(f"{day.value!r} is no day")
    return _date(day.value), _date(day.value)


def _date(day: date) -> exp.Expr:
    return exp.cast(exp.Literal.string(day.isoformat()), "DATE")


def _moved(day: exp.Expr, side: Shifted) -> exp.Expr:
    amount = side.amount or 0
    if side.unit == "日" and abs(amount) > (date.max - date.min).days:
        return exp.cast(exp.null(), "DATE")
    if side.unit == "日":
        far = abs(amount)
        step = exp.Interval(this=exp.Literal.string(str(far)), unit=exp.var("DAY"))
        first, last = date.min + timedelta(days=far), date.max - timedelta(days=far)
    else:
        months = min(abs(amount) * _MONTHS[side.unit], 9999 * 12)
        if months == 9999 * 12:
            return exp.cast(exp.null(), "DATE")
        step = exp.Interval(this=exp.Literal.string(str(months)), unit=exp.var("MONTH"))
        first, last = month_bounds(months)
    kind = exp.Add if amount >= 0 else exp.Sub
    moved = exp.cast(kind(this=day.copy(), expression=step), "DATE")
    inside = (
        exp.LTE(this=day.copy(), expression=_date(last))
        if amount >= 0
        else exp.GTE(this=day.copy(), expression=_date(first))
    )
    return exp.case().when(inside, moved, copy=False)


def month_bounds(months: int) -> tuple[date, date]:
    """The first day that may be moved back, and the last that may be moved on, by so many months.

    >>> month_bounds(12)
    (datetime.date(2, 1, 1), datetime.date(9998, 12, 31))
    """
    year, month = divmod(12 + months, 12)
    back = date(year, month + 1, 1)
    year, month = divmod(9999 * 12 + 11 - months, 12)
    return back, date(year, month + 1, monthrange(year, month + 1)[1])


def _full_years(born: exp.Expr, day: exp.Expr) -> exp.Expr:
    years = exp.Sub(this=exp.Year(this=day.copy()), expression=exp.Year(this=born.copy()))
    before = exp.LT(this=_within_year(day), expression=_within_year(born))
    late = exp.case().when(before, exp.convert(1), copy=False).else_(exp.convert(0), copy=False)
    return exp.paren(exp.Sub(this=years, expression=exp.paren(late)))


def _within_year(day: exp.Expr) -> exp.Expr:
    month = exp.Mul(this=exp.Month(this=day.copy()), expression=exp.convert(100))
    return exp.paren(exp.Add(this=month, expression=exp.Day(this=day.copy())))
